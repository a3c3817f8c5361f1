"""The block « Échéancier » of the editor: typed, stored, shown again; each refusal at its own field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from entrepreneurs.models import Activity
from invoicing.models import Quote
from invoicing.states.parts import Billing, InstalmentKind
from people.models import User
from tests.factories import invoicing as sales
from tests.factories.kernel import make_cooperative
from tests.invoicing.pages import draft_form, line, url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

D = Decimal
TYPED = {
    "billing": "once",
    "deposit_rate": "30",
    "deposit_at_once": "on",
    "equal_parts": "3",
    "part_1_label": "Livraison",
    "part_1_amount": "100,00",
    "part_1_on": "2026-06-01",
}


def test_what_is_typed_is_stored_and_shown_again(seller: User, shop: Activity) -> None:
    make_cooperative()
    sales.firm(shop)
    client = client_of(seller)
    response = client.post(url("quote_new"), draft_form(**TYPED))
    quote = Quote.objects.get()
    assert response["Location"] == quote.get_absolute_url()
    assert (quote.billing, quote.deposit_at_once, quote.retention_rate) == (Billing.INSTALMENTS, True, None)
    rows = quote.instalments.values_list("kind", "label", "rate", "amount", "on")
    assert list(rows) == [
        (InstalmentKind.DEPOSIT, "", D("0.3000"), None, None),
        (InstalmentKind.INTERIM, "Livraison", None, D("100.00"), date(2026, 6, 1)),
        (InstalmentKind.INTERIM, "", None, None, None),
        (InstalmentKind.INTERIM, "", None, None, None),
    ]
    page = client.get(url("quote_edit", quote.pk)).content.decode()
    for shown in ('value="30"', 'value="Livraison"', 'value="100,00"', 'value="2026-06-01"', 'value="3"'):
        assert shown in page
    assert "Échéancier" in text(client.get(quote.get_absolute_url()))


def test_work_in_progress_says_its_retention(seller: User, shop: Activity) -> None:
    sales.firm(shop)
    client_of(seller).post(
        url("quote_new"), draft_form(billing="progress", deposit_amount="200", retention="3")
    )
    quote = Quote.objects.get()
    assert (quote.billing, quote.retention_rate) == (Billing.PROGRESS, D("0.0300"))
    assert quote.instalments.get().amount == D("200.00")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"deposit_at_once": "on"}, "deposit_at_once", "Dites combien d’acompte"),
        ({"deposit_rate": "30", "deposit_amount": "10"}, "deposit_rate", "pas les deux"),
        ({"part_2_rate": "10", "part_2_amount": "10"}, "part_2_rate", "pas les deux"),
        ({"deposit_rate": "30", "part_3_rate": "150"}, "part_3_rate", "entre 0 et 100"),
        ({"billing": "progress", "equal_parts": "2"}, "billing", "seules les situations"),
        ({"billing": "progress", "retention": "8"}, "retention", "La loi limite"),
        ({"part_1_amount": "5000"}, "billing", "dépasse le devis"),
    ],
)
def test_a_refusal_stands_at_its_field(
    typed: dict[str, str], field: str, words: str, seller: User, shop: Activity
) -> None:
    sales.firm(shop)
    response = client_of(seller).post(url("quote_new"), draft_form(line(0), **typed))
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert not Quote.objects.exists()
