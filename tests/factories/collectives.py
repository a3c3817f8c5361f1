"""Collectives in legal situations: members, an agreement signed by all, money in their books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import AnalyticAccount, Entry
from accounting.services.posting import post_entry
from accounting.services.sharing import share_result
from cae.core.signing import Hand, Origin
from entrepreneurs.models import Activity, Agreement
from entrepreneurs.services.agreement_signing import countersign_agreement, sign_agreement
from entrepreneurs.services.agreements import ShareContent, draft_agreement, propose_agreement
from entrepreneurs.services.claims import declare_claim
from entrepreneurs.services.covers import record_cover
from entrepreneurs.services.members import ask_to_join, open_to_members
from entrepreneurs.states.activities import ActivityKind
from people.models import Person, PersonScope, User
from people.states import RoleKind
from tests.factories.contracts import no_code
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_person, make_user

AT = datetime(2025, 1, 2, 9, tzinfo=ZoneInfo("Europe/Paris"))
HALVES = (Fraction(1, 2), Fraction(1, 2))


def make_collective(
    count: int = 2, *, on: date = BEGINNING, **details: object
) -> tuple[Activity, list[Person]]:
    """An open collective and those who lead it."""
    people = [make_person() for _n in range(count)]
    return make_activity(*people, on=on, kind=ActivityKind.COLLECTIVE, **details), people  # type: ignore[arg-type]


def contents(
    people: Sequence[Person],
    results: Sequence[Fraction],
    contributions: Sequence[Fraction] | None = None,
    credited: Sequence[Activity | None] | None = None,
) -> list[ShareContent]:
    """Lines of a key."""
    return [
        ShareContent(person, result, contribution, credited=own)
        for person, result, contribution, own in zip(
            people, results, contributions or results, credited or [None] * len(people), strict=True
        )
    ]


def make_agreement(
    activity: Activity, shares: Sequence[ShareContent], *, starts_on: date | None = None
) -> Agreement:
    """A draft, to be signed without any code."""
    make_cooperative()
    no_code()
    return draft_agreement(
        activity,
        functioning="Chacun apporte ses clients ; les décisions se prennent à deux.",
        starts_on=starts_on or activity.opened_on,
        shares=shares,
        actor=None,
    )


def signed_agreement(
    activity: Activity, shares: Sequence[ShareContent], *, starts_on: date | None = None, at: datetime = AT
) -> Agreement:
    """A version in force: proposed, signed by each member, then by the house."""
    agreement = propose_agreement(make_agreement(activity, shares, starts_on=starts_on), actor=None)
    for share in shares:
        hand = Hand(str(share.person), typed=str(share.person))
        sign_agreement(agreement, person=share.person, hand=hand, origin=Origin(), at=at, actor=None)
    manager = make_user(RoleKind.CO_MANAGER)
    return countersign_agreement(
        agreement, hand=Hand("Gérance", typed="Gérance"), origin=Origin(), at=at, actor=manager
    )


def earn(activity: Activity, amount: str, *, on: date, role: str = "revenue_services") -> Entry:
    """Money earned (or spent, below zero), against the bank."""
    section = AnalyticAccount.objects.get(activity=activity).pk
    lines = (debit("bank", section, Decimal(amount)), credit(role, section, Decimal(amount)))
    return post_entry(EntryDraft("OD", on, "Vente", lines), actor=None, source=None)


def contribute(activity: Activity, amount: str, *, on: date) -> Entry:
    """A contribution given to the shared services."""
    section = AnalyticAccount.objects.get(activity=activity).pk
    shared = AnalyticAccount.objects.get(kind="shared").pk
    lines = (
        debit("internal_charge", section, Decimal(amount)),
        credit("internal_link", section, Decimal(amount)),
        debit("internal_link", shared, Decimal(amount)),
        credit("internal_income", shared, Decimal(amount)),
    )
    return post_entry(EntryDraft("AN", on, "Contribution", lines), actor=None, source=None)


def gathered(user: User) -> dict[str, Any]:
    """What somebody has in a collective: agreements, a shared result, a demand, an insurance, a claim."""
    assert user.person is not None
    other, asking = make_person(), make_user(RoleKind.ENTREPRENEUR)
    activity = make_activity(user.person, other, kind=ActivityKind.COLLECTIVE, name="Les Deux Rives")
    shares = contents([user.person, other], HALVES)
    signed = signed_agreement(activity, shares)
    earn(activity, "1000.01", on=date(2025, 3, 4))
    sharing = share_result(
        activity, start=BEGINNING, end=date(2025, 12, 31), today=date(2026, 1, 2), actor=None
    )
    drafted = make_agreement(activity, shares, starts_on=date(2026, 1, 1))
    second = make_activity(user.person, other, kind=ActivityKind.COLLECTIVE, name="Le Gué")
    waiting = propose_agreement(make_agreement(second, shares), actor=None)
    today = timezone.localdate()
    open_to_members(activity, is_open=True, actor=None)
    demand = ask_to_join(activity, person=asking.person, message="Bonjour.", on=today, actor=asking)
    cover = record_cover(
        activity,
        insurer="Mutuelle des coopérateurs",
        policy="RC-1",
        classes=["civil"],
        starts_on=BEGINNING,
        ends_on=today + timedelta(days=30),
        actor=None,
    )
    claim = declare_claim(activity, happened_on=today, description="Une vitre brisée.", on=today, actor=None)
    return {
        "activity": activity,
        "signed": signed,
        "drafted": drafted,
        "waiting": waiting,
        "sharing": sharing,
        "demand": demand,
        "cover": cover,
        "claim": claim,
        "member": PersonScope.objects.get(scope=activity.scope_id, person=other),
        "trade": activity.trade,
        "asking": asking,
    }
