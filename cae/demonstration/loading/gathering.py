"""Events of the demonstration: monthly breakfasts in three places, information meetings, a seminar over two
days, an inverted conference with its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from cae.core.periods import Month
from cae.demonstration.loading.days import days_ago, days_ahead
from cae.demonstration.loading.event_plans import (
    ATTENDEES,
    BREAKFASTS,
    COMING,
    COSTS,
    OPTIONS,
    PAPERS,
    PARTS,
    QUESTIONS,
)
from cae.demonstration.loading.files import PAPER
from cae.demonstration.loading.people import Population
from coworking.calculations.rhythms import Rhythm
from coworking.calculations.stretches import moment
from coworking.models import Event, EventKind, Place, Registration
from coworking.selectors.opening import ZONE
from coworking.services.agreements import Paper
from coworking.services.event_attendance import note_attendance
from coworking.services.event_costs import EventCostData, add_cost
from coworking.services.event_kinds import lay_first_kinds
from coworking.services.event_papers import PaperData, add_paper
from coworking.services.event_programme import OptionData, PartData, save_option, save_part
from coworking.services.event_promotion import say_satisfaction, thank
from coworking.services.event_questions import ask_question, publish_question, vote_question
from coworking.services.event_series import SeriesData, create_series
from coworking.services.events import EventData, cancel_event, create_event, hold_event, publish_event
from coworking.services.next_steps import choose_next_step, open_application
from coworking.services.registrations import RegistrationData, register
from coworking.states.events import Attendance, Audience, NextStep, NotedHow
from entrepreneurs.states.applications import Door
from people.models import Person, User

# Past and coming dates of a breakfast, in months around the day.
THURSDAY = 3
MONTHS = 3


@dataclass(frozen=True)
class Hands:
    """The day, and who runs places and cooperative life."""

    today: date
    now: datetime
    places: User
    life: User


def gather_people(population: Population, places: dict[str, Place], *, today: date, now: datetime) -> None:
    """Does: fills the agenda with past and coming events, and those who come. Refuses: nothing. Leaves
    behind: the kinds that a cooperative holds most, one cancelled, one with questions to moderate."""
    accounts = population.accounts
    # Read anew: her roles on the places were given since her account was first asked for its rights.
    runner = User.objects.select_related("person").get(pk=accounts["places"].pk)
    hands = Hands(today, now, runner, accounts["life"])
    kinds = {kind.code: kind for kind in lay_first_kinds(actor=population.accounts["admin"])}
    members = [one.person for one in population.accounts.values() if one.person is not None]
    for rank, plan in enumerate(BREAKFASTS):
        _breakfasts(kinds["petit-dejeuner"], places[plan[0]], plan, members[rank:], hands)
    some = next(iter(places.values()))
    _meetings(kinds["reunion-information"], places["la-halte-la-reole"], hands)
    _seminar(kinds["seminaire"], members, hands)
    _conference(kinds["conference-inversee"], members, hands)
    _open_day(kinds["porte-ouverte"], some, hands)


def _breakfasts(
    kind: EventKind, place: Place, plan: tuple[str, str, str, str], members: Sequence[Person], hands: Hands
) -> None:
    """A series that began months ago: past dates were held, the next one has those who come."""
    today, now, actor = hands.today, hands.now, hands.places
    _slug, hour, title, summary = plan
    # The second Thursday of each month, that no holiday of winter falls on.
    month = Month.of(days_ago(today, MONTHS * 30)).first
    first = month + timedelta(days=(THURSDAY - month.weekday()) % 7 + 7)
    starts = moment(first, time.fromisoformat(hour), ZONE)
    data = EventData(
        kind=kind,
        title=title,
        summary=summary,
        place=place,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1, minutes=30),
        capacity=12,
        guests_most=1,
    )
    rhythm = SeriesData(Rhythm.MONTHLY.value, days_ahead(today, MONTHS * 31))
    made = create_series(data=data, rhythm=rhythm, actor=actor)
    for rank, event in enumerate(made.events):
        before = min(event.starts_at - timedelta(days=12), now)
        publish_event(event, now=before, actor=actor)
        if event.starts_at > now + timedelta(days=40):
            continue
        rows = [_member(event, person, before) for person in members[rank : rank + 5]]
        if event.ends_at <= now:
            for row in rows[:-1]:
                _came(row, event.starts_at, actor)
            hold_event(event, now=now, actor=actor)


def _meetings(kind: EventKind, place: Place, hands: Hands) -> None:
    """One that was held, whose people are followed; one to come."""
    today, now, actor = hands.today, hands.now, hands.places
    held = _event(
        EventData(
            kind=kind,
            title="Entreprendre sans être seul·e : réunion d’information",
            summary="Ce qu’est une coopérative d’activité, ce qu’elle demande, ce qu’elle apporte.",
            place=place,
            starts_at=moment(days_ago(today, 16), time(18), ZONE),
            ends_at=moment(days_ago(today, 16), time(20), ZONE),
            capacity=15,
        ),
        now - timedelta(days=45),
        actor,
    )
    before = held.starts_at - timedelta(days=6)
    for rank, (name, said, step, attendance) in enumerate(ATTENDEES):
        source = ("affiche", "lettre", "")[rank % 3]
        row = register(held, data=_outsider(name), now=before, source=source, by_team=True)
        row = note_attendance(row, attendance=attendance, how=NotedHow.TEAM, now=held.starts_at, actor=actor)
        if attendance == Attendance.PRESENT:
            choose_next_step(row, step=step, note=said, actor=actor)
        if step == NextStep.APPLY and rank == 0:
            open_application(row, door=Door.IDEA, now=now, actor=actor)
    thank(held, now=now, actor=actor)
    for rank, row in enumerate(held.registrations.filter(attendance=Attendance.PRESENT)):
        text = "Clair, sans jargon. J’aurais aimé plus de temps pour les questions." if rank == 1 else ""
        say_satisfaction(row, mark=5 - rank % 2, comes_again=True, text=text, now=now)
    hold_event(held, now=now, actor=actor)
    day = days_ahead(today, 12)
    coming = replace(
        _held_again(held), starts_at=moment(day, time(18), ZONE), ends_at=moment(day, time(20), ZONE)
    )
    event = _event(coming, now, actor)
    for name in COMING:
        register(event, data=_outsider(name), now=now, source="affiche")


def _seminar(kind: EventKind, members: Sequence[Person], hands: Hands) -> None:
    """Two days elsewhere, workshops at the same time, meals and nights."""
    today, now, actor = hands.today, hands.now, hands.life
    first = days_ahead(today, 46)
    second = first + timedelta(days=1)
    event = _event(
        EventData(
            kind=kind,
            title="Séminaire d’hiver",
            summary="Deux jours pour faire le point, apprendre les un·es des autres et décider de la suite.",
            venue="Domaine de la Grange-aux-Pins",
            address_line="1 route des Lacs",
            postcode="40160",
            city="Parentis-en-Born",
            access="Gare d’Ychoux à 15 minutes ; des voitures partagées partent de Bordeaux et de Dax.",
            starts_at=moment(first, time(10), ZONE),
            ends_at=moment(second, time(17), ZONE),
            audience=Audience.MEMBERS,
            capacity=60,
            asks_diet=True,
            shows_names=True,
        ),
        now,
        actor,
    )
    parts = [
        save_part(
            event,
            None,
            data=PartData(
                title=title,
                speakers=speakers,
                starts_at=moment(first + timedelta(days=day), time.fromisoformat(starts), ZONE),
                ends_at=moment(first + timedelta(days=day), time.fromisoformat(ends), ZONE),
                capacity=places,
            ),
            actor=actor,
        )
        for day, starts, ends, title, speakers, places in PARTS
    ]
    options = [
        save_option(event, None, data=OptionData(label, option, capacity=places), actor=actor)
        for option, label, places in OPTIONS
    ]
    for title, audience in PAPERS:
        file = Paper(PAPER, "document.pdf")
        add_paper(event, data=PaperData(title, audience), paper=file, actor=actor)
    for label, amount, key, paid_by in COSTS:
        add_cost(event, data=EventCostData(label, amount, key, paid_by=paid_by), actor=actor)
    for rank, person in enumerate(members[:9]):
        chosen = (parts[0].pk, parts[1 + rank % 3].pk, parts[4].pk)
        _member(
            event,
            person,
            now,
            parts=chosen,
            options={options[0].pk: 1, options[2].pk: int(rank % 3 == 0)},
            diet="sans viande" if rank % 4 == 1 else "",
            shows_name=rank % 2 == 0,
            needs="une place dans une voiture depuis Mont-de-Marsan" if rank == 2 else "",
        )


def _conference(kind: EventKind, members: Sequence[Person], hands: Hands) -> None:
    """Questions sent before: some voted, one to moderate."""
    today, now, actor = hands.today, hands.now, hands.life
    day = days_ahead(today, 24)
    event = _event(
        EventData(
            kind=kind,
            title="Conférence inversée : la coopérative, et après ?",
            summary="Vos questions d’abord ; l’intervenante répond aux plus attendues.",
            speakers="Marion Lespiau, ancienne gérante d’une SCOP de l’imprimerie",
            venue="Médiathèque du Marsan",
            address_line="Place du 6e-RPIMa",
            postcode="40000",
            city="Mont-de-Marsan",
            starts_at=moment(day, time(18, 30), ZONE),
            ends_at=moment(day, time(20, 30), ZONE),
            questions_until=moment(days_ahead(today, 21), time(20), ZONE),
            capacity=80,
        ),
        now,
        actor,
    )
    rows = [_member(event, person, now) for person in members[:7]]
    for rank, (text, is_shown, voices) in enumerate(QUESTIONS):
        question = ask_question(rows[rank], text=text, is_unnamed=rank == 0, now=now, actor=None)
        if is_shown:
            publish_question(question, actor=actor)
            for row in [one for one in rows if one.pk != rows[rank].pk][:voices]:
                vote_question(question, row, now=now)


def _open_day(kind: EventKind, place: Place, hands: Hands) -> None:
    """Cancelled: those who came upon it read why."""
    today, now, actor = hands.today, hands.now, hands.places
    day = days_ahead(today, 9)
    event = _event(
        EventData(
            kind=kind,
            title="Porte ouverte de l’atelier",
            place=place,
            starts_at=moment(day, time(14), ZONE),
            ends_at=moment(day, time(18), ZONE),
        ),
        now,
        actor,
    )
    cancel_event(
        event, reason="Le chauffage est en travaux : nous ouvrirons au printemps.", now=now, actor=actor
    )


def _event(data: EventData, published: datetime, actor: User) -> Event:
    return publish_event(create_event(data=data, actor=actor), now=published, actor=actor)


def _held_again(event: Event) -> EventData:
    return EventData(
        kind=event.kind,
        title=event.title,
        summary=event.summary,
        place=event.place,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        capacity=event.capacity,
    )


def _member(event: Event, person: Person, at: datetime, **more: object) -> Registration:
    data = RegistrationData(
        first_name=person.first_name, last_name=person.shown_last_name, email=person.email
    )
    return register(event, data=replace(data, **more), now=at, person=person, by_team=True)  # type: ignore[arg-type]


def _outsider(name: str) -> RegistrationData:
    first, _space, last = name.partition(" ")
    plain = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())
    return RegistrationData(first_name=first, last_name=last, email=f"{plain}@exemple.example")


def _came(row: Registration, at: datetime, actor: User) -> None:
    note_attendance(row, attendance=Attendance.PRESENT, how=NotedHow.TEAM, now=at, actor=actor)
