"""Levies of the cooperative’s own (ACC-21): what is taken beside the contribution, of whom, and what was."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.contributions import OfActivityQuerySet
from accounting.models.entries import Entry
from accounting.states.contributions import SaleCategory
from accounting.states.levies import LevyBase, LevyMoment, TakingKind, TakingNature
from cae.core.fields import MoneyField, RateField
from cae.core.permanence import append_only
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates

_ACCOUNT, _ACTIVITY = "accounting.Account", "entrepreneurs.Activity"


def every_category() -> list[str]:
    return list(SaleCategory.values)


class Levy(models.Model):
    """One levy as it was decided: a rate or an amount, its base, its moment, its accounts, who receives it.

    It may only be given its end; another rate is another row of the same code, from another day."""

    code = models.SlugField(_("code"), max_length=30)
    # Printed on entries and statements: « Assurance ».
    label = models.CharField(_("libellé"), max_length=60)
    base = models.CharField(_("base"), max_length=10, choices=LevyBase)
    taken_on = models.CharField(_("prélevé"), max_length=10, choices=LevyMoment)
    rate = RateField(_("taux"), null=True, blank=True)
    amount = MoneyField(_("montant"), null=True, blank=True)
    categories = ArrayField(
        models.CharField(max_length=10, choices=SaleCategory),
        verbose_name=_("ventes concernées"),
        default=every_category,
    )
    # Nothing: what is taken is not given back.
    held_months = models.PositiveSmallIntegerField(_("rendu après (mois)"), null=True, blank=True)
    # Else those that a term names, and no other.
    for_all = models.BooleanField(_("toutes les activités"), default=True)
    charge_account = models.ForeignKey(
        _ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("compte de l’activité")
    )
    link_account = models.ForeignKey(
        _ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("compte de liaison")
    )
    income_account = models.ForeignKey(
        _ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("compte de qui reçoit")
    )
    section = models.ForeignKey(
        "accounting.AnalyticAccount", models.PROTECT, related_name="levies", verbose_name=_("versé à")
    )
    valid_from = models.DateField(_("depuis le"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    decided_by = models.CharField(_("décidé par"), max_length=200)
    decided_on = models.DateField(_("date de la décision"))

    class Meta:
        verbose_name = _("prélèvement propre")
        verbose_name_plural = _("prélèvements propres")
        ordering = ["label", "-valid_from"]
        constraints = [
            models.CheckConstraint(name="levy_base_known", condition=Q(base__in=LevyBase.values)),
            models.CheckConstraint(name="levy_moment_known", condition=Q(taken_on__in=LevyMoment.values)),
            models.CheckConstraint(
                name="levy_rate_or_amount",
                condition=Q(rate__gt=0, rate__lte=1, amount__isnull=True)
                | Q(rate__isnull=True, amount__gt=0),
            ),
            models.CheckConstraint(
                name="levy_categories_known",
                condition=Q(categories__contained_by=list(SaleCategory.values), categories__len__gte=1),
            ),
            # Costs are known by month.
            models.CheckConstraint(
                name="levy_margin_by_month", condition=~Q(base=LevyBase.MARGIN) | Q(taken_on=LevyMoment.MONTH)
            ),
            models.CheckConstraint(
                name="levy_held_some_time",
                condition=Q(held_months__isnull=True) | Q(held_months__range=(1, 120)),
            ),
            models.CheckConstraint(
                name="levy_period", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="levy_once_at_a_date",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateSpan("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="levy_frozen", exclude=["valid_to"]),
            pgtrigger.Protect(name="levy_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:levy_detail", args=[self.pk])


class LevyTerm(Dated):
    """An activity that a levy of all spares, or that a levy of some takes, between two dates."""

    levy = models.ForeignKey(Levy, models.PROTECT, related_name="terms", verbose_name=_("prélèvement propre"))
    activity = models.ForeignKey(
        _ACTIVITY, models.PROTECT, related_name="levy_terms", verbose_name=_("activité")
    )
    decided_by = models.CharField(_("décidé par"), max_length=200)
    reason = models.CharField(_("motif"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("cas particulier d’un prélèvement")
        verbose_name_plural = _("cas particuliers des prélèvements")
        ordering = ["levy", "activity", "-starts_on"]
        constraints = [
            coherent_dates("levy_term_dates_coherent"),
            ExclusionConstraint(
                name="levy_term_once_at_a_date",
                expressions=[
                    ("levy", RangeOperators.EQUAL),
                    ("activity", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="levy_term_frozen", exclude=["ends_on"]),
            pgtrigger.Protect(name="levy_term_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.levy_id} {self.activity_id}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:levy_detail", args=[self.levy_id])


class LevyTaking(models.Model):
    """What a levy took of an activity for a document, a receipt or a month.

    Takings of one window follow one another; each is what is due on the window so far, less what it gave."""

    levy = models.ForeignKey(
        Levy, models.PROTECT, related_name="takings", verbose_name=_("prélèvement propre")
    )
    activity = models.ForeignKey(
        _ACTIVITY, models.PROTECT, related_name="levy_takings", db_index=False, verbose_name=_("activité")
    )
    kind = models.CharField(_("objet"), max_length=10, choices=TakingKind)
    # Number of the document, key of the bank entry, month.
    subject = models.CharField(_("mois ou document"), max_length=60)
    # The invoice of a credit note, the document that a receipt pays, the month.
    window = models.CharField(_("fenêtre"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rang"), default=1)
    nature = models.CharField(_("nature"), max_length=8, choices=TakingNature, default=TakingNature.TAKE)
    on = models.DateField(_("date"))
    fact_on = models.DateField(_("date du fait"))
    # What this one adds to the window; then the window, this one included.
    base = MoneyField(_("base ajoutée"))
    window_base = MoneyField(_("base de la fenêtre"))
    due = MoneyField(_("dû sur la fenêtre"))
    given = MoneyField(_("déjà prélevé"))
    amount = MoneyField(_("prélevé"))
    reason = models.CharField(_("motif"), max_length=200, blank=True)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="levy_taking", verbose_name=_("écriture")
    )
    # What a restitution gives back, what an undoing undoes.
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="answered_by", verbose_name=_("répond à")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("calculé par")
    )
    created_at = models.DateTimeField(_("calculé le"), default=timezone.now)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("prise d’un prélèvement")
        verbose_name_plural = _("prises des prélèvements")
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["activity", "on"], name="levy_taking_of_activity"),
            models.Index(fields=["levy", "activity", "window"], name="levy_taking_window"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="levy_taken_once_a_rank", fields=["levy", "activity", "kind", "window", "rank"]
            ),
            models.UniqueConstraint(
                name="levy_taken_once_a_document",
                fields=["levy", "activity", "kind", "subject", "window"],
                condition=Q(nature=TakingNature.TAKE) & ~Q(kind=TakingKind.MONTH),
            ),
            models.CheckConstraint(name="levy_taking_kind", condition=Q(kind__in=TakingKind.values)),
            models.CheckConstraint(
                name="levy_taking_nature",
                condition=Q(nature=TakingNature.TAKE, answers__isnull=True)
                | Q(nature__in=[TakingNature.RELEASE, TakingNature.REVERSE], answers__isnull=False),
            ),
            models.CheckConstraint(name="levy_taking_adds_up", condition=Q(amount=F("due") - F("given"))),
            models.CheckConstraint(
                name="levy_taking_posted",
                condition=Q(amount=0, entry__isnull=True) | (~Q(amount=0) & Q(entry__isnull=False)),
            ),
            models.CheckConstraint(
                name="levy_undone_says_why", condition=~Q(nature=TakingNature.REVERSE) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                name="levy_answered_once", fields=["answers"], condition=Q(answers__isnull=False)
            ),
        ]
        triggers = append_only("levy_taking")

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("accounting:levy_taking", args=[self.pk])
