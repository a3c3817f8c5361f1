"""What the acts on what is due and the month’s run are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "coworking.charge.make": _("Ligne à facturer inscrite"),
    "coworking.Charge.hold": _("Ligne à facturer retenue"),
    "coworking.Charge.release": _("Ligne remise à facturer"),
    "coworking.charge.owe_back": _("Ligne facturée à rendre"),
    "coworking.charge.keep_billed": _("Ligne facturée gardée"),
    "coworking.charge.credit": _("Avoir d’une ligne préparé"),
    "coworking.charge.put_right": _("Ligne à facturer recalculée"),
    "coworking.Charge.bill": _("Ligne facturée"),
    "coworking.Charge.free": _("Ligne remise à facturer, son brouillon abandonné"),
    "coworking.billing.prepare": _("Facturation d’un lieu préparée"),
    "coworking.BillingRun.start": _("Facturation d’un lieu lancée"),
    "coworking.BillingRun.finish": _("Facturation d’un lieu terminée"),
    "coworking.Charge.waive": _("Ligne à facturer abandonnée"),
}
