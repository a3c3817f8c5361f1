"""Keeps the columns of the board, moves applications across them, and takes a move back (ENT-06, ENT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.turns import take_turn
from entrepreneurs.models import Application, InformationPresence, StageMove, WelcomeStage, WelcomeTarget
from entrepreneurs.selectors.stages import latest_move, stage_of, stages_for
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.stages import FIRST_STAGES, Presence, StageKind, TargetKind
from people.models import Person, Territory
from people.services.changes import require_text, write

# Who changes the columns waits for who changes them too: one of them might close the last.
TURN = "entrepreneurs.columns"
UNDO_TIME = timedelta(minutes=30)


@dataclass(frozen=True)
class StageData:
    """What a column says."""

    label: str
    kind: str = StageKind.WORK
    order: int = 1
    late_after: int | None = None


@transaction.atomic
def lay_first_stages(*, on: date, actor: Any, territory: Territory | None = None) -> list[WelcomeStage]:
    """Does: gives the cooperative, or a territory, the usual columns. Refuses: nothing; where columns stand
    already they are left as they are. Leaves behind: the columns, audit."""
    take_turn(TURN)
    known = list(WelcomeStage.objects.in_force(on).filter(territory=territory))
    if known:
        return known
    made = []
    for order, (label, kind, late_after) in enumerate(FIRST_STAGES, start=1):
        stage = WelcomeStage.objects.create(
            territory=territory, label=label, kind=kind, order=order, late_after=late_after, starts_on=on
        )
        audit.record(actor, "entrepreneurs.welcomestage.save", stage)
        made.append(stage)
    return made


@transaction.atomic
def save_stage(
    stage: WelcomeStage | None,
    *,
    data: StageData,
    starts_on: date,
    actor: Any,
    territory: Territory | None = None,
) -> WelcomeStage:
    """Does: adds a column from a day on, or changes what one says; where it applies never changes. Refuses:
    no name, a kind that does not exist, a name that another column of the same board bears, a column that
    ended. Leaves behind: the column, audit with the values before and after."""
    take_turn(TURN)
    require_text(data.label, "label", _("Donnez un nom à la colonne."))
    if data.kind not in StageKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette sorte de colonne n’existe pas."), field="kind")
    row = (
        WelcomeStage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
        if stage
        else WelcomeStage(territory=territory, starts_on=starts_on)
    )
    if row.ends_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette colonne est fermée : ajoutez-en une autre."))
    beside = WelcomeStage.objects.filter(territory=row.territory, ends_on=None).exclude(pk=row.pk)
    if beside.filter(label__iexact=data.label.strip()).exists():
        raise Refused(Code.DUPLICATE, _("Une autre colonne porte déjà ce nom."), field="label")
    changed = write(row, data)
    row.label = row.label.strip()
    row.save()
    audit.record(actor, "entrepreneurs.welcomestage.save", row, detail=changed)
    return row


@transaction.atomic
def end_stage(stage: WelcomeStage, *, last_day: date, actor: Any) -> WelcomeStage:
    """Does: closes a column after a day. Refuses: a column already closed, a day before it began, the last
    column of the cooperative. Leaves behind: the column with its history; its cards stand in the first that
    is left, audit."""
    take_turn(TURN)
    row = WelcomeStage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
    if row.ends_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette colonne est déjà fermée."))
    if last_day < row.starts_on - timedelta(days=1):
        raise Refused(
            Code.PERIOD_INVALID, _("Une colonne ne ferme pas avant d’avoir ouvert."), field="last_day"
        )
    others = WelcomeStage.objects.filter(territory=row.territory, ends_on=None).exclude(pk=row.pk)
    if row.territory_id is None and not others.exists():
        raise Refused(
            Code.NOT_ALLOWED, _("C’est la dernière colonne : le tableau en a besoin d’une au moins.")
        )
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    detail = {"last_day": last_day.isoformat()}
    audit.record(actor, "entrepreneurs.welcomestage.end", row, detail=detail)
    return row


@transaction.atomic
def move_application(
    application: Application,
    *,
    stage: WelcomeStage,
    actor: Any,
    on: date,
    seen_in: int | None = None,
    reason: str = "",
) -> StageMove:
    """Does: passes an application to a column of its board. Refuses: an application that waits for no
    answer, a column that is not of its board, the column where it already is, a card that somebody moved
    since the page showed it (`seen_in`). Leaves behind: a line of its history, audit."""
    row = locked(application)
    now_in = stage_of(row, on=on)
    if stage.pk not in {one.pk for one in stages_for(row, on=on)}:
        raise Refused(
            Code.VALUE_INVALID, _("Cette colonne n’est pas celle de son territoire."), field="stage"
        )
    if now_in is not None and now_in.pk == stage.pk:
        raise Refused(
            Code.ALREADY_DONE,
            _("Cette candidature est déjà dans « %(stage)s ».") % {"stage": stage},
            field="stage",
        )
    if seen_in is not None and now_in is not None and now_in.pk != seen_in:
        raise Refused(
            Code.STALE_FORM,
            _("Quelqu’un vient de la passer dans « %(stage)s » : voyez d’abord pourquoi.")
            % {"stage": now_in},
        )
    move = StageMove.objects.create(
        application=row, source=now_in, target=stage, since=on, moved_by=actor, reason=reason.strip()[:300]
    )
    detail = {"before": str(now_in or ""), "after": str(stage)}
    audit.record(actor, "entrepreneurs.application.move", row, detail=detail)
    return move


@transaction.atomic
def undo_move(application: Application, *, actor: Any, now: datetime) -> StageMove:
    """Does: takes back the last move of an application, with the day from which it stood there. Refuses: no
    move, one that is no longer fresh or that another person made, a column that ended since.
    Leaves behind: a line of its history (nothing is erased), audit."""
    row = locked(application)
    last = latest_move(row)
    fresh = last is not None and now - last.moved_at <= UNDO_TIME and last.moved_by_id == actor.pk
    if last is None or last.source is None or not fresh:
        raise Refused(Code.NOT_ALLOWED, _("Il n’y a rien à reprendre : passez-la dans une autre colonne."))
    if last.source_id not in {one.pk for one in stages_for(row, on=timezone.localdate(now))}:
        raise Refused(Code.NOT_ALLOWED, _("La colonne d’avant est fermée."))
    before = StageMove.objects.filter(application=row, target=last.source).exclude(pk=last.pk).first()
    sent_on = timezone.localdate(row.sent_at) if row.sent_at else last.since
    move = StageMove.objects.create(
        application=row,
        source=last.target,
        target=last.source,
        since=before.since if before else sent_on,
        moved_by=actor,
        reason=house_words(gettext_lazy("Passage repris")),
    )
    audit.record(actor, "entrepreneurs.application.undo_move", row, detail={"after": str(last.source)})
    return move


@transaction.atomic
def transfer_application(
    application: Application,
    *,
    actor: Any,
    reason: str,
    advisor: Person | None = None,
    territory: Territory | None = None,
) -> Application:
    """Does: gives an application another person to follow it, another territory, or both. Refuses: no reason,
    neither of them, an application already decided. Leaves behind: the application (its column is that of its
    new board), audit with who followed it before."""
    require_text(reason, "reason", _("Dites pourquoi cette candidature change de mains."))
    if advisor is None and territory is None:
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez une personne, un territoire, ou les deux."), field="advisor"
        )
    row = locked(application)
    before = {"by": str(row.advisor or ""), "of": str(row.territory or "")}
    row.advisor = advisor or row.advisor
    row.territory = territory or row.territory
    row.save(update_fields=["advisor", "territory"])
    detail = {
        "before": before,
        "after": {"by": str(row.advisor or ""), "of": str(row.territory or "")},
        "reason": reason,
    }
    audit.record(actor, "entrepreneurs.application.transfer", row, detail=detail)
    return row


@transaction.atomic
def note_information(
    application: Application, *, held_on: date, presence: str, today: date, actor: Any
) -> InformationPresence:
    """Does: notes the information meeting of a candidate: its date, whether they came. Refuses: a presence
    at a meeting still to come. Leaves behind: one row an application, audit."""
    row = locked(application)
    if presence != Presence.PLANNED and held_on > today:
        raise Refused(Code.DATE_INVALID, _("Cette réunion n’a pas encore eu lieu."), field="presence")
    noted, _made = InformationPresence.objects.update_or_create(
        application=row, defaults={"held_on": held_on, "presence": presence, "noted_by": actor}
    )
    detail = {"on": held_on.isoformat(), "value": presence}
    audit.record(actor, "entrepreneurs.informationpresence.note", row, detail=detail)
    return noted


@transaction.atomic
def set_target(
    *,
    kind: str,
    year: int,
    value: int,
    actor: Any,
    territory: Territory | None = None,
    door: str = "",
    advisor: Person | None = None,
) -> WelcomeTarget:
    """Does: says what is aimed at for a year; said again, the latest counts. Refuses: a year nobody plans, a
    capacity of nobody. Leaves behind: a row (the former stays), audit."""
    if not 2000 <= year <= 2100:
        raise Refused(Code.DATE_INVALID, _("Cette année est trop éloignée."), field="year")
    if kind == TargetKind.CAPACITY and advisor is None:
        raise Refused(Code.VALUE_MISSING, _("Dites qui accompagne."), field="advisor")
    if kind != TargetKind.CAPACITY:
        advisor = None
    else:
        door = ""
    row = WelcomeTarget.objects.create(
        kind=kind,
        year=year,
        value=value,
        territory=territory,
        door=door,
        advisor=advisor,
        decided_by=actor,
    )
    audit.record(actor, "entrepreneurs.welcometarget.set", row, detail={"value": value})
    return row


def locked(application: Application) -> Application:
    """Gives the application under lock. Raises Refused(illegal_move) unless it waits for an answer."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if row.state != ApplicationState.SUBMITTED:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cette candidature n’attend plus de réponse : elle est « %(state)s ».")
            % {"state": row.get_state_display()},
        )
    return row
