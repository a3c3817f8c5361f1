"""Decides the lines of a submitted claim, one by one or those where all is in order (INV-54)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.money import ZERO, cents
from invoicing.calculations.expenses import worth
from invoicing.calculations.mileage import NO_KM, travelled
from invoicing.models import ExpenseClaim, ExpenseKind, ExpenseLine, MileageTrip, Vehicle
from invoicing.selectors.claim_checks import right_lines
from invoicing.services.expense_inputs import rule_of
from invoicing.services.mileage_lines import lock_vehicles, recompute
from invoicing.states.expenses import MAX_REASON, LineDecision
from people.services.changes import one_line

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Correction:
    """What a checker puts in the place of what was claimed; amounts only go down. `km`: one way."""

    reason: str
    kind: ExpenseKind | None = None
    gross: Decimal | None = None
    tax: Decimal | None = None
    km: Decimal | None = None


@transaction.atomic
def approve_line(line: ExpenseLine, *, seen: bool, actor: Any, today: date) -> ExpenseLine:
    """Does: accepts a line as it was claimed. Refuses: a receipt that nobody says they saw, one’s own
    expense, a claim that is no longer to be checked. Leaves behind: who decided, audit; what was refused of a
    trip counts again."""
    row, vehicle = _open(line, actor)
    if row.voucher_id is not None and not seen:
        raise Refused(
            Code.VALUE_MISSING, _("Ouvrez le justificatif, puis cochez « Justificatif vu »."), field="seen"
        )
    _restore(row)
    row.receipt_seen = row.voucher_id is not None
    _decide(row, LineDecision.APPROVED, "", actor)
    _follow(row, vehicle, actor, today)
    return row


@transaction.atomic
def correct_line(line: ExpenseLine, *, correction: Correction, actor: Any, today: date) -> ExpenseLine:
    """Does: accepts a line with another kind, another tax, a lower amount or fewer kilometres. Refuses: no
    reason, nothing changed, an amount above what was claimed, a tax that is no part of it, a kind without a
    rule that day, a regularisation, one’s own expense. Leaves behind: what was claimed, beside; audit."""
    row, vehicle = _open(line, actor)
    reason = _reason(correction.reason)
    claimed = row.claimed or _claimed(row)
    _restore(row)
    if row.kind.is_mileage:
        _correct_trip(row, correction)
    else:
        _correct_amounts(row, correction)
    row.claimed = claimed
    row.receipt_seen = row.voucher_id is not None
    _decide(row, LineDecision.CORRECTED, reason, actor)
    _follow(row, vehicle, actor, today)
    return row


@transaction.atomic
def refuse_line(line: ExpenseLine, *, reason: str, actor: Any, today: date) -> ExpenseLine:
    """Does: leaves a line out of the refund. Refuses: no reason, a regularisation, which follows from other
    lines, one’s own expense. Leaves behind: the reason, read by the author; audit."""
    row, vehicle = _open(line, actor)
    said = _reason(reason)
    _refuse_adjustment(row)
    _restore(row)
    _decide(row, LineDecision.REFUSED, said, actor)
    _follow(row, vehicle, actor, today)
    return row


@transaction.atomic
def reset_line(line: ExpenseLine, *, actor: Any, today: date) -> ExpenseLine:
    """Does: puts a decided line back as it was claimed, to decide again. Refuses: a line that waits already.
    Leaves behind: the line to check, audit."""
    row, vehicle = _open(line, actor)
    if row.decision == LineDecision.PENDING:
        raise Refused(Code.ALREADY_DONE, _("Cette dépense est déjà à contrôler."))
    _restore(row)
    row.receipt_seen = False
    _decide(row, LineDecision.PENDING, "", actor)
    _follow(row, vehicle, actor, today)
    return row


@transaction.atomic
def approve_right_lines(claim: ExpenseClaim, *, seen: bool, actor: Any, today: date) -> int:
    """Does: accepts every line that waits and of which nothing is said; gives how many. Refuses: receipts
    that nobody says they saw, one’s own claim. Leaves behind: as `approve_line` for each."""
    lines = right_lines(claim)
    for line in lines:
        approve_line(line, seen=seen, actor=actor, today=today)
    return len(lines)


def require_checker(claim: ExpenseClaim, actor: Any) -> None:
    """Raises Forbidden when somebody would decide of their own expenses."""
    if actor is not None and actor.person_id == claim.person_id:
        raise Forbidden(_("Vos propres dépenses sont contrôlées par quelqu’un d’autre."))


def _open(line: ExpenseLine, actor: Any) -> tuple[ExpenseLine, Vehicle | None]:
    """The line, its claim locked and submitted, and the vehicle of a trip, locked first."""
    trip = MileageTrip.objects.filter(line=line.pk).select_related("vehicle").first()
    vehicle = lock_vehicles([trip.vehicle])[0] if trip else None
    claim = ExpenseClaim.objects.select_for_update(of=("self",)).get(pk=line.claim_id)
    require_checker(claim, actor)
    if not claim.is_submitted:
        raise IllegalMove(
            _("Cette note n’est plus à vérifier : elle est « %(state)s ».")
            % {"state": claim.get_state_display()}
        )
    row = ExpenseLine.objects.select_for_update(of=("self",)).select_related("kind").get(pk=line.pk)
    row.claim = claim
    return row, vehicle


def _decide(row: ExpenseLine, decision: LineDecision, reason: str, actor: Any) -> None:
    if row.claim.checker is None:
        # From the first answer on, the claim is in these hands: its author no longer takes it back.
        row.claim.checker = actor
        row.claim.save(update_fields=["checker"])
    row.decision, row.reason = decision, reason
    row.decided_by = None if decision == LineDecision.PENDING else actor
    row.version += 1
    row.save()
    detail = {"label": row.label, "decision": str(decision.label), "reason": reason}
    audit.record(actor, "invoicing.decide_line", row.claim, detail=detail)


def _follow(row: ExpenseLine, vehicle: Vehicle | None, actor: Any, today: date) -> None:
    """The trips of the claim follow one another again, and the year is put right."""
    if vehicle is None:
        return
    year = MileageTrip.objects.get(line=row).on.year
    recompute(vehicle, year, activity=row.claim.activity, today=today, actor=actor, checked=row.claim)
    row.refresh_from_db()


def _reason(typed: str) -> str:
    return one_line(typed, "reason", _("Dites pourquoi : l’auteur lira cette phrase."), most=MAX_REASON)


def _claimed(row: ExpenseLine) -> dict[str, str]:
    said = {"kind": row.kind.code, "gross": str(row.gross), "tax": str(row.tax)}
    trip = MileageTrip.objects.filter(line=row).first()
    return said | ({"km": str(trip.km)} if trip else {})


def _restore(row: ExpenseLine) -> None:
    """As its author had written it."""
    if row.claimed is None:
        return
    if "km" in row.claimed:
        _set_km(row, Decimal(row.claimed["km"]))
    else:
        kind = ExpenseKind.objects.get(code=row.claimed["kind"])
        _set_amounts(row, kind, Decimal(row.claimed["gross"]), Decimal(row.claimed["tax"]))
    row.claimed = None


def _correct_amounts(row: ExpenseLine, correction: Correction) -> None:
    kind = correction.kind or row.kind
    gross = row.gross if correction.gross is None else correction.gross
    tax = row.tax if correction.tax is None else correction.tax
    if (kind, gross, tax) == (row.kind, row.gross, row.tax):
        raise Refused(Code.VALUE_MISSING, _("Rien n’est corrigé : acceptez la dépense telle quelle."))
    if kind != row.kind and kind.way != row.kind.way:
        raise Refused(
            Code.VALUE_INVALID, _("Un forfait ne devient pas un montant réel, ni l’inverse."), field="kind"
        )
    if not (ZERO < gross <= row.gross and gross == cents(gross)):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une correction baisse le montant : %(most)s € au plus.") % {"most": row.gross},
            field="gross",
        )
    if not (ZERO <= tax < gross and tax == cents(tax)):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("La TVA est une partie du montant TTC : elle lui est inférieure."),
            field="tax",
        )
    _set_amounts(row, kind, gross, tax)


def _set_amounts(row: ExpenseLine, kind: ExpenseKind, gross: Decimal, tax: Decimal) -> None:
    rule = rule_of(kind, row.on)
    found = worth(gross, tax, business_share=row.business_share, recovery=rule.vat_recovery)
    row.kind, row.gross, row.tax, row.recovery = kind, gross, tax, rule.vat_recovery
    row.amount, row.deductible = found.amount, found.deductible


def _correct_trip(row: ExpenseLine, correction: Correction) -> None:
    _refuse_adjustment(row)
    trip, km = MileageTrip.objects.get(line=row), correction.km
    if km is None or km == trip.km:
        raise Refused(
            Code.VALUE_MISSING, _("Indiquez les kilomètres retenus, ou acceptez le trajet."), field="km"
        )
    if not (NO_KM < km < trip.km and km == km.quantize(_TENTH)):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une correction baisse les kilomètres : %(most)s km au plus.") % {"most": trip.km},
            field="km",
        )
    _set_km(row, km)


def _set_km(row: ExpenseLine, km: Decimal) -> None:
    trip = MileageTrip.objects.get(line=row)
    trip.km, trip.total_km = km, travelled(km, returns=trip.returns)
    trip.save(update_fields=["km", "total_km"])


def _refuse_adjustment(row: ExpenseLine) -> None:
    if row.kind.is_mileage and not MileageTrip.objects.filter(line=row).exists():
        raise Refused(
            Code.NOT_ALLOWED,
            _("Une régularisation suit du calcul de l’année : corrigez le trajet ou le véhicule."),
        )


def undecided(lines: Sequence[ExpenseLine]) -> list[ExpenseLine]:
    """Those that still wait for a decision."""
    return [line for line in lines if line.decision == LineDecision.PENDING]
