"""The trace of each control of the books: when, by whom, and what was found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only


class BooksControl(models.Model):
    """One control, kept as it ended. No fault means that every chain and every balance held."""

    ended_at = models.DateTimeField(_("terminé le"), auto_now_add=True)
    entry_count = models.PositiveBigIntegerField(_("écritures contrôlées"))
    # One French sentence for each fault, as shown.
    faults = models.JSONField(_("anomalies"), default=list)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandé par")
    )

    class Meta:
        verbose_name = _("contrôle des livres")
        verbose_name_plural = _("contrôles des livres")
        ordering = ["-ended_at", "-pk"]
        triggers = append_only("control")

    def __str__(self) -> str:
        return f"{timezone.localtime(self.ended_at):%d/%m/%Y %H:%M}"

    @property
    def is_sound(self) -> bool:
        return not self.faults
