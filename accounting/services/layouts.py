"""Makes a version of a layout: all former ones are kept as they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.layouts.layout import Layout, Typed, read_layout
from accounting.models import LayoutLine, StatementLayout
from accounting.selectors.layouts import covering, fault_sentence, next_version, versions_of
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn

_DAY = timedelta(days=1)


def checked_layout(typed: Sequence[Typed], *, kind: str) -> Layout:
    """Gives the layout that these lines describe. Refuses, at its row (`lines.3.formula`), the first
    thing that would not compute."""
    if not typed:
        raise Refused(Code.VALUE_MISSING, _("Une présentation compte au moins une ligne."), field="lines")
    layout, faults = read_layout(typed, kind=kind)
    for fault in faults:
        raise Refused(Code.VALUE_INVALID, fault_sentence(fault), field=f"lines.{fault.row}.{fault.box}")
    return layout


@transaction.atomic
def create_layout(
    *,
    code: str,
    kind: str,
    label: str,
    lines: Sequence[Typed],
    valid_from: date,
    reason: str,
    actor: Any,
) -> StatementLayout:
    """Does: opens a version and ends the one before. Refuses: lines that do not compute, no reason, a
    date that another version covers, another kind than that of the earlier versions. Leaves behind: the
    version with its lines, never to change; audit."""
    checked = checked_layout(lines, kind=kind)
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi cette version."), field="reason")
    # Versions of one code are made one after the other; the first has no row that one could lock.
    take_turn(f"accounting.layout.{code}")
    if covering(code, valid_from):
        raise Refused(
            Code.PERIOD_INVALID,
            _("Une version de cette présentation couvre déjà cette date."),
            field="valid_from",
        )
    versions = versions_of(code)
    if versions.exclude(kind=kind).exists():
        raise Refused(Code.VALUE_INVALID, _("Ce code est celui d’un autre état."), field="code")
    version = next_version(code)
    StatementLayout.objects.filter(code=code, valid_to=None).update(valid_to=valid_from - _DAY)
    row = StatementLayout.objects.create(
        code=code,
        version=version,
        kind=kind,
        label=label.strip(),
        valid_from=valid_from,
        reason=reason.strip(),
        created_by=actor,
    )
    LayoutLine.objects.bulk_create(
        LayoutLine(
            layout=row,
            rank=rank,
            code=line.code,
            label=line.label,
            style=line.style,
            side=line.side,
            in_percent=line.in_percent,
            accounts=one.accounts.strip(),
            formula=one.formula.strip(),
        )
        for rank, (line, one) in enumerate(zip(checked.lines, lines, strict=True), start=1)
    )
    detail = {"version": version, "from": valid_from.isoformat()}
    audit.record(actor, "accounting.create_layout", row, detail=detail)
    return row
