"""Declares the dated parameters: each room says, before any table exists, what its own mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from cae.core.money import parse_amount

Kind = Literal["integer", "amount", "rate", "text", "choice", "choices"]


@dataclass(frozen=True)
class Parameter:
    """What a parameter means: its kind, the value before any decision, and where the rule comes from."""

    code: str
    kind: Kind
    default: str
    label: Any
    help: Any
    source: str = ""
    # What may be chosen, for a choice or several: (value, word). Several are kept with a comma between.
    choices: Sequence[tuple[str, Any]] = ()
    # The smallest and largest value of an integer, both allowed.
    within: tuple[int, int] | None = None
    # Says in a sentence what a value would change from a date on, before it is decided.
    effect: Callable[[Any, date], Any] | None = None
    # The trade is not sure of this value: the page says « à confirmer » (domain.md §9).
    to_confirm: bool = False

    def read(self, text: str) -> int | Decimal | str | frozenset[str]:
        """Gives the typed text as a value of this kind. Raises ValueError."""
        if self.kind == "integer":
            number = int(text)
            if self.within and not self.within[0] <= number <= self.within[1]:
                raise ValueError(text)
            return number
        if self.kind == "choice":
            if text not in dict(self.choices):
                raise ValueError(text)
            return text
        if self.kind == "choices":
            chosen = frozenset(filter(None, text.split(",")))
            if not chosen <= set(dict(self.choices)):
                raise ValueError(text)
            return chosen
        if self.kind in ("amount", "rate"):
            value = parse_amount(text)
            if self.kind == "rate" and not 0 <= value <= 1:
                raise ValueError(text)
            return value
        if not text.strip():
            raise ValueError(text)
        return text

    def shown(self, text: str) -> Any:
        """Gives a stored value in the words of the page."""
        if self.kind == "choices":
            chosen = text.split(",")
            return ", ".join(str(word) for value, word in self.choices if value in chosen) or _("aucun")
        return dict(self.choices).get(text, text)


PARAMETERS: dict[str, Parameter] = {}


def register_setting(code: str, **meaning: Any) -> Parameter:
    """Declares a parameter, once, in the room that owns its meaning."""
    if code in PARAMETERS:
        raise ValueError(f"parameter {code!r} is registered twice")
    PARAMETERS[code] = Parameter(code, **meaning)
    return PARAMETERS[code]
