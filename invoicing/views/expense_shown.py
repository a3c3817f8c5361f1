"""What the pages of expenses have in common: words of states, neighbouring lists."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.tables import Tab
from invoicing.models import ExpenseClaim, ExpenseLine, Voucher
from invoicing.selectors.expenses import persons_entered_for
from invoicing.states.expenses import ClaimState, LineDecision, VoucherState
from people.models import Person

_CLAIMS = {
    ClaimState.DRAFT: ("neutral", "◇"),
    ClaimState.SUBMITTED: ("info", "●"),
    ClaimState.APPROVED: ("success", "✔"),
    ClaimState.ORDERED: ("info", "■"),
    ClaimState.REFUNDED: ("success", "●"),
}
_VOUCHERS = {
    VoucherState.TO_COMPLETE: ("warning", "▲"),
    VoucherState.USED: ("success", "✔"),
    VoucherState.SET_ASIDE: ("neutral", "✕"),
}
_LINES = {
    LineDecision.APPROVED: ("success", "✔"),
    LineDecision.CORRECTED: ("warning", "◇"),
    LineDecision.REFUSED: ("danger", "✕"),
}


def own_person(request: HttpRequest) -> Person:
    """The person signed in: whoever spends or checks has a file."""
    user: Any = request.user
    found: Person = user.person
    return found


def person_named(request: HttpRequest) -> Person:
    """Whose expense or trip it is: one's own, or that of somebody who agreed. Raises Http404 for anybody
    else."""
    named = request.POST.get("person") or request.GET.get("pour")
    own = own_person(request)
    if not named or named == str(own.pk):
        return own
    offered = persons_entered_for(request.user, timezone.localdate())
    found = next((one for one in offered if str(one.pk) == named), None)
    if found is None:
        raise Http404
    return found


def for_whom(request: HttpRequest, person: Person) -> str:
    """« Pour Zoé Dupré », when one writes in the place of somebody."""
    own = person.pk == own_person(request).pk
    return "" if own else _("Pour %(person)s") % {"person": person}


def status_of_claim(claim: ExpenseClaim) -> tuple[str, str, str]:
    """Tone, shape and word of a claim; one sent back says so."""
    if claim.is_draft and claim.correction:
        return "warning", "▲", _("À corriger")
    tone, shape = _CLAIMS[ClaimState(claim.state)]
    return tone, shape, str(claim.get_state_display())


def status_of_voucher(voucher: Voucher) -> tuple[str, str, str]:
    tone, shape = _VOUCHERS[VoucherState(voucher.state)]
    return tone, shape, str(voucher.get_state_display())


def status_of_line(line: ExpenseLine) -> tuple[str, str, str] | None:
    """What was decided of a line; nothing until somebody did."""
    found = _LINES.get(LineDecision(line.decision))
    return None if found is None else (*found, str(line.get_decision_display()))


def expense_tabs(current: str) -> list[Tab]:
    """The neighbouring lists of what one spends."""
    pages = (
        ("claim_list", _("Notes de frais")),
        ("voucher_list", _("Justificatifs")),
        ("trip_list", _("Trajets")),
        ("vehicle_list", _("Véhicules")),
        ("advance_list", _("Avances")),
        ("favourite_list", _("Favorites")),
    )
    return [Tab(label, reverse(f"invoicing:{name}"), name == current) for name, label in pages]
