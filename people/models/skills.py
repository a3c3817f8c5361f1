"""Skills, diplomas and authorisations, with their proof, its check and its last day (PEO-32)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.states.situations import SkillKind


class Skill(models.Model):
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="skills", verbose_name=_("personne")
    )
    kind = models.CharField(_("nature"), max_length=15, choices=SkillKind, default=SkillKind.SKILL)
    name = models.CharField(_("intitulé"), max_length=120)
    level = models.CharField(_("niveau"), max_length=40, blank=True)
    issuer = models.CharField(_("délivré par"), max_length=120, blank=True)
    obtained_on = models.DateField(_("obtenu le"), null=True, blank=True)
    expires_on = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    # The key of its document, without a constraint: the first tables of this room refer to no other.
    proof_key = models.BigIntegerField(_("justificatif"), null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("vérifié par"),
    )
    checked_at = models.DateTimeField(_("vérifié le"), null=True, editable=False)
    removed_at = models.DateTimeField(_("retiré le"), null=True, editable=False)
    created_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("compétence")
        verbose_name_plural = _("compétences")
        ordering = ["kind", "name", "pk"]
        indexes = [models.Index(fields=["person", "kind"], name="skill_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SkillKind.values), name="skill_kind_known"),
            models.CheckConstraint(
                condition=Q(obtained_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=F("obtained_on")),
                name="skill_dates_coherent",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False, proof_key__isnull=False),
                name="skill_checked_on_a_proof",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:skill_list", args=[self.person_id])

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None
