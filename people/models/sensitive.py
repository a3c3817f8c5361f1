"""Protected data: one locked record a person, and a line for each time somebody opened it (PEO-40)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from people.states.sensitive import FIELD_BY_CODE, SensitivePurpose


class SensitiveRecord(models.Model):
    """What states/sensitive.py declares, as one locked text: the database alone tells nothing of it."""

    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, related_name="sensitive", verbose_name=_("personne")
    )
    locked = models.TextField(_("contenu chiffré"), editable=False)
    changed_at = models.DateTimeField(_("modifié le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("fiche protégée")
        verbose_name_plural = _("fiches protégées")
        constraints = [
            # A Fernet token: nothing readable can be written here by mistake.
            models.CheckConstraint(condition=Q(locked__startswith="gAAAA"), name="sensitive_is_locked"),
        ]

    def __str__(self) -> str:
        return str(_("fiche protégée"))


class SensitiveReading(models.Model):
    """Who opened which fields, when, for which purpose; the person reads it."""

    person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        related_name="sensitive_readings",
        verbose_name=_("personne"),
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("lue par")
    )
    at = models.DateTimeField(_("le"), default=timezone.now, editable=False)
    purpose = models.CharField(_("pour"), max_length=20, choices=SensitivePurpose)
    fields = ArrayField(models.CharField(max_length=40), verbose_name=_("champs ouverts"))

    class Meta:
        verbose_name = _("lecture d’une fiche protégée")
        verbose_name_plural = _("lectures de fiches protégées")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at"], name="reading_of_person"),
            models.Index(fields=["-at", "reader"], name="reading_by_reader"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=SensitivePurpose.values), name="reading_purpose_known"
            ),
            models.CheckConstraint(condition=~Q(fields=[]), name="reading_names_fields"),
        ]
        triggers = append_only("reading")

    def __str__(self) -> str:
        return f"{self.reader} · {self.get_purpose_display()}"

    @property
    def field_labels(self) -> list[str]:
        """The words of the fields; one that the table no longer has keeps its code."""
        return [str(FIELD_BY_CODE[code].label) if code in FIELD_BY_CODE else code for code in self.fields]
