"""What becomes of a proposal of pay: accepted or asked otherwise by the person, revised, checked (ACC-23)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.payroll.proposing import PayEngine, spread, summed
from accounting.models import PayItem, PayNumber, PayProposal
from accounting.models.payroll import LONGEST_NUMBER
from accounting.selectors.pay_means import Payee, means_of, payees
from accounting.services.pay_making import Engines
from accounting.services.pay_notices import tell_asked, tell_proposed, tell_short
from accounting.states.payroll import PAY_FLOW, PayItemKind, PayState
from cae.core import audit
from cae.core.elision import elided
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import CENT, ZERO
from cae.core.templatetags.formats import money
from cae.core.validating import refuse_invalid
from cae.core.workflow import performs
from people.models import Person
from people.services.changes import one_line

MOST_REASON = 300


@dataclass(frozen=True)
class PayChanges:
    """What the team types of a pay: its advance as a gross, what is paid or held besides, as amounts."""

    advance: Decimal = ZERO
    leaving: Decimal = ZERO
    daily: Decimal = ZERO
    expenses: Decimal = ZERO
    shares: Decimal = ZERO
    is_covered_elsewhere: bool = False
    # What each absence takes off, by key of its element.
    absences: Mapping[int, Decimal] = field(default_factory=dict)


@performs(PAY_FLOW, "agree")
def agree_pay(row: PayProposal, *, actor: Any, shown: str | None = None) -> None:
    """Does: the person accepts what is proposed. Refuses: what is no longer to accept, another proposal than
    the one that was `shown`. Leaves behind: who and when, audit."""
    if shown is not None and shown != row.reading:
        raise Refused(Code.STALE_FORM, _("Cette paie a changé : relisez-la avant de l’accepter."))
    row.answered_by, row.answered_at = actor, timezone.now()
    row.wanted, row.wanted_reason = None, ""


@performs(PAY_FLOW, "ask")
def ask_other_pay(row: PayProposal, *, wanted: Decimal, reason: str, engines: Engines, actor: Any) -> None:
    """Does: the person asks for another gross, and says why. Refuses: no reason, an amount with a fraction of
    a cent, less than the fixed part, more than the cash can pay. Leaves behind: the amount and the reason;
    the team told; audit."""
    row.wanted_reason = one_line(reason, "reason", _("Dites pourquoi."), most=MOST_REASON)
    fixed = _fixed_of(row)
    if wanted < fixed or wanted % CENT:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Le brut ne descend pas sous la part fixe de votre contrat : %(fixed)s.")
            % {"fixed": money(fixed)},
            field="wanted",
        )
    if wanted > fixed:
        _require_cash(engines(_payee_of(row), row.month.month), wanted, row.available, "wanted")
    row.wanted, row.answered_by, row.answered_at = wanted, actor, timezone.now()
    tell_asked(row, actor=actor)


@performs(PAY_FLOW, "revise")
def revise_pay(
    row: PayProposal, *, changes: PayChanges, reason: str, engines: Engines, today: date, actor: Any
) -> None:
    """Does: proposes other amounts, from the cash of the day. Refuses: no reason, a negative amount or one
    with a fraction of a cent, an advance above what the cash can pay. Leaves behind: the new elements and
    their simulation, to accept again; the person told; audit."""
    row.team_reason = one_line(reason, "reason", _("Dites pourquoi la paie change."), most=MOST_REASON)
    for name in ("advance", "leaving", "daily", "expenses", "shares"):
        _require_amount(getattr(changes, name), name)
    for amount in changes.absences.values():
        _require_amount(amount, None)
    payee, month = _payee_of(row), row.month.month
    mine, engine = means_of(_colleagues(payee, row), month, today)[payee.pk], engines(payee, month)
    base, taken = summed(mine), sum(changes.absences.values(), ZERO)
    year = _year_of(row)
    owed = payee.fixed + changes.leaving + year - taken
    # What absences take beyond what is owed is taken from the advance.
    due, gross = engine.figures(max(owed, ZERO)), max(owed + changes.advance, ZERO)
    if changes.advance:
        _require_cash(engine, gross, base.available, "advance")
    figures = engine.figures(gross)
    row.came_in, row.contributed = base.came_in, base.contributed
    row.cash, row.owed, row.floor, row.available = base.cash, base.owed, base.floor, base.available
    row.gross, row.cost, row.net = figures.gross, figures.cost, figures.net
    row.rgdu, row.rules = figures.rgdu, engine.rules
    free = {one.section: max(one.available, ZERO) for one in mine}
    row.shortage = ZERO if changes.advance else max(due.cost - sum(free.values(), ZERO), ZERO)
    advances = spread(changes.advance, free, main=payee.main.pk, first=due.cost)
    _write_items(row, payee, changes, advances)
    row.wanted, row.wanted_reason = None, ""
    row.answered_by = row.answered_at = row.checked_by = row.checked_at = None
    tell_proposed(row, actor=actor)
    if row.shortage:
        tell_short(row, actor=actor)


@performs(PAY_FLOW, "check")
def check_pay(row: PayProposal, *, actor: Any) -> None:
    """Does: human resources find a pay right. Refuses: an advance that the person has not accepted. Leaves
    behind: who and when, audit."""
    if row.state == PayState.PROPOSED and row.items.filter(kind=PayItemKind.ADVANCE).exists():
        raise IllegalMove(
            _("%(name)s n’a pas encore accepté son avance : attendez sa réponse, ou retirez l’avance.")
            % {"name": row.person}
        )
    row.checked_by, row.checked_at = actor, timezone.now()


@transaction.atomic
def check_pays(rows: Iterable[PayProposal], *, actor: Any) -> int:
    """Does: checks all of them, or none; gives how many. Refuses: as `check_pay`; nobody chosen. Leaves
    behind: as `check_pay`."""
    chosen = sorted(rows, key=lambda row: row.pk)
    if not chosen:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une paie."))
    for row in chosen:
        check_pay(row, actor=actor)
    return len(chosen)


@performs(PAY_FLOW, "withdraw")
def withdraw_pay(row: PayProposal, *, reason: str, actor: Any) -> None:
    """Does: gives up a pay of the month. Refuses: no reason, one that pays the balance of a year. Leaves
    behind: the reason; the month may be made again for this person; audit."""
    row.team_reason = one_line(
        reason, "reason", _("Dites pourquoi cette paie est retirée."), most=MOST_REASON
    )
    if _year_of(row):
        raise IllegalMove(
            _("Cette paie verse un solde de fin d’année : elle ne peut plus être retirée, seulement revue.")
        )


@transaction.atomic
def change_number(person: Person, *, number: str, actor: Any) -> PayNumber:
    """Does: gives somebody the number that the payroll software knows. Refuses: none, one that is not of
    letters, digits and « _ . - », somebody else's. Leaves behind: the number, audit."""
    wanted = number.strip().upper()
    taken = PayNumber.objects.filter(number=wanted).exclude(person=person).select_related("person").first()
    if taken is not None:
        raise Refused(
            Code.DUPLICATE,
            elided(_("Ce matricule est celui de %(name)s."), {"name": taken.person}),
            field="number",
        )
    row = PayNumber.objects.select_for_update().filter(person=person).first() or PayNumber(person=person)
    row.number = wanted
    if not wanted or len(wanted) > LONGEST_NUMBER:
        raise Refused(Code.VALUE_MISSING, _("Indiquez le matricule, vingt signes au plus."), field="number")
    refuse_invalid(row)
    row.save()
    audit.record(actor, "accounting.change_pay_number", row, detail={"number": wanted})
    return row


