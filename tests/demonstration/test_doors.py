"""The doors of the demonstration: open there, absent anywhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.test import Client
from django.urls import reverse

from cae.core.mail_policy import policy_of
from cae.core.models import OutgoingEmail
from cae.demonstration.accounts import ACCOUNTS, PASSWORD
from people.models import User
from people.services.accounts import close_account, open_account
from people.states import RoleKind
from tests.factories.people import make_admin, make_person, make_role, make_user

pytestmark = pytest.mark.django_db

SLUGS = [
    *("entrepreneur", "project-holder", "checked", "trusted", "collective", "candidate", "associate"),
    *("advisor", "advisor2", "accountant", "hr", "training", "places", "life", "webmaster", "projects"),
    *("manager", "manager2", "officer", "admin", "auditor"),
]


def open_demonstration_account(email: str, kind: str) -> None:
    person = make_person(email=email)
    make_role(person, kind)
    open_account(person, email=email, password=PASSWORD, actor=None)


def test_each_function_has_its_account() -> None:
    assert [account.slug for account in ACCOUNTS] == SLUGS
    assert all(account.email == f"{account.slug}@demo.coop" for account in ACCOUNTS)
    assert len({account.kind for account in ACCOUNTS}) == 16
    validate_password(PASSWORD)


@pytest.mark.parametrize("door", ["mailbox", "mail", "mail_html", "enter"])
def test_no_door_outside_the_demonstration(settings: Any, door: str) -> None:
    settings.DEMONSTRATION = False
    open_demonstration_account("admin@demo.coop", RoleKind.ADMINISTRATOR)
    client = Client()
    if door == "enter":
        response = client.post(reverse("demonstration:enter"), {"email": "admin@demo.coop"})
    else:
        args = [] if door == "mailbox" else [1]
        response = client.get(reverse(f"demonstration:{door}", args=args))
    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demonstration")
class TestInside:
    def test_one_click_to_be_anyone_of_the_table(self) -> None:
        open_demonstration_account("accountant@demo.coop", RoleKind.ACCOUNTANT)
        client = Client()
        url = reverse("demonstration:enter")
        response = client.post(url, {"email": "accountant@demo.coop", "next": reverse("people:person_list")})
        assert (response.status_code, response["Location"]) == (302, reverse("people:person_list"))
        assert client.get(reverse("people:person_list")).status_code == 200
        assert client.get(url).status_code == 405

    def test_never_another_account_nor_another_site(self) -> None:
        admin = make_admin()
        url = reverse("demonstration:enter")
        assert Client().post(url, {"email": admin.email}).status_code == 404
        assert Client().post(url, {}).status_code == 404
        open_demonstration_account("hr@demo.coop", RoleKind.HUMAN_RESOURCES)
        response = Client().post(url, {"email": "hr@demo.coop", "next": "https://ailleurs.example/"})
        assert "ailleurs" not in response["Location"]

    def test_a_closed_account_stays_closed(self) -> None:
        open_demonstration_account("life@demo.coop", RoleKind.COOPERATIVE_LIFE)
        admin = make_admin()
        account = User.objects.get(email="life@demo.coop")
        close_account(account, reason="x", actor=admin, on=admin.created_at.date())
        assert Client().post(reverse("demonstration:enter"), {"email": account.email}).status_code == 404

    def test_the_login_page_shows_each_account_as_a_button(self) -> None:
        page = Client().get(reverse("account_login")).content.decode()
        for account in ACCOUNTS:
            assert f'value="{account.email}"' in page
            assert account.role in page

    def test_every_message_is_there_with_links_that_work(self) -> None:
        user = make_user()
        Client().post(reverse("account_reset_password"), {"email": user.email})
        message = OutgoingEmail.objects.get()
        assert message.state == "kept"
        listed = Client().get(reverse("demonstration:mailbox")).content.decode()
        assert message.subject in listed
        page = Client().get(reverse("demonstration:mail", args=[message.pk])).content.decode()
        assert "/accounts/password/reset/key/" in page
        framed = Client().get(reverse("demonstration:mail_html", args=[message.pk]))
        assert "/accounts/password/reset/key/" in framed.content.decode()
        policy = framed["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "sandbox" in policy
        assert "frame-ancestors 'self'" in policy
        assert framed["X-Frame-Options"] == "SAMEORIGIN"

    def test_an_empty_mailbox_says_so(self) -> None:
        assert "Aucun e-mail" in Client().get(reverse("demonstration:mailbox")).content.decode()


def test_the_login_page_has_no_button_outside_the_demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = False
    page = Client().get(reverse("account_login")).content.decode()
    assert "@demo.coop" not in page
    assert PASSWORD not in page


def test_a_message_without_style_sheet_gets_none() -> None:
    assert "style-src 'none'" in policy_of("<p>Bonjour</p>", links=True)
    # The hash of the empty sheet, as browsers compute it.
    digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    assert f"style-src 'sha256-{digest}'" in policy_of("<style></style>", links=False)
