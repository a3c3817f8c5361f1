"""Places of the demonstration: opened, with their hours, prices, keys lent, premises shared, a fault told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.demonstration.loading import numbers
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.cooperative import Grounds
from cae.demonstration.loading.days import days_ago, days_ahead
from cae.demonstration.loading.people import Population
from cae.demonstration.loading.place_plans import HAGETMAU, PLACES, PlacePlan
from coworking.calculations.hours import whole_days
from coworking.calculations.hours_typed import openings_typed
from coworking.models import Place, Resource
from coworking.selectors.opening import ZONE
from coworking.services.agreements import AgreementData, sign_agreement
from coworking.services.faults import FAULT_TOLD, ClearanceData, give_clearance, tell_fault
from coworking.services.hours import ClosureData, close_over, set_week
from coworking.services.keys import ItemData, LoanData, add_item, lend
from coworking.services.places import enter_place, open_place
from coworking.services.premises import CostData, TenancyData, let_in, share_cost
from coworking.services.resources import TariffData, add_resource, set_tariff
from people.models import Organisation, User
from people.services.organisations import OrganisationData, save_organisation
from people.services.roles import give_role
from people.states import OrganisationKind, RelationKind, RoleKind

POETRY = (404, "Éditions du Ver à soie", OrganisationKind.FIRM, "40700 Hagetmau")


def open_places(
    population: Population, shops: Sequence[Shop], *, grounds: Grounds, today: date, now: datetime
) -> dict[str, Place]:
    """Does: opens the five places, the first under the scope that its facilitator already holds, and gives
    her the others. Refuses: nothing. Leaves behind: the places by their slug."""
    actor, facilitator = population.accounts["admin"], population.accounts["places"]
    opened = {}
    for plan in PLACES:
        place = _open(plan, grounds, population, today)
        opened[place.slug] = place
        if plan is not HAGETMAU and facilitator.person is not None:
            give_role(
                facilitator.person,
                kind=RoleKind.PLACE_FACILITATOR,
                scope=place.scope,
                starts_on=place.opened_on or today,
                ends_on=None,
                reason="Anime aussi ce lieu",
                actor=actor,
            )
    first = opened[HAGETMAU.data.slug]
    _share_premises(first, shops, today, facilitator)
    _close_for_holidays(opened.values(), today, facilitator)
    _train_and_tell(opened, population, today)
    read_notices(Notice.objects.filter(kind=FAULT_TOLD), at=now)
    return opened


def _open(plan: PlacePlan, grounds: Grounds, population: Population, today: date) -> Place:
    actor, keeper = population.accounts["admin"], population.accounts["places"]
    host, on = _host(plan, actor), days_ago(today, plan.opened_ago)
    place = enter_place(
        data=replace(plan.data, host=host),
        territory=grounds.territories[plan.territory],
        scope=grounds.place if plan is HAGETMAU else None,
        actor=actor,
    )
    openings = [one for day, hours in plan.days.items() for one in openings_typed(hours, day)]
    set_week(place, starts_on=on, openings=openings, actor=actor)
    place = open_place(place, on=on, actor=actor)
    if host is not None:
        data = AgreementData(
            host,
            on,
            audience=plan.audience,
            days_a_month=plan.days_a_month,
            price_excl_tax=Decimal(plan.price) if plan.price else None,
        )
        sign_agreement(place, data=data, actor=population.accounts["manager"])
    for booked in plan.resources:
        resource = add_resource(place, kind=booked.kind, data=booked.data, units=booked.units, actor=keeper)
        prices: dict[str, Any] = {name: Decimal(price) for name, price in booked.prices.items()}
        set_tariff(resource, data=TariffData(on, **prices), actor=keeper)
    _lend(plan, place, population, today)
    return place


def _host(plan: PlacePlan, actor: User) -> Organisation | None:
    if plan.host is None:
        return None
    return _organisation(plan.host, relation=RelationKind.HOST, actor=actor)


def _organisation(told: tuple[int, str, str, str], *, relation: str, actor: User) -> Organisation:
    """Of its rank, name, kind and town."""
    rank, name, kind, town = told
    postcode, _space, city = town.partition(" ")
    data = OrganisationData(
        name=name,
        kind=kind,
        relations=[relation],
        siren=numbers.siren(rank),
        siret=numbers.siret(rank),
        postcode=postcode,
        city=city,
    )
    return save_organisation(None, data=data, contacts=[], actor=actor)


def _lend(plan: PlacePlan, place: Place, population: Population, today: date) -> None:
    keeper = population.accounts["places"]
    for rank, lent in enumerate(plan.access):
        deposit = Decimal(lent.deposit)
        item = add_item(place, data=ItemData(lent.kind, lent.label, lent.opens, deposit), actor=keeper)
        holder = population.accounts[lent.holder].person if lent.holder else None
        if holder is not None:
            data = LoanData(holder, days_ago(today, 120 - 40 * rank), deposit=deposit)
            lend(item, data=data, actor=keeper)


def _share_premises(place: Place, shops: Sequence[Shop], today: date, keeper: User) -> None:
    """The office on the halle: a poetry publisher and an activity of ours, by square metres."""
    publisher = _organisation(POETRY, relation=RelationKind.PARTNER, actor=keeper)
    since = days_ago(today, 400)
    let_in(
        place,
        data=TenancyData(since, 24, organisation=publisher, rooms="Bureau sur la place, 24 m²"),
        actor=keeper,
    )
    ours = TenancyData(
        days_ago(today, 200), 16, activity=shops[0].activity, rooms="Bureau sur la cour, 16 m²"
    )
    let_in(place, data=ours, actor=keeper)
    last = today.replace(day=1) - timedelta(days=1)
    for label, amount in (("Énergie et eau", "186.40"), ("Ménage", "95.00")):
        share_cost(place, data=CostData(label, Decimal(amount), last.replace(day=1), last), actor=keeper)


def _close_for_holidays(places: Iterable[Place], today: date, keeper: User) -> None:
    first = days_ahead(today, 40)
    time = whole_days(first, first + timedelta(days=6), ZONE)
    for place in places:
        close_over(place, data=ClosureData(time.starts, time.ends, "Congés de l’équipe"), actor=keeper)


def _train_and_tell(places: dict[str, Place], population: Population, today: date) -> None:
    keeper, author = population.accounts["places"], population.accounts["entrepreneur"]
    laser = Resource.objects.get(place=places["le-comptoir-begles"], needs_training=True)
    for slug in ("entrepreneur", "trusted"):
        person = population.accounts[slug].person
        if person is not None:
            data = ClearanceData(person, days_ago(today, 90), trained_by="Atelier du Comptoir")
            give_clearance(laser, data=data, actor=keeper)
    room = Resource.objects.get(place=places[HAGETMAU.data.slug], name="Salle des Capucines")
    tell_fault(room, text="Le vidéoprojecteur s’éteint au bout de dix minutes.", actor=author)
