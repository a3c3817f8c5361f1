"""A series of legal numbers: one row, one lock, no gap."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The counter of one kind of document, with the seal of the last one issued."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    template = models.CharField(_("modèle de numéro"), max_length=40)
    # Legal documents never go back in time (CGI ann. II art. 242 nonies A); book entries may.
    dates_rise = models.BooleanField(_("dates croissantes"), default=True)
    counter = models.PositiveBigIntegerField(_("dernier rang"), default=0)
    last_on = models.DateField(_("dernière date"), null=True, blank=True)
    last_seal = models.CharField(_("dernier sceau"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("série de numéros")
        verbose_name_plural = _("séries de numéros")

    def __str__(self) -> str:
        return self.label
