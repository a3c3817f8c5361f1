"""Grants and earmarked funds (ACC-43, 44): what was promised, on what terms, what came, what was spent."""

from __future__ import annotations

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.entries import Entry, EntryLine
from accounting.models.fund_triggers import amended_within, spent_within
from accounting.models.sight import seen_activity_ids, sees_all_books
from accounting.states.funds import FUND_SHAPES, FUND_WON, DutyKind, FundNature, FundState
from cae.core.fields import MoneyField
from cae.core.permanence import append_only


class FundQuerySet(models.QuerySet["Fund"]):
    def visible_to(self, user: Any) -> FundQuerySet:
        """All, for those who read the books; else one's own, and those of activities in sight."""
        if sees_all_books(user):
            return self
        own = Q(owner__isnull=False, owner=user.person_id)
        return self.filter(own | Q(section__activity__in=seen_activity_ids(user)))


class Fund(models.Model):
    """Money that a funder gives, or that the cooperative sets aside, for one purpose and nothing else."""

    nature = models.CharField(_("nature"), max_length=10, choices=FundNature, default=FundNature.GRANT)
    label = models.CharField(_("intitulé"), max_length=120)
    funder = models.CharField(_("financeur"), max_length=120)
    # Number of the file or of the agreement.
    reference = models.CharField(_("référence du financeur"), max_length=60, blank=True)
    purpose = models.TextField(_("objet"), max_length=2000)
    section = models.ForeignKey(
        "accounting.AnalyticAccount", models.PROTECT, related_name="funds", verbose_name=_("dépensé par")
    )
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="funds", verbose_name=_("suivi par")
    )
    # Codes of the natures of cost that may be paid with it.
    kinds = ArrayField(models.CharField(max_length=30), verbose_name=_("dépenses éligibles"))
    starts_on = models.DateField(_("dépenses du"))
    ends_on = models.DateField(_("dépenses au"))
    requested_on = models.DateField(_("demandée le"))
    requested_amount = MoneyField(_("montant demandé"))
    awarded_on = models.DateField(_("attribuée le"), null=True, editable=False)
    awarded_amount = MoneyField(_("montant attribué"), null=True, editable=False)
    award_entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("écriture"), editable=False
    )
    # Why it was refused, given up, closed with something left.
    reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)
    ended_on = models.DateField(_("terminée le"), null=True, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=FundState, default=FundState.REQUESTED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saisie par")
    )
    created_at = models.DateTimeField(_("saisie le"), default=timezone.now, editable=False)

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("subvention ou fonds fléché")
        verbose_name_plural = _("subventions et fonds fléchés")
        ordering = ["-requested_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="fund_nature_known", condition=Q(nature__in=FundNature.values)),
            models.CheckConstraint(name="fund_state_known", condition=Q(state__in=FundState.values)),
            models.CheckConstraint(name="fund_named", condition=~Q(label="") & ~Q(funder="")),
            models.CheckConstraint(name="fund_dates", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="fund_asks_something", condition=Q(requested_amount__gt=0)),
            models.CheckConstraint(name="fund_some_kinds", condition=Q(kinds__len__gte=1)),
            models.CheckConstraint(
                name="fund_won_says_how_much",
                condition=Q(state__in=FUND_WON, awarded_on__isnull=False, awarded_amount__gt=0)
                | Q(
                    state__in=[FundState.REQUESTED, FundState.REFUSED],
                    awarded_on__isnull=True,
                    awarded_amount__isnull=True,
                    award_entry__isnull=True,
                )
                | Q(state=FundState.GIVEN_UP),
            ),
            models.CheckConstraint(
                name="fund_over_says_when",
                condition=Q(
                    state__in=[FundState.REQUESTED, FundState.AWARDED, FundState.RUNNING],
                    ended_on__isnull=True,
                    reason="",
                )
                | Q(state__in=[FundState.REFUSED, FundState.GIVEN_UP], ended_on__isnull=False) & ~Q(reason="")
                | Q(state=FundState.CLOSED, ended_on__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="fund_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="fund_frozen", fields=["nature", "section", "requested_on", "form_key", "created_by"]
            ),
            # What was promised for some costs pays no others.
            pgtrigger.Protect(
                name="fund_terms_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'requested' AND (OLD.kinds, OLD.starts_on, OLD.requested_amount)"
                    " IS DISTINCT FROM (NEW.kinds, NEW.starts_on, NEW.requested_amount)"
                ),
            ),
            amended_within("fund_amended"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:fund_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        return (*FUND_SHAPES[self.state], self.get_state_display())


class FundInstalment(models.Model):
    """A part of a grant to come, then what came."""

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="instalments", verbose_name=_("subvention ou fonds fléché")
    )
    label = models.CharField(_("libellé"), max_length=120)
    amount = MoneyField(_("montant"))
    due_on = models.DateField(_("attendu le"))
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    received_on = models.DateField(_("reçu le"), null=True, editable=False)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("écriture"), editable=False
    )

    class Meta:
        verbose_name = _("versement de subvention")
        verbose_name_plural = _("versements de subvention")
        ordering = ["fund", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="instalment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="instalment_received_whole",
                condition=Q(received_on__isnull=True, entry__isnull=True)
                | Q(received_on__isnull=False, entry__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="instalment_received_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__received_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FundDuty(models.Model):
    """A condition to meet or a report to send by a day, with its proof once it is done."""

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="duties", verbose_name=_("subvention ou fonds fléché")
    )
    kind = models.CharField(_("nature"), max_length=10, choices=DutyKind)
    label = models.CharField(_("libellé"), max_length=200)
    due_on = models.DateField(_("à faire pour le"))
    done_on = models.DateField(_("fait le"), null=True, editable=False)
    proof = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("preuve"), editable=False
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("fait par"),
        editable=False,
    )

    class Meta:
        verbose_name = _("obligation envers un financeur")
        verbose_name_plural = _("obligations envers les financeurs")
        ordering = ["fund", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="duty_kind_known", condition=Q(kind__in=DutyKind.values)),
            models.CheckConstraint(name="duty_labelled", condition=~Q(label="")),
            models.CheckConstraint(
                name="duty_done_whole",
                condition=Q(done_on__isnull=True, done_by__isnull=True, proof__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
            # A report that nobody can read again was not sent.
            models.CheckConstraint(
                name="duty_report_proved",
                condition=~Q(kind=DutyKind.REPORT) | Q(done_on__isnull=True) | Q(proof__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FundSpending(models.Model):
    """A line of the books counted on a fund, for all of it or a part; taken back by a row the other way."""

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="spendings", verbose_name=_("subvention ou fonds fléché")
    )
    line = models.ForeignKey(
        EntryLine, models.PROTECT, related_name="fund_spendings", verbose_name=_("ligne d’écriture")
    )
    amount = MoneyField(_("montant"))
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name=_("annule")
    )
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("comptée par")
    )
    created_at = models.DateTimeField(_("comptée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("dépense comptée sur un fonds")
        verbose_name_plural = _("dépenses comptées sur les fonds")
        ordering = ["fund", "pk"]
        constraints = [
            models.CheckConstraint(name="spending_of_something", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="spending_undone_says_why",
                condition=Q(undoes__isnull=True, reason="") | Q(undoes__isnull=False) & ~Q(reason=""),
            ),
        ]
        triggers = [*append_only("spending"), spent_within("spending_within")]

    def __str__(self) -> str:
        return f"{self.fund_id} · {self.amount}"


class FundDeferral(models.Model):
    """What a grant had brought and not paid at the end of a year: put off, and taken back the day after."""

    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="deferrals", verbose_name=_("subvention ou fonds fléché")
    )
    on = models.DateField(_("clôture du"))
    earned = MoneyField(_("produit enregistré"))
    spent = MoneyField(_("dépenses comptées"))
    amount = MoneyField(_("produit différé"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", verbose_name=_("écriture"))
    back_entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", verbose_name=_("reprise"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("passé par")
    )
    created_at = models.DateTimeField(_("passé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("produit différé d’une subvention")
        verbose_name_plural = _("produits différés des subventions")
        ordering = ["-on", "fund"]
        constraints = [
            models.UniqueConstraint(name="deferral_once_a_year", fields=["fund", "on"]),
            models.CheckConstraint(
                name="deferral_adds_up",
                condition=Q(amount=F("earned") - F("spent"), amount__gt=0),
            ),
        ]
        triggers = append_only("deferral")

    def __str__(self) -> str:
        return f"{self.fund_id} · {self.on:%d/%m/%Y}"
