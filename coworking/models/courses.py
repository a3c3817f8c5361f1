"""The catalogue of training: a course, and what its page says, version after version (COW-42)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.plain import plain_column
from coworking.states.training import VERSION_SHAPES, Delivery, Objective, VersionState

# A version that a session follows says for ever what its trainees were told.
_FROZEN = """
    IF to_jsonb(OLD) - ARRAY['state', 'state_since', 'published_on', 'version', 'sort_title']
        <> to_jsonb(NEW) - ARRAY['state', 'state_since', 'published_on', 'version', 'sort_title']
        AND EXISTS (SELECT 1 FROM coworking_trainingsession session WHERE session.course_id = OLD.id)
    THEN
        RAISE EXCEPTION 'pgtrigger: version % of a course is followed and frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Course(models.Model):
    """What is taught, apart from the words that present it."""

    code = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    # What sells it; none: the cooperative itself.
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=_("vendue par l’activité"),
    )
    is_public = models.BooleanField(_("au catalogue public"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("coworking:course", args=[self.pk])


class CourseVersionQuerySet(models.QuerySet["CourseVersion"]):
    def published(self) -> CourseVersionQuerySet:
        return self.filter(state=VersionState.PUBLISHED)

    def public(self) -> CourseVersionQuerySet:
        """Those that anybody reads."""
        return self.published().filter(course__is_public=True)


class CourseVersion(models.Model):
    """What a course says from a day on: one version at most is at the catalogue."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions", verbose_name=_("formation"))
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    title = models.CharField(_("intitulé"), max_length=160)
    aims = models.TextField(_("objectifs"), max_length=4000)
    prerequisites = models.TextField(_("prérequis"), max_length=2000, blank=True)
    audience = models.TextField(_("public"), max_length=2000, blank=True)
    content = models.TextField(_("programme"), max_length=12000, blank=True)
    methods = models.TextField(_("méthodes et moyens"), max_length=4000, blank=True)
    assessment = models.TextField(_("évaluation"), max_length=2000, blank=True)
    access = models.TextField(_("accès des personnes en situation de handicap"), max_length=2000, blank=True)
    hours = models.DecimalField(_("durée (heures)"), max_digits=6, decimal_places=2)
    price_excl_tax = MoneyField(_("prix par stagiaire HT"), default=Decimal("0.00"))
    delivery = models.CharField(_("modalité"), max_length=7, choices=Delivery, default=Delivery.ON_SITE)
    objective = models.CharField(
        _("objectif général (BPF)"), max_length=8, choices=Objective, default=Objective.OTHER
    )
    speciality = models.CharField(
        _("spécialité NSF"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^\d{3}$", _("Un code NSF a trois chiffres."))],
        help_text=_("Trois chiffres : 310 pour la gestion, 320 pour la communication…"),
    )
    certification = models.CharField(_("fiche RNCP ou RS"), max_length=20, blank=True)
    state = models.CharField(
        _("état"), max_length=9, choices=VersionState, default=VersionState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    published_on = models.DateField(_("au catalogue depuis"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    sort_title = plain_column("title", max_length=160)

    objects = CourseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version d’une formation")
        verbose_name_plural = _("versions des formations")
        ordering = ["sort_title", "-number"]
        constraints = [
            models.CheckConstraint(
                name="courseversion_state_known", condition=Q(state__in=VersionState.values)
            ),
            models.CheckConstraint(
                name="courseversion_delivery_known", condition=Q(delivery__in=Delivery.values)
            ),
            models.CheckConstraint(
                name="courseversion_objective_known", condition=Q(objective__in=Objective.values)
            ),
            models.CheckConstraint(
                name="courseversion_speciality_coded",
                condition=Q(speciality="") | Q(speciality__regex=r"^\d{3}$"),
            ),
            models.CheckConstraint(name="courseversion_lasts", condition=Q(hours__gt=0)),
            models.CheckConstraint(name="courseversion_price_positive", condition=Q(price_excl_tax__gte=0)),
            models.CheckConstraint(
                name="courseversion_published_on_a_day",
                condition=Q(state=VersionState.DRAFT, published_on__isnull=True)
                | ~Q(state=VersionState.DRAFT) & Q(published_on__isnull=False),
            ),
            models.UniqueConstraint(name="courseversion_number_once", fields=["course", "number"]),
            models.UniqueConstraint(
                name="courseversion_one_at_the_catalogue",
                fields=["course"],
                condition=Q(state=VersionState.PUBLISHED),
            ),
            models.UniqueConstraint(
                name="courseversion_one_draft", fields=["course"], condition=Q(state=VersionState.DRAFT)
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="courseversion_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_FROZEN,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("coworking:course", args=[self.course_id])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*VERSION_SHAPES[self.state], self.get_state_display())
