"""The pages of coaching answer each side of the table, and nobody else (screen 9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from entrepreneurs.models import Meeting, MeetingReport
from entrepreneurs.selectors.coaching_gathered import coaching_panel
from entrepreneurs.services.absences import Days
from entrepreneurs.services.meetings import arrange_meeting, book_meeting, cancel_meeting
from entrepreneurs.services.support import open_funded_action
from entrepreneurs.states.meetings import MeetingPurpose
from people.models import User
from people.states import RoleKind
from tests.factories.coaching import (
    make_advisor,
    make_coached,
    make_meeting,
    make_past_meeting,
    make_report,
    make_slots,
    moment,
    person_of,
    slots_of,
    working_day_ahead,
)
from tests.factories.desk import make_absence
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_admin, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TABS = ("coaching_file", "coaching_plan", "coaching_project", "coaching_figures", "coaching_path")


def get(user: User, name: str, *args: Any) -> Any:
    return client_of(user).get(reverse(f"entrepreneurs:{name}", args=args))


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_for_both_sides_and_for_nobody_else(tab: str) -> None:
    make_cooperative()
    user, advisor = make_coached()
    make_activity(user)
    make_meeting(user, advisor)
    make_report(user, advisor)
    pk = user.person_id
    assert get(user, tab, pk).status_code == 200
    assert get(advisor, tab, pk).status_code == 200
    for stranger in (make_advisor(), make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ACCOUNTANT)):
        assert get(stranger, tab, pk).status_code == 404


def test_who_is_named_to_a_person_opens_their_page() -> None:
    user, advisor = make_coached()
    page = reverse("people:person_detail", args=[user.person_id])
    assert client_of(advisor).get(page).status_code == 200
    assert client_of(make_advisor()).get(page).status_code == 404


def test_a_person_reads_the_report_and_not_a_word_of_the_note() -> None:
    user, advisor = make_coached()
    report = make_report(user, advisor)
    page = get(user, "report_detail", report.pk).content.decode()
    assert "Les prix sont revus." in page
    assert "Fatigue" not in page
    assert "note" not in [link.split("/")[-2] for link in page.split('href="') if "comptes-rendus" in link]


def test_a_slot_is_booked_from_the_page_once() -> None:
    user, advisor = make_coached()
    make_slots(advisor)
    slot = slots_of(advisor)[0]
    address = reverse("entrepreneurs:meeting_book", args=[user.person_id])
    assert "09:00" in client_of(user).get(address).content.decode()
    sent = {"advisor": slot.advisor_id, "starts_at": slot.starts_at.isoformat(), "mode": "place"}
    assert client_of(user).post(address, sent).status_code == 302
    again = client_of(user).post(address, sent)
    assert again.status_code == 422
    assert "vient d’être pris" in again.content.decode()
    assert Meeting.objects.count() == 1


def test_a_report_is_shared_in_one_form() -> None:
    user, advisor = make_coached()
    address = reverse("entrepreneurs:report_new", args=[user.person_id])
    form = client_of(advisor).get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"said": "Bilan du mois."}
    sent = {name: value for name, value in sent.items() if value not in ("", False, [])}
    answer = client_of(advisor).post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    client_of(advisor).post(address, sent)
    report = MeetingReport.objects.get()
    assert (report.state, report.said) == ("shared", "Bilan du mois.")


def test_slots_are_shown_in_one_way_to_meet_at_a_time() -> None:
    """What the range offers first; another way on request; what nobody offers changes nothing."""
    user, advisor = make_coached()
    make_slots(advisor, by_phone=True)
    address = reverse("entrepreneurs:meeting_book", args=[user.person_id])
    for asked, mode in ((None, "place"), ("phone", "phone"), ("video", "place")):
        page = client_of(user).get(address, {"maniere": asked} if asked else {})
        assert page.context["mode"] == mode
        assert [name for name, _word in page.context["modes"]] == ["place", "phone"]
        assert page.content.decode().count('name="mode"') == len(slots_of(advisor))
        assert ("Bordeaux" in page.content.decode()) == (mode == "place")


def test_the_day_leads_each_meeting_to_its_report() -> None:
    user, advisor = make_coached()
    bare, begun, told = (make_past_meeting(user, advisor, days=days) for days in (3, 2, 1))
    draft = make_report(user, advisor, shared=False)
    shared = make_report(user, advisor)
    MeetingReport.objects.filter(pk=draft.pk).update(meeting=begun)
    page = get(advisor, "my_day")
    text = page.content.decode()
    assert f"?rdv={bare.pk}" in text
    assert f"?rdv={told.pk}" in text
    assert f"?rdv={begun.pk}" not in text
    assert text.count(reverse("entrepreneurs:report_edit", args=[draft.pk])) == 1
    assert shared.get_absolute_url() not in text
    assert not page.context["day"].drafts


def test_the_file_says_what_nobody_wrote_and_keeps_what_comes_apart() -> None:
    user, advisor = make_coached()
    make_past_meeting(user, advisor)
    coming = make_meeting(user, advisor)
    page = get(advisor, "coaching_file", user.person_id)
    assert [event["detail"] for event in page.context["events"]] == ["Compte rendu à venir · Sur place"]
    assert list(page.context["coming"]) == [coming]
    panel = coaching_panel(advisor, user.person, timezone.localdate())
    assert panel is not None
    assert [str(row.status[2]) for row in panel.rows if row.status] == ["Prévu", "Compte rendu à venir"]
    lead = get(advisor, "coaching_plan", user.person_id).context["lead"]
    assert "prochain rendez-vous le" in lead


def test_only_shared_reports_count_for_a_funder() -> None:
    user, advisor = make_coached()
    today = timezone.localdate()
    action = open_funded_action(
        name="Appui",
        funder=OrganisationFactory.create(name="Département"),
        reference="",
        starts_on=today,
        ends_on=today,
        hours=Decimal(40),
        hours_each=None,
        places=None,
        actor=None,
    )
    make_report(user, advisor, funded_by=action, minutes=90)
    make_report(user, advisor, funded_by=action, minutes=60, shared=False)
    page = get(make_user(RoleKind.ACCOUNTANT), "funded_sessions", action.pk).content.decode()
    assert "Département" in page
    assert "1,5 heures comptées sur 40" in page
    assert reverse("entrepreneurs:funded_list") in page


def test_an_advisor_reads_their_own_load() -> None:
    _user, advisor = make_coached()
    make_coached(advisor)
    make_coached()
    assert "2 personnes vous sont confiées" in get(advisor, "portfolio").content.decode()
    assert "confiée" not in get(make_user(RoleKind.HUMAN_RESOURCES), "portfolio").context["list"].intro


def test_a_private_note_is_unknown_to_strangers() -> None:
    user, advisor = make_coached()
    address = reverse("entrepreneurs:report_note", args=[make_report(user, advisor).pk])
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    "name", ["my_day", "portfolio", "slot_list", "report_of", "slot_offer", "days_close"]
)
def test_the_pages_of_an_advisor(name: str) -> None:
    user, advisor = make_coached()
    make_report(user, advisor)
    assert get(advisor, name).status_code == 200
    assert get(user, name).status_code == 403


@pytest.mark.parametrize("name", ["team_load", "portfolio"])
def test_the_pages_of_who_balances(name: str) -> None:
    make_coached()
    assert get(make_user(RoleKind.HUMAN_RESOURCES), name).status_code == 200
    assert get(make_admin(), name).status_code == 403


@pytest.mark.parametrize("name", ["support_offer", "funded_open"])
def test_the_catalogue_is_changed_by_few(name: str) -> None:
    _user, advisor = make_coached()
    assert get(make_admin(), name).status_code == 200
    assert get(advisor, name).status_code == 403


def test_the_portfolio_costs_the_same_for_one_and_for_many(django_assert_max_num_queries: Any) -> None:
    _user, advisor = make_coached()
    client = client_of(advisor)
    address = reverse("entrepreneurs:portfolio")
    client.get(address)
    for _rank in range(12):
        make_coached(advisor)
    with django_assert_max_num_queries(20):
        page = client.get(address).content.decode()
    assert page.count("/accompagnement/") >= 13
    assert person_of(advisor).full_name in page


def test_leave_of_an_advisor_shows_where_it_counts() -> None:
    """The form that arranges a meeting says it at its moment; the absence and the slots show each other."""
    user, advisor = make_coached()
    day = working_day_ahead(3)
    make_slots(advisor, day=day)
    meeting = book_meeting(person=person_of(user), slot=slots_of(advisor)[0], purpose="follow_up", actor=user)
    leave = make_absence(advisor, days=Days(day, day))
    facts = {"purpose": "follow_up", "minutes": 45, "mode": "phone", "starts_at": f"{day:%Y-%m-%d}T16:00"}
    address = reverse("entrepreneurs:meeting_arrange", args=[user.person_id])
    answer = client_of(advisor).post(address, facts)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["starts_at"]
    assert Meeting.objects.get() == meeting
    page = get(advisor, "slot_list")
    assert leave in page.context["leaves"]
    page = get(advisor, "absence_detail", leave.pk)
    assert list(page.context["meetings"]) == [meeting]


def test_nobody_is_led_to_a_video_meeting_that_is_cancelled() -> None:
    user, advisor = make_coached()
    meeting = arrange_meeting(
        person_of(user),
        advisor=person_of(advisor),
        purpose=MeetingPurpose.FOLLOW_UP,
        starts_at=moment(3),
        minutes=60,
        mode="video",
        link="https://visio.example/salle",
        actor=advisor,
    )
    page, led = (
        reverse("entrepreneurs:meeting_detail", args=[meeting.pk]),
        'href="https://visio.example/salle"',
    )
    assert led in client_of(user).get(page).content.decode()
    cancel_meeting(meeting, reason="Grève", actor=advisor)
    assert led not in client_of(user).get(page).content.decode()
