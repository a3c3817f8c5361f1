"""Somebody who walks through the house by the keyboard, in a real browser, and notes every fault."""

from __future__ import annotations

import re
import time
from datetime import date

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.browser.hearing import is_fault
from tests.factories.people import PASSWORD

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}

# Seconds before a control that takes no focus is a fault of its page.
PATIENCE = 20


class Walker:
    """Somebody who has a keyboard and no mouse, and notes every fault of the pages they read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        # What the hands did: controls reached, keys pressed on them, letters typed.
        self.gestures, self.letters = 0, 0
        # A long story leaves to others the pages that they judge already.
        self.judges = True
        self._axe = Axe()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if is_fault(message, self.page.url):
            self.faults.append(f"console: {message.text}")

    def reach(self, target: Locator) -> None:
        """Goes to a control by the keyboard's way. A page that is being left, or not drawn yet, keeps no
        focus: hands begin again once they see the next one, whole and with its scripts."""
        until, reached = time.monotonic() + PATIENCE, False
        while not reached:
            self.page.wait_for_load_state()
            target.focus()
            try:
                expect(target).to_be_focused(timeout=1000)
                reached = True
            except AssertionError:
                if time.monotonic() > until:
                    raise
        self.gestures += 1

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Reaches a control, and presses Enter on it, or another key; waits for the page this leads to, which
        a key of the keyboard alone does not: the next words would be looked for on the page before."""
        self.reach(target)
        target.press(key)

    def press_button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name, exact=True).first)

    def press_link(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name, exact=True).first)

    def type(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Types letter by letter in the field of this name, as fingers do."""
        self.reach(self.field(label, within))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.letters += len(text)

    def choose(self, label: str, text: str) -> None:
        """Comes to a choice of a list by its first letters. A list takes for a new word what comes a second
        after the last letter, as on a busy machine: fingers wait, and begin again."""
        field, until = self.field(label), time.monotonic() + PATIENCE
        chosen = field.locator("option:checked")
        self.type(label, text)
        while text not in chosen.inner_text() and time.monotonic() < until:
            self.page.wait_for_timeout(1500)
            field.focus()
            self.page.keyboard.type(text)
        expect(chosen).to_contain_text(text)

    def date(self, label: str, day: date) -> None:
        """Types a day: the order of its boxes is that of the machine, so they are filled together."""
        self.reach(self.field(label))
        self.field(label).fill(day.isoformat())
        self.letters += len("jjmmaaaa")

    def tick(self, label: str) -> None:
        self.press(self.field(label), "Space")

    def unfold(self, heading: str) -> None:
        """Opens a part of the page that stands folded."""
        self.press(self.page.locator("summary").filter(has_text=heading).first)

    def bring(self, label: str, name: str, content: bytes) -> None:
        """Chooses a file of the machine, in the window that the field opens."""
        with self.page.expect_file_chooser() as choosing:
            self.press(self.field(label), "Space")
        choosing.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The control of this name, said to be optional or not."""
        said = re.compile(rf"^\s*{re.escape(label)}\s*(\(facultatif\))?\s*$")
        return (within or self.page).get_by_label(said).first

    def judge(self, heading: str) -> None:
        """The page that has this heading passes axe (level AA of WCAG 2.2), if this walker judges pages, and
        said nothing bad so far. It is whole: what is read next is not the half that has come."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=30_000)
        self.page.wait_for_load_state()
        if not self.judges:
            assert self.faults == [], self.faults
            return
        found = self._axe.run(self.page, options=RULES).response["violations"]
        self.faults += [
            f"{heading}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]
        ]
        assert self.faults == [], self.faults

    def sign_in(self, email: str) -> None:
        self.page.goto("/accounts/login/")
        for name, text in (("login", email), ("password", PASSWORD)):
            self.reach(self.page.locator(f"[name={name}]"))
            self.page.keyboard.type(text)
            self.letters += len(text)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/accueil/")

    def sign_out(self) -> None:
        # A page that asks again by itself, or still loads its parts, would ask for them as nobody.
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
