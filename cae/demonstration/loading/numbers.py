"""Invented numbers whose keys are right: SIREN in 999, a block that INSEE gives to nobody."""

from stdnum import luhn


def siren(rank: int) -> str:
    """The invented firm of this rank."""
    root = f"999{rank:05d}"
    return root + luhn.calc_check_digit(root)


def siret(rank: int) -> str:
    """Its first establishment."""
    root = f"{siren(rank)}0001"
    return root + luhn.calc_check_digit(root)


def vat_number(rank: int) -> str:
    """Its French VAT number: key of two digits, then the SIREN."""
    number = siren(rank)
    return f"FR{(12 + 3 * (int(number) % 97)) % 97:02d}{number}"
