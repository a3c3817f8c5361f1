"""The people of a large house: each with an account, an activity and eight customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from cae.demonstration.loading import numbers
from cae.demonstration.loading.cooperative import Grounds, lay_grounds
from cae.demonstration.loading.customers import FIRMS, PRIVATE_PERSONS
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import open_first_account, settle
from cae.demonstration.loading.professions import list_trades
from cae.demonstration.loading.trades import KITS, Kit
from entrepreneurs.models import Activity, Trade
from entrepreneurs.services.opening import open_activity
from invoicing.models import Customer
from invoicing.services.customers import create_customer
from invoicing.services.inputs import CustomerContent
from people.models import User
from people.services.accounts import open_account
from people.services.persons import PersonData, create_person
from people.services.statuses import open_status
from people.states.statuses import StatusKind

OPENED_AGO = 800
# Firms known to the cooperative; several activities work for the same one.
FIRMS_KNOWN = 2000
FIRST_RANK = 10_000
FIRMS_EACH, PERSONS_EACH = 6, 2
TOLD_EVERY = 100

_FIRST = ("Alix", "Sacha", "Lou", "Noa", "Charlie", "Eden", "Morgan", "Camille", "Swann", "Maé", "Nour")
_LAST = ("Lande", "Garenne", "Brémont", "Vasseur", "Coteau", "Rivière", "Hameau", "Jonquet", "Sablon")


@dataclass(frozen=True)
class Stall:
    """An activity at work: what it sells, to whom, and whose account writes for it."""

    activity: Activity
    kit: Kit
    customers: tuple[Customer, ...]
    author: User


def key_of(*words: object) -> UUID:
    """The key of a form: always the same for the same words."""
    return uuid5(NAMESPACE_URL, "alveole-mass:" + ":".join(map(str, words)))


def name_of(rank: int) -> tuple[str, str]:
    """First name and name: no two people of a large house have the same."""
    return _FIRST[rank % len(_FIRST)], f"{_LAST[rank // len(_FIRST) % len(_LAST)]} {rank}"


def populate(count: int, *, today: date, now: datetime, say: Callable[[str], None]) -> list[Stall]:
    """The house with its usual accounts, then `count` entrepreneurs more."""
    administrator = open_first_account(today=today)
    grounds = lay_grounds(today=today, actor=administrator)
    settle(administrator, grounds=grounds, today=today, now=now, neighbours=())
    password = User.objects.values_list("password", flat=True)[0]
    trades = list_trades(today=today, actor=administrator)
    stalls = []
    for rank in range(1, count + 1):
        stalls.append(_settle_one(rank, grounds, trades, administrator, today))
        if rank % TOLD_EVERY == 0:
            say(f"{rank} people of {count}")
    User.objects.update(password=password)
    return stalls


def _settle_one(rank: int, grounds: Grounds, trades: dict[str, Trade], actor: User, today: date) -> Stall:
    first, name = name_of(rank)
    since, portfolio = days_ago(today, OPENED_AGO), ("landes", "estuaires")[rank % 2]
    data = PersonData(
        first,
        name,
        email=f"p{rank}@mass.example",
        postcode="40000",
        city="Mont-de-Marsan",
        territory=grounds.territories["40"],
    )
    person = create_person(data, actor=actor, form_key=key_of("person", rank))
    open_status(person, kind=StatusKind.ENTREPRENEUR, starts_on=since, reason="CESA", actor=actor)
    author = open_account(person, email=data.email, password=None, actor=actor)
    kit = list(KITS.values())[rank % len(KITS)]
    activity = open_activity(
        name=f"{name} et {first}",
        trade=trades[kit.trade],
        code=f"M{rank}",
        email=f"m{rank}@mass.example",
        people=[person],
        territory=grounds.territories["40"],
        portfolio=grounds.portfolios[portfolio],
        on=since,
        actor=actor,
    )
    customers = tuple(
        create_customer(
            activity, content=content, form_key=key_of("customer", rank, content.name), actor=author
        )
        for content in _customers(rank)
    )
    return Stall(activity, kit, customers, author)


def _customers(rank: int) -> list[CustomerContent]:
    firms, persons = list(FIRMS.values()), list(PRIVATE_PERSONS.values())
    found = []
    for turn in range(FIRMS_EACH):
        # Two firms of one activity are never the same.
        number = (rank * FIRMS_EACH + turn) % FIRMS_KNOWN
        content, own = firms[number % len(firms)], FIRST_RANK + number
        found.append(
            replace(
                content,
                name=f"{content.name} {number}",
                siren=numbers.siren(own),
                siret=numbers.siret(own),
                vat_number=numbers.vat_number(own),
                email=f"f{number}@mass.example",
            )
        )
    for turn in range(PERSONS_EACH):
        content = persons[(rank + turn) % len(persons)]
        found.append(replace(content, name=f"{content.name} {rank}-{turn}"))
    return found
