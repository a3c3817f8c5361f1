"""Dated parameters: a value from a date on, with author and reason; read « in force on » a date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.models import Setting
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


def value_of(code: str, *, on: date) -> Any:
    """Gives the value in force on a date: int, Decimal (euros or fraction) or str by its kind."""
    parameter = PARAMETERS[code]
    row = Setting.objects.filter(code=code, valid_from__lte=on).order_by("-valid_from", "-pk").first()
    return parameter.read(row.value if row else parameter.default)


def set_setting(code: str, *, value: str, valid_from: date, actor: Any, reason: str) -> Setting:
    """Does: gives a parameter a value from a date on. Refuses: a value of the wrong kind, no reason.
    Leaves behind: a row (the past is untouched), audit."""
    parameter = PARAMETERS[code]
    try:
        parameter.read(value)
    except ValueError as error:
        raise Refused(Code.VALUE_INVALID, _("Cette valeur ne convient pas à ce paramètre."), field="value") from error
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce paramètre change."), field="reason")
    with transaction.atomic():
        row = Setting.objects.create(code=code, value=value, valid_from=valid_from, author=actor, reason=reason)
        audit.record(actor, "core.setting.set", row, detail={"from": valid_from.isoformat(), "reason": reason})
        return row
