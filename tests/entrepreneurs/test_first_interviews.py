"""The first interview fixed by the team, nobody who came, whom a decision is told to (ENT-08, PEO-37)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cae.core.errors import Code, Refused
from cae.core.models import OutgoingEmail
from entrepreneurs.models import Application, Meeting
from entrepreneurs.services.choosing import fix_interview
from entrepreneurs.services.slot_invitations import invite_candidate
from entrepreneurs.services.slots import close_days
from entrepreneurs.services.welcome import decide
from entrepreneurs.services.welcome_mails import PRESCRIBER
from entrepreneurs.states.committees import Verdict
from people.models import Consent, User
from people.services.consents import withdraw_consent
from people.states import RoleKind
from people.states.consents import ConsentPurpose
from tests.factories.coaching import day_ahead, moment, person_of
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_person, make_user
from tests.factories.welcome import GROUNDS, candidature, stages
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def advisor() -> User:
    make_cooperative()
    stages()
    return make_user(RoleKind.ADVISOR)


def page_of(application: Application, name: str = "candidate_file", *more: object) -> str:
    return reverse(f"entrepreneurs:{name}", args=[application.pk, *more])


def test_the_team_fixes_a_time_agreed_by_telephone(advisor: User) -> None:
    application, client = candidature(), client_of(advisor)
    invite_candidate(application, advisor=person_of(advisor), now=timezone.now(), actor=advisor)
    fix = page_of(application, "interview_fix")
    assert fix in client.get(page_of(application)).content.decode()
    day = day_ahead(4)
    typed = {"advisor": advisor.person_id, "starts_at": f"{day}T16:00", "minutes": 45, "mode": "phone"}
    assert client.post(fix, typed | {"starts_at": "2020-01-01T10:00"}).status_code == 422
    closed = close_days(person_of(advisor), starts_on=day, ends_on=day, label="Congés", actor=advisor)
    answer = client.post(fix, typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["starts_at"])
    assert not Meeting.objects.exists()
    closed.delete()
    assert client.post(fix, typed).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.application, meeting.person) == (application, application.person)
    told = OutgoingEmail.objects.filter(cause="entrepreneurs.meeting.booked").values_list("to", flat=True)
    assert set(told) == {application.email, advisor.email}
    application.refresh_from_db()
    assert (application.advisor, application.last_contact_on) == (advisor.person, timezone.localdate())
    with pytest.raises(Refused) as twice:
        fix_interview(
            application,
            advisor=person_of(advisor),
            starts_at=moment(9),
            minutes=45,
            mode="phone",
            now=timezone.now(),
            actor=advisor,
        )
    assert twice.value.code == Code.ALREADY_DONE
    Application.objects.filter(pk=application.pk).update(state="refused")
    with pytest.raises(Refused):
        fix_interview(application, advisor=person_of(advisor), now=timezone.now(), actor=advisor)


def test_nobody_came_and_one_invites_again(advisor: User) -> None:
    application, client = candidature(), client_of(advisor)
    past = timezone.now() - timedelta(days=2)
    fix_interview(
        application,
        advisor=person_of(advisor),
        starts_at=past,
        minutes=45,
        mode="phone",
        now=past - timedelta(days=1),
        actor=advisor,
    )
    meeting = Meeting.objects.get()
    absent = page_of(application, "interview_close", meeting.pk, "absent")
    assert absent in client.get(page_of(application)).content.decode()
    assert client.post(page_of(application, "interview_close", meeting.pk, "x")).status_code == 404
    assert client.post(page_of(candidature(), "interview_close", meeting.pk, "tenu")).status_code == 404
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).post(absent).status_code in (403, 404)
    assert Meeting.objects.get().state == "booked"
    client.post(absent)
    assert Meeting.objects.get().state == "no_show"
    page = client.get(page_of(application))
    assert page.context["next_act"][1] == page_of(application, "candidate_invite")
    client.post(page_of(application, "interview_close", meeting.pk, "tenu"))
    assert Meeting.objects.get().state == "held"
    # Said twice: a sentence, nothing changed.
    client.post(absent)
    assert Meeting.objects.get().state == "held"


def test_the_prescriber_is_told_while_the_person_agrees(advisor: User) -> None:
    """What is ticked becomes a consent; withdrawn, nobody is told any more, whatever was ticked."""
    prescriber = OrganisationFactory.create(email="conseil@prescripteur.example")
    today = timezone.localdate()
    # Half past midnight here: the day before, in universal time.
    tomorrow = today + timedelta(days=1)
    now = timezone.make_aware(datetime.combine(tomorrow, time(0, 30))).astimezone(UTC)
    facts = {"referral": "prescriber", "prescriber": prescriber}
    silent = candidature(**facts)
    agreed, withdrawn = (candidature(**facts, tells_prescriber=True) for _twice in range(2))
    assert not Consent.objects.filter(person=silent.person).exists()
    consent = Consent.objects.get(person=agreed.person)
    assert (consent.purpose, consent.given_on) == (ConsentPurpose.PRESCRIBER, today)
    assert agreed.reference in consent.proof
    assert withdrawn.person is not None
    withdraw_consent(
        withdrawn.person, purpose=ConsentPurpose.PRESCRIBER, on=today, actor=advisor, proof="Son e-mail"
    )
    for application in (silent, agreed, withdrawn):
        decide(application, Verdict.REFUSED, grounds=GROUNDS, now=now, actor=advisor)
    told = OutgoingEmail.objects.filter(cause=PRESCRIBER)
    assert [(mail.to, mail.about_id) for mail in told] == [(prescriber.email, str(agreed.pk))]
    assert f"le {date_format(tomorrow, 'j F Y')}" in told.get().text


def test_a_paper_is_asked_from_the_page_of_the_person(advisor: User) -> None:
    person = make_person()
    ask = reverse("entrepreneurs:paper_ask", args=[person.pk])
    assert ask in client_of(advisor).get(person.get_absolute_url()).content.decode()
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    assert ask not in accountant.get(person.get_absolute_url()).content.decode()
