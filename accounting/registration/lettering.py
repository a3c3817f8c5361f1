"""What the room declares of lettering and aged balances when it starts."""

from __future__ import annotations

from accounting.selectors.lettering import lettering_sources
from cae.core.facts import provide_source


def register_lettering() -> None:
    """Called once, when models are ready."""
    provide_source("accounting.lettering", lettering_sources)
