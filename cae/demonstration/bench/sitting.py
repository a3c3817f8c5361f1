"""The pages of a sitting: its quorum and its desk, after five hundred arrivals and departures."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.canonical import sha256_of
from cae.demonstration.bench.pages import Say, Shown, measure_all
from cae.demonstration.bench.path import questions_of
from cae.demonstration.bench.people import REASON, make_persons
from cae.demonstration.bench.report import Comparison, Rate
from governance.models import (
    AgendaItem,
    Assembly,
    Associate,
    AttendanceEvent,
    CategoryPeriod,
    Convocation,
    Proxy,
    Resolution,
    ResolutionVersion,
    RuleLine,
    RuleSet,
)
from governance.states.assemblies import AssemblyKind, AssemblyState, Channel, Presence, PresenceWay
from governance.states.register import Category
from governance.states.rules import DecisionKind, RuleForm, RuleSetState
from people.models import User
from people.states.statuses import StatusKind

ORGANISER = "manager@demo.coop"
MEMBERS, EVENTS, PROXIES = 250, 500, 40
TEXT = "L’assemblée approuve les comptes."
VALUES = {
    "decision.ordinary.1": "1/5 expressed 1/2 strict",
    "quorum_base": "voting",
    "quorum_moment": "each_vote",
    "proxy_cap": "legal",
    "proxy_holders": "associates",
    "remote": "counted",
}


def measure_sitting(
    *, seconds: float, say: Say, members: int = MEMBERS, events: int = EVENTS
) -> list[Comparison]:
    """The console, whose quorum is that of this minute, and the desk: each against its template; what it asks
    is counted among a tenth of the events first."""
    assembly = open_sitting(members, now=timezone.now())
    pages = [
        Shown(f"quorum, {events} events", ORGANISER, reverse("governance:console", args=[assembly.pk])),
        Shown(f"desk, {events} events", ORGANISER, reverse("governance:attendance", args=[assembly.pk])),
    ]
    move(assembly, events // 10)
    few = {page.name: questions_of(page) for page in pages}
    move(assembly, events - events // 10)
    many = {page.name: questions_of(page) for page in pages}
    found = measure_all(pages, seconds, say)
    return [replace(one, questions=(few[one.name], many[one.name])) for one in found]


def measure_screen(*, seconds: float) -> Rate:
    """The projector, which asks every three seconds whether something changed, while nothing does. A gap is
    an answer other than 304."""
    assembly = Assembly.objects.filter(state=AssemblyState.OPEN).order_by("-pk")[0]
    url, poll = reverse("governance:screen", args=[assembly.screen_key]), {"HX-Request": "true"}
    client = Client()
    known = poll | {"If-None-Match": client.get(url, headers=poll)["ETag"]}
    answers: list[int] = []
    start = time.perf_counter()
    while not answers or time.perf_counter() - start < seconds:
        answers.append(client.get(url, headers=known).status_code)
    spent = time.perf_counter() - start
    return Rate("polls of the projector", 1, len(answers), spent, gaps=len(answers) - answers.count(304))


@transaction.atomic
def open_sitting(members: int, *, now: datetime) -> Assembly:
    """An assembly whose sitting is open, all its associates called."""
    organiser = User.objects.get(email=ORGANISER)
    associates = _associates(members, organiser, since=date(now.year - 2, 1, 1))
    assembly = Assembly.objects.create(
        kind=AssemblyKind.ORDINARY,
        title="Mesure",
        starts_at=now - timedelta(hours=3),
        place="Mesure",
        rule_set=_rules(organiser, now),
        rules=VALUES,
        rules_sha256=sha256_of(sorted(VALUES.items())),
        state=AssemblyState.OPEN,
        convened_at=now - timedelta(days=20),
        opened_at=now - timedelta(hours=3),
        screen_key=secrets.token_urlsafe(16),
        created_by=organiser,
    )
    item = AgendaItem.objects.create(assembly=assembly, position=1, title="Comptes")
    resolution = Resolution.objects.create(
        assembly=assembly, item=item, number=1, title="Comptes", decision_kind=DecisionKind.ORDINARY
    )
    ResolutionVersion.objects.create(resolution=resolution, number=1, text=TEXT, sha256=sha256_of([TEXT]))
    Convocation.objects.bulk_create(
        Convocation(assembly=assembly, associate=one, person=one.person, channel=Channel.MAIL)
        for one in associates
    )
    Proxy.objects.bulk_create(
        Proxy(assembly=assembly, principal=giver, holder=holder, given_at=now - timedelta(days=5))
        for giver, holder in list(pairwise(associates))[: PROXIES * 2 : 2]
    )
    return assembly


def _rules(organiser: User, now: datetime) -> RuleSet:
    rule_set = RuleSet.objects.create(
        number=RuleSet.objects.count() + 1,
        form=RuleForm.SCOP_SARL,
        # Each sitting has its own, and one alone begins on a day.
        valid_from=timezone.localdate(now) - timedelta(days=3650 + RuleSet.objects.count()),
        reason=REASON,
        created_by=organiser,
    )
    RuleLine.objects.bulk_create(
        RuleLine(rule_set=rule_set, key=key, value=value, confirmed_by=organiser, confirmed_at=now)
        for key, value in VALUES.items()
    )
    rule_set.state, rule_set.confirmed_by = RuleSetState.CONFIRMED, organiser
    rule_set.sha256 = sha256_of(sorted(VALUES.items()))
    rule_set.save()
    return rule_set


def _associates(count: int, organiser: User, *, since: date) -> list[Associate]:
    """So many more, and who organises, as most co-managers are associates."""
    persons = make_persons(count, since=since, kind=StatusKind.ASSOCIATE)
    if organiser.person is not None and not Associate.objects.filter(person=organiser.person).exists():
        persons.append(organiser.person)
    rows = Associate.objects.bulk_create(
        Associate(person=person, admitted_on=since, admission_decision=REASON) for person in persons
    )
    CategoryPeriod.objects.bulk_create(
        CategoryPeriod(associate=row, category=Category.EMPLOYEE, starts_on=since, reason=REASON)
        for row in rows
    )
    return rows


@transaction.atomic
def move(assembly: Assembly, count: int) -> None:
    """So many events more: each of those called comes, later leaves, comes back."""
    called = list(assembly.convocations.select_related("associate").order_by("pk"))
    known = AttendanceEvent.objects.filter(assembly=assembly).count()
    start = assembly.opened_at or assembly.starts_at
    AttendanceEvent.objects.bulk_create(
        AttendanceEvent(
            assembly=assembly,
            associate=called[rank % len(called)].associate,
            person_id=called[rank % len(called)].person_id,
            kind=Presence.DEPARTURE if (rank // len(called)) % 2 else Presence.ARRIVAL,
            way=PresenceWay.DESK,
            at=start + timedelta(seconds=rank),
        )
        for rank in range(known, known + count)
    )
