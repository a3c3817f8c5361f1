"""The coefficient of a section: applied as the year goes, put right once it is final, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Sum
from django.test import Client
from django.urls import reverse

from accounting.calculations.entries import credit, debit
from accounting.models import Account, EntryLine, VatCoefficient, VatCounted
from accounting.selectors.vat import control_of, figures_kept, worked
from accounting.selectors.vat_coefficients import Turnover, put_right_since, turnover_of
from accounting.services.vat_coefficients import Ratio, decide_coefficient
from accounting.services.vat_returns import prepare_return, undo_return
from cae.core.errors import Code
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_vat import TODAY, bought, filed, make_section, opened, post, prepared, sold
from tests.factories.people import make_user
from tests.pages import text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
D = Decimal
DECEMBER, JANUARY = date(2025, 12, 1), date(2026, 1, 1)


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def held_by(role: str) -> Decimal:
    rows = EntryLine.objects.filter(account__role=role)
    found: Decimal = rows.aggregate(sum=Sum(F("debit") - F("credit"), default=D(0)))["sum"]
    return found


def test_from_a_provisional_coefficient_to_the_final_one(accountant: User) -> None:
    section = make_section()
    given: dict[str, Any] = {"year": 2025, "on": date(2025, 12, 1), "actor": accountant}
    row = decide_coefficient(section, stage="provisional", ratio=Ratio(D(750), D(1000)), **given)
    row = decide_coefficient(section, stage="provisional", ratio=Ratio(D(791), D(1000)), **given)
    assert (row.value, VatCoefficient.objects.count()) == (D("0.80"), 1)
    sold(section, ("20", "1000.00", "200.00"), on=date(2025, 12, 10))
    sold(section, ("0", "600.00", "0"), on=date(2025, 12, 10), kind="exempt", number="F-2")
    bought(section, "606100", "20", "100.05", "20.01", on=date(2025, 12, 11))
    bought(section, "218300", "20", "500.00", "100.00", on=date(2025, 12, 12))
    december = prepared(DECEMBER)
    # 20.01 × 0.80 = 16.008 and 100.00 × 0.80.
    figures = figures_kept(december)
    assert (figures["20"].exact_tax, figures["19"].exact_tax) == (D("16.01"), D("80.00"))
    with refused(Code.ILLEGAL_MOVE, said="coefficient définitif"):
        decide_coefficient(section, stage="provisional", ratio=Ratio(D(1), D(2)), **given)
    final: dict[str, Any] = {"year": 2025, "stage": "final", "actor": accountant}
    ratio = Ratio(D("1000.00"), D("1600.00"))
    with refused(Code.DATE_INVALID, "on"):
        decide_coefficient(section, ratio=ratio, on=date(2025, 12, 31), **final)
    with refused(Code.ILLEGAL_MOVE, said="Déposez d’abord"):
        decide_coefficient(section, ratio=ratio, on=date(2026, 1, 20), **final)
    december = filed(december, accountant)
    # What is not deducted joined the costs; nothing stays on the accounts of the tax.
    assert held_by("vat_not_deducted") == D("24.00")
    assert [held_by(role) for role in ("vat_deductible", "vat_assets", "vat_collected")] == [0, 0, 0]
    assert held_by("vat_due") == -D("104.00") == -(december.result or D(0))
    assert all(one.gap == 0 for one in control_of(december, None))

    assert turnover_of(2025) == Turnover(D("1000.00"), D("1600.00"))
    row = decide_coefficient(section, ratio=ratio, on=date(2026, 1, 20), **final)
    # 1000 / 1600 = 0.625, rounded up; 120.01 × 0.63 = 75.6063, less 96.01 deducted: 20.40 too much.
    assert row.value == D("0.63")
    assert row.entry is not None
    posted = {line.account.role: line.debit - line.credit for line in row.entry.lines.all()}
    assert posted == {"vat_deductible": D("-20.40"), "vat_not_deducted": D("20.40")}
    bought(section, "606100", "20", "10.00", "2.00", on=date(2026, 1, 5))
    january = opened(JANUARY)
    assert worked(january).late_count == 0
    january = prepare_return(january, actor=None)
    said = figures_kept(january)
    # A year without coefficient deducts all; what was deducted too much is paid back apart.
    assert (said["20"].tax, said["15"].tax, said["21"].tax) == (D(2), D(20), D(0))
    with refused(Code.ALREADY_DONE):
        decide_coefficient(section, ratio=ratio, on=date(2026, 1, 21), **final)
    with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
        VatCoefficient.objects.filter(pk=row.pk).update(value=D(1))


def test_what_a_final_coefficient_put_right_is_not_counted_again(accountant: User) -> None:
    """Costs of the year that came late, in a return of the next: filed first, and then never undone."""
    section = make_section()
    final: dict[str, Any] = {"year": 2025, "stage": "final", "ratio": Ratio(D(1), D(2)), "actor": accountant}
    december = filed(prepared(DECEMBER), accountant)
    bought(section, "606100", "20", "100.00", "20.00", on=date(2025, 12, 30))
    january = prepared(JANUARY)
    with refused(Code.ILLEGAL_MOVE, said="Déposez d’abord « TVA de janvier"):
        decide_coefficient(section, on=date(2026, 2, 20), **final)
    january = filed(january, accountant)
    row = decide_coefficient(section, on=date(2026, 2, 20), **final)
    assert row.entry is not None
    assert row.entry.total == D("10.00")
    with refused(Code.ILLEGAL_MOVE, said="a repris les déductions"):
        undo_return(january, reason="Erreur", actor=accountant)
    assert put_right_since(december) is None


def test_fixed_assets_sold_are_in_neither_term(accountant: User) -> None:
    section = make_section()
    sold(section, ("20", "1000.00", "200.00"), on=date(2025, 12, 10))
    sold(section, ("0", "600.00", "0"), on=date(2025, 12, 10), kind="exempt", number="F-2")
    Account.objects.create(number="775000", label="Produits des cessions", kind="income")
    van = post(
        debit("bank", section.pk, D(6000)),
        credit("775000", section.pk, D(5000)),
        credit("vat_collected", section.pk, D(1000), vat_rate=D(20), vat_kind="asset"),
        on=date(2025, 12, 11),
    )
    row = prepared(DECEMBER)
    assert VatCounted.objects.get(line__entry=van).base == D("5000.00")
    assert figures_kept(row)["A2"].base == D(5000)
    assert turnover_of(2025) == Turnover(D("1000.00"), D("1600.00"))


def test_a_final_coefficient_that_changes_nothing_posts_nothing(accountant: User) -> None:
    section = make_section()
    filed(prepared(DECEMBER), accountant)
    row = decide_coefficient(
        section, year=2025, stage="final", ratio=Ratio(D(1), D(1)), on=TODAY, actor=accountant
    )
    assert (row.value, row.entry) == (D(1), None)


@pytest.mark.parametrize("ratio", [Ratio(D(2), D(1)), Ratio(D(0), D(0)), Ratio(D("0.001"), D(1))])
def test_sales_that_make_no_ratio_are_refused(ratio: Ratio, accountant: User) -> None:
    section = make_section()
    with refused(Code.AMOUNT_INVALID, "taxed"):
        decide_coefficient(section, year=2026, stage="provisional", ratio=ratio, on=TODAY, actor=accountant)


def test_the_page_proposes_what_returns_count_and_says_what_is_refused(
    client: Client, accountant: User
) -> None:
    client.force_login(accountant)
    section = make_section()
    assert "Sans coefficient" in text(client.get(reverse("accounting:coefficient_list")))
    address = reverse("accounting:coefficient_add")
    assert "Décider un coefficient" in text(client.get(address))
    sent = {"year": "2026", "section": section.pk, "stage": "provisional", "on": "2026-01-10"}
    wrong = client.post(address, sent | {"taxed": "2000", "whole": "1000"})
    assert wrong.status_code == 422
    assert "une part de toutes les ventes" in text(wrong)
    assert client.post(address, sent | {"taxed": "801,00", "whole": "1 000"}).status_code == 302
    page = text(client.get(reverse("accounting:coefficient_list")))
    assert "0,81" in page
    assert "Provisoire" in page
