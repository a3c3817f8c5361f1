"""Who is of an activity, with which part; joining is agreed on both sides (ENT-43, ENT-45, ENT-03)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.permissions import can
from entrepreneurs.models import Activity, Application, ColleagueOpinion, JoinRequest
from entrepreneurs.selectors.feasibility import opinions_of, opinions_on
from entrepreneurs.selectors.members import collectives_open, part_of, workers_of
from entrepreneurs.selectors.members_data import held_in_collectives
from entrepreneurs.services.erasing_members import erase_in_collectives
from entrepreneurs.services.feasibility import ask_opinions
from entrepreneurs.services.members import (
    accept_join,
    ask_to_join,
    change_part,
    end_membership,
    join_activity,
    make_collective,
    open_to_members,
    refuse_join,
    withdraw_join,
)
from entrepreneurs.services.opinions import give_member_opinion
from entrepreneurs.states.applications import Door
from entrepreneurs.states.feasibility import Opinion, OpinionKind
from people.models import PersonScope, User
from people.states import RoleKind, ScopePart
from tests.factories import collectives
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.factories.welcome import candidature

pytestmark = pytest.mark.django_db

ON = date(2025, 6, 1)

# What a part lets one do on an activity and on its documents; reading goes with every part.
RIGHTS = {
    "entrepreneurs.view_activity": {"lead", "member", "invoices", "reader"},
    "invoicing.create_quote": {"lead", "member", "invoices"},
    "invoicing.create_invoice": {"lead", "member", "invoices"},
    "invoicing.edit_customer": {"lead", "member", "invoices"},
    "invoicing.record_payment": {"lead", "member", "invoices"},
    "entrepreneurs.change_activity": {"lead", "member"},
    "entrepreneurs.declare_claim": {"lead", "member"},
    "entrepreneurs.manage_members": {"lead"},
    "entrepreneurs.draft_agreement": {"lead"},
}


@pytest.mark.parametrize("part", ScopePart.values)
@pytest.mark.parametrize("right", RIGHTS)
def test_what_each_part_may_do(part: str, right: str) -> None:
    activity, _people = collectives.make_collective()
    user = make_user(RoleKind.ENTREPRENEUR)
    join_activity(activity, person=user.person, role=part, starts_on=BEGINNING, actor=None)
    assert can(user, right, activity) is (part in RIGHTS[right])
    assert not can(user, right, make_activity())


def test_a_part_changes_on_a_day_and_both_stay_readable() -> None:
    activity, (ana, jean) = collectives.make_collective()
    member = PersonScope.objects.get(person=jean)
    changed = change_part(member, role=ScopePart.READER, starts_on=ON, actor=None)
    assert part_of(jean, activity, date(2025, 5, 31)) == ScopePart.LEAD
    assert part_of(jean, activity, ON) == ScopePart.READER
    assert workers_of(activity, ON) == [ana]
    assert part_of(None, activity, ON) == ""
    assert part_of(make_person(), activity, ON) == ""
    with pytest.raises(Refused) as same:
        change_part(changed, role=ScopePart.READER, starts_on=ON, actor=None)
    assert same.value.code == Code.ALREADY_DONE
    with pytest.raises(Refused) as early:
        change_part(changed, role=ScopePart.MEMBER, starts_on=BEGINNING, actor=None)
    assert early.value.field == "starts_on"


def test_an_open_activity_keeps_somebody_who_leads_it() -> None:
    activity, (ana, jean) = collectives.make_collective()
    end_membership(PersonScope.objects.get(person=jean), last_day=ON, actor=None)
    last = PersonScope.objects.get(person=ana)
    for act in (
        lambda: end_membership(last, last_day=ON, actor=None),
        lambda: change_part(last, role=ScopePart.READER, starts_on=ON, actor=None),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == Code.VALUE_MISSING
    assert PersonScope.objects.get(person=ana).ends_on is None
    assert activity.scope.members.count() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "chef"}, Code.ROLE_INVALID),
        ({"starts_on": date(2024, 12, 31)}, Code.PERIOD_INVALID),
    ],
)
def test_who_cannot_join_leaves_nothing(changes: dict[str, Any], code: Code) -> None:
    activity, _people = collectives.make_collective()
    told: dict[str, Any] = {"person": make_person(), "starts_on": ON} | changes
    with pytest.raises(Refused) as refusal:
        join_activity(activity, actor=None, **told)
    assert refusal.value.code == code
    assert activity.scope.members.count() == 2


def asked(**changes: Any) -> JoinRequest:
    activity, _people = collectives.make_collective()
    open_to_members(activity, is_open=True, actor=None)
    told: dict[str, Any] = {"person": make_person(), "message": "Bonjour", "on": ON} | changes
    return ask_to_join(activity, actor=None, **told)


def test_a_demand_is_accepted_by_the_members() -> None:
    demand = asked()
    done = accept_join(demand, starts_on=ON, actor=None)
    assert part_of(demand.person, demand.activity, ON) == ScopePart.MEMBER
    assert done.state == "accepted"
    assert collectives_open(ON).get().size == 3
    with pytest.raises(IllegalMove):
        withdraw_join(demand, actor=None)


def test_a_demand_is_refused_for_a_reason_or_taken_back() -> None:
    demand = asked()
    with pytest.raises(Refused):
        refuse_join(demand, reason=" ", actor=None)
    assert refuse_join(demand, reason="Complet", actor=None).reason == "Complet"
    again = ask_to_join(demand.activity, person=demand.person, on=ON, actor=None)
    assert withdraw_join(again, actor=None).state == "withdrawn"
    with pytest.raises(IllegalMove):
        accept_join(again, starts_on=ON, actor=None)
    assert part_of(demand.person, demand.activity, ON) == ""


def test_who_may_answer_is_the_other_side() -> None:
    activity, _people = collectives.make_collective()
    lead, outsider, invited = make_user(), make_user(RoleKind.ENTREPRENEUR), make_user()
    join_activity(activity, person=lead.person, role=ScopePart.LEAD, starts_on=BEGINNING, actor=None)
    today = timezone.localdate()
    open_to_members(activity, is_open=True, actor=None)
    theirs = ask_to_join(activity, person=outsider.person, on=today, actor=outsider)
    ours = ask_to_join(activity, person=invited.person, by_members=True, on=today, actor=lead)
    answers: list[tuple[User, JoinRequest, bool]] = [
        (lead, theirs, True),
        (outsider, theirs, False),
        (invited, ours, True),
        (lead, ours, False),
        (make_user(RoleKind.HUMAN_RESOURCES), theirs, True),
    ]
    for user, demand, may in answers:
        assert can(user, "entrepreneurs.answer_join", demand) is may
        if user is not answers[-1][0]:
            assert can(user, "entrepreneurs.withdraw_join", demand) is not may


@pytest.mark.parametrize(
    "spoil",
    [
        lambda activity, person: open_to_members(activity, is_open=False, actor=None),
        lambda activity, person: join_activity(activity, person=person, starts_on=ON, actor=None),
        lambda activity, person: ask_to_join(activity, person=person, on=ON, actor=None),
    ],
)
def test_a_demand_that_cannot_be_is_refused(spoil: Callable[[Activity, Any], Any]) -> None:
    activity, _people = collectives.make_collective()
    open_to_members(activity, is_open=True, actor=None)
    person = make_person()
    spoil(activity, person)
    before = JoinRequest.objects.count()
    with pytest.raises(Refused):
        ask_to_join(activity, person=person, on=ON, actor=None)
    assert JoinRequest.objects.count() == before


def test_members_give_their_opinion_while_it_waits() -> None:
    demand = asked()
    members = workers_of(demand.activity, ON)
    said: dict[str, Any] = {"on": ON, "actor": None}
    for person, value, code in (
        (make_person(), Opinion.FOR, Code.NOT_ALLOWED),
        (members[0], Opinion.AGAINST, Code.VALUE_MISSING),
        (members[0], "peut-être", Code.VALUE_MISSING),
    ):
        with pytest.raises(Refused) as refusal:
            give_member_opinion(demand, person=person, value=value, **said)
        assert refusal.value.code == code
    assert not demand.opinions.exists()
    give_member_opinion(demand, person=members[0], value=Opinion.RESERVED, text="Trop loin", **said)
    assert demand.opinions.get().text == "Trop loin"
    with pytest.raises(Refused) as twice:
        give_member_opinion(demand, person=members[0], value=Opinion.FOR, **said)
    assert twice.value.code == Code.ALREADY_DONE
    accept_join(demand, starts_on=ON, actor=None)
    with pytest.raises(Refused) as late:
        give_member_opinion(demand, person=members[1], value=Opinion.FOR, **said)
    assert late.value.code == Code.ALREADY_DONE


def test_an_opinion_on_an_application_and_on_a_demand_of_the_same_person_is_one() -> None:
    demand = asked()
    members = workers_of(demand.activity, ON)
    application = candidature(door=Door.COLLECTIVE, collective=demand.activity)
    Application.objects.filter(pk=application.pk).update(person=demand.person)
    application.refresh_from_db()
    told: dict[str, Any] = {"kind": OpinionKind.COLLECTIVE, "on": ON, "actor": None}
    (waiting,) = ask_opinions(application, people=[members[0].pk], **told)
    given = give_member_opinion(demand, person=members[0], value=Opinion.FOR, on=ON, actor=None)
    assert given.pk == waiting.pk, "the answer that was asked"
    other = give_member_opinion(demand, person=members[1], value=Opinion.FOR, on=ON, actor=None)
    assert set(opinions_of(application)) == set(opinions_on(demand)) == {given, other}
    with pytest.raises(Refused) as nobody:
        ask_opinions(application, **told)
    assert nobody.value.code == Code.VALUE_MISSING, "nobody is asked what they said"
    with pytest.raises(IntegrityError), transaction.atomic():
        ColleagueOpinion.objects.create(
            kind=OpinionKind.TRADE, activity=demand.activity, person=make_person(), asked_on=ON
        )


def test_an_individual_activity_becomes_collective_once() -> None:
    activity = make_activity()
    with pytest.raises(Refused):
        open_to_members(activity, is_open=True, actor=None)
    make_collective(activity, actor=None)
    open_to_members(activity, is_open=True, actor=None)
    with pytest.raises(Refused):
        make_collective(activity, actor=None)
    assert Activity.objects.get().is_open_to_join


def test_what_collectives_hold_is_given_and_its_words_erased() -> None:
    demand = asked()
    held = {str(one.label): len(one.rows) for one in held_in_collectives(demand.person, None)}
    assert list(held.values()) == [1, 0]
    assert erase_in_collectives(demand.person, ON) == 1
    assert JoinRequest.objects.get().message == ""
