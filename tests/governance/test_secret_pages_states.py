"""The page of a scrutin at each stage of its life: what is next, whose turn, who has which button (GOV-26)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.states.secret import SecretState
from tests.factories.governance_secret import WAY, Scrutin, make_scrutin
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


@pytest.mark.parametrize("state", WAY)
def test_each_stage_is_drawn(state: str) -> None:
    made = make_scrutin(state)
    page = client_of(made.actor).get(made.vote.get_absolute_url())
    assert page.status_code == 200
