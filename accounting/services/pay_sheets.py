"""Prints the pay of a month, a page a person, as a job (ACC-28)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.documents import pay_sheets_pdf
from accounting.models import PayMonth
from accounting.selectors.payroll import sheets_of
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Document, Job

TASK = "accounting.print_pay_month"
SHEETS_KIND = "accounting.pay_sheets"
RETENTION_YEARS = 10
_TITLE = gettext_lazy("Variables de paie")


def ask_for_print(month: PayMonth, *, actor: Any) -> Job:
    """Does: starts the job that prints a month. Refuses: a month without anybody. Leaves behind: the job."""
    count = len(sheets_of(month))
    if not count:
        raise Refused(Code.EMPTY_DOCUMENT, _("Aucune paie n’est proposée ce mois-là."))
    label = house_words(_TITLE, str(month.month))
    return start_job(TASK, label=label, actor=actor, total=count, month=month.pk)


def print_month(month: PayMonth, *, through: Progress) -> Document:
    """Does: prints the month. Refuses: nothing. Leaves behind: the file, which the job leads to."""
    content = pay_sheets_pdf(sheets_of(month), month, title=str(_TITLE))
    return store_document(
        content,
        kind=SHEETS_KIND,
        name=f"variables-{month.month}.pdf",
        mime="application/pdf",
        about=month,
        actor=through.job.author,
        retention_until=date(month.first.year + RETENTION_YEARS, 12, 31),
    )
