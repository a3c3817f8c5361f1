"""Opens the sixty activities with their customers, and remembers who writes for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounting.services.scales import assign_scale
from cae.core.periods import Month
from cae.demonstration.loading import buildings, cares, images, knowledge
from cae.demonstration.loading.cooperative import Grounds
from cae.demonstration.loading.customers import CUSTOMERS
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population, key_of
from cae.demonstration.loading.plans import Plan
from cae.demonstration.loading.professions import list_trades
from cae.demonstration.loading.rules import workshop_plans
from entrepreneurs.models import Activity, Trade
from entrepreneurs.services.opening import open_activity
from invoicing.models import Customer
from invoicing.services.customers import archive_customer, create_customer
from people.models import User

WRITTEN: tuple[Plan, ...] = (
    images.LENOIR,
    images.TRAIT,
    images.PIXEL,
    buildings.COPEAUX,
    buildings.RENOV,
    buildings.ROUE,
    cares.AIGUILLE,
    cares.SOUFFLE,
    cares.SEMIS,
    knowledge.DECLIC,
    knowledge.CELIK,
    knowledge.PASSERELLE,
)
PLANS: tuple[Plan, ...] = WRITTEN + workshop_plans()


ADVISERS = {"landes": "advisor", "estuaires": "advisor2"}


@dataclass(frozen=True)
class Shop:
    """An activity at work: its row, its customers by key, the account that writes its documents."""

    plan: Plan
    activity: Activity
    customers: dict[str, Customer]
    author: User


def open_shops(*, grounds: Grounds, population: Population, today: date) -> list[Shop]:
    trades = list_trades(today=today, actor=population.accounts["admin"])
    return [_open(plan, trades[plan.trade], grounds, population, today) for plan in PLANS]


def _open(plan: Plan, trade: Trade, grounds: Grounds, population: Population, today: date) -> Shop:
    adviser = population.accounts[ADVISERS[plan.portfolio]]
    activity = open_activity(
        name=plan.name,
        trade=trade,
        trade_label=plan.trade_label,
        code=plan.code,
        email=plan.email,
        phone=plan.phone,
        people=[population.persons[slug] for slug in plan.people],
        territory=grounds.territories[plan.territory],
        portfolio=grounds.portfolios[plan.portfolio],
        on=days_ago(today, plan.opened_ago),
        actor=adviser,
    )
    accountant = population.accounts["accountant"]
    if plan.scale_ago is not None:
        since, why = days_ago(today, plan.scale_ago), "Devenue associée de la coopérative"
        assign_scale(
            activity, scale=grounds.scales["anciennete"], starts_on=since, reason=why, actor=accountant
        )
    if plan.scheme:
        since = Month.of(activity.opened_on).next().first
        why = "Choisi avec la personne à son entrée"
        assign_scale(
            activity, scale=grounds.scales[plan.scheme], starts_on=since, reason=why, actor=accountant
        )
    # The accountant writes for those who have no account.
    author = population.accounts.get(plan.people[0], accountant)
    keys = dict.fromkeys([*(sale.customer for sale in plan.sales), *plan.prospects])
    customers = {
        key: create_customer(
            activity, content=CUSTOMERS[key], form_key=key_of("customer", plan.code, key), actor=author
        )
        for key in keys
    }
    return Shop(plan, activity, customers, author)


def archive_former_customers(shops: list[Shop], *, now: datetime) -> None:
    """Once their last document is written."""
    for shop in shops:
        for key in shop.plan.archived:
            archive_customer(shop.customers[key], actor=shop.author, at=now)
