"""What the acts over FEC, exports to accounting programs, imported ledgers are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.make_fec": _("FEC produit"),
}
