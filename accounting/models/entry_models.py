"""Entries ready to be copied, and those posted again at a rhythm."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import Account, AnalyticAccount, Journal
from accounting.states.manual import MONTHS, RECURRING_SHAPES, Every, LineSide, RecurringState
from cae.core.fields import MoneyField, RateField
from cae.core.permanence import no_truncate


class EntryModel(models.Model):
    """A model of entry: its lines say an amount, or a part of the total that one gives when using it."""

    name = models.CharField(_("nom du modèle"), max_length=120, unique=True)
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="+", verbose_name=_("journal"))
    label = models.CharField(_("libellé de l’écriture"), max_length=200)
    # No longer offered; subscriptions that use it end first.
    is_withdrawn = models.BooleanField(_("retiré"), default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("modèle d’écriture")
        verbose_name_plural = _("modèles d’écriture")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="entry_model_named", condition=~Q(name="") & ~Q(label="")),
        ]
        triggers = [
            pgtrigger.Protect(name="entry_model_kept", operation=pgtrigger.Delete),
            no_truncate("entry_model"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounting:model_detail", args=[self.pk])


class EntryModelLine(models.Model):
    """A line of a model: a fixed amount, or a share of the total, on one side of an account and a section."""

    model = models.ForeignKey(
        EntryModel,
        models.PROTECT,
        related_name="lines",
        db_index=False,
        verbose_name=_("modèle d’écriture"),
    )
    position = models.PositiveSmallIntegerField(_("rang"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("compte"))
    analytic = models.ForeignKey(
        AnalyticAccount, models.PROTECT, related_name="+", verbose_name=_("section analytique")
    )
    side = models.CharField(_("sens"), max_length=6, choices=LineSide)
    amount = MoneyField(_("montant"), null=True)
    share = RateField(_("part du total"), null=True)
    label = models.CharField(_("libellé"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ligne de modèle d’écriture")
        verbose_name_plural = _("lignes de modèle d’écriture")
        ordering = ["model", "position"]
        constraints = [
            models.UniqueConstraint(name="entry_model_line_once", fields=["model", "position"]),
            models.CheckConstraint(name="entry_model_line_side", condition=Q(side__in=LineSide.values)),
            models.CheckConstraint(
                name="entry_model_line_says_how_much",
                condition=Q(amount__gt=0, share__isnull=True)
                | Q(amount__isnull=True, share__gt=0, share__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_id}/{self.position}"


class RecurringEntry(models.Model):
    """A model posted at each date of a rhythm (écriture d’abonnement)."""

    model = models.ForeignKey(
        EntryModel, models.PROTECT, related_name="recurring", verbose_name=_("modèle d’écriture")
    )
    label = models.CharField(_("libellé"), max_length=200)
    # What the shares of the model are taken of; none when it only has amounts.
    total = MoneyField(_("total"), null=True, blank=True)
    every = models.CharField(_("rythme"), max_length=7, choices=Every)
    first_on = models.DateField(_("première date"))
    # The first date neither posted nor skipped; none once it has ended.
    next_on = models.DateField(_("prochaine date"), null=True, editable=False)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=6, choices=RecurringState, default=RecurringState.ACTIVE, editable=False
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    # Why the next date could not be posted; empty as long as all goes well.
    failure = models.CharField(_("ce qui empêche"), max_length=500, blank=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créée par")
    )
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("écriture d’abonnement")
        verbose_name_plural = _("écritures d’abonnement")
        ordering = [F("next_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(name="recurring_entry_every", condition=Q(every__in=Every.values)),
            models.CheckConstraint(
                name="recurring_entry_state", condition=Q(state__in=RecurringState.values)
            ),
            models.CheckConstraint(
                name="recurring_entry_total", condition=Q(total__isnull=True) | Q(total__gt=0)
            ),
            models.CheckConstraint(
                name="recurring_entry_next_unless_ended",
                condition=Q(state=RecurringState.ENDED, next_on__isnull=True)
                | ~Q(state=RecurringState.ENDED) & Q(next_on__gte=F("first_on"), next_on__isnull=False),
            ),
            models.CheckConstraint(
                name="recurring_entry_until", condition=Q(until__isnull=True) | Q(until__gte=F("first_on"))
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="recurring_entry_frozen", fields=["model", "every", "first_on"]),
            pgtrigger.Protect(name="recurring_entry_kept", operation=pgtrigger.Delete),
            no_truncate("recurring_entry"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:recurring_detail", args=[self.pk])

    @property
    def months(self) -> int:
        return MONTHS[self.every]

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        return (*RECURRING_SHAPES[self.state], str(RecurringState(self.state).label))
