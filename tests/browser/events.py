"""The events that the walk visits: one of each moment and kind, full, waiting, offered, asked, said."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from coworking.services.agreements import Paper
from coworking.services.event_attendance import note_attendance
from coworking.services.event_costs import EventCostData, add_cost
from coworking.services.event_papers import PaperData, add_paper
from coworking.services.event_programme import (
    FieldData,
    OptionData,
    PartData,
    PriceData,
    save_field,
    save_option,
    save_part,
    save_price,
)
from coworking.services.event_promotion import announce, say_satisfaction
from coworking.services.event_questions import answer_question, ask_question, publish_question
from coworking.services.events import cancel_event
from coworking.services.registration_mails import open_link
from coworking.services.registrations import cancel_registration
from coworking.states.events import Attendance, FieldKind, MailingTo, NotedHow, OptionKind, PaperFor
from people.models import User
from tests.factories.coworking_events import a_place, a_registration, an_event, over
from tests.factories.person_files import PDF

LONG = "Comment une coopérative d’activité et d’emploi tient-elle sa comptabilité analytique au jour le jour"


def gathered(users: dict[str, User]) -> dict[str, Any]:
    """By name, what the addresses of events are about."""
    seller = users["seller"]
    place, now = a_place(), timezone.now()
    full = an_event("petit-dejeuner", place=place, capacity=1, title=LONG, summary=LONG)
    taken = a_registration(full)
    waiting = a_registration(full, "Ben Deux", person=seller.person)
    a_registration(full, "Cal Trois")
    offered = an_event("petit-dejeuner", place=place, capacity=1)
    freed = a_registration(offered)
    kept = a_registration(offered, "Ben Deux", person=seller.person)
    cancel_registration(freed, now=now, actor=None)
    past = an_event("reunion-information", place=place)
    came = a_registration(past, "Ben Deux", person=seller.person, note=LONG)
    over(past)
    note_attendance(came, attendance=Attendance.PRESENT, how=NotedHow.SCAN, now=now, actor=None)
    came.refresh_from_db()
    say_satisfaction(came, mark=4, comes_again=True, text=LONG, now=now)
    gone = cancel_event(an_event(title="Annulé"), reason=LONG, now=now, actor=None)
    return {
        "full": full,
        "waiting": waiting,
        "kept": kept,
        "past": past,
        "came": came,
        "gone": gone,
        "draft": an_event(place=place, published=False),
        "at_the_door": an_event(place=place, starts_at=now + timedelta(minutes=10)),
        "link": open_link(taken, now=now, actor=None)[1],
        **_seminar(seller, users["admin"]),
        **_conference(seller),
    }


def _seminar(seller: User, admin: User) -> dict[str, Any]:
    """Parts at the same time, a meal, prices, a question of the form."""
    event = an_event("seminaire", asks_diet=True, shows_names=True, guests_most=2)
    begins, half = event.starts_at, timedelta(hours=1)
    talk = save_part(event, None, data=PartData(LONG, begins, begins + half, capacity=9), actor=None)
    save_part(event, None, data=PartData("Voter", begins, begins + half), actor=None)
    fare = save_price(event, None, data=PriceData("Solidaire", Decimal("0.00"), 5), actor=None)
    meal = save_option(event, None, data=OptionData("Déjeuner", OptionKind.MEAL), actor=None)
    asked = save_field(
        event, None, data=FieldData("Train ?", FieldKind.CHOICE, ("Train", "Voiture"), True), actor=None
    )
    come = a_registration(
        event,
        "Ben Deux",
        person=seller.person,
        parts=(talk.pk,),
        options={meal.pk: 1},
        price=fare,
        answers={asked.pk: "Train"},
        guests=1,
        shows_name=True,
        offers=LONG,
    )
    kit = add_paper(event, data=PaperData(LONG, PaperFor.TEAM, talk), paper=Paper(PDF, "kit.pdf"), actor=None)
    add_paper(event, data=PaperData("Programme"), paper=Paper(PDF, "programme.pdf"), actor=None)
    add_cost(event, data=EventCostData(LONG, Decimal("90.00"), paid_by="Claire"), actor=None)
    add_cost(event, data=EventCostData("Gîte", Decimal("90.00"), "nights"), actor=None)
    announce(
        event,
        audience=MailingTo.TEAM,
        subject=LONG,
        text="Venez nombreux.",
        now=timezone.now(),
        actor=admin,
    )
    return {
        "seminar": event,
        "come": come,
        "talk": talk,
        "kit": kit,
        "fare": fare,
        "meal": meal,
        "asked": asked,
    }


def _conference(seller: User) -> dict[str, Any]:
    """Questions to moderate, published, answered."""
    event = an_event("conference-inversee")
    row = a_registration(event, "Ben Deux", person=seller.person)
    made = [
        ask_question(row, text=f"{LONG}, {n} ?", is_unnamed=n == 1, now=timezone.now(), actor=None)
        for n in range(3)
    ]
    publish_question(made[1], actor=None)
    publish_question(made[2], actor=None)
    answer_question(made[2], answer=LONG, actor=None)
    return {"conference": event, "asks": row, "question": made[1]}
