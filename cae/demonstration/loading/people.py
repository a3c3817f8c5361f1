"""Who lives in the demonstration: the accounts, the other entrepreneurs, newcomers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password

from cae.demonstration.accounts import ACCOUNTS, PASSWORD, DemonstrationAccount
from cae.demonstration.loading.cooperative import Grounds
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.workshops import Worker, workers
from people.models import Person, Scope, User
from people.services.accounts import open_account
from people.services.invitations import invite_person
from people.services.persons import PersonData, create_person
from people.services.roles import give_role
from people.services.statuses import open_status
from people.states import STAFF_KINDS, RoleKind
from people.states.statuses import ROLE_OF, StatusKind

ADMINISTRATOR = "admin"


@dataclass(frozen=True)
class Neighbour:
    """A person without an account: known by the house, their papers kept by the staff."""

    slug: str
    first_name: str
    last_name: str
    territory: str
    city: str
    usual_name: str = ""
    kinds: tuple[RoleKind, ...] = (RoleKind.ENTREPRENEUR,)
    since: int = 400
    invited: bool = False


OTHERS: tuple[Neighbour, ...] = (
    Neighbour("dubroca", "Rémi", "Dubroca", "40", "40180 Narrosse",
              kinds=(RoleKind.ENTREPRENEUR, RoleKind.ASSOCIATE), since=1480),
    Neighbour("laborde", "Sandrine", "Dupouy", "33", "33200 Bordeaux", usual_name="Laborde", since=830),
    Neighbour("castaing", "Hugo", "Castaing", "33", "33400 Talence", since=690),
    Neighbour("darrieux", "Maëlle", "Darrieux", "40", "40320 Geaune", since=500),
    Neighbour("tastet", "Odile", "Tastet", "33", "33000 Bordeaux", since=610),
    Neighbour("lebihan", "Yann", "Le Bihan", "44", "44000 Nantes", since=540),
    Neighbour("goyeneche", "Fabien", "Goyeneche", "40", "40990 Saint-Paul-lès-Dax", since=430),
    Neighbour("hourcade", "Amandine", "Hourcade", "40", "40000 Mont-de-Marsan", since=365),
    Neighbour("bonnafous", "Léa", "Bonnafous", "33", "33000 Bordeaux", since=410),
    Neighbour("bidart", "Lorea", "Bidart", "40", "40220 Tarnos", kinds=(RoleKind.CANDIDATE,), since=4,
              invited=True),
    Neighbour("peyrelongue", "Manon", "Peyrelongue", "40", "40700 Hagetmau", kinds=(RoleKind.CANDIDATE,),
              since=9, invited=True),
    Neighbour("haddad", "Karim", "Haddad", "44", "44200 Nantes", kinds=(RoleKind.PROJECT_HOLDER,), since=20,
              invited=True),
)  # fmt: skip

# Where the people of the accounts live; the others of the staff are at the seat.
HOMES: dict[str, tuple[str, str]] = {
    "entrepreneur": ("40", "40090 Saint-Avit"),
    "project-holder": ("33", "33300 Bordeaux"),
    "candidate": ("44", "44100 Nantes"),
    "associate": ("33", "33800 Bordeaux"),
    "checked": ("40", "40700 Hagetmau"),
    "trusted": ("33", "33310 Lormont"),
    "collective": ("33", "33130 Bègles"),
}
SEAT = ("40-MDM", "40000 Mont-de-Marsan")

# A second role beside the one that names the account.
ALSO: dict[str, RoleKind] = {
    "associate": RoleKind.ENTREPRENEUR,
    "trusted": RoleKind.ASSOCIATE,
    "manager": RoleKind.ASSOCIATE,
    "manager2": RoleKind.ASSOCIATE,
}
SINCE: dict[str, int] = {
    "entrepreneur": 760,
    "project-holder": 84,
    "candidate": 12,
    "associate": 1250,
    "checked": 260,
    "trusted": 900,
    "collective": 410,
}
STAFF_SINCE = 1100
ARRIVAL = "Arrivée dans la coopérative"
STATUS_OF_ROLE = {role: status for status, role in ROLE_OF.items()}
# Days: younger, one still tests an activity under a support contract (CAPE).
NEWCOMER = 250


def _from_workshop(worker: Worker) -> Neighbour:
    return Neighbour(
        worker.slug,
        worker.first_name,
        worker.last_name,
        worker.territory,
        worker.city,
        kinds=(RoleKind.PROJECT_HOLDER if worker.since < NEWCOMER else RoleKind.ENTREPRENEUR,),
        since=worker.since,
    )


NEIGHBOURS: tuple[Neighbour, ...] = (*OTHERS, *map(_from_workshop, workers()))


@dataclass(frozen=True)
class Population:
    """Persons and accounts by slug."""

    persons: dict[str, Person]
    accounts: dict[str, User]


def key_of(*words: str) -> UUID:
    """The key of a form: always the same for the same words."""
    return uuid5(NAMESPACE_URL, "alveole-demonstration:" + ":".join(words))


def open_first_account(*, today: date) -> User:
    """The administrator, on behalf of whom the house is then set up; nobody is there before."""
    account = next(one for one in ACCOUNTS if one.slug == ADMINISTRATOR)
    data = PersonData(account.first_name, account.last_name, email=account.email)
    person = create_person(data, actor=None, form_key=key_of("person", account.slug))
    since = days_ago(today, STAFF_SINCE)
    reason = "Premier compte de la maison"
    give_role(person, kind=account.kind, actor=None, starts_on=since, reason=reason)
    open_status(person, kind=StatusKind.STAFF, starts_on=since, reason="Embauche", actor=None)
    return open_account(person, email=account.email, password=None, actor=None)


def settle(
    administrator: User,
    *,
    grounds: Grounds,
    today: date,
    now: datetime,
    neighbours: Sequence[Neighbour] = NEIGHBOURS,
) -> Population:
    """Everybody else, with roles and accounts; three invitations are still waiting."""
    persons: dict[str, Person] = {}
    accounts = {ADMINISTRATOR: administrator}
    for account in ACCOUNTS:
        if account.slug not in accounts:
            person = persons[account.slug] = _member(account, grounds, administrator, today)
            accounts[account.slug] = open_account(
                person, email=account.email, password=None, actor=administrator
            )
    for neighbour in neighbours:
        persons[neighbour.slug] = _neighbour(neighbour, grounds, administrator, today, now)
    # One password for all, hashed once: Argon2 is slow by design, and this one is printed anyway.
    User.objects.update(password=make_password(PASSWORD))
    return Population(persons, accounts)


def _member(account: DemonstrationAccount, grounds: Grounds, administrator: User, today: date) -> Person:
    territory, place = HOMES.get(account.slug, SEAT)
    postcode, _space, city = place.partition(" ")
    data = PersonData(
        account.first_name,
        account.last_name,
        email=account.email,
        postcode=postcode,
        city=city,
        territory=grounds.territories[territory],
    )
    person = create_person(data, actor=administrator, form_key=key_of("person", account.slug))
    starts_on = days_ago(today, SINCE.get(account.slug, STAFF_SINCE))
    for kind in filter(None, (account.kind, ALSO.get(account.slug))):
        _give(person, kind, starts_on, _reach(account.slug, grounds), administrator)
    if account.kind in STAFF_KINDS:
        open_status(
            person, kind=StatusKind.STAFF, starts_on=starts_on, reason="Embauche", actor=administrator
        )
    return person


def _neighbour(
    neighbour: Neighbour, grounds: Grounds, administrator: User, today: date, now: datetime
) -> Person:
    postcode, _space, city = neighbour.city.partition(" ")
    data = PersonData(
        neighbour.first_name,
        neighbour.last_name,
        usual_name=neighbour.usual_name,
        email=f"{neighbour.slug}@courriel.example",
        postcode=postcode,
        city=city,
        territory=grounds.territories[neighbour.territory],
    )
    person = create_person(data, actor=administrator, form_key=key_of("person", neighbour.slug))
    starts_on = days_ago(today, neighbour.since)
    for kind in neighbour.kinds:
        _give(person, kind, starts_on, None, administrator)
    if neighbour.invited:
        invite_person(person, actor=administrator, now=now, reason=ARRIVAL)
    return person


def _reach(slug: str, grounds: Grounds) -> Scope | None:
    """Advisers follow their portfolio, the facilitator their place; the others the whole cooperative."""
    reaches = {
        "advisor": grounds.portfolios["landes"],
        "advisor2": grounds.portfolios["estuaires"],
        "places": grounds.place,
    }
    return reaches.get(slug)


def _give(person: Person, kind: str, starts_on: date, scope: Scope | None, administrator: User) -> None:
    """A status of the path brings its role; a function of the staff is a role alone."""
    if kind in STATUS_OF_ROLE:
        open_status(
            person, kind=STATUS_OF_ROLE[kind], starts_on=starts_on, reason=ARRIVAL, actor=administrator
        )
    else:
        # An auditor is appointed for six years (C. com. L821-44).
        ends_on = date(starts_on.year + 6, 12, 31) if kind == RoleKind.AUDITOR else None
        give_role(
            person,
            kind=kind,
            actor=administrator,
            starts_on=starts_on,
            reason=ARRIVAL,
            scope=scope,
            ends_on=ends_on,
        )
