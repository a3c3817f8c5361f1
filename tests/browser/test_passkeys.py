"""A passkey in a real browser: made, used instead of the password, asked after it (PEO-02)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def keyed(new_visitor: Callable[..., Visitor], house: House) -> Iterator[Visitor]:
    """Somebody whose telephone checks a finger, as Chromium imitates one."""
    cache.clear()
    visitor = new_visitor()
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield visitor
    Authenticator.objects.filter(user__in=[house.users["several"]]).delete()


def by_password(page: Page, email: str) -> None:
    page.goto(reverse("account_login"))
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def sign_out(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_load_state()


def add_key(page: Page, name: str, *, alone: bool = True) -> None:
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Nom de la clé").fill(name)
    page.get_by_label("Me connecter avec elle").set_checked(alone)
    page.get_by_role("button", name="Ajouter cette clé").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}*")


def test_made_then_used_instead_of_the_password(keyed: Visitor, house: House) -> None:
    page, user = keyed.page, house.users["several"]
    by_password(page, user.email)
    page.wait_for_url(f"**{reverse('portal:home')}")
    add_key(page, "mon téléphone")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.locator("main")).to_contain_text("mon téléphone")
    expect(page.locator("main")).to_contain_text("Connecte sans mot de passe")
    sign_out(page)
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    page.wait_for_url(f"**{reverse('portal:home')}")
    assert str(user) in page.content()
    assert Authenticator.objects.get(user=user, type="webauthn").last_used_at is not None
    assert keyed.faults == []


def test_asked_after_the_password(keyed: Visitor, house: House) -> None:
    page, user = keyed.page, house.users["several"]
    by_password(page, user.email)
    page.wait_for_url(f"**{reverse('portal:home')}")
    add_key(page, "clé bleue", alone=False)
    sign_out(page)
    by_password(page, user.email)
    page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    page.get_by_role("button", name="Me servir de ma clé").click()
    page.wait_for_url(f"**{reverse('portal:home')}")
    assert keyed.faults == []


def test_a_browser_that_says_no_is_answered_in_words(keyed: Visitor) -> None:
    """No key of the house on this device: the page stays, and says so."""
    page = keyed.page
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(page.get_by_role("alert").filter(has_text="annulée")).to_be_visible()
    assert page.url.endswith(reverse("account_login"))


def test_an_address_in_numbers_is_explained(keyed: Visitor) -> None:
    """Browsers know no key for 127.0.0.1: the page says it before asking."""
    page = keyed.page
    page.goto(keyed.server.replace("localhost", "127.0.0.1") + reverse("account_login"))
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(page.get_by_role("alert").filter(has_text="adresse en lettres")).to_be_visible()
    page.get_by_role("link", name="Ouvrir cette page par son nom").click()
    page.wait_for_url(keyed.server + reverse("account_login"))
