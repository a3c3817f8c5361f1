"""The usual VAT rate of a trade is that of each new line of a quote or an invoice (ENT-41)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from cae.core.models import AuditEntry
from entrepreneurs.models import Trade
from people.models import User
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize(
    ("usual", "percent"), [(None, "20"), ("0.10", "10"), ("0.055", "5,5"), ("0.07", "20")]
)
def test_a_new_line_comes_with_the_rate_of_the_trade(seller: User, usual: str | None, percent: str) -> None:
    trade = make_trade("Traiteur", usual_vat=Decimal(usual) if usual else None)
    make_activity(seller, trade=trade)
    for name in ("quote_new", "invoice_new"):
        field = client_of(seller).get(url(name)).context["lines"].forms[0].fields["vat_rate"]
        assert dict(field.choices)[field.initial].startswith(percent)


def test_the_rate_is_typed_in_percent_and_its_change_is_told() -> None:
    trade = make_trade("Apicultrice", usual_vat=Decimal("0.2"))
    client, address = (
        client_of(make_user(RoleKind.ADMINISTRATOR)),
        reverse("entrepreneurs:trade_change", args=[trade.pk]),
    )
    assert 'value="20"' in client.get(address).content.decode()
    typed = {
        "name": trade.name, "family": trade.family, "unit": trade.unit, "version": str(trade.version),
        "insurance_class": trade.insurance_class, "usual_vat": "5,5 %",
    }  # fmt: skip
    assert client.post(address, typed | {"usual_vat": "120"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert Trade.objects.get().usual_vat == Decimal("0.055")
    detail = AuditEntry.objects.get(verb="entrepreneurs.trade.change").detail
    assert (detail["before"]["usual_vat"], detail["after"]["usual_vat"]) == ("0.2", "0.055")
    assert "5,5" in client.get(trade.get_absolute_url()).content.decode()
