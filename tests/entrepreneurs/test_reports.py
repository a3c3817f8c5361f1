"""Reports: frozen once shared, corrected by an addendum; the private part is nobody else’s (ENT-53)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice
from cae.core.threads import messages_of, post_message
from entrepreneurs.models import Meeting, MeetingReport, PlanAction, PrivateNote
from entrepreneurs.services.referents import end_referent
from entrepreneurs.services.reports import (
    NewAction,
    add_to_report,
    discard_report,
    rewrite_report,
    share_report,
    write_private_note,
    write_report,
)
from entrepreneurs.services.support import open_funded_action
from entrepreneurs.states.meetings import MeetingState
from people.models import User
from people.services.roles import end_role
from people.states import RoleKind
from tests.factories.coaching import (
    coach,
    content,
    day_ahead,
    make_advisor,
    make_coached,
    make_past_meeting,
    make_report,
    moment,
    person_of,
)
from tests.factories.people import OrganisationFactory, make_admin, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def write(user: User, advisor: User, **facts: Any) -> MeetingReport:
    known: dict[str, Any] = {"content": content(), "form_key": uuid4(), "on": timezone.localdate()}
    return write_report(person_of(user), author=person_of(advisor), actor=advisor, **known | facts)


def test_a_report_makes_actions_and_holds_its_meeting() -> None:
    user, advisor = make_coached()
    meeting = make_past_meeting(user, advisor)
    actions = [NewAction("Appeler la banque", day_ahead(7)), NewAction("Envoyer le modèle", None, True)]
    report = write(user, advisor, content=content(actions=actions), meeting=meeting)
    shared = share_report(report, actor=advisor, now=timezone.now(), next_at=moment(20))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert shared.next_meeting is not None
    assert shared.next_meeting.minutes == 45
    owners = dict(PlanAction.objects.values_list("label", "owner"))
    assert owners == {"Appeler la banque": user.person_id, "Envoyer le modèle": advisor.person_id}
    assert Notice.objects.filter(user=user, kind="entrepreneurs.report").count() == 1


def test_the_same_form_twice_is_one_report() -> None:
    user, advisor = make_coached()
    key = uuid4()
    assert write(user, advisor, form_key=key) == write(user, advisor, form_key=key)
    assert PrivateNote.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"said": " "}, "said"),
        ({"said": "x" * 6001}, "said"),
        ({"decisions": "x" * 6001}, "decisions"),
        ({"private": "x" * 6001}, "private"),
        ({"minutes": 0}, "minutes"),
        ({"mode": "pigeon"}, "mode"),
        ({"met_on": day_ahead(1)}, "met_on"),
    ],
)
def test_what_no_report_says_is_refused_whole(change: dict[str, Any], field: str) -> None:
    user, advisor = make_coached()
    with pytest.raises(Refused) as refusal:
        write(user, advisor, content=content(actions=[NewAction("Appeler")], **change))
    assert refusal.value.field == field
    assert not (MeetingReport.objects.exists())
    assert not (PrivateNote.objects.exists())
    assert not (PlanAction.objects.exists())


def test_a_meeting_is_reported_once_by_who_had_it() -> None:
    user, advisor = make_coached()
    meeting = make_past_meeting(user, advisor)
    write(user, advisor, meeting=meeting)
    with pytest.raises(Refused) as refusal:
        write(user, advisor, meeting=meeting)
    assert refusal.value.code == Code.ALREADY_DONE
    other, _advisor = make_coached(advisor)
    with pytest.raises(Refused) as refusal:
        write(other, advisor, meeting=meeting)
    assert refusal.value.code == Code.NOT_ALLOWED


def test_a_shared_report_never_changes() -> None:
    user, advisor = make_coached()
    report = make_report(user, advisor)
    today = timezone.localdate()
    with pytest.raises(Refused) as refusal:
        rewrite_report(report, content=content(said="Autre"), actor=advisor, on=today)
    assert refusal.value.code == Code.ALREADY_DONE
    with pytest.raises(IllegalMove):
        share_report(report, actor=advisor, now=timezone.now())
    with pytest.raises(Refused):
        discard_report(report, actor=advisor)
    with pytest.raises(ProgrammingError), transaction.atomic():
        MeetingReport.objects.filter(pk=report.pk).update(said="Autre")
    add_to_report(report, text="Le prix est de 40 €.", author=person_of(advisor), actor=advisor)
    report.refresh_from_db()
    assert report.said == "Les prix sont revus."
    assert report.addenda.get().text == "Le prix est de 40 €."


def test_a_draft_is_its_author_s_alone_and_may_be_given_up() -> None:
    user, advisor = make_coached()
    draft = make_report(user, advisor, shared=False)
    page = reverse("entrepreneurs:report_detail", args=[draft.pk])
    assert client_of(user).get(page).status_code == 404
    assert client_of(make_user(RoleKind.CO_MANAGER)).get(page).status_code == 404
    with pytest.raises(Refused):
        add_to_report(draft, text="x", author=person_of(advisor), actor=advisor)
    rewrite_report(draft, content=content(private=""), actor=advisor, on=timezone.localdate())
    assert not PrivateNote.objects.exists()
    discard_report(draft, actor=advisor)
    assert not MeetingReport.objects.exists()


def test_a_next_meeting_that_cannot_be_shares_nothing() -> None:
    user, advisor = make_coached()
    draft = make_report(user, advisor, shared=False)
    with pytest.raises(Refused) as refusal:
        share_report(draft, actor=advisor, now=timezone.now(), next_at=moment(-2))
    assert refusal.value.field == "next_at"
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not Meeting.objects.exists()


def test_the_person_answers() -> None:
    user, advisor = make_coached()
    report = make_report(user, advisor)
    post_message(report, text="Merci, c’est clair.", actor=user)
    assert [message.text for message in messages_of(report, advisor)] == ["Merci, c’est clair."]
    assert Notice.objects.filter(user=advisor, kind="core.message").exists()


def test_hours_beyond_what_is_paid_are_refused() -> None:
    user, advisor = make_coached()
    today = timezone.localdate()
    action = open_funded_action(
        name="FSE+",
        funder=OrganisationFactory.create(),
        reference="",
        starts_on=today - timedelta(days=30),
        ends_on=today,
        hours=Decimal(3),
        hours_each=Decimal(1),
        places=1,
        actor=None,
    )
    write(user, advisor, content=content(funded_by=action))
    with pytest.raises(Refused) as refusal:
        write(user, advisor, content=content(funded_by=action))
    assert refusal.value.field == "funded_by"
    other, _advisor = make_coached(advisor)
    with pytest.raises(Refused):
        write(other, advisor, content=content(funded_by=action, minutes=5))
    with pytest.raises(Refused):
        write(user, advisor, content=content(funded_by=action, minutes=200))
    before = content(funded_by=action, met_on=today - timedelta(days=60), minutes=5)
    with pytest.raises(Refused):
        write(user, advisor, content=before)
    assert MeetingReport.objects.count() == 1


class TestPrivatePart:
    def status(self, user: User, report: MeetingReport) -> int:
        return client_of(user).get(reverse("entrepreneurs:report_note", args=[report.pk])).status_code

    def test_to_its_author_and_to_the_coach_of_the_day(self) -> None:
        user, advisor = make_coached()
        report = make_report(user, advisor)
        successor = make_advisor()
        assert self.status(advisor, report) == 200
        assert self.status(successor, report) == 404
        coach(user, successor, on=timezone.localdate())
        assert self.status(successor, report) == 200

    @pytest.mark.parametrize("kind", [kind for kind in RoleKind.values if kind != RoleKind.ADVISOR])
    def test_to_no_other_role(self, kind: str) -> None:
        user, advisor = make_coached()
        assert self.status(make_user(kind), make_report(user, advisor)) == 404

    def test_not_to_the_person_nor_to_an_advisor_of_everybody(self) -> None:
        user, advisor = make_coached()
        report = make_report(user, advisor)
        assert self.status(user, report) == 404
        everywhere = make_user(RoleKind.ADVISOR)
        page = reverse("entrepreneurs:report_detail", args=[report.pk])
        assert client_of(everywhere).get(page).status_code == 200
        assert self.status(everywhere, report) == 404

    def test_no_longer_to_an_author_who_left_the_function(self) -> None:
        user, advisor = make_coached()
        report = make_report(user, advisor)
        yesterday = timezone.localdate() - timedelta(days=1)
        end_referent(person_of(user).referents.get(), last_day=yesterday, actor=None)
        assert self.status(advisor, report) == 404
        role = person_of(advisor).roles.get()
        end_role(role, last_day=yesterday, reason="départ", actor=make_admin(), now=timezone.now())
        assert self.status(advisor, report) == 404

    def test_the_journal_does_not_repeat_it(self) -> None:
        user, advisor = make_coached()
        report = make_report(user, advisor)
        write_private_note(report, text="Secret", author=person_of(advisor), actor=advisor)
        assert PrivateNote.objects.get().text == "Secret"
        assert not AuditEntry.objects.filter(detail__icontains="Secret").exists()
        write_private_note(report, text="", author=person_of(advisor), actor=advisor)
        assert not PrivateNote.objects.exists()
