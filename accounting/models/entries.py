"""The entries: written once, balanced, numbered without gap and chained, journal by journal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import Account, AnalyticAccount, Journal
from accounting.models.sight import own_section, seen_activity_ids, sees_all_books
from accounting.models.totals import added_up
from accounting.models.triggers import balanced_at_commit, in_open_month
from accounting.states.vat import VatKind
from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from cae.core.questions import Given, GivenKeys


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> EntryQuerySet:
        """All, for those who read the books; else the entries that touch an activity in sight."""
        if sees_all_books(user):
            return self
        return self.filter(_touching(_seen_lines(user)))

    def within(self) -> EntryQuerySet:
        """The same in a question (cae.core.questions) whose reach `books_reach` tells when it is asked."""
        seen = _touching(analytic__activity__scope__in=GivenKeys("scopes"))
        return self.filter(Q(Given("everywhere", models.BooleanField())) | Q(seen))


def _touching(*conditions: Q, **analytic: Any) -> Exists:
    return Exists(EntryLine.objects.filter(*conditions, entry=OuterRef("pk"), **analytic))


def _seen_lines(user: Any) -> Q:
    return Q(analytic__activity__in=seen_activity_ids(user)) | own_section(user, "analytic__")


class Entry(models.Model):
    """An accounting entry (écriture). Never changed: it is corrected by another that reverses it."""

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="entries", verbose_name=_("journal"))
    number = models.PositiveBigIntegerField(_("numéro"))
    on = models.DateField(_("date"), db_index=True)
    label = models.CharField(_("libellé"), max_length=200)
    piece = models.CharField(_("pièce"), max_length=60, blank=True)
    source_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, related_name="+", verbose_name=_("nature de la pièce")
    )
    source_id = models.PositiveBigIntegerField(_("identifiant de la pièce"), null=True)
    source = GenericForeignKey("source_type", "source_id")
    total = MoneyField(_("montant"))
    line_count = models.PositiveSmallIntegerField(_("nombre de lignes"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("contre-passe")
    )
    seal = models.CharField(_("sceau"), max_length=64)
    previous_seal = models.CharField(_("sceau précédent"), max_length=64, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("passée par")
    )
    # Date of validation in the sense of the FEC; part of what the seal covers.
    created_at = models.DateTimeField(_("passée le"), default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("écriture")
        verbose_name_plural = _("écritures")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["source_type", "source_id"], name="entry_source")]
        constraints = [
            models.UniqueConstraint(name="entry_number_once", fields=["journal", "number"]),
            models.CheckConstraint(name="entry_number_positive", condition=Q(number__gte=1)),
            models.CheckConstraint(name="entry_total_positive", condition=Q(total__gt=0)),
            models.CheckConstraint(name="entry_two_lines", condition=Q(line_count__gte=2)),
            models.CheckConstraint(name="entry_sealed", condition=Q(seal__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(name="entry_not_its_own", condition=~Q(reverses=F("pk"))),
            models.CheckConstraint(
                name="entry_source_whole",
                condition=Q(source_type__isnull=True, source_id__isnull=True)
                | Q(source_type__isnull=False, source_id__isnull=False),
            ),
        ]
        triggers = [
            *append_only("entry"),
            in_open_month(),
            balanced_at_commit("entry_balanced", "NEW.id"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("accounting:entry", args=[self.pk])

    @property
    def reference(self) -> str:
        """« VE 12 »: how people name an entry."""
        return f"{self.journal.code} {self.number}"


class EntryLineQuerySet(models.QuerySet["EntryLine"]):
    def visible_to(self, user: Any) -> EntryLineQuerySet:
        if sees_all_books(user):
            return self
        return self.filter(_seen_lines(user))


class EntryLine(models.Model):
    """One line of an entry: an account, a section, and an amount on one side."""

    # Each key below begins an index that serves it, so that none needs one of its own.
    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="lines", db_index=False, verbose_name=_("écriture")
    )
    position = models.PositiveSmallIntegerField(_("rang"))
    # The day of its entry, verified at commit: sums of an account or a section up to a day read their index.
    on = models.DateField(_("date"))
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="lines", db_index=False, verbose_name=_("compte")
    )
    analytic = models.ForeignKey(
        AnalyticAccount,
        models.PROTECT,
        related_name="lines",
        db_index=False,
        verbose_name=_("section analytique"),
    )
    debit = MoneyField(_("débit"), default=Decimal(0))
    credit = MoneyField(_("crédit"), default=Decimal(0))
    # As printed, in percent (20.00): what the VAT statement groups by.
    vat_rate = models.DecimalField(_("taux de TVA"), max_digits=5, decimal_places=2, null=True)
    due_on = models.DateField(_("échéance"), null=True)
    party = models.CharField(_("tiers"), max_length=200, blank=True)
    cost_kind = models.ForeignKey(
        "accounting.CostKind",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("nature de charge"),
    )
    label = models.CharField(_("libellé"), max_length=200, blank=True)
    # What a tax or an untaxed sale is beyond its rate, and the base of a tax, debit less credit like itself.
    vat_kind = models.CharField(_("nature de TVA"), max_length=20, choices=VatKind, blank=True)
    vat_base = MoneyField(_("base de la TVA"), null=True)

    objects = EntryLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ligne d’écriture")
        verbose_name_plural = _("lignes d’écriture")
        ordering = ["entry", "position"]
        indexes = [
            models.Index(
                fields=["analytic", "on"], include=["account", "debit", "credit"], name="line_of_section"
            ),
            models.Index(
                fields=["account", "on"], include=["analytic", "debit", "credit"], name="line_of_account"
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="line_position_once", fields=["entry", "position"]),
            models.CheckConstraint(
                name="line_one_side", condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0)
            ),
            models.CheckConstraint(
                name="line_vat_kind_known", condition=Q(vat_kind__in=["", *VatKind.values])
            ),
        ]
        triggers = [
            *append_only("line"),
            balanced_at_commit("line_balanced", "NEW.entry_id"),
            added_up("line_added_up"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.position}"
