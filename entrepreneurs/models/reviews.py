"""The grid of meaning and the economic criterion as judged: versions, marks, waivers (ENT-09, ENT-10)."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from entrepreneurs.states.reviews import BEST_MARK


class CriteriaSet(models.Model):
    """A version of the grid, from a day on; another version is another row."""

    territory = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
        help_text=_("Vide : toute la coopérative."),
    )
    valid_from = models.DateField(_("à partir du"))
    reason = models.CharField(_("motif"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidé par")
    )
    created_at = models.DateTimeField(_("saisi le"), default=timezone.now)

    class Meta:
        verbose_name = _("grille de critères")
        verbose_name_plural = _("grilles de critères")
        ordering = ["-valid_from", "-pk"]
        triggers = append_only("criteriaset")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.valid_from:%d/%m/%Y}"


class Criterion(models.Model):
    """What a version of the grid asks to look at, and how much it weighs."""

    criteria = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="criteria", verbose_name=_("grille")
    )
    label = models.CharField(_("critère"), max_length=80)
    help = models.CharField(_("ce qui est regardé"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(_("poids"), validators=[MinValueValidator(1)])
    order = models.PositiveSmallIntegerField(_("rang"))

    class Meta:
        verbose_name = _("critère de la grille")
        verbose_name_plural = _("critères de la grille")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_weighs_something"),
            models.UniqueConstraint(fields=["criteria", "label"], name="criterion_once_a_grid"),
        ]
        triggers = append_only("criterion")

    def __str__(self) -> str:
        return self.label


class ReviewRequest(models.Model):
    """Somebody is asked to mark an application."""

    application = models.ForeignKey(
        "entrepreneurs.Application",
        models.PROTECT,
        related_name="review_requests",
        verbose_name=_("candidature"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("évaluateur·rice")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandé par")
    )
    asked_on = models.DateField(_("demandée le"), default=timezone.localdate)

    class Meta:
        verbose_name = _("évaluation demandée")
        verbose_name_plural = _("évaluations demandées")
        ordering = ["asked_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "reviewer"], name="reviewrequest_once")]
        triggers = append_only("reviewrequest")

    def __str__(self) -> str:
        return f"{self.application} · {self.reviewer}"


class Review(models.Model):
    """What one person gave to one application, whole, at once."""

    application = models.ForeignKey(
        "entrepreneurs.Application", models.PROTECT, related_name="reviews", verbose_name=_("candidature")
    )
    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="+", verbose_name=_("grille"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("évaluateur·rice")
    )
    comment = models.TextField(_("ce qui me frappe"), max_length=2000, blank=True)
    given_at = models.DateTimeField(_("donnée le"), default=timezone.now)

    class Meta:
        verbose_name = _("évaluation")
        verbose_name_plural = _("évaluations")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="review_once_a_reviewer")
        ]
        triggers = append_only("review", words=("comment",))

    def __str__(self) -> str:
        return f"{self.application} · {self.reviewer}"


class Mark(models.Model):
    """The mark of one criterion; a change is a new row with its reason, and the latest counts."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="marks", verbose_name=_("évaluation"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("critère"))
    value = models.PositiveSmallIntegerField(_("note"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("remplace")
    )
    reason = models.CharField(_("motif du changement"), max_length=300, blank=True)
    given_at = models.DateTimeField(_("donnée le"), default=timezone.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=BEST_MARK), name="mark_within_scale"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, reason="") | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="mark_change_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="mark_replaces_another"
            ),
            models.UniqueConstraint(
                fields=["review", "criterion"],
                condition=Q(replaces__isnull=True),
                name="mark_first_once_a_criterion",
            ),
        ]
        triggers = append_only("mark", words=("reason",))

    def __str__(self) -> str:
        return f"{self.criterion} : {self.value}"


class EconomicWaiver(models.Model):
    """The economic criterion is set aside for one application (ENT-10)."""

    application = models.ForeignKey(
        "entrepreneurs.Application", models.PROTECT, related_name="waivers", verbose_name=_("candidature")
    )
    reason = models.CharField(_("motif"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("accordée par")
    )
    given_at = models.DateTimeField(_("accordée le"), default=timezone.now)

    class Meta:
        verbose_name = _("dispense du critère économique")
        verbose_name_plural = _("dispenses du critère économique")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="economicwaiver_has_reason"),
            models.UniqueConstraint(fields=["application"], name="economicwaiver_once"),
        ]
        triggers = append_only("economicwaiver", words=("reason",))

    def __str__(self) -> str:
        return f"{self.application} · {self.author}"
