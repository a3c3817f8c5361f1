"""The closing of a year, and what each activity agrees that its year was (ACC-46)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import AnalyticAccount
from accounting.models.periods import FiscalYear
from accounting.models.sight import seen_activity_ids, sees_all_books
from accounting.states.year_end import (
    CLOSING_SHAPES,
    STATEMENT_SHAPES,
    StatementState,
    YearClosingState,
)
from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate


class YearClosing(models.Model):
    """How far the closing of a year has come. A year without a row is in preparation."""

    year = models.OneToOneField(
        FiscalYear, models.PROTECT, related_name="workbench", verbose_name=_("exercice comptable")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=YearClosingState, default=YearClosingState.OPEN, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    # Whoever did the last move.
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    # What was pointed at, and accepted, when it was said to be ready.
    remarks = models.JSONField(_("points signalés"), default=list, editable=False)

    class Meta:
        verbose_name = _("clôture d’exercice")
        verbose_name_plural = _("clôtures d’exercice")
        ordering = ["-year__starts_on"]
        constraints = [
            models.CheckConstraint(name="year_closing_state", condition=Q(state__in=YearClosingState.values))
        ]
        triggers = [
            pgtrigger.ReadOnly(name="year_closing_frozen", fields=["year"]),
            pgtrigger.Protect(name="year_closing_kept", operation=pgtrigger.Delete),
            no_truncate("year_closing"),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("accounting:year_workbench", args=[f"{self.year.starts_on:%Y-%m}"])

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        return (*CLOSING_SHAPES[self.state], str(YearClosingState(self.state).label))


class StatementAgreementQuerySet(models.QuerySet["StatementAgreement"]):
    def visible_to(self, user: Any) -> StatementAgreementQuerySet:
        """All for those who read the books; else those of the activities whose accounts one reads."""
        if sees_all_books(user):
            return self
        return self.filter(analytic__activity__in=seen_activity_ids(user))

    def standing(self) -> StatementAgreementQuerySet:
        """The last of each activity and year."""
        return self.exclude(state=StatementState.REPLACED)


class StatementAgreement(models.Model):
    """The statement of a year as it was sent to an activity, and accepted: figures and file never change.

    What is booked afterwards shows in the totals, which then differ from those kept here."""

    year = models.ForeignKey(
        FiscalYear, models.PROTECT, related_name="agreements", verbose_name=_("exercice comptable")
    )
    analytic = models.ForeignKey(
        AnalyticAccount,
        models.PROTECT,
        related_name="year_agreements",
        verbose_name=_("section analytique"),
    )
    result = MoneyField(_("résultat"))
    # What the section had moved up to the end of the year, opening and closing entries left out.
    debit = MoneyField(_("débits"))
    credit = MoneyField(_("crédits"))
    # Of the file that is shown, which is what is signed.
    content_sha256 = models.CharField(_("empreinte"), max_length=64, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=StatementState, default=StatementState.TO_SIGN, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    signature = models.ForeignKey(
        "core.Signature", models.PROTECT, null=True, related_name="+", editable=False
    )
    reminded_at = models.DateTimeField(_("relancé le"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("envoyé par")
    )
    created_at = models.DateTimeField(_("envoyé le"), default=timezone.now, editable=False)

    objects = StatementAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("relevé annuel")
        verbose_name_plural = _("relevés annuels")
        ordering = ["-year__starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_agreement_state", condition=Q(state__in=StatementState.values)
            ),
            models.CheckConstraint(
                name="statement_agreement_sealed", condition=Q(content_sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="statement_agreement_signed",
                condition=Q(state=StatementState.REPLACED)
                | Q(state=StatementState.SIGNED, signature__isnull=False)
                | Q(state=StatementState.TO_SIGN, signature__isnull=True),
            ),
            models.UniqueConstraint(
                name="statement_agreement_once",
                fields=["year", "analytic"],
                condition=~Q(state=StatementState.REPLACED),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="statement_agreement_frozen",
                fields=[
                    *("year", "analytic", "result", "debit", "credit", "content_sha256"),
                    *("created_by", "created_at"),
                ],
            ),
            pgtrigger.Protect(name="statement_agreement_kept", operation=pgtrigger.Delete),
            no_truncate("statement_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.analytic.label} · {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:year_statement", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        return (*STATEMENT_SHAPES[self.state], str(StatementState(self.state).label))
