"""Bank accounts by their IBAN: read, checked, shown by their end (ISO 13616)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from cae.core.errors import Code, Refused

LONGEST_IBAN, LONGEST_BIC = 34, 11
_SHOWN = 4


def checked_iban(text: str, *, field: str = "iban") -> str:
    """Gives the IBAN without its spaces. Raises Refused(value_invalid) at the field when its length, its key
    or that of its country is wrong, or when no SEPA transfer reaches it."""
    iban = _read(text)
    if iban is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("Cet IBAN n’existe pas : vérifiez ses chiffres sur le relevé d’identité bancaire."),
            field=field,
        )
    if not iban.in_sepa_zone:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ce compte est hors de l’espace SEPA : aucun virement groupé ne peut y aller."),
            field=field,
        )
    return iban.compact


def bic_of(iban: str) -> str:
    """Gives the BIC of the bank that an IBAN names; nothing when the register of banks does not know it."""
    found = _read(iban)
    bic: Any = found.bic if found is not None else None
    return bic.compact if bic is not None else ""


def end_of(iban: str) -> str:
    """Gives the four last signs of an IBAN, enough to tell two accounts apart."""
    return iban[-_SHOWN:]


def _read(text: str) -> IBAN | None:
    try:
        return IBAN(text, validate_bban=True)
    except SchwiftyException:
        return None
