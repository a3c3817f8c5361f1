"""A roomy function never makes its calls cross the end of a piece of stack."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse

from cae.core.stack import RoomyStackMiddleware, roomy

TURNS = 500


def _leaf() -> None:
    return None


def _work() -> int:
    """Calls that come back at once, many times, as cells of a table do. Gives the page faults of it all."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _turn in range(TURNS):
        _leaf()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _deep(levels: int, work: Callable[[], int]) -> int:
    return work() if levels == 0 else _deep(levels - 1, work)


def test_no_depth_is_unlucky() -> None:
    @roomy
    def lucky() -> int:
        return max([_deep(levels, _work) for levels in range(200)])

    assert lucky() < TURNS / 2


def test_a_roomy_function_answers_as_before() -> None:
    @roomy
    def double(number: int, *, more: int = 0) -> int:
        return 2 * number + more

    assert double(4, more=1) == 9
    with pytest.raises(TypeError):
        roomy(len)


def test_the_request_passes_through() -> None:
    answer = HttpResponse("seen")
    assert RoomyStackMiddleware(lambda _request: answer)(HttpRequest()) is answer
