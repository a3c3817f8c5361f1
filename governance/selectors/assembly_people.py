"""Who may be chosen while an assembly is prepared: bureau, candidates, authors, posters (GOV-19)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from governance.models import (
    Assembly,
    Associate,
    Convocation,
    Representative,
    RuleSet,
    Vote,
    VoteResult,
)
from governance.models.assemblies import ORGANISER_KINDS
from governance.selectors.assemblies import day_of
from governance.states.assemblies import AssemblyState, ResolutionState
from governance.states.rules import RuleSetState
from governance.states.votes import CARRIED
from people.models import Person, Role, User


def assemblies_listed(user: Any) -> QuerySet[Assembly]:
    """Gives the assemblies that a person sees, with how many associates each called."""
    return (
        Assembly.objects.visible_to(user)
        .annotate(called=Count("convocations", distinct=True))
        .order_by("-starts_at", "-pk")
    )


def people_of(assembly: Assembly) -> QuerySet[Person]:
    """Gives who may sit in the bureau or stand for election: those who act for an associate on the day of the
    assembly, and those who organise it."""
    on = day_of(assembly)
    return Person.objects.filter(
        Q(pk__in=Associate.objects.on(on).filter(person__isnull=False).order_by().values("person"))
        | Q(pk__in=Representative.objects.in_force(on).order_by().values("person"))
        | Q(pk__in=organisers_on(on).values("person"))
    )


def organisers_on(on: date) -> QuerySet[Role]:
    return Role.objects.in_force(on).filter(kind__in=ORGANISER_KINDS).order_by()


def posters(on: date) -> QuerySet[User]:
    """Gives whose name may stand for the posting of letters: the open accounts of organisers."""
    people = organisers_on(on).values("person")
    return User.objects.filter(person__in=people, is_active=True).select_related("person")


def called_associates(assembly: Assembly) -> QuerySet[Associate]:
    """Gives the associates that an assembly called, by the name they are read by."""
    return (
        Associate.objects.filter(convocations__assembly=assembly)
        .select_related("person", "organisation")
        .order_by("person__sort_name", "organisation__sort_name", "pk")
    )


def acted_in(assembly: Assembly, person_id: int | None) -> QuerySet[Associate]:
    """Gives the associates called, and who still are some, for whom a person acts today: oneself, and the
    legal persons that one represents, whoever the convocation was sent to."""
    today = timezone.localdate()
    mine = Associate.objects.acted_by(person_id, today).on(today).order_by().values("pk")
    return called_associates(assembly).filter(pk__in=mine)


def convocations_of(assembly: Assembly) -> QuerySet[Convocation]:
    return assembly.convocations.select_related(
        "assembly", "associate__person", "associate__organisation", "person", "email", "posted_by__person"
    ).order_by("person__sort_name", "pk")


def rule_sets_usable() -> QuerySet[RuleSet]:
    return RuleSet.objects.exclude(state=RuleSetState.DISCARDED).order_by("-valid_from", "-number")


def undecided(assembly: Assembly) -> list[int]:
    """Gives the resolutions of an assembly that it neither adopted nor settled by an election: those without
    quorum, without majority, or not voted."""
    results = VoteResult.objects.filter(vote=OuterRef("pk")).order_by("-number")
    carried = (
        Vote.objects.filter(assembly=assembly, amendment__isnull=True)
        .annotate(last=Subquery(results.values("verdict")[:1]))
        .filter(last__in=CARRIED)
    )
    rows = assembly.resolutions.filter(state=ResolutionState.ON_AGENDA).order_by("number", "pk")
    return list(rows.exclude(pk__in=carried.order_by().values("resolution")).values_list("pk", flat=True))


def later_call_of(assembly: Assembly) -> Assembly | None:
    """Gives the second call of an assembly, unless it was called off."""
    return assembly.later_calls.exclude(state=AssemblyState.CANCELLED).first()
