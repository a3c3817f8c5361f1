"""Reads once a day what does not change on that day: a loading asks for it at each document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import ModuleType
from typing import Any
from unittest import mock

from cae.core import identity, settings
from invoicing.selectors.mentions import library_of


@contextmanager
def known_of_each_day() -> Iterator[None]:
    """Who the cooperative is, its settings, its library of notices: nobody changes them meanwhile."""
    with ExitStack() as stack:
        for known in (identity.cooperative_on, settings.value_of, settings.values_of, library_of):
            remembered = cache(known)
            for module in _readers(known):
                stack.enter_context(mock.patch.object(module, known.__name__, remembered))
        yield


def _readers(function: Callable[..., Any]) -> list[ModuleType]:
    """The modules of the sales that took this function by its name."""
    rooms = [module for name, module in sys.modules.items() if name.startswith("invoicing.")]
    return [module for module in rooms if vars(module).get(function.__name__) is function]
