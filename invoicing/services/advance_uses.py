"""What claims take of the advances that a person holds, the oldest first, and what is put back (INV-56)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core.elision import elided
from cae.core.errors import Code, Refused
from cae.core.letters import LANGUAGE
from cae.core.money import ZERO
from cae.core.workflow import performs
from invoicing.models import AdvanceUse, ExpenseAdvance, ExpenseClaim
from invoicing.services.lettering import letter_advance
from invoicing.states.claims import ADVANCE_FLOW, AdvanceOrigin, AdvanceState


def use_advances(claim: ExpenseClaim, amount: Decimal, *, on: date, actor: Any) -> None:
    """Does: takes an amount of the advances held, the oldest first. Refuses: more than is held. Leaves
    behind: one row an advance, those used up settled."""
    for advance in _held(claim):
        taken = min(amount, left_of(advance))
        if taken > ZERO:
            AdvanceUse.objects.create(advance=advance, claim=claim, amount=taken, on=on, created_by=actor)
            amount -= taken
            letter_advance(advance, actor=actor)
            settle_if_used_up(advance, actor=actor)
    if amount:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE, _("L’avance a été utilisée entre-temps : relisez ce qui en reste.")
        )


def note_overpaid(claim: ExpenseClaim, amount: Decimal, *, on: date, actor: Any) -> ExpenseAdvance:
    """Does: keeps as an advance what a claim took back beyond what it gave. Refuses: nothing. Leaves behind:
    the debt of the person, settled by their next claims."""
    with override(LANGUAGE):
        purpose = elided(_("Trop-perçu, note de %(month)s"), {"month": claim.month_said})
    return ExpenseAdvance.objects.create(
        person=claim.person,
        activity=claim.activity,
        amount=amount,
        purpose=purpose,
        origin=AdvanceOrigin.OVERPAID,
        overpaid_by=claim,
        state=AdvanceState.GIVEN,
        needed_on=on,
        given_on=on,
        created_by=actor,
    )


def give_back_uses(claim: ExpenseClaim, *, on: date, actor: Any) -> None:
    """Does: puts back what a claim took of advances; a surplus it left is owed no more. Refuses: a surplus
    already used. Leaves behind: a row against each use, advances open again."""
    rows = AdvanceUse.objects.filter(claim=claim, reverses=None, reversed_by=None)
    for use in rows.exclude(advance__overpaid_by=claim).order_by("pk"):
        AdvanceUse.objects.create(
            advance=use.advance, claim=claim, amount=-use.amount, on=on, reverses=use, created_by=actor
        )
        if use.advance.state == AdvanceState.SETTLED:
            reopen_advance(use.advance, actor=actor)
    for surplus in ExpenseAdvance.objects.select_for_update(of=("self",)).filter(
        overpaid_by=claim, state=AdvanceState.GIVEN
    ):
        if left_of(surplus) != surplus.amount:
            raise Refused(
                Code.ILLEGAL_MOVE, _("Le trop-perçu de cette note a déjà été repris sur une autre.")
            )
        AdvanceUse.objects.create(
            advance=surplus, claim=claim, amount=surplus.amount, on=on, created_by=actor
        )
        settle_if_used_up(surplus, actor=actor)


def left_of(advance: ExpenseAdvance) -> Decimal:
    """What the person still holds of it."""
    used: Decimal = sum((use.amount for use in advance.uses.all()), ZERO)
    left: Decimal = advance.amount - used
    return left


def settle_if_used_up(advance: ExpenseAdvance, *, actor: Any) -> None:
    """Does: settles an advance of which nothing is left. Refuses: nothing. Leaves behind: its state."""
    if not left_of(advance):
        settle_advance(advance, actor=actor)


@performs(ADVANCE_FLOW, "settle")
def settle_advance(advance: ExpenseAdvance, *, actor: Any) -> None:
    """Does: closes an advance. Refuses: one of which something is left. Leaves behind: the state, audit."""
    left = left_of(advance)
    if left:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE, _("Il reste %(left)s € à justifier ou à rendre.") % {"left": left}
        )


@performs(ADVANCE_FLOW, "reopen")
def reopen_advance(advance: ExpenseAdvance, *, actor: Any) -> None:
    """Does: opens an advance again, part of which was put back. Refuses: one used up. Leaves behind: the
    state, audit."""
    if not left_of(advance):
        raise Refused(Code.ILLEGAL_MOVE, _("Rien ne reste de cette avance."))


def _held(claim: ExpenseClaim) -> list[ExpenseAdvance]:
    rows = ExpenseAdvance.objects.select_for_update(of=("self",)).filter(
        person=claim.person_id, activity=claim.activity_id, state=AdvanceState.GIVEN
    )
    # Locked in the order of keys, used in the order of days.
    return sorted(rows.order_by("pk"), key=lambda row: (row.given_on, row.pk))
