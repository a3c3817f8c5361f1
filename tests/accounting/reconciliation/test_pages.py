"""Pages of deposit slips and of the reconciliation: who sees them, what they refuse, their files."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounting.models import DepositSlip
from accounting.selectors.reconciliation import reconciliation_on
from people.states import RoleKind
from tests.factories.accounting_bank import make_bank_account, make_lines
from tests.factories.accounting_reconciliation import cheque, slip
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def url(name: str, *keys: Any) -> str:
    return reverse(f"accounting:{name}", args=keys)


def text(response: Any) -> str:
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture
def accountant(demonstration: None) -> Client:
    client = Client()
    client.force_login(make_user(RoleKind.ACCOUNTANT))
    return client


def test_a_slip_from_the_ticks_to_the_credit(accountant: Client) -> None:
    make_cooperative()
    page, today = url("deposit_prepare"), timezone.localdate().isoformat()
    assert "Aucun compte bancaire" in text(accountant.get(page))
    account = make_bank_account()
    assert "Rien à remettre" in text(accountant.get(page))
    keys = [cheque("100.00"), cheque("50.00")]
    said = {"bank_account": account.pk, "on": today, "kind": "cheques", "form_key": str(uuid.uuid4())}
    empty = accountant.post(page, said)
    assert (empty.status_code, "au moins un encaissement" in text(empty)) == (422, True)
    assert "Rien à remettre" in text(accountant.get(page, {"nature": "cash"}))
    made = text(accountant.post(page, said | {"entries": keys}, follow=True))
    accountant.post(page, said | {"entries": keys})
    row = DepositSlip.objects.get()
    assert f"Bordereau {row.number} préparé." in made
    assert row.number in text(accountant.get(url("deposit_list"), {"q": "Client A", "state": "prepared"}))
    assert accountant.get(url("deposit_pdf", row.pk)).content.startswith(b"%PDF")
    assert accountant.post(url("deposit_deposit", row.pk), {"on": "2020-01-01"}).status_code == 422
    assert "Remise notée." in text(
        accountant.post(url("deposit_deposit", row.pk), {"on": today}, follow=True)
    )
    credit = url("deposit_credit", row.pk)
    assert "Crédit noté." in text(accountant.post(credit, {"on": today}, follow=True))
    assert "Crédité le" in text(accountant.get(row.get_absolute_url()))
    back = accountant.post(url("deposit_take_back", row.pk), {"reason": "Autre chèque"}, follow=True)
    assert "attend à nouveau d’être crédité" in text(back)
    other = slip(cheque("7.00"), account=account)
    cancelled = accountant.post(url("deposit_cancel", other.pk), {"reason": "Oubli"}, follow=True)
    assert "à nouveau à remettre" in text(cancelled)


def test_the_reconciliation_is_shown_and_printed(accountant: Client) -> None:
    assert accountant.get(url("reconciliation_home"))["Location"] == url("bank")
    account = make_bank_account()
    page = url("reconciliation", account.pk)
    assert accountant.get(url("reconciliation_home"))["Location"] == page
    assert "Aucun relevé" in text(accountant.get(page))
    make_lines(("2026-03-10", "-12.50", "FRAIS DE TENUE"))
    shown = text(accountant.get(page, {"au": "2026-03-31"}))
    assert "FRAIS DE TENUE" in shown
    assert "987,50 €" in shown
    assert "s’arrête le 10/03/2026" in shown
    assert "commencent au soir du 09/03/2026" in text(accountant.get(page, {"au": "2026-02-28"}))
    assert "Les relevés ne vont pas" not in text(accountant.get(page, {"au": "2026-03-09"}))
    assert accountant.get(page, {"au": "x"}).status_code == 200
    # The paper says it too.
    paper = {"found": reconciliation_on(account, date(2026, 3, 31))}
    assert "s’arrête le 10/03/2026" in render_to_string("pdf/accounting/reconciliation.html", paper)
    printed = accountant.get(page, {"au": "2026-03-31", "export": "pdf"})
    assert printed.content.startswith(b"%PDF")


def test_others_see_nothing_and_the_auditor_changes_nothing(demonstration: None) -> None:
    account = make_bank_account()
    row = slip(cheque(), account=account)
    stranger, auditor = Client(), Client()
    stranger.force_login(make_entrepreneur()[0])
    auditor.force_login(make_user(RoleKind.AUDITOR))
    for name, keys in (
        ("deposit_list", ()),
        ("deposit_detail", (row.pk,)),
        ("deposit_pdf", (row.pk,)),
        ("reconciliation", (account.pk,)),
        ("deposit_prepare", ()),
        ("deposit_cancel", (row.pk,)),
    ):
        assert stranger.get(url(name, *keys)).status_code == 403, name
    assert "Noter la remise" not in text(auditor.get(url("deposit_detail", row.pk)))
    for name in ("deposit_deposit", "deposit_credit", "deposit_take_back", "deposit_cancel"):
        assert auditor.post(url(name, row.pk), {"on": "2026-03-01"}).status_code == 403
    assert auditor.get(url("deposit_prepare")).status_code == 403


def test_lists_ask_as_much_for_thirty_as_for_one(
    accountant: Client, django_assert_max_num_queries: Any
) -> None:
    account = make_bank_account()

    def asked() -> list[int]:
        counts = []
        for address in (url("deposit_list"), url("deposit_prepare"), url("reconciliation", account.pk)):
            with django_assert_max_num_queries(50) as counted:
                accountant.get(address)
            counts.append(len(counted))
        return counts

    slip(cheque(), account=account)
    cheque()
    asked()
    first = asked()
    for _rank in range(12):
        slip(cheque(), account=account)
        cheque()
    assert asked() == first
