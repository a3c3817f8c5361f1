"""The life of a secret ballot: each move, what it leaves, what it refuses (GOV-26, GOV-30, GOV-33)."""

from __future__ import annotations

import pytest

from governance.states.secret import SecretState
from tests.factories.governance_secret import make_scrutin

pytestmark = pytest.mark.django_db


def test_a_scrutin_goes_to_its_archive() -> None:
    scrutin = make_scrutin(SecretState.RECORDED)
    assert scrutin.vote.state == SecretState.RECORDED
