"""The people of the measures, with an activity each: written in bulk, under every constraint."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounting.models import AnalyticAccount
from accounting.states.books import AnalyticKind
from cae.demonstration.mass.people import name_of
from entrepreneurs.models import Activity, Trade
from entrepreneurs.services.trades import create_trade
from people.models import Person, PersonScope, Role, Scope, StatusPeriod
from people.states import ScopeKind
from people.states.statuses import ROLE_OF, StatusKind

CODE, TRADE, REASON = "BENCH", "Mesure", "Mesure"


def make_persons(count: int, *, since: date, kind: str) -> list[Person]:
    """So many persons more of one status, with the role that goes with it; no account."""
    first = Person.objects.count()
    persons = Person.objects.bulk_create(
        Person(first_name=given, last_name=name) for given, name in map(name_of, range(first, first + count))
    )
    roles = Role.objects.bulk_create(
        Role(person=person, kind=ROLE_OF[kind], starts_on=since, reason=REASON) for person in persons
    )
    StatusPeriod.objects.bulk_create(
        StatusPeriod(
            person=person, kind=kind, starts_on=since, reason=REASON, change_reason=REASON, role=role
        )
        for person, role in zip(persons, roles, strict=True)
    )
    return persons


@transaction.atomic
def open_activities(count: int, *, since: date) -> list[Activity]:
    """The activities of the measures: those already there, then what lacks; a salaried entrepreneur each."""
    known = list(Activity.objects.filter(code__startswith=CODE).order_by("code").select_related("scope"))
    names = [f"{CODE}{rank:04}" for rank in range(len(known), count)]
    people = make_persons(len(names), since=since, kind=StatusKind.ENTREPRENEUR)
    scopes = Scope.objects.bulk_create(
        Scope(kind=ScopeKind.ACTIVITY, label=f"{person.full_name}, {name.lower()}")
        for person, name in zip(people, names, strict=True)
    )
    PersonScope.objects.bulk_create(
        PersonScope(person=person, scope=scope, starts_on=since)
        for person, scope in zip(people, scopes, strict=True)
    )
    trade = Trade.objects.filter(name=TRADE).first() or create_trade(name=TRADE, on=since, actor=None)
    activities = Activity.objects.bulk_create(
        Activity(
            name=scope.label,
            code=name,
            trade=trade,
            trade_label=trade.name,
            email="mesure@exemple.fr",
            scope=scope,
            opened_on=since,
        )
        for name, scope in zip(names, scopes, strict=True)
    )
    AnalyticAccount.objects.bulk_create(
        AnalyticAccount(code=one.code, label=one.name, kind=AnalyticKind.ACTIVITY, activity=one)
        for one in activities
    )
    return [*known, *activities][:count]
