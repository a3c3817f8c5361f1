"""The chart of accounts: add, rename, move a role; and the first chart."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from accounting.chart import CHART, JOURNALS, load_first_chart
from accounting.models import Account, AnalyticAccount, Journal
from accounting.selectors.accounts import roles_unset
from accounting.services.accounts import add_account, change_account
from accounting.states.books import AccountRole
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db


def test_the_first_chart_fills_every_role() -> None:
    assert roles_unset() == []
    assert {row[3] for row in CHART if row[3]} == set(AccountRole)


def test_loading_it_again_changes_nothing() -> None:
    Account.objects.filter(role=AccountRole.BANK).update(label="Crédit coopératif")
    before = list(Account.objects.order_by("pk").values())
    load_first_chart(apps.get_model)
    assert list(Account.objects.order_by("pk").values()) == before
    assert Journal.objects.count() == len(JOURNALS)
    assert AnalyticAccount.objects.get().code == "SHARED"


def test_adds_an_account() -> None:
    account = add_account(number="512100", label=" Banque postale ", kind="balance", actor=None)
    assert (account.label, account.role) == ("Banque postale", None)
    assert AuditEntry.objects.filter(verb="accounting.add_account", about_id=account.pk).exists()


def test_a_role_moves_to_the_account_that_receives_it() -> None:
    account = add_account(number="512100", label="Banque", kind="balance", role="bank", actor=None)
    assert Account.objects.get(role="bank") == account
    assert Account.objects.get(number="512000").role is None


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"number": "12"}, Code.NOT_A_NUMBER, "number"),
        ({"number": "9120"}, Code.NOT_A_NUMBER, "number"),
        ({"number": "51A000"}, Code.NOT_A_NUMBER, "number"),
        ({"number": "512000"}, Code.DUPLICATE, "number"),
        ({"label": " "}, Code.VALUE_MISSING, "label"),
        ({"kind": "autre"}, Code.VALUE_INVALID, None),
        ({"role": "autre"}, Code.VALUE_INVALID, None),
    ],
)
def test_refuses_an_account(details: dict[str, Any], code: Code, field: str | None) -> None:
    before = list(Account.objects.order_by("pk").values())
    with pytest.raises(Refused) as found:
        add_account(**({"number": "512100", "label": "Banque", "kind": "balance", "actor": None} | details))
    assert (found.value.code, found.value.field) == (code, field)
    assert list(Account.objects.order_by("pk").values()) == before


def test_renames_an_account() -> None:
    account = Account.objects.get(role="bank")
    changed = change_account(account, label="Crédit coopératif", kind="balance", role=None, actor=None)
    assert (changed.label, changed.role) == ("Crédit coopératif", None)
    assert "Banque" in roles_unset()


def test_the_nature_of_a_used_account_is_kept() -> None:
    books.sale(make_activity())
    account = Account.objects.get(role="customer")
    with pytest.raises(Refused) as found:
        change_account(account, label="Clients", kind="expense", role="customer", actor=None)
    assert found.value.code == Code.ALREADY_DONE
    account.refresh_from_db()
    assert account.kind == "balance"
