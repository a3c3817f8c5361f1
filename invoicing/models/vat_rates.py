"""VAT rates as dated rows: a document uses those in force on its date, with the text and code of an
exemption."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from cae.core.fields import RateField
from cae.core.permanence import no_truncate
from cae.core.questions import Given
from invoicing.calculations.totals import percent
from invoicing.states.sales import VatCategory

_PERIOD = Func(
    F("valid_from"),
    F("valid_to"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="DATERANGE",
    output_field=DateRangeField(),
)


# The labels of the reference data, so that both languages know them.
KNOWN_LABELS = (
    gettext_noop("Exonéré : formation professionnelle"),
    gettext_noop("Autoliquidation : services dans l’Union européenne"),
    gettext_noop("Autoliquidation : sous-traitance du bâtiment"),
    gettext_noop("Livraison de biens dans l’Union européenne"),
    gettext_noop("Exportation hors de l’Union européenne"),
)


class VatRateQuerySet(models.QuerySet["VatRate"]):
    def in_force(self, on: date | Given) -> VatRateQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class VatRate(models.Model):
    """One rate over a period. `code` names the rate through its successive values."""

    code = models.SlugField(_("code"), max_length=20)
    label = models.CharField(_("libellé"), max_length=80)
    rate = RateField(_("taux"))
    category = models.CharField(_("catégorie"), max_length=2, choices=VatCategory)
    exemption_text = models.CharField(_("mention imprimée"), max_length=200, blank=True)
    vatex_code = models.CharField(_("code d’exonération"), max_length=30, blank=True)
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    # domain.md marks it « à confirmer »: the page shows the badge until somebody checks the source.
    to_confirm = models.BooleanField(_("à confirmer"), default=False)

    objects = VatRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("taux de TVA")
        verbose_name_plural = _("taux de TVA")
        ordering = ["-rate", "code", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="vatrate_category_known", condition=Q(category__in=VatCategory.values)
            ),
            models.CheckConstraint(name="vatrate_share", condition=Q(rate__gte=0, rate__lt=1)),
            models.CheckConstraint(
                name="vatrate_tax_only_when_standard",
                condition=Q(category=VatCategory.STANDARD, rate__gt=0, exemption_text="", vatex_code="")
                | (~Q(category=VatCategory.STANDARD) & Q(rate=0)),
            ),
            models.CheckConstraint(
                name="vatrate_exemption_says_why",
                condition=Q(category__in=[VatCategory.STANDARD, VatCategory.ZERO]) | ~Q(exemption_text=""),
            ),
            models.CheckConstraint(
                name="vatrate_period", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="vatrate_one_value_at_a_date",
                expressions=[("code", RangeOperators.EQUAL), (_PERIOD, RangeOperators.OVERLAPS)],
            ),
        ]

        # Documents point here: a rate that changes is a new row, this one is given its end.
        triggers = [
            pgtrigger.ReadOnly(name="vatrate_frozen", exclude=["label", "valid_to", "to_confirm"]),
            pgtrigger.Protect(name="vatrate_kept", operation=pgtrigger.Delete),
            no_truncate("vatrate"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def said(self) -> str:
        """The label in the language of the reader, as long as it is one of ours."""
        return gettext(self.label)

    @property
    def percent(self) -> Decimal:
        """As printed: 5.50."""
        return percent(self.rate)
