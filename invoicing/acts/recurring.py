"""What the acts of recurring documents are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.create_recurring": _("Document récurrent commencé"),
    "invoicing.change_recurring": _("Document récurrent modifié"),
    "invoicing.RecurringPlan.pause": _("Document récurrent mis en pause"),
    "invoicing.RecurringPlan.resume": _("Document récurrent repris"),
    "invoicing.RecurringPlan.end": _("Document récurrent terminé"),
    "invoicing.make_recurring": _("Document fait à sa date"),
    "invoicing.fail_recurring": _("Document récurrent empêché"),
}
