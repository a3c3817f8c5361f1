"""What is open in somebody’s name: one row per browser signed in, so that its owner may see and close it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OpenSession(models.Model):
    """Stands beside the session of Django, which holds no question one could ask; gone with it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="open_sessions",
        verbose_name=_("compte"),
    )
    session_key = models.CharField(_("clé"), max_length=40, unique=True, editable=False)
    opened_at = models.DateTimeField(_("ouverte le"), default=timezone.now)
    seen_at = models.DateTimeField(_("utilisée le"), default=timezone.now)
    address = models.GenericIPAddressField(_("adresse IP"), null=True)
    user_agent = models.CharField(_("navigateur"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("session ouverte")
        verbose_name_plural = _("sessions ouvertes")
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.address or '?'}"
