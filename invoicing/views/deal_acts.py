"""What is done to a deal: pieces joined or taken out, files, a paper waived, closing and opening again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import require, requires
from cae.core.templatetags import formats
from invoicing.forms.deals import ClosingForm, DealFileForm, PieceForm, WaiverForm
from invoicing.models import Deal, DealFile, DealPiece
from invoicing.selectors.deal_papers import files_of, papers_of
from invoicing.selectors.deals import (
    expenses_to_attach,
    invoices_to_attach,
    purchases_to_attach,
    quotes_to_attach,
)
from invoicing.services.deal_papers import add_file, remove_file, restore_file, waive_paper
from invoicing.services.deals import attach, close_deal, detach, reopen_deal
from invoicing.views.deal_finding import find_deal

# As many of each as one still reads; older ones are put in a deal from their own page.
_OFFERED = 60


@requires("invoicing.edit_deal")
def piece_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses what joins the deal among what stands in none."""
    deal = find_deal(request, pk, right="invoicing.edit_deal")
    groups = _offered(request.user, deal)
    offered = [(name, [(key, word) for key, word, _row in rows]) for name, rows in groups]
    form = PieceForm(request.POST or None, offered=offered)
    rows = {key: row for _name, group in groups for key, _word, row in group}
    return act_page(
        request,
        form,
        lambda found: attach(deal, rows[found["piece"]], actor=request.user),
        done=_("La pièce est dans l’affaire."),
        back_url=deal.get_absolute_url(),
        title=_("Rattacher une pièce"),
        lead=_("Seules les pièces de l’activité qui ne sont dans aucune affaire sont proposées."),
        submit=_("Rattacher"),
        crumbs=_crumbs(deal, _("Rattacher une pièce")),
    )


@require_POST
@requires("invoicing.edit_deal")
def piece_detach(request: HttpRequest, pk: int) -> HttpResponse:
    piece = get_object_or_404(DealPiece.objects.select_related("deal"), pk=pk)
    deal = find_deal(request, piece.deal_id, right="invoicing.edit_deal")
    return act_now(
        request,
        lambda: detach(piece, actor=request.user),
        done=_("La pièce n’est plus dans l’affaire ; elle reste où elle était."),
        back_url=deal.get_absolute_url(),
    )


@requires("invoicing.add_deal_file")
def deal_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    deal = find_deal(request, pk, right="invoicing.add_deal_file")
    is_post = request.method == "POST"
    folders = sorted({file.folder for file in files_of(deal) if file.folder})
    form = DealFileForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        deal=deal,
        folders=folders,
        initial={"requirement": request.GET.get("piece")},
    )

    def run(found: dict[str, Any]) -> DealFile:
        return add_file(
            deal,
            content=form.content(),
            name=found["file"].name,
            label=found["label"],
            folder=found["folder"],
            requirement=found["requirement"],
            on=timezone.localdate(),
            actor=request.user,
        )

    return act_page(
        request,
        form,
        run,
        done=_("Le fichier est dans l’affaire."),
        back_url=deal.get_absolute_url(),
        title=_("Ajouter un fichier"),
        submit=_("Ajouter"),
        crumbs=_crumbs(deal, _("Ajouter un fichier")),
        template="invoicing/deals/file_form.html",
    )


@require_POST
@requires("invoicing.add_deal_file")
def deal_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    file, deal = _file(request, pk)
    return act_now(
        request,
        lambda: remove_file(file, at=timezone.now(), actor=request.user),
        done=_("« %(file)s » est retiré de l’affaire.") % {"file": file.label},
        back_url=deal.get_absolute_url(),
    )


@require_POST
@requires("invoicing.add_deal_file")
def deal_file_restore(request: HttpRequest, pk: int) -> HttpResponse:
    file, deal = _file(request, pk)
    return act_now(
        request,
        lambda: restore_file(file, actor=request.user),
        done=_("« %(file)s » est de nouveau dans l’affaire.") % {"file": file.label},
        back_url=deal.get_absolute_url(),
    )


