"""Tells the author of a claim what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cae.core.elision import elided
from cae.core.notices import notify
from cae.core.templatetags.formats import money
from invoicing.calculations.claim_entries import Due
from invoicing.models import ExpenseAdvance, ExpenseClaim, ExpenseLine
from invoicing.states.expenses import LineDecision
from people.models import Person, User

CLAIM_CORRECTION = "invoicing.claim_correction"
CLAIM_APPROVED = "invoicing.claim_approved"
CLAIM_REFUNDED = "invoicing.claim_refunded"
BANK_MISSING = "invoicing.claim_bank_missing"
ADVANCE_ANSWERED = "invoicing.advance_answered"
ADVANCE_ASKED = "invoicing.advance_asked"


def tell_claim_correction(claim: ExpenseClaim, *, reason: str, actor: Any) -> None:
    """Does: tells the author what is to be put right. Refuses: nothing. Leaves behind: a notice."""
    facts = {"month": claim.month_said}
    notify(
        accounts_of(claim.person),
        CLAIM_CORRECTION,
        subject=lambda: elided(_("Correction demandée : note de frais de %(month)s"), facts),
        text=reason,
        url=claim.get_absolute_url(),
        about=claim,
        actor=actor,
    )


def tell_claim_answer(claim: ExpenseClaim, lines: Sequence[ExpenseLine], owed: Due, *, actor: Any) -> None:
    """Does: tells the author that their claim is approved, and what was changed. Refuses: nothing.
    Leaves behind: a notice."""
    refused = [line for line in lines if line.decision == LineDecision.REFUSED]
    corrected = [line for line in lines if line.decision == LineDecision.CORRECTED]
    said = [f"{line.label} : {line.reason}" for line in (*refused, *corrected)]
    facts = {"month": claim.month_said, "amount": money(owed.to_refund)}
    notify(
        accounts_of(claim.person),
        CLAIM_APPROVED,
        subject=lambda: elided(
            _("Note de frais de %(month)s approuvée : %(amount)s à vous rembourser"), facts
        ),
        text="\n".join(said),
        url=claim.get_absolute_url(),
        about=claim,
        actor=actor,
    )


def tell_refunded(claim: ExpenseClaim, amount: Decimal, *, actor: Any) -> None:
    """Does: tells the author that the money is on its way. Refuses: nothing. Leaves behind: a notice."""
    facts = {"month": claim.month_said, "amount": money(amount)}
    notify(
        accounts_of(claim.person),
        CLAIM_REFUNDED,
        subject=lambda: elided(_("Note de frais de %(month)s : %(amount)s vous ont été virés"), facts),
        url=claim.get_absolute_url(),
        about=claim,
        actor=actor,
    )


def tell_bank_missing(claim: ExpenseClaim, *, actor: Any) -> None:
    """Does: asks the author where to pay. Refuses: nothing. Leaves behind: a notice."""
    facts = {"month": claim.month_said}
    notify(
        accounts_of(claim.person),
        BANK_MISSING,
        subject=lambda: elided(
            _("Donnez vos coordonnées bancaires pour être remboursé·e de la note de %(month)s"), facts
        ),
        url=claim.get_absolute_url(),
        about=claim,
        actor=actor,
    )


def tell_advance(advance: ExpenseAdvance, *, actor: Any) -> None:
    """Does: tells the person what became of the advance they asked. Refuses: nothing. Leaves behind: a
    notice."""
    facts = {"amount": money(advance.amount), "state": advance.get_state_display().lower()}
    notify(
        accounts_of(advance.person),
        ADVANCE_ANSWERED,
        subject=lambda: _("Avance sur frais de %(amount)s : %(state)s") % facts,
        text=advance.reason,
        url=advance.get_absolute_url(),
        about=advance,
        actor=actor,
    )


def tell_advance_asked(advance: ExpenseAdvance, readers: Sequence[User], *, actor: Any) -> None:
    """Does: tells those who answer that an advance is asked. Refuses: nothing. Leaves behind: notices."""
    facts = {"amount": money(advance.amount), "person": str(advance.person)}
    notify(
        list(readers),
        ADVANCE_ASKED,
        subject=lambda: _("Avance sur frais demandée : %(person)s, %(amount)s") % facts,
        text=advance.purpose,
        url=advance.get_absolute_url(),
        about=advance,
        actor=actor,
    )


def accounts_of(person: Person) -> list[User]:
    """The account of a person, when they have one."""
    account = getattr(person, "user", None)
    return [] if account is None else [account]
