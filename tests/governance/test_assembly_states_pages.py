"""Each page of an assembly, in each of its states, answers or refuses whoever tries it: none breaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Assembly
from governance.states.assemblies import AssemblyState
from people.models import User
from people.states import RoleKind
from tests.factories.governance import (
    make_assembly,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_assemblies import make_item, make_section_meeting
from tests.factories.governance_room import attend, make_bureau
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

PAGES = (
    "assembly_detail",
    "assembly_change",
    "assembly_move",
    "assembly_bureau",
    "assembly_cancel",
    "assembly_call_again",
    "assembly_convene",
    "convocation_list",
    "item_new",
    "section_new",
    "paper_new",
    "resolution_new",
    "resolution_propose",
    "question_ask",
    "member_assembly",
    "console",
    "own_proxy",
    "proxy_list",
    "proxy_enter",
    "attendance",
    "attendance_events",
    "attendance_code",
    "tablet",
    "correspondence_list",
    "vote_list",
    "vote_cards",
    "vote_receipts",
    "minutes_detail",
)
STATES = ("draft", "convened", "open", "closed", "cancelled")


def made(state: str, *, is_empty: bool, associates: Any = ()) -> Assembly:
    """An assembly at a stage; empty: nobody called, no item, no bureau, no resolution."""
    fields: dict[str, Any] = {"cancel_reason": "Reportée"} if state == "cancelled" else {}
    if state in (AssemblyState.OPEN, AssemblyState.CLOSED):
        fields["opened_at"] = timezone.now() - timedelta(hours=1)
    assembly = make_assembly(
        state=state, rule_set=make_rule_set(), associates=() if is_empty else associates, **fields
    )
    if not is_empty:
        make_bureau(assembly)
        make_resolution(assembly, item=make_item(assembly))
        make_section_meeting(assembly)
        make_section_meeting(assembly, "Annulée", cancelled_at=timezone.now(), cancel_reason="Salle fermée")
        for associate in associates:
            attend(assembly, associate, timezone.now())
    return assembly


def answers(user: User, assembly: Assembly) -> dict[str, int]:
    client = client_of(user)
    return {name: client.get(reverse(f"governance:{name}", args=[assembly.pk])).status_code for name in PAGES}


@pytest.mark.parametrize("is_empty", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_no_page_breaks_for_who_organises_nor_for_who_is_called(state: str, is_empty: bool) -> None:
    user, associate = make_member()
    assembly = made(state, is_empty=is_empty, associates=(associate,))
    found = answers(make_organiser(), assembly)
    assert set(found.values()) <= {200, 302, 403, 404}
    assert found["assembly_detail"] == 200
    assert (found["console"] == 200) == (state != "draft")
    told = answers(user, assembly)
    assert set(told.values()) <= {200, 302, 403, 404}
    sees = state != "draft" and not is_empty
    assert (told["member_assembly"] == 200) == sees
    organised = (
        "assembly_change",
        "assembly_bureau",
        "assembly_cancel",
        "convocation_list",
        "console",
        "attendance",
        "proxy_list",
        "tablet",
        "attendance_code",
    )
    assert {told[name] for name in organised} <= {403, 404}


@pytest.mark.parametrize("state", STATES)
def test_a_stranger_reaches_no_page_of_an_assembly(state: str) -> None:
    _user, associate = make_member()
    assembly = made(state, is_empty=False, associates=(associate,))
    elsewhere, _other = make_member()
    for user in (elsewhere, make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ACCOUNTANT)):
        assert set(answers(user, assembly).values()) <= {403, 404}


def test_an_assembly_that_does_not_exist_is_not_found() -> None:
    missing = Assembly(pk=999_999)
    assert set(answers(make_organiser(), missing).values()) == {404}
