"""Candidates to an election, or options of a choice: same space for each, an order drawn once (GOV-15)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from governance.calculations.draws import drawn
from governance.models import Candidate, Resolution
from governance.selectors.vote_lists import elected_keys, waits_for_second_round
from governance.services.agenda import live
from governance.services.pulse import beat
from governance.services.resolutions import on_agenda, refuse_voted
from people.models import Person
from people.services.changes import refuse_long, require_text, write

STATEMENT_MOST = 1500


@dataclass(frozen=True)
class CandidateData:
    """What a candidate says, in the same space as the others."""

    label: str
    person: Person | None = None
    statement: str = ""
    born_on: date | None = None


@transaction.atomic
def add_candidate(resolution: Resolution, *, data: CandidateData, actor: Any) -> Candidate:
    """Does: receives a candidate. Refuses: what is no election or is off the agenda, a sitting closed, a vote
    opened, an order already drawn, a name there already, too long a statement. Leaves behind: the candidate,
    audit."""
    row = _election(resolution)
    _refuse_drawn(row)
    _check(row, data, None)
    candidate = Candidate(resolution=row)
    write(candidate, data)
    candidate.save()
    beat(row.assembly_id)
    audit.record(actor, "governance.candidate.add", row, detail={"name": candidate.label})
    return candidate


@transaction.atomic
def change_candidate(candidate: Candidate, *, data: CandidateData, actor: Any) -> Candidate:
    """Does: changes what a candidate says, until the order is drawn. Refuses: as `add_candidate`. Leaves
    behind: audit with the values before and after."""
    election = _election(candidate.resolution)
    _refuse_drawn(election)
    row = Candidate.objects.get(pk=candidate.pk)
    _check(election, data, row)
    changed = write(row, data)
    row.save()
    beat(election.assembly_id)
    # The row of the journal is that of the election, which has no label: it is the name of who stands.
    detail = {"name" if key == "label" else key: values for key, values in changed.items()}
    audit.record(actor, "governance.candidate.change", election, detail=detail)
    return row


def _check(election: Resolution, data: CandidateData, known: Candidate | None) -> None:
    require_text(data.label, "label", _("Donnez le nom de cette candidature."))
    refuse_long(data.label, "label", 120)
    refuse_long(data.statement, "statement", STATEMENT_MOST)
    others = election.candidates.exclude(pk=known.pk if known else 0)
    if others.filter(label__iexact=data.label.strip()).exists():
        raise Refused(Code.DUPLICATE, _("Une candidature porte déjà ce nom."), field="label")
    if data.person is not None and others.filter(person=data.person, withdrawn_at__isnull=True).exists():
        raise Refused(Code.DUPLICATE, _("Cette personne est déjà candidate."), field="person")


def _election(resolution: Resolution) -> Resolution:
    live(resolution.assembly)
    row = on_agenda(resolution)
    if not row.is_election:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette résolution n’est pas une élection."))
    if not waits_for_second_round(row):
        refuse_voted(row)
    return row


def _refuse_drawn(election: Resolution) -> None:
    """The first round freezes the names, and the draw their order."""
    refuse_voted(election)
    if election.draw_seed:
        raise Refused(Code.ILLEGAL_MOVE, _("L’ordre des candidatures est tiré : elles ne changent plus."))


@transaction.atomic
def withdraw_candidate(candidate: Candidate, *, actor: Any, at: datetime) -> Candidate:
    """Does: notes that a candidate no longer stands, before the vote or between its rounds; the order of the
    others stays. Refuses: a vote opened, one already withdrawn or elected at the first round. Leaves behind:
    the instant, audit."""
    election = _election(candidate.resolution)
    row = Candidate.objects.get(pk=candidate.pk)
    if str(row.pk) in elected_keys(election):
        raise Refused(Code.ILLEGAL_MOVE, _("Le premier tour a élu cette candidature."))
    if row.withdrawn_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette candidature est déjà retirée."))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    beat(election.assembly_id)
    audit.record(actor, "governance.candidate.withdraw", election, detail={"name": row.label})
    return row


@transaction.atomic
def draw_order(resolution: Resolution, *, actor: Any, seed: str = "") -> list[Candidate]:
    """Does: draws the order of the candidates once, from a seed that is published. Refuses: no election, no
    candidate, an order already drawn. Leaves behind: the seed, the positions, audit with the seed; whoever
    has it finds the same order again."""
    election = _election(resolution)
    _refuse_drawn(election)
    rows = {row.label: row for row in election.candidates.filter(withdrawn_at__isnull=True)}
    if not rows:
        raise Refused(Code.EMPTY_DOCUMENT, _("Aucune candidature n’est à tirer."))
    election.draw_seed = seed or secrets.token_hex(16)
    election.save(update_fields=["draw_seed"])
    order = [rows[label] for label in drawn(election.draw_seed, rows)]
    for position, row in enumerate(order, start=1):
        row.position = position
        row.save(update_fields=["position"])
    beat(election.assembly_id)
    audit.record(actor, "governance.candidate.draw", election, detail={"seal": election.draw_seed})
    return order
