"""The table of moves of delivery notes, with a row made by services and the page of each move."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from invoicing.services.deliveries import issue_delivery
from tests.factories import invoicing_pieces as make
from tests.factories.entrepreneurs import make_activity
from tests.house.moving import Case, Page, Subject


def _draft() -> Case:
    return Case(make.note(make.ordered(make_activity()), "4"))


def _issued(case: Case) -> Any:
    return issue_delivery(case.row, actor=None, at=timezone.now())


def _signed(_case: Case) -> dict[str, Any]:
    return {"name": "Paul Martin", "on": timezone.localdate().isoformat()}


DELIVERIES: dict[str, Subject] = {
    "invoicing.DeliveryNote": Subject(
        _draft,
        {
            "issue": Page("invoicing:delivery_issue"),
            "sign": Page("invoicing:delivery_sign", (), _signed, _issued),
            "cancel": Page("invoicing:delivery_cancel", (), {"reason": "Une erreur de jour."}),
        },
    ),
}
