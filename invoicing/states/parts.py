"""Closed lists of the parts in which a quote is invoiced (INV-22, INV-23)."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Billing(TextChoices):
    """How a quote is meant to be invoiced."""

    ONCE = "once", _("En une fois")
    INSTALMENTS = "instalments", _("Par échéances")
    PROGRESS = "progress", _("À l’avancement des travaux")


class InvoicePart(TextChoices):
    """Which part of its quote an invoice asks for."""

    WHOLE = "whole", _("Facture")
    DEPOSIT = "deposit", _("Facture d’acompte")
    INTERIM = "interim", _("Facture intermédiaire")
    PROGRESS = "progress", _("Facture de situation")
    BALANCE = "balance", _("Facture de solde")


class InstalmentKind(TextChoices):
    DEPOSIT = "deposit", _("Acompte")
    INTERIM = "interim", _("Échéance")


# The last document of a quote: nothing is left to invoice after it, unless it is credited.
CLOSING_PARTS: tuple[str, ...] = (InvoicePart.WHOLE, InvoicePart.BALANCE)

# Law n° 71-584 of 16 July 1971, art. 1.
MAX_RETENTION = Decimal("0.0500")
RETENTION_MONTHS = 12

MAX_INSTALMENTS = 24
