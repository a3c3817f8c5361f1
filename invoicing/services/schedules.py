"""Checks and writes the schedule of a draft quote: how it is meant to be invoiced (INV-15, INV-22)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import ZERO, cents
from cae.core.templatetags.formats import money
from invoicing.calculations.schedule import AboveRest, Amount, Asked, Equal, Share, gross_of, plan
from invoicing.calculations.totals import Totals
from invoicing.models import Quote, QuoteInstalment
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.states.parts import MAX_INSTALMENTS, MAX_RETENTION, Billing, InstalmentKind
from invoicing.states.sales import MAX_LABEL, MAX_TOTAL


def check_schedule(schedule: ScheduleContent, totals: Totals) -> None:
    """Refuses a schedule that says nothing, too much, or two things at once; each at its field."""
    if schedule.billing not in Billing.values:
        raise Refused(Code.VALUE_INVALID, _("Ce choix n’existe pas."), field="billing")
    if schedule.retention_rate is not None and not 0 <= schedule.retention_rate <= MAX_RETENTION:
        raise Refused(
            Code.AMOUNT_INVALID, _("La loi limite la retenue de garantie à 5 %."), field="retention"
        )
    if len(schedule.instalments) > MAX_INSTALMENTS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un échéancier compte au plus %(most)d lignes.") % {"most": MAX_INSTALMENTS},
            field="instalments",
        )
    for index, row in enumerate(schedule.instalments):
        _check_row(row, f"instalments-{index}", schedule.billing)
    deposits = [row for row in schedule.instalments if row.kind == InstalmentKind.DEPOSIT]
    if schedule.deposit_at_once and not deposits:
        raise Refused(
            Code.VALUE_MISSING, _("Dites combien d’acompte demander dès l’accord."), field="deposit_at_once"
        )
    _check_sum(schedule.instalments, totals)


def _check_row(row: InstalmentContent, prefix: str, billing: str) -> None:
    deposit = row.kind == InstalmentKind.DEPOSIT
    if row.kind not in InstalmentKind.values or (row.rate is not None and row.amount is not None):
        raise Refused(
            Code.VALUE_INVALID,
            _("Une échéance est une part ou un montant, pas les deux."),
            field=f"{prefix}-rate",
        )
    if deposit and row.rate is None and row.amount is None:
        raise Refused(
            Code.VALUE_MISSING, _("Un acompte est une part du devis ou un montant."), field=f"{prefix}-rate"
        )
    if not deposit and billing == Billing.PROGRESS:
        raise Refused(
            Code.VALUE_INVALID,
            _("À l’avancement, seules les situations suivent l’acompte : retirez les échéances."),
            field="billing",
        )
    if row.rate is not None and not (0 < row.rate < 1 and row.rate == round(row.rate, 4)):
        raise Refused(Code.AMOUNT_INVALID, _("Une part se donne entre 0 et 100 %."), field=f"{prefix}-rate")
    if row.amount is not None and not (ZERO < row.amount <= MAX_TOTAL and row.amount == cents(row.amount)):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un montant d’échéance est positif et s’arrête au centime."),
            field=f"{prefix}-amount",
        )
    if len(row.label) > MAX_LABEL:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce libellé est trop long."), field=f"{prefix}-label")


def _check_sum(rows: Sequence[InstalmentContent], totals: Totals) -> None:
    """The parts leave something to the balance. A quote without price yet is judged once it has one."""
    if not rows or totals.gross <= ZERO:
        return
    try:
        left = gross_of(plan(totals.breakdown, [_asked(row) for row in rows])[-1])
    except AboveRest as error:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("L’échéancier dépasse le devis : il ne restait que %(left)s TTC.")
            % {"left": money(error.left)},
            field="instalments",
        ) from error
    if left <= ZERO:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("L’échéancier ne laisse rien au solde : retirez la dernière ligne."),
            field="instalments",
        )


def _asked(row: InstalmentContent) -> Asked:
    if row.rate is not None:
        return Share(row.rate)
    return Equal() if row.amount is None else Amount(row.amount)


def says_schedule(quote: Quote, schedule: ScheduleContent) -> bool:
    """The schedule is the one already stored."""
    same = Quote()
    rows = place_schedule(same, schedule)
    kept = ("kind", "label", "rate", "amount", "on")
    found = [tuple(getattr(row, name) for name in kept) for row in quote.instalments.order_by("position")]
    return (
        found == [tuple(getattr(row, name) for name in kept) for row in rows]
        and (quote.billing, quote.deposit_at_once) == (same.billing, same.deposit_at_once)
        and quote.retention_rate == same.retention_rate
    )


def place_schedule(quote: Quote, schedule: ScheduleContent) -> list[QuoteInstalment]:
    """Gives the quote what the schedule says, and its rows, not written yet."""
    interims = any(row.kind == InstalmentKind.INTERIM for row in schedule.instalments)
    quote.billing = Billing.INSTALMENTS if interims else Billing(schedule.billing)
    if quote.billing == Billing.INSTALMENTS and not interims:
        quote.billing = Billing.ONCE
    quote.deposit_at_once = schedule.deposit_at_once
    quote.retention_rate = schedule.retention_rate if quote.billing == Billing.PROGRESS else None
    return [
        QuoteInstalment(
            quote=quote,
            position=position,
            kind=row.kind,
            label=row.label.strip(),
            rate=row.rate,
            amount=row.amount,
            on=row.on,
        )
        for position, row in enumerate(schedule.instalments, start=1)
    ]


def write_schedule(quote: Quote, schedule: ScheduleContent) -> None:
    """Replaces the schedule of a saved draft."""
    rows = place_schedule(quote, schedule)
    quote.save(update_fields=["billing", "deposit_at_once", "retention_rate"])
    quote.instalments.all().delete()
    QuoteInstalment.objects.bulk_create(rows)


def schedule_in(quote: Quote) -> ScheduleContent:
    """The schedule as stored: what a copy or a new version takes up."""
    rows = tuple(
        InstalmentContent(row.kind, label=row.label, rate=row.rate, amount=row.amount, on=row.on)
        for row in quote.instalments.order_by("position")
    )
    rate: Decimal | None = quote.retention_rate
    return ScheduleContent(quote.billing, quote.deposit_at_once, rate, rows)
