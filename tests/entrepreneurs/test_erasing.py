"""An applicant whose file is erased: their application names nobody any more (PEO-38)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import CharField, JSONField, Q, TextField
from django.utils import timezone

from cae.core.errors import Refused
from cae.core.models import Document, Message, Notice, OutgoingEmail
from cae.core.permanence import ERASED, erase_words, erasing
from cae.core.threads import post_message
from entrepreneurs.models import (
    Absence,
    Application,
    Interview,
    Meeting,
    MeetingReport,
    PlanAction,
    PlanGoal,
    PrivateNote,
    ProjectVersion,
    ReportAddendum,
)
from entrepreneurs.selectors.personal_data import TYPED, held_of_path
from entrepreneurs.services.archiving import archive_report
from entrepreneurs.services.erasing_coaching import erase_coaching
from entrepreneurs.services.meetings import arrange_meeting
from entrepreneurs.services.plans import add_action, set_goal
from entrepreneurs.services.projects import save_project
from entrepreneurs.services.referents import name_referent
from entrepreneurs.services.reports import add_to_report
from entrepreneurs.services.sending_applications import withdraw_application
from entrepreneurs.services.slot_invitations import invite_candidate, stop_reminders
from entrepreneurs.states.referents import COACH
from people.models import Person, Request
from people.selectors.statuses import statuses_on
from people.services.deadline_notices import tell_due_deadlines
from people.services.deadlines import set_deadline
from people.services.erasing import erase_person
from people.services.merging import merge_persons
from people.services.requests import answer_request
from people.states import RoleKind
from people.states.deadlines import DeadlineKind
from tests.factories.applications import submitted
from tests.factories.coaching import make_advisor, make_coached, make_report, make_salaried, moment
from tests.factories.coaching import person_of as person_of_user
from tests.factories.desk import make_absence, make_request
from tests.factories.own_data import make_officer
from tests.factories.people import make_admin, make_person, make_user

pytestmark = pytest.mark.django_db


KEPT = (
    *(Meeting, MeetingReport, ReportAddendum, PrivateNote, PlanGoal, PlanAction, ProjectVersion),
    *(Request, Message, Absence),
)


def person_of(application: Application) -> Person:
    assert application.person is not None
    return application.person


def test_what_was_written_is_read_by_its_author() -> None:
    application = submitted()
    parts = list(held_of_path(person_of(application), None))
    assert application.reference in str(parts[0].rows)
    assert application.last_name in str(parts[0].rows)


def test_an_application_that_waits_is_not_erased() -> None:
    application = submitted()
    before = Application.objects.values().get(pk=application.pk)
    with pytest.raises(Refused):
        erase_person(
            person_of(application),
            actor=make_officer(),
            now=timezone.now(),
            on=timezone.localdate() + timedelta(days=900),
        )
    assert Application.objects.values().get(pk=application.pk) == before


def test_every_answer_goes_and_the_number_stays() -> None:
    application = submitted()
    name, reference = application.last_name, application.reference
    Application.objects.filter(pk=application.pk).update(state="refused")
    person = person_of(application)
    erase_person(
        person, actor=make_officer(), now=timezone.now(), on=timezone.localdate() + timedelta(days=900)
    )
    row = Application.objects.get(pk=application.pk)
    assert row.reference == reference
    assert name not in str([getattr(row, column) for column in TYPED])
    kept = {"first_name", "last_name", "email", "charter_typed"}
    assert [column for column in TYPED if column not in kept and getattr(row, column)] == []


WORDS = "Mots que nous seuls avons dits"


def said_somewhere() -> set[str]:
    """Where the words still stand, table by table."""
    found = set()
    for model in apps.get_models():
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, (TextField, CharField, JSONField))
        ]
        rows = model._base_manager.values_list(*texts) if texts else []
        if any(WORDS in str(row) for row in rows):
            found.add(model._meta.label_lower)
    return found


def test_what_was_said_of_somebody_who_left_goes_and_what_is_counted_stays() -> None:
    """Meetings, reports, notes, plan, sheet, requests and messages lose their words; rows and dates stay."""
    user, advisor = make_coached()
    person, today = person_of_user(user), timezone.localdate()
    meeting = arrange_meeting(
        person,
        advisor=person_of_user(advisor),
        purpose="follow_up",
        starts_at=moment(3),
        minutes=60,
        mode="phone",
        actor=advisor,
        note=WORDS,
    )
    report = make_report(user, advisor, said=WORDS, decisions=WORDS, private=WORDS)
    make_report(user, advisor, shared=False, said=WORDS, private=WORDS)
    add_to_report(report, text=WORDS, author=person_of_user(advisor), actor=advisor)
    post_message(report, text=WORDS, actor=user)
    pdf = archive_report(report.pk)
    plain: dict[str, Any] = {"due_on": None, "actor": advisor, "on": today}
    goal = set_goal(person, kind="skills", label=WORDS, **plain)
    add_action(person, label=WORDS, owner=person, goal=goal, **plain)
    save_project(person, texts={"idea": WORDS, "prices": WORDS}, label=WORDS, base=0, actor=user)
    asked = make_request(user, title=WORDS, text=WORDS, page="/x/", page_title=WORDS)
    answer_request(asked, text=WORDS, actor=make_user(RoleKind.HUMAN_RESOURCES))
    make_absence(user, note=WORDS)
    assert len(said_somewhere()) >= 10
    person.roles.update(ends_on=today - timedelta(days=1))
    counts = {model: model._base_manager.count() for model in KEPT}
    done = erase_person(person, actor=make_officer(), now=timezone.now(), on=today)
    assert {"entrepreneurs.coaching", "entrepreneurs.desk", "people.requests"} <= set(done)
    # Neither the bell of a colleague nor a mail says it any more; the journal is never rewritten.
    assert said_somewhere() <= {"core.auditentry"}
    assert {model: model._base_manager.count() for model in KEPT} == counts
    report.refresh_from_db()
    asked.refresh_from_db()
    assert (report.said, report.minutes, report.state) == (ERASED, 45, "shared")
    assert (asked.title, asked.answered_at is not None) == (ERASED, True)
    assert pdf is not None
    assert not Document.objects.filter(pk=pdf.pk).exists()
    assert Meeting.objects.get(pk=meeting.pk).starts_at == meeting.starts_at


def test_what_a_candidate_and_the_team_wrote_to_each_other_goes() -> None:
    """Their messages, the notices and mails that told of them, also at an address of a file merged since."""
    boss = make_user(RoleKind.CO_MANAGER)
    application = submitted(email="avant@exemple.fr", last_name="Motsnousseuls")
    person, now = person_of(application), timezone.now()
    post_message(application, text=WORDS, author_name=f"{WORDS} Roy")
    post_message(application, text=WORDS, actor=boss, outside=True)
    invitation = invite_candidate(application, advisor=person_of_user(boss), now=now, actor=boss)
    stop_reminders(invitation, reason=WORDS, now=now, actor=boss)
    withdraw_application(application, reason=WORDS, now=now)
    kept = make_person(email="apres@exemple.fr")
    merge_persons(kept, merged=person, reason="Deux adresses", actor=make_admin(), now=now)
    assert {"core.message", "core.notice", "core.outgoingemail"} <= said_somewhere()
    erase_person(kept, actor=make_officer(), now=now, on=timezone.localdate() + timedelta(days=900))
    assert said_somewhere() <= {"core.auditentry"}
    assert not OutgoingEmail.objects.filter(to="avant@exemple.fr").exists()
    assert "Motsnousseuls" not in str([*Notice.objects.values_list("subject", "text")])


def test_a_signed_interview_loses_its_words_and_keeps_its_seal() -> None:
    user = make_salaried(make_advisor())
    rows = Interview.objects.filter(person=person_of_user(user))
    rows.update(
        texts={"review": WORDS},
        held_on=timezone.localdate(),
        advisor=person_of_user(user),
        content_sha256="a" * 64,
        state="signed",
    )
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        rows.update(texts={})
    with transaction.atomic(), erasing():
        erase_coaching(person_of_user(user), timezone.localdate())
    assert {(row.state, row.content_sha256, str(row.texts)) for row in rows} == {("signed", "a" * 64, "{}")}


def test_words_leave_a_row_that_never_changes_by_erasing_alone() -> None:
    """One update is let through, from words to the mark; nothing else of the row, then nothing more."""
    user, advisor = make_coached()
    added = add_to_report(
        make_report(user, advisor), text=WORDS, author=person_of_user(advisor), actor=advisor
    )
    rows = ReportAddendum.objects.filter(pk=added.pk)
    refused: list[dict[str, Any]] = [{"text": "Autre"}, {"text": ERASED, "author": person_of_user(user)}]
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        rows.update(text=ERASED)
    for change in refused:
        with pytest.raises(Exception, match="Cannot"), transaction.atomic(), erasing():
            rows.update(**change)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic(), erasing():
        rows.delete()
    with transaction.atomic():
        with erasing():
            assert erase_words(rows, "text") == 1
            assert erase_words(rows, "text") == 0
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            rows.update(text="Encore")
    assert rows.get().text == ERASED


def test_a_candidacy_that_nobody_ended_ends_with_the_file() -> None:
    application = submitted()
    Application.objects.filter(pk=application.pk).update(state="refused")
    person, on = person_of(application), timezone.localdate() + timedelta(days=900)
    erase_person(person, actor=make_officer(), now=timezone.now(), on=on)
    assert not statuses_on(person, on).exists()


def test_what_the_team_was_told_of_dates_and_contacts_goes() -> None:
    advisor, person, today = make_advisor(), make_person(last_name="Introuvable"), timezone.localdate()
    make_user(RoleKind.HUMAN_RESOURCES)
    contact = person_of_user(advisor)
    name_referent(person, advisor=contact, function=COACH, starts_on=today, actor=make_admin())
    set_deadline(about=person, kind=DeadlineKind.MEDICAL_VISIT, person=person, due_on=today, actor=advisor)
    assert tell_due_deadlines(on=today)
    assert told_of("Introuvable") >= {"entrepreneurs.referent", "people.deadline"}
    erase_person(person, actor=make_officer(), now=timezone.now(), on=today)
    assert told_of("Introuvable") == set()


def told_of(name: str) -> set[str]:
    """The sorts of notices that name somebody, and « mail » for a mail."""
    says = Q(subject__contains=name) | Q(text__contains=name)
    mails = {"mail"} if OutgoingEmail.objects.filter(says | Q(html__contains=name)).exists() else set()
    return mails | set(Notice.objects.filter(says).values_list("kind", flat=True))
