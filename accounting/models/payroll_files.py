"""What goes to the payroll software and what comes back from it (ACC-26, ACC-27)."""

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

from accounting.models.payroll import PayMonth, PayProposal
from accounting.states.payroll import (
    IMPORT_SHAPES,
    DateShape,
    DecimalMark,
    Encoding,
    ImportKind,
    ImportState,
    Separator,
)
from cae.core.fields import MoneyField
from cae.core.money import ZERO
from cae.core.permanence import append_only

_SHA = "^[0-9a-f]{64}$"


class ExportLayout(models.Model):
    """How a payroll program reads its file: columns in order, marks, dates, codes."""

    name = models.CharField(_("nom"), max_length=80, unique=True)
    separator = models.CharField(
        _("séparateur"), max_length=10, choices=Separator, default=Separator.SEMICOLON
    )
    decimal_mark = models.CharField(
        _("marque décimale"), max_length=10, choices=DecimalMark, default=DecimalMark.COMMA
    )
    date_shape = models.CharField(_("dates"), max_length=10, choices=DateShape, default=DateShape.SLASHES)
    encoding = models.CharField(_("encodage"), max_length=10, choices=Encoding, default=Encoding.UTF8)
    has_header = models.BooleanField(_("une ligne de titres"), default=True)
    # [{"column": "number", "heading": "Matricule"}, …], in the order of the file.
    columns = models.JSONField(_("colonnes"), default=list)
    # {"fixed": "1000", "absence.sick": "ABMAL", …}: an element without a code is not exported.
    codes = models.JSONField(_("codes de paie"), default=dict)
    # The day on which a real file of this layout went through the payroll program.
    confirmed_on = models.DateField(_("essayé avec succès le"), null=True, editable=False)
    is_used = models.BooleanField(_("proposé"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("format d’export de paie")
        verbose_name_plural = _("formats d’export de paie")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="export_layout_marks",
                condition=Q(
                    separator__in=Separator.values,
                    decimal_mark__in=DecimalMark.values,
                    date_shape__in=DateShape.values,
                    encoding__in=Encoding.values,
                ),
            ),
            # A comma between columns and another within amounts could not be read back.
            models.CheckConstraint(
                name="export_layout_readable",
                condition=~Q(separator=Separator.COMMA, decimal_mark=DecimalMark.COMMA),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounting:pay_layout", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        if not self.is_used:
            return ("neutral", "✕", _("Retiré"))
        return ("success", "✔", _("Confirmé")) if self.confirmed_on else ("warning", "▲", _("À confirmer"))


class PayExport(models.Model):
    """One numbered file of variables; sent again, it is a new one that replaces the former."""

    month = models.ForeignKey(
        PayMonth, models.PROTECT, related_name="exports", verbose_name=_("mois de paie")
    )
    number = models.PositiveIntegerField(_("numéro"), unique=True)
    layout = models.ForeignKey(
        ExportLayout, models.PROTECT, related_name="exports", verbose_name=_("format d’export de paie")
    )
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    line_count = models.PositiveIntegerField(_("lignes"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("remplace")
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("préparé par")
    )
    sent_at = models.DateTimeField(_("préparé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("envoi en paie")
        verbose_name_plural = _("envois en paie")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="pay_export_sealed", condition=Q(sha256__regex=_SHA)),
            models.CheckConstraint(name="pay_export_not_its_own", condition=~Q(replaces=F("pk"))),
        ]
        triggers = append_only("pay_export")

    def __str__(self) -> str:
        return gettext("Envoi n° %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("accounting:pay_export", args=[self.pk])


class PayExportEntry(models.Model):
    """A proposal in a file; one live file at most."""

    export = models.ForeignKey(
        PayExport, models.PROTECT, related_name="entries", verbose_name=_("envoi en paie")
    )
    proposal = models.ForeignKey(
        PayProposal, models.PROTECT, related_name="export_entries", verbose_name=_("proposition de paie")
    )
    # False once the file was sent again under another number.
    is_live = models.BooleanField(_("en cours"), default=True)

    class Meta:
        verbose_name = _("ligne d’envoi en paie")
        verbose_name_plural = _("lignes d’envoi en paie")
        ordering = ["export", "pk"]
        constraints = [
            models.UniqueConstraint(name="pay_export_entry_once", fields=["export", "proposal"]),
            models.UniqueConstraint(
                name="pay_export_entry_live_once", fields=["proposal"], condition=Q(is_live=True)
            ),
        ]
        triggers = [pgtrigger.Protect(name="pay_export_entry_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.export} · {self.proposal}"


class PayJournalImport(models.Model):
    """One file of the payroll software: posted whole, or undone whole."""

    month = models.ForeignKey(
        PayMonth, models.PROTECT, related_name="imports", verbose_name=_("mois de paie")
    )
    kind = models.CharField(_("nature"), max_length=10, choices=ImportKind)
    document = models.ForeignKey("core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    state = models.CharField(
        _("état"), max_length=10, choices=ImportState, default=ImportState.POSTED, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    posted_on = models.DateField(_("écritures du"))
    count = models.PositiveIntegerField(_("bulletins"))
    cost = MoneyField(_("coût total"))
    undo_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("reçu par")
    )
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("journal de paie reçu")
        verbose_name_plural = _("journaux de paie reçus")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="pay_import_kind", condition=Q(kind__in=ImportKind.values)),
            models.CheckConstraint(name="pay_import_state", condition=Q(state__in=ImportState.values)),
            models.CheckConstraint(name="pay_import_sealed", condition=Q(sha256__regex=_SHA)),
            models.CheckConstraint(
                name="pay_import_undone_why", condition=~Q(state=ImportState.UNDONE) | ~Q(undo_reason="")
            ),
            models.UniqueConstraint(
                name="pay_import_file_once", fields=["sha256"], condition=Q(state=ImportState.POSTED)
            ),
        ]
        triggers = [pgtrigger.Protect(name="pay_import_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return gettext("Journal de paie n° %(number)d") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("accounting:pay_import", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*IMPORT_SHAPES[self.state], self.get_state_display())


class PayResult(models.Model):
    """What the payroll software says of one person for the month, with its entry."""

    received = models.ForeignKey(
        PayJournalImport, models.PROTECT, related_name="results", verbose_name=_("journal de paie reçu")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="pay_results", verbose_name=_("personne")
    )
    # None for the support staff, who have no proposal.
    proposal = models.ForeignKey(
        PayProposal,
        models.PROTECT,
        null=True,
        related_name="results",
        verbose_name=_("proposition de paie"),
    )
    gross = MoneyField(_("brut"))
    employee = MoneyField(_("cotisations salariales"))
    employer = MoneyField(_("cotisations patronales"))
    rgdu = MoneyField(_("réduction générale"), default=ZERO)
    withholding = MoneyField(_("prélèvement à la source"), default=ZERO)
    net_paid = MoneyField(_("net versé"))
    cost = MoneyField(_("coût réel"))
    # Kept back for shares: moved to the shared section, where the capital is.
    held = MoneyField(_("retenue pour parts sociales"), default=ZERO)
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, related_name="pay_result", verbose_name=_("écriture")
    )

    class Meta:
        verbose_name = _("résultat de paie")
        verbose_name_plural = _("résultats de paie")
        ordering = ["received", "pk"]
        constraints = [
            models.UniqueConstraint(name="pay_result_once", fields=["received", "person"]),
            models.CheckConstraint(name="pay_result_cost", condition=Q(cost=F("gross") + F("employer"))),
        ]
        triggers = append_only("pay_result")

    def __str__(self) -> str:
        return f"{self.person} · {self.received}"
