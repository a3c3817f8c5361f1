"""Who works in the places of the demonstration, what is sold to them, a month billed and one to check
(COW-09 to 15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cae.core.periods import Month
from cae.demonstration.loading import numbers
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago, days_ahead
from cae.demonstration.loading.people import Population, key_of
from coworking.models import Member, Place, Plan, Unit
from coworking.selectors.billing import payers_to_bill
from coworking.services.absences import free_desk
from coworking.services.billing import finish_run, prepare_month, start_run
from coworking.services.billing_documents import bill_payer
from coworking.services.charges import hold_charge, make_charge
from coworking.services.crediting import owe_back
from coworking.services.deposits import receive_deposit
from coworking.services.members import MemberData, enter_member
from coworking.services.passes import sell_pass
from coworking.services.pauses import pause_subscription
from coworking.services.places import PlaceData, change_place
from coworking.services.plans import AllowanceData, PlanData, PriceData, open_plan, set_allowance
from coworking.services.signups import SignUpData, ask_to_join
from coworking.services.subscriptions import SubscriptionData, ask_end, hold_plan
from coworking.states.members import ChargeKind, MemberOrigin, PlanKind, TimeUnit
from coworking.states.places import ResourceKind
from entrepreneurs.models import Trade
from entrepreneurs.services.opening import open_activity
from people.models import Organisation, Person
from people.services.organisations import OrganisationData, save_organisation
from people.services.persons import PersonData, create_person
from people.states import OrganisationKind, RelationKind

HAGETMAU, LA_REOLE, BEGLES = "le-rucher-hagetmau", "la-halte-la-reole", "le-comptoir-begles"
# Those that sell: the code and the name of what makes their invoices.
_SELLERS = {HAGETMAU: "RUCHER", LA_REOLE: "HALTE", BEGLES: "COMPTOIR"}
_TRADE = "Conseil"
_PUBLISHER = "Éditions du Ver à soie"
_EMPLOYER = (405, "Mutuelle des Deux Rives", "33000 Bordeaux")


@dataclass(frozen=True)
class Sold:
    """A plan of every place: its nature, its prices for members and for others."""

    key: str
    kind: str
    data: PlanData
    own: str
    other: str
    room_hours: str = ""
    unit: str = TimeUnit.DAY


_SOLD = (
    Sold(
        "resident",
        PlanKind.RESIDENT,
        PlanData("Poste résident", "Un poste à soi, un casier, la clé.", deposit=Decimal(150)),
        "150",
        "210",
        "4",
    ),
    Sold(
        "week",
        PlanKind.WEEK,
        PlanData("Deux jours par semaine", "Toujours les mêmes jours, choisis avec l’équipe.", days_a_week=2),
        "75",
        "110",
        "2",
    ),
    Sold(
        "team",
        PlanKind.DAYS,
        PlanData("Petite équipe", "Vingt jours par mois à partager.", users=3, notice_months=2, position=1),
        "220",
        "290",
        "4",
    ),
    Sold(
        "ten",
        PlanKind.PASS,
        PlanData("Carnet de dix jours", units=10, valid_days=180, position=2),
        "120",
        "160",
    ),
    Sold(
        "one",
        PlanKind.PASS,
        PlanData("Une journée", units=1, valid_days=60, position=3),
        "14",
        "20",
    ),
)


def work_in_places(
    population: Population,
    shops: Sequence[Shop],
    places: Mapping[str, Place],
    *,
    today: date,
    now: datetime,
) -> None:
    """Does: has three places sell, fills them with members of each kind, bills the last month and prepares
    this one. Refuses: nothing. Leaves behind: plans, members, subscriptions, passes, invoices."""
    since = days_ago(today, 120)
    sold = {slug: _sell(places[slug], population, since, today) for slug in _SELLERS}
    _fill_hagetmau(places[HAGETMAU], sold[HAGETMAU], population, shops, today=today, now=now)
    _fill_la_reole(places[LA_REOLE], sold[LA_REOLE], population, today)
    _fill_begles(places[BEGLES], sold[BEGLES], population, shops, today)
    _ask(places[HAGETMAU], sold[HAGETMAU], today, now)
    for slug in _SELLERS:
        _bill(places[slug], population, today)


def _sell(place: Place, population: Population, since: date, today: date) -> dict[str, Plan]:
    """The activity that makes the invoices of a place, and its plans."""
    keeper, code = population.accounts["places"], _SELLERS[place.slug]
    if keeper.person is not None:
        activity = open_activity(
            name=f"{place.name} ({place.city})",
            trade=Trade.objects.open_on(since).filter(name=_TRADE).first() or Trade.objects.open_on(since)[0],
            trade_label="Espace de travail partagé",
            code=code,
            email=place.email,
            phone=place.phone,
            people=[keeper.person],
            territory=place.scope.territory,
            on=since,
            actor=population.accounts["admin"],
        )
        held = {name: getattr(place, name) for name in PlaceData.__dataclass_fields__}
        changed = change_place(
            place,
            data=PlaceData(**held | {"activity": activity}),
            territory=place.scope.territory,
            actor=population.accounts["admin"],
        )
        place.activity, place.version = changed.activity, changed.version
    plans = {}
    for one in _SOLD:
        price = PriceData(since, Decimal(one.own), Decimal(one.other))
        plan = open_plan(place, kind=one.kind, unit=one.unit, data=one.data, price=price, actor=keeper)
        if one.room_hours:
            room = AllowanceData(
                ResourceKind.ROOM,
                TimeUnit.HOUR,
                Decimal(one.room_hours),
                carried_months=1,
                beyond=Decimal(10),
            )
            set_allowance(plan, data=room, actor=keeper)
            if one.kind != PlanKind.DAYS:
                set_allowance(plan, data=AllowanceData(ResourceKind.DESK, TimeUnit.DAY), actor=keeper)
            else:
                days = AllowanceData(ResourceKind.DESK, TimeUnit.DAY, Decimal(20))
                set_allowance(plan, data=days, actor=keeper)
        plans[one.key] = plan
    return plans


def _person(rank: int, first: str, last: str, address: str, town: str) -> Person:
    postcode, _space, city = town.partition(" ")
    data = PersonData(
        first,
        last,
        email=f"{first}.{last}@voisinage.example".lower().replace("é", "e").replace("ï", "i"),
        phone=f"06 39 98 06 {rank:02d}",
        address_line=address,
        postcode=postcode,
        city=city,
    )
    return create_person(data, actor=None, form_key=key_of("coworker", str(rank)))


def _enter(place: Place, person: Person, data: MemberData, on: date, population: Population) -> Member:
    keeper = population.accounts["places"]
    return enter_member(place, person=person, data=data, starts_on=on, charter_on=on, actor=keeper)


def _inside(shop: Shop, population: Population) -> tuple[Person, MemberData]:
    person = population.persons[shop.plan.people[0]]
    data = MemberData(MemberOrigin.OWN, activity=shop.activity, trade=shop.plan.trade_label, is_shown=True)
    return person, data


def _fill_hagetmau(
    place: Place,
    plans: Mapping[str, Plan],
    population: Population,
    shops: Sequence[Shop],
    *,
    today: date,
    now: datetime,
) -> None:
    """A carpenter and a photographer of the cooperative, a poetry publisher with two people, a neighbour."""
    keeper, since = population.accounts["places"], days_ago(today, 100)
    by_code = {shop.plan.code: shop for shop in shops}
    for code, key, ago in (("LENOIR", "week", 100), ("COPEAUX", "resident", 52)):
        person, data = _inside(by_code[code], population)
        member = _enter(place, person, data, since, population)
        days = (0, 3) if key == "week" else ()
        desk = _last_desk(place) if key == "resident" else None
        held = SubscriptionData(plans[key], days_ago(today, ago), weekdays=days, unit=desk)
        row = hold_plan(member, data=held, form_key=key_of("held", code), actor=keeper)
        if key == "resident":
            receive_deposit(row.deposit, on=days_ago(today, ago), actor=keeper)
            away = days_ago(today, 45)
            pause_subscription(
                row, starts_on=away, ends_on=days_ago(today, 40), reason="Chantier", actor=keeper
            )
            leaves, comes_back = days_ahead(today, 7), days_ahead(today, 11)
            free_desk(row, starts_on=leaves, ends_on=comes_back, actor=keeper, now=now)
    publisher = _with_address(
        Organisation.objects.get(name=_PUBLISHER), "1 rue du Mûrier", "40700", "Hagetmau", population
    )
    for rank, (first, last, trade, leads) in enumerate(
        (("Iris", "Dumora", "Éditrice de poésie", True), ("Paul", "Etchart", "Maquettiste", False))
    ):
        person = _person(10 + rank, first, last, "1 rue du Mûrier", "40700 Hagetmau")
        data = MemberData(
            MemberOrigin.ORGANISATION, organisation=publisher, leads=leads, trade=trade, is_shown=True
        )
        member = _enter(place, person, data, since, population)
        if leads:
            held = SubscriptionData(plans["team"], since)
            hold_plan(member, data=held, form_key=key_of("held", last), actor=keeper)
    person = _person(12, "Maïté", "Lafitte", "14 chemin du Moulin", "40700 Hagetmau")
    member = _enter(place, person, MemberData(MemberOrigin.OUTSIDE, trade="Formatrice"), since, population)
    sell_pass(member, plan=plans["ten"], on=days_ago(today, 40), form_key=key_of("pass", "12"), actor=keeper)
    if member.payer is not None:
        make_charge(
            member.payer,
            kind=ChargeKind.OTHER,
            label="Impressions, 60 pages",
            day=Month.of(today).previous().last,
            amount=Decimal("6.00"),
            actor=keeper,
        )


def _last_desk(place: Place) -> Unit | None:
    desks = Unit.objects.filter(resource__place=place, resource__kind=ResourceKind.DESK)
    return desks.order_by("-position", "-pk").first()


def _fill_la_reole(place: Place, plans: Mapping[str, Plan], population: Population, today: date) -> None:
    """Two remote workers whose employer pays, one who pays alone."""
    keeper, since = population.accounts["places"], days_ago(today, 95)
    rank, name, town = _EMPLOYER
    postcode, _space, city = town.partition(" ")
    told = OrganisationData(
        name=name,
        kind=OrganisationKind.FIRM,
        relations=[RelationKind.PARTNER],
        siren=numbers.siren(rank),
        siret=numbers.siret(rank),
        address_line="22 cours de la Monnaie",
        postcode=postcode,
        city=city,
    )
    employer = save_organisation(None, data=told, contacts=[], actor=keeper)
    for number, first, last, alone in (
        (20, "Hélène", "Vidal", False),
        (21, "Karim", "Soulas", False),
        (22, "Anne", "Castaing", True),
    ):
        person = _person(number, first, last, f"{number} rue des Jacobins", "33190 La Réole")
        data = MemberData(
            MemberOrigin.REMOTE,
            organisation=employer,
            pays_alone=alone,
            leads=first == "Hélène",
            trade="Gestionnaire",
        )
        member = _enter(place, person, data, since, population)
        if alone:
            on = days_ago(today, 30)
            sell_pass(member, plan=plans["one"], on=on, form_key=key_of("pass", last), actor=keeper)
            continue
        held = SubscriptionData(plans["week"], since, weekdays=(1, 4))
        row = hold_plan(member, data=held, form_key=key_of("held", last), actor=keeper)
        if first == "Karim":
            ask_end(row, asked_on=days_ago(today, 4), reason="Mutation", actor=keeper)


def _fill_begles(
    place: Place, plans: Mapping[str, Plan], population: Population, shops: Sequence[Shop], today: date
) -> None:
    """A designer of the cooperative, a translator from outside."""
    keeper, since = population.accounts["places"], days_ago(today, 80)
    shop = next(one for one in shops if one.plan.code == "TRAITLIBRE")
    person, data = _inside(shop, population)
    inside = _enter(place, person, data, since, population)
    held = SubscriptionData(plans["resident"], since)
    hold_plan(inside, data=held, form_key=key_of("held", "TRAITLIBRE"), actor=keeper)
    person = _person(30, "Clara", "Benoit", "9 rue Calixte-Camelle", "33130 Bègles")
    outside = _enter(place, person, MemberData(MemberOrigin.OUTSIDE, trade="Traductrice"), since, population)
    held = SubscriptionData(plans["week"], days_ago(today, 47), weekdays=(0, 1))
    hold_plan(outside, data=held, form_key=key_of("held", "30"), actor=keeper)


def _with_address(
    row: Organisation, line: str, postcode: str, city: str, population: Population
) -> Organisation:
    held = {name: getattr(row, name) for name in OrganisationData.__dataclass_fields__}
    data = OrganisationData(**held | {"address_line": line, "postcode": postcode, "city": city})
    return save_organisation(row, data=data, contacts=[], actor=population.accounts["places"])


def _ask(place: Place, plans: Mapping[str, Plan], today: date, now: datetime) -> None:
    """Somebody waits for the answer of the team."""
    data = SignUpData(
        plan=plans["week"],
        starts_on=days_ahead(today, 12),
        first_name="Nour",
        last_name="Haddad",
        email="nour.haddad@voisinage.example",
        payment="transfer",
        phone="06 39 98 06 40",
        address_line="3 rue Carnot",
        postcode="40700",
        city="Hagetmau",
        trade="Paysagiste",
        weekdays=(1, 2),
        message="Je cherche un endroit calme deux jours par semaine, dès que possible.",
        has_charter=True,
    )
    ask_to_join(place, data=data, form_key=key_of("signup"), now=now, actor=None)


def _bill(place: Place, population: Population, today: date) -> None:
    """The last month, billed by the accountant; this one computed, with a line that somebody looks at."""
    accountant, this = population.accounts["accountant"], Month.of(today)
    run = prepare_month(place, this.previous(), today=today, actor=accountant)
    run = start_run(run, today=today, actor=accountant, at_once=True, sends=False)
    for payer in payers_to_bill(run, today):
        bill_payer(payer, run=run, today=today, actor=accountant)
    finish_run(run, actor=accountant)
    keeper = population.accounts["places"]
    printed = run.charges.filter(kind=ChargeKind.OTHER).order_by("pk").first()
    if printed is not None:
        owe_back(printed, reason="Imprimante en panne, pages à refaire", actor=keeper)
    coming = prepare_month(place, this, today=today, actor=keeper)
    held = coming.place.payers.filter(customer__isnull=False, charges__state="due").order_by("pk").first()
    if place.slug == HAGETMAU and held is not None:
        charge = held.charges.filter(state="due").order_by("pk").first()
        if charge is not None:
            hold_charge(charge, reason="Geste promis pour la panne de chauffage", actor=keeper)
