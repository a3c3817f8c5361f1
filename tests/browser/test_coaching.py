"""An advisor’s morning: from home to a shared report by a few keys (ENT-53, interface §12)."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from entrepreneurs.models import MeetingReport
from entrepreneurs.services.meetings import arrange_meeting
from tests.browser.visitor import DESK, Visitor
from tests.factories.coaching import person_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

MOST_KEYS, MOST_SECONDS = 12, 60
SAID, PRIVATE, ACTION = "Les prix sont revus ensemble.", "Fatigue.", "Refaire la grille"


class Hands:
    """Presses keys and counts them; a text typed is not counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.count += len(key.split("+"))
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


def met_today(advisor: Any, user: Any) -> None:
    now = timezone.now()
    arrange_meeting(
        person_of(user),
        advisor=person_of(advisor),
        purpose="follow_up",
        starts_at=now - timedelta(minutes=5),
        minutes=60,
        mode="place",
        actor=advisor,
        now=now - timedelta(days=2),
    )


def test_from_home_to_a_shared_report(visitor: Visitor) -> None:
    house, page = visitor.house, visitor.page
    met_today(house.coaching["advisor"], house.coaching["user"])
    page.set_viewport_size(DESK)
    visitor.sign_in("coach")
    page.goto(reverse("portal:home"))
    key = page.locator(f'[data-key][href="{reverse("entrepreneurs:my_day")}"]').first.get_attribute(
        "data-key"
    )
    assert key
    hands, began = Hands(page), time.monotonic()
    hands.press(*key.split())
    page.wait_for_url(f"**{reverse('entrepreneurs:my_day')}")
    hands.press("r")
    page.wait_for_url("**/compte-rendu/?rdv=*")
    page.wait_for_function("document.activeElement.name === 'said'")
    hands.type(SAID)
    hands.press("Tab", "Tab")
    hands.type(PRIVATE)
    hands.press("Tab")
    hands.type(ACTION)
    hands.press("Control+Enter")
    page.wait_for_url("**/comptes-rendus/*/")
    assert hands.count <= MOST_KEYS
    assert time.monotonic() - began < MOST_SECONDS
    report = MeetingReport.objects.latest("pk")
    assert (report.state, report.said) == ("shared", SAID)
    assert report.private_note.text == PRIVATE
    assert report.actions.get().label == ACTION
    assert PRIVATE not in page.content()
    visitor.sign_in("coached")
    assert page.goto(reverse("entrepreneurs:report_detail", args=[report.pk])).status == 200
    assert PRIVATE not in page.content()
    assert page.goto(reverse("entrepreneurs:report_note", args=[report.pk])).status == 404
