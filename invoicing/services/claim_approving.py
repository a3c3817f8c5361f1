"""Answers a claim as a whole: back to its author, approved and booked, or an approval taken back (INV-54)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.services.payment_orders import withdraw_payment
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from cae.core.errors import Code, Refused
from cae.core.threads import post_message
from cae.core.workflow import performs
from invoicing.calculations.claim_entries import Due, claim_entry
from invoicing.models import ExpenseClaim, ExpenseLine, Recharge
from invoicing.selectors.claim_checks import (
    booked_lines,
    checked_lines,
    entry_of,
    foreseen,
    held_by_person,
    order_of,
)
from invoicing.services.advance_uses import give_back_uses, note_overpaid, use_advances
from invoicing.services.claim_lines import require_checker, undecided
from invoicing.services.claim_refunding import pay_or_settle, piece_of
from invoicing.services.claim_telling import tell_claim_answer, tell_claim_correction
from invoicing.services.mileage_lines import lock_vehicles, recompute
from invoicing.services.proving import prove_expenses, withdraw_proofs
from invoicing.states.expenses import CLAIM_FLOW, LineDecision
from people.services.changes import one_line, require_text

_FEWEST_LINES = 2
_MOST_REASON = 1000
_TITLE = gettext_lazy("Note de frais de %(month)s, %(person)s")


def send_back_claim(claim: ExpenseClaim, *, reason: str, actor: Any, on: date) -> ExpenseClaim:
    """Does: gives the claim back to its author; what was accepted stays so, a refused trip counts again.
    Refuses: no reason, one’s own claim, a claim that is no longer to be checked. Leaves behind: what is
    asked, also as a message with the reasons of the lines; audit, the author told."""
    with transaction.atomic():
        # Vehicles first, as everywhere.
        lock_vehicles(line.trip.vehicle for line in _trips(claim))
        return correct_claim(claim, reason=reason, actor=actor, on=on)


@performs(CLAIM_FLOW, "correct")
def correct_claim(claim: ExpenseClaim, *, reason: str, actor: Any, on: date) -> None:
    """Does, refuses, leaves behind: as `send_back_claim`, which holds the vehicles."""
    require_checker(claim, actor)
    require_text(reason, "reason", _("Dites ce qui est à corriger : l’auteur lira cette phrase."))
    said = reason.strip()[:_MOST_REASON]
    claim.correction, claim.checker = said, None
    refused = claim.lines.filter(decision=LineDecision.REFUSED).order_by("on", "pk")
    details = [f"{line.label} : {line.reason}" for line in refused]
    _count_again(claim, actor, on)
    post_message(claim, text="\n".join([said, *details]), actor=actor, tell=False)
    tell_claim_correction(claim, reason=said, actor=actor)


def approve_and_pay(claim: ExpenseClaim, *, deduct: bool, actor: Any, on: date) -> ExpenseClaim:
    """Does: approves a claim, then plans its refund, or settles it when nothing is owed; without bank details
    the refund waits for them. Refuses: what `approve_claim` refuses. Leaves behind: the claim."""
    with transaction.atomic():
        approved = approve_claim(claim, deduct=deduct, actor=actor, on=on)
        return pay_or_settle(approved, actor=actor, on=on)


@performs(CLAIM_FLOW, "approve")
def approve_claim(claim: ExpenseClaim, *, deduct: bool, actor: Any, on: date) -> None:
    """Does: approves a claim whose lines are all decided, and books it; `deduct` takes what the person still
    holds of advances off the refund. Refuses: a line to decide, every line refused, more paid with an advance
    than is held, an account missing, one’s own claim. Leaves behind: the entry, what advances were used, a
    debt when the claim took back more than it gave; audit, the person told."""
    require_checker(claim, actor)
    lines = [one.line for one in checked_lines(claim)]
    _require_decided(lines)
    owed = _owed(claim, lines, deduct=deduct)
    draft = claim_entry(piece_of(claim, on, _TITLE), booked_lines(lines), owed)
    if len(draft.lines) >= _FEWEST_LINES:
        post_entry(draft, actor=actor, source=claim)
    prove_expenses(claim, lines, actor=actor)
    use_advances(claim, owed.used, on=on, actor=actor)
    if owed.overpaid:
        note_overpaid(claim, owed.overpaid, on=on, actor=actor)
    claim.approved_on, claim.correction = on, ""
    claim.checker = actor
    tell_claim_answer(claim, lines, owed, actor=actor)


@performs(CLAIM_FLOW, "reverse")
def reverse_claim(claim: ExpenseClaim, *, reason: str, actor: Any, on: date) -> None:
    """Does: takes an approval back before the money leaves; the claim is to check again. Refuses: no reason,
    one’s own claim, a refund that the bank has, a surplus already used, an expense that an invoice to a
    customer holds. Leaves behind: the reversing entry, the order withdrawn, advances as they were, the reason
    among the messages; audit."""
    require_checker(claim, actor)
    said = one_line(reason, "reason", _("Dites pourquoi l’approbation est annulée."), most=250)
    _require_not_recharged(claim)
    withdraw_proofs(lines=claim.lines.all())
    order = order_of(claim)
    if order is not None:
        withdraw_payment(order, reason=said, actor=actor)
    give_back_uses(claim, on=on, actor=actor)
    entry = entry_of(claim)
    if entry is not None:
        reverse_entry(entry, on=max(on, entry.on), reason=said, actor=actor, source=claim)
    claim.approved_on = None
    post_message(claim, text=said, actor=actor, tell=False)


def _require_not_recharged(claim: ExpenseClaim) -> None:
    """A customer is not asked for an expense that is to check again. The lines are held: whoever is putting
    one on an invoice meanwhile comes first, or finds the claim no longer approved."""
    list(claim.lines.select_for_update(of=("self",)).order_by("pk"))
    held = (
        Recharge.objects.filter(line__claim=claim, undone_at=None).select_related("line", "invoice").first()
    )
    if held is None:
        return
    facts = {"label": held.line.label, "number": held.invoice.number}
    if held.invoice.number:
        sentence = _("« %(label)s » est refacturée au client (%(number)s) : l’approbation ne s’annule plus.")
    else:
        sentence = _("« %(label)s » est sur un brouillon de facture : retirez-la d’abord de ce brouillon.")
    raise Refused(Code.NOT_ALLOWED, sentence % facts)


def _require_decided(lines: list[ExpenseLine]) -> None:
    waiting = len(undecided(lines))
    if waiting:
        raise Refused(
            Code.VALUE_MISSING,
            ngettext(
                "%(count)d dépense reste à contrôler.", "%(count)d dépenses restent à contrôler.", waiting
            )
            % {"count": waiting},
        )
    if not any(line.counts for line in lines):
        raise Refused(
            Code.EMPTY_DOCUMENT,
            _("Toutes les dépenses sont refusées : demandez plutôt une correction à l’auteur."),
        )


def _owed(claim: ExpenseClaim, lines: list[ExpenseLine], *, deduct: bool) -> Due:
    owed = foreseen(claim, lines, deduct=deduct)
    if owed is None:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Les dépenses payées avec l’avance dépassent ce qui en reste : %(held)s €.")
            % {"held": _plain(held_by_person(claim))},
        )
    return owed


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _trips(claim: ExpenseClaim) -> list[ExpenseLine]:
    return list(claim.lines.filter(trip__isnull=False).select_related("trip__vehicle"))


def _count_again(claim: ExpenseClaim, actor: Any, on: date) -> None:
    """A refused trip that goes back to its author counts again, until they take it out."""
    again = [line for line in _trips(claim) if line.decision == LineDecision.REFUSED]
    for line in again:
        line.decision, line.decided_by = LineDecision.PENDING, None
        line.save(update_fields=["decision", "decided_by"])
    for vehicle, year in {(line.trip.vehicle, line.trip.on.year) for line in again}:
        recompute(vehicle, year, activity=claim.activity, today=on, actor=actor, checked=claim)
