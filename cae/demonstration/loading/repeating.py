"""Documents of the demonstration that come back: a monthly draft of the first entrepreneur, a quarterly one
whose price follows an index and whose first date is behind (INV-25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import key_of
from invoicing.calculations.recurrence import after_months
from invoicing.models import Invoice, RecurringPlan
from invoicing.services.making import make_next
from invoicing.services.recurring import PlanContent, create_plan
from invoicing.states.parts import InvoicePart
from invoicing.states.recurring import Period

_MAIN, _OTHER = "LENOIR", "TRAITLIBRE"
_RISE = Decimal("0.0210")


def repeat(shops: Sequence[Shop], *, today: date, now: datetime) -> None:
    """Does: what this module says. Refuses: nothing; an activity that issued nothing repeats nothing. Leaves
    behind: two plans, one document made."""
    by_code = {shop.plan.code: shop for shop in shops}
    following = after_months(today.replace(day=1), 1)
    _plan(by_code[_MAIN], PlanContent("Entretien mensuel de la photothèque", Period.MONTH, following))
    quarterly = _plan(
        by_code[_OTHER],
        PlanContent(
            "Mise à jour trimestrielle de la charte",
            Period.QUARTER,
            today - timedelta(days=9),
            until=after_months(today, 24),
            index_rate=_RISE,
            index_since=after_months(today, -14),
        ),
    )
    if quarterly is not None:
        make_next(quarterly.pk, at=now)


def _plan(shop: Shop, content: PlanContent) -> RecurringPlan | None:
    model = (
        Invoice.objects.issued()
        .invoices()
        .filter(activity=shop.activity, part=InvoicePart.WHOLE, customer__archived_at=None)
        .order_by("-issued_on", "-pk")
        .first()
    )
    if model is None:
        return None
    key = key_of("recurring", shop.plan.code)
    return create_plan(model, content=content, form_key=key, on=content.first_on, actor=shop.author)
