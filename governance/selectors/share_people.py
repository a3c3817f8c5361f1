"""Among whom the forms of shares choose: associates of today, whoever holds shares (GOV-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cae.core.fields import MoneyField
from cae.core.money import ZERO
from governance.models import Admission, Associate, ShareClass, ShareMovement, Subscription
from governance.selectors.register import shares_held
from governance.selectors.shares import holdings_on


def associates_offered(on: date) -> QuerySet[Associate]:
    """Gives the associates of a day, by number."""
    return Associate.objects.on(on).select_related("person", "organisation")


def holders_offered(on: date) -> QuerySet[Associate]:
    """Gives the associates of a day and who holds shares without being one any more."""
    held = list(holdings_on(on))
    inside = Associate.objects.on(on).values("pk")
    rows = Associate.objects.filter(Q(pk__in=inside) | Q(pk__in=held))
    return rows.select_related("person", "organisation")


def holders_listed(on: date) -> QuerySet[Any]:
    """Gives who holds shares at the end of a day, with `.held` shares of every class and `.worth` euros of
    nominal value, in one query."""
    return (
        Associate.objects.annotate(
            held=shares_held("receiver", on) - shares_held("giver", on),
            worth=_worth("receiver", on) - _worth("giver", on),
        )
        .filter(held__gt=0)
        .select_related("person", "organisation")
        .order_by(F("number").asc(nulls_last=True), "pk")
    )


def _worth(side: str, on: date) -> Coalesce:
    """The euros of nominal value that an associate received, or gave, until the evening of a day: a
    subquery."""
    moved = (
        ShareMovement.objects.filter(**{side: OuterRef("pk")}, on__lte=on)
        .order_by()
        .values(side)
        .annotate(total=Sum(F("quantity") * F("share_class__nominal")))
        .values("total")
    )
    return Coalesce(Subquery(moved), ZERO, output_field=MoneyField())


def classes_offered() -> QuerySet[ShareClass]:
    """Gives the classes that are still subscribed."""
    return ShareClass.objects.filter(is_active=True)


def asked_at_admission(associate: Associate) -> dict[str, Any]:
    """Gives what the first bulletin begins with: the shares asked for in the request by which they came; none
    once they subscribed."""
    if Subscription.objects.filter(associate=associate).exists():
        return {}
    asked = Admission.objects.filter(associate=associate, share_class__isnull=False).values_list(
        "share_class", "share_count", "payment_plan"
    )
    return dict(zip(("share_class", "quantity", "plan"), asked[0], strict=True)) if asked else {}
