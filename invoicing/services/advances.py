"""Advances on expenses: asked, granted by a transfer, used by claims, given back (INV-56)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.payment_orders import Beneficiary
from accounting.selectors.accounts import section_of
from accounting.services.payment_orders import plan_payment
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole
from cae.core import audit
from cae.core.errors import Code, Forbidden, Refused
from cae.core.kept_words import house_words
from cae.core.money import ZERO, cents
from cae.core.templatetags.formats import money
from cae.core.turns import take_turn
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.calculations.claim_entries import Piece, return_entry
from invoicing.models import AdvanceUse, ExpenseAdvance
from invoicing.services.advance_uses import left_of, settle_if_used_up
from invoicing.services.claim_telling import tell_advance, tell_advance_asked
from invoicing.services.expenses import require_agreement
from invoicing.services.lettering import letter_advance
from invoicing.states.claims import ADVANCE_FLOW, MAX_PURPOSE, AdvanceState
from people.models import Person
from people.selectors.banks import bank_of
from people.selectors.persons import accounts_holding
from people.services.changes import one_line, refuse_spent
from people.states import RoleKind

_MOST = Decimal("99999.99")


@dataclass(frozen=True)
class AdvanceContent:
    """What is asked: how much, for what, for when."""

    amount: Decimal
    purpose: str
    needed_on: date


@transaction.atomic
def ask_advance(
    person: Person, activity: Activity, *, content: AdvanceContent, form_key: UUID, today: date, actor: Any
) -> ExpenseAdvance:
    """Does: asks for money of the activity before spending it; the same form sent twice asks once. Refuses:
    somebody else's without their consent, an activity that is not theirs, an amount that is not positive, no
    purpose, a day already past. Leaves behind: the request, audit, accountants told."""
    require_agreement(person, actor, today)
    take_turn(f"invoicing.advances.{person.pk}")
    asked = ExpenseAdvance.objects.filter(form_key=form_key, person=person).first()
    if asked is not None:
        return asked
    if not activity.scope.members.filter(person=person).exists():
        raise Refused(Code.NOT_ALLOWED, _("Cette personne n’exerce pas cette activité."), field="activity")
    _require_amount(content.amount)
    if content.needed_on < today:
        raise Refused(Code.DATE_INVALID, _("Ce jour est déjà passé."), field="needed_on")
    advance = ExpenseAdvance(
        person=person,
        activity=activity,
        amount=content.amount,
        purpose=one_line(content.purpose, "purpose", _("Dites ce que l’avance paiera."), most=MAX_PURPOSE),
        needed_on=content.needed_on,
        form_key=form_key,
        created_by=actor,
    )
    refuse_spent(advance)
    advance.save()
    audit.record(actor, "invoicing.ask_advance", advance, detail={"amount": str(advance.amount)})
    tell_advance_asked(advance, list(accounts_holding(RoleKind.ACCOUNTANT, on=today)), actor=actor)
    return advance


@performs(ADVANCE_FLOW, "grant")
def grant_advance(advance: ExpenseAdvance, *, actor: Any, on: date) -> None:
    """Does: grants an advance and asks for its transfer, for the day it is needed. Refuses: one’s own, no
    bank details. Leaves behind: the payment order, audit, the person told."""
    _require_other(advance, actor)
    bank = bank_of(advance.person)
    if bank is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("%(person)s n’a pas de coordonnées bancaires confirmées.") % {"person": advance.person},
        )
    plan_payment(
        Beneficiary(bank.holder, bank.iban, bank.bic),
        amount=advance.amount,
        section=section_of(advance.activity),
        account=AccountRole.EXPENSE_ADVANCE,
        label=house_words(gettext_lazy("Avance sur frais"), advance.purpose),
        due_on=max(advance.needed_on, on),
        source=advance,
        actor=actor,
    )
    advance.state = AdvanceState.ORDERED
    tell_advance(advance, actor=actor)


@performs(ADVANCE_FLOW, "refuse")
def refuse_advance(advance: ExpenseAdvance, *, reason: str, actor: Any) -> None:
    """Does: refuses an advance. Refuses: no reason, one’s own. Leaves behind: the reason, audit, the person
    told."""
    _require_other(advance, actor)
    advance.reason = one_line(
        reason, "reason", _("Dites pourquoi : la personne lira cette phrase."), most=250
    )
    advance.state = AdvanceState.REFUSED
    tell_advance(advance, actor=actor)


@performs(ADVANCE_FLOW, "give")
def give_advance(advance: ExpenseAdvance, *, actor: Any, on: date) -> None:
    """Does: notes that the bank paid an advance. Refuses: one that was not granted. Leaves behind: what the
    person holds, audit, the person told."""
    advance.given_on = on
    advance.state = AdvanceState.GIVEN
    tell_advance(advance, actor=actor)


@transaction.atomic
def return_advance(
    advance: ExpenseAdvance, *, amount: Decimal, on: date, form_key: UUID, today: date, actor: Any
) -> AdvanceUse:
    """Does: notes money given back of an advance; the same form sent twice notes it once. Refuses: an advance
    that is not held, an amount that is not positive or above what is left, a day to come or before it was
    given. Leaves behind: the entry of the bank, the advance settled when nothing is left, audit."""
    row = ExpenseAdvance.objects.select_for_update(of=("self",)).get(pk=advance.pk)
    noted = AdvanceUse.objects.filter(form_key=form_key, advance=row).first()
    if noted is not None:
        return noted
    _require_other(row, actor)
    if row.state != AdvanceState.GIVEN:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette avance n’est pas à rendre."))
    _require_amount(amount)
    left = left_of(row)
    if amount > left:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Il ne reste que %(left)s à rendre.") % {"left": money(left)},
            field="amount",
        )
    if on > today or (row.given_on and on < row.given_on):
        raise Refused(
            Code.DATE_INVALID, _("Indiquez le jour où l’argent est revenu, après l’avance."), field="on"
        )
    piece = Piece(
        name=f"AVF-{row.pk}",
        on=on,
        person=str(row.person),
        analytic_id=section_of(row.activity).pk,
        label=house_words(gettext_lazy("Reste d’avance rendu"), row.person),
    )
    entry = post_entry(return_entry(piece, amount), actor=actor, source=row)
    use = AdvanceUse.objects.create(
        advance=row, amount=amount, on=on, entry=entry, form_key=form_key, created_by=actor
    )
    letter_advance(row, actor=actor)
    audit.record(actor, "invoicing.return_advance", row, detail={"amount": str(amount)})
    settle_if_used_up(row, actor=actor)
    return use


def _require_amount(amount: Decimal) -> None:
    if not (ZERO < amount <= _MOST and amount == cents(amount)):
        raise Refused(Code.AMOUNT_INVALID, _("Indiquez un montant positif, au centime près."), field="amount")


def _require_other(advance: ExpenseAdvance, actor: Any) -> None:
    if actor is not None and actor.person_id == advance.person_id:
        raise Forbidden(_("Quelqu’un d’autre répond à vos demandes d’avance."))
