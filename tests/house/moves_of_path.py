"""The tables of moves of the path, each with a row made by services and the page of each move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cae.core.signing import Hand, Origin
from entrepreneurs.services.committees import convene_committee, decide_file, give_voice
from entrepreneurs.services.interviews import propose_interview, write_interview
from entrepreneurs.states.committees import Fit, Verdict, Voice
from entrepreneurs.states.interviews import InterviewHeading
from people.models import User
from people.states import RoleKind
from tests.factories import applications, desk, welcome
from tests.factories.applications import PDF
from tests.factories.coaching import make_follow_up, person_of
from tests.factories.people import make_user
from tests.factories.welcome import GROUNDS
from tests.house.moving import Case, Page, Sent, Subject

ORIGIN = Origin("192.0.2.1", "Essai")
WHY = {"reason": "Pour l’essai"}


def day(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


# Coaching.


def _followed(name: str) -> Case:
    made = make_follow_up()
    return Case(made[name], [made["advisor"], made["user"]], made)


def _written(case: Case) -> Any:
    return write_interview(
        case.row,
        texts={str(one): "Dit ensemble." for one in InterviewHeading},
        held_on=timezone.localdate(),
        wants_amendment=False,
        version=case.row.version,
        actor=case.known["advisor"],
        on=timezone.localdate(),
    )


def _offered(case: Case) -> Any:
    return propose_interview(
        _written(case),
        advisor=person_of(case.known["advisor"]),
        figures=[("Ventes", "1 000 €")],
        hand=Hand("Hélène", typed="Hélène"),
        origin=ORIGIN,
        at=timezone.now(),
        actor=case.known["advisor"],
    )


def _report_form(case: Case) -> dict[str, Any]:
    return {
        "said": "Les prix sont revus.",
        "met_on": day(),
        "mode": "place",
        "minutes": "45",
        "form_key": str(case.row.form_key or uuid4()),
    }


def _plan(kind: str, *acts: str) -> Subject:
    pages = {act: Page(f"entrepreneurs:{kind}_act", (act,)) for act in acts}
    return Subject(lambda: _followed(kind), pages)


def _interview(act: str, sends: Any, before: Any = None) -> Page:
    return Page(f"entrepreneurs:interview_{act}", sends=sends, before=before)


def _signs(column: str) -> Sent:
    """What one sends to sign an interview: one’s name, and what was read, as the page shows it."""

    def sent(case: Case) -> dict[str, Any]:
        shown = getattr(type(case.row).objects.get(pk=case.row.pk), column)
        return {"typed": "Mon nom", "read": "on", "accepted": "on", "shown": shown}

    return sent


# Welcome.
def _draft_application() -> Case:
    application = applications.whole()
    user = make_user(RoleKind.CANDIDATE, person=application.person)
    return Case(application, [user])


def _welcomed(name: str) -> Case:
    made = welcome.welcomed()
    return Case(made[name], [made["manager"]], made)


def _sent_application() -> Case:
    """An application waiting for an answer, whose person has an account."""
    case = _welcomed("application")
    user: User = make_user(person=case.row.person)
    return Case(case.row, [*case.users, user], case.known)


def _heard(case: Case) -> Any:
    """The application that a committee in session has before it, once its chair has spoken for it."""
    file = case.known["file"]
    give_voice(file, voice=Voice.FOR, note="", actor=case.known["manager"])
    return file.application


def _outcome(word: str, **sends: str) -> Page:
    said = {"reason_code": "capacity", "reason": "Plus de place avant l’été.", "tells": "on"}
    return Page("entrepreneurs:application_outcome", (word,), said | sends)


def _own_application(name: str, **sends: str) -> Page:
    return Page(f"entrepreneurs:application_{name}", (), sends, keys=lambda _case: ("moi",), leads_away=True)


def _settled(case: Case) -> Any:
    """The committee has met: each of its files is decided."""
    now = timezone.now()
    committee = convene_committee(case.row, now=now, actor=None)
    for file in committee.files.all():
        decide_file(file, verdict=Verdict.REFUSED, fit=Fit.YES, grounds=GROUNDS, now=now, actor=None)
    return committee


def _papers() -> Case:
    user = make_user(RoleKind.ENTREPRENEUR)
    return Case(applications.entering(person_of(user))["came"], [user])


def _paper(act: str, **sends: str) -> Page:
    said = {"act": act} | {f"{act}-{name}": value for name, value in sends.items()}
    return Page("entrepreneurs:paper_detail", (), said)


def _slip(verdict: str) -> Page:
    said = {"answered_on": day(), "verdict": verdict, "answer": "Sauf les toitures."}
    return Page("entrepreneurs:slip_answer", (), said)


# Human resources.
def _absence() -> Case:
    user = make_user(RoleKind.ENTREPRENEUR)
    return Case(desk.make_absence(user), [user])


def _departure() -> Case:
    user, officer = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.HUMAN_RESOURCES)
    return Case(desk.make_exit(person_of(user), officer), [officer])


def _absence_page(act: str) -> Page:
    return Page("entrepreneurs:absence_detail", (), {"do": act, "answer": "Équipe trop réduite."})


_DECLARE, _EXIT = "entrepreneurs:hiring_declare", "entrepreneurs:exit_act"
_SUPPORT, _ALERT = "entrepreneurs:support_answer", "entrepreneurs:alert_act"

PATH: dict[str, Subject] = {
    "entrepreneurs.absence": Subject(
        _absence, {act: _absence_page(act) for act in ("approve", "refuse", "cancel")}
    ),
    "entrepreneurs.action": _plan("action", "start", "finish", "drop", "reopen"),
    "entrepreneurs.goal": _plan("goal", "reach", "drop", "reopen"),
    "entrepreneurs.alert": Subject(
        lambda: _followed("alert"),
        {
            "take": Page(_ALERT, ("prendre",)),
            "mute": Page(_ALERT, ("sourdine",), WHY | {"until": day(20)}),
            "close": Page(_ALERT, ("clore",), WHY),
        },
    ),
    "entrepreneurs.application": Subject(
        _sent_application,
        {
            "submit": _own_application("check", consents="on"),
            "withdraw": _own_application("withdraw", reason=""),
            "accept": Page(
                "entrepreneurs:committee_decide",
                (),
                {"fit": "yes", "verdict": "accepted"},
                _heard,
                keys=lambda case: (case.known["file"].pk,),
            ),
            "refuse": _outcome("refuser"),
            "redirect": _outcome("reorienter", redirected_to="Une couveuse"),
            "pool": _outcome("vivier"),
            "reopen": _outcome("rouvrir"),
        },
    ),
    "entrepreneurs.committee": Subject(
        lambda: _welcomed("planned"),
        {
            "convene": Page("entrepreneurs:committee_convene"),
            "close": Page("entrepreneurs:committee_close", before=_settled),
            "cancel": Page("entrepreneurs:committee_cancel", (), WHY),
        },
    ),
    "entrepreneurs.documentrequest": Subject(
        _papers,
        {
            "receive": Page(
                "entrepreneurs:paper_bring",
                sends=lambda _case: {"file": SimpleUploadedFile("diplome.pdf", PDF)},
            ),
            "accept": _paper("accept", valid_until=""),
            "refuse": _paper("refuse", reason="Illisible."),
            "waive": _paper("waive", reason="Déjà vu."),
        },
    ),
    "entrepreneurs.exit": Subject(
        _departure,
        {
            "close": Page(_EXIT, (), {"do": "close", "confirmed": "on"}),
            "cancel": Page(_EXIT, (), WHY | {"do": "cancel"}),
        },
    ),
    "entrepreneurs.hiringdeclaration": Subject(
        lambda: Case(desk.make_hiring().declaration),
        {
            "declare": Page(_DECLARE, (), {"receipt": "AR-1", "made_on": day()}),
            "cancel": Page(_DECLARE, (), {"do": "cancel", "note": "Faite ailleurs."}),
        },
    ),
    "entrepreneurs.insurerslip": Subject(
        lambda: _welcomed("slip"), {act: _slip(act) for act in ("agree", "limit", "refuse")}
    ),
    "entrepreneurs.interview": Subject(
        lambda: _followed("interview"),
        {
            "propose": _interview("propose", _signs("version"), _written),
            "sign": _interview("sign", _signs("content_sha256"), _offered),
            "reopen": _interview("reopen", WHY, _offered),
            "cancel": _interview("cancel", WHY),
        },
    ),
    "entrepreneurs.meeting": Subject(
        lambda: _followed("past"),
        {
            "hold": Page("entrepreneurs:meeting_close", ("tenu",)),
            "miss": Page("entrepreneurs:meeting_close", ("absent",)),
            "cancel": Page("entrepreneurs:meeting_cancel", (), WHY, lambda case: case.known["meeting"]),
        },
    ),
    "entrepreneurs.report": Subject(
        lambda: _followed("draft"), {"share": Page("entrepreneurs:report_edit", (), _report_form)}
    ),
    "entrepreneurs.support_request": Subject(
        lambda: _followed("asked"),
        {
            "plan": Page(_SUPPORT, ("prevoir",), {"answer": "En mars."}),
            "give": Page(_SUPPORT, ("recu",), {"answer": ""}),
            "decline": Page(_SUPPORT, ("refuser",), {"answer": "Plus de place."}),
        },
    ),
}
