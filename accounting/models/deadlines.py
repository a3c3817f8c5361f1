"""The tax calendar: what is to be declared and paid, by which day, by whom, with which proofs."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.states.vat import DEADLINE_SHAPES, DeadlineRhythm, DeadlineState
from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate


class DeadlineRule(models.Model):
    """Why a deadline comes back: what is declared, how often, how long after its period. Dated: another rule
    takes over."""

    code = models.SlugField(_("code"), max_length=30)
    label = models.CharField(_("libellé"), max_length=120)
    source = models.CharField(_("source"), max_length=200)
    rhythm = models.CharField(_("rythme"), max_length=10, choices=DeadlineRhythm)
    # Months after the last of the period, then the day of that month (31: its last day).
    months_after = models.PositiveSmallIntegerField(
        _("mois après la période"), validators=[MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("jour"), validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    is_paid = models.BooleanField(_("donne lieu à paiement"), default=True)
    # The domain marks it « à confirmer »: shown until somebody checks.
    to_confirm = models.BooleanField(_("à confirmer"), default=True)
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("règle d’échéance")
        verbose_name_plural = _("règles d’échéance")
        ordering = ["label", "-valid_from"]
        constraints = [
            models.UniqueConstraint(name="deadlinerule_once", fields=["code", "valid_from"]),
            models.CheckConstraint(name="deadlinerule_rhythm", condition=Q(rhythm__in=DeadlineRhythm.values)),
            models.CheckConstraint(
                name="deadlinerule_day", condition=Q(day__gte=1, day__lte=31, months_after__lte=12)
            ),
            models.CheckConstraint(
                name="deadlinerule_period",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="deadlinerule_frozen", exclude=["label", "valid_to", "to_confirm"]),
            no_truncate("deadlinerule"),
        ]

    def __str__(self) -> str:
        return self.label


class TaxDeadline(models.Model):
    """An échéance: something to declare for a period, by a day; filed, then paid where it is paid."""

    # Nothing: entered by hand.
    rule = models.ForeignKey(
        DeadlineRule,
        models.PROTECT,
        null=True,
        related_name="deadlines",
        verbose_name=_("règle d’échéance"),
    )
    label = models.CharField(_("libellé"), max_length=120)
    starts_on = models.DateField(_("période du"))
    ends_on = models.DateField(_("au"))
    due_on = models.DateField(_("à faire avant le"), db_index=True)
    is_paid = models.BooleanField(_("donne lieu à paiement"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tax_deadlines",
        verbose_name=_("suivie par"),
    )
    amount = MoneyField(_("montant"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=DeadlineState, default=DeadlineState.TODO, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    filed_on = models.DateField(_("déclarée le"), null=True, editable=False)
    reference = models.CharField(_("référence"), max_length=60, blank=True)
    filing_proof = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("preuve de déclaration")
    )
    paid_on = models.DateField(_("payée le"), null=True, editable=False)
    payment_proof = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("preuve de paiement")
    )
    reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)
    # What is declared here, where the house prepares it.
    vat_return = models.OneToOneField(
        "accounting.VatReturn",
        models.PROTECT,
        null=True,
        related_name="deadline",
        verbose_name=_("déclaration de TVA"),
    )
    reminded_on = models.DateField(_("rappelée le"), null=True, editable=False)
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("échéance fiscale et sociale")
        verbose_name_plural = _("échéances fiscales et sociales")
        ordering = ["due_on", "label", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="deadline_waiting")]
        constraints = [
            models.UniqueConstraint(
                name="deadline_once", fields=["rule", "starts_on"], condition=Q(rule__isnull=False)
            ),
            models.CheckConstraint(name="deadline_state", condition=Q(state__in=DeadlineState.values)),
            models.CheckConstraint(name="deadline_named", condition=~Q(label="")),
            models.CheckConstraint(name="deadline_period", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="deadline_amount", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="deadline_filed_dated",
                condition=Q(state__in=[DeadlineState.FILED, DeadlineState.PAID], filed_on__isnull=False)
                | Q(state__in=[DeadlineState.TODO, DeadlineState.DROPPED], filed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="deadline_paid_whole",
                condition=Q(state=DeadlineState.PAID, paid_on__isnull=False, amount__isnull=False)
                | ~Q(state=DeadlineState.PAID) & Q(paid_on__isnull=True, payment_proof__isnull=True),
            ),
            models.CheckConstraint(
                name="deadline_dropped_why", condition=~Q(state=DeadlineState.DROPPED) | ~Q(reason="")
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="deadline_frozen", fields=["rule", "starts_on", "ends_on"]),
            pgtrigger.Protect(name="deadline_kept", operation=pgtrigger.Delete),
            no_truncate("deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:deadline_detail", args=[self.pk])

    @property
    def period(self) -> str:
        """« mars 2026 », « 1er trimestre 2026 », « 2026 », or both days."""
        start, end = self.starts_on, self.ends_on
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if months == 1:
            return date_format(start, "F Y")
        if months == 12 and start.month == 1:
            return str(start.year)
        if months == 3 and start.month % 3 == 1:
            return gettext("trimestre %(rank)d de %(year)d") % {
                "rank": start.month // 3 + 1,
                "year": start.year,
            }
        return f"{start:%d/%m/%Y} – {end:%d/%m/%Y}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*DEADLINE_SHAPES[self.state], self.get_state_display())

    @property
    def is_over(self) -> bool:
        """Nothing more is to be done."""
        done = DeadlineState.PAID if self.is_paid else DeadlineState.FILED
        return self.state in (done, DeadlineState.DROPPED)
