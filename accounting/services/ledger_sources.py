"""Declares and changes those who keep a part of the books elsewhere."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import AnalyticAccount, Journal, LedgerSource
from accounting.states.ledger_imports import NOT_IMPORTED
from cae.core import audit
from cae.core.errors import Code, Refused
from people.services.changes import one_line

MOST_LABEL = 80


@transaction.atomic
def declare_source(*, label: str, journal: Journal, section: AnalyticAccount, actor: Any) -> LedgerSource:
    """Does: declares a ledger kept elsewhere. Refuses: no name, a name already there, a journal that takes
    nothing from elsewhere. Leaves behind: the source; audit."""
    row = LedgerSource(created_by=actor)
    _fill(row, label, journal, section)
    row.save()
    audit.record(actor, "accounting.declare_ledger_source", row)
    return row


@transaction.atomic
def change_source(
    source: LedgerSource, *, label: str, journal: Journal, section: AnalyticAccount, actor: Any
) -> LedgerSource:
    """Does: names it otherwise, or gives its next files another journal or section by default. Refuses: as
    `declare_source`. Leaves behind: the entries already there as they are; audit."""
    row = LedgerSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    _fill(row, label, journal, section)
    row.save()
    audit.record(actor, "accounting.change_ledger_source", row)
    return row


def _fill(row: LedgerSource, label: str, journal: Journal, section: AnalyticAccount) -> None:
    row.label = one_line(label, "label", _("Donnez un nom à cette comptabilité."), most=MOST_LABEL)
    if LedgerSource.objects.filter(label__iexact=row.label).exclude(pk=row.pk).exists():
        raise Refused(Code.DUPLICATE, _("Ce nom est déjà pris."), field="label")
    if journal.code in NOT_IMPORTED:
        raise Refused(
            Code.VALUE_INVALID,
            _("Rien n’entre d’ailleurs dans ce journal : choisissez-en un autre."),
            field="journal",
        )
    row.journal, row.section = journal, section
