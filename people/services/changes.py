"""What services share about what was typed: values put on a row, texts wanted or too long, older forms."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused


def write(row: models.Model, data: Any) -> dict[str, list[str]]:
    """Copies the fields of a dataclass on the row; gives {field: [before, after]} for those that differ."""
    changed: dict[str, list[str]] = {}
    for name in (field.name for field in fields(data)):
        before, after = getattr(row, name), getattr(data, name)
        if before != after:
            changed[name] = [_shown(before), _shown(after)]
            setattr(row, name, after)
    return changed


def refuse_stale(row: Any, version: int | None) -> None:
    """Raises Refused(stale_form) when the row was saved by somebody since the form was opened."""
    if version is not None and row.version != version:
        raise Refused(
            Code.STALE_FORM,
            _("Quelqu’un a modifié cette fiche entre-temps. Rouvrez-la pour repartir des valeurs à jour."),
        )


def refuse_spent(row: Any) -> None:
    """Raises Refused(stale_form) when the form of this new row already made another: whoever comes back to it
    and changes what it is about (the activity, the person) begins anew."""
    if type(row)._base_manager.filter(form_key=row.form_key).exists():
        raise Refused(
            Code.STALE_FORM, _("Ce formulaire a déjà été envoyé pour autre chose : ouvrez-en un nouveau.")
        )


def require_text(value: str, field: str, sentence: str) -> None:
    """Raises Refused(value_missing) at the field when it holds nothing but spaces."""
    if not value.strip():
        raise Refused(Code.VALUE_MISSING, sentence, field=field)


def refuse_long(value: str, field: str, most: int) -> None:
    """Raises Refused(text_too_long) at the field when it holds more characters than are kept."""
    if len(value) > most:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce texte dépasse %(most)d caractères (il en compte %(count)d).")
            % {"most": most, "count": len(value)},
            field=field,
        )


def one_line(value: str, field: str, sentence: str, *, most: int) -> str:
    """Gives what was typed on one line. Raises Refused at the field when nothing, or too much, is written."""
    words = " ".join(value.split())
    require_text(words, field, sentence)
    refuse_long(words, field, most)
    return words


def _shown(value: Any) -> str:
    return str(value) if value is not None else ""
