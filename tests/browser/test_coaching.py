"""An advisor’s morning: from home to a shared report by a few keys; the private part stays so (ENT-53)."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from entrepreneurs.models import Meeting, MeetingReport
from entrepreneurs.services.meetings import arrange_meeting
from tests.browser.house import House
from tests.browser.visitor import DESK, PHONE, Visitor, arrived
from tests.factories.coaching import person_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

MOST_KEYS, MOST_SECONDS = 12, 60
SAID, PRIVATE, ACTION = "Les prix sont revus ensemble.", "Fatigue.", "Refaire la grille"
# The browser itself counts the keys that go down, from page to page; letters of a text are not counted.
COUNT = """addEventListener("keydown", (event) => {
    const letter = event.key.length === 1 && !event.ctrlKey && event.target.matches("input, textarea");
    if (!letter) sessionStorage.pressed = Number(sessionStorage.pressed ?? 0) + 1;
}, true)"""
# Another advisor, who coaches somebody else; every other function; nobody at all.
OTHERS = ("coached", "advisor", "accountant", "human_resources", "co_manager", "admin", "visitor")


def met_today(advisor: Any, user: Any) -> Meeting:
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return arrange_meeting(
        person_of(user),
        advisor=person_of(advisor),
        purpose="follow_up",
        # Just after midnight, five minutes ago was yesterday.
        starts_at=max(now - timedelta(minutes=5), midnight),
        minutes=60,
        mode="place",
        actor=advisor,
        now=now - timedelta(days=2),
    )


def test_from_home_to_a_shared_report(visitor: Visitor) -> None:
    house, page = visitor.house, visitor.page
    meeting = met_today(house.coaching["advisor"], house.coaching["user"])
    page.set_viewport_size(DESK)
    page.add_init_script(COUNT)
    visitor.sign_in("coach")
    page.goto(reverse("portal:home"))
    to_my_day = page.locator(f'[data-key][href="{reverse("entrepreneurs:my_day")}"]').first
    keys, began = str(to_my_day.get_attribute("data-key")).split(), time.monotonic()
    for key in keys:
        page.keyboard.press(key)
    arrived(page, "Ma journée")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile(rf"/compte-rendu/\?rdv={meeting.pk}$"))
    page.wait_for_load_state()
    expect(page.locator("[name=said]")).to_be_focused()
    page.keyboard.type(SAID)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(PRIVATE)
    page.keyboard.press("Tab")
    page.keyboard.type(ACTION)
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/comptes-rendus/\d+/$"))
    page.wait_for_load_state()
    assert time.monotonic() - began < MOST_SECONDS
    assert len(keys) < page.evaluate("Number(sessionStorage.pressed)") <= MOST_KEYS
    report = MeetingReport.objects.latest("pk")
    assert (report.state, report.said, report.meeting) == ("shared", SAID, meeting)
    assert report.private_note.text == PRIVATE
    assert report.actions.get().label == ACTION
    expect(page.locator("main")).to_contain_text(SAID)
    assert PRIVATE not in page.content()
    page.get_by_role("link", name="Lire la note privée").press("Enter")
    expect(page.locator("[name=text]")).to_have_value(PRIVATE)
    hidden_from_the_others(visitor, house, report)


def test_on_a_phone_the_open_tab_is_in_sight(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size(PHONE)
    visitor.sign_in("coach")
    page.goto(reverse("entrepreneurs:coaching_path", args=[visitor.house.coaching["person"].pk]))
    tab = page.locator(".tabs [aria-current=page]")
    expect(tab).to_have_text("Parcours")
    expect(tab).to_be_in_viewport(ratio=1)


def hidden_from_the_others(visitor: Visitor, house: House, report: MeetingReport) -> None:
    """The person reads what is shared; the private part does not exist for whoever does not coach them."""
    page = visitor.page
    shared = reverse("entrepreneurs:report_detail", args=[report.pk])
    private = reverse("entrepreneurs:report_note", args=[report.pk])
    visitor.sign_in("coached")
    read = page.goto(shared)
    assert read is not None
    assert (read.status, PRIVATE in page.content(), private in page.content()) == (200, False, False)
    for who in OTHERS:
        visitor.sign_in(who)
        answer = page.goto(private)
        assert answer is not None
        assert (who, answer.status, PRIVATE in page.content()) == (who, 404, False)
