"""Unpaid invoices past their due date: where each stands, what is due to whom today (INV-42).

SQL says what calculations/reminders.py says, for lists of any length; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate

from cae.core.money import ZERO
from cae.core.settings import value_of
from entrepreneurs.models import Activity
from invoicing import chase_parameters
from invoicing.calculations.reminders import Departure, Step, departures
from invoicing.models import (
    ChasePolicy,
    Customer,
    Invoice,
    Reminder,
    ReminderLine,
    ReminderPause,
    ReminderStep,
)
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.states.chasing import ChaseStage, ReminderChannel, ReminderTone

_DAY = models.DateField()


def chased(rows: InvoiceQuerySet, *, on: date) -> InvoiceQuerySet:
    """Those of `rows` that are late, each with `stage`, `next_days`, `next_on`, `reached`, `reminded_on`,
    `paused_until` and `days_late`."""
    gap = value_of(chase_parameters.REMINDER_GAP, on=on)
    lines = (
        ReminderLine.objects.filter(invoice=OuterRef("pk"), reminder__undone_at=None)
        .order_by()
        .values("invoice")
    )
    late = rows.overdue(on).annotate(
        lost=F("balance__lost"),
        held=F("balance__held"),
        reached=Coalesce(Subquery(lines.annotate(most=Max("step_days")).values("most")), Value(0)),
        reminded_on=Subquery(
            lines.annotate(last=Max(TruncDate("reminder__sent_at"))).values("last"), output_field=_DAY
        ),
        paused_until=_paused_until(on),
    )
    late = late.annotate(next_days=_next_days(), days_late=_days_since("due_on", on))
    late = late.annotate(
        next_on=Case(
            When(next_days__isnull=True, then=Value(None, output_field=_DAY)),
            default=Greatest(_later("due_on", F("next_days")), _later("reminded_on", Value(gap))),
            output_field=_DAY,
        ),
    )
    return late.annotate(
        stage=Case(
            When(customer__disputed_on__isnull=False, then=Value(ChaseStage.DISPUTED.value)),
            When(paused_until__isnull=False, then=Value(ChaseStage.PAUSED.value)),
            When(next_days__isnull=True, then=Value(ChaseStage.ENDED.value)),
            When(next_on__lte=on, then=Value(ChaseStage.DUE.value)),
            default=Value(ChaseStage.UPCOMING.value),
            output_field=models.CharField(),
        )
    )


def chased_visible(user: Any, *, on: date) -> InvoiceQuerySet:
    """The late invoices this person sees, where each stands, the oldest due date first."""
    rows = chased(Invoice.objects.visible_to(user), on=on)
    return rows.select_related("customer__activity", "activity").defer("facts").order_by("due_on", "pk")


def chased_of(customer: Customer, *, on: date) -> InvoiceQuerySet:
    """The late invoices of one customer."""
    rows = chased(Invoice.objects.filter(customer=customer), on=on)
    return rows.select_related("customer__activity", "activity").defer("facts").order_by("due_on", "pk")


def _next_days() -> Case:
    """The first step after the one that was reached: of the activity if it has its own, else the house's."""
    after = ReminderStep.objects.filter(days__gt=OuterRef("reached")).order_by("days").values("days")
    own = ReminderStep.objects.filter(activity=OuterRef("activity"))
    return Case(
        When(Exists(own), then=Subquery(after.filter(activity=OuterRef("activity"))[:1])),
        default=Subquery(after.filter(activity=None)[:1]),
        output_field=models.IntegerField(),
    )


def _paused_until(on: date) -> Subquery:
    """The last day of the pauses in force, of the invoice or of its customer."""
    live = ReminderPause.objects.filter(
        Q(invoice=OuterRef("pk")) | Q(customer=OuterRef("customer")), ended_at=None, until__gte=on
    )
    return Subquery(live.order_by("-until").values("until")[:1], output_field=_DAY)


def _later(column: str, days: Any) -> ExpressionWrapper[Any]:
    """A day so many days later: PostgreSQL adds an integer to a date."""
    return ExpressionWrapper(F(column) + days, output_field=_DAY)


def _days_since(column: str, on: date) -> Func:
    return Func(
        Value(on, output_field=_DAY),
        F(column),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=models.IntegerField(),
    )


