"""Somebody who walks through the house by the keyboard, in a real browser, and notes every fault."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.factories.people import PASSWORD

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}


class Walker:
    """Somebody who has a keyboard and no mouse, and notes every fault of the pages they read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self._axe = Axe()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        refused_page = message.location["url"] == self.page.url and "status of 4" in message.text
        if message.type == "error" and not refused_page:
            self.faults.append(f"console: {message.text}")

    def press(self, target: Locator) -> None:
        """Reaches a control by the keyboard's way, and presses Enter on it."""
        target.focus()
        expect(target).to_be_focused()
        self.page.keyboard.press("Enter")

    def press_button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name, exact=True).first)

    def press_link(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name, exact=True).first)

    def type(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Types letter by letter in the field of this name, as fingers do."""
        field = self.field(label, within)
        field.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The control of this name, said to be optional or not."""
        said = re.compile(rf"^\s*{re.escape(label)}\s*(\(facultatif\))?\s*$")
        return (within or self.page).get_by_label(said).first

    def judge(self, heading: str) -> None:
        """The page that has this heading passes axe (level AA of WCAG 2.2) and said nothing bad so far."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=30_000)
        found = self._axe.run(self.page, options=RULES).response["violations"]
        self.faults += [
            f"{heading}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]
        ]
        assert self.faults == []

    def sign_in(self, email: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.locator("[name=login]").focus()
        self.page.keyboard.type(email)
        self.page.locator("[name=password]").focus()
        self.page.keyboard.type(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/accueil/")

    def sign_out(self) -> None:
        self.page.context.clear_cookies()
