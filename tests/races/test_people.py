"""Two hands on one person, one address, one SIREN: one wins, the other gets a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from cae.core.errors import Code, Refused
from people.models import Assistance, Organisation, Person, Role, User
from people.services.accounts import close_account
from people.services.assistance import start_assistance
from people.services.invitations import PreparedRole, accept_invitation, invite_newcomer, invite_person
from people.services.organisations import OrganisationData, save_organisation
from people.services.persons import PersonData
from people.services.roles import end_role, give_role
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories.people import make_admin, make_person, make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HANDS = 4
Outcomes = Callable[[Callable[[int], Any]], list[str]]


@pytest.fixture
def outcomes(race: Race) -> Outcomes:
    """Runs the act by many hands; « done » or the code of the refusal of each."""

    def run(act: Callable[[int], Any]) -> list[str]:
        results = race([partial(act, rank) for rank in range(HANDS)])
        return sorted(str(one.code) if isinstance(one, Refused) else "done" for one in results)

    return run


def test_one_role_from_many_clicks(outcomes: Outcomes) -> None:
    person, today = make_person(), timezone.localdate()

    def give(_rank: int) -> None:
        give_role(person, kind=RoleKind.ADVISOR, actor=None, starts_on=today, reason="embauche")

    assert outcomes(give) == sorted(["done", *[str(Code.DUPLICATE)] * (HANDS - 1)])
    assert Role.objects.count() == 1


def test_one_helper_acts_for_one_person_at_a_time(outcomes: Outcomes) -> None:
    admin, helped = make_admin(), [make_user(RoleKind.ENTREPRENEUR) for _ in range(HANDS)]

    def start(rank: int) -> None:
        person = helped[rank].person
        assert person is not None
        start_assistance(person, reason="ne trouve pas", actor=admin, now=timezone.now())

    assert outcomes(start) == ["done"] * HANDS
    assert Assistance.objects.filter(ended_at=None).count() == 1


def test_one_portfolio_per_name(outcomes: Outcomes) -> None:
    def save(_rank: int) -> None:
        save_portfolio(None, label="Suivi du Béarn", scopes=[], actor=None)

    assert outcomes(save) == sorted(["done", *[str(Code.DUPLICATE)] * (HANDS - 1)])


def test_one_organisation_per_siren(outcomes: Outcomes) -> None:
    def save(rank: int) -> None:
        save_organisation(None, data=OrganisationData(f"Mairie {rank}", siren="732829320"), actor=None)

    assert outcomes(save) == sorted(["done", *[str(Code.DUPLICATE)] * (HANDS - 1)])
    assert Organisation.objects.count() == 1


def test_a_double_click_makes_one_organisation_and_one_newcomer(race: Race) -> None:
    key, admin, today = uuid4(), make_admin(), timezone.localdate()
    save = partial(save_organisation, None, data=OrganisationData("Mairie"), form_key=key, actor=None)
    assert race([save] * HANDS) == [Organisation.objects.get()] * HANDS
    role = PreparedRole(RoleKind.CANDIDATE, today)
    invite = partial(
        invite_newcomer,
        PersonData("Nina", "Roy", email="nina@exemple.fr"),
        role=role,
        reason="Entrée",
        actor=admin,
        now=timezone.now(),
        form_key=key,
    )
    newcomer = race([invite] * HANDS)
    assert newcomer == [Person.objects.get(email="nina@exemple.fr")] * HANDS
    assert Role.objects.filter(kind=RoleKind.CANDIDATE).count() == 1
    other = race([partial(invite_newcomer, *invite.args, **invite.keywords | {"form_key": uuid4()})])
    assert [one.code for one in other] == [Code.DUPLICATE]


def test_one_account_from_one_invitation(outcomes: Outcomes, mailoutbox: list[EmailMessage]) -> None:
    invite_person(make_person(), actor=make_admin(), now=timezone.now())
    found = re.search(r"/invitation/([^/\s]+)/", mailoutbox[0].body)
    assert found
    token = found[1]

    def accept(_rank: int) -> None:
        accept_invitation(token, password="les abeilles reviennent en mars", now=timezone.now())

    assert outcomes(accept) == sorted(["done", *[str(Code.ALREADY_DONE)] * (HANDS - 1)])
    assert User.objects.count() == 2


def test_administrators_who_leave_together_do_not_leave_the_house_empty(outcomes: Outcomes) -> None:
    admins = [make_admin() for _rank in range(HANDS)]
    now, today = timezone.now(), timezone.localdate()
    roles = [Role.objects.get(person=admin.person_id) for admin in admins]

    def leave(rank: int) -> None:
        if rank % 2:
            end_role(roles[rank], last_day=today, reason="départ", actor=None, now=now)
        else:
            close_account(admins[rank], reason="départ", actor=admins[(rank + 1) % HANDS], on=today)

    left = outcomes(leave)
    staying = [role for role in Role.objects.all() if role.ended_at is None and role.person.user.is_active]
    assert left.count("done") == HANDS - len(staying)
    assert staying
