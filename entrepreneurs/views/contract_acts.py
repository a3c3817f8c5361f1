"""What is done to a contract from its page: signing asked or taken back, renewal, end, declaration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.answers import file_shown
from cae.core.errors import Refused
from cae.core.forms import refuse, refused_above, refused_at
from cae.core.letters import LetterSubject, draft_letter
from cae.core.periods import Span
from cae.core.permissions import can, require, signed_in
from entrepreneurs.calculations.contracts import next_cape
from entrepreneurs.documents.letters import terms_pdf
from entrepreneurs.forms.contracts import (
    ClausesForm,
    DeclarationForm,
    EndForm,
    PaperForm,
    ReasonForm,
    RenewForm,
)
from entrepreneurs.models import Contract, ContractDeclaration
from entrepreneurs.selectors.templates import text_in_force
from entrepreneurs.services import ending, signature_rounds, signing
from entrepreneurs.services.contracts import renew_contract
from entrepreneurs.services.taking_effect import record_declaration
from entrepreneurs.states.letters import AMENDMENT
from entrepreneurs.views.clauses import clauses_page
from entrepreneurs.views.contract_facts import contract_form, seen_contract, seen_terms
from entrepreneurs.views.contracts import days_form, days_page


@signed_in
@require_POST
def terms_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands the clauses to be signed; a missing one is shown at its field, days to change at theirs."""
    terms = seen_terms(request, pk)
    require(request.user, "entrepreneurs.send_contract", terms)
    try:
        signature_rounds.send(terms, actor=request.user, at=timezone.now())
    except Refused as refusal:
        if refusal.field == "starts_on":
            return _days_refused(request, terms.contract, refusal)
        form = ClausesForm(_as_typed(ClausesForm(instance=terms)), instance=terms)
        if refusal.field is None or not form.is_valid():
            messages.error(request, str(refusal))
            return redirect(terms.contract)
        refuse(form, refusal)
        return clauses_page(request, terms, form)
    messages.success(request, _("Le document est figé et mis à la signature."))
    return redirect(terms.contract)


def _days_refused(request: HttpRequest, contract: Contract, refusal: Refused) -> HttpResponse:
    form = days_form(request, contract, _as_typed(days_form(request, contract, None)))
    if form.is_valid():
        refuse(form, refusal)
    return days_page(request, contract, form)


def _as_typed(blank: BaseForm) -> dict[str, Any]:
    """What the form would send, so that its faults show at their place."""
    return {name: blank[name].value() for name in blank.fields if blank[name].value() is not None}


@signed_in
@require_POST
def terms_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Brouillon repris : les signatures de ce tour ne comptent plus.")
    return _done(request, pk, signature_rounds.take_back, said)


@signed_in
@require_POST
def terms_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, signature_rounds.cancel, _("Annulé : ces jours sont de nouveau libres."))


def _done(request: HttpRequest, pk: int, verb: Callable[..., None], said: str) -> HttpResponse:
    terms = seen_terms(request, pk)
    require(request.user, "entrepreneurs.send_contract", terms)
    with refused_above(request):
        verb(terms, actor=request.user, at=timezone.now())
        messages.success(request, said)
    return redirect(terms.contract)


@signed_in
def terms_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as PDF, crossed out, its holes named."""
    terms = seen_terms(request, pk)
    require(request.user, "entrepreneurs.write_contract", terms)
    today = timezone.localdate()
    text = text_in_force(AMENDMENT if terms.number else terms.contract.kind, today)
    blocks = draft_letter(text.body, LetterSubject(terms.contract.person, today, about=terms))
    content = terms_pdf(terms, blocks, on=today, watermark="BROUILLON", archive=False)
    return file_shown(content, name=signature_rounds.file_name(terms))


@signed_in
def terms_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a paper original in the place of the signatures still missing."""
    terms = seen_terms(request, pk)
    require(request.user, "entrepreneurs.record_paper")
    require(request.user, "entrepreneurs.send_contract", terms)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        scan = form.cleaned_data["scan"]
        with refused_at(form):
            if scan.size > signing.MAX_SCAN:
                signing.refuse_heavy()
            signing.record_paper(
                terms,
                scan=scan.read(),
                signed_on=form.cleaned_data["signed_on"],
                actor=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Original déposé : le document est conclu."))
            return redirect(terms.contract)
    lead = _("Les signatures déjà faites ici sont gardées ; l’original vaut pour celles qui manquent.")
    return contract_form(
        request,
        terms.contract,
        form,
        title=_("Signé sur papier"),
        submit=_("Déposer l’original"),
        lead=lead,
    )


@signed_in
def contract_renew(request: HttpRequest, pk: int) -> HttpResponse:
    contract = seen_contract(request, pk)
    require(request.user, "entrepreneurs.write_contract", contract)
    former = Span(contract.starts_on, contract.ends_on or contract.starts_on)
    proposed = next_cape(former)
    form = RenewForm(
        request.POST or None,
        initial={"ends_on": proposed.ends_on},
        may_override=can(request.user, "entrepreneurs.override_contract"),
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            made = renew_contract(contract, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Renouvellement préparé avec les clauses en vigueur."))
            return redirect(made)
    lead = _("La nouvelle période commence le %(day)s.") % {"day": f"{proposed.starts_on:%d/%m/%Y}"}
    title, submit = _("Renouveler : %(title)s") % {"title": contract.title}, _("Préparer le renouvellement")
    return contract_form(request, contract, form, title=title, submit=submit, lead=lead)


@signed_in
def contract_end(request: HttpRequest, pk: int) -> HttpResponse:
    contract = seen_contract(request, pk)
    require(request.user, "entrepreneurs.end_contract", contract)
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate(), "kind": "early"})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            ending.decide_end(contract, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(request, _("Fin enregistrée : le statut et les échéances suivent."))
            return redirect(contract)
    lead = _("Le statut de la personne s’arrête le même jour ; un CAPE rompu est à déclarer.")
    title, submit = _("Mettre fin au contrat"), _("Mettre fin")
    return contract_form(request, contract, form, title=title, submit=submit, lead=lead, tone="danger")


@signed_in
def contract_end_by_law(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms that a CESA ended because its person was no associate in time."""
    contract = seen_contract(request, pk)
    require(request.user, "entrepreneurs.end_contract", contract)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            reason = form.cleaned_data["reason"]
            ending.end_by_law(contract, reason=reason, actor=request.user, at=timezone.now())
            messages.success(request, _("Fin de plein droit confirmée."))
            return redirect(contract)
    lead = _(
        "La personne n’est pas devenue associée dans le délai : le contrat a pris fin (C. trav. L7331-3)."
    )
    title = _("Confirmer la fin de plein droit")
    submit = _("Confirmer la fin")
    return contract_form(request, contract, form, title=title, submit=submit, lead=lead, tone="danger")


@signed_in
def declaration_record(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ContractDeclaration.objects.select_related("contract__person")
    seen = Contract.objects.visible_to(request.user)
    declaration = get_object_or_404(rows.filter(contract__in=seen), pk=pk)
    require(request.user, "entrepreneurs.declare_contract")
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            record_declaration(declaration, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(request, _("Déclaration notée."))
            return redirect(declaration.contract)
    return contract_form(
        request,
        declaration.contract,
        form,
        title=_("Déclaration faite"),
        submit=_("Noter la déclaration"),
        lead=f"{declaration.get_body_display()} · {declaration.get_event_display()}",
    )
