"""Each time a document left for its customer: mail, personal link, and when it was seen (INV-17)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Sending(models.Model):
    quote = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, null=True, related_name="sendings", verbose_name=_("devis")
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, null=True, related_name="sendings", verbose_name=_("facture")
    )
    link = models.OneToOneField(
        "core.PersonalLink", models.PROTECT, related_name="+", verbose_name=_("lien personnel")
    )
    # Empty when the link was copied and handed over in another way.
    email = models.OneToOneField(
        "core.OutgoingEmail", models.PROTECT, null=True, related_name="+", verbose_name=_("e-mail")
    )
    to = models.EmailField(_("destinataire"), max_length=254, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("envoyé par")
    )
    first_seen_at = models.DateTimeField(_("vu le"), null=True)
    last_seen_at = models.DateTimeField(_("revu le"), null=True)

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sending_one_document",
                condition=Q(quote__isnull=False, invoice__isnull=True)
                | Q(quote__isnull=True, invoice__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote or self.invoice} → {self.to}"
