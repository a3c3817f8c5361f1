"""A request to become an associate and its decision (GOV-03)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models.associates import reads_register
from governance.states.register import (
    ADMISSION_SHAPES,
    OPEN_STATES,
    AdmissionRoute,
    AdmissionState,
    Category,
    PaymentPlan,
)


class AdmissionQuerySet(models.QuerySet["Admission"]):
    def visible_to(self, user: Any) -> AdmissionQuerySet:
        """Of oneself, or of the legal person one would act for; all of them for who reads the register, save
        the drafts that others write for themselves."""
        person = getattr(user, "person_id", None)
        own = Q(person=person) | Q(representative=person) if person else Q(pk__in=[])
        if not reads_register(user):
            return self.filter(own)
        by_oneself = Q(created_by__person=F("person")) | Q(created_by__person=F("representative"))
        private = Admission.objects.filter(by_oneself, state=AdmissionState.DRAFT).values("pk")
        return self.filter(own | ~Q(pk__in=private))


class Admission(models.Model):
    """One request: who asks, the shares wanted, the opinion, the decision and its result."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="admissions", verbose_name=_("personne")
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="admissions",
        verbose_name=_("organisme"),
    )
    # Who would act for the organisation.
    representative = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("représentant·e"),
    )
    category = models.CharField(_("catégorie"), max_length=16, choices=Category, default=Category.EMPLOYEE)
    college = models.ForeignKey(
        "governance.College",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("collège"),
    )
    letter = models.TextField(_("ce qui vous amène"), max_length=3000, blank=True)
    sponsor = models.ForeignKey(
        "governance.Associate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsored",
        verbose_name=_("parrain ou marraine"),
    )
    share_class = models.ForeignKey(
        "governance.ShareClass", models.PROTECT, null=True, related_name="+", verbose_name=_("parts")
    )
    share_count = models.PositiveIntegerField(_("nombre de parts"), default=1)
    payment_plan = models.CharField(
        _("libération"), max_length=10, choices=PaymentPlan, default=PaymentPlan.AT_ONCE
    )
    state = models.CharField(
        _("état"), max_length=10, choices=AdmissionState, default=AdmissionState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    submitted_on = models.DateField(_("reçue le"), null=True, editable=False)
    opinion = models.TextField(_("avis"), max_length=2000, blank=True)
    opinion_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("avis de")
    )
    opinion_on = models.DateField(_("avis du"), null=True, editable=False)
    route = models.CharField(_("voie"), max_length=8, choices=AdmissionRoute, blank=True)
    resolution = models.ForeignKey(
        "governance.Resolution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="admissions",
        verbose_name=_("résolution"),
    )
    decided_on = models.DateField(_("décidée le"), null=True, blank=True)
    decision = models.CharField(_("décision"), max_length=200, blank=True)
    reason = models.CharField(_("motif"), max_length=500, blank=True)
    # A refused request may come back a year later (loi 78-763 art. 7 to 9).
    may_return_on = models.DateField(_("peut revenir le"), null=True, editable=False)
    associate = models.OneToOneField(
        "governance.Associate",
        models.PROTECT,
        null=True,
        related_name="admission",
        editable=False,
        verbose_name=_("associé·e"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("ouverte le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidature au sociétariat")
        verbose_name_plural = _("candidatures au sociétariat")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="admission_state_known", condition=Q(state__in=AdmissionState.values)
            ),
            models.CheckConstraint(
                name="admission_is_one_of_two",
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
            ),
            models.CheckConstraint(
                name="admission_decided_is_whole",
                condition=~Q(state__in=[AdmissionState.ADMITTED, AdmissionState.REFUSED])
                | Q(decided_on__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="admission_makes_an_associate",
                condition=Q(state=AdmissionState.ADMITTED, associate__isnull=False)
                | ~Q(state=AdmissionState.ADMITTED) & Q(associate__isnull=True),
            ),
            models.UniqueConstraint(
                name="admission_one_open", fields=["person"], condition=Q(state__in=OPEN_STATES)
            ),
            models.UniqueConstraint(
                name="admission_one_open_of_body", fields=["organisation"], condition=Q(state__in=OPEN_STATES)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:admission_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """Reads the person or the organisation: lists join both."""
        return str(self.person if self.person_id else self.organisation)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*ADMISSION_SHAPES[self.state], self.get_state_display())
