"""A scrutineer of a secret ballot in a browser of their own, who keeps a key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from people.models import User
from tests.stories.walking import Walker


class Keeper:
    """A scrutineer in a browser of their own, by the keyboard, with a folder where files are kept."""

    def __init__(self, browser: Browser, options: dict[str, Any], folder: Path) -> None:
        self.page = browser.new_page(**options)
        self.page.set_default_timeout(30_000)
        # The window of the browser that prints is not part of the page.
        self.page.add_init_script("window.print = () => { window.printed = true; };")
        self.walker, self.folder = Walker(self.page), folder
        self.file = folder / "none"

    def come(self, user: User, address: str) -> None:
        self.walker.sign_in(user.email)
        self.page.goto(address)

    def part(self, step: str) -> Locator:
        return self.page.locator(f"[data-step={step}]")

    def sees(self, step: str) -> None:
        """This step alone is shown, its page passes axe."""
        expect(self.part(step)).to_be_visible(timeout=60_000)
        expect(self.page.locator("[data-step]:visible")).to_have_count(1)
        self.walker.judge("Ma clé")

    def press(self, step: str, act: str = "send") -> None:
        self.walker.press(self.part(step).locator(f"[data-act={act}]"))

    def make_key(self) -> str:
        """Draws a key, whose file is saved; gives what the sheet says."""
        with self.page.expect_download() as downloading:
            self.press("certificate", "make")
        self.file = self.folder / downloading.value.suggested_filename
        downloading.value.save_as(self.file)
        return self.page.locator("[data-seed]").inner_text()

    def give(self, step: str, file: Path) -> None:
        self.page.get_by_label("Le fichier de ma clé").set_input_files(file)
        self.press(step)

    def refused(self, sentence: str) -> None:
        expect(self.page.locator("#key-error")).to_have_text(sentence)

    def asks(self, address: str, **sent: str) -> tuple[int, str]:
        """What the server answers to a message that no button of the page sends now."""
        cookies = {one["name"]: one["value"] for one in self.page.context.cookies()}
        headers = {"X-CSRFToken": cookies["csrftoken"]}
        answer = self.page.request.post(address, data=sent, headers=headers)
        return answer.status, answer.json()["message"]
