"""Applications in every column of the welcome board, with their moves, marks, slips and invitations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from cae.core.numbering import next_number, open_series
from cae.core.options import choices_of
from cae.demonstration.bench.people import make_persons
from entrepreneurs.models import (
    Application,
    ApplicationDecision,
    InsurerSlip,
    Mark,
    Review,
    SlotInvitation,
    StageMove,
    WelcomeStage,
)
from entrepreneurs.services.reviews import lay_first_criteria
from entrepreneurs.services.stages import lay_first_stages
from entrepreneurs.states.applications import REFERENCE_SERIES, REFERRAL, ApplicationState, Door
from entrepreneurs.states.committees import Verdict
from entrepreneurs.states.feasibility import SlipState
from entrepreneurs.states.reviews import BEST_MARK
from entrepreneurs.states.stages import InvitationState
from people.models import Person, Role, Territory, User
from people.states import RoleKind
from people.states.statuses import StatusKind

TRADES = ("Graphisme", "Menuiserie", "Traduction", "Céramique", "Formation", "Jardins", "Couture", "Édition")
STORY = "Un métier appris ailleurs, repris ici avec d’autres, pour des clients du bassin d’abord."
# Days: an application is this old at most, and stays in a column this long.
OLDEST, STAY = 90, 9


@transaction.atomic
def receive(ranks: range, *, actor: User, today: date) -> None:
    """Sent by somebody new each; a third of the files are followed, all columns are alike."""
    founded = date(today.year - 1, 1, 1)
    stages = lay_first_stages(on=founded, actor=actor)
    rows = _applications(ranks, actor, today)
    _move(rows, ranks, stages, actor, today)
    _judge(rows, ranks, len(stages), actor, founded)
    _ask_outside(rows, ranks, actor, today)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _sent_on(rank: int, today: date) -> date:
    return today - timedelta(days=rank % OLDEST)


def _advisors(today: date) -> list[Person]:
    held = Role.objects.in_force(today).filter(kind=RoleKind.ADVISOR)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("pk"))


def _applications(ranks: range, actor: User, today: date) -> list[Application]:
    open_series(REFERENCE_SERIES, label="Candidatures", template="C{YYYY}-{SEQ}", dates_rise=False)
    since = today - timedelta(days=OLDEST)
    persons = make_persons(len(ranks), since=since, kind=StatusKind.CANDIDATE)
    advisors, territories = [None, *_advisors(today)], [None, *Territory.objects.order_by("pk")]
    doors, sources = Door.values, [code for code, _label in choices_of(REFERRAL, on=today)]
    return Application.objects.bulk_create(
        Application(
            door=doors[rank % len(doors)],
            state=ApplicationState.SUBMITTED,
            state_since=_at(_sent_on(rank, today)),
            reference=next_number(REFERENCE_SERIES, _sent_on(rank, today)),
            person=person,
            advisor=advisors[rank % len(advisors)],
            first_name=person.first_name,
            last_name=person.last_name,
            email=f"candidat{rank}@mass.example",
            trade_text=TRADES[rank % len(TRADES)],
            referral=sources[rank % len(sources)],
            territory=territories[rank % len(territories)],
            summary=STORY,
            customers=STORY,
            career=STORY,
            motivation=STORY,
            consent_at=_at(_sent_on(rank, today)),
            sent_at=_at(_sent_on(rank, today)),
            retention_until=today + timedelta(days=730),
        )
        for rank, person in zip(ranks, persons, strict=True)
    )


def _move(
    rows: list[Application], ranks: range, stages: list[WelcomeStage], actor: User, today: date
) -> None:
    """Column after column, as far as its rank says."""
    StageMove.objects.bulk_create(
        StageMove(
            application=row,
            source=source,
            target=target,
            moved_by=actor,
            since=min(_sent_on(rank, today) + timedelta(days=STAY * step), today),
            moved_at=_at(_sent_on(rank, today)) + timedelta(hours=step),
        )
        for rank, row in zip(ranks, rows, strict=True)
        for step, (source, target) in enumerate(pairwise(stages), start=1)
        if step <= rank % len(stages)
    )


def _judge(rows: list[Application], ranks: range, columns: int, actor: User, founded: date) -> None:
    """Marks of every criterion on the files that are past the first interview."""
    grid = lay_first_criteria(on=founded, actor=actor)
    judged = [row for rank, row in zip(ranks, rows, strict=True) if rank % columns > 1]
    reviews = Review.objects.bulk_create(
        Review(application=row, criteria=grid, reviewer=actor, comment=STORY) for row in judged
    )
    criteria = list(grid.criteria.all())
    Mark.objects.bulk_create(
        Mark(review=review, criterion=criterion, value=(number + place) % (BEST_MARK + 1))
        for number, review in enumerate(reviews)
        for place, criterion in enumerate(criteria)
    )


def _ask_outside(rows: list[Application], ranks: range, actor: User, today: date) -> None:
    """What cards warn about: slips that wait or were refused, invitations without answer, files put off."""
    numbered = list(zip(ranks, rows, strict=True))
    InsurerSlip.objects.bulk_create(
        InsurerSlip(
            application=row,
            trade_name=row.trade_text,
            description=STORY,
            state=SlipState.REFUSED if rank % 8 == 0 else SlipState.SENT,
            answered_on=today if rank % 8 == 0 else None,
            answer="Hors garantie." if rank % 8 == 0 else "",
            sent_to="acceptation@assureur.example",
            sent_on=_sent_on(rank, today),
            sent_by=actor,
        )
        for rank, row in numbered
        if rank % 4 == 0
    )
    SlotInvitation.objects.bulk_create(
        SlotInvitation(
            application=row,
            advisor=row.advisor,
            state=InvitationState.NO_ANSWER,
            invited_on=_sent_on(rank, today),
            ended_at=_at(today),
            invited_by=actor,
        )
        for rank, row in numbered
        if rank % 5 == 0 and row.advisor is not None
    )
    ApplicationDecision.objects.bulk_create(
        ApplicationDecision(
            application=row,
            verdict=Verdict.POSTPONED,
            reason_code="other",
            reason=STORY,
            again_on=today,
            decided_by=actor,
        )
        for rank, row in numbered
        if rank % 7 == 0
    )
