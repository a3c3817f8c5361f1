"""A refusal is known by its code; its sentence is for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from cae.core.errors import Code, Refused


@contextmanager
def refuses(code: Code, words: str = "") -> Iterator[Any]:
    """What happens inside is refused for this reason, in a sentence that holds these words."""
    with pytest.raises(Refused) as found:
        yield found
    assert found.value.code == code
    assert words in str(found.value)
