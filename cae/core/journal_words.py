"""What a line of the journal says, in people's words: each value before and after, by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from cae.core.acts import DETAILS
from cae.core.models import AuditEntry
from cae.core.notices import KINDS
from cae.core.templatetags.formats import day

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What `str` makes of a tick (`people.services.changes.write`).
_WORDS = {"True": lambda: _("oui"), "False": lambda: _("non")}


@dataclass(frozen=True)
class Told:
    """One thing that a line tells: its name, and its value, or what it was and became."""

    label: str
    after: str
    before: str | None = None

    @property
    def changed(self) -> bool:
        return self.before is not None

    def __str__(self) -> str:
        value = f"{self.before or '∅'} → {self.after or '∅'}" if self.changed else self.after
        return _("%(label)s : %(value)s") % {"label": self.label, "value": value}


def told(entry: AuditEntry) -> list[Told]:
    """Gives what an act says of itself, field by field."""
    detail, model = dict(entry.detail), _model(entry.about_type)
    found: list[Told] = []
    before, after = detail.get("before"), detail.get("after")
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        found += _both(before, after, model)
        del detail["before"], detail["after"]
    elif "before" in detail and "after" in detail:
        found.append(Told(_("contenu"), said(detail.pop("after")), said(detail.pop("before"))))
    found += [_one(key, value, model) for key, value in detail.items()]
    return [one for one in found if one.after or one.before]


def _both(
    before: Mapping[str, Any], after: Mapping[str, Any], model: type[models.Model] | None
) -> Iterator[Told]:
    for key in [*after, *(key for key in before if key not in after)]:
        if before.get(key) != after.get(key):
            yield Told(_name(key, model), said(after.get(key)), said(before.get(key)))


def _one(key: str, value: Any, model: type[models.Model] | None) -> Told:
    """A pair is what a field was and became (`people.services.changes.write`, and like it)."""
    if isinstance(value, list) and len(value) == 2:
        return Told(_name(key, model), said(value[1]), said(value[0]))
    return Told(_name(key, model), said(value))


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _name(key: str, model: type[models.Model] | None) -> str:
    """The word of a detail, the field of the row, or the kind of notice, that bears this name."""
    if key in DETAILS:
        return str(DETAILS[key])
    if key in KINDS:
        return str(KINDS[key].label)
    try:
        field = model._meta.get_field(key) if model else None
    except FieldDoesNotExist:
        field = None
    return str(getattr(field, "verbose_name", key))


def said(value: Any) -> str:
    """Gives a value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, Mapping):
        return " ; ".join(f"{key} {said(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(said(one) for one in value)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    return _WORDS[value]() if value in _WORDS else str(value)
