"""Entries sent to accounting programs, by numbered batches: each entry leaves once (ACC-49)."""

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

from accounting.models.entries import Entry
from accounting.states.exports import ExportFormat
from cae.core.fields import MoneyField
from cae.core.periods import Span
from cae.core.permanence import no_truncate


class ExportBatch(models.Model):
    """One file of entries as it left. The file is a document about it; only the last batch is undone."""

    # The key as well: entries are taken under it before what it holds is known.
    number = models.PositiveIntegerField(_("numéro"), primary_key=True)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    # Codes, in their order.
    journals = models.JSONField(_("journaux"))
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat)
    is_grouped = models.BooleanField(_("regroupé"), default=False)
    # Entries that other batches took are there as well.
    takes_again = models.BooleanField(_("compris à nouveau"), default=False)
    entry_count = models.PositiveIntegerField(_("écritures"))
    line_count = models.PositiveIntegerField(_("lignes"))
    debit = MoneyField(_("débit"), max_digits=18)
    credit = MoneyField(_("crédit"), max_digits=18)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("exporté par")
    )
    made_at = models.DateTimeField(_("exporté le"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("défait le"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("défait par")
    )
    undo_reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("lot d’export")
        verbose_name_plural = _("lots d’export")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="export_batch_format", condition=Q(format__in=ExportFormat.values)),
            models.CheckConstraint(name="export_batch_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="export_batch_of_something", condition=Q(entry_count__gt=0, line_count__gt=0)
            ),
            models.CheckConstraint(name="export_batch_balanced", condition=Q(debit=F("credit"))),
            models.CheckConstraint(name="export_batch_sealed", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            # The columns of the law tell each line.
            models.CheckConstraint(
                name="export_batch_fec_whole", condition=~Q(format=ExportFormat.FEC, is_grouped=True)
            ),
            models.CheckConstraint(
                name="export_batch_undone_why",
                condition=Q(undone_at__isnull=True, undo_reason="")
                | Q(undone_at__isnull=False) & ~Q(undo_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="export_batch_frozen", exclude=["undone_at", "undone_by", "undo_reason"]),
            pgtrigger.Protect(
                name="export_batch_undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            pgtrigger.Protect(name="export_batch_kept", operation=pgtrigger.Delete),
            no_truncate("export_batch"),
        ]

    def __str__(self) -> str:
        return gettext("Lot d’export n° %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("accounting:export_batch", args=[self.pk])

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)

    @property
    def status(self) -> tuple[str, str, Any]:
        """Tone, sign and word."""
        return ("neutral", "✕", _("Défait")) if self.undone_at else ("success", "✔", _("Exporté"))


class ExportedEntry(models.Model):
    """An entry in a batch; one batch at most took it."""

    batch = models.ForeignKey(
        ExportBatch, models.PROTECT, related_name="exported", verbose_name=_("lot d’export")
    )
    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="exported", db_index=False, verbose_name=_("écriture")
    )
    # False where another batch took it before, or once this one was undone.
    is_taken = models.BooleanField(_("prise par ce lot"), default=True)

    class Meta:
        verbose_name = _("écriture exportée")
        verbose_name_plural = _("écritures exportées")
        ordering = ["batch", "entry"]
        constraints = [
            models.UniqueConstraint(name="exported_entry_once", fields=["entry", "batch"]),
            models.UniqueConstraint(
                name="exported_entry_taken_once", fields=["entry"], condition=Q(is_taken=True)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="exported_entry_frozen", fields=["batch", "entry"]),
            pgtrigger.Protect(
                name="exported_entry_given_back",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_taken=False),
            ),
            pgtrigger.Protect(name="exported_entry_kept", operation=pgtrigger.Delete),
            no_truncate("exported_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.entry}"
