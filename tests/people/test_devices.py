"""Open devices: a mail at a new one, the list in words, closing that ends the session (PEO-01, PEO-03)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Notice, OutgoingEmail
from cae.core.tasks import mail_notices
from people import devices
from people.calculations import browser_and_system
from people.models import OpenSession, User
from people.selectors.persons import administrators
from people.services.accounts import close_account, plan_closing, reopen_account
from people.services.roles import end_role
from people.states import RoleKind
from people.tasks import close_due_accounts_of_today
from tests.factories.people import PASSWORD, make_admin, make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
    " Mobile Safari/537.36"
)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def browser(user_agent: str = FIREFOX, address: str = "192.0.2.7") -> Client:
    return Client(headers={"User-Agent": user_agent}, REMOTE_ADDR=address)


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("people:account")).status_code == 200)


@pytest.mark.parametrize(
    ("user_agent", "names"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (SAFARI, ("Safari", "iPhone")),
        (CHROME, ("Chrome", "Linux")),
        (ANDROID, ("Chrome", "Android")),
        (CHROME + " Edg/130.0", ("Edge", "Linux")),
        ("curl/8.5.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_is_named(user_agent: str, names: tuple[str, str]) -> None:
    assert browser_and_system(user_agent) == names


def test_words_of_a_device() -> None:
    assert devices.device_in_words(SAFARI) == "Safari sur iPhone"
    assert devices.device_in_words("") == "Navigateur inconnu"


class TestNewDevice:
    def mails(self) -> Any:
        mail_notices()
        return OutgoingEmail.objects.filter(cause="people.new_device")

    def test_each_new_one_is_told_once(self) -> None:
        user, known = make_user(), browser()
        sign_in(known, user)
        mail = self.mails().get()
        assert mail.to == user.email
        for words in ("Firefox sur Windows", "192.0.2.7", "changez votre mot de passe"):
            assert words in mail.text
        assert Notice.objects.get().url == reverse("people:session_list")
        known.post(reverse("account_logout"))
        sign_in(known, user)
        assert self.mails().count() == 1
        sign_in(browser(SAFARI, "198.51.100.4"), user)
        assert self.mails().count() == 2

    def test_a_browser_knows_each_account_apart(self) -> None:
        one, other, shared = make_user(), make_user(), browser()
        for user in (one, other, one, other):
            sign_in(shared, user)
            shared.post(reverse("account_logout"))
        assert sorted(mail.to for mail in self.mails()) == sorted([one.email, other.email])

    def test_a_forged_mark_is_worth_nothing(self) -> None:
        user, client = make_user(), browser()
        client.cookies[devices.COOKIE] = f"[{user.pk}]"
        sign_in(client, user)
        assert self.mails().count() == 1

    def test_a_wrong_password_tells_nothing(self) -> None:
        sign_in(browser(), make_user(), "pas le bon mot")
        assert not self.mails().exists()

    def test_the_mark_is_out_of_reach_of_scripts(self) -> None:
        client = browser()
        sign_in(client, make_user())
        assert client.cookies[devices.COOKIE]["httponly"]


class TestAttempts:
    def test_one_address_cannot_try_many_accounts(self) -> None:
        users = [make_user() for _ in range(12)]
        thief = browser(address="203.0.113.9")
        for user in users[:11]:
            sign_in(thief, user, "pas le bon mot")
        sign_in(thief, users[11])
        assert not is_in(thief)
        honest = browser(address="192.0.2.1")
        sign_in(honest, users[11])
        assert is_in(honest)


class TestOpenSessions:
    def test_the_list_says_which_is_this_one(self) -> None:
        user, here, there = make_user(), browser(), browser(SAFARI, "198.51.100.4")
        sign_in(here, user)
        sign_in(there, user)
        assert is_in(here)
        assert is_in(there)
        page = text(here.get(reverse("people:session_list")))
        assert page.index("Firefox sur Windows Cet appareil") < page.index("Safari sur iPhone")
        assert "adresse 198.51.100.4" in page
        assert "Mes appareils 2" in text(here.get(reverse("people:account")))

    def test_closing_one_really_ends_it(self, django_capture_on_commit_callbacks: Any) -> None:
        user, here, there = make_user(), browser(), browser(SAFARI)
        for client in (here, there):
            sign_in(client, user)
            assert is_in(client)
        row = OpenSession.objects.get(user_agent=SAFARI)
        with django_capture_on_commit_callbacks(execute=True):
            assert here.post(reverse("people:session_close", args=[row.pk])).status_code == 302
        assert not is_in(there)
        assert is_in(here)
        assert AuditEntry.objects.filter(verb="people.session.close", actor=user).exists()
        assert "Safari" not in text(here.get(reverse("people:session_list")))

    def test_closing_all_the_others_leaves_this_one(self, django_capture_on_commit_callbacks: Any) -> None:
        user, clients = make_user(), [browser(), browser(SAFARI), browser(CHROME)]
        for client in clients:
            sign_in(client, user)
            assert is_in(client)
        with django_capture_on_commit_callbacks(execute=True):
            clients[0].post(reverse("people:session_close_others"))
        assert [is_in(client) for client in clients] == [True, False, False]

    def test_nobody_closes_those_of_another(self, django_capture_on_commit_callbacks: Any) -> None:
        victim, stranger = browser(), client_of(make_user())
        sign_in(victim, make_user())
        assert is_in(victim)
        row = OpenSession.objects.get(user_agent=FIREFOX)
        with django_capture_on_commit_callbacks(execute=True):
            assert stranger.post(reverse("people:session_close", args=[row.pk])).status_code == 404
            stranger.post(reverse("people:session_close_others"))
        assert is_in(victim)

    def test_the_one_of_this_page_is_left_by_signing_out(self) -> None:
        user, here = make_user(), browser()
        sign_in(here, user)
        assert is_in(here)
        row = OpenSession.objects.get(user=user)
        answer = here.post(reverse("people:session_close", args=[row.pk]))
        assert answer["Location"] == reverse("account_logout")
        assert is_in(here)

    def test_one_that_is_over_is_no_longer_shown(self) -> None:
        user, here, left = make_user(), browser(), browser(SAFARI)
        for client in (here, left):
            sign_in(client, user)
            assert is_in(client)
        left.post(reverse("account_logout"))
        assert "Safari" not in text(here.get(reverse("people:session_list")))
        sign_in(browser(CHROME), user)

    def test_a_changed_password_puts_the_others_out(self, django_capture_on_commit_callbacks: Any) -> None:
        user, here, there = make_user(), browser(), browser(SAFARI)
        for client in (here, there):
            sign_in(client, user)
            assert is_in(client)
        new = "une autre phrase bien longue"
        with django_capture_on_commit_callbacks(execute=True):
            here.post(
                reverse("account_change_password"),
                {"oldpassword": PASSWORD, "password1": new, "password2": new},
            )
        assert is_in(here)
        assert not is_in(there)
        page = text(here.get(reverse("people:session_list")))
        assert "Firefox sur Windows Cet appareil" in page
        assert "Safari" not in page

    def test_a_session_is_written_once_in_ten_minutes(self, django_assert_num_queries: Any) -> None:
        user, here = make_user(), browser()
        sign_in(here, user)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            assert is_in(here)
            first = OpenSession.objects.get(user=user).seen_at
            clock.shift(timedelta(minutes=5))
            assert is_in(here)
            assert OpenSession.objects.get(user=user).seen_at == first
        cache.delete(f"people.session.{here.session.session_key}")
        assert is_in(here)
        assert OpenSession.objects.get(user=user).seen_at >= first


class TestPlannedClosing:
    ON, LAST = date(2026, 12, 31), date(2026, 12, 30)

    def planned(self) -> tuple[User, User]:
        admin, user = make_admin(), make_user(RoleKind.ENTREPRENEUR)
        plan_closing(user, closes_on=self.ON, reason="fin du contrat", actor=admin, on=date(2026, 11, 25))
        return admin, user

    def test_the_day_closes_sign_in_and_open_sessions_without_any_job(self) -> None:
        with time_machine.travel("2026-12-30 22:50:00 +0000", tick=False) as clock:  # 23:50 in Paris
            _admin, user = self.planned()
            client = browser()
            sign_in(client, user)
            assert is_in(client)
            clock.move_to("2026-12-30 23:01:00 +0000")
            assert not is_in(client)
            late = browser(SAFARI)
            answer = sign_in(late, user)
            assert answer["Location"] == reverse("account_inactive")
            assert not is_in(late)
            user.refresh_from_db()
            assert not user.is_active
            entry = AuditEntry.objects.get(verb="people.account.close")
            assert (entry.actor, entry.detail) == (None, {"on": "2026-12-31"})

    def test_the_job_closes_it_once(self) -> None:
        _admin, user = self.planned()
        with time_machine.travel("2026-12-30 12:00:00 +0000", tick=False):
            close_due_accounts_of_today()
            user.refresh_from_db()
            assert user.is_active
        with time_machine.travel("2026-12-31 00:02:00 +0000", tick=False):
            close_due_accounts_of_today()
            close_due_accounts_of_today()
        user.refresh_from_db()
        assert not user.is_active
        assert user.person is not None
        assert AuditEntry.objects.filter(verb="people.account.close").count() == 1

    def test_reopened_it_stays_open(self) -> None:
        admin, user = self.planned()
        with time_machine.travel("2026-12-31 12:00:00 +0000", tick=False):
            close_due_accounts_of_today()
            reopen_account(user, reason="avenant", actor=admin)
            close_due_accounts_of_today()
            user.refresh_from_db()
            assert (user.is_active, user.closes_on) == (True, None)
            client = browser()
            sign_in(client, user)
            assert is_in(client)

    def test_a_closed_account_keeps_no_session_for_when_it_reopens(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        admin, user, client = make_admin(), make_user(), browser()
        sign_in(client, user)
        assert is_in(client)
        with django_capture_on_commit_callbacks(execute=True):
            close_account(user, reason="départ", actor=admin, on=date(2026, 11, 25))
            reopen_account(user, reason="retour", actor=admin)
        assert not is_in(client)

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"reason": " "}, Code.VALUE_MISSING),
            ({"closes_on": date(2026, 11, 25)}, Code.DATE_INVALID),
            ({"closes_on": ON}, Code.ALREADY_DONE),
        ],
    )
    def test_refusals_change_nothing(self, change: dict[str, Any], code: Code) -> None:
        admin, user = self.planned()
        given = {"closes_on": date(2027, 1, 31), "reason": "x", "actor": admin, "on": date(2026, 11, 25)}
        with pytest.raises(Refused) as refusal:
            plan_closing(user, **given | change)
        assert refusal.value.code == code
        user.refresh_from_db()
        assert user.closes_on == self.ON
        assert AuditEntry.objects.filter(verb="people.account.plan_closing").count() == 1

    def test_neither_ones_own_nor_a_closed_one(self) -> None:
        admin, user = self.planned()
        close_account(user, reason="x", actor=admin, on=date(2026, 11, 25))
        for account, code in ((admin, Code.NOT_ALLOWED), (user, Code.ALREADY_DONE)):
            with pytest.raises(Refused) as refusal:
                plan_closing(
                    account, closes_on=date(2027, 1, 1), reason="x", actor=admin, on=date(2026, 11, 25)
                )
            assert refusal.value.code == code

    def test_the_last_administrator_stays(self) -> None:
        admin, other = make_admin(), make_user(RoleKind.HUMAN_RESOURCES)
        with pytest.raises(Refused) as refusal:
            plan_closing(admin, closes_on=self.ON, reason="x", actor=other, on=date(2026, 11, 25))
        assert refusal.value.code == Code.ROLE_INVALID

    def test_who_is_about_to_leave_does_not_count_as_an_administrator(self) -> None:
        leaving, admin = make_admin(), make_admin()
        plan_closing(leaving, closes_on=self.ON, reason="x", actor=admin, on=date(2026, 11, 25))
        assert administrators(self.LAST).count() == 2
        assert administrators(self.ON).count() == 1
        assert admin.person is not None
        with pytest.raises(Refused):
            end_role(
                admin.person.roles.get(),
                last_day=self.ON,
                reason="x",
                actor=leaving,
                now=timezone.make_aware(timezone.datetime(2026, 11, 25, 12)),
            )

    def test_page(self, demonstration: None) -> None:
        hr, user = make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.ENTREPRENEUR)
        assert user.person is not None
        client, url = client_of(hr), reverse("people:account_plan_closing", args=[user.person.pk])
        assert client.get(url).status_code == 200
        wrong = client.post(url, {"closes_on": "2020-01-01", "reason": "fin"})
        assert wrong.status_code == 422
        assert "Choisissez un jour à venir" in text(wrong)
        day = timezone.localdate() + timedelta(days=40)
        page = client.post(url, {"closes_on": day.isoformat(), "reason": "fin de contrat"}, follow=True)
        assert "Se ferme le" in text(page)
        page = client.post(url, {"closes_on": "", "reason": "avenant"}, follow=True)
        assert "Se ferme le" not in text(page)
        staff = make_user(RoleKind.ACCOUNTANT)
        assert staff.person is not None
        url = reverse("people:account_plan_closing", args=[staff.person.pk])
        assert client.post(url, {"closes_on": day.isoformat(), "reason": "x"}).status_code == 403
        staff.refresh_from_db()
        assert staff.closes_on is None
