"""Dated parameters: a value from a date on, with author and reason; read « in force on » a date."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.models import Setting
from cae.core.parameters import PARAMETERS, Parameter
from cae.core.questions import Given, GivenWords, Question


def value_of(code: str, *, on: date) -> Any:
    """Gives the value in force on a date: int, Decimal (euros or fraction) or str by its kind."""
    return values_of(code, on=on)[code]


def values_of(*codes: str, on: date) -> dict[str, Any]:
    """Gives the values in force on a date, by code, in one query. Raises KeyError for an undeclared code."""
    decided = dict(_DECIDED(codes=codes, on=on))
    return {code: PARAMETERS[code].read(decided.get(code, PARAMETERS[code].default)) for code in codes}


_DECIDED = Question(
    lambda: (
        Setting.objects.filter(code__in=GivenWords("codes"), valid_from__lte=Given("on"))
        .order_by("valid_from", "pk")
        .values_list("code", "value")
    )
)


def read_value(parameter: Parameter, text: str) -> Any:
    """Gives the typed text as a value of the parameter; Refused(value_invalid) at the field `value`."""
    try:
        return parameter.read(text)
    except ValueError as error:
        raise Refused(
            Code.VALUE_INVALID, _("Cette valeur ne convient pas à ce paramètre."), field="value"
        ) from error


def set_setting(code: str, *, value: str, valid_from: date, actor: Any, reason: str) -> Setting:
    """Does: gives a parameter a value from a date on. Refuses: a value of the wrong kind, no reason.
    Leaves behind: a row (the past is untouched), audit."""
    read_value(PARAMETERS[code], value)
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce paramètre change."), field="reason")
    with transaction.atomic():
        before = str(value_of(code, on=valid_from))
        row = Setting.objects.create(
            code=code, value=value, valid_from=valid_from, author=actor, reason=reason
        )
        detail = {"value": [before, value], "from": valid_from.isoformat(), "reason": reason}
        audit.record(actor, "core.setting.set", row, detail=detail)
        return row
