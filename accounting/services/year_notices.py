"""Tells those who lead an activity that the statement of its year waits for them (ACC-46)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import StatementAgreement
from accounting.selectors.year_statements import leaders_of
from cae.core.notices import notify, register_notice

TO_SIGN = "accounting.year_statement_to_sign"


def register_year_notices() -> None:
    register_notice(TO_SIGN, label=gettext_lazy("Le relevé annuel de mon activité attend mon accord"))


def tell_sent(row: StatementAgreement, *, today: date, actor: Any) -> None:
    """Does: tells them that a statement is to be read and accepted. Refuses: nothing. Leaves behind: a notice
    each."""
    _tell(
        row,
        lambda: (
            _("Le relevé de l’%(year)s de « %(activity)s » attend votre accord")
            % {"year": row.year, "activity": row.analytic.label}
        ),
        today=today,
        actor=actor,
    )


def tell_again(row: StatementAgreement, *, today: date, actor: Any) -> None:
    """Does: reminds them of it. Refuses: nothing. Leaves behind: a notice each."""
    _tell(
        row,
        lambda: (
            _("Rappel : le relevé de l’%(year)s de « %(activity)s » attend toujours votre accord")
            % {"year": row.year, "activity": row.analytic.label}
        ),
        today=today,
        actor=actor,
    )


def _tell(row: StatementAgreement, subject: Any, *, today: date, actor: Any) -> None:
    notify(
        leaders_of(row.analytic, today),
        TO_SIGN,
        subject=subject,
        text=lambda: _("Lisez-le ; s’il manque quelque chose, dites-le à la comptabilité avant d’accepter."),
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )
