"""What the walk visits of the books of the house: a function a subject, whose objects are named once for all
(`house.booked`)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from people.models import User
from tests.factories.accounting_allocation import allocated_by
from tests.factories.accounting_bank import banked_by
from tests.factories.accounting_exports import exported_by
from tests.factories.accounting_funds import funded_by
from tests.factories.accounting_ledger import led_by
from tests.factories.accounting_ledger_imports import imported_by
from tests.factories.accounting_lettering import lettered_by
from tests.factories.accounting_levies import levied_by
from tests.factories.accounting_pay_house import paid_by
from tests.factories.accounting_reconciliation import reconciled_by
from tests.factories.accounting_simulation import ruled
from tests.factories.accounting_treasury import forecast_by
from tests.factories.accounting_vat import taxed_by
from tests.factories.accounting_year_end import year_ended_by


def booked(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """Objects by name. Each subject adds its own here: `**of_subject(users, activity)`."""
    return {
        **led_by(users),
        **banked_by(users, activity),
        **reconciled_by(users, activity),
        **taxed_by(users, activity),
        **lettered_by(users, activity),
        **ruled(),
        **levied_by(users, activity),
        **funded_by(users, activity),
        **forecast_by(activity, timezone.localdate()),
        **paid_by(users, activity),
        **exported_by(users),
        **allocated_by(users),
        **imported_by(users),
        **year_ended_by(activity),
    }
