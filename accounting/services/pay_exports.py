"""Sends the variables of a month to payroll: one numbered file, sealed; again, under another number."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.payroll.exporting import Variable, file_of, without_code
from accounting.models import ExportLayout, PayExport, PayExportEntry, PayMonth, PayProposal
from accounting.selectors.pay_files import (
    elements_named,
    next_export_number,
    ready_to_export,
    rules_of,
    variables_of,
)
from accounting.states.payroll import PAY_FLOW, PayState
from cae.core import audit
from cae.core.documents import store_document
from cae.core.elision import elided
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.turns import take_turn
from cae.core.workflow import performs

FILE_KIND = "accounting.pay_export"
# As long as the entries that they explain (C. com. L123-22).
RETENTION_YEARS = 10
_TURN = "accounting.pay_export"


@performs(PAY_FLOW, "export")
def _export(row: PayProposal, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `export_pay`."""


@transaction.atomic
def export_pay(month: PayMonth, layout: ExportLayout, *, actor: Any) -> PayExport:
    """Does: writes the file of what is checked and was never sent. Refuses: nothing to send, a layout no
    longer used, an element that it has no code for, a name that its encoding cannot say. Leaves behind: the
    file under its number and its seal; its proposals sent; audit."""
    # Two clicks at once: the second then finds nothing left to send.
    take_turn(_TURN)
    rows = list(ready_to_export(month).select_for_update(of=("self",)))
    if not rows:
        raise Refused(
            Code.VALUE_MISSING,
            _("Aucune paie contrôlée n’attend pour %(month)s.") % {"month": month},
            field="month",
        )
    export = _write(month, layout, rows, replaces=None, actor=actor)
    for row in rows:
        _export(row, actor=actor)
    return export


@transaction.atomic
def resend_export(export: PayExport, *, layout: ExportLayout, actor: Any) -> PayExport:
    """Does: sends the same people again under a new number, which replaces the former. Refuses: a file that
    was replaced already, one whose pay came back, and what `export_pay` refuses of a layout. Leaves behind:
    the new file; the former, no longer in force; audit."""
    take_turn(_TURN)
    later = PayExport.objects.filter(replaces=export).first()
    if later is not None:
        raise IllegalMove(_("%(export)s l’a déjà remplacé.") % {"export": later})
    held = PayProposal.objects.select_for_update(of=("self",)).filter(export_entries__export=export)
    rows = list(held.select_related("person", "month").order_by("person__sort_name", "pk"))
    real = next((row for row in rows if row.state == PayState.REAL), None)
    if real is not None:
        raise IllegalMove(
            elided(
                _("La paie de %(name)s est déjà revenue : annulez d’abord son journal."),
                {"name": real.person},
            )
        )
    export.entries.filter(is_live=True).update(is_live=False)
    return _write(export.month, layout, rows, replaces=export, actor=actor)


def _write(
    month: PayMonth,
    layout: ExportLayout,
    rows: Sequence[PayProposal],
    *,
    replaces: PayExport | None,
    actor: Any,
) -> PayExport:
    variables = variables_of(rows)
    content, number = _file(layout, variables, month), next_export_number()
    document = store_document(
        content,
        kind=FILE_KIND,
        name=f"paie-{month.month}-{number:04}.csv",
        mime="text/csv",
        about=month,
        actor=actor,
        retention_until=month.first.replace(year=month.first.year + RETENTION_YEARS, month=12, day=31),
    )
    export = PayExport.objects.create(
        month=month,
        number=number,
        layout=layout,
        document=document,
        sha256=hashlib.sha256(content).hexdigest(),
        line_count=len(variables),
        replaces=replaces,
        sent_by=actor,
    )
    PayExportEntry.objects.bulk_create(PayExportEntry(export=export, proposal=row) for row in rows)
    audit.record(actor, "accounting.export_pay", export, detail={"seal": export.sha256, "people": len(rows)})
    return export


def _file(layout: ExportLayout, variables: Sequence[Variable], month: PayMonth) -> bytes:
    if not layout.is_used:
        raise Refused(Code.VALUE_INVALID, _("Ce format n’est plus proposé."), field="layout")
    rules = rules_of(layout)
    missing = without_code(rules, variables)
    if missing:
        words = dict(elements_named(month.first))
        raise Refused(
            Code.VALUE_MISSING,
            _("« %(layout)s » n’a pas de code de paie pour « %(element)s ».")
            % {"layout": layout, "element": words.get(missing[0], missing[0])},
            field="layout",
        )
    try:
        return file_of(rules, variables)
    except UnicodeEncodeError as error:
        raise Refused(
            Code.VALUE_INVALID,
            _("L’encodage de « %(layout)s » ne sait pas écrire « %(sign)s » : choisissez UTF-8.")
            % {"layout": layout, "sign": error.object[error.start : error.end]},
            field="layout",
        ) from error
