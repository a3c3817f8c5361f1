"""Where the stories of the path happen: a house, who works there, a clock that moves, what each page is read
for."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cae.core.models import OutgoingEmail
from cae.core.settings import set_setting
from entrepreneurs.services.entering import FIRST_AGREEMENT
from entrepreneurs.services.signing import AGREEMENT
from people.models import Person, User
from people.selectors import held_kinds
from people.selectors.statuses import statuses_on
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.applications import make_charter
from tests.factories.coaching import make_slots
from tests.factories.entrepreneurs import make_trade
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_territory, make_user
from tests.factories.welcome import criteria, insurer, stages
from tests.stories import applying
from tests.stories.walking import Walker

PARIS = ZoneInfo("Europe/Paris")
FRIDAY = 4


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), PARIS)


class Story:
    """Who walks, among whom, and on which day."""

    def __init__(self, walker: Walker, clock: Any, *, since: date) -> None:
        self.walker, self.page, self.clock = walker, walker.page, clock
        self.on(since)
        walker.judges = False
        make_cooperative()
        books.scale("0.1000")
        make_charter("Nous travaillons chacun de notre métier.\n\nNous décidons ensemble.")
        make_territory("Diois")
        make_trade("Céramique")
        stages()
        criteria()
        insurer()
        # This house makes no agreement before the CAPE.
        set_setting(FIRST_AGREEMENT, value="0", valid_from=since, actor=None, reason="Le CAPE d’abord")
        self.advisor = make_user(RoleKind.ADVISOR, first_name="Hélène", last_name="Blanc")
        self.hr = make_user(RoleKind.HUMAN_RESOURCES, first_name="Ousmane", last_name="Diallo")
        self.manager = make_user(RoleKind.CO_MANAGER, first_name="Marthe", last_name="Ségur")
        make_slots(
            self.advisor,
            day=since,
            weekday=FRIDAY,
            opens_at=time(9),
            closes_at=time(12),
            place="Die, 2 rue du Pont",
        )

    def on(self, day: date, hour: int = 10) -> None:
        self.clock.move_to(at(day, hour))

    def be(self, user: User) -> None:
        """Somebody who signed in already: signing in is walked by other stories."""
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        self.walker.sign_out()
        held = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies(
            [{"name": held.key, "value": held.value, "domain": "localhost", "path": "/"}]
        )

    def go(self, name: str, *args: Any) -> None:
        self.page.goto(reverse(name, args=args))

    def says(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def paste(self, label: str, words: str) -> None:
        """A long text, brought at once from elsewhere."""
        self.walker.reach(self.walker.field(label))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def choice(self, group: str, label: str) -> None:
        """One of the radios of a question."""
        self.walker.press(
            self.page.get_by_role("group", name=re.compile(f"^{re.escape(group)}")).get_by_label(
                label, exact=True
            ),
            "Space",
        )

    def mail_to(self, address: str) -> str:
        return OutgoingEmail.objects.filter(to=address).latest("pk").text

    def found(self, pattern: str) -> str:
        """What the last mail of the candidate holds."""
        seen = re.search(pattern, self.mail_to(applying.CANDIDATE))
        assert seen, self.mail_to(applying.CANDIDATE)
        return seen[0]

    def holds(self, status: str, role: str) -> None:
        """Of the path, this status alone today, and of the roles that go with it, this one."""
        today = timezone.localdate()
        assert set(statuses_on(self.nina, today).values_list("kind", flat=True)) == {status}
        assert held_kinds(self.account) & {RoleKind.PROJECT_HOLDER, RoleKind.ENTREPRENEUR} == {role}

    def preview(self) -> None:
        """The draft as a PDF, before anybody signs it."""
        address = self.page.get_by_role("link", name="Aperçu").get_attribute("href")
        answer = self.page.request.get(str(address))
        assert answer.ok
        assert answer.body().startswith(b"%PDF")

    def hand_over(self) -> None:
        self.walker.press_button("Mettre à la signature")
        self.says("mis à la signature")

    def sign(self, title: str) -> None:
        """The person, then the cooperative, each from their first page, with the code of a mail."""
        for user in (self.account, self.manager):
            self.be(user)
            self.go("portal:home")
            self.walker.press(
                self.page.get_by_role("link", name=re.compile(f"^Lire et signer : {title}")).first
            )
            self.walker.judge(title)
            self.walker.press_button("Recevoir un code par e-mail")
            self.says("Un code vient de partir par e-mail")
            code = re.search(r"\b\d{6}\b", self.mail_to(user.email))
            assert code
            self.walker.type("Code reçu par e-mail", code[0])
            self.walker.type("Tapez votre nom, qui vaut signature", user.get_full_name())
            self.walker.tick(str(AGREEMENT))
            self.walker.press_button("Signer")
            self.says(title)

    @property
    def nina(self) -> Person:
        return Person.objects.get(email=applying.CANDIDATE)

    @property
    def account(self) -> User:
        return User.objects.get(person=self.nina)
