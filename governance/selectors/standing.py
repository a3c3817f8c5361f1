"""Who is there, who speaks for whom, whether the quorum is met: at any instant of an assembly (GOV-22, 23).

Nothing is stored: each answer is the fold of the events, proxies and forms known at that instant, in a number
of queries that does not grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, Func, Q, QuerySet
from django.utils import timezone

from cae.core import questions
from governance.calculations import proxies as proxy_rules
from governance.calculations.quorum import Doors, Quorum, quorum
from governance.calculations.rules import RuleMissing, Rules
from governance.calculations.voices import Given, Voices, places, voices
from governance.models import Assembly, AttendanceEvent, CorrespondenceForm, Proxy
from governance.models.associates import suspended_at
from governance.selectors.register import associates_on
from governance.selectors.rules import rules_of
from governance.states.assemblies import ProxyState

# A sitting has hundreds of events, and a page shows the hour of few: read as integers, they cost a third.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros_of(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def moment_of(micros: int) -> datetime:
    return _EPOCH + micros * _MICROSECOND


class _Micros(Func):
    """An instant in microseconds, exact."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()


# (associate, college, whether the right to vote is suspended).
Called = tuple[int, int | None, bool]


@dataclass(frozen=True)
class Told:
    """What was told of an assembly until an instant: any instant before it is folded from this as well."""

    # (key, associate, kind, when in microseconds), those taken back left out.
    events: list[tuple[int, int, str, int]]
    # (principal, holder, when, until when), in the order they were given, those refused left out.
    proxies: Sequence[tuple[int, int | None, datetime, datetime | None]]
    # (associate, when, until when).
    forms: list[tuple[int, datetime, datetime | None]]
    # {instant: the associates of its day}, of the last instant and of the opening where it was that day.
    called: Mapping[datetime, Sequence[Called]]

    def moves(self, at: datetime) -> list[tuple[int, str]]:
        last = micros_of(at)
        return [(associate, kind) for _key, associate, kind, moment in self.events if moment <= last]

    def anywhere(self, at: datetime) -> frozenset[int]:
        """Who is in the room or connected, those without a right to vote among them."""
        room, remote = places(self.moves(at))
        return room | remote

    def given(self, at: datetime, members: Mapping[int, int | None], rules: Rules) -> list[Given]:
        """The proxies in force, held by who may."""
        return [
            Given(principal, holder)
            for principal, holder, since, until in self.proxies
            if since <= at and (until is None or until > at) and may_hold(members, principal, holder, rules)
        ]

    def sent(self, at: datetime) -> set[int]:
        """Whose form counts."""
        return {
            associate
            for associate, since, until in self.forms
            if since <= at and (until is None or until > at)
        }


@dataclass(frozen=True)
class Standing:
    """The assembly at an instant: who has a right to vote, who is there, who casts whose voice."""

    at: datetime
    # {associate: college, None without colleges}: those with a right to vote at that instant.
    members: dict[int, int | None]
    # Associates of that day, those whose right is suspended among them: what the legal cap counts.
    associate_count: int
    # In the room, then connected: members only, never both.
    present: frozenset[int]
    remote: frozenset[int]
    # {whose voice: who casts it}, oneself or the mandatary; a voice that does not speak is not here.
    holder_of: dict[int, int]
    # Voices of blank proxies, then of forms sent before by who is neither there nor represented.
    blank: frozenset[int]
    correspondence: frozenset[int]
    # Voices that somebody may hold besides one's own.
    cap: int
    told: Told = field(repr=False, compare=False)

    @property
    def here(self) -> frozenset[int]:
        return self.present | self.remote

    @property
    def represented(self) -> frozenset[int]:
        """Those whose voice a mandatary casts, or a blank proxy."""
        return frozenset(whose for whose, who in self.holder_of.items() if whose != who) | self.blank

    @property
    def total(self) -> int:
        return len(self.holder_of) + len(self.blank) + len(self.correspondence)

    def held_by(self, holder: int) -> list[int]:
        """Gives the voices in the hands of somebody, their own first."""
        return Voices(self.holder_of, self.blank, self.correspondence).held_by(holder)


def standing_at(assembly: Assembly, at: datetime, told: Told | None = None) -> Standing:
    """Gives the assembly at an instant, past or present. `told`: what a later instant read already."""
    rules, told = rules_of(assembly), told or _told(assembly, at)
    called = told.called[at] if at in told.called else _called(at, at)[at]
    members = {key: college for key, college, is_suspended in called if not is_suspended}
    associate_count = len(called)
    room, remote = places(told.moves(at))
    most = cap_of(assembly, associate_count, rules)
    given, forms = told.given(at, members, rules), told.sent(at)
    present, connected = room & members.keys(), remote & members.keys()
    spoken = voices(members.keys(), present | connected, given, most=most, forms=forms)
    return Standing(
        at=at,
        members=members,
        associate_count=associate_count,
        present=frozenset(present),
        remote=frozenset(connected),
        holder_of=spoken.holder_of,
        blank=spoken.blank,
        correspondence=spoken.correspondence,
        cap=most,
        told=told,
    )


def _told(assembly: Assembly, at: datetime) -> Told:
    known: dict[str, Any] = {"assembly": assembly.pk, "at": at}
    opened = assembly.opened_at
    is_of_day = opened is not None and opened <= at and timezone.localdate(opened) == timezone.localdate(at)
    called = _called(at, opened if is_of_day and opened is not None else at)
    return Told(_EVENTS(**known), _PROXIES(**known), _FORMS(**known), called)


