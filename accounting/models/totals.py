"""What each account of each section moved in each month: kept by the database, read by every statement."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import Account, AnalyticAccount
from cae.core.fields import MoneyField

# What one statement inserted, added up by key: an entry of many lines or a COPY of a million alike. Rows are
# only ever added here, so that two people who post never wait for each other, nor cross (decision 0029).
_ADD_UP = """
    INSERT INTO accounting_monthtotal (analytic_id, account_id, month, is_opening, debit, credit, is_fresh)
    SELECT line.analytic_id, line.account_id, date_trunc('month', line."on")::date, journal.code = 'RA',
        SUM(line.debit), SUM(line.credit), TRUE
    FROM new_lines line
    JOIN accounting_entry entry ON entry.id = line.entry_id
    JOIN accounting_journal journal ON journal.id = entry.journal_id
    GROUP BY 1, 2, 3, 4;
    RETURN NULL;
"""


def added_up(name: str) -> pgtrigger.Trigger:
    """The trigger of the lines that keeps the totals of their months."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_lines"),
        func=_ADD_UP,
    )


class MonthTotal(models.Model):
    """Debits and credits of an account, in a section, in a month. Written by a trigger of the lines; the rows
    that wait (`is_fresh`) are folded by a job into one. Readers add up both."""

    # The lines hold these keys: accounts and sections that moved cannot go. Checking again would only cost.
    analytic = models.ForeignKey(
        AnalyticAccount,
        models.PROTECT,
        related_name="month_totals",
        db_index=False,
        db_constraint=False,
        verbose_name=_("section analytique"),
    )
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        related_name="month_totals",
        db_index=False,
        db_constraint=False,
        verbose_name=_("compte"),
    )
    month = models.DateField(_("mois"))
    # Of the journal of opening entries, which also closes classes 6 and 7 at year-end.
    is_opening = models.BooleanField(_("d’à-nouveaux"))
    debit = MoneyField(_("débit"))
    credit = MoneyField(_("crédit"))
    is_fresh = models.BooleanField(_("à regrouper"), default=False)

    class Meta:
        verbose_name = _("total mensuel")
        verbose_name_plural = _("totaux mensuels")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["analytic", "month"],
                include=["account", "is_opening", "debit", "credit"],
                name="total_of_section",
            ),
            models.Index(
                fields=["account", "month"],
                include=["analytic", "is_opening", "debit", "credit"],
                name="total_of_account",
            ),
            models.Index(fields=["id"], name="total_fresh", condition=Q(is_fresh=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="total_once",
                fields=["analytic", "account", "month", "is_opening"],
                condition=Q(is_fresh=False),
            ),
            models.CheckConstraint(name="total_whole_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.analytic_id} {self.account_id} {self.month:%Y-%m}"
