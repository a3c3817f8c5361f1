"""Entries by hand: in preparation until somebody validates them, which posts them."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import Account, AnalyticAccount, Journal
from accounting.models.entries import Entry
from accounting.models.entry_models import RecurringEntry
from accounting.states.manual import MANUAL_SHAPES, PLANNED_SHAPES, ManualState, PlannedState
from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate

# What was validated or given up keeps its lines.
_OF_DRAFT = """
    IF EXISTS (
        SELECT 1 FROM accounting_manualentry
        WHERE id = COALESCE(OLD.manual_id, NEW.manual_id) AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'these lines are no longer in preparation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class ManualEntry(models.Model):
    """An entry by hand. What it posted says what it said: it is frozen once validated."""

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="+", verbose_name=_("journal"))
    on = models.DateField(_("date"))
    label = models.CharField(_("libellé"), max_length=200)
    piece = models.CharField(_("pièce"), max_length=60, blank=True)
    # The day on which what it posts is to be reversed.
    reverse_on = models.DateField(_("à contre-passer le"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=ManualState, default=ManualState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="by_hand", verbose_name=_("écriture"), editable=False
    )
    # The subscription it comes from, and its date: each once.
    recurring = models.ForeignKey(
        RecurringEntry,
        models.PROTECT,
        null=True,
        related_name="made",
        verbose_name=_("abonnement"),
        editable=False,
    )
    recurring_on = models.DateField(_("date de l’abonnement"), null=True, editable=False)
    # Each change adds one: a form opened before another hand saved is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saisie par")
    )
    created_at = models.DateTimeField(_("saisie le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("écriture en préparation")
        verbose_name_plural = _("écritures en préparation")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["on"], condition=Q(state=ManualState.DRAFT), name="manual_entry_waiting")
        ]
        constraints = [
            models.CheckConstraint(name="manual_entry_state", condition=Q(state__in=ManualState.values)),
            models.CheckConstraint(name="manual_entry_labelled", condition=~Q(label="")),
            models.CheckConstraint(
                name="manual_entry_posted",
                condition=Q(state=ManualState.VALIDATED, entry__isnull=False)
                | ~Q(state=ManualState.VALIDATED) & Q(entry__isnull=True),
            ),
            models.CheckConstraint(
                name="manual_entry_reversed_after",
                condition=Q(reverse_on__isnull=True) | Q(reverse_on__gte=F("on")),
            ),
            models.CheckConstraint(
                name="manual_entry_recurring",
                condition=Q(recurring__isnull=True, recurring_on__isnull=True)
                | Q(recurring__isnull=False, recurring_on__isnull=False),
            ),
            models.UniqueConstraint(name="manual_entry_recurring_once", fields=["recurring", "recurring_on"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="manual_entry_frozen",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=ManualState.DRAFT),
            ),
            pgtrigger.Protect(name="manual_entry_kept", operation=pgtrigger.Delete),
            no_truncate("manual_entry"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:manual_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        return (*MANUAL_SHAPES[self.state], str(ManualState(self.state).label))


class ManualLine(models.Model):
    """A line of an entry by hand."""

    manual = models.ForeignKey(
        ManualEntry,
        models.PROTECT,
        related_name="lines",
        db_index=False,
        verbose_name=_("écriture en préparation"),
    )
    position = models.PositiveSmallIntegerField(_("rang"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("compte"))
    analytic = models.ForeignKey(
        AnalyticAccount, models.PROTECT, related_name="+", verbose_name=_("section analytique")
    )
    debit = MoneyField(_("débit"), default=Decimal(0))
    credit = MoneyField(_("crédit"), default=Decimal(0))
    label = models.CharField(_("libellé"), max_length=200, blank=True)
    due_on = models.DateField(_("échéance"), null=True)
    party = models.CharField(_("tiers"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ligne d’écriture en préparation")
        verbose_name_plural = _("lignes d’écriture en préparation")
        ordering = ["manual", "position"]
        constraints = [
            models.UniqueConstraint(name="manual_line_position_once", fields=["manual", "position"]),
            models.CheckConstraint(
                name="manual_line_one_side", condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0)
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="manual_line_of_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_OF_DRAFT,
            ),
            no_truncate("manual_line"),
        ]

    def __str__(self) -> str:
        return f"{self.manual_id}/{self.position}"


class PlannedReversal(models.Model):
    """A posted entry that a job reverses on a day (contre-passation prévue)."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="planned_reversals", verbose_name=_("écriture")
    )
    on = models.DateField(_("à contre-passer le"))
    reason = models.CharField(_("motif"), max_length=150)
    state = models.CharField(
        _("état"), max_length=10, choices=PlannedState, default=PlannedState.PLANNED, editable=False
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    # Why it could not be done on its day; empty as long as all goes well.
    failure = models.CharField(_("ce qui empêche"), max_length=500, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("prévue par")
    )
    created_at = models.DateTimeField(_("prévue le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contre-passation prévue")
        verbose_name_plural = _("contre-passations prévues")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="planned_reversal_state", condition=Q(state__in=PlannedState.values)),
            models.CheckConstraint(name="planned_reversal_why", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="planned_reversal_once",
                fields=["entry"],
                condition=Q(state=PlannedState.PLANNED),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="planned_reversal_frozen", fields=["entry", "created_by", "created_at"]),
            pgtrigger.Protect(name="planned_reversal_kept", operation=pgtrigger.Delete),
            no_truncate("planned_reversal"),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        return (*PLANNED_SHAPES[self.state], str(PlannedState(self.state).label))
