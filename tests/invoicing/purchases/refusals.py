"""Says which refusal is awaited, at which field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cae.core.errors import Code, Refused


@contextmanager
def refused(code: Code, field: str | None = None, said: str = "") -> Iterator[None]:
    """The act within is refused for this reason, at this field, with these words among its sentence."""
    with pytest.raises(Refused) as told:
        yield
    assert (told.value.code, told.value.field) == (code, field), str(told.value)
    assert said in str(told.value)
