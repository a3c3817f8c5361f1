"""Who reads and keeps members, plans and months: by place, by role, by oneself (COW-09 to 15)."""

from __future__ import annotations

import pytest

from cae.core.permissions import can
from coworking.states.members import MemberOrigin
from people.states import RoleKind
from tests.factories.coworking_members import HOME, held_in_a_place, make_member, place_that_sells
from tests.factories.invoicing import SIRENS
from tests.factories.kernel import make_author
from tests.factories.people import OrganisationFactory, make_user

pytestmark = pytest.mark.django_db

KEEPS = ("coworking.keep_members", "coworking.keep_plans", "coworking.bill_place")
READS = ("coworking.read_members", "coworking.read_billing")


def test_a_place_is_kept_by_who_runs_it_and_read_by_who_answers_for_it() -> None:
    held = held_in_a_place()
    rows = [held[name] for name in ("place", "member", "plan", "held", "deposit", "pause", "signup")]
    rows += [held["charge"], held["run"]]
    runs = make_user(RoleKind.PLACE_FACILITATOR, scope=held["place"].scope)
    elsewhere = make_user(RoleKind.PLACE_FACILITATOR, scope=place_that_sells().scope)
    admin, manager, accountant = (
        make_user(kind) for kind in (RoleKind.ADMINISTRATOR, RoleKind.CO_MANAGER, RoleKind.ACCOUNTANT)
    )
    stranger = make_user(RoleKind.ENTREPRENEUR)
    for row in rows:
        for right in (*KEEPS, *READS):
            assert can(runs, right, row), (right, row)
            assert can(admin, right, row), (right, row)
            assert not can(elsewhere, right, row), (right, row)
            assert not can(stranger, right, row), (right, row)
        for right in READS:
            assert can(manager, right, row)
        assert not can(manager, "coworking.bill_place", row)
        assert can(accountant, "coworking.bill_place", row)
        assert not can(accountant, "coworking.keep_members", row)
    assert can(elsewhere, "coworking.read_members")
    assert not can(stranger, "coworking.read_members")


def test_one_reads_ones_own_membership_and_that_of_those_one_leads() -> None:
    place, employer = place_that_sells(), OrganisationFactory.create(siren=SIRENS[0], **HOME)
    own, lead, outside, alone = (make_user(**HOME) for _one in range(4))
    of_employer = {"origin": MemberOrigin.ORGANISATION, "organisation": employer}
    member = make_member(place, own.person, **of_employer)
    make_member(place, lead.person, **of_employer, leads=True)
    other = make_member(place, outside.person)
    right = "coworking.read_own_member"
    assert can(own, right)
    assert can(own, right, member)
    assert can(lead, right, member)
    assert not can(own, right, other)
    assert not can(lead, right, other)
    assert not can(outside, right, member)
    assert not can(alone, right)
    assert not can(make_author(), right, member)
    assert not can(alone, "coworking.own_places")
