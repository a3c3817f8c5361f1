"""The book of decisions: what was decided, who does it, by when, what became of it (GOV-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.notices import notify
from cae.core.turns import take_turn
from cae.core.workflow import performs
from governance.models import Body, Decision, Resolution
from governance.states.bodies import DECISION_FLOW, BodyKind, DecisionState
from people.models import Person, User
from people.services.changes import refuse_long, refuse_stale, require_text, write

ENTRUSTED = "governance.decision_entrusted"
ASSEMBLY_NAME = gettext_lazy("Assemblée générale")
_LONGEST_TEXT, _LONGEST_OUTCOME = 20_000, 2_000


@dataclass(frozen=True)
class DecisionData:
    """What is typed of a decision that no vote of an assembly wrote."""

    on: date
    body: Body
    title: str
    text: str = ""
    owner: Person | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class FollowUp:
    """Who does it, and by when."""

    owner: Person | None
    due_on: date | None


@transaction.atomic
def note_decision(resolution: Resolution, *, on: date, text: str, actor: Any) -> Decision:
    """Does: writes an adopted resolution in the book, under the general assembly; called again for the same
    resolution (a corrected result), it puts its text right and keeps what became of it. Refuses: nothing: the
    vote has the say. Leaves behind: the decision, the general assembly among the bodies, audit."""
    body = _general_assembly()
    row = Decision.objects.select_for_update(of=("self",)).filter(resolution=resolution).first()
    if row is None:
        row = Decision(resolution=resolution, assembly=resolution.assembly, body=body, created_by=actor)
    elif row.state == DecisionState.DROPPED:
        row.state, row.state_since = DecisionState.TO_DO, timezone.now()
    elif row.text == text:
        return row
    row.on, row.title, row.text = on, resolution.title, text
    row.save()
    audit.record(actor, "governance.decision.note", row)
    return row


@transaction.atomic
def undo_decision(resolution: Resolution, *, reason: str, actor: Any) -> None:
    """Does: drops what a corrected result no longer decides. Refuses: nothing; without decision it does
    nothing. Leaves behind: the decision dropped with its reason, audit."""
    row = Decision.objects.select_for_update(of=("self",)).filter(resolution=resolution).first()
    if row is None or row.state == DecisionState.DROPPED:
        return
    row.state, row.state_since = DecisionState.DROPPED, timezone.now()
    row.outcome = reason[:_LONGEST_OUTCOME]
    row.save()
    audit.record(actor, "governance.decision.undo", row, detail={"reason": reason[:300]})


def _general_assembly() -> Body:
    """The body in whose name assemblies decide: it is there by law, so it is written when first needed."""
    take_turn("governance.general_assembly")
    found = Body.objects.filter(kind=BodyKind.ASSEMBLY).order_by("-is_active", "pk").first()
    if found is None:
        name = house_words(ASSEMBLY_NAME)
        found, _made = Body.objects.get_or_create(name=name, defaults={"kind": BodyKind.ASSEMBLY})
    return found


@transaction.atomic
def write_decision(*, data: DecisionData, today: date, actor: User) -> Decision:
    """Does: writes in the book what a body decided otherwise than by a vote here. Refuses: no title, a day to
    come, a due day before the decision, the same one sent twice. Leaves behind: the decision, a notice to who
    is in charge, audit."""
    _check(data, today)
    Body.objects.select_for_update().get(pk=data.body.pk)
    if Decision.objects.filter(body=data.body, on=data.on, title=data.title).exists():
        raise Refused(Code.DUPLICATE, _("Cette décision est déjà inscrite au livre."), field="title")
    row = Decision.objects.create(created_by=actor, **vars(data))
    audit.record(actor, "governance.decision.write", row)
    _tell(row, None, actor)
    return row


@transaction.atomic
def change_decision(
    decision: Decision, *, data: DecisionData, today: date, version: int | None, actor: User
) -> Decision:
    """Does: changes a decision typed by hand. Refuses: one that a vote wrote, a form opened before somebody
    else’s change, what `write_decision` refuses of its content. Leaves behind: audit with the values before
    and after."""
    row = _locked(decision, version)
    if row.resolution_id is not None:
        raise Refused(
            Code.NOT_ALLOWED, _("Le texte vient du vote de l’assemblée : seul le suivi peut changer.")
        )
    _check(data, today)
    return _changed(row, data, actor)


@transaction.atomic
def entrust_decision(decision: Decision, *, data: FollowUp, version: int | None, actor: User) -> Decision:
    """Does: says who does it and by when. Refuses: a decision that is over, a due day before it was taken, a
    form opened before somebody else’s change. Leaves behind: a notice to who is in charge now, audit."""
    row = _locked(decision, version)
    if row.state != DecisionState.TO_DO:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette décision n’est plus à faire : reprenez-la d’abord."))
    _check_due(data.due_on, row.on)
    return _changed(row, data, actor)


@performs(DECISION_FLOW, "finish")
def finish_decision(decision: Decision, *, outcome: str, actor: User) -> None:
    """Does: notes that it is done, and how. Refuses: no word of what was done. Leaves behind: audit."""
    require_text(outcome, "outcome", _("Dites en une phrase ce qui a été fait."))
    _write_outcome(decision, outcome)


@performs(DECISION_FLOW, "drop")
def drop_decision(decision: Decision, *, outcome: str, actor: User) -> None:
    """Does: notes that it will not be done. Refuses: no reason. Leaves behind: audit."""
    require_text(outcome, "outcome", _("Dites pourquoi cette décision est abandonnée."))
    _write_outcome(decision, outcome)


@performs(DECISION_FLOW, "settle")
def settle_decision(decision: Decision, *, actor: User) -> None:
    """Does: notes that nothing is to be done of it: it decides by itself. Refuses: nothing more than the
    state. Leaves behind: audit."""
    decision.version += 1


@performs(DECISION_FLOW, "reopen")
def reopen_decision(decision: Decision, *, actor: User) -> None:
    """Does: takes it up again; what was noted stays to be read. Refuses: nothing more than the state.
    Leaves behind: audit."""
    decision.version += 1


def _write_outcome(row: Decision, outcome: str) -> None:
    refuse_long(outcome, "outcome", _LONGEST_OUTCOME)
    row.outcome = outcome.strip()
    row.version += 1


def _locked(decision: Decision, version: int | None) -> Decision:
    row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    refuse_stale(row, version)
    return row


def _changed(row: Decision, data: Any, actor: User) -> Decision:
    former = row.owner_id
    changed = write(row, data)
    row.version += 1
    row.save()
    audit.record(actor, "governance.decision.change", row, detail=changed)
    _tell(row, former, actor)
    return row


def _tell(row: Decision, former: int | None, actor: User) -> None:
    """Whoever is newly in charge reads it under the bell, unless they wrote it themselves."""
    if row.owner_id is None or row.owner_id in (former, actor.person_id):
        return
    notify(
        list(User.objects.filter(person=row.owner_id, is_active=True)),
        ENTRUSTED,
        subject=lambda: _("Une décision vous est confiée : %(title)s") % {"title": row.title},
        text=lambda: _("Dites ici ce qui a été fait, quand ce sera fait."),
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )


def _check(data: DecisionData, today: date) -> None:
    require_text(data.title, "title", _("Dites en une ligne ce qui a été décidé."))
    refuse_long(data.title, "title", 200)
    refuse_long(data.text, "text", _LONGEST_TEXT)
    if data.on > today:
        raise Refused(Code.DATE_INVALID, _("On n’écrit au livre que ce qui est déjà décidé."), field="on")
    _check_due(data.due_on, data.on)


def _check_due(due_on: date | None, on: date) -> None:
    if due_on is not None and due_on < on:
        raise Refused(Code.DATE_INVALID, _("L’échéance ne peut pas précéder la décision."), field="due_on")
