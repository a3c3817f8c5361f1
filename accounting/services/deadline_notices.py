"""Reminds whoever follows a deadline before its day, and makes the calendar of the year (ACC-41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import TaxDeadline
from accounting.selectors.tax_deadlines import deadlines_to_remind, owners_offered
from accounting.services.tax_deadlines import make_deadlines
from cae.core.notices import notify, register_notice
from cae.core.templatetags.formats import day
from people.models import User

NEAR = "accounting.deadline_near"
# From this month on, the next year is made too: its first deadlines come in January.
_NEXT_YEAR_FROM = 12


def register_deadline_notices() -> None:
    register_notice(NEAR, label=gettext_lazy("Une échéance fiscale ou sociale approche"))


def keep_deadlines(*, today: date) -> int:
    """Does: makes the deadlines of the year, and of the next from December on; reminds of those that are
    near, once. Refuses: nothing. Leaves behind: deadlines, notices; gives how many reminders left."""
    # What is declared in January is of the year before.
    years = {today.year - 1 if today.month == 1 else today.year, today.year}
    if today.month >= _NEXT_YEAR_FROM:
        years.add(today.year + 1)
    for year in sorted(years):
        make_deadlines(year, actor=None)
    return sum(_remind(row.pk, today) for row in deadlines_to_remind(today))


@transaction.atomic
def _remind(key: int, today: date) -> bool:
    """Under lock, so that two runs at once remind once."""
    row = deadlines_to_remind(today).select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        return False
    notify(
        _followers(row),
        NEAR,
        subject=lambda: (
            _("%(deadline)s : à faire avant le %(day)s") % {"deadline": row, "day": day(row.due_on)}
        ),
        text=lambda: _("Notez la déclaration, et le paiement s’il y en a un, sur sa page."),
        url=row.get_absolute_url(),
        about=row,
        actor=None,
    )
    row.reminded_on = today
    row.save(update_fields=["reminded_on"])
    return True


def _followers(row: TaxDeadline) -> Iterable[User]:
    """Whoever follows it, or all who keep the books."""
    return [row.owner] if row.owner is not None else owners_offered()
