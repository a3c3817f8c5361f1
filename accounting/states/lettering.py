"""Closed lists of lettering: which accounts have it, where one comes from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Accounts of deposits held, of third parties, of waiting, of cash to take to the bank and of transfers: what
# stands there is to be answered one day.
LETTERED = ("165", "40", "41", "42", "43", "44", "45", "46", "471", "511", "531", "58")


def is_usually_lettered(number: str) -> bool:
    """Tells what an account is until the accountant says otherwise."""
    return number.startswith(LETTERED)


class LetteringOrigin(TextChoices):
    ITSELF = "itself", _("Par la pièce")
    HAND = "hand", _("À la main")
    BULK = "bulk", _("Par proposition")


class Side(TextChoices):
    """Whose debts an aged balance is about; the accounts that it adds up begin so."""

    CUSTOMERS = "clients", _("Clients")
    SUPPLIERS = "fournisseurs", _("Fournisseurs")


PREFIXES = {Side.CUSTOMERS: "411", Side.SUPPLIERS: "401"}
