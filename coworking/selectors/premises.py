"""Shared premises and what opens their doors, as pages read them (COW-06, COW-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from coworking.models import AccessItem, AccessLoan, CostShare, Member, Place, PremisesCost, Tenancy
from coworking.states.places import LoanState
from people.models import Person
from people.selectors.persons import persons_offered


def tenancies_of(place: Place) -> QuerySet[Tenancy]:
    """Who shares the premises, the latest first."""
    return place.tenancies.select_related(
        "activity__scope", "organisation", "person", "lease", "payer"
    ).order_by("-starts_on", "pk")


def present_on(place: Place, on: date) -> QuerySet[Tenancy]:
    """Who shares the premises that day."""
    return tenancies_of(place).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


def costs_of(place: Place) -> QuerySet[PremisesCost]:
    """What was shared, with each share and what became of it."""
    shares = CostShare.objects.select_related(
        "tenancy__activity__scope", "tenancy__organisation", "tenancy__person", "charge"
    )
    return place.costs.prefetch_related(Prefetch("shares", shares))


def items_of(place: Place) -> QuerySet[AccessItem]:
    """What opens its doors, each with whoever holds it now."""
    held = AccessLoan.objects.filter(state=LoanState.LENT).select_related("person")
    return place.access_items.prefetch_related(Prefetch("loans", held, to_attr="held"))


def items_to_lend(place: Place) -> QuerySet[AccessItem]:
    """What may be lent now."""
    lent = AccessLoan.objects.filter(state=LoanState.LENT).values("item")
    return place.access_items.filter(archived_at__isnull=True).exclude(pk__in=lent)


def loans_over(place: Place) -> QuerySet[AccessLoan]:
    """What came back or was lost, the latest first."""
    return (
        AccessLoan.objects.filter(item__place=place)
        .exclude(state=LoanState.LENT)
        .select_related("item", "person")
        .order_by("-ended_on", "-pk")
    )


def persons_of_place(user: Any, place: Place) -> QuerySet[Person]:
    """Among whom one chooses there: those whose file one reads, and those who work in the place."""
    members = Member.objects.filter(place=place).order_by().values("person")
    seen = persons_offered(user).order_by().values("pk")
    found = Person.objects.filter(Q(pk__in=members) | Q(pk__in=seen))
    return found.filter(merged_into__isnull=True, erased_at__isnull=True).order_by("sort_name", "pk")
