"""What the tests of the sales room share: a checker that accepts, somebody who sells."""

from __future__ import annotations

import pytest

from entrepreneurs.models import Activity
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import ISSUE, Finding, Verdict
from people.models import User
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import trust
from tests.factories.people import make_user


class Judges:
    """Stands for the checker process: says what it is told to say, and counts the calls."""

    def __init__(self) -> None:
        self.verdict = Verdict(True)
        self.down = False
        self.calls = 0

    @staticmethod
    def rejecting(*rules: str) -> Verdict:
        return Verdict(False, tuple(Finding(rule, "ce que dit la règle") for rule in rules))

    def check(self, xml: bytes, url: str, timeout: float = 10.0, *, rules: str = ISSUE) -> Verdict:
        self.calls += 1
        if self.down:
            raise client.CheckerUnavailable("nobody answers")
        return self.verdict


@pytest.fixture
def judges(monkeypatch: pytest.MonkeyPatch) -> Judges:
    found = Judges()
    monkeypatch.setattr(client, "check", found.check)
    return found


@pytest.fixture
def seller() -> User:
    """An entrepreneur whom the team trusts: what needs a check has its own tests."""
    return trust(make_user(RoleKind.ENTREPRENEUR, first_name="Claire"))


@pytest.fixture
def shop(seller: User) -> Activity:
    return make_activity(seller)
