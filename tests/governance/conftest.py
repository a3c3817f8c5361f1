"""What several tests of the room begin with."""

from __future__ import annotations

import pytest

from governance.models import RuleSet
from tests.factories.governance import make_rule_set
from tests.factories.kernel import make_cooperative


@pytest.fixture
def rule_set() -> RuleSet:
    """A cooperative whose rules are in force."""
    make_cooperative()
    return make_rule_set()
