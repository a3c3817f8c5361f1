"""Pages of the levies: recorded once their effect was read, shown with their working, ended, undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.models import Account, Levy, LevyTaking, LevyTerm
from accounting.selectors.accounts import shared_section
from accounting.tasks import run_contributions_now
from cae.core.models import Job
from cae.core.periods import Month
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.accounting_levies import make_levy
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def accountant() -> Client:
    return client_of(make_user(RoleKind.ACCOUNTANT))


def url(name: str, *args: Any) -> str:
    return reverse(f"accounting:{name}", args=args)


def sent(**details: Any) -> dict[str, Any]:
    numbers = {"charge_account": "186200", "link_account": "181000", "income_account": "187200"}
    accounts = {name: Account.objects.get(number=number).pk for name, number in numbers.items()}
    return {
        "label": "Assurance",
        "base": "invoiced",
        "taken_on": "document",
        "rate": "5 %",
        "categories": ["ordinary", "training"],
        "reach": "all",
        "section": shared_section().pk,
        "valid_from": "2026-01-01",
        "decided_by": "Assemblée générale",
        "decided_on": "2025-06-12",
        **accounts,
        **details,
    }


@time_machine.travel(date(2026, 11, 20))
def test_a_levy_is_recorded_once_its_effect_was_read(accountant: Client) -> None:
    activity = make_activity(code="A1")
    books.take(activity, "400.00", number="F-1")
    assert accountant.get(url("levy_add")).status_code == 200
    wrong = accountant.post(url("levy_add"), sent(base="margin"))
    assert wrong.status_code == 422
    assert "La marge se connaît au mois" in text(wrong)
    asked = accountant.post(url("levy_add"), sent())
    assert "Elle aurait reçu 20,00 €" in text(asked)
    assert not Levy.objects.exists()
    back = accountant.post(url("levy_add"), sent(modifier="1"))
    assert 'value="Assurance"' in back.content.decode()
    accountant.post(url("levy_add"), sent(confirme="1"))
    levy = Levy.objects.get()
    assert (levy.rate, levy.categories) == (Decimal("0.0500"), ["ordinary", "training"])
    assert "5 % des ventes facturées, sur chaque facture" in text(accountant.get(url("levy_list")))
    changed = accountant.get(url("levy_add"), {"de": levy.pk}).content.decode()
    assert 'value="5' in changed
    again = accountant.post(
        url("levy_add"), sent(reach="some", rate="", amount="3", confirme="1", valid_from="2026-12-01")
    )
    later = Levy.objects.get(amount=3)
    assert again.url == later.get_absolute_url()
    accountant.post(
        url("levy_term_add", later.pk),
        {"activity": activity.pk, "starts_on": "2026-12-01", "decided_by": "CSE", "reason": "Chantiers"},
    )
    assert "Activités qui le paient" in text(accountant.get(later.get_absolute_url()))
    term = LevyTerm.objects.get()
    accountant.post(url("levy_term_end", term.pk), {"ends_on": "2026-12-31"})
    accountant.post(url("levy_end", later.pk), {"ends_on": "2027-01-31"})
    term.refresh_from_db()
    later.refresh_from_db()
    assert (term.ends_on, later.valid_to) == (date(2026, 12, 31), date(2027, 1, 31))


@time_machine.travel(date(2026, 4, 5))
def test_the_run_of_a_month_takes_levies_and_says_so_before(accountant: Client) -> None:
    activity = make_activity(code="A1")
    make_levy(label="Cotisation", taken_on="month", rate=None, amount=Decimal("15.00"))
    page = text(accountant.get(url("month_preview"), {"mois": "2026-03"}))
    assert "Cotisation 15,00 € par mois 15,00 €" in page
    accountant.post(url("month_run"), {"mois": "2026-03"})
    run_contributions_now(Job.objects.latest("pk").pk)
    assert LevyTaking.objects.get().activity == activity
    assert "Rien à calculer pour ce mois" in text(accountant.get(url("month_preview"), {"mois": "2026-03"}))


@time_machine.travel(date(2026, 3, 20))
def test_an_entrepreneur_reads_each_taking_of_their_own_and_no_other() -> None:
    user, activity = make_entrepreneur()
    other = make_activity(code="B2")
    levy = make_levy()
    for one in (activity, other):
        books.take(one, "400.00", number=f"F-{one.code}")
    mine, theirs = (LevyTaking.objects.get(activity=one) for one in (activity, other))
    browser = client_of(user)
    page = text(browser.get(url("activity_statement", activity.pk), {"mois": str(Month(2026, 3))}))
    assert "Assurance 5 % de 400,00 € 20,00 €" in page
    shown = text(browser.get(mine.get_absolute_url()))
    assert "Assurance 5 % de 400,00 € 20,00 €" in shown
    assert "Annuler ce prélèvement" not in shown
    assert browser.get(theirs.get_absolute_url()).status_code == 404
    assert "Activités dispensées" not in text(browser.get(levy.get_absolute_url()))
    for name in ("levy_list", "levy_add"):
        assert browser.get(url(name)).status_code == 403


@time_machine.travel(date(2026, 3, 20))
def test_a_taking_is_undone_from_its_page_and_lists_stay_flat(accountant: Client) -> None:
    levy = make_levy()
    books.take(make_activity(code="A1"), "400.00", number="F-1")
    taking = LevyTaking.objects.get()
    refused = accountant.post(url("levy_taking_undo", taking.pk), {"reason": ""})
    assert refused.status_code == 422
    few = _queries(accountant, url("levy_taking_list", levy.pk))
    for rank in range(2, 30):
        books.take(make_activity(code=f"A{rank}"), "400.00", number=f"F-{rank}")
    assert _queries(accountant, url("levy_taking_list", levy.pk)) <= few
    assert accountant.post(url("levy_taking_undo", taking.pk), {"reason": "Erreur"}).status_code == 302
    page = text(accountant.get(taking.get_absolute_url()))
    assert "Annulation 20/03/2026" in page
    assert "Annuler ce prélèvement" not in page


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_an_activity_is_spared_from_the_page_of_the_levy(accountant: Client) -> None:
    page = text(accountant.get(make_levy().get_absolute_url()))
    assert "Aucune : toutes le paient. Dispenser une activité" in page
