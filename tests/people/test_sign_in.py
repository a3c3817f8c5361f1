"""The doors of accounts: second factor, enumeration, limits, mails of security, unsafe settings."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cae.core.models import OutgoingEmail
from people.checks import account_safety
from people.models import User
from people.states import RoleKind
from tests.factories.people import PASSWORD, make_admin, make_role, make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """The counters of attempts live in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _within_half_a_minute() -> Iterator[None]:
    """A code is that of its half minute, which may end on a slow machine before it is typed."""
    with time_machine.travel(time.time(), tick=False):
        yield


def log_in(user: User, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(reverse("account_login"), {"login": user.email, "password": password})


def code_for(secret: str) -> str:
    """What the authenticator application of the person shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def activate(client: Client) -> str:
    url = reverse("mfa_activate_totp")
    secret = client.get(url).context["form"].secret
    response = client.post(url, {"code": code_for(secret)})
    assert response.status_code == 302, response.context["form"].errors
    return str(secret)


class TestSecondFactor:
    def test_staff_are_kept_at_the_door_until_they_have_one(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        user = make_user(RoleKind.ACCOUNTANT)
        client, response = log_in(user)
        assert response.status_code == 302
        for name in ("people:account", "people:person_list"):
            response = client.get(reverse(name))
            assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))
        wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert wrong.status_code in {200, 422}
        assert not Authenticator.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            activate(client)
        assert client.get(reverse("people:account")).status_code == 200
        assert OutgoingEmail.objects.filter(cause="mfa.totp_activated", to=user.email).exists()

    def test_the_next_sign_in_asks_for_the_code(self) -> None:
        user = make_user(RoleKind.ACCOUNTANT)
        first, _response = log_in(user)
        secret = activate(first)
        cache.clear()
        client, response = log_in(user)
        assert response["Location"] == reverse("mfa_authenticate")
        assert client.get(reverse("people:account")).status_code == 302
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert client.get(reverse("people:account")).status_code == 302
        # A code serves once: that it was typed already is forgotten here with the counters.
        cache.clear()
        client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
        assert client.get(reverse("people:account")).status_code == 200

    def test_the_secret_is_encrypted_at_rest(self) -> None:
        client, _response = log_in(make_user(RoleKind.ACCOUNTANT))
        secret = activate(client)
        kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
        assert secret not in kept
        assert kept.startswith("gAAAA")

    def test_ten_recovery_codes_each_once(self) -> None:
        user = make_user(RoleKind.ACCOUNTANT)
        client, _response = log_in(user)
        activate(client)
        codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
        assert len(codes) == 10
        for expected in (200, 302):
            cache.clear()
            other, _response = log_in(user)
            other.post(reverse("mfa_authenticate"), {"code": codes[0]})
            assert other.get(reverse("people:account")).status_code == expected

    def test_what_touches_security_asks_again_who_one_is(self) -> None:
        user, sensitive = make_user(RoleKind.ENTREPRENEUR), reverse("mfa_deactivate_totp")
        secret = activate(log_in(user)[0])
        wanted = f"?next={sensitive}"
        for name, field, right in (
            ("account_reauthenticate", "password", PASSWORD),
            ("mfa_reauthenticate", "code", code_for(secret)),
        ):
            client, page = client_of(user), reverse(name) + wanted
            assert client.get(page).status_code == 200
            wrong = client.post(page, {field: "000000"})
            assert field in wrong.context["form"].errors
            assert client.post(page, {field: right})["Location"] == sensitive

    def test_staff_cannot_take_it_off(self) -> None:
        client, _response = log_in(make_user(RoleKind.ACCOUNTANT))
        activate(client)
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()

    def test_an_entrepreneur_may_do_without(self) -> None:
        client, _response = log_in(make_user(RoleKind.ENTREPRENEUR))
        assert client.get(reverse("people:account")).status_code == 200
        activate(client)
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()

    def test_a_role_given_later_closes_the_pages_at_once(self) -> None:
        user = make_user(RoleKind.ENTREPRENEUR)
        client, _response = log_in(user)
        assert client.get(reverse("people:account")).status_code == 200
        assert user.person
        make_role(user.person, RoleKind.ADVISOR)
        assert client.get(reverse("people:account"))["Location"] == reverse("mfa_activate_totp")

    def test_htmx_goes_to_the_whole_page(self) -> None:
        client, _response = log_in(make_user(RoleKind.ACCOUNTANT))
        response = client.get(reverse("people:person_list"), headers={"HX-Request": "true"})
        assert response["HX-Redirect"] == reverse("mfa_activate_totp")

    def test_one_may_always_leave(self) -> None:
        client, _response = log_in(make_user(RoleKind.ACCOUNTANT))
        assert "Clear-Site-Data" not in client.get(reverse("account_logout"))
        left = client.post(reverse("account_logout"))
        assert (left.status_code, left["Clear-Site-Data"]) == (302, '"cache"')
        assert "_auth_user_id" not in client.session

    def test_demonstration_asks_none(self, settings: Any) -> None:
        settings.DEMONSTRATION = True
        client, _response = log_in(make_user(RoleKind.ACCOUNTANT))
        assert client.get(reverse("people:person_list")).status_code == 200


class TestStrangers:
    def test_nobody_signs_up_alone(self) -> None:
        url = reverse("account_signup")
        Client().post(url, {"email": "x@exemple.fr", "password1": PASSWORD, "password2": PASSWORD})
        assert not User.objects.filter(email="x@exemple.fr").exists()

    def test_the_login_page_does_not_tell_who_has_an_account(self) -> None:
        user = make_user()
        pages = []
        for login in (user.email, "personne.du.tout@exemple.fr"):
            cache.clear()
            response = Client().post(reverse("account_login"), {"login": login, "password": "pas le bon mot"})
            assert "_auth_user_id" not in response.client.session
            pages.append(
                [str(error) for errors in response.context["form"].errors.values() for error in errors]
            )
        assert pages[0] == pages[1] != []

    def test_a_forgotten_password_does_not_tell_either(self) -> None:
        user = make_user()
        answers = []
        for email in (user.email, "personne.du.tout@exemple.fr"):
            response = Client().post(reverse("account_reset_password"), {"email": email})
            answers.append((response.status_code, response["Location"]))
        assert answers[0] == answers[1]
        assert [mail.to for mail in OutgoingEmail.objects.all()] == [user.email]

    def test_attempts_are_slowed(self) -> None:
        user = make_user()
        for _again in range(6):
            log_in(user, "pas le bon mot")
        client, response = log_in(user)
        assert response.status_code in {200, 422, 429}
        assert "_auth_user_id" not in client.session
        cache.clear()
        client, response = log_in(user)
        assert client.session["_auth_user_id"] == str(user.pk)

    def test_a_closed_account_opens_nothing(self) -> None:
        user = make_user()
        User.objects.filter(pk=user.pk).update(is_active=False)
        client, _response = log_in(user)
        assert "_auth_user_id" not in client.session


class TestSecurityMails:
    def test_a_forgotten_password_is_chosen_anew_by_the_mailed_link_once(self) -> None:
        user = make_user()
        Client().post(reverse("account_reset_password"), {"email": user.email})
        mail = OutgoingEmail.objects.get()
        assert mail.cause == "account.password_reset_key"
        found = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.text)
        assert found
        assert found[1] in mail.html
        client = Client()
        form = client.get(found[1], follow=True)
        new = "une autre phrase bien longue"
        client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
        user.refresh_from_db()
        assert user.check_password(new)
        assert OutgoingEmail.objects.filter(cause="account.password_reset").exists()
        again = Client().get(found[1], follow=True)
        assert again.context.get("token_fail")

    def test_a_changed_password_is_told(self) -> None:
        client, _response = log_in(make_user())
        new = "une autre phrase bien longue"
        client.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
        mail = OutgoingEmail.objects.get(cause="account.password_changed")
        assert "Si ce n’est pas vous" in mail.text

    def test_a_new_address_serves_once_it_is_confirmed(self) -> None:
        user = make_user()
        client, _response = log_in(user)
        client.post(reverse("account_email"), {"action_add": "", "email": "neuve@exemple.fr"})
        mail = OutgoingEmail.objects.filter(to="neuve@exemple.fr").get()
        user.refresh_from_db()
        assert user.email != "neuve@exemple.fr"
        found = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", mail.text)
        assert found
        client.post(found[1])
        user.refresh_from_db()
        assert user.email == "neuve@exemple.fr"
        assert EmailAddress.objects.get(user=user, primary=True).email == "neuve@exemple.fr"

    def test_in_the_language_of_the_account(self) -> None:
        user = make_user()
        User.objects.filter(pk=user.pk).update(language="en")
        Client().post(reverse("account_reset_password"), {"email": user.email})
        assert 'lang="en"' in OutgoingEmail.objects.get().html


class TestSafeSettings:
    def names(self) -> set[str]:
        return {str(error.id) for error in account_safety()}

    def test_ours_are_safe(self, settings: Any) -> None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        assert self.names() == set()

    @pytest.mark.parametrize(
        ("name", "value", "fault"),
        [
            ("DEMONSTRATION", True, "people.E001"),
            ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"], "people.E002"),
            ("MIDDLEWARE", [], "people.E003"),
            ("AUTH_PASSWORD_VALIDATORS", [], "people.E004"),
            ("ACCOUNT_EMAIL_VERIFICATION", "optional", "people.E005"),
            ("ACCOUNT_PREVENT_ENUMERATION", False, "people.E006"),
            ("ACCOUNT_RATE_LIMITS", False, "people.E007"),
        ],
    )
    def test_an_unsafe_one_is_named(self, settings: Any, name: str, value: object, fault: str) -> None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        setattr(settings, name, value)
        assert self.names() == {fault}


def test_passwords_are_hashed_by_argon2_first(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    assert make_admin().password.startswith("argon2$argon2id$")


def test_the_secret_of_the_factor_reads_back(settings: Any) -> None:
    """Also after a change of key, as long as the former one is kept among the fallbacks."""
    user = make_user()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une-nouvelle-clef-" + "1" * 50
    kept = Authenticator.objects.get(user=user)
    assert TOTP(kept).validate_code(code_for("JBSWY3DPEHPK3PXP"))


def test_nothing_stands_between_the_address_and_the_password() -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert page.count(reverse("account_reset_password")) == 1
    assert page.index('name="password"') < page.index(reverse("account_reset_password"))
