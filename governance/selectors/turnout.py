"""Who takes part: by meeting, by vote, by college, gender and seniority; and one's own part (GOV-36)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.options import options_on
from cae.core.small_groups import told_apart
from governance.models import (
    Assembly,
    Associate,
    AttendanceEvent,
    CategoryPeriod,
    Convocation,
    NamedBallot,
    Proxy,
    RollEntry,
    Voice,
)
from governance.selectors.votes import results_of, title_of
from governance.states.assemblies import COMING, HELD, ProxyState
from governance.states.secret import SecretState
from governance.states.turnout import SENIORITY, WAYS, Way
from governance.states.votes import VoteState, VoteWay
from people.models import CivilRecord
from people.options import CIVILITIES

# {assembly: {associate called: how they took part}}
Parts = Mapping[int, Mapping[int, str]]


@dataclass(frozen=True)
class Turnout:
    """How many were called, and by which way they took part."""

    called: int
    present: int
    represented: int
    correspondence: int

    @property
    def absent(self) -> int:
        return self.called - self.taking_part

    @property
    def taking_part(self) -> int:
        return self.present + self.represented + self.correspondence

    @property
    def rate(self) -> Decimal | None:
        """The share of those called who took part, to the thousandth; nothing when nobody was called."""
        return share(self.taking_part, self.called)


@dataclass(frozen=True)
class VoteTurnout:
    """How many voices of the roll of a vote said something."""

    title: str
    url: str
    roll: int
    cast: int

    @property
    def rate(self) -> Decimal | None:
        return share(self.cast, self.roll)


@dataclass(frozen=True)
class OwnPart:
    """What an associate did at a meeting: how they took part, how many of the votes heard their voice."""

    assembly: Assembly
    associate: Associate
    way: str
    cast: int
    votes: int

    @property
    def words(self) -> str:
        return str(WAYS[self.way])


def share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.001")) if whole else None


def meetings() -> QuerySet[Assembly]:
    """Gives the assemblies that are over, the latest first."""
    return Assembly.objects.filter(state__in=HELD).order_by("-starts_at", "-pk")


def parts_of(assemblies: Iterable[int]) -> Parts:
    """Gives how each associate called took part in these assemblies, in five queries whatever their number:
    there at some time, else represented or heard by a form at a vote, else represented by somebody there."""
    keys = list(assemblies)
    found: dict[int, dict[int, str]] = {key: {} for key in keys}
    called = Convocation.objects.filter(assembly__in=keys).order_by()
    for assembly, associate in called.values_list("assembly", "associate"):
        found[assembly][associate] = Way.ABSENT
    _mark(found, _given(keys), Way.REPRESENTED)
    for assembly, associate, form in _voices(keys):
        _mark(found, [(assembly, associate)], Way.CORRESPONDENCE if form else Way.REPRESENTED)
    secret = RollEntry.objects.filter(box__secret_vote__assembly__in=keys, holder__isnull=False)
    secret = secret.filter(associate__isnull=False).exclude(box__secret_vote__state=SecretState.CANCELLED)
    _mark(found, secret.order_by().values_list("box__secret_vote__assembly", "associate"), Way.REPRESENTED)
    came = AttendanceEvent.objects.filter(
        assembly__in=keys, kind__in=COMING, cancels=None, cancelled_by=None
    ).order_by()
    _mark(found, came.values_list("assembly", "associate"), Way.PRESENT)
    return found


def _mark(found: dict[int, dict[int, str]], rows: Iterable[tuple[int, int]], way: str) -> None:
    """Those who were called only: a turnout is a share of them."""
    for assembly, associate in rows:
        if associate in found[assembly]:
            found[assembly][associate] = way


def _given(keys: list[int]) -> Any:
    """The proxies whose holder came."""
    there = AttendanceEvent.objects.filter(
        assembly=OuterRef("assembly"),
        associate=OuterRef("holder"),
        kind__in=COMING,
        cancels=None,
        cancelled_by=None,
    )
    rows = Proxy.objects.filter(Exists(there), assembly__in=keys, state=ProxyState.GIVEN).order_by()
    return rows.values_list("assembly", "principal")


def _voices(keys: list[int]) -> Any:
    """The voices that somebody else cast, or that a form or a blank proxy did."""
    other = Q(holder__isnull=False) | Q(is_blank_proxy=True) | Q(is_by_correspondence=True)
    rows = Voice.objects.filter(other, vote__assembly__in=keys, associate__isnull=False)
    rows = rows.exclude(vote__state=VoteState.CANCELLED).order_by("-is_by_correspondence", "pk")
    return rows.values_list("vote__assembly", "associate", "is_by_correspondence")


def counted(ways: Iterable[str]) -> Turnout:
    """Gives the counts of these ways of taking part."""
    found = Counter(ways)
    return Turnout(found.total(), found[Way.PRESENT], found[Way.REPRESENTED], found[Way.CORRESPONDENCE])


def turnouts(parts: Parts) -> dict[int, Turnout]:
    return {key: counted(ways.values()) for key, ways in parts.items()}


def turnout_by_group(parts: Parts) -> list[tuple[str, list[tuple[str, Turnout]]]]:
    """Gives the turnout of these meetings together by college, gender and seniority, each on the day of its
    meeting. Results are proclaimed by college: those are told whatever their size; of the others, no row
    is about a few people."""
    days = {
        pk: timezone.localdate(at)
        for pk, at in Assembly.objects.filter(pk__in=list(parts)).values_list("pk", "starts_at")
    }
    keys = {associate for ways in parts.values() for associate in ways}
    associates = {row.pk: row for row in Associate.objects.filter(pk__in=keys)}
    colleges, genders = _colleges(keys), _genders(associates.values())
    by_college = _grouped(parts, days, lambda key, day: _college_on(colleges.get(key, []), day))
    by_gender = _grouped(parts, days, lambda key, day: genders[key])
    by_seniority = _grouped(parts, days, lambda key, day: seniority_words(associates[key].admitted_on, day))
    spans = [str(words) for _least, words in SENIORITY]
    groups = [
        (_("Par collège"), _counts(by_college, sorted(by_college)) if colleges else []),
        (_("Par genre (civilité)"), _unnamed(by_gender, sorted(by_gender))),
        (_("Par ancienneté"), _unnamed(by_seniority, [span for span in spans if span in by_seniority])),
    ]
    return [(title, rows) for title, rows in groups if rows]


# {group: [(associate, how they took part)]}
Grouped = Mapping[str, list[tuple[int, str]]]


def _grouped(parts: Parts, days: Mapping[int, date], group: Callable[[int, date], str]) -> Grouped:
    found: dict[str, list[tuple[int, str]]] = {}
    for assembly, rows in parts.items():
        for associate, way in rows.items():
            found.setdefault(group(associate, days[assembly]), []).append((associate, way))
    return found


def _counts(found: Grouped, order: Iterable[str]) -> list[tuple[str, Turnout]]:
    return [(label, counted(way for _key, way in found[label])) for label in order]


def _unnamed(found: Grouped, order: Iterable[str]) -> list[tuple[str, Turnout]]:
    """The groups of a few people are one row, the last: nobody is recognised in it."""
    sizes = {label: len({key for key, _way in found[label]}) for label in order}
    apart, together = told_apart(sizes)
    rows = _counts(found, apart)
    if together:
        label = _("Ensemble : %(groups)s") % {"groups": ", ".join(together)}
        rows.append((label, counted(way for group in together for _key, way in found[group])))
    return rows


def _colleges(keys: set[int]) -> dict[int, list[tuple[date, date | None, str]]]:
    """{associate: [(first day, last day, college)]}; empty where the cooperative has no college."""
    rows = CategoryPeriod.objects.filter(associate__in=keys, college__isnull=False)
    found: dict[int, list[tuple[date, date | None, str]]] = {}
    for key, since, until, name in rows.values_list("associate", "starts_on", "ends_on", "college__name"):
        found.setdefault(key, []).append((since, until, name))
    return found


def _college_on(periods: list[tuple[date, date | None, str]], day: date) -> str:
    inside = (name for since, until, name in periods if since <= day and (until is None or day <= until))
    return next(inside, _("Sans collège"))


def _genders(associates: Iterable[Associate]) -> dict[int, str]:
    """{associate: civility in words}; a legal person has none."""
    people = {row.pk: row.person_id for row in associates}
    words = options_on(CIVILITIES, on=timezone.localdate())
    rows = CivilRecord.objects.filter(person__in=[key for key in people.values() if key])
    known = dict(rows.order_by().values_list("person", "civility"))
    return {
        pk: _("Personnes morales")
        if person is None
        else str(words.label_of(known[person]) if known.get(person) else _("Non renseignée"))
        for pk, person in people.items()
    }


def seniority_words(since: date, day: date) -> str:
    """Gives the span of years since the admission, on a day."""
    years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    return str(next(words for least, words in reversed(SENIORITY) if years >= least))


def vote_turnouts(assembly: Assembly) -> list[VoteTurnout]:
    """Gives the turnout of each proclaimed vote of a meeting, in the order of the agenda."""
    return [
        VoteTurnout(
            title_of(result.vote),
            result.vote.get_absolute_url(),
            int(result.facts.get("roll", 0)),
            int(result.facts.get("cast", 0)),
        )
        for result in results_of(assembly)
    ]


def own_parts(user: Any) -> list[OwnPart]:
    """Gives what the associates for whom somebody acts did at each meeting that called them, the latest
    first."""
    mine = Associate.objects.acted_by(getattr(user, "person_id", None), timezone.localdate())
    associates = {row.pk: row for row in mine.select_related("person", "organisation")}
    calls = Convocation.objects.filter(associate__in=associates, assembly__state__in=HELD)
    rows = list(calls.select_related("assembly").order_by("-assembly__starts_at", "pk"))
    parts = parts_of({row.assembly_id for row in rows})
    votes = _votes_heard(list(associates))
    return [
        OwnPart(
            row.assembly,
            associates[row.associate_id],
            parts[row.assembly_id][row.associate_id],
            *votes.get((row.assembly_id, row.associate_id), (0, 0)),
        )
        for row in rows
    ]


# {(assembly, associate): (voices that said something, voices in all)}
Heard = dict[tuple[int, int], tuple[int, int]]


def _votes_heard(keys: list[int]) -> Heard:
    """Of the proclaimed votes: hands are counted together; of secret ballots it is known while the roll is
    kept."""
    spoke = Exists(NamedBallot.objects.filter(voice=OuterRef("pk")))
    named = (
        Voice.objects.filter(associate__in=keys, vote__state=VoteState.PROCLAIMED)
        .exclude(vote__way=VoteWay.HANDS)
        .order_by()
        .values("vote__assembly", "associate")
        .annotate(votes=Count("pk"), cast=Count("pk", filter=Q(spoke)))
    )
    # A voice of the roll answers every question of its ballot.
    asked = {"box__secret_vote__questions__vote__state": VoteState.PROCLAIMED}
    secret = (
        RollEntry.objects.filter(associate__in=keys, box__secret_vote__purged_at=None, **asked)
        .order_by()
        .values("box__secret_vote__assembly", "associate")
        .annotate(votes=Count("pk"), cast=Count("pk", filter=~Q(channel="")))
    )
    rows: list[Any] = [
        *named.values_list("vote__assembly", "associate", "cast", "votes"),
        *secret.values_list("box__secret_vote__assembly", "associate", "cast", "votes"),
    ]
    found: Heard = {}
    for assembly, associate, cast, votes in rows:
        known = found.get((assembly, associate), (0, 0))
        found[assembly, associate] = known[0] + cast, known[1] + votes
    return found
