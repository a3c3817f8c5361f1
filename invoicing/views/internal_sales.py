"""Internal sales: their list, the page of one, what is typed, and what is done to it (INV-31)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.answers import file_shown
from cae.core.errors import Forbidden
from cae.core.forms import refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, EmptyState, list_page
from invoicing.calculations.internal_sales import left_to_credit
from invoicing.forms.internal_sales import (
    DecliningForm,
    InternalCreditForm,
    InternalSaleForm,
    internal_typed,
)
from invoicing.models import InternalSale
from invoicing.selectors.internal_sales import (
    CREDIT_FILE,
    INVOICE_FILE,
    QUOTE_FILE,
    buyers_for,
    credited_on,
    internal_sales_visible,
    papers_of,
)
from invoicing.services.internal_files import internal_pdf
from invoicing.services.internal_sales import (
    accept_internal,
    create_internal,
    credit_internal,
    decline_internal,
    discard_internal,
    invoice_internal,
    offer_internal,
    save_internal,
    take_back_internal,
)
from invoicing.states.joint import INTERNAL_FLOW, InternalState
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.internal_tables import InternalFilters, InternalTable, status_of_internal

_LIST = "invoicing:internal_list"


@requires("invoicing.view_internals")
def internal_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Nouvelle vente interne"),
        reverse("invoicing:internal_new"),
        right="invoicing.edit_internal",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=internal_sales_visible(request.user),
        counted=InternalSale.objects.visible_to(request.user),
        table=InternalTable,
        filters=InternalFilters,
        page="invoicing.internal_sales",
        title=_("Ventes internes"),
        empty=EmptyState(
            _("Aucune vente interne pour l’instant."),
            _("Une activité vend à une autre de la coopérative : ni TVA, ni argent qui sort."),
            new,
        ),
        main_action=new,
    )


@requires("invoicing.view_internals")
def internal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    sale, user = _find(request, pk), request.user
    credited, given_back = credited_on(sale), list(sale.credits.all())
    papers = papers_of(sale, given_back)
    context = {
        "sale": sale,
        "lead": f"{sale.seller.name} → {sale.buyer.name}",
        "shown": status_of_internal(sale),
        "moves": {move.name for move in INTERNAL_FLOW.moves_open_to(user, sale)},
        "may_edit": sale.state == InternalState.DRAFT and can(user, "invoicing.edit_internal", sale),
        "credits": [(one, papers.get((CREDIT_FILE, str(one.pk)))) for one in given_back],
        "quote_file": papers.get((QUOTE_FILE, str(sale.pk))),
        "invoice_file": papers.get((INVOICE_FILE, str(sale.pk))),
        "may_preview": sale.state == InternalState.OFFERED,
        "left": left_to_credit(sale.amount, credited),
        "may_credit": sale.state == InternalState.INVOICED
        and credited < sale.amount
        and can(user, "invoicing.edit_internal", sale),
    }
    return render(request, "invoicing/internal/detail.html", context)


@requires("invoicing.view_internals")
def internal_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The quote on paper before the buyer agrees to it, made on the spot; agreed to, it has its file."""
    sale = _find(request, pk)
    if sale.offered_on is None or sale.state != InternalState.OFFERED:
        return redirect(sale)
    return file_shown(internal_pdf(sale, on=sale.offered_on), name=f"devis-interne-{sale.pk}.pdf")


