"""The collectives: agreements signed, one proposed, a result shared, demands to join (ENT-44, ENT-45)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from django.utils import timezone

from accounting.services.sharing import share_result
from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.core.signing import Hand, Origin
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population
from entrepreneurs.agreement_mails import SIGNED, TO_SIGN
from entrepreneurs.models import Activity, Agreement
from entrepreneurs.services.agreement_signing import countersign_agreement, sign_agreement
from entrepreneurs.services.agreements import ShareContent, draft_agreement, propose_agreement
from entrepreneurs.services.members import (
    ask_to_join,
    change_part,
    join_activity,
    open_to_members,
)
from entrepreneurs.services.opinions import give_member_opinion
from entrepreneurs.states.agreements import AgreementState
from entrepreneurs.states.feasibility import Opinion
from people.models import PersonScope
from people.states import ScopePart

TEXT = """Chacun apporte ses clients et signe ses devis au nom du collectif.

Les prix et les dépenses de plus de 300 € se décident ensemble, le premier lundi du mois.

Qui veut entrer rencontre tous les membres, qui donnent leur avis ; on sort après trois mois de préavis."""

# The key of each: result, then contribution, in the order of its people.
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "PASSERELLE": (("2/5", "3/10", "3/10"), ("1/3", "1/3", "1/3")),
    "IDIOME": (("1/2", "1/2"), ("1/2", "1/2")),
    "SEQUENCE": (("3/5", "2/5"), ("1/2", "1/2")),
}
SHARED = ("PASSERELLE", "IDIOME")
# Proposed a week ago: one of the two has signed.
PROPOSED = "BUTINE"


def gather(shops: Sequence[Shop], population: Population, *, today: date, now: datetime) -> None:
    by_code = {shop.plan.code: shop for shop in shops}
    for code, (results, contributions) in KEYS.items():
        shop = by_code[code]
        agreement = _propose(shop, population, results, contributions)
        _sign_all(agreement, population)
    for code in SHARED:
        activity = by_code[code].activity
        end = today.replace(day=1) - timedelta(days=1)
        if end >= activity.opened_on:
            share_result(
                activity,
                start=activity.opened_on,
                end=end,
                today=today,
                actor=population.accounts["accountant"],
            )
    signed = [
        str(key) for key in Agreement.objects.filter(state=AgreementState.SIGNED).values_list("pk", flat=True)
    ]
    read_notices(Notice.objects.filter(kind__in=(TO_SIGN, SIGNED), about_id__in=signed), at=now)
    waiting = _propose(by_code[PROPOSED], population, ("1/2", "1/2"), ("1/2", "1/2"))
    first = waiting.shares.select_related("person").first()
    if first is not None:
        _sign(waiting, first.person, _at(today - timedelta(days=5)))
    _move_people(by_code, population, today)
    _ask(by_code, population, today)


def _propose(
    shop: Shop, population: Population, results: tuple[str, ...], contributions: tuple[str, ...]
) -> Agreement:
    people = [population.persons[slug] for slug in shop.plan.people]
    shares = [
        ShareContent(
            person,
            Fraction(result),
            Fraction(contribution),
            credited=_own(person.pk, shop.activity),
        )
        for person, result, contribution in zip(people, results, contributions, strict=True)
    ]
    draft = draft_agreement(
        shop.activity,
        functioning=TEXT,
        starts_on=shop.activity.opened_on,
        shares=shares,
        actor=shop.author,
    )
    return propose_agreement(draft, actor=shop.author)


def _own(person: int, collective: Activity) -> Activity | None:
    """An activity of theirs, if they have one beside the collective."""
    return Activity.objects.filter(scope__members__person=person).exclude(pk=collective.pk).first()


def _sign_all(agreement: Agreement, population: Population) -> None:
    at = _at(agreement.starts_on)
    for share in agreement.shares.select_related("person"):
        _sign(agreement, share.person, at)
    manager = population.accounts["manager"]
    hand = Hand(str(manager.person), "Cogérance", typed=str(manager.person))
    countersign_agreement(agreement, hand=hand, origin=Origin(), at=at, actor=manager)


def _sign(agreement: Agreement, person: object, at: datetime) -> None:
    hand = Hand(str(person), typed=str(person))
    sign_agreement(agreement, person=person, hand=hand, origin=Origin(), at=at, actor=None)  # type: ignore[arg-type]


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))


def _move_people(by_code: dict[str, Shop], population: Population, today: date) -> None:
    """Somebody only invoices from now on; another reads to learn the trade."""
    sound = by_code["SEQUENCE"]
    last = PersonScope.objects.filter(scope=sound.activity.scope_id).latest("pk")
    change_part(
        last,
        role=ScopePart.INVOICES,
        starts_on=today - timedelta(days=30),
        actor=population.accounts["advisor2"],
    )
    join_activity(
        by_code["IDIOME"].activity,
        person=population.persons["tastet"],
        role=ScopePart.READER,
        starts_on=today - timedelta(days=60),
        actor=population.accounts["advisor2"],
    )


def _ask(by_code: dict[str, Shop], population: Population, today: date) -> None:
    """A candidate wants to enter by skills; members propose to somebody."""
    bridge = by_code["PASSERELLE"]
    open_to_members(bridge.activity, is_open=True, actor=bridge.author)
    demand = ask_to_join(
        bridge.activity,
        person=population.persons["candidate"],
        message="J’anime des ateliers depuis six ans et je préfère travailler à plusieurs qu’ouvrir seule.",
        on=today,
        actor=population.accounts["candidate"],
    )
    give_member_opinion(
        demand,
        person=population.persons["collective"],
        value=Opinion.FOR,
        text="Nous avons déjà fait deux résidences ensemble.",
        on=today,
        actor=population.accounts["collective"],
    )
    open_to_members(by_code["IDIOME"].activity, is_open=True, actor=by_code["IDIOME"].author)
    ask_to_join(
        by_code["IDIOME"].activity,
        person=population.persons["checked"],
        by_members=True,
        message="Rejoins-nous pour les résidences du printemps.",
        on=today,
        actor=by_code["IDIOME"].author,
    )
