"""What an activity paid in the name of a customer and asks back to the cent, beside the sale (débours).

Rows of their own rather than lines: nothing that is computed of a sale (tax, revenue, contribution, parts)
ever meets them."""

from __future__ import annotations

import uuid
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate
from invoicing.models.sight import in_sight
from invoicing.models.triggers import part_of_draft


class DisbursementProofQuerySet(models.QuerySet["DisbursementProof"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))


class DisbursementProof(models.Model):
    """What shows the nature and the exact amount of a disbursement: an expense, a purchase, or a file."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        related_name="disbursement_proofs",
        verbose_name=_("activité"),
    )
    label = models.CharField(_("libellé"), max_length=250)
    on = models.DateField(_("payé le"))
    # With tax: it is asked back as it was paid.
    amount = MoneyField(_("montant payé"))
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("fichier")
    )
    expense_line = models.OneToOneField(
        "invoicing.ExpenseLine",
        models.PROTECT,
        null=True,
        related_name="disbursement_proof",
        verbose_name=_("ligne de note de frais"),
    )
    purchase_line = models.OneToOneField(
        "invoicing.PurchaseLine",
        models.PROTECT,
        null=True,
        related_name="disbursement_proof",
        verbose_name=_("ligne d’achat"),
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("ajoutée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ajoutée par")
    )

    objects = DisbursementProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("preuve de débours")
        verbose_name_plural = _("preuves de débours")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="disbursementproof_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="disbursementproof_says_what", condition=~Q(label="")),
            models.CheckConstraint(
                name="disbursementproof_one_source",
                condition=Q(document__isnull=False, expense_line__isnull=True, purchase_line__isnull=True)
                | Q(document__isnull=True, expense_line__isnull=False, purchase_line__isnull=True)
                | Q(document__isnull=True, expense_line__isnull=True, purchase_line__isnull=False),
            ),
        ]
        triggers = [
            # One whose expense is no longer approved goes, as long as nothing asks it back.
            pgtrigger.Protect(name="disbursementproof_frozen", operation=pgtrigger.Update),
            no_truncate("disbursementproof"),
        ]

    def __str__(self) -> str:
        return self.label


class Disbursed(models.Model):
    """One disbursement of a document."""

    position = models.PositiveSmallIntegerField(_("rang"))
    label = models.CharField(_("désignation"), max_length=250)
    amount = MoneyField(_("montant"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="%(class)s_says_what", condition=~Q(label="")),
        ]

    def __str__(self) -> str:
        return self.label


class QuoteDisbursement(Disbursed):
    """Announced by a quote: an estimate, without proof yet."""

    quote = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, related_name="disbursements", verbose_name=_("devis")
    )

    class Meta(Disbursed.Meta):
        verbose_name = _("débours d’un devis")
        verbose_name_plural = _("débours des devis")
        ordering = ["quote_id", "position"]
        constraints = [
            *Disbursed.Meta.constraints,
            models.UniqueConstraint(name="quotedisbursement_position_once", fields=["quote", "position"]),
        ]
        triggers = [part_of_draft("quotedisbursement", of="quote"), no_truncate("quotedisbursement")]


class InvoiceDisbursement(Disbursed):
    """Asked back by an invoice with its proof, or given back by a credit note."""

    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, related_name="disbursements", verbose_name=_("facture")
    )
    proof = models.ForeignKey(
        DisbursementProof,
        models.PROTECT,
        null=True,
        related_name="disbursements",
        verbose_name=_("preuve"),
    )
    # Of a credit note: the row of its invoice.
    gives_back = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="given_back", verbose_name=_("débours rendu")
    )

    class Meta(Disbursed.Meta):
        verbose_name = _("débours d’une facture")
        verbose_name_plural = _("débours des factures")
        ordering = ["invoice_id", "position"]
        constraints = [
            *Disbursed.Meta.constraints,
            models.UniqueConstraint(name="invoicedisbursement_position_once", fields=["invoice", "position"]),
        ]
        triggers = [part_of_draft("invoicedisbursement", of="invoice"), no_truncate("invoicedisbursement")]
