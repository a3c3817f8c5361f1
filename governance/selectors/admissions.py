"""Requests to become an associate: those in sight, what the law and the rules say of each (GOV-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from entrepreneurs.selectors.contracts import clocks, contract_in_force
from entrepreneurs.states.contracts import ContractKind
from governance.calculations.membership import employed_since, may_ask_from
from governance.calculations.rules import Rules
from governance.models import Admission, Associate, Resolution, VoteResult
from governance.selectors.rules import rules_in_force, text_or, values_of
from governance.states.assemblies import UNDER_WAY, ResolutionState
from governance.states.register import AdmissionState
from governance.states.rules import DecisionKind
from people.models import Person, Role, StatusPeriod, User
from people.states import RoleKind
from people.states.statuses import StatusKind

# They prepare admissions and write what was decided.
DECIDER_KINDS: tuple[str, ...] = (RoleKind.CO_MANAGER, RoleKind.COOPERATIVE_LIFE)
# A work contract makes these statuses.
EMPLOYED: tuple[str, ...] = (StatusKind.ENTREPRENEUR, StatusKind.STAFF)


def deciders(on: date) -> QuerySet[User]:
    """Gives the accounts of those who process admissions."""
    held = Role.objects.in_force(on).filter(person=OuterRef("person"), kind__in=DECIDER_KINDS)
    return User.objects.filter(Exists(held), is_active=True)


def admissions_listed(user: Any) -> QuerySet[Admission]:
    """Gives the requests in sight with whose they are, in one query."""
    return (
        Admission.objects.visible_to(user)
        .select_related("person", "organisation", "sponsor__person", "sponsor__organisation", "college")
        .order_by("-created_at", "-pk")
    )


def admissions_of(person: Person) -> QuerySet[Admission]:
    """Gives the requests of a person, the latest first."""
    return Admission.objects.filter(person=person).order_by("-created_at", "-pk")


def sponsors_offered(on: date) -> QuerySet[Associate]:
    """Gives who may sponsor: the associates of a day, by name."""
    rows = Associate.objects.on(on).select_related("person", "organisation")
    return rows.order_by("person__sort_name", "organisation__sort_name", "pk")


def resolutions_offered() -> QuerySet[Resolution]:
    """Gives the resolutions of admission that an assembly to come, or sitting, has on its agenda."""
    return (
        Resolution.objects.filter(
            decision_kind=DecisionKind.ADMISSION,
            state=ResolutionState.ON_AGENDA,
            assembly__state__in=UNDER_WAY,
        )
        .select_related("assembly")
        .order_by("assembly__starts_at", "number", "pk")
    )


def verdict_of(resolution: Resolution | None) -> str:
    """Gives the verdict proclaimed on a resolution, as last corrected; nothing before."""
    if resolution is None:
        return ""
    results = VoteResult.objects.filter(vote__resolution=resolution, vote__amendment__isnull=True)
    last = results.order_by("-vote__round", "-vote_id", "-number").first()
    return last.verdict if last else ""


def admission_route(on: date) -> str:
    """Gives how the rules in force on a day admit: by a vote, or by rule; nothing when they do not say."""
    return text_or(Rules(values_of(rules_in_force(on))), "admission_route")


@dataclass(frozen=True)
class AskingFacts:
    """What decides when a person may, or must, ask: employment, the delay of a CESA, an earlier refusal."""

    employed_since: date | None
    # From this day the assembly has to rule on the request (loi 78-763 art. 7 to 9).
    right_from: date | None
    # C. trav. L7331-3.
    associate_by: date | None
    may_return_on: date | None


def asking_facts(person: Person, on: date) -> AskingFacts:
    """Gives the dates that govern the request of a person."""
    periods = StatusPeriod.objects.filter(person=person, kind__in=EMPLOYED)
    spans = [(row.starts_on, row.ends_on) for row in periods if not row.is_empty]
    since = employed_since(spans, on)
    contract = contract_in_force(person, on)
    refused = Admission.objects.filter(person=person, state=AdmissionState.REFUSED)
    last = refused.order_by("-may_return_on").values_list("may_return_on", flat=True).first()
    return AskingFacts(
        since,
        may_ask_from(since) if since else None,
        clocks(contract).associate_by if contract and contract.kind == ContractKind.CESA else None,
        last,
    )
