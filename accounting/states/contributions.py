"""Closed lists of the contribution: what a scale may say, what a run may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScaleTaking(TextChoices):
    """When a scale is taken."""

    MONTH = "month", _("Chaque mois")
    DOCUMENT = "document", _("Sur chaque document")


class ScaleTurnover(TextChoices):
    """Which sales a scale counts."""

    INVOICED = "invoiced", _("Ventes facturées")
    RECEIVED = "received", _("Ventes encaissées")


class WaivedPart(TextChoices):
    """What an exemption takes away."""

    PROPORTIONAL = "proportional", _("Part proportionnelle")
    FIXED = "fixed", _("Part fixe")
    FLOOR = "floor", _("Plancher")


class Situation(TextChoices):
    """What may lighten the contribution of an activity for a time."""

    MINIMA_SOCIAUX = "minima_sociaux", _("Minima sociaux")
    SICK_LEAVE = "sick_leave", _("Arrêt maladie")
    PARENTAL_LEAVE = "parental_leave", _("Congé maternité, paternité ou parental")
    HARDSHIP = "hardship", _("Activité en difficulté")
    OTHER = "other", _("Autre décision")


class SaleCategory(TextChoices):
    """Kinds of sale that a scale may treat apart."""

    ORDINARY = "ordinary", _("Ventes ordinaires")
    TRAINING = "training", _("Formation")
    INTERNAL = "internal", _("Ventes internes")


class RunKind(TextChoices):
    """What a contribution is computed for."""

    MONTH = "month", _("Mois")
    DOCUMENT = "document", _("Document")
    RECEIPT = "receipt", _("Encaissement")
    YEAR = "year", _("Fin d’année")
    ADVANCE = "advance", _("Avance à l’entrée")


class RunNature(TextChoices):
    """A run takes, corrects what its subject has given so far, or undoes another."""

    TAKE = "take", _("Prélèvement")
    ADJUST = "adjust", _("Régularisation")
    REVERSE = "reverse", _("Annulation")
