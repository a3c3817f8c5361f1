"""Somebody at a browser: signs in as whom the test says, and notes what a page should never do."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, expect

from people.models import User
from tests.browser.hearing import is_fault
from tests.browser.house import House

DESK, PHONE = {"width": 1280, "height": 860}, {"width": 320, "height": 700}
ON_A_DESK, ON_A_PHONE = FORMS = ("desk in light", "phone in dark")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
HEAD = """() => ({
    headings: document.querySelectorAll("h1").length,
    language: document.documentElement.lang,
    title: document.title.split("·")[0].trim(),
    wide: document.documentElement.scrollWidth,
    dashes: [...document.querySelectorAll("option")].some((choice) => /^-+$/.test(choice.text)),
})"""
# Pages that ask to prove oneself again believe a session for five minutes, less than a whole walk takes: an
# older one is opened anew, as its owner would sign in again.
FRESH = 120
# Seconds that a busy machine may take; what never comes still fails.
PATIENCE = 30
# A colour on its way from light to dark is not the one to judge.
STILL = """async () => {
    for (let moving; (moving = document.getAnimations()).length > 0;) {
        await Promise.allSettled(moving.map((animation) => animation.finished));
    }
}"""
# What never goes out: what a page carries, and the browser's own parts that draw a PDF inside it.
INSIDE = ("data:", "chrome://", "chrome-extension://")
# Parts that the page asks for once it stands.
LATE = "[hx-trigger=load]"
JUDGED = "async (rules) => (await axe.run(rules)).violations"
# A busy machine answers before the page is laid out anew; one that is really too wide stays so.
WIDE = """async (limit) => {
    const root = document.documentElement;
    for (let frame = 0; frame < 120 && root.scrollWidth > limit; frame++) {
        await new Promise(requestAnimationFrame);
    }
    return root.scrollWidth;
}"""


class Visitor:
    """One browser context and its page."""

    def __init__(self, context: BrowserContext, server: str, house: House) -> None:
        self.context, self.server, self.house = context, server, house
        self.faults: list[str] = []
        self.requests: list[str] = []
        self._keys: dict[str, tuple[str, float]] = {}
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if is_fault(message, self.page.url):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.server, *INSIDE)):
            self.faults.append(f"leaves the house: {request.url}")

    def sign_in(self, who: str) -> None:
        """Becomes the account of this name in the house; « visitor » is nobody."""
        # A page that still loads its parts would ask for them as nobody.
        self.page.goto("about:blank")
        self.context.clear_cookies()
        if who != "visitor":
            key, opened_at = self._keys.get(who, ("", 0.0))
            if not key or time.monotonic() - opened_at > FRESH:
                key = session_of(self.house.users[who])
                self._keys[who] = (key, time.monotonic())
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.server}
            self.context.add_cookies([cookie])

    def look(
        self, url: str, *, expected: int = 200, sent_on: bool = False, judged: Collection[str] = FORMS
    ) -> list[str]:
        """Opens a page and gives every fault seen on it: on a desk in light, then on a phone in dark. Its
        width is looked at in both forms; axe-core, which takes most of the time, in those of `judged`."""
        self.faults = []
        page = self.page
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        answer = page.goto(url)
        assert answer is not None
        if answer.status != expected:
            return [f"answers {answer.status}"]
        self._note(sent_on or urlsplit(page.url).path == urlsplit(url).path, f"sends on to {page.url}")
        head: dict[str, Any] = page.evaluate(HEAD)
        self._note(head["headings"] == 1, f"{head['headings']} headings h1")
        self._note(head["language"] in {"fr", "en"}, f"language « {head['language']} »")
        self._note(bool(head["title"]), "no title")
        self._note(not head["dashes"], "a choice of nothing in dashes")
        self._note(head["wide"] <= DESK["width"], f"{head['wide']} px wide on a desk")
        if ON_A_DESK in judged:
            self.judge(ON_A_DESK)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        page.evaluate(STILL)
        wide = page.evaluate(WIDE, PHONE["width"])
        self._note(wide <= PHONE["width"], f"{wide} px wide on a phone of {PHONE['width']}")
        if ON_A_PHONE in judged:
            self.judge(ON_A_PHONE)
        return self.faults

    def _note(self, right: bool, fault: str) -> None:
        if not right:
            self.faults.append(fault)

    def judge(self, form: str) -> None:
        """axe-core, at level AA of WCAG 2.2."""
        # Read once a page: its half megabyte takes longer than most of what it judges.
        if not self.page.evaluate("() => typeof window.axe?.run === 'function'"):
            self.page.evaluate(AXE_SCRIPT)
        for found in self.page.evaluate(JUDGED, RULES):
            for node in found["nodes"]:
                self.faults.append(f"{form}: {found['id']} {node['target']} {node['html'][:160]}")


def arrived(page: Page, heading: str) -> None:
    """A key alone led to the page of this heading: it is whole, and its scripts listen to the next key."""
    expect(page.locator("h1")).to_have_text(heading)
    page.wait_for_load_state()


def settled(page: Page) -> None:
    """Nothing comes any more that would push down, or take away, what is in hand."""
    page.wait_for_load_state()
    expect(page.locator(LATE)).to_have_count(0)


def becomes(read: Callable[[], str], wanted: str) -> None:
    """Reads a page until it says what is wanted: a click answers before the page it leads to is whole."""
    until, found = time.monotonic() + PATIENCE, ""
    while found != wanted and time.monotonic() < until:
        # What was found may belong to the page that is being left.
        with contextlib.suppress(Error):
            found = read()
        time.sleep(0.05)
    assert found == wanted


def session_of(user: User) -> str:
    """The key of an open session, as the sign-in page leaves one."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    request = HttpRequest()
    request.session = session
    record_authentication(request, user, method="password", reauthenticated=True)
    session.save()
    return str(session.session_key)
