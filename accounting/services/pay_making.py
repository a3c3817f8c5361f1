"""Makes the proposals of a month, person by person, within the cash of their activities (ACC-23)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.payroll.proposing import Means, PayEngine, propose, summed
from accounting.models import PayItem, PayMonth, PayNumber, PayProposal
from accounting.pay_parameters import PAY_DAY, PROPOSED_SHARE
from accounting.selectors.pay_means import Payee, means_of, payees, salaried_contracts
from accounting.services.pay_notices import tell_proposed, tell_short
from accounting.states.payroll import PayItemKind
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.facts import facts
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Job
from cae.core.money import ZERO
from cae.core.periods import Month, Span
from cae.core.settings import value_of
from entrepreneurs.calculations.leave import days_within
from entrepreneurs.models import Absence
from entrepreneurs.states.absences import AbsenceState

TASK = "accounting.propose_pay"
# What somebody still owes for shares, held on their pay: known in the room above.
SHARES_FACT = "person.shares_on_pay"
# A simulation takes a fraction of a second; the page hears of the run as often.
PACE = timedelta(milliseconds=500)

# The simulator of one person for one month.
Engines = Callable[[Payee, Month], PayEngine]


@transaction.atomic
def open_pay_month(month: Month, *, actor: Any) -> PayMonth:
    """Does: opens the pay of a month, unless it is open. Refuses: nothing.
    Leaves behind: the month, audit."""
    day = min(value_of(PAY_DAY, on=month.first), month.last.day)
    row, made = PayMonth.objects.get_or_create(
        first=month.first, defaults={"paid_on": month.first.replace(day=day), "opened_by": actor}
    )
    if made:
        audit.record(actor, "accounting.open_pay_month", row)
    return row


def ask_for_proposals(month: Month, *, today: date, actor: Any) -> Job:
    """Does: starts the job that proposes the pay of a month. Refuses: a month to come, one without anybody
    salaried. Leaves behind: the month open, the job."""
    _check_month(month, today)
    count = salaried_contracts(month).order_by().values("person").distinct().count()
    if not count:
        raise Refused(Code.VALUE_MISSING, _("Personne n’est en CESA ce mois-là."), field="month")
    opened = open_pay_month(month, actor=actor)
    label = house_words(gettext_lazy("Propositions de paie"), f"{month.month:02}/{month.year}")
    return start_job(
        TASK,
        label=label,
        actor=actor,
        total=count,
        month=str(month),
        leads_to=f"{reverse('accounting:pay_list')}?mois={opened.month}",
    )


def _check_month(month: Month, today: date) -> None:
    if month > Month.of(today):
        raise Refused(Code.PERIOD_INVALID, _("Ce mois n’est pas commencé."), field="month")


def propose_pay(
    month: Month, *, today: date, through: Progress, engines: Engines, only: Sequence[int] | None = None
) -> None:
    """Does: proposes a pay to each person salaried in the month who has none, `only` those if some are named.
    Refuses: a month to come; what one person lacks is noted against them and the others go on. Leaves behind:
    proposals, notices; the same whether it runs once, twice or is taken up half-way."""
    _check_month(month, today)
    actor = through.job.author
    opened, everybody = open_pay_month(month, actor=actor), payees(month)
    rows = [row for row in everybody if only is None or row.pk in only]
    # Those who are not asked for share the cash of their activity all the same.
    means = means_of(everybody, month, today)
    absences = _absences(rows, month)
    shares = facts(SHARES_FACT, [row.pk for row in rows], on=month.last)
    make = partial(
        _propose_one,
        opened=opened,
        means=means,
        absences=absences,
        shares=shares,
        engines=engines,
        actor=actor,
    )
    through.each(rows, partial(make, today=today), pace=PACE)


def _absences(rows: Iterable[Payee], month: Month) -> dict[int, list[Absence]]:
    found: dict[int, list[Absence]] = {}
    accepted = Absence.objects.filter(
        state=AbsenceState.APPROVED,
        person__in=[row.pk for row in rows],
        starts_on__lte=month.last,
        ends_on__gte=month.first,
    )
    for one in accepted.order_by("starts_on"):
        found.setdefault(one.person_id, []).append(one)
    return found


@transaction.atomic
def _propose_one(
    payee: Payee,
    *,
    opened: PayMonth,
    means: dict[int, list[Means]],
    absences: dict[int, list[Absence]],
    shares: dict[int, Decimal],
    engines: Engines,
    today: date,
    actor: Any,
) -> None:
    # Two runs at once: the second waits for the first, then finds that everybody has theirs.
    PayMonth.objects.select_for_update().get(pk=opened.pk)
    if PayProposal.objects.standing().filter(month=opened, person=payee.pk).exists():
        return
    if not payee.sections:
        raise Refused(Code.ACCOUNT_MISSING, _("Cette personne n’exerce aucune activité ce mois-là."))
    month, engine = opened.month, engines(payee, opened.month)
    mine, main = means[payee.pk], payee.main
    rate = value_of(PROPOSED_SHARE, on=today)
    found = propose(payee.fixed, mine, main=main.pk, engine=engine, rate=rate)
    if found.figures.cost < 0:
        # Figures of an earlier month that payroll gave, or did not give, are the ones to look at.
        raise Refused(
            Code.AMOUNT_INVALID,
            _("La réduction à rattraper dépasse le coût de cette paie : vérifiez celle des mois passés."),
        )
    base = summed(mine)
    row = PayProposal.objects.create(
        month=opened,
        person_id=payee.pk,
        contract=payee.contract,
        came_in=base.came_in,
        contributed=base.contributed,
        cash=base.cash,
        owed=base.owed,
        floor=base.floor,
        available=base.available,
        shortage=found.shortage,
        gross=found.figures.gross,
        cost=found.figures.cost,
        net=found.figures.net,
        rgdu=found.figures.rgdu,
        rules=engine.rules,
    )
    items = [PayItem(proposal=row, kind=PayItemKind.FIXED, section=main, amount=payee.fixed)]
    items += [
        PayItem(proposal=row, kind=PayItemKind.ADVANCE, section_id=key, amount=amount)
        for key, amount in found.advances.items()
    ]
    absent = (_absent(row, main.pk, one, month) for one in absences.get(payee.pk, ()))
    # Of a Sunday alone, payroll has nothing to take.
    items += [item for item in absent if item.days]
    held = shares.get(payee.pk, ZERO)
    if held:
        items.append(PayItem(proposal=row, kind=PayItemKind.SHARES, section=main, amount=held))
    PayItem.objects.bulk_create(items)
    give_number(payee.pk)
    audit.record(actor, "accounting.propose_pay", row, detail={"gross": str(row.gross)})
    tell_proposed(row, actor=actor)
    if row.shortage:
        tell_short(row, actor=actor)


def _absent(row: PayProposal, section: int, one: Absence, month: Month) -> PayItem:
    days = days_within(
        one.starts_on,
        one.ends_on,
        from_noon=one.from_noon,
        to_noon=one.to_noon,
        year=Span(month.first, month.last),
    )
    return PayItem(
        proposal=row,
        kind=PayItemKind.ABSENCE,
        detail=one.kind,
        section_id=section,
        days=days,
        starts_on=max(one.starts_on, month.first),
        ends_on=min(one.ends_on, month.last),
        absence=one,
    )


def give_number(person_id: int) -> PayNumber:
    """Does: gives somebody a number for payroll, that of their file, unless they have one. Refuses: nothing.
    Leaves behind: the number, which human resources may replace by that of the payroll software."""
    row = PayNumber.objects.filter(person=person_id).first()
    if row is not None:
        return row
    number = f"{person_id:05}"
    # Payroll may know somebody else by the number of this file.
    while PayNumber.objects.filter(number=number).exists():
        number = f"P{number}"
    return PayNumber.objects.create(person_id=person_id, number=number)
