"""What a room says of a sheet it can take in: its columns, what a line would do, how to do and undo it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import Http404

from cae.core import permissions
from cae.core.models import FateKind, Outcome


@dataclass(frozen=True)
class Column:
    """One column the room can read; `aliases` are other names that people's sheets give it."""

    code: str
    label: Any
    required: bool = False
    aliases: tuple[str, ...] = ()
    help: Any = ""


@dataclass(frozen=True)
class Row:
    """A line as the mapping reads it: only the columns that the sheet has, spaces trimmed."""

    number: int
    values: Mapping[str, str]

    def __getitem__(self, code: str) -> str:
        """The text of a column; « » when the sheet lacks the column."""
        return self.values.get(code, "")

    def __contains__(self, code: str) -> bool:
        """Whether the sheet has the column: what it lacks must not empty what is stored."""
        return code in self.values


@dataclass(frozen=True)
class Fate:
    """What a line would do. `key` says who the line is about: two lines with one key are a duplicate.

    `before` and `after` hold the fields of an update by the code of a column, as JSON values."""

    kind: FateKind
    label: str = ""
    key: str = ""
    reason: str = ""
    about: models.Model | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def new(cls, label: str, *, key: str = "") -> Fate:
        return cls(FateKind.NEW, label, key)

    @classmethod
    def update(
        cls,
        about: models.Model,
        *,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        label: str = "",
        key: str = "",
    ) -> Fate:
        """A change of what is stored, or nothing when `after` says what `before` says."""
        fields = [code for code in after if before.get(code) != after[code]]
        kind = FateKind.UPDATE if fields else FateKind.UNCHANGED
        kept = {code: before.get(code) for code in fields}, {code: after[code] for code in fields}
        return cls(kind, label or str(about), key, "", about, *kept)

    @classmethod
    def refused(cls, reason: Any, *, label: str = "") -> Fate:
        return cls(FateKind.REFUSED, label, reason=str(reason))


@dataclass(frozen=True)
class Made:
    """What a line did, to be undone: the key of the row, whether it was created, the fields it changed."""

    about_id: str
    created: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Target:
    """What the lines will belong to (an activity): its key and its name."""

    key: str
    label: str


def _nothing(target: str, actor: Any) -> Any:
    return None


@dataclass(frozen=True)
class Import:
    """A sheet that a room takes in, registered in its `apps.py`.

    `context(target, actor)` reads once what `plan` compares with; `plan(row, context)` says what a line
    would do and writes nothing (what it writes is rolled back; a Refused it raises is the line's refusal);
    `apply(row, fate, context, actor)` does it through the room's services and gives the row;
    `undo(made, actor)` gives REMOVED, ARCHIVED, PUT_BACK, or CHANGED_SINCE when it must not touch the row.
    `targets(user)` lists what the lines may belong to; without it they belong to the cooperative."""

    code: str
    label: Any
    right: str
    columns: tuple[Column, ...]
    plan: Callable[[Row, Any], Fate]
    apply: Callable[[Row, Fate, Any, Any], models.Model]
    undo: Callable[[Made, Any], Outcome]
    context: Callable[[str, Any], Any] = _nothing
    targets: Callable[[Any], Sequence[Target]] | None = None
    target_label: Any = ""
    example: Sequence[Mapping[str, str]] = ()
    help: Any = ""
    back_url_name: str = "core:import_list"

    def column(self, code: str) -> Column | None:
        return next((column for column in self.columns if column.code == code), None)


_imports: dict[str, Import] = {}


def register_import(spec: Import) -> None:
    """Declares a sheet that can be imported, once."""
    if spec.code in _imports:
        raise ValueError(f"import {spec.code!r} is registered twice")
    _imports[spec.code] = spec


def import_named(code: str) -> Import:
    """Gives the import of that name, or answers 404."""
    if code not in _imports:
        raise Http404(code)
    return _imports[code]


def imports_open_to(user: Any) -> list[Import]:
    """Gives what a person may import, in the order of the rooms."""
    return [spec for spec in _imports.values() if permissions.can(user, spec.right)]


def codes() -> Iterable[str]:
    return tuple(_imports)
