"""Invoicing a quote in parts: deposit, instalment, situation, balance, amendments."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.templatetags.formats import money
from invoicing.forms.fields import typed
from invoicing.forms.parts import AmendmentForm, AskForm, PartForm, ProgressForm
from invoicing.models import Invoice, Quote
from invoicing.selectors.parts import amendable_with, work_of
from invoicing.services.amending import add_amendment, remove_amendment
from invoicing.services.parting import (
    Ask,
    prepare_balance,
    prepare_deposit,
    prepare_interim,
    prepare_progress,
    retention_rate_of,
    save_part,
)
from invoicing.states.parts import InstalmentKind, InvoicePart
from invoicing.states.sales import QuoteState
from invoicing.views.finding import find_invoice, find_quote
from invoicing.views.gate import gate_of
from invoicing.views.quotes import key_of
from invoicing.views.shown import name_of_document

RIGHT = "invoicing.create_invoice"


@requires(RIGHT)
def quote_deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks how much of the quote the deposit is."""
    page = {"title": _("Facture d’acompte"), "submit": _("Préparer l’acompte")}
    return _ask(request, pk, prepare_deposit, **page)


@requires(RIGHT)
def quote_interim(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks how much of the quote is invoiced now, for work already done."""
    page = {"title": _("Facture intermédiaire"), "submit": _("Préparer la facture")}
    return _ask(request, pk, prepare_interim, **page)


def _ask(request: HttpRequest, pk: int, prepare: Any, **page: Any) -> HttpResponse:
    quote = _billable(request, pk)
    work = work_of(quote)
    form = AskForm(request.POST or None, initial={"form_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            made = prepare(quote, ask=form.ask(), form_key=form.key, actor=request.user)
            return _to_gate(request, made)
    lead = _("Il reste %(left)s TTC à facturer sur ce devis.") % {"left": money(work.gross_left)}
    return form_page(
        request, form, back_url=quote.get_absolute_url(), crumbs=_crumbs(quote), lead=lead, **page
    )


@require_POST
@requires(RIGHT)
def quote_instalment(request: HttpRequest, pk: int, rank: int) -> HttpResponse:
    """Prepares the invoice of a line of the schedule."""
    quote = _billable(request, pk)
    row = quote.instalments.filter(position=rank).first()
    if row is None:
        raise Http404
    prepare = prepare_deposit if row.kind == InstalmentKind.DEPOSIT else prepare_interim
    return _prepared(request, quote, lambda: prepare(quote, ask=Ask(instalment=row), **_sent(request)))


@require_POST
@requires(RIGHT)
def quote_balance(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepares the invoice of all that is left."""
    quote = _billable(request, pk)
    return _prepared(request, quote, lambda: prepare_balance(quote, **_sent(request)))


def _sent(request: HttpRequest) -> dict[str, Any]:
    return {"form_key": key_of(request), "actor": request.user}


def _prepared(request: HttpRequest, quote: Quote, prepare: Any) -> HttpResponse:
    """Leads to the last check of what was prepared; a refusal is said on the page of the quote."""
    try:
        return _to_gate(request, prepare())
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(quote)


def _to_gate(request: HttpRequest, made: Invoice) -> HttpResponse:
    return redirect(gate_of(request.user, made).url)


@requires(RIGHT)
def quote_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of the work: to which share each line is done, to date."""
    quote = _billable(request, pk)
    work = work_of(quote)
    usual = retention_rate_of(quote, on=timezone.localdate())
    form = ProgressForm(
        request.POST or None,
        lines=work.lines,
        work=work.work_lines,
        initial={"form_key": uuid4(), "retention": typed((usual * 100).normalize())},
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            made = prepare_progress(
                quote,
                reached=form.reached(),
                retention=form.kept(),
                form_key=form.key,
                actor=request.user,
            )
            return _to_gate(request, made)
    return form_page(
        request,
        form,
        title=_("Situation n° %(rank)d") % {"rank": work.situations + 1},
        submit=_("Préparer la situation"),
        lead=_("Pour chaque ligne, la part faite à ce jour : ce qui est déjà facturé est déduit."),
        back_url=quote.get_absolute_url(),
        crumbs=_crumbs(quote),
        template="invoicing/progress.html",
        work=work,
    )


@requires(RIGHT)
def quote_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses an accepted quote of the same customer to add to this work."""
    quote = _billable(request, pk)
    offered = amendable_with(quote)
    if not offered.exists():
        raise IllegalMove(_("Aucun autre devis accepté de ce client n’attend d’être facturé."))
    form = AmendmentForm(request.POST or None, offered=offered)
    return act_page(
        request,
        form,
        lambda said: add_amendment(quote, quote=said["quote"], actor=request.user, at=timezone.now()),
        done=_("L’avenant est ajouté : les deux devis se facturent ensemble."),
        back_url=quote.get_absolute_url(),
        title=_("Ajouter un avenant"),
        submit=_("Ajouter l’avenant"),
        crumbs=_crumbs(quote),
    )


@require_POST
@requires(RIGHT)
def quote_unamend(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an amendment out of the work that it was added to; `pk` is the amendment's own quote."""
    quote = find_quote(request, pk, right=RIGHT)
    amendment = getattr(quote, "amends", None)
    if amendment is None:
        raise Http404
    return act_now(
        request,
        lambda: remove_amendment(amendment, actor=request.user),
        done=_("L’avenant est retiré : ce devis se facture seul."),
        back_url=amendment.work.get_absolute_url(),
    )


@requires("invoicing.edit_invoice")
def part_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft of a part may say of itself; its amounts come from the quote."""
    invoice = find_invoice(request, pk, right="invoicing.edit_invoice")
    if not (invoice.is_draft and invoice.is_part):
        raise IllegalMove(_("Ce document ne se modifie pas ici."))
    names = [*PartForm.base_fields]
    form = PartForm(
        request.POST or None,
        deposit=invoice.part == InvoicePart.DEPOSIT,
        initial={name: getattr(invoice, name) for name in names},
    )
    return act_page(
        request,
        form,
        lambda said: save_part(invoice, content=form.content(), version=said["version"], actor=request.user),
        done=_("Le brouillon est enregistré."),
        back_url=invoice.get_absolute_url(),
        title=name_of_document(invoice),
        submit=_("Enregistrer"),
        lead=_("Les montants viennent du devis : pour d’autres, abandonnez ce brouillon et refaites-le."),
        crumbs=[
            (_("Brouillons"), reverse("invoicing:draft_list")),
            (name_of_document(invoice), invoice.get_absolute_url()),
            (_("Modifier"), ""),
        ],
    )


def _billable(request: HttpRequest, pk: int) -> Quote:
    """An accepted quote in sight, that this person invoices."""
    quote = find_quote(request, pk, right=RIGHT)
    if quote.state != QuoteState.ACCEPTED:
        raise IllegalMove(_("Seul un devis accepté se facture : notez d’abord la réponse du client."))
    return quote


def _crumbs(quote: Quote) -> list[tuple[Any, str]]:
    return [
        (pgettext("list", "Devis"), reverse("invoicing:quote_list")),
        (str(quote), quote.get_absolute_url()),
        (_("Facturation"), ""),
    ]
