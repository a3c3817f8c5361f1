"""The pages of coaching answer each side of the table, and nobody else (screen 9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from entrepreneurs.models import Meeting, MeetingReport
from entrepreneurs.services.absences import Days
from entrepreneurs.services.meetings import book_meeting
from people.models import User
from people.states import RoleKind
from tests.factories.coaching import (
    make_advisor,
    make_coached,
    make_meeting,
    make_report,
    make_slots,
    person_of,
    slots_of,
    working_day_ahead,
)
from tests.factories.desk import make_absence
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_admin, make_user
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
