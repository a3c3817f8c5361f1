"""What several tests of the room begin with."""

from __future__ import annotations

import pytest

from governance.models import RuleSet, ShareClass
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_organiser, make_rule_set, make_share_class
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user


@pytest.fixture
def rule_set() -> RuleSet:
    """A cooperative whose rules are in force."""
    make_cooperative()
    return make_rule_set()


@pytest.fixture
def actor() -> User:
    """Who prepares and leads assemblies."""
    return make_organiser()


@pytest.fixture
def accountant(rule_set: RuleSet) -> User:
    """Who keeps the shares, where rules are in force."""
    return make_user(RoleKind.ACCOUNTANT)


@pytest.fixture
def parts() -> ShareClass:
    """Shares at twenty euros, of which nobody holds any."""
    return make_share_class("A", "20.00")
