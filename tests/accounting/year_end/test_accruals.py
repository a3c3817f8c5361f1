"""Accruals: posted on the last day of a year, taken back on the first of the next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounting.calculations.accruals import accrual_lines
from accounting.models import Account, Entry, ManualEntry, PlannedReversal
from accounting.selectors.accounts import section_of
from accounting.selectors.accruals import accruals_of_year
from accounting.services.accruals import AccrualContent, declare_accrual
from accounting.services.reversals import drop_reversal, reverse_by_hand, reverse_due
from cae.core.errors import Code
from people.states import RoleKind
from tests.factories.accounting_ledger import close
from tests.factories.accounting_year_end import END, TODAY, make_year
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

D = Decimal


@pytest.mark.parametrize(
    ("kind", "vat", "lines"),
    [
        ("to_receive", "20", [("", "100"), ("vat_to_receive", "20"), ("invoice_to_receive", "-120")]),
        ("to_receive", "0", [("", "100"), ("invoice_to_receive", "-100")]),
        ("to_issue", "20", [("", "-100"), ("vat_to_issue", "-20"), ("invoice_to_issue", "120")]),
        ("prepaid", "0", [("", "-100"), ("prepaid_expense", "100")]),
        ("deferred", "0", [("", "100"), ("deferred_income", "-100")]),
    ],
)
def test_each_kind_moves_its_accounts(kind: str, vat: str, lines: list[tuple[str, str]]) -> None:
    found = accrual_lines(kind, D(100), D(vat))
    assert [(one.role, one.signed) for one in found] == [(role, D(signed)) for role, signed in lines]
    assert sum(one.signed for one in found) == 0


def test_what_is_prepaid_has_no_tax_of_its_own() -> None:
    with pytest.raises(ValueError, match="prepaid has no tax"):
        accrual_lines("prepaid", D(100), D(20))


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_an_accrual_is_declared_once_and_taken_back() -> None:
    _user, activity, year = make_year()
    section = section_of(activity)

    def content(**changes: Any) -> AccrualContent:
        facts: dict[str, Any] = {
            "kind": "to_receive",
            "analytic": section,
            "account": Account.objects.get(number="604000"),
            "label": "Sous-traitance de décembre",
            "amount": D("100.00"),
            "vat": D("20.00"),
            "party": "Scierie Morel",
        }
        return AccrualContent(**facts | changes)

    def declared(key: Any = None, **changes: Any) -> ManualEntry:
        return declare_accrual(content(**changes), year=year, form_key=key or uuid4(), actor=None)

    for changes, code, field in (
        ({"amount": D(0)}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": D("0.001")}, Code.AMOUNT_INVALID, "amount"),
        ({"vat": D(-1)}, Code.AMOUNT_INVALID, "vat"),
        ({"kind": "prepaid"}, Code.AMOUNT_INVALID, "vat"),
        ({"kind": "to_issue"}, Code.VALUE_INVALID, "account"),
        ({"account": Account.objects.get(number="706000")}, Code.VALUE_INVALID, "account"),
        ({"label": " "}, Code.VALUE_MISSING, "label"),
    ):
        with refused(code, field):
            declared(**changes)
    key = uuid4()
    row = declared(key)
    assert declared(key) == row
    assert row.entry is not None
    assert (row.entry.on, row.entry.journal.code) == (END, "OD")
    assert [
        (line.account.number, line.debit - line.credit, line.party)
        for line in row.entry.lines.order_by("position")
    ] == [
        ("604000", D("100.00"), ""),
        ("445860", D("20.00"), "Scierie Morel"),
        ("408000", D("-120.00"), "Scierie Morel"),
    ]
    planned = PlannedReversal.objects.get()
    assert (planned.entry, planned.on) == (row.entry, date(2026, 1, 1))
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    listed = text(accountant.get(reverse("accounting:accrual_list", args=["2025-01"])))
    for words in ("Sous-traitance de décembre", "Facture à recevoir (408)", "120,00", "01/01/2026"):
        assert words in listed
    assert reverse_due(today=TODAY) == 1
    assert Entry.objects.get(reverses=row.entry).on == date(2026, 1, 1)

    page = reverse("accounting:accrual_new", args=["2025-01"])
    typed = {
        "kind": "deferred",
        "analytic": section.pk,
        "account": Account.objects.get(number="706000").pk,
        "label": "Atelier de janvier",
        "amount": "50,00",
        "form_key": str(uuid4()),
    }
    wrong = accountant.post(page, typed | {"vat": "10,00"})
    assert wrong.status_code == 422
    assert "constaté d’avance l’est hors taxes" in text(wrong)
    for _twice in range(2):
        assert accountant.post(page, typed).url == reverse("accounting:accrual_list", args=["2025-01"])
    assert ManualEntry.objects.filter(label="Atelier de janvier").count() == 1
    # Taken back within the year, it carries nothing over.
    wrong_one = PlannedReversal.objects.get(entry__label="Atelier de janvier")
    drop_reversal(wrong_one, actor=None)
    assert accruals_of_year(year).count() == 2
    reverse_by_hand(wrong_one.entry, on=END, reason="Saisie deux fois", actor=None, today=TODAY)
    assert [line.entry for line in accruals_of_year(year)] == [row.entry]
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert auditor.get(page).status_code == 403
    close("2025-12")
    with refused(Code.PERIOD_CLOSED, "amount"):
        declared()
