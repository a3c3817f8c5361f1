"""Salaried people in bulk: an account, a contract, cash in their activity, the pay of the year so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import AnalyticAccount, PayProposal
from accounting.selectors.pay_rules import pay_of
from accounting.services.pay_making import open_pay_month
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole, JournalCode
from accounting.states.payroll import PayState
from cae.core.documents import store_document
from cae.core.periods import Month
from cae.demonstration.bench.people import REASON, open_activities
from entrepreneurs.models import Activity, Contract, ContractTerms
from entrepreneurs.states.contracts import ContractKind, ContractState, TermsState
from people.models import PersonScope, User

FIXED = Decimal("850.00")
# The cash of an activity: too little for the fixed part of some, far beyond it for others.
LEAST, STEP, STEPS = 500, 37, 100
# What each earlier month of the year paid, as a gross.
GROSS = Decimal(1500)
_PAPER = b"%PDF-1.4\n% contrat (mesure)\n%%EOF"


@transaction.atomic
def hire(count: int, *, month: Month, today: date, actor: User) -> list[int]:
    """Gives so many salaried people, by key, in the order of their activities."""
    since = date(today.year - 2, 1, 1)
    activities = open_activities(count, since=since)
    owners = _owners(activities)
    nobody = make_password(None)
    User.objects.bulk_create(
        User(email=f"salarie{key}@mesure.example", person_id=key, password=nobody) for key in owners.values()
    )
    _sign(activities, owners, since=since, actor=actor)
    _fund(activities, on=month.first, actor=actor)
    for before in Month(month.year, 1).until(month.previous()):
        _paid(before, owners, actor=actor)
    return list(owners.values())


def _owners(activities: Sequence[Activity]) -> dict[int, int]:
    """Of each activity, by key, whoever exercises it."""
    rows = PersonScope.objects.filter(scope__in=[one.scope_id for one in activities]).order_by("pk")
    persons = dict(rows.values_list("scope", "person"))
    return {one.pk: persons[one.scope_id] for one in activities}


def _sign(activities: Sequence[Activity], owners: Mapping[int, int], *, since: date, actor: User) -> None:
    """A contract each, of one paper, without those who signed it."""
    contracts = Contract.objects.bulk_create(
        Contract(
            person_id=owners[one.pk],
            kind=ContractKind.CESA,
            state=ContractState.SIGNED,
            starts_on=since,
            signed_on=since,
            activity=one,
            created_by=actor,
        )
        for one in activities
    )
    paper = store_document(
        _PAPER,
        kind="entrepreneurs.contract",
        name="contrat.pdf",
        mime="application/pdf",
        about=contracts[0],
        actor=actor,
        retention_until=date(since.year + 10, 12, 31),
    )
    ContractTerms.objects.bulk_create(
        ContractTerms(
            contract=one,
            state=TermsState.SIGNED,
            starts_on=since,
            signed_on=since,
            fixed_part=FIXED,
            pdf=paper,
            content_sha256=paper.sha256,
        )
        for one in contracts
    )


def _fund(activities: Sequence[Activity], *, on: date, actor: User) -> None:
    """What their customers paid, in one entry."""
    sections = dict(AnalyticAccount.objects.filter(activity__in=activities).values_list("activity", "pk"))
    lines = []
    for rank, one in enumerate(activities):
        cash = Decimal(LEAST + STEP * (rank * 7 % STEPS))
        lines.append(debit(AccountRole.BANK, sections[one.pk], cash))
        lines.append(credit(AccountRole.REVENUE_SERVICES, sections[one.pk], cash))
    post_entry(EntryDraft(JournalCode.BANK, on, REASON, tuple(lines)), actor=actor, source=None)


def _paid(month: Month, owners: Mapping[int, int], *, actor: User) -> None:
    """The same for everybody, as simulated after the months before it."""
    opened, pay = open_pay_month(month, actor=actor), pay_of(next(iter(owners.values())), month)
    found = pay.figures(GROSS)
    contracts = Contract.objects.filter(person__in=owners.values(), kind=ContractKind.CESA)
    PayProposal.objects.bulk_create(
        PayProposal(
            month=opened,
            person_id=one.person_id,
            contract=one,
            state=PayState.REAL,
            gross=found.gross,
            cost=found.cost,
            net=found.net,
            rgdu=found.rgdu,
            rules=pay.rules,
            checked_at=timezone.now(),
        )
        for one in contracts
    )
