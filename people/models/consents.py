"""Dated consents, purpose by purpose: given, then withdrawn at any time; both kept (PEO-37)."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.states.consents import ConsentPurpose


class Consent(models.Model):
    """Holds from the day it is given to the eve of the day it is withdrawn."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="consents", verbose_name=_("personne")
    )
    purpose = models.CharField(_("pour"), max_length=20, choices=ConsentPurpose)
    given_on = models.DateField(_("donné le"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("noté par"),
    )
    # Empty when the person gave it here; otherwise where the paper or the mail that says so is.
    proof = models.CharField(_("preuve"), max_length=300, blank=True)
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("retrait noté par"),
    )
    withdrawal_proof = models.CharField(_("preuve du retrait"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("consentement")
        verbose_name_plural = _("consentements")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_one_in_force",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="consent_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("person", "purpose", "given_on", "given_by", "proof"),
            ),
            pgtrigger.Protect(
                name="consent_withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()

    def is_in_force(self, on: date) -> bool:
        return self.given_on <= on and (self.withdrawn_on is None or on < self.withdrawn_on)
