"""What a model finds wrong with a row, as a refusal at its field: services say it like their own rules."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from cae.core.errors import Code, Refused


def refuse_invalid(row: models.Model, **options: Any) -> None:
    """Raises Refused(value_invalid) at the first field that `full_clean`, with these options, finds wrong."""
    try:
        row.full_clean(**options)
    except ValidationError as error:
        field, problems = next(iter(error.message_dict.items()))
        raise Refused(Code.VALUE_INVALID, problems[0], field=field) from error
