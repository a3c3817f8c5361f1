"""Taxes in the demonstration: two months of VAT filed, one ready, a reverse charge, the year’s calendar."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from accounting.models import EntryLine, TaxDeadline, VatReturn
from accounting.selectors.periods import is_open
from accounting.selectors.tax_deadlines import deadlines_open, owners_offered
from accounting.selectors.vat import purchases_untaxed, worked
from accounting.services.tax_deadlines import (
    drop_deadline,
    file_deadline,
    follow_deadline,
    make_deadlines,
    pay_deadline,
)
from accounting.services.vat_returns import Filing, file_return, open_return, pay_return, prepare_return
from accounting.services.vat_rulings import self_assess
from accounting.states.vat import VatKind
from cae.core.periods import Month
from cae.demonstration.loading.paying_out import charges_of
from people.models import User

# The day of the month on which the accountant files, and the one on which the tax office takes the money.
_FILED_ON, _PAID_ON = 19, 24
# What an earlier program declared, made up: contributions on pay that these books do not hold, first VAT.
_DSN = "dsn"
_AMOUNTS = {_DSN: Decimal("18642.00"), "vat-month": Decimal("3127.00")}
_NOTHING = {"des": "Aucun service vendu dans l’Union ce mois-ci"}


def declare_taxes(*, today: date, actor: User) -> None:
    """Past deadlines are over, near ones wait; VAT is filed up to two months ago."""
    make_deadlines(today.year, actor=actor)
    last = Month.of(today).previous()
    months = [last.previous().previous(), last.previous(), last]
    _self_assess(months[0], actor)
    for month in months:
        row = open_return(day=month.first, today=today, actor=actor)
        if worked(row).missing:
            # Somebody wrote a line that does not say enough: its return waits, and shows it.
            break
        row = prepare_return(row, actor=actor)
        if month != last:
            _file(row, month, today=today, actor=actor)
    _settle_the_past(today, actor)
    follower = owners_offered().first()
    for one in deadlines_open().filter(due_on__gt=today)[:2]:
        follow_deadline(one, owner=follower, due_on=one.due_on, amount=one.amount, actor=actor)


def _self_assess(since: Month, actor: User) -> None:
    """A purchase without tax was a service from abroad."""
    line: EntryLine | None = purchases_untaxed().filter(on__gte=since.first).order_by("on", "pk").first()
    if line is not None and is_open(line.on):
        kind, rate = VatKind.SERVICES_ABROAD, Decimal("20.00")
        self_assess(line, kind=kind, rate=rate, recovery=Decimal(1), on=line.on, actor=actor)


def _file(row: VatReturn, month: Month, *, today: date, actor: User) -> None:
    """Filed on its day; paid, where the day of payment is past and open."""
    following = month.next()
    on = min(following.first.replace(day=_FILED_ON), today)
    filing = Filing(on, f"{row.starts_on:%Y%m}-{row.pk:05d}")
    row = file_return(row, filing=filing, today=today, actor=actor)
    paid_on = following.first.replace(day=_PAID_ON)
    if row.awaits_payment and on <= paid_on <= today and is_open(paid_on):
        pay_return(row, on=paid_on, today=today, actor=actor)


def _settle_the_past(today: date, actor: User) -> None:
    """What was due before today was declared in time, and paid."""
    for row in TaxDeadline.objects.filter(due_on__lt=today, state="todo").select_related("rule"):
        code = row.rule.code if row.rule else ""
        if code in _NOTHING:
            drop_deadline(row, reason=_NOTHING[code], actor=actor)
            continue
        on = row.due_on - timedelta(days=2)
        held = charges_of(Month.of(row.ends_on)) if code == _DSN else None
        amount = _AMOUNTS.get(code) if held is None else held
        filed = file_deadline(row, on=on, today=today, amount=amount, actor=actor)
        if filed.is_paid and filed.amount is not None:
            pay_deadline(filed, on=row.due_on, today=today, actor=actor)
