"""What each activity sold and gave: movements of sale, runs with their working; never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.entries import Entry
from accounting.models.scales import ContributionScale
from accounting.models.sight import seen_activity_ids, sees_all_books
from accounting.states.contributions import RunKind, RunNature, SaleCategory
from cae.core.fields import MoneyField
from cae.core.permanence import append_only

_ACTIVITY = "entrepreneurs.Activity"


class OfActivityQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> OfActivityQuerySet:
        if sees_all_books(user):
            return self
        return self.filter(activity__in=seen_activity_ids(user))


class SaleMovement(models.Model):
    """What an issued document adds to the sales of an activity in one category, tax excluded.

    Written with the document, whatever the scale: months and simulations read it."""

    activity = models.ForeignKey(
        _ACTIVITY, models.PROTECT, related_name="sale_movements", verbose_name=_("activité")
    )
    on = models.DateField(_("date"))
    document = models.CharField(_("document"), max_length=60)
    category = models.CharField(_("catégorie"), max_length=10, choices=SaleCategory)
    # Negative for a credit note.
    net = MoneyField(_("montant HT"))
    corrects = models.CharField(_("corrige"), max_length=60, blank=True)
    # Its contribution is taken with the document: no month counts it.
    by_document = models.BooleanField(_("contribution prise sur le document"))
    source_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, related_name="+", verbose_name=_("nature de la pièce")
    )
    source_id = models.PositiveBigIntegerField(_("identifiant de la pièce"), null=True)
    # A run counted what was there when it was made: a document dated in its month may come later.
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("mouvement de vente")
        verbose_name_plural = _("mouvements de vente")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["activity", "on"], name="movement_activity_on")]
        constraints = [
            models.UniqueConstraint(name="movement_once", fields=["activity", "document", "category"]),
            models.CheckConstraint(
                name="movement_category_known", condition=Q(category__in=SaleCategory.values)
            ),
        ]
        triggers = append_only("movement")

    def __str__(self) -> str:
        return self.document


class ContributionRun(models.Model):
    """What an activity gave for a subject: a month, a document, a receipt, a year, an advance.

    The runs of one subject follow one another by rank; their sum is what it gives. Amounts are what this run
    adds; `inputs` and `working` say the whole calculation."""

    # This key and the date begin indexes that serve them, so that neither needs one of its own.
    activity = models.ForeignKey(
        _ACTIVITY,
        models.PROTECT,
        related_name="contributions",
        db_index=False,
        verbose_name=_("activité"),
    )
    scale = models.ForeignKey(ContributionScale, models.PROTECT, related_name="+", verbose_name=_("barème"))
    kind = models.CharField(_("objet"), max_length=10, choices=RunKind)
    subject = models.CharField(_("mois ou document"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rang"), default=1)
    nature = models.CharField(_("nature"), max_length=8, choices=RunNature, default=RunNature.TAKE)
    on = models.DateField(_("date"))
    # The day of what is counted: last day of the month, day of the document (of its invoice for a credit
    # note), and the year whose cap and floor it fills.
    fact_on = models.DateField(_("date du fait"))
    year = models.PositiveSmallIntegerField(_("année"))
    base = MoneyField(_("base"))
    proportional = MoneyField(_("part proportionnelle"))
    fixed = MoneyField(_("part fixe"))
    uncapped = MoneyField(_("avant plafond"))
    due = MoneyField(_("contribution"))
    inputs = models.JSONField(_("faits"), encoder=DjangoJSONEncoder)
    working = models.JSONField(_("calcul"), encoder=DjangoJSONEncoder)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="contribution_run", verbose_name=_("écriture")
    )
    adjusts = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="adjustments", verbose_name=_("régularise")
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("annule")
    )
    # The run of the invoice that a credit note gives back.
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="corrections",
        verbose_name=_("rend la contribution de"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("calculée par")
    )
    created_at = models.DateTimeField(_("calculée le"), default=timezone.now)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["activity", "year"], name="run_activity_year"),
            # What an activity gave over a period.
            models.Index(fields=["activity", "on"], include=["base", "due"], name="run_of_activity"),
            # Whether a month was computed.
            models.Index(fields=["kind", "subject"], name="run_of_subject"),
            # The first page of everybody’s list, however long it is.
            models.Index(fields=["on", "id"], name="run_in_order"),
        ]
        constraints = [
            models.UniqueConstraint(name="run_once_a_rank", fields=["activity", "kind", "subject", "rank"]),
            models.CheckConstraint(name="run_kind_known", condition=Q(kind__in=RunKind.values)),
            models.CheckConstraint(
                name="run_nature_says_what_it_names",
                condition=Q(nature=RunNature.TAKE, adjusts__isnull=True, reverses__isnull=True)
                | Q(nature=RunNature.ADJUST, adjusts__isnull=False, reverses__isnull=True)
                | Q(nature=RunNature.REVERSE, adjusts__isnull=True, reverses__isnull=False),
            ),
            models.CheckConstraint(
                name="run_first_takes", condition=Q(rank=1, nature=RunNature.TAKE) | Q(rank__gt=1)
            ),
            models.CheckConstraint(
                name="run_posted_unless_nothing",
                condition=Q(due=0, entry__isnull=True) | (~Q(due=0) & Q(entry__isnull=False)),
            ),
            # A floor may raise, a cap may lower: the four figures of a taking cannot stand otherwise.
            models.CheckConstraint(
                name="run_figures_true",
                condition=~Q(nature=RunNature.TAKE)
                | (
                    Q(uncapped__gte=F("proportional") + F("fixed"))
                    & (
                        Q(uncapped__gte=0, due__gte=0, due__lte=F("uncapped"))
                        | Q(uncapped__lt=0, due__lte=0, due__gte=F("uncapped"))
                    )
                ),
            ),
        ]
        triggers = append_only("run")

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("accounting:run_detail", args=[self.pk])


class ContributionPart(models.Model):
    """What a run adds to the window of a category, under the version that counted it.

    The sum of a window is what its next fact finds."""

    run = models.ForeignKey(
        ContributionRun, models.PROTECT, related_name="parts", verbose_name=_("contribution")
    )
    activity = models.ForeignKey(_ACTIVITY, models.PROTECT, related_name="+", verbose_name=_("activité"))
    scale = models.ForeignKey(ContributionScale, models.PROTECT, related_name="+", verbose_name=_("barème"))
    category = models.CharField(_("catégorie"), max_length=10, choices=SaleCategory)
    window = models.CharField(_("fenêtre"), max_length=75)
    base = MoneyField(_("base"))
    proportional = MoneyField(_("part proportionnelle"))

    class Meta:
        verbose_name = _("part de contribution")
        verbose_name_plural = _("parts de contribution")
        ordering = ["run", "pk"]
        indexes = [models.Index(fields=["activity", "window"], name="part_activity_window")]
        constraints = [
            models.CheckConstraint(name="part_category_known", condition=Q(category__in=SaleCategory.values)),
        ]
        triggers = append_only("part")

    def __str__(self) -> str:
        return f"{self.category} {self.window}"
