"""Keeps the layouts of variables: made, changed, confirmed on a real file, withdrawn (ACC-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import ExportLayout
from accounting.states.payroll import DateShape, DecimalMark, Encoding, PayColumn, Separator
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.validating import refuse_invalid
from people.services.changes import refuse_stale, require_text

LONGEST_HEADING, LONGEST_CODE = 60, 40


@dataclass(frozen=True)
class LayoutData:
    """What is typed of a layout: columns as (what it holds, its heading) in order, codes by element."""

    name: str
    columns: Sequence[tuple[str, str]]
    codes: Mapping[str, str]
    separator: str = Separator.SEMICOLON
    decimal_mark: str = DecimalMark.COMMA
    date_shape: str = DateShape.SLASHES
    encoding: str = Encoding.UTF8
    has_header: bool = True


@transaction.atomic
def save_layout(
    layout: ExportLayout | None, *, data: LayoutData, actor: Any, version: int | None = None
) -> ExportLayout:
    """Does: makes a layout, or changes one, which is then to be tried again. Refuses: no name, one that is
    taken, no column or one twice, no number or no value among them, a comma both between columns and within
    amounts, a sign that its encoding cannot write, somebody else's change meanwhile. Leaves behind: the
    layout, audit."""
    row = ExportLayout()
    if layout is not None:
        row = ExportLayout.objects.select_for_update().get(pk=layout.pk)
        refuse_stale(row, version)
        row.version += 1
    require_text(data.name, "name", _("Donnez un nom à ce format."))
    _check_columns(data)
    if data.separator == Separator.COMMA and data.decimal_mark == DecimalMark.COMMA:
        raise Refused(
            Code.VALUE_INVALID,
            _("La virgule ne peut pas séparer les colonnes et marquer les décimales à la fois."),
            field="decimal_mark",
        )
    row.name = " ".join(data.name.split())
    row.columns = [{"column": column, "heading": heading.strip()} for column, heading in data.columns]
    row.codes = {element: code.strip() for element, code in data.codes.items() if code.strip()}
    row.separator, row.decimal_mark = data.separator, data.decimal_mark
    row.date_shape, row.encoding, row.has_header = data.date_shape, data.encoding, data.has_header
    row.confirmed_on = None
    refuse_invalid(row)
    check_signs(data)
    row.save()
    audit.record(actor, "accounting.save_export_layout", row)
    return row


def check_signs(data: LayoutData) -> None:
    """Refuses a heading or a code that the encoding cannot write: no file would ever come out."""
    try:
        " ".join([*(heading for _column, heading in data.columns), *data.codes.values()]).encode(
            data.encoding
        )
    except UnicodeEncodeError as error:
        raise Refused(
            Code.VALUE_INVALID,
            _("L’encodage de « %(layout)s » ne sait pas écrire « %(sign)s » : choisissez UTF-8.")
            % {"layout": data.name, "sign": error.object[error.start : error.end]},
            field="encoding",
        ) from error


def _check_columns(data: LayoutData) -> None:
    names = [column for column, _heading in data.columns]
    for wanted in (PayColumn.NUMBER, PayColumn.CODE, PayColumn.VALUE):
        if wanted not in names:
            raise Refused(
                Code.VALUE_MISSING,
                _("Il faut une colonne « %(column)s » : sans elle, la paie ne se lit pas.")
                % {"column": wanted.label},
                field="columns",
            )
    if len(set(names)) != len(names):
        raise Refused(Code.DUPLICATE, _("Une colonne est choisie deux fois."), field="columns")


@transaction.atomic
def confirm_layout(layout: ExportLayout, *, on: date, actor: Any) -> ExportLayout:
    """Does: notes that a real file of this layout went through the payroll program. Refuses: one confirmed
    already. Leaves behind: the day, audit."""
    row = ExportLayout.objects.select_for_update().get(pk=layout.pk)
    if row.confirmed_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Ce format est déjà confirmé."))
    row.confirmed_on = on
    row.save(update_fields=["confirmed_on"])
    audit.record(actor, "accounting.confirm_export_layout", row)
    return row


@transaction.atomic
def offer_layout(layout: ExportLayout, *, is_used: bool, actor: Any) -> ExportLayout:
    """Does: proposes a layout for the next files, or no more. Refuses: nothing. Leaves behind: the layout,
    audit."""
    row = ExportLayout.objects.select_for_update().get(pk=layout.pk)
    row.is_used = is_used
    row.save(update_fields=["is_used"])
    audit.record(actor, "accounting.save_export_layout", row, detail={"is_used": is_used})
    return row
