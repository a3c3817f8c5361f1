"""Frame D proposed from the books: the part of each cost that training bears, to the cent (COW-49)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.selectors.accounts import section_of
from accounting.services.posting import post_entry
from coworking.calculations.training_charges import (
    Cost,
    SectionSales,
    of_figure,
    proposed,
    training_parts,
)
from coworking.calculations.training_statement import Charges
from coworking.models import TrainingStatement
from coworking.selectors.training_charges import charge_lines, charges_in_books
from invoicing.states.sales import SaleNature
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.coworking_training import make_keeper
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

D = Decimal


def test_a_section_bears_what_training_is_of_its_sales() -> None:
    # Section 1 sells training alone; 2 a third of it; 3 none; 4 more training than its whole (discounts).
    sold = {
        1: SectionSales(D("900.00"), D("900.00")),
        2: SectionSales(D("100.00"), D("300.00")),
        3: SectionSales(D("0.00"), D("500.00")),
        4: SectionSales(D("200.00"), D("150.00")),
    }
    assert [one.key for one in sold.values()] == [D("1.0000"), D("0.3333"), D(0), D("1.0000")]
    costs = [
        Cost(1, 10, "641000", D("500.00")),
        Cost(2, 10, "641000", D("100.00")),
        Cost(2, 11, "604000", D("10.00")),
        Cost(2, 12, "611000", D("-1.00")),
        Cost(3, 11, "604000", D("77.00")),
        Cost(4, 13, "626000", D("20.05")),
        Cost(9, 13, "626000", D("1.00")),
    ]
    parts = training_parts(sold, costs)
    assert [(one.cost.section, one.part) for one in parts] == [
        (1, D("500.00")),
        (2, D("33.33")),
        (2, D("3.33")),
        (2, D("-0.33")),
        (4, D("20.05")),
    ]
    assert len(of_figure(parts, "purchases")) == 2
    assert proposed(parts) == Charges(D("556.38"), D("533.33"), D("3.00"))


def test_nothing_is_proposed_below_nothing_and_the_total_holds_its_parts() -> None:
    sold = {1: SectionSales(D(5), D(5))}
    costs = [Cost(1, 1, "604000", D("10.00")), Cost(1, 2, "626000", D("-30.00"))]
    assert proposed(training_parts(sold, costs)) == Charges(D("10.00"), D(0), D("10.00"))
    assert proposed([]) == Charges(D(0), D(0), D(0))


LAST = timezone.localdate().year - 1


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_the_books_propose_one_click_takes_and_each_reads_what_is_theirs() -> None:
    make_cooperative()
    seller, activity = make_entrepreneur()
    keeper, accountant = make_keeper(), make_user(RoleKind.ACCOUNTANT)
    url = reverse("coworking:statement", args=[LAST])
    assert "Rien à proposer" in text(client_of(keeper).get(url))
    for net, nature in (("300.00", SaleNature.TRAINING), ("900.00", SaleNature.SERVICES)):
        line = sales.line(net, vat="training" if nature == SaleNature.TRAINING else "normal", nature=nature)
        sales.issued(activity, line, on=date(LAST, 11, 12))
    for account, amount in (("604000", "80.00"), ("641000", "400.00"), ("626000", "0.10")):
        spent(activity, account, amount, on=date(LAST, 12, 1))
    spent(activity, "604000", "1000.00", on=date(LAST + 1, 1, 1))
    parts = charges_in_books(LAST)
    assert proposed(parts) == Charges(D("120.03"), D("100.00"), D("20.00"))
    page = client_of(keeper).get(url)
    assert "proposé depuis les comptes 120,03 €" in text(page)
    lines = reverse("coworking:statement_lines", args=[LAST, "D", "pay"])
    # Who does not read the books reads no section: it is somebody’s pay.
    assert activity.name not in text(client_of(keeper).get(lines))
    told = client_of(accountant).get(lines)
    assert activity.name in text(told)
    assert "400,00" in text(told)
    opened = reverse("accounting:entry_list")
    assert f"{opened}?activite={section_of(activity).pk}" in told.content.decode().replace("&amp;", "&")
    assert charge_lines(accountant, LAST, "x") is None
    assert (
        client_of(keeper).get(reverse("coworking:statement_lines", args=[LAST, "D", "x"])).status_code == 404
    )
    take = reverse("coworking:statement_take", args=[LAST])
    assert client_of(seller).post(take).status_code == 403
    stale = client_of(keeper).post(take, {"version": "7"}, follow=True)
    assert "entre-temps" in text(stale)
    assert "Charges reprises" in text(client_of(keeper).post(take, {"version": ""}, follow=True))
    row = TrainingStatement.objects.get(year=LAST)
    assert (row.charges_total, row.charges_pay, row.charges_purchases) == (
        D("120.03"),
        D("100.00"),
        D("20.00"),
    )


def spent(activity: Any, account: str, amount: str, *, on: date) -> None:
    """A cost of this section, paid by the bank."""
    section, net = section_of(activity).pk, Decimal(amount)
    lines = (debit(account, section, net), credit("bank", section, net))
    post_entry(
        EntryDraft(journal="OD", on=on, label="Achat", piece="ACH", lines=lines), actor=None, source=None
    )
