"""What the page of a contract shows, and how its views find it: out of sight answers 404."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cae.core.acts import ACTS
from cae.core.forms import form_page
from cae.core.models import AuditEntry
from cae.core.permissions import can
from cae.core.templatetags.formats import money
from entrepreneurs.calculations.contents import clauses_of, mandatory_clauses, missing_clauses
from entrepreneurs.models import Contract, ContractTerms
from entrepreneurs.selectors.contracts import (
    cape_count,
    clocks,
    is_blocked,
    is_counted_by_hand,
    terms_in_force,
)
from entrepreneurs.selectors.path import associate_clock
from entrepreneurs.selectors.signing import awaited_signatory, may_sign, round_of
from entrepreneurs.services.contracts import WITH_A_TERM
from entrepreneurs.states.contracts import ContractKind, ContractState, TermsState

# Beyond these the page says no more: the journal does.
MOST_EVENTS = 30


def seen_contract(request: HttpRequest, pk: int) -> Contract:
    rows = Contract.objects.visible_to(request.user).select_related("person__territory", "activity", "renews")
    return get_object_or_404(rows, pk=pk)


def seen_terms(request: HttpRequest, pk: int) -> ContractTerms:
    rows = ContractTerms.objects.select_related("contract__person", "contract__activity", "pdf", "signed_pdf")
    return get_object_or_404(rows.filter(contract__in=Contract.objects.visible_to(request.user)), pk=pk)


def seen_sets(request: HttpRequest, contract: Contract) -> list[ContractTerms]:
    """The sets of clauses, in order; a draft is read by who reads contracts by function, never by its person,
    who reads what was given up neither."""
    sets = contract.terms.select_related("pdf", "signed_pdf").order_by("number")
    if not can(request.user, "entrepreneurs.view_contract_drafts", contract):
        sets = sets.filter(Q(number=0) | Q(state__in=(TermsState.TO_SIGN, TermsState.SIGNED)))
    return list(sets)


def contract_form(
    request: HttpRequest,
    contract: Contract,
    form: Any,
    *,
    title: str,
    submit: str,
    lead: str = "",
    tone: str = "primary",
    **context: Any,
) -> HttpResponse:
    """A form about a contract, with the way back to its page."""
    page = contract.get_absolute_url()
    return form_page(
        request,
        form,
        title=title,
        lead=lead or str(contract),
        submit=submit,
        tone=tone,
        back_url=page,
        crumbs=[(str(contract), page), (title, "")],
        **context,
    )


def contract_context(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """Everything the page draws."""
    today = timezone.localdate()
    sets = seen_sets(request, contract)
    opened = next((one for one in sets if one.state in (TermsState.DRAFT, TermsState.TO_SIGN)), None)
    shown = opened if contract.is_open else terms_in_force(contract, today)
    shown, rights = shown or sets[-1], _rights(request, contract)
    may_move = rights["write"] and contract.state == ContractState.DRAFT
    return {
        "contract": contract,
        "sets": sets,
        "opened": opened,
        "shown": shown,
        "clauses": shown_clauses(shown, clauses_of(contract.kind)),
        "missing": _missing(opened),
        "without_street": contract.state == ContractState.DRAFT and not contract.person.address_line,
        "signers": round_of(opened or shown),
        "awaited": _awaited(request, opened),
        "events": _events(contract, sets),
        "declarations": list(contract.declarations.select_related("done_by__person")),
        "rights": rights,
        "days_url": reverse("entrepreneurs:contract_days", args=[contract.pk]) if may_move else "",
        **_clocks(contract),
    }


def shown_clauses(terms: ContractTerms, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """The name, the label and the words of each clause."""
    found = []
    for name in names:
        field: Any = ContractTerms._meta.get_field(name)
        value = getattr(terms, name)
        if field.choices:
            words = str(getattr(terms, f"get_{name}_display")())
        elif name in ("minimum_amount", "fixed_part"):
            words = money(value) if value is not None else ""
        else:
            words = value
        found.append((name, capfirst(str(field.verbose_name)), words))
    return found


def _missing(opened: ContractTerms | None) -> list[tuple[str, str]]:
    """The mandatory clauses still empty, each with its article."""
    if opened is None or opened.state != TermsState.DRAFT:
        return []
    kind = opened.contract.kind
    labels = {name: label for name, label, _words in shown_clauses(opened, tuple(mandatory_clauses(kind)))}
    return [(labels[name], article) for name, article in missing_clauses(kind, opened.clauses).items()]


def _awaited(request: HttpRequest, opened: ContractTerms | None) -> dict[str, Any] | None:
    if opened is None or opened.state != TermsState.TO_SIGN:
        return None
    signatory = awaited_signatory(opened)
    if signatory is None:
        return None
    return {
        "signatory": signatory,
        "mine": may_sign(request.user, signatory),
        "url": reverse("entrepreneurs:terms_sign", args=[opened.pk]),
    }


def _rights(request: HttpRequest, contract: Contract) -> dict[str, bool]:
    user = request.user
    writes = can(user, "entrepreneurs.write_contract", contract)
    return {
        "write": writes,
        "send": can(user, "entrepreneurs.send_contract", contract),
        "paper": can(user, "entrepreneurs.record_paper")
        and can(user, "entrepreneurs.send_contract", contract),
        "end": contract.state == ContractState.SIGNED and can(user, "entrepreneurs.end_contract", contract),
        "declare": can(user, "entrepreneurs.declare_contract"),
        "renew": writes and contract.state == ContractState.SIGNED and contract.kind in WITH_A_TERM,
        "path": can(user, "entrepreneurs.view_path", contract.person),
        "file": can(user, "people.change_person", contract.person),
    }


def _clocks(contract: Contract) -> dict[str, Any]:
    today = timezone.localdate()
    if contract.kind == ContractKind.CAPE:
        return {"cape": cape_count(contract.person)}
    if contract.kind != ContractKind.CESA or contract.state == ContractState.CANCELLED:
        return {}
    return {
        "law": clocks(contract),
        "clock": associate_clock(contract, today),
        "blocked": is_blocked(contract, today),
        "by_hand": is_counted_by_hand(contract),
    }


def _events(contract: Contract, sets: list[ContractTerms]) -> list[dict[str, Any]]:
    """What was done of the contract and of its clauses, from the journal, the latest first."""
    acts = AuditEntry.objects.filter(about_type=Contract._meta.label_lower, about_id=str(contract.pk))
    acts |= AuditEntry.objects.filter(
        about_type=ContractTerms._meta.label_lower, about_id__in=[str(one.pk) for one in sets if one.number]
    )
    rows = acts.select_related("actor__person").order_by("-pk")[:MOST_EVENTS]
    return [
        {
            "label": str(ACTS.get(row.verb, row.verb)),
            "at": row.at,
            "by": str(row.actor) if row.actor else _("la coopérative"),
            "detail": str(row.detail.get("reason", "")),
        }
        for row in rows
    ]
