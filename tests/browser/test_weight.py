"""The first page is light: under 150 KB gzip, fonts aside, and nothing comes from elsewhere."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Response

from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

MOST = 150 * 1024


@pytest.mark.parametrize(("name", "who"), [("account_login", "visitor"), ("portal:home", "seller")])
def test_the_first_page_is_light(new_visitor: Callable[..., Visitor], name: str, who: str) -> None:
    """A new browser, which has nothing in its cache; the server of the tests compresses nothing."""
    visitor = new_visitor()
    answers: list[Response] = []

    def received(answer: Response) -> None:
        answers.append(answer)

    visitor.page.on("response", received)
    visitor.sign_in(who)
    visitor.page.goto(reverse(name))
    weights = {answer.url: weight_of(answer) for answer in answers}
    assert any(url.endswith("alveole.css") for url in weights)
    assert sum(weights.values()) < MOST, weights
    assert visitor.faults == []


def weight_of(answer: Response) -> int:
    """What travels, but the fonts and what is already compressed by itself."""
    if answer.request.resource_type == "font" or not answer.ok:
        return 0
    return len(gzip.compress(answer.body(), 6))
