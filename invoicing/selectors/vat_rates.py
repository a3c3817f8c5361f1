"""Which VAT rates a document may use on a date."""

from datetime import date

from invoicing.models import VatRate
from invoicing.models.vat_rates import VatRateQuerySet


def vat_rates_in_force(on: date) -> VatRateQuerySet:
    return VatRate.objects.in_force(on)
