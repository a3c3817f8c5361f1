"""From the invitation to the open account, through the mail; and every link that must open nothing."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, OutgoingEmail, PersonalLink
from people.models import Person, Role, User
from people.services.accounts import open_account
from people.services.invitations import (
    PreparedRole,
    accept_invitation,
    invite_newcomer,
    invite_person,
    withdraw_invitation,
)
from people.services.persons import PersonData, save_person
from people.states import RoleKind
from tests.factories.people import make_admin, make_person, make_role, make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db

PHRASE = "les abeilles reviennent en mars"
TYPED = {"email": "x@exemple.fr", "password": PHRASE, "again": PHRASE}


def path_in(mail: OutgoingEmail) -> str:
    found = re.search(r"https?://[^/\s]+(/invitation/\S+)", mail.text)
    assert found
    assert found[1] in mail.html
    return found[1]


def token_in(mail: OutgoingEmail) -> str:
    return path_in(mail).removeprefix("/invitation/").rstrip("/")


def fields(**changed: Any) -> dict[str, Any]:
    known = {
        "first_name": "Émile",
        "last_name": "Roussel",
        "email": "emile@exemple.fr",
        "kind": "candidate",
        "starts_on": timezone.localdate().isoformat(),
        "reason": "réunion d’information",
        "form_key": str(uuid.uuid4()),
    }
    return known | changed


@pytest.mark.usefixtures("demonstration")
def test_from_the_form_to_the_open_account() -> None:
    admin = make_admin()
    url = reverse("people:person_invite")
    assert client_of(admin).get(url).status_code == 200
    assert client_of(admin).post(url, fields()).status_code == 302
    person = Person.objects.get(email="emile@exemple.fr")
    assert person.roles.get().kind == RoleKind.CANDIDATE
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.state, mail.cause) == ("emile@exemple.fr", "kept", "people.invitation")
    visitor = Client()
    path = path_in(mail)
    page = visitor.get(path)
    assert "Candidat·e" in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")
    response = visitor.post(path, TYPED)
    assert response.status_code == 302
    account = User.objects.get(email="emile@exemple.fr")
    assert visitor.session["_auth_user_id"] == str(account.pk)
    assert EmailAddress.objects.get(user=account).verified
    assert account.check_password(PHRASE)
    assert AuditEntry.objects.get(verb="people.invitation.accept").actor == account
    # The link has served.
    assert Client().get(path).status_code == 409
    # The password opens the door by itself.
    login = Client().post(reverse("account_login"), {"login": "Emile@Exemple.fr", "password": PHRASE})
    assert login.status_code == 302


def test_a_staff_member_goes_straight_to_the_second_factor(settings: Any) -> None:
    settings.DEMONSTRATION = False
    person = make_person()
    invite_person(
        person,
        actor=make_admin(),
        now=timezone.now(),
        roles=(PreparedRole(RoleKind.ACCOUNTANT, timezone.localdate()),),
        reason="embauche",
    )
    visitor = Client()
    path = path_in(OutgoingEmail.objects.get())
    response = visitor.post(path, TYPED, follow=True)
    # No second typing of the password: the session knows it was just given.
    assert response.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"password": "court", "again": "court"}, "password"),
        ({"password": "123456789012", "again": "123456789012"}, "password"),
        ({"password": "passwordpassword", "again": "passwordpassword"}, "password"),
        ({"password": "une phrase de cinq mots", "again": "autre chose de long"}, "again"),
        ({"password": "", "again": ""}, "password"),
    ],
)
def test_a_weak_or_mistyped_password_opens_nothing(typed: dict[str, str], field: str) -> None:
    invite_person(make_person(), actor=make_admin(), now=timezone.now())
    response = Client().post(path_in(OutgoingEmail.objects.get()), typed | {"email": "x@exemple.fr"})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert User.objects.count() == 1
    assert PersonalLink.objects.get().used_at is None


def test_links_that_open_nothing() -> None:
    admin, person, now = make_admin(), make_person(), timezone.now()
    assert Client().get(reverse("people:accept_invitation", args=["n-importe-quoi"])).status_code == 404
    invite_person(person, actor=admin, now=now)
    first = OutgoingEmail.objects.latest("pk")
    # A new invitation replaces the former one.
    invite_person(person, actor=admin, now=now)
    second = OutgoingEmail.objects.latest("pk")
    assert Client().get(path_in(first)).status_code == 410
    assert Client().get(path_in(second)).status_code == 200
    withdraw_invitation(person, actor=admin, now=now)
    assert Client().post(path_in(second), TYPED).status_code == 410
    invite_person(person, actor=admin, now=now - timedelta(days=15))
    third = OutgoingEmail.objects.latest("pk")
    assert Client().get(path_in(third)).status_code == 410
    assert User.objects.count() == 1
    with pytest.raises(Refused) as caught:
        withdraw_invitation(person, actor=admin, now=now)
    assert caught.value.code == Code.ALREADY_DONE


def test_a_change_of_address_withdraws_what_was_sent_to_the_former_one() -> None:
    admin, person = make_admin(), make_person(email="avant@exemple.fr")
    invite_person(person, actor=admin, now=timezone.now())
    data = PersonData(person.first_name, person.last_name, email="apres@exemple.fr")
    save_person(person, data=data, actor=admin, now=timezone.now())
    assert Client().get(path_in(OutgoingEmail.objects.get())).status_code == 410


def test_what_inviting_refuses_leaves_nothing() -> None:
    admin, now, today = make_admin(), timezone.now(), timezone.localdate()
    role = PreparedRole(RoleKind.CANDIDATE, today)
    without, taken = make_person(email=""), make_person(email=admin.email)
    known = make_user()
    assert known.person
    before = (Role.objects.count(), PersonalLink.objects.count(), OutgoingEmail.objects.count())
    for person, code in (
        (without, Code.VALUE_MISSING),
        (taken, Code.DUPLICATE),
        (known.person, Code.ALREADY_DONE),
    ):
        with pytest.raises(Refused) as caught:
            invite_person(person, actor=admin, now=now, roles=(role,))
        assert caught.value.code == code
    newcomer = PersonData("A", "B", email=admin.email.upper())
    with pytest.raises(Refused) as caught:
        invite_newcomer(newcomer, role=role, reason="x", actor=admin, now=now, form_key=uuid.uuid4())
    assert (caught.value.code, caught.value.field) == (Code.DUPLICATE, "email")
    # A role that is refused takes the person and the invitation with it.
    wrong = PreparedRole(RoleKind.CANDIDATE, today, ends_on=today - timedelta(days=1))
    with pytest.raises(Refused):
        invite_newcomer(
            PersonData("A", "B", email="neuf@exemple.fr"),
            role=wrong,
            reason="x",
            actor=admin,
            now=now,
            form_key=uuid.uuid4(),
        )
    assert not Person.objects.filter(email="neuf@exemple.fr").exists()
    assert (Role.objects.count(), PersonalLink.objects.count(), OutgoingEmail.objects.count()) == before


def test_an_account_opened_meanwhile_stops_the_link() -> None:
    person = make_person()
    invite_person(person, actor=make_admin(), now=timezone.now())
    open_account(person, email=person.email, password=PHRASE, actor=None)
    with pytest.raises(Refused) as caught:
        accept_invitation(token_in(OutgoingEmail.objects.get()), password=PHRASE, now=timezone.now())
    assert caught.value.code == Code.ALREADY_DONE
    assert PersonalLink.objects.get().used_at is None


@pytest.mark.usefixtures("demonstration")
class TestPages:
    def test_a_double_click_invites_once(self) -> None:
        client, typed = client_of(make_admin()), fields()
        for _again in range(2):
            assert client.post(reverse("people:person_invite"), typed).status_code == 302
        assert Person.objects.filter(email="emile@exemple.fr").count() == 1
        assert OutgoingEmail.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "field"),
        [({"email": "pas-une-adresse"}, "email"), ({"reason": ""}, "reason"), ({"kind": "king"}, "kind")],
    )
    def test_faults_are_said_at_their_field(self, changed: dict[str, str], field: str) -> None:
        response = client_of(make_admin()).post(reverse("people:person_invite"), fields(**changed))
        assert response.status_code == 422
        assert field in response.context["form"].errors
        assert not Person.objects.filter(first_name="Émile").exists()

    def test_an_advisor_invites_to_the_entrance_only(self) -> None:
        client = client_of(make_user(RoleKind.ADVISOR))
        url = reverse("people:person_invite")
        assert client.post(url, fields(kind="administrator")).status_code == 422
        assert client.post(url, fields(kind="entrepreneur")).status_code == 422
        assert not OutgoingEmail.objects.exists()
        assert client.post(url, fields(kind="project_holder")).status_code == 302

    def test_sending_again_and_withdrawing_from_the_file(self) -> None:
        client, person = client_of(make_admin()), make_person()
        send = reverse("people:invitation_send", args=[person.pk])
        assert client.get(send).status_code == 405
        assert client.post(send).status_code == 302
        assert "Invitation en attente" in client.get(person.get_absolute_url()).content.decode()
        page = client.get(reverse("people:person_list"), {"account": "invited"}).content.decode()
        assert person.full_name in page
        assert client.post(reverse("people:invitation_withdraw", args=[person.pk])).status_code == 302
        assert "Invitation retirée" in client.get(person.get_absolute_url()).content.decode()
        assert client.post(reverse("people:invitation_withdraw", args=[person.pk])).status_code == 409

    def test_only_those_who_invite(self) -> None:
        client, person = client_of(make_user(RoleKind.ACCOUNTANT)), make_person()
        assert client.get(reverse("people:person_invite")).status_code == 403
        assert client.post(reverse("people:invitation_send", args=[person.pk])).status_code == 403
        assert not OutgoingEmail.objects.exists()


def test_the_mail_says_who_what_until_when_and_why() -> None:
    admin, person = make_admin(first_name="Fatou", last_name="Diop"), make_person(first_name="Émile")
    make_role(person, RoleKind.CANDIDATE)
    invite_person(person, actor=admin, now=timezone.now())
    mail = OutgoingEmail.objects.get()
    assert "Fatou Diop" in mail.subject
    for words in ("Bonjour Émile", "Invitation de Fatou Diop", "jusqu’au"):
        assert words in mail.text
    assert "⟦" not in mail.html + mail.text


class TestFirstAdministrator:
    def test_the_command_prints_the_link_that_opens_the_house(self, capsys: Any) -> None:
        call_command("invite_administrator", "fatou@exemple.fr", "Fatou", "Diop")
        printed = capsys.readouterr().out
        found = re.search(r"https?://[^/\s]+(/invitation/\S+)", printed)
        assert found
        assert "La coopérative" in OutgoingEmail.objects.get().subject
        assert Client().post(found[1], TYPED).status_code == 302
        account = User.objects.get(email="fatou@exemple.fr")
        assert account.person
        assert account.person.roles.get().kind == RoleKind.ADMINISTRATOR

    def test_only_once(self) -> None:
        make_admin()
        with pytest.raises(CommandError, match="administre déjà"):
            call_command("invite_administrator", "autre@exemple.fr", "Autre", "Personne")
        assert not Person.objects.filter(email="autre@exemple.fr").exists()
