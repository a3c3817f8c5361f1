"""What an entry line points at: an account of the chart, a journal, an analytic section."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models.sight import own_section, seen_activity_ids, sees_all_books
from accounting.states.books import AccountKind, AccountRole, AnalyticKind, JournalCode
from cae.core.plain import plain_column


class CostKind(models.Model):
    """A nature of cost. A contribution scale may take off the base those with the flag.

    Each entry line carries its own, since two natures may share an account."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("libellé"), max_length=80)
    enters_base = models.BooleanField(
        _("entre dans la base"),
        default=False,
        help_text=_("Un barème sur la marge peut déduire cette charge du chiffre d’affaires."),
    )

    class Meta:
        verbose_name = _("nature de charge")
        verbose_name_plural = _("natures de charge")
        ordering = ["label"]
        # Scales and seals name it.
        triggers = [pgtrigger.ReadOnly(name="costkind_code_frozen", fields=["code"])]

    def __str__(self) -> str:
        return self.label


class Account(models.Model):
    """A line of the French chart of accounts (plan comptable)."""

    number = models.CharField(_("numéro"), max_length=12, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    kind = models.CharField(_("nature"), max_length=10, choices=AccountKind)
    role = models.CharField(
        _("rôle"), max_length=30, choices=AccountRole, null=True, blank=True, unique=True, default=None
    )
    # What its lines are a cost of, unless a line says otherwise.
    cost_kind = models.ForeignKey(
        "accounting.CostKind",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("nature de charge"),
    )
    # What stands there is answered line by line (ACC-06).
    is_lettered = models.BooleanField(_("lettrable"), default=False)

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="account_kind_known", condition=Q(kind__in=AccountKind.values)),
            models.CheckConstraint(
                name="account_role_known", condition=Q(role__isnull=True) | Q(role__in=AccountRole.values)
            ),
            # The FEC wants at least the three first digits of the official chart (LPF A47 A-1).
            models.CheckConstraint(
                name="account_number_shape", condition=Q(number__regex=r"^[1-8][0-9]{2,11}$")
            ),
        ]
        # A number is part of what seals cover; a typing error is a new account.
        triggers = [pgtrigger.ReadOnly(name="account_number_frozen", fields=["number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:account_change", args=[self.pk])


class Journal(models.Model):
    """A book of entries of one nature, with its own numbers and its own chain of seals."""

    code = models.CharField(_("code"), max_length=2, choices=JournalCode, unique=True)
    label = models.CharField(_("libellé"), max_length=60)

    class Meta:
        verbose_name = _("journal comptable")
        verbose_name_plural = _("journaux comptables")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="journal_code_known", condition=Q(code__in=JournalCode.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class AnalyticAccountQuerySet(models.QuerySet["AnalyticAccount"]):
    def visible_to(self, user: Any) -> AnalyticAccountQuerySet:
        if sees_all_books(user):
            return self
        return self.filter(Q(activity__in=seen_activity_ids(user)) | own_section(user))


class AnalyticAccount(models.Model):
    """A section of the analytic books: of each activity, of the shared services, of a person without any."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    kind = models.CharField(_("nature"), max_length=10, choices=AnalyticKind)
    activity = models.OneToOneField(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="analytic_account",
        verbose_name=_("activité"),
    )

    person = models.OneToOneField(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="analytic_account",
        verbose_name=_("personne"),
    )

    sort_label = plain_column("label", max_length=120)

    objects = AnalyticAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("section analytique")
        verbose_name_plural = _("sections analytiques")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="analytic_kind_known", condition=Q(kind__in=AnalyticKind.values)),
            models.CheckConstraint(
                name="analytic_activity_named",
                condition=Q(kind=AnalyticKind.ACTIVITY, activity__isnull=False, person__isnull=True)
                | Q(
                    kind__in=[AnalyticKind.SHARED, AnalyticKind.FUND],
                    activity__isnull=True,
                    person__isnull=True,
                )
                | Q(kind=AnalyticKind.PERSON, activity__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                name="analytic_shared_once", fields=["kind"], condition=Q(kind=AnalyticKind.SHARED)
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="analytic_frozen", fields=["code", "kind", "activity", "person"])]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The statement of the activity; the entries of what is nobody's activity."""
        if self.activity_id:
            return reverse("accounting:activity_statement", args=[self.activity_id])
        return reverse("accounting:entry_list") + f"?activite={self.pk}"
