"""An IBAN is read with or without its spaces; what no SEPA transfer reaches is refused in a sentence."""

import pytest

from cae.core.banks import bic_of, checked_iban, end_of
from cae.core.errors import Code, Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
        ("FR1420041010050500013M02606", "FR1420041010050500013M02606"),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
    ],
)
def test_an_iban_is_kept_without_its_spaces(typed: str, kept: str) -> None:
    assert checked_iban(typed) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "n’existe pas"),
        ("FR76", "n’existe pas"),
        # The European key is right, that of the French RIB is not.
        ("FR7630006000011234567890188", "n’existe pas"),
        ("FR3330006000011234567890188", "n’existe pas"),
        ("SA03 8000 0000 6080 1016 7519", "hors de l’espace SEPA"),
    ],
)
def test_a_wrong_iban_is_refused_at_its_field(typed: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        checked_iban(typed, field="account")
    assert (caught.value.code, caught.value.field) == (Code.VALUE_INVALID, "account")
    assert words in str(caught.value)


def test_the_bic_is_found_when_the_register_knows_the_bank() -> None:
    assert bic_of("DE89370400440532013000") == "COBADEFFXXX"
    assert bic_of("BE68539007547034") == ""
    assert bic_of("no iban") == ""
    assert end_of("DE89370400440532013000") == "3000"
