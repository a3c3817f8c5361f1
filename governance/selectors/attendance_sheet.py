"""The attendance sheet: each associate of the day, how they took part, when they came and left (GOV-22)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.models import Document
from cae.core.signing import Evidence, evidence_of
from governance.calculations.quorum import Quorum
from governance.calculations.rules import RuleMissing
from governance.models import Assembly, Associate, AttendanceEvent
from governance.selectors.register import register_on
from governance.selectors.representation import BY_NAME, resolutions_asked
from governance.selectors.standing import (
    Standing,
    events_until,
    quorum_for,
    quorum_of,
    standing_of_opening,
)
from governance.states.rules import DecisionKind


@dataclass(frozen=True)
class SheetRow:
    """One associate on the sheet: address, shares, how they took part, when they came and left."""

    associate: Associate
    address: str
    acting: str
    shares: int
    way: str
    moves: str
    signature: Evidence | None = None


@dataclass(frozen=True)
class SheetTotals:
    """The foot of the sheet."""

    at: datetime
    called: int
    members: int
    present: int
    remote: int
    represented: int
    correspondence: int
    voices: int
    quorums: Sequence[tuple[str, Quorum]] = field(default_factory=list)
    # As it stood when the sitting opened; nothing while it has not, nor where the rules look at it only then:
    # `quorums` are of that moment already.
    of_opening: Sequence[tuple[str, Quorum]] = field(default_factory=list)


def sheet_rows(assembly: Assembly, standing: Standing) -> list[SheetRow]:
    """Gives the lines of the sheet by name, in a number of queries that does not grow."""
    day = timezone.localdate(standing.at)
    rows = list(register_on(day).order_by(BY_NAME, "pk"))
    named = {row.pk: row for row in rows}
    moves: dict[int, list[AttendanceEvent]] = {}
    for event in events_until(assembly, standing.at).select_related("signature__drawing", "person"):
        moves.setdefault(event.associate_id, []).append(event)
    return [
        SheetRow(
            associate=row,
            address=_address(row),
            acting=row.acting,  # type: ignore[attr-defined]
            shares=row.shares,  # type: ignore[attr-defined]
            way=_way(row, standing, named, bool(moves.get(row.pk))),
            moves=_moves(moves.get(row.pk, [])),
            signature=_mark(moves.get(row.pk, [])),
        )
        for row in rows
    ]


def sheet_totals(assembly: Assembly, standing: Standing) -> SheetTotals:
    """Gives the sums of the sheet, and the quorum of each kind of decision on the agenda, now and at the
    opening."""
    kinds = list(dict.fromkeys(one.decision_kind for one in resolutions_asked(assembly)))
    return SheetTotals(
        at=standing.at,
        called=assembly.convocations.count(),
        members=len(standing.members),
        present=len(standing.present),
        remote=len(standing.remote),
        represented=len(standing.represented),
        correspondence=len(standing.correspondence),
        voices=standing.total,
        quorums=_quorums(kinds, lambda kind: quorum_for(assembly, kind, standing)),
        of_opening=_of_opening(assembly, standing, kinds),
    )


def _of_opening(assembly: Assembly, standing: Standing, kinds: Sequence[str]) -> list[tuple[str, Quorum]]:
    opening = standing_of_opening(assembly, standing)
    return _quorums(kinds, lambda kind: quorum_of(assembly, opening, kind)) if opening is not None else []


def _quorums(kinds: Sequence[str], quorum: Callable[[str], Quorum]) -> list[tuple[str, Quorum]]:
    """Gives what the rules say, by the name of each kind; a kind that they leave empty has none."""
    found = []
    for kind in kinds:
        try:
            found.append((str(DecisionKind(kind).label), quorum(kind)))
        except RuleMissing:
            continue
    return found


def files_about(assembly: Assembly, *kinds: str) -> QuerySet[Document]:
    """Gives the papers of these kinds made of an assembly, the latest first."""
    return Document.objects.filter(kind__in=kinds, **audit.about(assembly)).order_by("-pk")


def _address(row: Associate) -> str:
    place = row.organisation if row.organisation is not None else row.person
    return ", ".join(place.address_lines) if place is not None and place.city else ""


def _way(row: Associate, standing: Standing, named: dict[int, Associate], came: bool) -> str:
    ways: list[tuple[Collection[int], str]] = [
        (standing.present, _("en salle")),
        (standing.remote, _("à distance")),
        (standing.blank, _("pouvoir en blanc")),
        (standing.correspondence, _("par correspondance")),
    ]
    if row.pk not in standing.members:
        return _("droit de vote suspendu")
    for those, words in ways:
        if row.pk in those:
            return words
    if (who := standing.holder_of.get(row.pk)) is not None:
        return _("représenté·e par %(name)s") % {"name": named[who].name if who in named else ""}
    return _("parti·e") if came else _("absent·e")


def _moves(events: Sequence[AttendanceEvent]) -> str:
    """« Arrivée 9 h 40, Départ 10 h 30 »."""
    return ", ".join(f"{event.get_kind_display()} {timezone.localtime(event.at):%H:%M}" for event in events)


def _mark(events: Sequence[AttendanceEvent]) -> Evidence | None:
    signed = [event.signature for event in events if event.signature is not None]
    return evidence_of(signed[-1]) if signed else None
