"""Which VAT rates a document may use on a date."""

from datetime import date

from cae.core.questions import Given, Question
from invoicing.models import VatRate
from invoicing.models.vat_rates import VatRateQuerySet


def vat_rates_in_force(on: date) -> VatRateQuerySet:
    return VatRate.objects.in_force(on)


def keys_in_force(on: date) -> set[int]:
    """Their keys alone, for whoever checks a document."""
    return set(_KEYS(on=on))


_KEYS = Question(
    lambda: VatRate.objects.in_force(Given("on")).order_by().values_list("pk", flat=True),
)
