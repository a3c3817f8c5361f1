"""Proxies, presence and forms of an assembly as pages read them: one's own, and those of everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.questions import GivenKeys, Question
from cae.core.templatetags.formats import day, moment
from governance.calculations.voices import Moved, losses
from governance.calculations.voices import places as placed
from governance.models import (
    Assembly,
    Associate,
    AttendanceEvent,
    CorrespondenceForm,
    Proxy,
    Representative,
    Resolution,
)
from governance.selectors.assemblies import day_of
from governance.selectors.register import associates_on, voters_at
from governance.selectors.rules import rules_of, text_or
from governance.selectors.standing import (
    Standing,
    cap_of,
    events_until,
    forms_at,
    moment_of,
    standing_at,
)
from governance.states.assemblies import AssemblyState, Presence, ProxyState, ResolutionState
from people.models import Person, User

# A person or an organisation, by name.
BY_NAME = Coalesce("person__sort_name", "organisation__sort_name")


@dataclass(frozen=True)
class DeskRow:
    """One line of the check-in: who, where they are, whose voices they cast."""

    associate: Associate
    place: str
    speaks_for: list[Associate] = field(default_factory=list)
    spoken_by: Associate | None = None
    has_form: bool = False
    has_blank: bool = False
    may_vote: bool = True
    acting: Person | None = None
    # Their last line that stands: what one takes back when it was noted by mistake.
    last: AttendanceEvent | None = None

    @property
    def has_left(self) -> bool:
        """They came, and are no longer there."""
        return self.last is not None and not self.place


@dataclass(frozen=True)
class Loss:
    """A departure that silenced several voices: what the console warns of."""

    associate: Associate
    at: datetime
    voices: int
    is_back: bool


@dataclass(frozen=True)
class OwnVoice:
    """Where the voice of one associate stands: theirs, given, sent before."""

    associate: Associate
    may_vote: bool
    place: str
    proxy: Proxy | None = None
    form: CorrespondenceForm | None = None
    holds: list[Proxy] = field(default_factory=list)
    # Whom one named lost the right to vote since: the voice would not speak.
    is_unheard: bool = False


def takes_presence(assembly: Assembly, now: datetime) -> bool:
    """Tells whether one signs in: the day it is convened for, and as long as the sitting lasts."""
    if assembly.state == AssemblyState.OPEN:
        return True
    return assembly.state == AssemblyState.CONVENED and day_of(assembly) == timezone.localdate(now)


def counts_remote(assembly: Assembly) -> bool:
    """Tells whether who is connected counts as present."""
    return assembly.mode != "room" and text_or(rules_of(assembly), "remote") == "counted"


def takes_correspondence(assembly: Assembly) -> bool:
    return text_or(rules_of(assembly), "correspondence") == "allowed"


def correspondence_until(assembly: Assembly) -> datetime | None:
    """Gives the first instant too late for a form: the end of the last day of the rules."""
    days = text_or(rules_of(assembly), "correspondence_days")
    if not days or not takes_correspondence(assembly):
        return None
    last = day_of(assembly) - timedelta(days=int(days))
    # With 0 day, until the hour of the assembly.
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    return min(end, assembly.starts_at)


def limit_words(until: datetime) -> str:
    """« 05/12/2026 inclus », or the hour where the last day is not whole."""
    last = timezone.localtime(until - timedelta(microseconds=1))
    if last.time() == time.max:
        return _("%(day)s inclus") % {"day": day(last)}
    return moment(until)


def acted_at(user: Any, now: datetime) -> list[Associate]:
    """Gives the associates for whom this account acts today: oneself, legal persons one represents."""
    mine = Associate.objects.acted_by(getattr(user, "person_id", None), timezone.localdate(now))
    return list(associates_on(timezone.localdate(now)).filter(pk__in=mine.order_by().values("pk")))


def acting_persons(keys: Collection[int], on: date) -> dict[int, Person]:
    """Gives {associate: who acts for them}: oneself, or the representative of that day."""
    found: dict[int, Person] = {}
    rows = (
        Associate.objects.filter(pk__in=keys)
        .select_related("person")
        .prefetch_related(
            Prefetch(
                "representatives",
                Representative.objects.in_force(on).select_related("person"),
                to_attr="acting_today",
            )
        )
    )
    for row in rows:
        if row.person is not None:
            found[row.pk] = row.person
        elif acting := row.acting_today:
            found[row.pk] = acting[0].person
    return found


def users_of(keys: Collection[int], on: date) -> dict[int, list[User]]:
    """Gives {associate: the accounts of who acts for them}."""
    persons = acting_persons(keys, on)
    users: dict[int, list[User]] = {}
    for user in User.objects.filter(person__in=[one.pk for one in persons.values()], is_active=True):
        users.setdefault(user.person_id or 0, []).append(user)
    return {key: users.get(person.pk, []) for key, person in persons.items()}


def own_voices(assembly: Assembly, user: Any, now: datetime) -> list[OwnVoice]:
    """Gives where each voice of this account stands: usually one."""
    mine = acted_at(user, now)
    keys = [one.pk for one in mine]
    rows = proxies_in_force(assembly).filter(Q(principal__in=keys) | Q(holder__in=keys))
    proxies = list(rows)
    asked = {*keys, *(row.holder_id for row in proxies if row.holder_id)}
    voters = set(voters_at(now).filter(pk__in=asked).values_list("pk", flat=True))
    given = {row.principal_id: row for row in proxies}
    forms = {row.associate_id: row for row in forms_at(assembly, now).filter(associate__in=keys)}
    places = places_of(assembly, now, keys)
    return [
        OwnVoice(
            associate=one,
            may_vote=one.pk in voters,
            place=places.get(one.pk, ""),
            proxy=given.get(one.pk),
            is_unheard=one.pk in given and given[one.pk].holder_id not in {None, *voters},
            form=forms.get(one.pk),
            holds=[row for row in proxies if row.holder_id == one.pk],
        )
        for one in mine
    ]


def places_of(assembly: Assembly, at: datetime, keys: Collection[int] | None = None) -> dict[int, str]:
    """Gives {associate: « arrival » in the room, « connected » at a distance}; who is not there is not in
    it, suspended associates are: they may listen."""
    rows = events_until(assembly, at)
    if keys is not None:
        rows = rows.filter(associate__in=keys)
    room, remote = placed(rows.values_list("associate_id", "kind"))
    return {key: str(Presence.ARRIVAL) for key in room} | {key: str(Presence.CONNECTED) for key in remote}


def proxies_in_force(assembly: Assembly) -> QuerySet[Proxy]:
    return _named(Proxy.objects.filter(assembly=assembly, state=ProxyState.GIVEN))


def proxies_running(associate: Associate) -> list[Proxy]:
    """Gives the proxies that an associate gave or holds in the assemblies called or sitting."""
    live = (AssemblyState.CONVENED, AssemblyState.OPEN)
    rows = Proxy.objects.filter(state=ProxyState.GIVEN, assembly__state__in=live)
    return list(_named(rows.filter(Q(principal=associate) | Q(holder=associate))).order_by("assembly", "pk"))


def proxies_listed(assembly: Assembly) -> QuerySet[Proxy]:
    """Gives every proxy of the assembly, those refused, replaced and taken back too."""
    return _named(Proxy.objects.filter(assembly=assembly)).order_by("-given_at", "-pk")


def _named(rows: QuerySet[Proxy]) -> QuerySet[Proxy]:
    return rows.select_related(
        "assembly",
        "principal__person",
        "principal__organisation",
        "holder__person",
        "holder__organisation",
        "pdf",
        "signature",
    )


def proxies_seen(user: Any) -> QuerySet[Proxy]:
    return _named(Proxy.objects.visible_to(user))


def holders_offered(assembly: Assembly, principal: Associate, now: datetime) -> QuerySet[Associate]:
    """Gives who may hold a proxy of this associate: another one with a right to vote, of the same college
    where the rules ask for it."""
    rows = voters_at(now).exclude(pk=principal.pk)
    if text_or(rules_of(assembly), "proxy_holders") == "same_college":
        # The stubs do not see what the register annotates.
        on = timezone.localdate(now)
        college = associates_on(on).filter(pk=principal.pk).values("college_id")[:1]  # type: ignore[misc]
        rows = rows.filter(college_id__in=college)  # type: ignore[misc]
    return rows.order_by(BY_NAME, "pk")


def holdings_given(assembly: Assembly) -> dict[int, int | None]:
    """Gives {principal: holder, None when blank} of the proxies in force: what the cap counts."""
    rows = Proxy.objects.filter(assembly=assembly, state=ProxyState.GIVEN)
    return dict(rows.values_list("principal_id", "holder_id"))


def cap_on(assembly: Assembly) -> int:
    """Gives the cap of the day of the assembly, by the associates that the register has for that day."""
    count = Associate.objects.on(day_of(assembly)).count()
    return cap_of(assembly, count, rules_of(assembly))


def desk_rows(assembly: Assembly, standing: Standing, places: dict[int, str]) -> list[DeskRow]:
    """Gives the check-in: every associate of the day, by name."""
    on = timezone.localdate(standing.at)
    rows = list(associates_on(on).order_by(BY_NAME, "pk"))
    by_key = {row.pk: row for row in rows}
    acting = acting_persons([row.pk for row in rows if row.person_id is None], on)
    # In the order of the facts: the last one of each is what remains.
    last = {event.associate_id: event for event in events_until(assembly, standing.at)}
    hands: dict[int, list[Associate]] = {}
    for whose, who in standing.holder_of.items():
        if whose != who:
            hands.setdefault(who, []).append(by_key[whose])
    return [
        DeskRow(
            associate=row,
            place=places.get(row.pk, ""),
            speaks_for=hands.get(row.pk, []),
            spoken_by=_spoken_by(row, standing, by_key),
            has_form=row.pk in standing.correspondence,
            has_blank=row.pk in standing.blank,
            may_vote=row.pk in standing.members,
            acting=acting.get(row.pk),
            last=last.get(row.pk),
        )
        for row in rows
    ]


def _spoken_by(row: Associate, standing: Standing, by_key: dict[int, Associate]) -> Associate | None:
    who = standing.holder_of.get(row.pk)
    return None if who is None or who == row.pk else by_key.get(who)


def attendance_listed(assembly: Assembly) -> QuerySet[AttendanceEvent]:
    """Gives the facts of attendance, the latest first, those taken back told as such."""
    return (
        AttendanceEvent.objects.filter(assembly=assembly, cancels=None)
        .select_related(
            "associate__person", "associate__organisation", "person", "cancelled_by", "created_by__person"
        )
        .order_by("-at", "-pk")
    )


def lost_voices(assembly: Assembly, at: datetime, standing: Standing | None = None) -> list[Loss]:
    """Gives the departures that silenced several voices at once, the latest first: the quorum may be lost.
    `standing`: that of the instant, where it is known already."""
    rules, known = rules_of(assembly), standing or standing_at(assembly, at)
    rows, proxies = known.told.events, known.told.given(known.at, known.members, rules)
    # Who neither gave nor holds a proxy silences nobody else.
    tied = {one.principal for one in proxies} | {one.holder for one in proxies}
    found = losses(
        known.members.keys(),
        [Moved(key, associate, kind) for key, associate, kind, _at in rows if associate in tied],
        proxies,
        most=known.cap,
        forms=known.told.sent(known.at),
    )
    left = {key: (associate, moment_of(micros)) for key, associate, _kind, micros in rows if key in found}
    # Asked of nobody too: what the page asks does not grow with what happens.
    names = names_of(associate for associate, _moment in left.values())
    return [
        Loss(names[left[key][0]], left[key][1], len(silenced), left[key][0] in known.here)
        for key, silenced in reversed(found.items())
    ]


def resolutions_asked(assembly: Assembly) -> list[Resolution]:
    """Gives the resolutions on the agenda in its order, with candidates: what a form lists (R223-20-1-1)."""
    return list(
        assembly.resolutions.filter(state=ResolutionState.ON_AGENDA)
        .prefetch_related("candidates", "versions")
        .order_by("number", "pk")
    )


def forms_listed(assembly: Assembly) -> QuerySet[CorrespondenceForm]:
    return (
        CorrespondenceForm.objects.filter(assembly=assembly)
        .select_related("associate__person", "associate__organisation", "document", "created_by__person")
        .order_by("-received_at", "-pk")
    )


def names_of(keys: Iterable[int]) -> dict[int, Associate]:
    return {row.pk: row for row in _NAMED(keys=set(keys))}


_NAMED = Question(
    lambda: (
        Associate.objects.filter(pk__in=GivenKeys("keys")).order_by().select_related("person", "organisation")
    )
)
