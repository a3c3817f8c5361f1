"""A form that made something makes nothing else: whoever changes its activity begins anew."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from invoicing.models import (
    ContractReview,
    Customer,
    Deal,
    ExpenseAdvance,
    ExpenseLine,
    InternalSale,
    Invoice,
    MileageTrip,
    PurchaseOrder,
    Quote,
)
from invoicing.services.advances import AdvanceContent, ask_advance
from invoicing.services.contract_reviews import Asked, ask_review
from invoicing.services.customers import create_customer
from invoicing.services.deals import DealContent, open_deal
from invoicing.services.drafting import create_draft
from invoicing.services.inputs import CustomerContent, DraftContent
from invoicing.services.internal_sales import InternalContent, create_internal
from invoicing.services.mileage import record_trip
from invoicing.services.purchase_inputs import OrderContent
from invoicing.services.purchase_orders import create_order
from invoicing.services.quoting import create_quote_draft
from people.models import User
from tests.factories import deals, invoicing_claims, invoicing_expenses, invoicing_purchases
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity, make_entrepreneur

pytestmark = pytest.mark.django_db
Form = Callable[[User, Activity, uuid.UUID], Any]


def _drafted(create: Any) -> Form:
    def send(_user: User, activity: Activity, key: uuid.UUID) -> Any:
        customer = activity.customers.first() or sales.firm(activity)
        content = DraftContent(customer=customer, lines=(sales.line(),))
        return create(activity, content=content, form_key=key, actor=None)

    return send


def _customer(_user: User, activity: Activity, key: uuid.UUID) -> Any:
    content = CustomerContent(
        name="Mairie", siren=sales.SIRENS[0], address_line="1 quai Neuf", postcode="69001", city="Lyon"
    )
    return create_customer(activity, content=content, form_key=key, actor=None)


def _deal(_user: User, activity: Activity, key: uuid.UUID) -> Any:
    customer = activity.customers.first() or sales.firm(activity)
    content = DealContent(customer=customer, kind=deals.kind(), title="Chantier")
    return open_deal(activity, content=content, form_key=key, on=timezone.localdate(), actor=None)


def _order(_user: User, activity: Activity, key: uuid.UUID) -> Any:
    supplier = invoicing_purchases.make_supplier(siren="") if not PurchaseOrder.objects.exists() else None
    supplier = supplier or PurchaseOrder.objects.get().supplier
    content = OrderContent(supplier=supplier, purpose="Bois", lines=(invoicing_purchases.order_line(),))
    return create_order(activity, content=content, form_key=key, actor=None, on=timezone.localdate())


def _internal(_user: User, activity: Activity, key: uuid.UUID) -> Any:
    content = InternalContent(buyer=make_activity(), title="Site", amount=Decimal("100.00"))
    return create_internal(activity, content=content, form_key=key, on=timezone.localdate(), actor=None)


def _expense(user: User, activity: Activity, key: uuid.UUID) -> Any:
    return invoicing_expenses.expense(user, activity, form_key=key)


def _trip(user: User, activity: Activity, key: uuid.UUID) -> Any:
    content = invoicing_claims.drive(invoicing_claims.car(user))
    day = invoicing_expenses.DAY
    assert user.person is not None
    return record_trip(user.person, activity, content=content, form_key=key, today=day, actor=user)


def _advance(user: User, activity: Activity, key: uuid.UUID) -> Any:
    content = AdvanceContent(Decimal("50.00"), "Salon", invoicing_expenses.DAY)
    day = invoicing_expenses.DAY
    assert user.person is not None
    return ask_advance(user.person, activity, content=content, form_key=key, today=day, actor=user)


def _contract(user: User, activity: Activity, key: uuid.UUID) -> Any:
    asked = Asked(customer=activity.customers.first() or sales.firm(activity), title="Marché")
    return ask_review(
        activity,
        asked=asked,
        content=invoicing_expenses.pdf(),
        name="contrat.pdf",
        form_key=key,
        on=timezone.localdate(),
        actor=user,
    )


@pytest.mark.parametrize(
    ("send", "model"),
    [
        (_drafted(create_draft), Invoice),
        (_drafted(create_quote_draft), Quote),
        (_customer, Customer),
        (_deal, Deal),
        (_order, PurchaseOrder),
        (_internal, InternalSale),
        (_expense, ExpenseLine),
        (_trip, MileageTrip),
        (_advance, ExpenseAdvance),
        (_contract, ContractReview),
    ],
)
def test_the_form_of_another_is_refused_and_makes_nothing(send: Form, model: Any) -> None:
    key, first = uuid.uuid4(), make_entrepreneur()
    made = send(*first, key)
    with pytest.raises(Refused, match="déjà été envoyé pour autre chose") as refused:
        send(*make_entrepreneur(name="Ailleurs"), key)
    assert refused.value.code == Code.STALE_FORM
    assert list(model.objects.filter(pk=made.pk)) == [made]
    assert model.objects.filter(**_of_form(model, key)).count() == 1


def _of_form(model: Any, key: uuid.UUID) -> dict[str, Any]:
    return {"line__form_key": key} if model is MileageTrip else {"form_key": key}
