"""Spares deep pages a fault of CPython: calls that cross the end of a piece of stack, again and again.

CPython (3.11 to 3.14) keeps the frames of Python functions in pieces of 16 kB, asked from the system when
a call needs one more and given back when it returns. Templates nest a hundred calls, so the loop over
the cells of a table may stand at the end of a piece by chance: each cell then costs a `mmap`, four page
faults and a `munmap`, which doubles the time of the page. A function that claims a large frame makes
CPython ask for one large piece, in which everything below it then fits.
"""

from collections.abc import Callable
from types import FunctionType
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

# In slots of eight bytes: the piece is the next power of two, 256 kB, and half of it stays free. Only what is
# touched takes memory.
_SLOTS = 17_000

Function = TypeVar("Function", bound=Callable[..., object])


def roomy(function: Function) -> Function:
    """Makes `function` and all that it calls stand in one piece of stack."""
    if not isinstance(function, FunctionType):
        raise TypeError("only a function written in Python has a frame")
    function.__code__ = function.__code__.replace(co_stacksize=_SLOTS)
    return function


class RoomyStackMiddleware:
    """The outermost one: the whole request stands in one piece of stack."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @roomy
    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