@requires("invoicing.waive_paper")
def paper_waive(request: HttpRequest, pk: int, wanted: int) -> HttpResponse:
    """Lets the deal go on without a paper, with a reason that stays."""
    deal = find_deal(request, pk, right="invoicing.waive_paper")
    found = next((one for one in papers_of(deal) if one.requirement.pk == wanted), None)
    if found is None:
        raise Http404
    return act_page(
        request,
        WaiverForm(request.POST or None),
        lambda typed: waive_paper(
            deal, requirement=found.requirement, reason=typed["reason"], actor=request.user
        ),
        done=_("La dérogation est accordée ; elle reste écrite dans l’affaire."),
        back_url=deal.get_absolute_url(),
        title=_("Se passer de « %(paper)s »") % {"paper": found.requirement},
        lead=_("L’affaire pourra continuer sans cette pièce. Votre nom et le motif restent écrits."),
        submit=_("Accorder la dérogation"),
        crumbs=_crumbs(deal, _("Dérogation")),
    )


@requires("invoicing.edit_deal")
def deal_close(request: HttpRequest, pk: int) -> HttpResponse:
    deal = find_deal(request, pk, right="invoicing.edit_deal")
    return act_page(
        request,
        ClosingForm(request.POST if request.method == "POST" else None),
        lambda found: close_deal(deal, reason=found["reason"], on=timezone.localdate(), actor=request.user),
        done=_("L’affaire est close."),
        back_url=deal.get_absolute_url(),
        title=_("Clore l’affaire"),
        lead=f"{deal.number} · {deal.title}",
        submit=_("Clore l’affaire"),
        crumbs=_crumbs(deal, _("Clore")),
    )


@require_POST
@requires("invoicing.edit_deal")
def deal_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    deal = find_deal(request, pk, right="invoicing.edit_deal")
    return act_now(
        request,
        lambda: reopen_deal(deal, actor=request.user),
        done=_("L’affaire est rouverte."),
        back_url=deal.get_absolute_url(),
    )


def _file(request: HttpRequest, pk: int) -> tuple[DealFile, Deal]:
    file = get_object_or_404(DealFile.objects.select_related("deal"), pk=pk)
    deal = find_deal(request, file.deal_id)
    require(request.user, "invoicing.add_deal_file", deal)
    return file, deal


def _offered(user: Any, deal: Deal) -> list[tuple[Any, list[tuple[str, str, Any]]]]:
    """What may join, by kind: key, words, row."""
    quotes = [
        (f"quote-{one.pk}", _line(str(one), one.purpose or one.customer.name, one.total_excl_tax), one)
        for one in quotes_to_attach(user, deal)[:_OFFERED]
    ]
    invoices = [
        (f"invoice-{one.pk}", _line(str(one), one.purpose or one.customer.name, one.total_excl_tax), one)
        for one in invoices_to_attach(user, deal)[:_OFFERED]
    ]
    purchases = [
        (f"purchase-{one.pk}", _line(str(one.supplier), one.number, one.total_net), one)
        for one in purchases_to_attach(user, deal)[:_OFFERED]
    ]
    expenses = [
        (f"expense-{one.pk}", _line(one.label, formats.day(one.on), one.cost), one)
        for one in expenses_to_attach(user, deal)[:_OFFERED]
    ]
    return [
        (_("Devis"), quotes),
        (_("Factures sans devis"), invoices),
        (_("Achats"), purchases),
        (_("Frais"), expenses),
    ]


def _line(*words: Any) -> str:
    *said, amount = words
    return " · ".join([*filter(None, said), formats.money(amount)])


def _crumbs(deal: Deal, last: str) -> list[tuple[Any, str]]:
    return [
        (_("Affaires"), reverse("invoicing:deal_list")),
        (deal.title, deal.get_absolute_url()),
        (last, ""),
    ]
