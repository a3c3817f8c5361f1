"""The rest of an invoice that is given up, beside payments and credit notes (INV-43, decision 0028)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from invoicing.models.triggers import coherent_loss
from invoicing.states.chasing import MAX_REASON


class WriteOff(models.Model):
    """What is lost on an invoice; with `reverses`, the former row taken back, its amounts negative."""

    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, related_name="losses", verbose_name=_("facture")
    )
    on = models.DateField(_("date"))
    amount = MoneyField(_("montant"))
    charge = MoneyField(_("charge"))
    # What waited for a payment, or was paid to the State and comes back.
    tax = MoneyField(_("TVA reprise"), default=0)
    reason = models.CharField(_("motif"), max_length=MAX_REASON)
    proof = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("justificatif")
    )
    # When the duplicate of the invoice left with the note that the law wants (CGI art. 272-1).
    note_sent_on = models.DateField(_("duplicata envoyé le"), null=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("annule la perte")
    )
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, related_name="+", verbose_name=_("écriture")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistré par"),
    )

    class Meta:
        verbose_name = _("passage en perte")
        verbose_name_plural = _("passages en perte")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="writeoff_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="writeoff_signed",
                condition=Q(
                    reverses__isnull=True, amount__gt=0, charge__gte=0, tax__gte=0, proof__isnull=False
                )
                | Q(reverses__isnull=False, amount__lt=0, charge__lte=0, tax__lte=0),
            ),
            models.CheckConstraint(name="writeoff_whole", condition=Q(amount=F("charge") + F("tax"))),
            models.CheckConstraint(name="writeoff_not_its_own", condition=~Q(reverses=F("pk"))),
        ]
        triggers = [*append_only("writeoff"), coherent_loss()]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.amount}"
