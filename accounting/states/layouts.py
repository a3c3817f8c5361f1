"""Closed lists of the layouts of statements."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LayoutKind(TextChoices):
    """What a statement is: a period that is counted, or a day on which things stand."""

    INCOME = "income", _("Compte de résultat")
    CASH = "cash", _("Trésorerie")
    BALANCE = "balance", _("Bilan")


class LineStyle(TextChoices):
    HEADING = "heading", _("Titre")
    LINE = "line", _("Ligne")
    SUBTOTAL = "subtotal", _("Sous-total")
    TOTAL = "total", _("Total")


class LineSide(TextChoices):
    """Which side makes the figure grow."""

    DEBIT = "debit", _("Débit − crédit")
    CREDIT = "credit", _("Crédit − débit")
