"""Passkeys without a browser: what a hostile one sends, who must keep one, what pages say (PEO-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.models import AuditEntry, OutgoingEmail
from cae.core.settings import set_setting
from cae.core.tasks import mail_notices
from people.models import User
from people.selectors import needs_second_factor
from people.states import RoleKind
from tests.factories.people import PASSWORD, make_admin, make_passkey, make_role, make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

NONSENSE = [
    "",
    "{",
    "null",
    "[]",
    "7",
    '"x"',
    "{}",
    '{"id": 1}',
    '{"response": {}}',
    '{"response": null}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30",'
    ' "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def log_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


class TestWhatABrowserMaySend:
    @pytest.mark.parametrize("sent", NONSENSE)
    def test_to_sign_in(self, sent: str) -> None:
        make_user()
        client = Client()
        options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
        assert options["request_options"]["publicKey"]["userVerification"] == "required"
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
        assert answer["Location"] == reverse("account_login")
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("sent", NONSENSE)
    def test_to_add_a_key(self, sent: str) -> None:
        client = log_in(make_user())
        url = reverse("mfa_add_webauthn")
        client.get(url)
        answer = client.post(url, {"name": "x", "credential": sent, "passwordless": "on"})
        assert answer.context["form"].errors
        assert not Authenticator.objects.exists()

    def test_a_failed_sign_in_says_one_sentence(self) -> None:
        answer = Client().post(reverse("mfa_login_webauthn"), {"credential": NONSENSE[-2]}, follow=True)
        assert "Cette clé n’a pas été reconnue" in text(answer)

    def test_sign_in_without_having_asked(self) -> None:
        """No challenge was given: nothing to answer to."""
        client = Client()
        client.post(reverse("mfa_login_webauthn"), {"credential": NONSENSE[-1]})
        assert "_auth_user_id" not in client.session


class TestPages:
    def test_one_without_key_is_told_what_it_is(self) -> None:
        client = log_in(make_user())
        page = text(client.get(reverse("mfa_list_webauthn")))
        assert "Aucune clé pour l’instant" in page
        assert "Ajouter une clé" in text(client.get(reverse("mfa_index")))

    def test_a_key_is_renamed_and_removed(self) -> None:
        user = make_user()
        client = log_in(user)
        key = make_passkey(user)
        page = client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "clé rouge"}, follow=True)
        assert "clé rouge" in text(page)
        assert "« clé rouge »" in text(client.get(reverse("mfa_remove_webauthn", args=[key.pk])))
        page = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)
        assert "clé rouge" not in text(page)

    def test_nobody_touches_the_key_of_another(self) -> None:
        key, client = make_passkey(make_user()), log_in(make_user())
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            assert client.post(reverse(name, args=[key.pk]), {"name": "volée"}).status_code == 404
        assert Authenticator.objects.get().data["name"] == "clé bleue"

    def test_the_account_counts_them(self) -> None:
        user = make_user()
        make_passkey(user)
        client = client_of(user)
        page = text(client.get(reverse("people:account")))
        assert "Clés d’accès 1" in page
        assert "Activé" in page

    def test_an_address_in_numbers_is_explained(self) -> None:
        page = Client().get(reverse("account_login")).content.decode()
        assert "Les clés d’accès demandent une adresse en lettres" in page


class TestCompulsory:
    def test_a_key_opens_the_door_of_staff(self) -> None:
        user = make_user(RoleKind.ACCOUNTANT)
        client = client_of(user)
        assert client.get(reverse("people:account"))["Location"] == reverse("mfa_activate_totp")
        assert "Ajoutez plutôt une clé d’accès" in text(log_in(user).get(reverse("mfa_activate_totp")))
        make_passkey(user)
        assert client.get(reverse("people:account")).status_code == 200

    def test_the_last_one_stays(self) -> None:
        user = make_user(RoleKind.ACCOUNTANT)
        client = log_in(user)
        key = make_passkey(user)
        answer = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)
        assert "ajoutez-en un autre d’abord" in text(answer)
        assert Authenticator.objects.filter(pk=key.pk).exists()
        make_passkey(user, name="seconde clé")
        client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
        assert not Authenticator.objects.filter(pk=key.pk).exists()

    def test_others_take_theirs_off(self, django_capture_on_commit_callbacks: Any) -> None:
        user = make_user(RoleKind.ENTREPRENEUR)
        client = log_in(user)
        key = make_passkey(user)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
        assert not Authenticator.objects.exists()
        assert OutgoingEmail.objects.filter(cause="mfa.webauthn_removed", to=user.email).exists()

    def test_the_cooperative_decides_by_date_which_roles_need_one(self) -> None:
        admin, seller = make_admin(), make_user(RoleKind.ENTREPRENEUR)
        accountant = make_user(RoleKind.ACCOUNTANT)
        assert not needs_second_factor(seller)
        decided = {"actor": admin, "reason": "assemblée"}
        code = "people.second_factor_roles"
        set_setting(code, value="entrepreneur", valid_from=date(2020, 1, 1), **decided)
        set_setting(code, value="", valid_from=date(2999, 1, 1), **decided)
        for user, needed in ((seller, True), (accountant, False), (admin, True)):
            assert needs_second_factor(User.objects.get(pk=user.pk)) is needed
        assert not needs_second_factor(seller, date(2999, 1, 1))
        assert needs_second_factor(admin, date(2999, 1, 1))
        assert client_of(seller).get(reverse("people:account")).status_code == 302

    def test_the_page_of_the_setting_offers_boxes(self, demonstration: None) -> None:
        client = client_of(make_admin())
        url = reverse("core:setting_detail", args=["people.second_factor_roles"])
        page = client.get(url).content.decode()
        assert page.count('type="checkbox"') == len(RoleKind.values) - 1
        today = timezone.localdate().isoformat()
        typed = {"value": ["associate"], "valid_from": today, "reason": "vote", "do": "save"}
        assert client.post(url, typed).status_code == 302
        assert "Associé·e" in text(client.get(url))
        user = make_user(RoleKind.ASSOCIATE)
        assert needs_second_factor(user)

    def test_a_guarded_account_stays_guarded_whatever_its_factor(self, demonstration: None) -> None:
        """Who may close it does not depend on what the cooperative asks at its door."""
        set_setting(
            "people.second_factor_roles", value="", valid_from=date(2020, 1, 1), actor=None, reason="x"
        )
        hr, staff = make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.ACCOUNTANT)
        assert staff.person is not None
        url = reverse("people:account_close", args=[staff.person.pk])
        assert client_of(hr).post(url, {"reason": "x"}).status_code == 403
        make_role(staff.person, RoleKind.ASSOCIATE)
        staff.refresh_from_db()
        assert staff.is_active


class TestLost:
    def reset(self, user: User, by: User, reason: str = "vu de vive voix") -> Any:
        assert user.person is not None
        url = reverse("people:account_reset_factor", args=[user.person.pk])
        return client_of(by).post(url, {"reason": reason})

    def test_an_administrator_takes_them_all_off_and_the_person_knows(
        self, demonstration: None, django_capture_on_commit_callbacks: Any
    ) -> None:
        user, admin = make_user(RoleKind.ACCOUNTANT), make_admin()
        client = log_in(user)
        make_passkey(user)
        assert client.get(reverse("people:account")).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            assert self.reset(user, admin).status_code == 302
        assert not Authenticator.objects.exists()
        assert client.get(reverse("people:account")).status_code == 302
        mail_notices()
        assert OutgoingEmail.objects.get(cause="people.factor_reset").to == user.email
        assert AuditEntry.objects.get(verb="people.account.reset_factor").detail == {
            "reason": "vu de vive voix"
        }

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_a_reason_is_due(self, demonstration: None, reason: str) -> None:
        user = make_user()
        make_passkey(user)
        assert self.reset(user, make_admin(), reason).status_code == 422
        assert Authenticator.objects.exists()

    def test_neither_ones_own_nor_by_another_role(self, demonstration: None) -> None:
        admin, user = make_admin(), make_user()
        for account in (admin, user):
            make_passkey(account)
        answer = self.reset(admin, admin)
        assert "Demandez-le à une autre personne" in text(answer)
        assert self.reset(user, make_user(RoleKind.HUMAN_RESOURCES)).status_code == 403
        assert Authenticator.objects.count() == 2

    def test_nothing_to_take_off(self, demonstration: None) -> None:
        answer = self.reset(make_user(), make_admin())
        assert answer.status_code == 422
        assert "n’a pas de second facteur" in text(answer)
