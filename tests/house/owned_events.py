"""What one person owns of events, address by address."""

from typing import Any

from django.utils import timezone

from coworking.services.agreements import Paper
from coworking.services.event_papers import PaperData, add_paper
from coworking.services.event_programme import PartData, save_part
from coworking.services.event_questions import ask_question
from people.models import User
from tests.factories.coworking_events import a_kind, a_place, a_registration, an_event
from tests.factories.person_files import PDF

NOT_OWNED: tuple[str, ...] = (
    # Told to the public that they are for: whoever may not read one finds nothing there.
    "agenda/<slug:slug>/",
    "agenda/mois/<str:month>/",
    # The code shown at the door: whoever reads it says that they are there, if they registered.
    "presence/<str:door_key>/",
)


def events_of(user: User) -> dict[str, Any]:
    """By the beginning of its address: an event of a place, somebody’s registration to it."""
    event = an_event("conference-inversee", place=a_place())
    part = save_part(event, None, data=PartData("Voter", event.starts_at, event.ends_at), actor=None)
    row = a_registration(event, person=user.person)
    question = ask_question(row, text="Combien ?", is_unnamed=False, now=timezone.now(), actor=None)
    paper = add_paper(event, data=PaperData("Programme"), paper=Paper(PDF, "p.pdf"), actor=None)
    return {
        "evenements/": event.pk,
        "evenements/ateliers/": part.pk,
        "evenements/documents/": paper.pk,
        "evenements/genres/": a_kind().pk,
        "evenements/inscrits/": row.pk,
        "evenements/questions/": question.pk,
        "inscription/": row.pk,
        "pointage/": row.pk,
        "<str:ticket>": row.pk,
        "<str:pass_key>": row.pass_key,
        "<str:what>": "parties",
        "<int:row_pk>": event.pk,
        "<int:paper_pk>": paper.pk,
    }
