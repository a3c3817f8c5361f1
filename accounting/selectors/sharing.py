"""What a sharing would do, before anybody decides it: sums of the books, keys, parts (ENT-44, ACC-18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounting.calculations.sharing import (
    Key,
    KeyLine,
    Part,
    Segment,
    Sums,
    added,
    next_days,
    parts_of,
    segments,
)
from accounting.models import AnalyticAccount, EntryLine, ResultSharePart, ResultSharing
from accounting.selectors.scales import scale_of
from accounting.states.books import AccountKind, AccountRole, JournalCode
from cae.core.facts import Source
from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money
from entrepreneurs.calculations.keys import said
from entrepreneurs.models import Activity, Agreement
from entrepreneurs.selectors.agreements import agreements_between
from people.models import Person

_INTERNAL = (AccountRole.INTERNAL_CHARGE, AccountRole.INTERNAL_INCOME)


@dataclass(frozen=True)
class SegmentPlan:
    """Some days under one version: what they made, and what each member has of it."""

    segment: Segment
    agreement: Agreement
    sums: Sums
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Plan:
    """A sharing as it would be done today. `bare`: the days that no signed agreement covers."""

    activity: Activity
    section: AnalyticAccount
    start: date
    end: date
    segments: tuple[SegmentPlan, ...]
    parts: tuple[Part, ...]
    bare: tuple[tuple[date, date], ...]
    people: dict[int, Person]

    @property
    def sums(self) -> Sums:
        return Sums(
            sum((one.sums.result for one in self.segments), ZERO),
            sum((one.sums.contribution for one in self.segments), ZERO),
        )

    @property
    def figures(self) -> list[list[str]]:
        """What must not have moved between the reading and the decision."""
        return [[str(part.person), str(part.result), str(part.contribution)] for part in self.parts]


@dataclass(frozen=True, slots=True)
class KeyWords:
    """The two keys of a member, as people write them: « 1/3 », « 60 % »."""

    result: str
    contribution: str


@dataclass(frozen=True)
class ToldPart:
    """A line of a working: who, by which keys (none: by several), how much, the section that receives."""

    person: Person
    keys: KeyWords | None
    result: Decimal
    contribution: Decimal
    section: AnalyticAccount | None = None

    @property
    def amount(self) -> Decimal:
        return self.result - self.contribution


@dataclass(frozen=True)
class ToldSegment:
    """Some days of a sharing as they were counted: their key, their sums, each part."""

    start: date
    end: date
    agreement: int
    version: int
    sums: Sums
    parts: tuple[ToldPart, ...]


def parts_told(sharing: ResultSharing) -> list[ToldPart]:
    """Gives what each received in all; with their keys when one version served."""
    segments = working_told(sharing)
    keys = {part.person.pk: part.keys for part in segments[0].parts} if len(segments) == 1 else {}
    return [
        ToldPart(part.person, keys.get(part.person_id), part.result, part.contribution, part.section)
        for part in sharing.parts.select_related("person", "section")
    ]


def plan_parts_told(plan: Plan) -> list[ToldPart]:
    """Gives what each would receive in all; with their keys when one version serves."""
    keys = keys_in_words(plan.segments[0]) if len(plan.segments) == 1 else {}
    return [
        ToldPart(plan.people[part.person], keys.get(part.person), part.result, part.contribution)
        for part in plan.parts
    ]


def keys_in_words(plan: SegmentPlan) -> dict[int, KeyWords]:
    """Gives the keys of each person under the agreement of a segment."""
    return {
        share.person_id: KeyWords(said(share.result_key), said(share.contribution_key))
        for share in plan.agreement.shares.all()
    }


def plan_told(plan: Plan) -> list[ToldSegment]:
    """Gives what a sharing would count, as a page shows it."""
    return [
        ToldSegment(
            one.segment.start,
            one.segment.end,
            one.agreement.pk,
            one.agreement.number,
            one.sums,
            tuple(
                ToldPart(plan.people[part.person], keys[part.person], part.result, part.contribution)
                for part in one.parts
            ),
        )
        for one, keys in ((one, keys_in_words(one)) for one in plan.segments)
    ]


def working_told(sharing: ResultSharing) -> list[ToldSegment]:
    """Gives what was counted when it was decided, from what was kept."""
    people = {part.person_id: part.person for part in sharing.parts.select_related("person")}
    return [
        ToldSegment(
            date.fromisoformat(one["start"]),
            date.fromisoformat(one["end"]),
            one["agreement"],
            one["version"],
            Sums(Decimal(one["result"]), Decimal(one["contribution"])),
            tuple(
                ToldPart(
                    people[part["person"]],
                    KeyWords(part["result_key"], part["contribution_key"]),
                    Decimal(part["result"]),
                    Decimal(part["contribution"]),
                )
                for part in one["parts"]
            ),
        )
        for one in sharing.working
    ]


def plan_sharing(activity: Activity, *, start: date, end: date) -> Plan:
    """Counts what sharing the result of these days would give, by the keys in force."""
    section = AnalyticAccount.objects.get(activity=activity)
    agreements = {one.pk: one for one in agreements_between(activity, start, end)}
    cut, bare = segments([_key(one) for one in agreements.values()], start, end)
    plans = []
    for segment in cut:
        sums = sums_of(section, segment.start, segment.end)
        parts = tuple(parts_of(sums, segment.key))
        plans.append(SegmentPlan(segment, agreements[segment.key.agreement], sums, parts))
    together = tuple(added(part for plan in plans for part in plan.parts))
    people = Person.objects.in_bulk({part.person for part in together})
    return Plan(activity, section, start, end, tuple(plans), together, tuple(bare), people)


def sums_of(section: AnalyticAccount, start: date, end: date) -> Sums:
    """The result of some days before contribution, and the contribution, sharings themselves left out."""
    rows = result_lines(section, start, end).aggregate(
        result=Sum(F("credit") - F("debit"), filter=~Q(account__role__in=_INTERNAL), default=ZERO),
        contribution=Sum(F("debit") - F("credit"), filter=Q(account__role__in=_INTERNAL), default=ZERO),
    )
    return Sums(rows["result"], rows["contribution"])


def result_lines(section: AnalyticAccount, start: date, end: date) -> QuerySet[EntryLine]:
    """The lines of income and costs of some days, but those that a sharing of this section or the closing of
    a year wrote."""
    own = ResultSharing.objects.filter(activity=section.activity_id).values("pk")
    sharing = ContentType.objects.get_for_model(ResultSharing)
    # A role may be empty: the lines of a sharing are told by what they come from.
    return EntryLine.objects.filter(
        ~Q(entry__journal__code=JournalCode.OPENING),
        analytic=section,
        on__gte=start,
        on__lte=end,
        account__kind__in=[AccountKind.INCOME, AccountKind.EXPENSE],
    ).exclude(entry__source_type=sharing, entry__source_id__in=own)


def lines_shared(section: AnalyticAccount, start: date, end: date) -> QuerySet[EntryLine]:
    """The same lines with what a list of them shows."""
    rows = result_lines(section, start, end).select_related("entry__journal", "entry__source_type", "account")
    return rows.order_by("on", "entry_id", "position")


def left_to_share(sharing: ResultSharing) -> Decimal:
    """What came into the books of these days after they were shared; zero when nothing did."""
    section = AnalyticAccount.objects.get(activity=sharing.activity_id)
    shared: Decimal = sharing.result
    return sums_of(section, sharing.starts_on, sharing.ends_on).net - shared


def days_to_share(activity: Activity, today: date) -> tuple[date, date]:
    """Gives the days that a sharing proposes: those after the last that stands."""
    done = ResultSharing.objects.filter(activity=activity, is_undone=False)
    last = done.aggregate(last=Max("ends_on"))["last"]
    return next_days(activity.opened_on, last, today)


def sharings_of(activity: Activity) -> QuerySet[ResultSharing]:
    return ResultSharing.objects.filter(activity=activity).select_related("entry__journal", "created_by")


def parts_received(section: AnalyticAccount) -> QuerySet[ResultSharePart]:
    """The parts that came into a section, the latest first, those undone left out."""
    rows = ResultSharePart.objects.filter(section=section, sharing__is_undone=False)
    return rows.select_related("sharing__activity", "sharing__entry").order_by("-sharing__ends_on", "-pk")


def section_of_person(user: Any) -> AnalyticAccount | None:
    """The section of somebody who has no activity of their own."""
    return AnalyticAccount.objects.filter(person__isnull=False, person=user.person_id).first()


def sharings_told(activities: Iterable[Any], on: date) -> dict[int, list[Source]]:
    """The sharings of each activity with their pages, for a page of a room below."""
    keys = [activity.pk for activity in activities]
    found: dict[int, list[Source]] = {key: [] for key in keys}
    rows = ResultSharing.objects.filter(activity__in=keys, starts_on__lte=on).select_related("activity")
    for row in rows:
        words = {"start": day(row.starts_on), "end": day(row.ends_on), "amount": money(row.result)}
        label = _("Du %(start)s au %(end)s : %(amount)s") % words
        done = label + _(" (annulée)") if row.is_undone else label
        found[row.activity_id].append(Source(done, row.get_absolute_url()))
    return found


def scales_of(activities: Iterable[Any], on: date) -> dict[int, Source]:
    """The contribution rule in force for each activity, with its page."""
    found = {activity.pk: scale_of(activity, on) for activity in activities}
    return {key: Source(scale.label, scale.get_absolute_url()) for key, scale in found.items() if scale}


def _key(agreement: Agreement) -> Key:
    lines = sorted(agreement.shares.all(), key=lambda share: share.pk)
    return Key(
        agreement=agreement.pk,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        lines=tuple(
            KeyLine(share.person_id, share.result_parts, share.contribution_parts, share.credited_id)
            for share in lines
        ),
    )
