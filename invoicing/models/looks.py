"""How the documents of an activity look: logo, colour, layout, its own terms of sale (INV-29)."""

from __future__ import annotations

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import no_truncate
from invoicing.states.sales import DocumentLayout

# The green of the house, until somebody chooses.
HOUSE_COLOUR = "#1f5f5b"


class DocumentLook(models.Model):
    """One row an activity; without a row its documents look like those of the cooperative."""

    activity = models.OneToOneField(
        "entrepreneurs.Activity", models.PROTECT, related_name="look", verbose_name=_("activité")
    )
    logo = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("logo")
    )
    colour = models.CharField(
        _("couleur"), max_length=7, default=HOUSE_COLOUR, validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    layout = models.CharField(
        _("mise en page"), max_length=8, choices=DocumentLayout, default=DocumentLayout.CLASSIC
    )
    # The photo of each article of the catalogue beside its line, on quotes.
    photos = models.BooleanField(_("photos des articles"), default=False)
    header = models.CharField(_("sous le nom"), max_length=250, blank=True)
    footer = models.CharField(_("pied de page"), max_length=250, blank=True)
    terms_of_sale = models.TextField(_("conditions générales de vente"), max_length=20000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("présentation des documents")
        verbose_name_plural = _("présentations des documents")
        constraints = [
            models.CheckConstraint(name="look_layout_known", condition=Q(layout__in=DocumentLayout.values)),
            models.CheckConstraint(name="look_colour_plain", condition=Q(colour__regex="^#[0-9a-f]{6}$")),
        ]

    def __str__(self) -> str:
        return str(self.activity)


class SaleTerms(models.Model):
    """Terms of sale as they once read: a numbered document names them by their hash, for ever."""

    sha256 = models.CharField(_("empreinte"), max_length=64, unique=True)
    text = models.TextField(_("texte"))
    created_at = models.DateTimeField(_("enregistré le"), auto_now_add=True)

    class Meta:
        verbose_name = _("conditions de vente")
        verbose_name_plural = _("conditions de vente")
        triggers = [
            pgtrigger.ReadOnly(name="saleterms_frozen"),
            pgtrigger.Protect(name="saleterms_kept", operation=pgtrigger.Delete),
            no_truncate("saleterms"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
