"""Ledgers kept elsewhere: their sources, the files brought, what each changed, the entries they posted."""

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

from accounting.calculations.ledger_imports import LONGEST_KEY
from accounting.models.accounts import AnalyticAccount, Journal
from accounting.models.entries import Entry
from accounting.states.ledger_imports import (
    DIFFERENCE_SHAPES,
    LEDGER_IMPORT_SHAPES,
    DifferenceKind,
    LedgerImportState,
)
from cae.core.fields import MoneyField
from cae.core.periods import Span
from cae.core.permanence import no_truncate

_SHA = "^[0-9a-f]{64}$"

# What a file changed of the books is told for ever; what it would change is counted again.
_OF_DRAFT = """
    IF EXISTS (
        SELECT 1 FROM accounting_ledgerimport
        WHERE id = COALESCE(OLD.ledger_import_id, NEW.ledger_import_id) AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'this import is no longer on trial' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class LedgerSource(models.Model):
    """A program or a firm that keeps a part of the books (comptabilité tenue ailleurs)."""

    label = models.CharField(_("nom"), max_length=80, unique=True)
    journal = models.ForeignKey(
        Journal,
        models.PROTECT,
        related_name="+",
        verbose_name=_("journal par défaut"),
        help_text=_("Celui des écritures dont le journal n’est pas un des nôtres."),
    )
    section = models.ForeignKey(
        AnalyticAccount,
        models.PROTECT,
        related_name="+",
        verbose_name=_("section par défaut"),
        help_text=_("Celle des lignes qui n’en disent pas."),
    )
    # {name of a column of its files, plain: code of what it gives}: as last read.
    columns = models.JSONField(_("colonnes"), default=dict, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("déclarée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("comptabilité tenue ailleurs")
        verbose_name_plural = _("comptabilités tenues ailleurs")
        ordering = ["label"]
        triggers = [
            pgtrigger.Protect(name="ledger_source_kept", operation=pgtrigger.Delete),
            no_truncate("ledger_source"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:ledger_source", args=[self.pk])


class LedgerImport(models.Model):
    """One file of a source for a period: it takes the place of what this source had posted of these days."""

    source = models.ForeignKey(
        LedgerSource, models.PROTECT, related_name="imports", verbose_name=_("comptabilité tenue ailleurs")
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    state = models.CharField(
        _("état"),
        max_length=10,
        choices=LedgerImportState,
        default=LedgerImportState.DRAFT,
        editable=False,
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    # Names of the columns of the file, and the place of each that is read: {code: place}.
    header = models.JSONField(_("colonnes du fichier"), default=list, editable=False)
    mapping = models.JSONField(_("lecture des colonnes"), default=dict, editable=False)
    line_count = models.PositiveIntegerField(_("lignes"), default=0)
    entry_count = models.PositiveIntegerField(_("écritures"), default=0)
    # Entries that the books hold already, line for line.
    same_count = models.PositiveIntegerField(_("écritures inchangées"), default=0)
    # The first faults found: kind, line, column, what stands there; and how many in all.
    faults = models.JSONField(_("défauts"), default=list, editable=False)
    fault_count = models.PositiveIntegerField(_("nombre de défauts"), default=0)
    # Of all that the trial showed: what is applied is what was read. Empty until the file was tried.
    plan = models.CharField(_("empreinte de l’essai"), max_length=64, blank=True, editable=False)
    job = models.ForeignKey("core.Job", models.PROTECT, null=True, related_name="+", editable=False)
    undo_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("apportée par")
    )
    created_at = models.DateTimeField(_("apportée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reprise d’écritures")
        verbose_name_plural = _("reprises d’écritures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="ledger_import_state", condition=Q(state__in=LedgerImportState.values)
            ),
            models.CheckConstraint(name="ledger_import_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="ledger_import_sealed", condition=Q(sha256__regex=_SHA)),
            models.CheckConstraint(name="ledger_import_tried", condition=Q(plan="") | Q(plan__regex=_SHA)),
            # What is in the books was read without a fault.
            models.CheckConstraint(
                name="ledger_import_applied_sound",
                condition=Q(state__in=[LedgerImportState.DRAFT, LedgerImportState.DISCARDED])
                | Q(fault_count=0, plan__regex=_SHA),
            ),
            models.CheckConstraint(
                name="ledger_import_undone_why",
                condition=~Q(state=LedgerImportState.UNDONE) | ~Q(undo_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="ledger_import_frozen",
                fields=["source", "starts_on", "ends_on", "document", "sha256", "header"],
            ),
            pgtrigger.Protect(name="ledger_import_kept", operation=pgtrigger.Delete),
            no_truncate("ledger_import"),
        ]

    def __str__(self) -> str:
        return gettext("Reprise n° %(number)d") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("accounting:ledger_import", args=[self.pk])

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)

    @property
    def status(self) -> tuple[str, str, Any]:
        """Tone, sign and word."""
        return (*LEDGER_IMPORT_SHAPES[self.state], self.get_state_display())

    @property
    def is_draft(self) -> bool:
        return self.state == LedgerImportState.DRAFT

    @property
    def is_at_work(self) -> bool:
        """A job reads it, applies it or undoes it."""
        return self.job is not None and not self.job.is_over


class LedgerDifference(models.Model):
    """One entry of the file that the books do not hold as it stands there, or one that the file lost."""

    ledger_import = models.ForeignKey(
        LedgerImport, models.CASCADE, related_name="differences", verbose_name=_("reprise d’écritures")
    )
    kind = models.CharField(_("différence"), max_length=10, choices=DifferenceKind)
    key = models.CharField(_("écriture du fichier"), max_length=LONGEST_KEY)
    on = models.DateField(_("date"))
    label = models.CharField(_("libellé"), max_length=200)
    # What the books hold, and what the file says.
    before = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("écriture remplacée")
    )
    total_before = MoneyField(_("montant dans les livres"), null=True)
    total = MoneyField(_("montant dans le fichier"), null=True)

    class Meta:
        verbose_name = _("différence d’une reprise")
        verbose_name_plural = _("différences d’une reprise")
        ordering = ["ledger_import", "on", "pk"]
        constraints = [
            models.UniqueConstraint(name="ledger_difference_once", fields=["ledger_import", "key"]),
            models.CheckConstraint(
                name="ledger_difference_told",
                condition=Q(kind=DifferenceKind.ADDED, before=None, total_before=None, total__isnull=False)
                | Q(kind=DifferenceKind.CHANGED, before__isnull=False, total__isnull=False)
                | Q(kind=DifferenceKind.GONE, before__isnull=False, total=None),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ledger_difference_of_trial",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_OF_DRAFT,
            ),
            no_truncate("ledger_difference"),
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.get_kind_display()}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*DIFFERENCE_SHAPES[self.kind], self.get_kind_display())


class ImportedEntry(models.Model):
    """An entry that a file posted; it ends when a later file of its source, or an undoing, reverses it."""

    source = models.ForeignKey(
        LedgerSource, models.PROTECT, related_name="entries", verbose_name=_("comptabilité tenue ailleurs")
    )
    ledger_import = models.ForeignKey(
        LedgerImport, models.PROTECT, related_name="posted", verbose_name=_("reprise d’écritures")
    )
    # Numbers begin again each year of the books.
    year_start = models.DateField(_("premier jour de l’exercice"))
    key = models.CharField(_("écriture du fichier"), max_length=LONGEST_KEY)
    # Of its lines as they were read.
    digest = models.CharField(_("empreinte"), max_length=64)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="imported", verbose_name=_("écriture"))
    ended_by = models.ForeignKey(
        LedgerImport, models.PROTECT, null=True, related_name="ended", verbose_name=_("remplacée par")
    )

    class Meta:
        verbose_name = _("écriture reprise")
        verbose_name_plural = _("écritures reprises")
        ordering = ["pk"]
        constraints = [
            # No entry of a source stands twice in the books.
            models.UniqueConstraint(
                name="imported_entry_live_once",
                fields=["source", "year_start", "key"],
                condition=Q(ended_by=None),
            ),
            models.CheckConstraint(name="imported_entry_digest", condition=Q(digest__regex=_SHA)),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="imported_entry_frozen",
                fields=["source", "ledger_import", "year_start", "key", "digest", "entry"],
            ),
            pgtrigger.Protect(
                name="imported_entry_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_by__isnull=False),
            ),
            pgtrigger.Protect(name="imported_entry_kept", operation=pgtrigger.Delete),
            no_truncate("imported_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.entry_id}"
