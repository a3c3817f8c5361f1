"""The answer of the team to a quote without insurance in force: it may go, for a reason (ENT-42)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only


class CoverWaiver(models.Model):
    """One quote, one answer: kept for ever, it lets this quote alone through."""

    quote = models.OneToOneField(
        "invoicing.Quote", models.PROTECT, related_name="cover_waiver", verbose_name=_("devis")
    )
    # What was wrong that day: none, lapsed, outside, above (entrepreneurs.calculations.covers).
    stop = models.CharField(_("cause"), max_length=10)
    reason = models.CharField(_("motif"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("donnée par")
    )
    given_at = models.DateTimeField(_("donnée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("dérogation d’assurance")
        verbose_name_plural = _("dérogations d’assurance")
        ordering = ["-given_at", "-pk"]
        triggers = append_only("coverwaiver")

    def __str__(self) -> str:
        return str(self.quote)
