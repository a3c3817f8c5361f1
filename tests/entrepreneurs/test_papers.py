"""Papers asked: once, received, checked, expired, waived; a refusal leaves nothing changed (ENT-21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.facts import awaited_in
from cae.core.models import AuditEntry, Document, Notice, OutgoingEmail
from entrepreneurs.models import DocumentRequest
from entrepreneurs.selectors.paper_todo import AWAITED
from entrepreneurs.services.paper_mails import remind_of_papers, send_back
from entrepreneurs.services.papers import (
    MEGABYTE,
    accept_paper,
    ask_paper,
    expire_paper,
    expire_papers,
    receive_paper,
    refuse_paper,
    waive_paper,
)
from entrepreneurs.states.papers import PaperState
from people.models import Deadline, Person
from people.states import RoleKind
from tests.factories import applications as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def asked(person: Person | None = None, **more: Any) -> DocumentRequest:
    person = person or make_person()
    told = {"kind": "diploma", "about": person, "due_on": None, "actor": None} | more
    return ask_paper(person=person, **told)


def received(person: Person | None = None, **more: Any) -> DocumentRequest:
    paper = asked(person, **more)
    return receive_paper(paper, content=make.PDF, name="diplome.pdf", actor=None, now=timezone.now())


def accepted(person: Person | None = None, *, until: Any = None, **more: Any) -> DocumentRequest:
    return accept_paper(received(person, **more), valid_until=until, on=TODAY(), actor=None)


def world() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (DocumentRequest, Document, Deadline)]


def test_the_same_paper_about_the_same_thing_is_asked_once() -> None:
    person = make_person()
    assert asked(person) == asked(person)
    assert asked(person, precision="BP coiffure") != asked(person)


def test_a_paper_that_holds_answers_another_request_at_once() -> None:
    person = make_person()
    first = accepted(person, until=TODAY() + timedelta(days=30))
    second = asked(person, about=make_activity(person))
    assert (second.state, second.reuses, second.document) == (PaperState.ACCEPTED, first, first.document)
    late = asked(person, about=make_activity(person), due_on=TODAY() + timedelta(days=60))
    assert (late.state, late.reuses) == (PaperState.ASKED, None)
    assert asked(make_person()).state == PaperState.ASKED


def test_a_day_already_past_is_refused() -> None:
    person = make_person()
    before = world()
    with pytest.raises(Refused) as refusal:
        asked(person, due_on=TODAY() - timedelta(days=1))
    assert refusal.value.field == "due_on"
    assert world() == before


def test_a_paper_with_a_day_waits_under_it_until_it_is_settled() -> None:
    paper = received(due_on=TODAY() + timedelta(days=10))
    deadline = Deadline.objects.get(about_id=str(paper.pk), about_type="entrepreneurs.documentrequest")
    assert (deadline.due_on, deadline.person) == (paper.due_on, paper.person)
    accept_paper(paper, valid_until=None, on=TODAY(), actor=None)
    deadline.refresh_from_db()
    assert deadline.closed_at is not None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make.PDF, "cv.pdf"),
        (make.PNG, "photo.png"),
        (b"\xff\xd8\xff\xe0" + b"0" * 20, "photo.jpg"),
        (b"RIFF0000WEBP" + b"0" * 20, "photo.webp"),
        (b"\x00\x00\x00\x18ftypheic" + b"0" * 20, "photo.heic"),
    ],
)
def test_a_pdf_or_a_picture_is_received(content: bytes, name: str) -> None:
    paper = receive_paper(asked(), content=content, name=f"C:\\scans\\{name}", actor=None, now=timezone.now())
    assert paper.state == PaperState.RECEIVED
    assert paper.document is not None
    assert paper.document.name == name
    assert paper.document.retention_until.year == TODAY().year + 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00" + b"\0" * 40,
        b"#!/bin/sh\nrm -rf /",
        b"PK\x03\x04" + b"0" * 40,
        b"un texte",
        make.PDF + b"0" * (10 * MEGABYTE),
    ],
)
def test_what_is_no_pdf_nor_picture_or_weighs_too_much_is_refused(content: bytes) -> None:
    paper = asked()
    before = world()
    with pytest.raises(Refused) as refusal:
        receive_paper(paper, content=content, name="cv.pdf", actor=None, now=timezone.now())
    assert (refusal.value.code, refusal.value.field) == (Code.FILE_REFUSED, "file")
    assert world() == before


def test_a_paper_sent_back_says_why_and_may_be_brought_again() -> None:
    user = make_user(RoleKind.ENTREPRENEUR)
    assert user.person is not None
    paper = received(user.person)
    before = world()
    with pytest.raises(Refused):
        refuse_paper(paper, reason=" ", actor=None)
    assert world() == before
    paper = send_back(paper, reason="Illisible", actor=None)
    assert (paper.state, paper.reason) == (PaperState.REFUSED, "Illisible")
    assert "Illisible" in Notice.objects.get(user=user).subject
    again = receive_paper(paper, content=make.PNG, name="net.png", actor=user, now=timezone.now())
    assert (again.state, again.reason) == (PaperState.RECEIVED, "")


def test_a_candidate_without_account_is_told_by_mail() -> None:
    application = make.submitted()
    paper = DocumentRequest.objects.filter(about_type="entrepreneurs.application").first()
    assert paper is not None
    receive_paper(paper, content=make.PDF, name="cv.pdf", actor=None, now=timezone.now())
    send_back(paper, reason="Il manque une page", actor=make_user(RoleKind.ADVISOR))
    mail = OutgoingEmail.objects.latest("pk")
    assert mail.to == application.email
    assert "Il manque une page" in mail.text


def test_a_paper_accepted_is_accepted_once_and_never_out_of_date() -> None:
    paper = received()
    with pytest.raises(Refused) as refusal:
        accept_paper(paper, valid_until=TODAY() - timedelta(days=1), on=TODAY(), actor=None)
    assert refusal.value.field == "valid_until"
    accept_paper(paper, valid_until=TODAY(), on=TODAY(), actor=None)
    before = world()
    with pytest.raises(IllegalMove):
        accept_paper(paper, valid_until=None, on=TODAY(), actor=None)
    with pytest.raises(IllegalMove):
        receive_paper(paper, content=make.PDF, name="cv.pdf", actor=None, now=timezone.now())
    with pytest.raises(IllegalMove):
        accept_paper(asked(), valid_until=None, on=TODAY(), actor=None)
    assert world()[1:] == before[1:]


def test_a_paper_expires_after_its_last_day_and_not_on_it() -> None:
    paper = accepted(until=TODAY())
    before = world()
    with pytest.raises(Refused):
        expire_paper(paper, on=TODAY(), actor=None)
    assert expire_papers(TODAY()) == 0
    assert world() == before
    assert expire_papers(TODAY() + timedelta(days=1)) == 1
    paper.refresh_from_db()
    assert paper.state == PaperState.EXPIRED
    assert paper.is_missing


def test_doing_without_a_paper_needs_a_reason_that_the_journal_keeps() -> None:
    paper = asked()
    before = world()
    with pytest.raises(Refused):
        waive_paper(paper, reason="", actor=None)
    assert world() == before
    waive_paper(paper, reason="Diplôme perdu, attestation du CFA vue", actor=None)
    entry = AuditEntry.objects.get(verb="entrepreneurs.documentrequest.excuse")
    assert entry.detail["reason"] == "Diplôme perdu, attestation du CFA vue"
    with pytest.raises(IllegalMove):
        waive_paper(paper, reason="Encore", actor=None)


def test_one_reminder_goes_before_the_day() -> None:
    user = make_user(RoleKind.ENTREPRENEUR)
    paper = asked(user.person, due_on=TODAY() + timedelta(days=5))
    assert remind_of_papers(TODAY()) == 0
    assert remind_of_papers(TODAY() + timedelta(days=2)) == 1
    assert remind_of_papers(TODAY() + timedelta(days=4)) == 0
    assert Notice.objects.filter(user=user, about_id=str(paper.pk)).count() == 1


def test_what_is_missing_waits_for_the_person_and_what_came_for_staff() -> None:
    user, staff = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.HUMAN_RESOURCES)
    asked(user.person, due_on=TODAY() + timedelta(days=5))
    (mine,) = awaited_in(AWAITED, user, TODAY())
    assert mine.due == TODAY() + timedelta(days=5)
    assert awaited_in(AWAITED, staff, TODAY()) == []
    received(user.person, kind="identity")
    (theirs,) = awaited_in(AWAITED, staff, TODAY())
    assert theirs.count == 1
