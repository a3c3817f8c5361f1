"""An English-speaking colleague writes, a French person reads: each reads the house in their language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from cae.core.calendars import feed_text
from cae.core.models import AuditEntry, Notice
from entrepreneurs.services.exits import close_exit
from entrepreneurs.services.taking_effect import set_dates
from people.models import Deadline, StatusPeriod, User
from people.services.deadline_notices import tell_due_deadlines
from people.services.statuses import open_status
from people.states import RoleKind
from people.states.deadlines import DeadlineKind
from tests.factories.coaching import person_of
from tests.factories.contracts import make_draft
from tests.factories.desk import make_deadline, make_exit
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def hr() -> User:
    officer = make_user(RoleKind.HUMAN_RESOURCES, first_name="Rose", last_name="Humaine")
    User.objects.filter(pk=officer.pk).update(language="en")
    officer.refresh_from_db()
    return officer


@pytest.fixture
def claire() -> User:
    return make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Dupont")


@time_machine.travel("2026-03-02T09:00:00+00:00", tick=False)
def test_a_date_is_read_in_the_language_of_each(hr: User, claire: User, demonstration: None) -> None:
    person = person_of(claire)
    with override("en"):
        draft = make_draft(person, kind="cesa", starts_on=date(2026, 1, 1), last=date(2026, 3, 9))
        set_dates(draft, on=TODAY, actor=hr)
        # Typed by somebody, though the catalogue knows these words.
        make_deadline(person, TODAY + timedelta(days=7), kind=DeadlineKind.QUALIFICATION, label="Assurance")
        tell_due_deadlines(on=TODAY)
    french, english = "Fin de contrat, CESA", "End of contract, CESA"
    for url in ("/mes-dates/", "/"):
        page = client_of(claire).get(url, follow=True).content.decode()
        assert french in page
        assert english not in page
    page = client_of(hr).get("/echeances/").content.decode()
    assert english in page
    assert french not in page
    assert "Assurance" in page
    told = {
        user: list(Notice.objects.filter(user=user, kind="people.deadline").values_list("subject", flat=True))
        for user in (claire, hr)
    }
    assert f"{french} : dernier jour le 09/03/2026" in told[claire]
    assert any(line.startswith(f"Claire Dupont · {english}") for line in told[hr])
    with override("fr"):
        assert (
            f"SUMMARY:{french.replace(',', chr(92) + ',')}" in feed_text(claire, now=timezone.now()).decode()
        )
    with override("en"):
        assert "End of contract" in feed_text(hr, now=timezone.now()).decode()
    end = Deadline.objects.get(kind=DeadlineKind.CONTRACT_END)
    assert end.house_label == french
    assert AuditEntry.objects.get(verb="people.deadline.set", about_id=str(end.pk)).about_label == french


@time_machine.travel("2026-03-02T09:00:00+00:00", tick=False)
def test_the_list_of_dates_is_searched_in_the_language_of_the_page(
    hr: User, claire: User, demonstration: None
) -> None:
    make_deadline(person_of(claire), TODAY, kind=DeadlineKind.TRIAL_END)
    client = client_of(hr)
    for words, is_found in (("End of the trial", True), ("trial dupont", True), ("trial Martin", False)):
        page = client.get("/echeances/", {"q": words}).content.decode()
        assert ("Claire Dupont" in page) is is_found, words


def test_the_reasons_that_the_house_writes_are_kept_in_french_and_read_in_each_language(
    hr: User, claire: User, demonstration: None
) -> None:
    person = person_of(claire)
    with override("en"):
        open_status(person, kind="candidate", starts_on=date(2026, 1, 5), reason="Typed", actor=hr)
        open_status(person, kind="project_holder", starts_on=TODAY, reason="Typed", actor=hr)
    candidacy = StatusPeriod.objects.get(kind="candidate")
    assert candidacy.change_reason == "Suivi du statut · Porteur·se de projet"
    with override("en"), time_machine.travel("2026-03-02T09:00:00+00:00", tick=False):
        row = make_exit(person, hr)
        close_exit(row, confirmed=True, actor=hr, at=timezone.now())
    ended = StatusPeriod.objects.get(kind="project_holder")
    assert ended.change_reason == "Sortie de la coopérative"
    page = client_of(hr).get(person.get_absolute_url()).content.decode()
    assert "· Project holder" in page
    assert "Leaving the cooperative" in page
