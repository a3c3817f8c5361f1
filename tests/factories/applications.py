"""Applications as candidates write and send them, papers as staff ask for them: through the services."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

from cae.core.models import OutgoingEmail
from cae.core.signing import Origin
from entrepreneurs.calculations.steps import StepCode, questions_of
from entrepreneurs.models import Application, Charter
from entrepreneurs.selectors.applications import charter_on, fingerprint, papers_of
from entrepreneurs.services.application_mails import open_link
from entrepreneurs.services.applications import save_step, start_application, type_charter
from entrepreneurs.services.charters import publish_charter
from entrepreneurs.services.entry import open_checklist
from entrepreneurs.services.papers import ask_paper, receive_paper
from entrepreneurs.services.sending_applications import submit_application
from entrepreneurs.states.applications import Door
from entrepreneurs.states.entry import EntryKind
from people.models import Person, Territory, User
from tests.factories.people import make_territory

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
ORIGIN = Origin("203.0.113.7", "Navigateur d’essai")
EMAIL = "nina.roy@exemple.fr"


def answers(territory: Territory | None = None) -> dict[str, Any]:
    """Every answer that a whole application may need, whatever its door."""
    return {
        "first_name": "Nina",
        "last_name": "Roy",
        "phone": "06 12 34 56 78",
        "postcode": "26400",
        "city": "Crest",
        "entry_status": "job_seeker",
        "referral": "member",
        "trade_text": "Céramique",
        "summary": "Une vaisselle utilitaire tournée à la main.",
        "customers": "Des restaurants de la vallée.",
        "progress": "Deux marchés d’essai.",
        "career": "Dix ans de cuisine.",
        "skills": "Tournage, émaillage.",
        "is_tested": False,
        "motivation": "Ne pas rester seule.",
        "relation_to_work": "À mon rythme, avec d’autres.",
        "territory": territory or Territory.objects.first() or make_territory(),
        "collective_name": "Les Ateliers du pont",
        "collective_part": "Le tournage des grandes pièces.",
        "sends_papers_later": True,
    }


def make_charter(text: str = "Nous partageons.", **more: Any) -> Charter:
    on = timezone.localdate()
    return publish_charter(
        **({"valid_from": on} | more), text=text, reason="Première version", on=on, actor=None
    )


def draft(
    door: str = Door.ACTIVITY,
    *,
    email: str = EMAIL,
    actor: User | None = None,
    now: datetime | None = None,
    **names: Any,
) -> Application:
    """A draft just begun."""
    known = {"first_name": "Nina", "last_name": "Roy"} | names
    return start_application(door=door, email=email, actor=actor, now=now or timezone.now(), **known)


def whole(
    door: str = Door.ACTIVITY, *, now: datetime | None = None, actor: User | None = None, **given: Any
) -> Application:
    """A draft with every answer that its door asks, ready to be sent."""
    now = now or timezone.now()
    email = given.pop("email", EMAIL)
    names = {name: given[name] for name in ("first_name", "last_name") if name in given}
    application = draft(door, email=email, now=now, actor=actor, **names)
    told = answers(given.pop("territory", None)) | given
    for step in StepCode:
        values = {name: told[name] for name in questions_of(step, door) if name in told}
        shown = fingerprint(application, step)
        application = save_step(application, step, values=values, shown=shown, now=now, actor=actor)
    charter = charter_on(timezone.localdate(now))
    if charter is not None:
        application = type_charter(application, name="Nina Roy", number=charter.number, now=now, actor=actor)
    return application


def submitted(
    door: str = Door.ACTIVITY, *, now: datetime | None = None, actor: User | None = None, **given: Any
) -> Application:
    """An application sent."""
    now = now or timezone.now()
    return submit_application(
        whole(door, now=now, actor=actor, **given), consents=True, origin=ORIGIN, now=now, actor=actor
    )


def applied() -> dict[str, Any]:
    """The secrets of a draft and of an application sent, and a paper of each."""
    draft, sent = whole(email="brouillon@exemple.fr"), submitted(email="envoyee@exemple.fr", first_name="Ali")
    found: dict[str, Any] = {}
    for name, application in (("draft", draft), ("sent", sent)):
        found[name] = open_link(application, now=timezone.now(), actor=None)[1]
        found[f"{name}_paper"] = (found[name], papers_of(application).filter(kind="cv").get().pk)
    return found


def entering(person: Person) -> dict[str, Any]:
    """A paper that came, another missing, the list of an entry and a line to tick."""
    came = ask_paper(person=person, kind="diploma", about=person, due_on=None, actor=None)
    receive_paper(came, content=PDF, name="diplome.pdf", actor=None, now=timezone.now())
    missing = ask_paper(person=person, kind="bank_details", about=person, due_on=None, actor=None)
    checklist = open_checklist(person, kind=EntryKind.ACTIVITY, actor=None)
    line = checklist.lines.get(code="welcome_days")
    return {"came": came, "missing": missing, "checklist": checklist, "line": line}


def link_of(application: Application) -> str:
    """The secret of the last link mailed to the candidate."""
    mail = OutgoingEmail.objects.filter(to=application.email).latest("pk")
    found = re.search(r"/candidature/([\w-]{43})/", mail.text)
    assert found, mail.text
    return found[1]