def _require_amount(amount: Decimal, name: str | None) -> None:
    if amount < ZERO or amount % CENT:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un montant de paie est positif, au centime : son sens vient de l’élément."),
            field=name,
        )


def _require_cash(engine: PayEngine, gross: Decimal, available: Decimal, name: str) -> None:
    available = max(available, ZERO)
    if engine.figures(gross).cost > available:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("La trésorerie permet %(most)s de brut au plus : %(available)s peuvent être payés.")
            % {"most": money(engine.gross_for(available)), "available": money(available)},
            field=name,
        )


def _fixed_of(row: PayProposal) -> Decimal:
    found = row.items.filter(kind=PayItemKind.FIXED).first()
    return found.amount if found else ZERO


def _year_of(row: PayProposal) -> Decimal:
    """The balance of a year that it pays: decided apart, it stays."""
    return sum((one.amount for one in row.items.filter(kind=PayItemKind.YEAR)), ZERO)


def _payee_of(row: PayProposal) -> Payee:
    found = payees(row.month.month, [row.person_id])
    if not found or not found[0].sections:
        raise Refused(
            Code.ACCOUNT_MISSING,
            _("%(name)s n’a plus ni contrat ni activité ce mois-là : retirez cette paie.")
            % {"name": row.person},
        )
    return found[0]


def _colleagues(payee: Payee, row: PayProposal) -> list[Payee]:
    """Whoever shares a section with this person: what can be paid is shared between them."""
    mine = {section.pk for section in payee.sections}
    rows = payees(row.month.month)
    return [one for one in rows if mine & {section.pk for section in one.sections}]


def _write_items(
    row: PayProposal, payee: Payee, changes: PayChanges, advances: Mapping[int, Decimal]
) -> None:
    kept = (PayItemKind.ABSENCE, PayItemKind.YEAR)
    row.items.exclude(kind__in=kept).delete()
    main = payee.main.pk
    amounts = (
        (PayItemKind.EXIT, changes.leaving),
        (PayItemKind.DAILY, changes.daily),
        (PayItemKind.EXPENSES, changes.expenses),
        (PayItemKind.SHARES, changes.shares),
    )
    items = [PayItem(proposal=row, kind=PayItemKind.FIXED, section_id=main, amount=payee.fixed)]
    items += [
        PayItem(proposal=row, kind=PayItemKind.ADVANCE, section_id=key, amount=amount)
        for key, amount in advances.items()
    ]
    items += [
        PayItem(proposal=row, kind=kind, section_id=main, amount=amount) for kind, amount in amounts if amount
    ]
    if changes.is_covered_elsewhere:
        items.append(PayItem(proposal=row, kind=PayItemKind.COVER, section_id=main))
    PayItem.objects.bulk_create(items)
    for absence in row.items.filter(kind=PayItemKind.ABSENCE, pk__in=list(changes.absences)):
        absence.amount = changes.absences[absence.pk]
        absence.save(update_fields=["amount"])
