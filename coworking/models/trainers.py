"""Who teaches: own persons or outside ones, what they may teach, with which proofs (COW-47)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.plain import plain_column
from coworking.states.training import TrainerKind


class Trainer(models.Model):
    """Somebody who teaches: a person of the cooperative, or from outside with the body they work for."""

    name = models.CharField(_("nom"), max_length=120)
    kind = models.CharField(_("lien"), max_length=8, choices=TrainerKind)
    person = models.OneToOneField(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trainer",
        verbose_name=_("personne"),
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trainers",
        verbose_name=_("organisme"),
    )
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    specialities = models.TextField(_("spécialités"), max_length=2000, blank=True)
    references = models.TextField(_("références"), max_length=4000, blank=True)
    # Subcontracting: its own number of activity, its contract, and who looked at both (décret 2023-1350).
    declaration_number = models.CharField(_("n° de déclaration d’activité"), max_length=20, blank=True)
    contract = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("contrat")
    )
    checked_on = models.DateField(_("sous-traitance vérifiée le"), null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    is_active = models.BooleanField(_("en activité"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sort_name = plain_column("name", max_length=120)

    class Meta:
        verbose_name = _("formateur·rice")
        verbose_name_plural = _("formateur·rices")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(name="trainer_kind_known", condition=Q(kind__in=TrainerKind.values)),
            models.CheckConstraint(name="trainer_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="trainer_own_is_a_person",
                condition=Q(kind=TrainerKind.EXTERNAL) | Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="trainer_checked_by_somebody",
                condition=Q(checked_on__isnull=True) | Q(checked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coworking:trainer", args=[self.pk])

    @property
    def is_checked(self) -> bool:
        """Nothing is to be checked of one’s own persons."""
        return self.kind == TrainerKind.OWN or self.checked_on is not None


class Qualification(models.Model):
    """What allows somebody to teach something, until a day."""

    trainer = models.ForeignKey(
        Trainer, models.CASCADE, related_name="qualifications", verbose_name=_("formateur·rice")
    )
    label = models.CharField(_("qualification"), max_length=160)
    obtained_on = models.DateField(_("obtenue le"), null=True, blank=True)
    ends_on = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("qualification d’un·e formateur·rice")
        verbose_name_plural = _("qualifications des formateur·rices")
        ordering = ["trainer", "ends_on", "pk"]
        constraints = [models.CheckConstraint(name="qualification_named", condition=~Q(label=""))]

    def __str__(self) -> str:
        return self.label

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on
