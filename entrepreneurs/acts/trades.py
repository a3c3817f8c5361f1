"""What is done to the list of trades, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.trade.change": _("Métier modifié"),
    "entrepreneurs.trade.close": _("Métier fermé"),
    "entrepreneurs.trade.create": _("Métier ajouté"),
}
