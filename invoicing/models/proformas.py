"""Proforma invoices, frozen when made, and each departure of a delivery note or a proforma (INV-26)."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate
from invoicing.models.deliveries import DeliveryNote
from invoicing.models.invoices import Invoice
from invoicing.models.quotes import Quote
from invoicing.models.sight import in_sight


class ProformaQuerySet(models.QuerySet["Proforma"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))


class Proforma(models.Model):
    """A proforma invoice (facture proforma): what an invoice would say, never one. A new one replaces it."""

    number = models.CharField(_("numéro"), max_length=35, unique=True, editable=False)
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="proformas", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="proformas", verbose_name=_("client")
    )
    quote = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, null=True, related_name="proformas", verbose_name=_("devis")
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, null=True, related_name="proformas", verbose_name=_("facture")
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("remplace")
    )
    made_on = models.DateField(_("établie le"), editable=False)
    purpose = models.CharField(_("objet"), max_length=250, blank=True)
    order_reference = models.CharField(_("numéro de commande"), max_length=100, blank=True)
    total_excl_tax = MoneyField(_("total HT"), default=Decimal("0.00"))
    total_incl_tax = MoneyField(_("total TTC"), default=Decimal("0.00"))
    facts = models.JSONField(_("contenu figé"), editable=False)
    content_sha256 = models.CharField(_("empreinte du contenu"), max_length=64, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF archivé")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créée par")
    )

    objects = ProformaQuerySet.as_manager()

    class Meta:
        verbose_name = _("facture proforma")
        verbose_name_plural = _("factures proforma")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proforma_one_origin",
                condition=Q(quote__isnull=False, invoice__isnull=True)
                | Q(quote__isnull=True, invoice__isnull=False),
            ),
            # The first of each document; those after it name the one that they replace, once.
            models.UniqueConstraint(
                name="proforma_first_of_quote", fields=["quote"], condition=Q(replaces__isnull=True)
            ),
            models.UniqueConstraint(
                name="proforma_first_of_invoice", fields=["invoice"], condition=Q(replaces__isnull=True)
            ),
            models.CheckConstraint(
                name="proforma_hashed", condition=Q(content_sha256__regex="^[0-9a-f]{64}$")
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="proforma_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "to_jsonb(OLD) - 'pdf_id' IS DISTINCT FROM to_jsonb(NEW) - 'pdf_id'"
                    " OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id)"
                ),
            ),
            pgtrigger.Protect(name="proforma_kept", operation=pgtrigger.Delete),
            no_truncate("proforma"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("invoicing:proforma_detail", args=[self.pk])

    @property
    def origin(self) -> Quote | Invoice:
        found = self.quote or self.invoice
        if found is None:
            raise LookupError("a proforma is of one document")
        return found


class PieceSending(models.Model):
    """A departure of a delivery note or a proforma towards its customer: link, mail, seen when."""

    delivery = models.ForeignKey(
        DeliveryNote,
        models.PROTECT,
        null=True,
        related_name="sendings",
        verbose_name=_("bon de livraison"),
    )
    proforma = models.ForeignKey(
        Proforma, models.PROTECT, null=True, related_name="sendings", verbose_name=_("facture proforma")
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
    seen_at = models.DateTimeField(_("vu le"), null=True)
    # The page that sent it: a button pressed twice sends once to each reader.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("envoi d’une pièce")
        verbose_name_plural = _("envois de pièces")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="piecesending_one_piece",
                condition=Q(delivery__isnull=False, proforma__isnull=True)
                | Q(delivery__isnull=True, proforma__isnull=False),
            ),
            models.UniqueConstraint(name="piecesending_once_a_reader", fields=["form_key", "to"]),
            models.CheckConstraint(
                name="piecesending_mailed_unless_copied",
                condition=Q(email__isnull=True, to="") | (Q(email__isnull=False) & ~Q(to="")),
            ),
        ]
        # What left for whom is proof; only that it was seen is written afterwards.
        triggers = [
            pgtrigger.Protect(name="piecesending_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="piecesending_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "delivery", "proforma", "link", "email", "to", "sent_at", "sent_by"
                ),
            ),
            no_truncate("piecesending"),
        ]

    def __str__(self) -> str:
        return f"{self.piece} → {self.to}"

    @property
    def piece(self) -> DeliveryNote | Proforma:
        found = self.delivery or self.proforma
        if found is None:
            raise LookupError("a sending is about one piece")
        return found
