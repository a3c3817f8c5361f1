"""Files of entries produced for the tax office: what each one held, and what the checker said (ACC-48)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.periods import Span
from cae.core.permanence import append_only


class FecExport(models.Model):
    """One FEC as it was produced. Its file and its notice are documents about it."""

    number = models.PositiveIntegerField(_("numéro"), unique=True)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    # The year was still open: entries may come after this file.
    is_provisional = models.BooleanField(_("provisoire"))
    # Entries precede the year and none carries them into it: their balances were read (decision 0030).
    reads_openings = models.BooleanField(_("à-nouveaux calculés"))
    line_count = models.PositiveIntegerField(_("lignes"))
    debit = MoneyField(_("débit"), max_digits=18)
    credit = MoneyField(_("crédit"), max_digits=18)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    # The first faults that the checker found: kind, line, column, what; and how many in all.
    faults = models.JSONField(_("défauts"), default=list)
    fault_count = models.PositiveIntegerField(_("nombre de défauts"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("produit par")
    )
    made_at = models.DateTimeField(_("produit le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("fichier des écritures comptables")
        verbose_name_plural = _("fichiers des écritures comptables")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="fecexport_order", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="fecexport_of_something", condition=Q(line_count__gt=0)),
            models.CheckConstraint(name="fecexport_sealed", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="fecexport_faults_told",
                condition=Q(fault_count=0, faults=[]) | Q(fault_count__gt=0) & ~Q(faults=[]),
            ),
        ]
        triggers = append_only("fecexport")

    def __str__(self) -> str:
        return gettext("FEC n° %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("accounting:fec", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        """Tone, sign and word."""
        if self.fault_count:
            word = ngettext("%(count)d défaut", "%(count)d défauts", self.fault_count)
            return ("danger", "▲", word % {"count": self.fault_count})
        if self.is_provisional:
            return ("info", "●", gettext("Provisoire, sans défaut"))
        return ("success", "✔", gettext("Définitif, sans défaut"))

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)
