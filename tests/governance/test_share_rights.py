"""Who reads one subscription or one refund: whose it is, and who reads the register (GOV-05, GOV-06)."""

from __future__ import annotations

import pytest

from cae.core.permissions import can
from people.states import RoleKind
from tests.factories.governance import make_member
from tests.factories.governance_held import held_in_cooperative
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize(
    ("right", "name"),
    [("governance.view_subscription", "subscription"), ("governance.view_refund", "refund")],
)
def test_a_line_of_shares_is_read_by_its_holder_and_by_who_reads_the_register(right: str, name: str) -> None:
    make_cooperative()
    holder = make_user()
    row = held_in_cooperative(holder)[name]
    assert can(holder, right, row)
    assert can(make_user(RoleKind.CO_MANAGER), right, row)
    assert not can(make_member()[0], right, row)
    assert not can(make_user(), right, row)
