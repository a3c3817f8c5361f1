"""The texts of contracts and letters, by date, and the letters made of them (ENT-22)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from entrepreneurs.models.contracts import CONTRACT_READERS
from entrepreneurs.models.referents import coached_persons


class LetterText(models.Model):
    """One version of a text with fields; the latest in force is merged, earlier ones stay readable."""

    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("intitulé"), max_length=120)
    body = models.TextField(_("texte"), max_length=60_000)
    valid_from = models.DateField(_("à partir du"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("écrit par")
    )
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)

    class Meta:
        verbose_name = _("modèle de courrier")
        verbose_name_plural = _("modèles de courrier")
        ordering = ["code", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["code", "valid_from"], name="letter_text_in_force")]
        constraints = [
            models.CheckConstraint(
                name="letter_text_whole", condition=~models.Q(body="") & ~models.Q(label="")
            ),
        ]
        triggers = append_only("letter_text")

    def __str__(self) -> str:
        return self.label


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def visible_to(self, user: Any) -> LetterQuerySet:
        """Gives one's own letters, and those of the persons within reach."""
        reached = models.Q(person__in=coached_persons(user, kinds=CONTRACT_READERS))
        own = getattr(user, "person_id", None)
        return self.filter(reached if own is None else reached | models.Q(person_id=own))


class Letter(models.Model):
    """A letter made for a person: its text of the day, its file."""

    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("intitulé"), max_length=120)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="letters", verbose_name=_("personne")
    )
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier")
    )
    # The work that made it with others: run again, it makes none twice.
    job = models.ForeignKey(
        "core.Job", models.PROTECT, null=True, related_name="+", verbose_name=_("travail")
    )
    made_on = models.DateField(_("fait le"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("fait par")
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("courrier")
        verbose_name_plural = _("courriers")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="letter_once_a_job", fields=["job", "person"], condition=models.Q(job__isnull=False)
            ),
        ]
        triggers = append_only("letter")

    def __str__(self) -> str:
        return f"{self.label} · {self.person}"
