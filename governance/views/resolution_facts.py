"""What the page of a resolution shows: to who prepares it, and to the associates it is put before."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cae.core.permissions import can
from governance.calculations.amendments import order, paragraphs_of
from governance.models import Candidate, Resolution, Vote
from governance.selectors.additions import support_had, support_needed, takes_additions
from governance.selectors.assemblies import last_version, text_of
from governance.selectors.assembly_people import acted_in
from governance.selectors.elections import warnings_of
from governance.selectors.vote_lists import waits_for_second_round
from governance.states.assemblies import UNDER_WAY, AmendmentState, AssemblyState, ResolutionState
from governance.states.votes import VoteState

AMENDMENT_SHAPES: dict[str, tuple[str, str]] = {
    AmendmentState.PROPOSED: ("info", "●"),
    AmendmentState.ADOPTED: ("success", "✔"),
    AmendmentState.REJECTED: ("neutral", "✕"),
    AmendmentState.FALLEN: ("neutral", "◇"),
    AmendmentState.WITHDRAWN: ("neutral", "✕"),
}
RESOLUTION_SHAPES: dict[str, tuple[str, str]] = {
    ResolutionState.PROPOSED: ("info", "●"),
    ResolutionState.ON_AGENDA: ("success", "✔"),
    ResolutionState.REFUSED: ("neutral", "✕"),
    ResolutionState.WITHDRAWN: ("neutral", "✕"),
}


def facts_of(user: Any, resolution: Resolution) -> dict[str, Any]:
    """Gives the context of the page."""
    assembly, version = resolution.assembly, last_version(resolution)
    organises = can(user, "governance.organise_assembly", assembly)
    is_draft, on_agenda = (
        assembly.state == AssemblyState.DRAFT,
        resolution.state == ResolutionState.ON_AGENDA,
    )
    amendments = list(
        resolution.amendments.select_related("author__person", "author__organisation", "created_by__person")
    )
    is_proposed = resolution.state == ResolutionState.PROPOSED
    mine = list(acted_in(assembly, user.person_id)) if is_proposed else []
    is_voted = _is_voted(resolution)
    return {
        "resolution": resolution,
        "assembly": assembly,
        "shape": (*RESOLUTION_SHAPES[resolution.state], resolution.get_state_display()),
        "version": version,
        "versions": list(resolution.versions.select_related("created_by__person")),
        "paragraphs": paragraphs_of(version.text) if version else [],
        "amendments": [
            (one, (*AMENDMENT_SHAPES[one.state], one.get_state_display()), _may_withdraw(user, one))
            for one in order(amendments)
        ],
        "adopted": text_of(resolution)
        if any(one.state == AmendmentState.ADOPTED for one in amendments)
        else "",
        "candidates": _candidates(resolution),
        "warnings": warnings_of(resolution) if organises else [],
        "supports": support_had(resolution) if is_proposed else 0,
        "support_needed": support_needed(assembly) if is_proposed else 0,
        "may_support": bool(mine) and takes_additions(assembly, timezone.localdate()),
        "supported_by_me": bool(mine) and resolution.supports.filter(associate__in=mine).exists(),
        "may_answer": organises and is_proposed and assembly.state == AssemblyState.CONVENED,
        "may_prepare": organises and is_draft and on_agenda,
        "may_amend": on_agenda
        and version is not None
        and not is_voted
        and can(user, "governance.propose_amendment", resolution),
        "may_take_candidates": organises
        and resolution.is_election
        and on_agenda
        and not is_voted
        and assembly.state in UNDER_WAY,
        "may_withdraw_candidates": organises
        and on_agenda
        and (not is_voted or (resolution.is_election and waits_for_second_round(resolution)))
        and assembly.state in UNDER_WAY,
        "may_withdraw": (on_agenda or is_proposed)
        and not is_voted
        and assembly.state in UNDER_WAY
        and can(user, "governance.withdraw_resolution", resolution),
    }


def _is_voted(resolution: Resolution) -> bool:
    """The vote on the text has opened: nothing of it changes."""
    rows = Vote.objects.filter(resolution=resolution, amendment__isnull=True)
    return rows.exclude(state__in=(VoteState.DRAFT, VoteState.CANCELLED)).exists()


def _may_withdraw(user: Any, amendment: Any) -> bool:
    return amendment.state == AmendmentState.PROPOSED and can(
        user, "governance.withdraw_amendment", amendment
    )


def _candidates(resolution: Resolution) -> list[Candidate]:
    """Those who stand, in the order drawn; before the draw by name; who withdrew last."""
    rows = list(resolution.candidates.select_related("person"))
    return sorted(
        rows, key=lambda one: (one.withdrawn_at is not None, one.position or 0, one.label.casefold())
    )