@requires("invoicing.edit_internal")
def internal_new(request: HttpRequest) -> HttpResponse:
    offered = activities_to_sell_for(request, "invoicing.edit_internal")
    if not offered:
        raise Forbidden(_("Une vente interne part d’une activité : vous n’en avez aucune qui vende."))
    seller = chosen_activity(request, offered)
    if seller is None:
        context = {"offered": offered, "title": _("Nouvelle vente interne")}
        return render(request, "invoicing/choose_activity.html", context)
    today = timezone.localdate()
    buyers = buyers_for(seller, on=today)
    form = InternalSaleForm(request.POST or None, buyers=buyers, initial={"form_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            sale = create_internal(
                seller, content=form.content(), form_key=form.key, on=today, actor=request.user
            )
            messages.success(request, _("Le devis interne est enregistré : proposez-le quand il est prêt."))
            return redirect(sale)
    return _form(request, form, {"activity": seller, "title": _("Nouvelle vente interne")})


@requires("invoicing.edit_internal")
def internal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    sale, today = _find(request, pk, right="invoicing.edit_internal"), timezone.localdate()
    form = InternalSaleForm(
        request.POST or None, buyers=buyers_for(sale.seller, on=today), initial=internal_typed(sale)
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            version = form.cleaned_data["version"] or 0
            save_internal(sale, content=form.content(), version=version, on=today, actor=request.user)
            messages.success(request, _("Les changements sont enregistrés."))
            return redirect(sale)
    return _form(request, form, {"sale": sale, "title": _("Modifier la vente interne")})


@require_POST
@requires("invoicing.edit_internal")
def internal_offer(request: HttpRequest, pk: int) -> HttpResponse:
    sale = _find(request, pk, right="invoicing.edit_internal")
    done = _("%(buyer)s a reçu votre devis interne.") % {"buyer": sale.buyer.name}
    return _act(
        request, sale, lambda: offer_internal(sale, on=timezone.localdate(), actor=request.user), done
    )


@require_POST
@requires("invoicing.edit_internal")
def internal_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    sale = _find(request, pk, right="invoicing.edit_internal")
    done = _("Le devis interne est de nouveau un brouillon.")
    return _act(request, sale, lambda: take_back_internal(sale, actor=request.user), done)


@require_POST
@requires("invoicing.answer_internal")
def internal_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """On the version of the offer that the page showed."""
    sale, today = _find(request, pk, right="invoicing.answer_internal"), timezone.localdate()
    version = key_in(request.POST.get("version", "")) or 0
    done = _("La commande interne est passée.")
    return _act(
        request, sale, lambda: accept_internal(sale, version=version, on=today, actor=request.user), done
    )


@require_POST
@requires("invoicing.edit_internal")
def internal_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    sale = _find(request, pk, right="invoicing.edit_internal")
    done = _("La facture interne est faite et comptabilisée des deux côtés.")
    return _act(
        request, sale, lambda: invoice_internal(sale, on=timezone.localdate(), actor=request.user), done
    )


@require_POST
@requires("invoicing.edit_internal")
def internal_discard(request: HttpRequest, pk: int) -> HttpResponse:
    sale = _find(request, pk, right="invoicing.edit_internal")
    done = _("La vente interne est abandonnée.")
    return _act(request, sale, lambda: discard_internal(sale, actor=request.user), done)


@requires("invoicing.answer_internal")
def internal_decline(request: HttpRequest, pk: int) -> HttpResponse:
    sale = _find(request, pk, right="invoicing.answer_internal")
    return act_page(
        request,
        DecliningForm(request.POST or None),
        lambda found: decline_internal(
            sale, reason=found["reason"], on=timezone.localdate(), actor=request.user
        ),
        done=_("Le devis interne est refusé."),
        back_url=sale.get_absolute_url(),
        title=_("Refuser le devis interne"),
        submit=_("Refuser"),
        crumbs=_crumbs(sale, _("Refuser")),
    )


@requires("invoicing.edit_internal")
def internal_credit(request: HttpRequest, pk: int) -> HttpResponse:
    sale = _find(request, pk, right="invoicing.edit_internal")
    left = left_to_credit(sale.amount, credited_on(sale))
    return act_page(
        request,
        InternalCreditForm(request.POST or None, initial={"amount": left}),
        lambda found: credit_internal(
            sale,
            amount=found["amount"],
            reason=found["reason"],
            form_key=found["form_key"],
            on=timezone.localdate(),
            actor=request.user,
        ),
        done=_("L’avoir interne est fait et comptabilisé des deux côtés."),
        back_url=sale.get_absolute_url(),
        title=_("Faire un avoir interne"),
        submit=_("Faire l’avoir"),
        crumbs=_crumbs(sale, _("Faire un avoir interne")),
    )


def _find(request: HttpRequest, pk: int, *, right: str | None = None) -> InternalSale:
    """Gives a sale in sight. Raises Http404 out of sight, Forbidden without the right."""
    found: InternalSale = get_object_or_404(internal_sales_visible(request.user), pk=pk)
    if right:
        require(request.user, right, found)
    return found


def _act(request: HttpRequest, sale: InternalSale, run: Callable[[], Any], done: str) -> HttpResponse:
    return act_now(request, run, done=done, back_url=sale.get_absolute_url())


def _form(request: HttpRequest, form: InternalSaleForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "invoicing/internal/form.html", {"form": form} | context, status=status)


def _crumbs(sale: InternalSale, word: str) -> list[tuple[Any, str]]:
    return [(_("Ventes internes"), reverse(_LIST)), (sale.title, sale.get_absolute_url()), (word, "")]
