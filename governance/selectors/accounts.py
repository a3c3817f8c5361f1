"""Which resolutions rule on the accounts of a year: asked here, and by the books below (ACC-47)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounting.models import ResultAllocation
from accounting.selectors.allocation import allocations_to_join
from governance.models import AccountsResolution, Assembly, Decision, Resolution
from governance.states.accounts import AccountsPurpose
from governance.states.assemblies import HELD, AssemblyState, ResolutionState
from governance.states.bodies import DecisionState
from governance.states.votes import Method


def resolutions_allocating(allocations: Iterable[Any], _on: date) -> dict[int, int]:
    """{allocation: resolution} for those that an assembly has before it, or decided."""
    rows = AccountsResolution.objects.filter(
        allocation__in=list(allocations), purpose=AccountsPurpose.ALLOCATE
    )
    return dict(rows.values_list("allocation", "resolution"))


def allocations_offered() -> QuerySet[ResultAllocation]:
    """Proposals that an assembly may rule on."""
    return allocations_to_join()


def resolutions_adopted(assembly: Assembly) -> QuerySet[Resolution]:
    """Texts that this assembly adopted and that no allocation is known by yet."""
    decided = Decision.objects.exclude(state=DecisionState.DROPPED)
    return Resolution.objects.filter(
        assembly=assembly,
        state=ResolutionState.ON_AGENDA,
        method=Method.RESOLUTION,
        accounts__isnull=True,
        pk__in=decided.filter(resolution__isnull=False).values("resolution"),
    ).order_by("number", "pk")


def may_rule(assembly: Assembly) -> bool:
    """It is prepared, and takes a first text; or it was held, and may have ruled by texts typed here."""
    if assembly.state == AssemblyState.DRAFT:
        return assembly.call_number == 1
    return assembly.state in HELD
