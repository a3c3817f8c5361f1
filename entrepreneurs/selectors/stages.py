"""The welcome board: whose columns apply where, the cards of each with what they show, in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.options import Options, options_on
from cae.core.questions import Given, Question
from entrepreneurs.calculations.placing import column_of, is_late
from entrepreneurs.models import (
    Application,
    ApplicationDecision,
    InsurerSlip,
    SlotInvitation,
    StageMove,
    WelcomeStage,
)
from entrepreneurs.states.applications import REFERRAL, ApplicationState
from entrepreneurs.states.committees import Verdict
from entrepreneurs.states.feasibility import SlipState
from entrepreneurs.states.stages import InvitationState
from people.models import Territory


@dataclass(frozen=True)
class Card:
    """One application as its column shows it."""

    application: Any
    since: date
    days: int
    alerts: tuple[str, ...]
    source: str


@dataclass
class Column:
    """A column with its cards, those that wait longest first."""

    stage: WelcomeStage
    cards: list[Card] = field(default_factory=list)
    # Where its cards go most often.
    next_key: int | None = None


@dataclass(frozen=True)
class Board:
    """The columns of one territory, or those of the cooperative (no territory)."""

    territory: Territory | None
    columns: list[Column]

    @property
    def count(self) -> int:
        return sum(len(column.cards) for column in self.columns)


_IN_FORCE = Question(lambda: WelcomeStage.objects.in_force(Given("on")).select_related("territory"))


class Columns:
    """The columns in force on a day, read once: those of a territory, else of the nearest above it."""

    def __init__(self, on: date) -> None:
        self.by_territory: dict[int | None, list[WelcomeStage]] = defaultdict(list)
        for stage in _IN_FORCE(on=on):
            self.by_territory[stage.territory_id].append(stage)
        self._parents: dict[int, int | None] = {}
        if any(key is not None for key in self.by_territory):
            self._parents = dict(Territory.objects.values_list("pk", "parent_id"))

    def whose(self, territory_id: int | None) -> int | None:
        """The territory whose columns apply there; None for those of the cooperative."""
        at = territory_id
        while at is not None and at not in self.by_territory:
            at = self._parents.get(at)
        return at

    def of(self, territory_id: int | None) -> list[WelcomeStage]:
        """The columns that apply in a territory, in their order."""
        return self.by_territory.get(self.whose(territory_id), [])

    def standing_in(self, stage: WelcomeStage) -> Q:
        """Which of `applications_placed` a column holds: those that reached it; also, in the first, those
        that reached none or that wait in one that is gone."""
        own, waits = self.by_territory.get(stage.territory_id, []), Q(state=ApplicationState.SUBMITTED)
        reached, here = Q(reached_id=stage.pk), self._within(stage.territory_id)
        if stage not in own:
            return reached & ~waits
        if stage != own[0]:
            return reached & (here | ~waits)
        gone = Q(reached_id__isnull=True) | waits & ~Q(reached_id__in=[one.pk for one in own])
        return reached & ~waits | here & (reached | gone)

    def _within(self, owner: int | None) -> Q:
        """The applications to which the columns of a territory, or of the cooperative, apply."""
        whose = {key: self.whose(key) for key in self._parents}
        if owner is None:
            return ~Q(territory__in=[key for key, found in whose.items() if found is not None])
        return Q(territory__in=[key for key, found in whose.items() if found == owner])

    @property
    def own(self) -> list[Territory]:
        """The territories that have columns of their own."""
        firsts = [stages[0] for key, stages in self.by_territory.items() if key is not None]
        return sorted(
            (stage.territory for stage in firsts if stage.territory is not None), key=lambda one: one.name
        )


def _latest_move(column: str) -> Subquery:
    moves = StageMove.objects.filter(application=OuterRef("pk")).order_by("-moved_at", "-pk")
    return Subquery(moves.values(column)[:1])


def _where() -> dict[str, Any]:
    """The last column an application reached, and since when it is there."""
    return {
        "reached_id": _latest_move("target_id"),
        "since": Coalesce(_latest_move("since"), TruncDate("sent_at"), output_field=DateField()),
    }


def applications_placed(applications: QuerySet[Application]) -> QuerySet[Any]:
    """Adds to each the last column it reached, since when, and what the card warns about."""
    waiting = InsurerSlip.objects.filter(application=OuterRef("pk"), state=SlipState.SENT)
    refused = InsurerSlip.objects.filter(application=OuterRef("pk"), state=SlipState.REFUSED)
    silent = SlotInvitation.objects.filter(application=OuterRef("pk"), state=InvitationState.NO_ANSWER)
    decisions = ApplicationDecision.objects.filter(application=OuterRef("pk")).order_by("-decided_at", "-pk")
    placed: QuerySet[Any] = applications.select_related("trade", "territory", "advisor").annotate(
        **_where(),
        slip_waits=Exists(waiting),
        slip_refused=Exists(refused),
        has_no_answer=Exists(silent),
        postponed_to=Subquery(decisions.values("again_on")[:1]),
        last_verdict=Subquery(decisions.values("verdict")[:1]),
    )
    return placed


# The texts that the board does not show.
UNREAD = (
    "summary",
    "customers",
    "progress",
    "career",
    "skills",
    "training",
    "motivation",
    "relation_to_work",
    "collective_part",
)


def board_of(user: Any, *, territory: Territory | None, today: date) -> Board:
    """Gives the board of one set of columns: the applications that wait for an answer, within sight."""
    columns = Columns(today)
    whose = columns.whose(territory.pk if territory else None)
    rows = Application.objects.visible_to(user).filter(state=ApplicationState.SUBMITTED)
    found = applications_placed(rows).defer(*UNREAD)
    shown = [row for row in found if columns.whose(row.territory_id) == whose]
    stages = columns.by_territory.get(whose, [])
    return Board(territory, _filled(stages, shown, today))


def _filled(stages: Sequence[WelcomeStage], rows: Iterable[Any], today: date) -> list[Column]:
    columns = {stage.pk: Column(stage, next_key=next_stage_key(stages, stage)) for stage in stages}
    first = stages[0].pk if stages else None
    sources = options_on(REFERRAL, on=today)
    for row in rows:
        at = column_of(row.reached_id, columns, first=first)
        if at is not None:
            columns[at].cards.append(card_of(row, columns[at].stage, today, sources=sources))
    for column in columns.values():
        column.cards.sort(key=lambda card: (card.since, card.application.pk))
    return list(columns.values())


def next_stage_key(stages: Sequence[WelcomeStage], reached: WelcomeStage | None) -> int | None:
    """Gives the column after the one reached, where a card goes most often; None after the last."""
    keys = [one.pk for one in stages]
    if reached is None or reached.pk not in keys:
        return None
    rank = keys.index(reached.pk)
    return keys[rank + 1] if rank + 1 < len(keys) else None


def card_of(row: Any, stage: WelcomeStage, today: date, *, sources: Options) -> Card:
    """Gives what a card shows of an application of `applications_placed`."""
    alerts = []
    if is_late(row.since, late_after=stage.late_after, today=today):
        alerts.append(_("En retard dans cette colonne"))
    if row.slip_refused:
        alerts.append(_("L’assureur a refusé"))
    if row.has_no_answer:
        alerts.append(_("Sans réponse à l’invitation"))
    if row.last_verdict == Verdict.POSTPONED and row.postponed_to and row.postponed_to <= today:
        alerts.append(_("À reprendre"))
    if row.advisor_id is None:
        alerts.append(_("Personne ne la suit"))
    source = sources.label_of(row.referral) if row.referral else ""
    return Card(row, row.since, (today - row.since).days, tuple(alerts), source)


def stage_of(application: Application, *, on: date | None = None) -> WelcomeStage | None:
    """Gives the column of one application; a decided one keeps the last it reached."""
    move = latest_move(application)
    if application.state != ApplicationState.SUBMITTED:
        return move.target if move else None
    stages = stages_for(application, on=on or timezone.localdate())
    by_key = {stage.pk: stage for stage in stages}
    at = column_of(move.target_id if move else None, by_key, first=stages[0].pk if stages else None)
    return by_key.get(at) if at is not None else None


def stages_for(application: Application, *, on: date) -> list[WelcomeStage]:
    """Gives the columns an application may stand in."""
    return Columns(on).of(application.territory_id)


def latest_move(application: Application) -> StageMove | None:
    return StageMove.objects.filter(application=application).select_related("source", "target").first()


def moves_of(application: Application) -> QuerySet[StageMove]:
    """Gives the history of an application on the board, the latest first."""
    return StageMove.objects.filter(application=application).select_related(
        "source", "target", "moved_by__person"
    )


def stages_listed() -> QuerySet[WelcomeStage]:
    """Gives every column, those that ended last."""
    return WelcomeStage.objects.select_related("territory").order_by(
        F("ends_on").desc(nulls_first=True), F("territory__name").asc(nulls_first=True), "order", "pk"
    )


def _followed_by(person: int | Given) -> Q:
    """One’s own files, and those that nobody follows."""
    return Q(advisor=person) | Q(advisor__isnull=True)


def cards_to_move() -> QuerySet[Application]:
    """Gives the applications that this person may find late, for a question."""
    waiting = Application.objects.filter(state=ApplicationState.SUBMITTED)
    return waiting.filter(_followed_by(Given("person")))


def late_since(user: Any, today: date) -> list[date]:
    """Gives since when each card that stays too long is in its column, the oldest first: of one's own files,
    and of those that nobody follows."""
    rows = Application.objects.visible_to(user).filter(state=ApplicationState.SUBMITTED)
    mine: QuerySet[Any] = rows.filter(_followed_by(user.person_id)).annotate(**_where()).order_by()
    columns, found = Columns(today), []
    for territory, reached, since in mine.values_list("territory", "reached_id", "since"):
        stages = {stage.pk: stage for stage in columns.of(territory)}
        at = column_of(reached, stages, first=next(iter(stages), None))
        if at is not None and is_late(since, late_after=stages[at].late_after, today=today):
            found.append(since)
    return sorted(found)
