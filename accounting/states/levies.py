"""Closed lists of the levies of the cooperative’s own, and what a trial of a scale may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LevyBase(TextChoices):
    """What a levy counts."""

    INVOICED = "invoiced", _("Ventes facturées")
    RECEIVED = "received", _("Ventes encaissées")
    MARGIN = "margin", _("Marge")


class LevyMoment(TextChoices):
    """When a levy is taken."""

    MONTH = "month", _("Chaque mois")
    DOCUMENT = "document", _("Sur chaque document")


class TakingKind(TextChoices):
    """What a levy was taken for."""

    MONTH = "month", _("Mois")
    DOCUMENT = "document", _("Document")
    RECEIPT = "receipt", _("Encaissement")


class TakingNature(TextChoices):
    """A levy takes, gives back what it held, or is undone."""

    TAKE = "take", _("Prélèvement")
    RELEASE = "release", _("Restitution")
    REVERSE = "reverse", _("Annulation")
