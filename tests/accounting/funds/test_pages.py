"""Pages of grants and earmarked funds: from the request to the end of the year, to each their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.models import CostKind, Fund, FundDeferral
from accounting.permissions.funds import follows_fund, sees_fund, sees_fund_of
from accounting.selectors.accounts import section_of
from accounting.selectors.fund_todo import AWAITED
from accounting.services.fund_following import add_duty
from cae.core.facts import awaited_in
from cae.core.models import Document
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.accounting_funds import instalment, make_fund, make_running
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TODAY = date(2026, 11, 20)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def accountant() -> Client:
    return client_of(make_user(RoleKind.ACCOUNTANT))


def url(name: str, *args: Any) -> str:
    return reverse(f"accounting:{name}", args=args)


def sent(**details: Any) -> dict[str, Any]:
    return {
        "nature": "grant",
        "label": "Erasmus+ Coop",
        "funder": "Agence Erasmus+",
        "purpose": "Former des tuteurs.",
        "new_section": "Projet Erasmus+",
        "kinds": [CostKind.objects.get(code="goods").pk],
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "requested_on": "2025-10-01",
        "requested_amount": "10 000",
        "form_key": str(uuid4()),
        **details,
    }


@time_machine.travel(TODAY)
def test_a_grant_from_its_request_to_its_first_cost(accountant: Client) -> None:
    assert accountant.get(url("fund_add")).status_code == 200
    wrong = accountant.post(url("fund_add"), sent(ends_on="2025-12-31"))
    assert wrong.status_code == 422
    assert "La fin ne peut pas précéder le début." in text(wrong)
    accountant.post(url("fund_add"), sent())
    fund = Fund.objects.get()
    assert fund.section.label == "Projet Erasmus+"
    changed = {name: value for name, value in sent(label="Erasmus+ Tuteurs").items() if name != "nature"}
    accountant.post(url("fund_change", fund.pk), changed)
    assert accountant.get(url("fund_award", fund.pk)).status_code == 200
    accountant.post(
        url("fund_award", fund.pk), {"amount": "8 000", "on": "2026-01-15", "reference": "2026-1"}
    )
    accountant.post(
        url("instalment_add", fund.pk), {"label": "Acompte", "amount": "6 000", "due_on": "2026-02-01"}
    )
    accountant.post(
        url("instalment_add", fund.pk), {"label": "Solde", "amount": "2 000", "due_on": "2027-02-01"}
    )
    first, last = fund.instalments.all()
    accountant.post(url("instalment_receive", first.pk), {"on": "2026-02-03"})
    accountant.post(url("instalment_remove", last.pk))
    accountant.post(url("fund_start", fund.pk))
    page = text(accountant.get(fund.get_absolute_url()))
    assert "Erasmus+ Tuteurs" in page
    assert "Reste à dépenser 8 000,00 €" in page
    assert "Reçu le 03/02/2026" in page
    listed = text(accountant.get(url("fund_list")))
    assert "8 000,00 € 6 000,00 € 0,00 € 8 000,00 €" in listed


@time_machine.travel(TODAY)
def test_costs_duties_letters_and_the_end(accountant: Client) -> None:
    activity = make_activity(code="A1")
    fund = make_running(section_of(activity), "1000.00")
    line = books.cost(activity, "300.00").lines.get(cost_kind__code="goods")
    assert "Achat" in text(accountant.get(url("fund_spending_list", fund.pk)))
    beyond = accountant.post(url("fund_spending_add", fund.pk, line.pk), {"amount": "300,01"})
    assert beyond.status_code == 422
    accountant.post(url("fund_spending_add", fund.pk, line.pk), {"amount": "250"})
    spending = fund.spendings.get()
    assert "Reste à dépenser 750,00 €" in text(accountant.get(fund.get_absolute_url()))
    accountant.post(url("duty_add", fund.pk), {"kind": "report", "label": "Rapport", "due_on": "2026-12-31"})
    wrong = add_duty(fund, kind="report", label="En trop", due_on=date(2026, 12, 1), actor=None)
    accountant.post(url("duty_remove", wrong.pk))
    duty = fund.duties.get()
    assert accountant.post(url("duty_do", duty.pk), {"on": "2026-11-20"}).status_code == 422
    file = SimpleUploadedFile("rapport.pdf", PDF)
    accountant.post(url("duty_do", duty.pk), {"on": "2026-11-20", "file": file})
    accountant.post(url("fund_letter_add", fund.pk), {"file": SimpleUploadedFile("convention.pdf", PDF)})
    assert "convention.pdf" in text(accountant.get(fund.get_absolute_url()))
    accountant.post(
        url("fund_amend", fund.pk),
        {"amount": "1 200", "ends_on": "2026-12-31", "on": "2026-11-20", "reason": "Avenant 1"},
    )
    rests = text(accountant.get(url("fund_rests"), {"on": "2026-11-30"}))
    assert "1 200,00 € 250,00 € 950,00 €" in rests
    accountant.post(url("fund_rests"), {"on": "2026-11-30"})
    assert FundDeferral.objects.get().amount == Decimal("950.00")
    accountant.post(url("fund_spending_undo", spending.pk), {"reason": "Autre projet"})
    assert accountant.post(url("fund_close", fund.pk), {"on": "2026-11-20"}).status_code == 422
    accountant.post(url("fund_close", fund.pk), {"on": "2026-11-20", "reason": "Rendu au financeur"})
    page = text(accountant.get(fund.get_absolute_url()))
    assert "Soldée" in page
    assert "Rendu au financeur" in page


@time_machine.travel(TODAY)
@pytest.mark.parametrize("name", ["fund_refuse", "fund_give_up"])
def test_a_request_ends_for_a_reason(accountant: Client, name: str) -> None:
    fund = make_fund(section_of(make_activity(code="A1")))
    assert accountant.post(url(name, fund.pk), {"on": "2026-11-20", "reason": " "}).status_code == 422
    accountant.post(url(name, fund.pk), {"on": "2026-11-20", "reason": "Hors programme"})
    fund.refresh_from_db()
    assert (fund.ended_on, fund.reason) == (TODAY, "Hors programme")


@time_machine.travel(TODAY)
def test_each_sees_their_own_and_the_list_stays_flat(accountant: Client) -> None:
    user, activity = make_entrepreneur()
    mine = make_fund(section_of(activity), label="La mienne")
    other = make_activity(code="B2")
    theirs = make_running(section_of(other), label="La leur")
    followed = make_fund(section_of(other), label="Suivie", owner=user.person)
    accountant.post(url("fund_letter_add", theirs.pk), {"file": SimpleUploadedFile("a.pdf", PDF)})
    letter = Document.objects.get(about_type="accounting.fund")
    browser = client_of(user)
    listed = text(browser.get(url("fund_list")))
    assert "La mienne" in listed
    assert "Suivie" in listed
    assert "La leur" not in listed
    assert browser.get(theirs.get_absolute_url()).status_code == 404
    assert browser.get(reverse("core:document", args=[letter.pk])).status_code in (403, 404)
    assert "Noter l’attribution" not in text(browser.get(mine.get_absolute_url()))
    # Who follows it keeps its duties and its letters.
    assert (
        browser.post(
            url("duty_add", followed.pk), {"kind": "condition", "label": "Avis", "due_on": "2026-12-31"}
        ).status_code
        == 302
    )
    assert browser.get(url("duty_add", mine.pk)).status_code == 403
    assert (sees_fund.test(user, theirs), sees_fund.test(user, mine), sees_fund.test(user)) == (
        False,
        True,
        True,
    )
    assert (follows_fund.test(user, mine), follows_fund.test(user, followed)) == (False, True)
    assert (follows_fund.test(user), follows_fund.test(make_user())) == (True, False)
    assert (sees_fund_of.test(user, letter), sees_fund_of.test(user)) == (False, True)
    few = _queries(accountant)
    for rank in range(30):
        make_fund(section_of(other), label=f"Demande {rank}")
    assert _queries(accountant) <= few


def _queries(client: Client) -> int:
    client.get(url("fund_list"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url("fund_list")).status_code == 200
    return len(asked)


@time_machine.travel(TODAY)
def test_what_a_funder_expects_waits_for_who_follows_it() -> None:
    user, activity = make_entrepreneur()
    keeper = make_user(RoleKind.ACCOUNTANT)
    fund = make_running(section_of(activity), owner=user.person)
    instalment(fund)
    add_duty(fund, kind="report", label="Rapport", due_on=date(2026, 12, 1), actor=None)
    add_duty(fund, kind="report", label="Bilan", due_on=date(2027, 6, 1), actor=None)
    duty_said = "Rendre compte à un financeur, ou remplir sa condition"
    assert [one.label for one in awaited_in(AWAITED, user, TODAY)] == [duty_said]
    late = "Relancer un versement de subvention attendu"
    assert [one.label for one in awaited_in(AWAITED, keeper, TODAY)] == [duty_said, late]
    assert awaited_in(AWAITED, make_user(RoleKind.ADVISOR), TODAY) == []
    page = text(client_of(user).get(url("activity_statement", activity.pk)))
    assert "Erasmus+ Coop Dépenses ouvertes reste 1 000,00 € sur 1 000,00 €" in page
