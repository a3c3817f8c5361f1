"""What scrutineers and the bureau watch while a box is open: its counters, what happens then (GOV-33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from governance.models import Ballot, BallotBox, Incident, RollEntry, SecretVote
from governance.selectors.secret_boxes import figures_of
from governance.selectors.secret_journal import journal_of
from governance.states.secret import Channel
from governance.states.secret_words import JOURNAL_WORDS

# Of the journal, what interrupts the course of a scrutin; an altered box is an incident already.
_TOLD = frozenset({"pause", "resume", "extend"})


@dataclass(frozen=True)
class Happened:
    """Something that the minutes will say: when, what, by whom it was written."""

    at: datetime
    words: str
    by: str


def boxes_watched(vote: SecretVote) -> QuerySet[BallotBox]:
    """Gives the sealed boxes with their figures, the ballots `received`, the voices `marked` as voting on a
    screen, and whether they `agree`: as many codes voted as voices are marked. All is read at one instant."""
    sealed = figures_of(vote.boxes.exclude(election=""))
    counted = sealed.annotate(
        received=Coalesce(_count(Ballot.objects.filter(box=OuterRef("pk"))), 0),
        marked=Coalesce(_count(RollEntry.objects.filter(box=OuterRef("pk"), channel=Channel.SCREEN)), 0),
    )
    same = When(Q(voters=F("marked")), then=True)
    return counted.annotate(agree=Case(same, default=False, output_field=BooleanField()))


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().values("box").annotate(many=Count("pk"))
    return Subquery(counted.values("many"), output_field=IntegerField())


def happenings(vote: SecretVote) -> Sequence[Happened]:
    """Gives what happened from the opening to the proclamation, the latest first."""
    if vote.opened_at is None:
        return []
    found = [
        Happened(line.at, ". ".join(filter(None, (str(JOURNAL_WORDS[line.act]), line.reason))), _who(line.by))
        for line in journal_of(vote).filter(act__in=_TOLD)
    ]
    incidents = Incident.objects.filter(assembly=vote.assembly_id, at__gte=vote.opened_at)
    if vote.proclaimed_at is not None:
        incidents = incidents.filter(at__lte=vote.proclaimed_at)
    rows = incidents.select_related("created_by__person")
    found += [Happened(one.at, one.text, _who(one.created_by)) for one in rows]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _who(user: Any) -> str:
    return str(user.person) if user is not None else _("le serveur")
