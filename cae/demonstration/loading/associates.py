"""The register of the demonstration: forty associates of every category, their shares, a few requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from cae.core.periods import after_months
from cae.demonstration.loading.days import assembly_before, days_ago, days_ahead
from cae.demonstration.loading.people import Population, key_of
from governance.models import Associate, ShareClass
from governance.services.admissions import (
    Asked,
    give_opinion,
    open_admission,
    put_to_vote,
    refuse_admission,
    submit_admission,
)
from governance.services.associates import Entry, change_category, enter_associate, lose_status
from governance.services.share_classes import ClassData, open_class
from governance.services.share_payments import PaymentData, record_payment
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    prepare_subscription,
    sign_subscription,
)
from governance.services.voting_rights import notify_late
from governance.states.register import Category, LossCause, PaymentPlan
from people.models import Organisation, Person, User
from people.services.civil import CivilData, save_civil_record
from people.services.organisations import OrganisationData, save_organisation
from people.services.persons import PersonData, create_person
from people.states import OrganisationKind

NOMINAL = Decimal("24.00")
# Entrepreneurs without account, by how many shares they hold; the last four pay them month by month. Two have
# a second bulletin (shares.py).
WORKERS: tuple[tuple[str, int], ...] = (
    ("brethes", 24), ("camescasse", 24), ("mauleon", 20), ("larrouy", 24), ("lafourcade", 18),
    ("lartigau", 4), ("espagnac", 15), ("tauzin", 12), ("sallenave", 24), ("couralet", 10),
    ("loustau", 16), ("destouesse", 12), ("dagorret", 10), ("saubusse", 24), ("lalanne", 2),
    ("lafargue", 10), ("dutertre", 12), ("dupeyron", 6), ("bergeron", 24), ("garandeau", 24),
    ("kerdoncuff", 24), ("sentenac", 24), ("dulucq", 8),
)  # fmt: skip
IN_PARTS = frozenset({"bergeron", "garandeau", "kerdoncuff", "sentenac"})
LATE = "sentenac"
# The status of these was written when they came: the register takes its days.
ACCOUNTS: tuple[tuple[str, int], ...] = (
    ("manager", 40), ("manager2", 40), ("dubroca", 30), ("associate", 24), ("trusted", 24),
)  # fmt: skip
CORRECTED = ("castaing", 12)
# What they ask to be called; the others did not say.
CIVILITIES: dict[str, frozenset[str]] = {
    "mrs": frozenset({
        "Awa", "Clémence", "Colette", "Daphné", "Estelle", "Irène", "Josiane", "Justine", "Karine",
        "Laurence", "Margaux", "Marthe", "Nadia", "Noémie", "Océane", "Rachida", "Rose", "Sarah",
        "Soizic", "Valentine", "Zoé", "Élise", "Élodie",
    }),
    "mr": frozenset({
        "Alain", "Aurélien", "Bernard", "Cédric", "Gilles", "Goulven", "Hugo", "Jean", "Kévin", "Lucas",
        "Rémi", "Samir",
    }),
}  # fmt: skip


@dataclass(frozen=True)
class Supporter:
    """Somebody who does not work here, or does no more."""

    slug: str
    first_name: str
    last_name: str
    category: Category
    shares: int


SUPPORTERS: tuple[Supporter, ...] = (
    Supporter("darricau", "Marthe", "Darricau", Category.FORMER_EMPLOYEE, 24),
    Supporter("poydenot", "Jean", "Poydenot", Category.FORMER_EMPLOYEE, 24),
    Supporter("labat", "Colette", "Labat", Category.FORMER_EMPLOYEE, 12),
    Supporter("naprous", "Gilles", "Naprous", Category.OUTSIDE, 10),
    Supporter("tachoires", "Élise", "Tachoires", Category.OUTSIDE, 5),
    Supporter("brocas", "Samir", "Brocas", Category.VOLUNTEER, 1),
    Supporter("duvignau", "Rose", "Duvignau", Category.BENEFICIARY, 2),
    Supporter("mesplede", "Alain", "Mesplède", Category.BENEFICIARY, 1),
)


@dataclass(frozen=True)
class Body:
    """A legal person, and who acts for it."""

    name: str
    kind: OrganisationKind
    category: Category
    shares: int
    first_name: str
    last_name: str


BODIES: tuple[Body, ...] = (
    Body("Ville de Saint-Sever", OrganisationKind.PUBLIC_BODY, Category.PUBLIC_BODY, 40, "Hélène", "Lafitte"),
    Body("Coop des Landes", OrganisationKind.COOPERATIVE, Category.COOPERATIVE, 30, "Marc", "Dupin"),
    Body("Biocoop du Marsan", OrganisationKind.COOPERATIVE, Category.COOPERATIVE, 20, "Agnès", "Castets"),
    Body("Amis des tiers-lieux", OrganisationKind.ASSOCIATION, Category.OUTSIDE, 4, "Luc", "Barbe"),
)


@dataclass(frozen=True)
class Hands:
    """Who writes the register and the books."""

    manager: User
    accountant: User
    today: date


def keep_register(population: Population, *, today: date, now: datetime) -> dict[str, Associate]:
    """Does: enters forty associates with their shares, one who left, one who is late, requests at each stage.
    Refuses: nothing. Leaves behind: the register; gives each associate by slug."""
    hands = Hands(population.accounts["manager"], population.accounts["accountant"], today)
    shares = open_class(
        code="A",
        nominal=NOMINAL,
        data=ClassData(name="Parts A", article="art. 9 des statuts"),
        actor=hands.manager,
    )
    found: dict[str, Associate] = {}
    for slug, entry, count in _entries(population, hands):
        found[slug] = enter_associate(entry, actor=hands.manager, on=today)
        subscribe(found[slug], shares, count, hands, paid_until=_paid_until(slug, today))
    _call(found.values(), hands)
    found["labat"] = _leave(found["labat"], hands)
    _retire(found["mauleon"], hands)
    # Written from now on: a fact on the right to vote has its hour.
    reason = "Deux versements mensuels ne sont pas arrivés."
    notify_late(found[LATE], at=now - timedelta(days=12), reason=reason, actor=hands.manager)
    _ask(population, found, shares, hands)
    return found


def _entries(population: Population, hands: Hands) -> Iterator[tuple[str, Entry, int]]:
    """Each associate with the shares they hold, in the order of their admission."""
    founded = "Assemblée constitutive"
    rows: list[tuple[str, Entry, int]] = []
    for slug, count in (*ACCOUNTS, CORRECTED):
        person = population.persons[slug]
        since = person.statuses.filter(kind="associate").earliest("starts_on").starts_on
        decision = founded if slug not in ("castaing", "trusted") else _resolution(since)
        rows.append((slug, Entry(Category.EMPLOYEE, since, decision, person=person), count))
    for slug, count in WORKERS:
        person = population.persons[slug]
        first = person.statuses.filter(kind="entrepreneur").earliest("starts_on").starts_on
        on = _assembly_after(after_months(first, 6), hands.today)
        rows.append((slug, Entry(Category.EMPLOYEE, on, _resolution(on), person=person), count))
    for one in SUPPORTERS:
        on = assembly_before(hands.today, years=3 if one.category == Category.FORMER_EMPLOYEE else 2)
        person = newcomer(one.slug, one.first_name, one.last_name, hands)
        rows.append((one.slug, Entry(one.category, on, _resolution(on), person=person), one.shares))
    for body in BODIES:
        on = assembly_before(hands.today, years=2)
        entry = Entry(
            body.category,
            on,
            _resolution(on),
            organisation=_organisation(body, hands),
            representative=newcomer(body.last_name.lower(), body.first_name, body.last_name, hands),
        )
        rows.append((body.name, entry, body.shares))
    yield from sorted(rows, key=lambda row: row[1].admitted_on)


def _resolution(on: date) -> str:
    return f"AG du {on:%d/%m/%Y}"


def _assembly_after(day: date, today: date) -> date:
    """The first assembly of June after a day; before today in any case."""
    years = (assembly_before(today, years=ago) for ago in (3, 2, 1))
    return next((on for on in years if on >= day), days_ago(today, 90))


def _paid_until(slug: str, today: date) -> date | None:
    """The day up to which the months are paid; None when all was paid at once."""
    if slug not in IN_PARTS:
        return None
    return days_ago(today, 75) if slug == LATE else today


def subscribe(
    associate: Associate, shares: ShareClass, count: int, hands: Hands, *, paid_until: date | None
) -> None:
    """The bulletin of the day of admission, kept on paper; paid at once, or month by month."""
    on, parts = associate.admitted_on, paid_until is not None
    data = SubscriptionData(
        share_class=shares,
        quantity=count,
        first_due_on=days_ahead(on, 30),
        plan=PaymentPlan.IN_PARTS if parts else PaymentPlan.AT_ONCE,
        part_amount=2 * NOMINAL if parts else None,
    )
    row = prepare_subscription(associate, data=data, actor=hands.manager, on=on, accepted=True)
    row = sign_subscription(
        row,
        actor=hands.manager,
        at=noon(on),
        paper=Paper(on, f"Classeur des parts, bulletin n° {row.pk}"),
    )
    if paid_until is None:
        paid = PaymentData(min(data.first_due_on, hands.today), row.amount)
        record_payment(row, data=paid, actor=hands.accountant, today=hands.today)
        return
    due = data.first_due_on
    while due <= paid_until:
        paid = PaymentData(due, 2 * NOMINAL)
        record_payment(row, data=paid, actor=hands.accountant, today=hands.today)
        due = after_months(due, 1)
        row.refresh_from_db()
        if row.state == "paid":
            return


def _call(associates: Iterable[Associate], hands: Hands) -> None:
    """The civility of each person, where they said one: the turnout is told by it."""
    for person in (one.person for one in associates if one.person is not None):
        words = (word for word, names in CIVILITIES.items() if person.first_name in names)
        civility = next(words, "")
        if civility:
            save_civil_record(person, data=CivilData(civility), actor=hands.manager, on=hands.today)


def _leave(associate: Associate, hands: Hands) -> Associate:
    on = days_ago(hands.today, 60)
    return lose_status(associate, cause=LossCause.RESIGNATION, on=on, decision="", actor=hands.manager)


def _retire(associate: Associate, hands: Hands) -> None:
    change_category(
        associate,
        category=Category.FORMER_EMPLOYEE,
        college=None,
        on=days_ago(hands.today, 40),
        reason="Retraite, reste associé·e",
        actor=hands.manager,
    )


def _ask(population: Population, found: dict[str, Associate], shares: ShareClass, hands: Hands) -> None:
    """Three requests: sent, put to the vote, refused in spring."""
    life, today = population.accounts["life"], hands.today
    asked = Asked(
        share_class=shares,
        share_count=10,
        payment_plan=PaymentPlan.ON_PAY,
        letter="Deux ans que je travaille ici : je veux décider avec les autres de ce que nous devenons.",
        sponsor=found["brethes"],
    )
    for slug, ago in (("laborde", 6), ("collective", 30), ("darrieux", 150)):
        person, on = population.persons[slug], days_ago(today, ago)
        author = population.accounts.get(slug, hands.manager)
        admission = open_admission(person, asked=asked, actor=author, on=on)
        admission = submit_admission(admission, actor=author, on=on)
        if slug == "laborde":
            continue
        give_opinion(
            admission,
            opinion="Présente à trois réunions sur quatre, active dans le groupe des achats.",
            category=Category.EMPLOYEE,
            college=None,
            actor=life,
            on=on,
        )
        admission = put_to_vote(admission, actor=life)
        if slug == "darrieux":
            refuse_admission(
                admission,
                decided_on=days_ago(today, 120),
                decision="Assemblée extraordinaire, 2e résolution",
                reason="L’assemblée souhaite d’abord que la période d’essai soit finie.",
                actor=hands.manager,
                on=today,
            )


def newcomer(slug: str, first: str, last: str, hands: Hands) -> Person:
    data = PersonData(first, last, email=f"{slug}@courriel.example", postcode="40000", city="Mont-de-Marsan")
    return create_person(data, actor=hands.manager, form_key=key_of("person", slug))


def _organisation(body: Body, hands: Hands) -> Organisation:
    data = OrganisationData(body.name, kind=body.kind, postcode="40000", city="Mont-de-Marsan")
    key = key_of("organisation", body.name)
    return save_organisation(None, data=data, actor=hands.manager, form_key=key)


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), timezone.get_current_timezone()) + timedelta(hours=12)