def steps_of(activity: Activity) -> list[Step]:
    """The steps that an activity follows: its own, else the cooperative's."""
    return _as_steps(own_steps(activity) or own_steps(None))


def own_steps(activity: Activity | None) -> list[ReminderStep]:
    """The steps of an activity, or those of the cooperative."""
    return list(ReminderStep.objects.filter(activity=activity).order_by("days"))


def _as_steps(rows: Iterable[ReminderStep]) -> list[Step]:
    return [Step(row.days, row.channel, row.tone, row.late_fees) for row in rows]


def steps_by_activity(keys: Iterable[int]) -> dict[int, list[Step]]:
    """The steps of several activities, in one query."""
    wanted = set(keys)
    rows = ReminderStep.objects.filter(Q(activity__in=wanted) | Q(activity=None)).order_by("days")
    found: dict[int | None, list[Step]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).extend(_as_steps([row]))
    house = found.get(None, [])
    return {key: found.get(key, house) for key in wanted}


def steps_due(invoices: Sequence[Any]) -> dict[int, Step | None]:
    """The step that each invoice of `chased` waits for, by their keys; None after the last."""
    steps = steps_by_activity(one.activity_id for one in invoices)
    return {
        one.pk: next((step for step in steps[one.activity_id] if step.days == one.next_days), None)
        for one in invoices
    }


def departures_of(invoices: Sequence[Any]) -> list[Departure]:
    """What may leave today for the invoices of `chased` that are due: one departure a customer."""
    steps = steps_due(invoices)
    due = [
        (one.customer, one, step)
        for one in invoices
        if one.stage == ChaseStage.DUE and (step := steps[one.pk]) is not None
    ]
    return departures(due, tones=ReminderTone.values)


def mails_that_leave_alone(*, on: date) -> list[Departure]:
    """The mails due today of the activities that let them leave by themselves."""
    rows = chased(Invoice.objects.filter(activity__chase_policy__automatic=True), on=on)
    found = list(
        rows.filter(Q(stage=ChaseStage.DUE)).select_related("customer__activity", "activity").order_by("pk")
    )
    return [one for one in departures_of(found) if one.channel == ReminderChannel.MAIL]


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many late invoices stand there, and what they owe."""

    stage: ChaseStage
    count: int
    due: Decimal


def stage_counts(rows: Iterable[Any]) -> list[StageCount]:
    """What `chased` found, stage by stage, in the order of the page."""
    said: dict[str, tuple[int, Decimal]] = {}
    for row in rows:
        count, total = said.get(row.stage, (0, ZERO))
        said[row.stage] = (count + 1, total + row.due)
    return [StageCount(stage, *said.get(stage, (0, ZERO))) for stage in ChaseStage]


def reminders_visible(user: Any) -> QuerySet[Reminder]:
    """The reminders this person sees, with what their page says."""
    return Reminder.objects.visible_to(user).select_related(
        "customer", "activity", "access__link", "access__email", "pdf", "sent_by__person", "undone_by__person"
    )


def reminders_of_invoice(invoice: Invoice) -> list[ReminderLine]:
    """The reminders of an invoice, the latest first, with when each was seen."""
    rows = ReminderLine.objects.filter(invoice=invoice).select_related("reminder__access", "reminder__pdf")
    return list(rows.order_by("-reminder__sent_at", "-pk"))


def reminders_of_customer(customer: Customer, *, most: int = 5) -> list[Reminder]:
    """The latest reminders of a customer."""
    return list(Reminder.objects.filter(customer=customer).select_related("access", "pdf")[:most])


def live_pauses(*, on: date, customer: Customer | None = None, invoice: Invoice | None = None) -> list[Any]:
    """The pauses in force of a customer, or of an invoice alone."""
    rows = ReminderPause.objects.filter(ended_at=None, until__gte=on).select_related("created_by__person")
    return list(rows.filter(customer=customer) if customer else rows.filter(invoice=invoice))


def leaves_alone(activity: Activity) -> bool:
    """Whether the mails of an activity leave by themselves."""
    return ChasePolicy.objects.filter(activity=activity, automatic=True).exists()
