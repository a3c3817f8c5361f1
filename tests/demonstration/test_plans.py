"""The tables of the demonstration make sense before anything is loaded."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from stdnum import iban
from stdnum.eu import vat
from stdnum.fr import siren, siret

from cae.demonstration.accounts import ACCOUNTS
from cae.demonstration.loading import numbers
from cae.demonstration.loading.activities import PLANS
from cae.demonstration.loading.customers import CUSTOMERS
from cae.demonstration.loading.days import assembly_before, days_ago, days_ahead
from cae.demonstration.loading.offers import FATES, Fate
from cae.demonstration.loading.people import NEIGHBOURS
from cae.demonstration.loading.plans import Plan, Sale
from cae.demonstration.loading.rules import workshop_plans
from cae.demonstration.loading.trades import KITS
from cae.demonstration.loading.workshops import workers
from people.states import RoleKind

SALES = [(plan, sale) for plan in PLANS for sale in plan.sales]


def test_sixty_activities_of_twenty_five_trades_and_known_people() -> None:
    known = {account.slug for account in ACCOUNTS} | {neighbour.slug for neighbour in NEIGHBOURS}
    assert len({plan.code for plan in PLANS}) == len(PLANS) == 60
    assert len({plan.trade for plan in PLANS}) == len(KITS) == 25
    assert all(set(plan.people) <= known for plan in PLANS)


def test_one_person_has_two_activities_and_the_candidate_none() -> None:
    counts = Counter(slug for plan in PLANS for slug in plan.people)
    assert counts["associate"] == 2
    assert counts["entrepreneur"] == 1
    assert "candidate" not in counts


def test_some_activities_are_those_of_two_or_three_people() -> None:
    assert sorted(len(plan.people) for plan in PLANS)[-5:] == [1, 2, 2, 2, 3]


def test_rules_draw_the_same_sales_each_time() -> None:
    assert workshop_plans() == workshop_plans() == PLANS[12:]


def test_each_worker_has_a_name_of_their_own() -> None:
    found = workers()
    assert len({worker.slug for worker in found}) == len(found)
    assert all(worker.first_name and worker.last_name for worker in found)


def test_every_state_of_a_quote_has_its_share() -> None:
    assert sum(count for _fate, count, _first, _last in FATES) == len(PLANS)
    assert {fate for fate, *_rest in FATES} == set(Fate)


def test_accounts_of_each_function_two_advisers_two_managers_and_more_entrepreneurs() -> None:
    slugs = (
        "entrepreneur project-holder checked trusted collective candidate associate advisor advisor2 "
        "accountant hr training places life webmaster projects manager manager2 officer admin auditor"
    )
    assert [account.email for account in ACCOUNTS] == [f"{slug}@demo.coop" for slug in slugs.split()]
    assert len({account.kind for account in ACCOUNTS}) == 16
    assert {account.kind for account in ACCOUNTS} < set(RoleKind)


def test_at_most_four_hundred_documents() -> None:
    issued = [sale for _plan, sale in SALES if sale.ago is not None]
    assert 350 <= len(issued) + sum(len(sale.credits) for sale in issued) <= 400


@pytest.mark.parametrize(("plan", "sale"), SALES)
def test_a_sale_sells_what_the_activity_offers_to_somebody_known(plan: Plan, sale: Sale) -> None:
    assert sale.customer in CUSTOMERS
    assert all(line.article in plan.articles for line in sale.lines)


@pytest.mark.parametrize(("plan", "sale"), SALES)
def test_nothing_comes_before_its_invoice_nor_the_invoice_before_the_activity(plan: Plan, sale: Sale) -> None:
    if sale.ago is None:
        assert not sale.receipts
        assert not sale.credits
        return
    assert plan.opened_ago > sale.ago
    assert all(receipt.ago <= sale.ago for receipt in sale.receipts)
    assert all(
        receipt.reversed_ago is None or receipt.reversed_ago <= receipt.ago for receipt in sale.receipts
    )
    assert all(credit.ago is None or credit.ago <= sale.ago for credit in sale.credits)


def test_a_lower_scale_begins_before_the_first_sale() -> None:
    given = [plan for plan in PLANS if plan.scale_ago is not None]
    assert given
    for plan in given:
        assert plan.opened_ago > (plan.scale_ago or 0) > max(sale.ago or 0 for sale in plan.sales)


def test_invented_numbers_have_right_keys_and_name_one_customer_each() -> None:
    professionals = [customer for customer in CUSTOMERS.values() if customer.siren]
    assert len({customer.siren for customer in professionals}) == len(professionals)
    for customer in professionals:
        assert siren.is_valid(customer.siren)
        assert siret.is_valid(customer.siret)
        assert customer.siren.startswith("999")
    assert all(vat.is_valid(customer.vat_number) for customer in CUSTOMERS.values() if customer.vat_number)
    assert siret.is_valid(numbers.siret(42))
    assert vat.is_valid(numbers.vat_number(42))
    assert iban.is_valid("FR7699999000010000000004286")


@pytest.mark.parametrize("today", [date(2026, 1, 1) + timedelta(days=count) for count in range(14)])
def test_days_are_working_days_that_never_go_back(today: date) -> None:
    days = [days_ago(today, count) for count in range(300, -1, -1)]
    assert days == sorted(days)
    ahead = [days_ahead(today, count) for count in range(30)]
    assert ahead == sorted(ahead)
    assert all(day.weekday() < 5 for day in ahead)
    assert all(today + timedelta(days=count) <= day for count, day in enumerate(ahead))
    assert all(day.weekday() < 5 for day in days)
    assert days[-1] <= today


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2029, 2030, 2031, 2032])
def test_members_vote_on_the_third_friday_of_june(year: int) -> None:
    day = assembly_before(date(year, 11, 25), years=1)
    assert (day.year, day.month, day.weekday()) == (year - 1, 6, 4)
    assert 15 <= day.day <= 21
