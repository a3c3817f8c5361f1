"""Declares the dated parameters: each room says, before any table exists, what its own mean."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from cae.core.money import parse_amount

Kind = Literal["integer", "amount", "rate", "text"]


@dataclass(frozen=True)
class Parameter:
    """What a parameter means: its kind, the value before any decision, and where the rule comes from."""

    code: str
    kind: Kind
    default: str
    label: Any
    help: Any
    source: str = ""
    # The trade is not sure of this value: the page says « à confirmer » (domain.md §9).
    to_confirm: bool = False

    def read(self, text: str) -> int | Decimal | str:
        """Gives the typed text as a value of this kind. Raises ValueError."""
        if self.kind == "integer":
            return int(text)
        if self.kind in ("amount", "rate"):
            value = parse_amount(text)
            if self.kind == "rate" and not 0 <= value <= 1:
                raise ValueError(text)
            return value
        if not text.strip():
            raise ValueError(text)
        return text


PARAMETERS: dict[str, Parameter] = {}


def register_setting(code: str, **meaning: Any) -> Parameter:
    """Declares a parameter, once, in the room that owns its meaning."""
    if code in PARAMETERS:
        raise ValueError(f"parameter {code!r} is registered twice")
    PARAMETERS[code] = Parameter(code, **meaning)
    return PARAMETERS[code]
