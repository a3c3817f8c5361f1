"""Payslips: one PDF of a month, cut into the part of each person (ACC-28)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.models.payroll import PayMonth
from accounting.states.payroll import SLIPS_SHAPES, SlipsState
from cae.core.elision import elided
from people.selectors import held_kinds
from people.states import RoleKind


class PayslipBatch(models.Model):
    """One PDF of the payslips of a month: read, looked at, then filed person by person."""

    month = models.ForeignKey(
        PayMonth, models.PROTECT, related_name="slip_batches", verbose_name=_("mois de paie")
    )
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier"))
    state = models.CharField(
        _("état"), max_length=10, choices=SlipsState, default=SlipsState.READ, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    page_count = models.PositiveIntegerField(_("pages"))
    # [{"person": 12, "first": 1, "last": 2}, …]: what was found, as it was shown.
    parts = models.JSONField(_("parts"), default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("déposé par")
    )
    created_at = models.DateTimeField(_("déposé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("lot de bulletins")
        verbose_name_plural = _("lots de bulletins")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="slip_batch_state", condition=Q(state__in=SlipsState.values)),
            models.CheckConstraint(name="slip_batch_has_pages", condition=Q(page_count__gte=1)),
            # One at a time is looked at for a month.
            models.UniqueConstraint(
                name="slip_batch_one_open", fields=["month"], condition=Q(state=SlipsState.READ)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="slip_batch_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="slip_batch_frozen", fields=["month", "document", "page_count", "parts"]),
        ]

    def __str__(self) -> str:
        return elided(gettext("Bulletins de %(month)s"), {"month": self.month})

    def get_absolute_url(self) -> str:
        return reverse("accounting:slip_batch", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SLIPS_SHAPES[self.state], self.get_state_display())


class PayslipQuerySet(models.QuerySet["Payslip"]):
    def visible_to(self, user: Any) -> PayslipQuerySet:
        """All for human resources; else one's own, whoever else one is for the cooperative."""
        if RoleKind.HUMAN_RESOURCES in held_kinds(user):
            return self
        return self.filter(person_id=user.person_id) if user.person_id else self.none()


class Payslip(models.Model):
    """The payslip of one person for one month, and whether they opened it."""

    batch = models.ForeignKey(
        PayslipBatch, models.PROTECT, related_name="slips", verbose_name=_("lot de bulletins")
    )
    month = models.ForeignKey(PayMonth, models.PROTECT, related_name="slips", verbose_name=_("mois de paie"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="payslips", verbose_name=_("personne")
    )
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="payslip", verbose_name=_("fichier")
    )
    first_page = models.PositiveIntegerField(_("première page"))
    last_page = models.PositiveIntegerField(_("dernière page"))
    opened_at = models.DateTimeField(_("ouvert le"), null=True, editable=False)

    objects = PayslipQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin de paie")
        verbose_name_plural = _("bulletins de paie")
        ordering = ["-month", "person"]
        constraints = [
            models.UniqueConstraint(name="payslip_once", fields=["month", "person"]),
            models.CheckConstraint(
                name="payslip_pages", condition=Q(first_page__gte=1, last_page__gte=F("first_page"))
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payslip_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="payslip_frozen",
                fields=["batch", "month", "person", "document", "first_page", "last_page"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.month}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:payslip_file", args=[self.pk])