def _called(at: datetime, early: datetime) -> dict[datetime, list[Called]]:
    """The associates of a day, as they were at two of its instants."""
    rows = _CALLED(at=at, early=early, day=timezone.localdate(at))
    return {
        early: [(key, college, was_suspended) for key, college, _is_suspended, was_suspended in rows],
        at: [(key, college, is_suspended) for key, college, is_suspended, _was_suspended in rows],
    }


def quorum_of(assembly: Assembly, standing: Standing, decision_kind: str) -> Quorum:
    """Gives the quorum of a kind of decision at the call of the assembly. Raises RuleMissing when nobody
    decided its rule."""
    rules = rules_of(assembly)
    counts_all = rules.text("quorum_base") == "all"
    return quorum(
        rules.decision(decision_kind, assembly.call_number),
        standing.members,
        Doors(standing.present, standing.remote, standing.represented, standing.correspondence),
        base=standing.associate_count if counts_all else len(standing.members),
    )


def quorum_instant(assembly: Assembly, at: datetime) -> datetime:
    """Gives the instant whose quorum counts for a vote at `at`: that one, or the opening of the sitting where
    the rules check the quorum once."""
    once = rules_of(assembly).text("quorum_moment") == "opening"
    return assembly.opened_at if once and assembly.opened_at else at


def quorum_for(assembly: Assembly, decision_kind: str, standing: Standing) -> Quorum:
    """Gives the quorum that a vote opened now must meet: `quorum_instant` decides of which moment."""
    instant = quorum_instant(assembly, standing.at)
    counted = standing if instant == standing.at else _earlier(assembly, instant, standing)
    return quorum_of(assembly, counted, decision_kind)


def standing_of_opening(assembly: Assembly, standing: Standing) -> Standing | None:
    """Gives the assembly as it opened, beside how it stands; None while it has not, where nobody decided
    the moment of the quorum, and where it is looked at only then."""
    opened = assembly.opened_at
    if opened is None or standing.at <= opened:
        return None
    try:
        is_said = quorum_instant(assembly, standing.at) == opened
    except RuleMissing:
        return None
    return None if is_said else _earlier(assembly, opened, standing)


def _earlier(assembly: Assembly, at: datetime, standing: Standing) -> Standing:
    return standing_at(assembly, at, standing.told if at <= standing.at else None)


def events_until(
    assembly: Assembly | questions.Given, at: datetime | questions.Given
) -> QuerySet[AttendanceEvent]:
    """Gives the facts of attendance until an instant, those taken back left out with what took them back."""
    return AttendanceEvent.objects.filter(
        assembly=assembly, at__lte=at, cancels=None, cancelled_by=None
    ).order_by("at", "pk")


def forms_at(assembly: Assembly, at: datetime) -> QuerySet[CorrespondenceForm]:
    """Gives the forms of correspondence that count at an instant: the last one of each."""
    return CorrespondenceForm.objects.filter(assembly=assembly, received_at__lte=at).filter(
        Q(replaced_at=None) | Q(replaced_at__gt=at)
    )


def cap_of(assembly: Assembly, associate_count: int, rules: Rules) -> int:
    """Gives the voices that somebody may hold besides one's own; the law on SCOP bounds what statutes say."""
    try:
        setting = rules.text("proxy_cap")
    except RuleMissing:
        # Nobody decided it yet: a draft, which shows the law and gives no proxy.
        setting = proxy_rules.LEGAL
    law_binds = setting == proxy_rules.LEGAL or _is_scop(assembly)
    return proxy_rules.cap(associate_count, setting, law_binds=law_binds)


def _is_scop(assembly: Assembly) -> bool:
    return assembly.rule_set is not None and assembly.rule_set.form.startswith("scop")


def may_hold(members: Mapping[int, int | None], principal: int, holder: int | None, rules: Rules) -> bool:
    """Tells whether this holder may speak for this principal: of the same college, where the rules say so."""
    try:
        same = rules.text("proxy_holders") == "same_college"
    except RuleMissing:
        same = False
    return holder is None or not same or members.get(principal) == members.get(holder)


def _suspended(at: questions.Given) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(suspended_at(at), output_field=BooleanField())


# Asked at each look at a sitting: associates of the day, then what was told of it until an instant.
_CALLED = questions.Question(
    lambda: (
        associates_on(questions.Given("day"))
        .annotate(
            is_suspended=_suspended(questions.Given("at")), was_suspended=_suspended(questions.Given("early"))
        )
        .values_list("pk", "college_id", "is_suspended", "was_suspended")
    )
)
_EVENTS = questions.Question(
    lambda: (
        events_until(questions.Given("assembly"), questions.Given("at"))
        .annotate(moment=_Micros("at"))
        .values_list("pk", "associate_id", "kind", "moment")
    )
)
_PROXIES = questions.Question(
    lambda: (
        Proxy.objects.filter(assembly=questions.Given("assembly"), given_at__lte=questions.Given("at"))
        .exclude(state=ProxyState.REFUSED)
        .order_by("given_at", "pk")
        .values_list("principal_id", "holder_id", "given_at", "ended_at")
    )
)
_FORMS = questions.Question(
    lambda: CorrespondenceForm.objects.filter(
        assembly=questions.Given("assembly"), received_at__lte=questions.Given("at")
    ).values_list("associate_id", "received_at", "replaced_at")
)
