"""What an event offers beside its hours: parts, prices, options, questions of the form (COW-28, 30, 33)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from coworking.models import Event, EventField, EventOption, EventPart, EventPrice, Resource
from coworking.services.event_rooms import take_room
from coworking.services.events import locked, refuse_over
from coworking.states.bookings import COMING
from coworking.states.events import FieldKind, OptionKind
from people.models import Person, Territory
from people.services.changes import one_line, refuse_long, write

_REMOVED: dict[type[Any], str] = {
    EventPart: "coworking.eventpart.remove",
    EventPrice: "coworking.eventprice.remove",
    EventOption: "coworking.eventoption.remove",
    EventField: "coworking.eventfield.remove",
}
Row = TypeVar("Row", EventPart, EventPrice, EventOption, EventField)
Labelled = TypeVar("Labelled", EventPrice, EventOption, EventField)


@dataclass(frozen=True)
class PartData:
    """A part of the programme."""

    title: str
    starts_at: datetime
    ends_at: datetime
    text: str = ""
    speakers: str = ""
    room: Resource | None = None
    room_name: str = ""
    capacity: int | None = None
    territory: Territory | None = None
    facilitator: Person | None = None


@dataclass(frozen=True)
class PriceData:
    """A price of a public."""

    label: str
    amount: Decimal = ZERO
    quota: int | None = None
    members_only: bool = False


@dataclass(frozen=True)
class OptionData:
    """A meal, a night, a ride."""

    label: str
    kind: str = OptionKind.MEAL
    amount: Decimal = ZERO
    capacity: int | None = None


@dataclass(frozen=True)
class FieldData:
    """A question of the form; `choices` one a line."""

    label: str
    kind: str = FieldKind.TEXT
    choices: tuple[str, ...] = ()
    is_required: bool = False


@transaction.atomic
def save_part(event: Event, part: EventPart | None, *, data: PartData, actor: Any) -> EventPart:
    """Does: adds a part of the programme, or changes one. Refuses: no title, hours outside those of the
    event, a room of another place or already taken by another part then, fewer places than those who chose
    it, an event over, a room that others took. Leaves behind: the part, its room taken for the event, audit.
    """
    held = _locked(event)
    row = _row(held, EventPart, part)
    title = one_line(data.title, "title", _("Donnez un titre à cette partie."), most=120)
    data = replace(data, title=title)
    refuse_long(data.text, "text", 2000)
    refuse_long(data.speakers, "speakers", 300)
    if data.ends_at <= data.starts_at:
        raise Refused(Code.PERIOD_INVALID, _("La fin vient après le début."), field="ends_at")
    if data.starts_at < held.starts_at or data.ends_at > held.ends_at:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Une partie se tient pendant l’événement, pas en dehors."),
            field="starts_at",
        )
    if data.room is not None:
        _refuse_room(held, row, data)
    _refuse_fewer(row, data.capacity, "part_seats__part")
    if (
        data.room is not None
        and not held.rooms.filter(resource=data.room, booking__state__in=COMING).exists()
    ):
        with refused_field("room"):
            take_room(held, data.room, now=timezone.now(), actor=actor)
    return _saved(row, data, "coworking.eventpart.save", actor, is_new=part is None)


@transaction.atomic
def save_price(event: Event, price: EventPrice | None, *, data: PriceData, actor: Any) -> EventPrice:
    """Does: adds a price, or changes one; those who registered keep theirs. Refuses: no public named, one
    named twice, a negative price, a paid place where nothing sells it, an event over. Leaves behind: the
    price, audit."""
    held = _locked(event)
    row = _row(held, EventPrice, price)
    data = replace(data, label=one_line(data.label, "label", _("Dites pour qui est ce tarif."), most=80))
    _refuse_twice(row, data.label)
    _refuse_unsold(held, data.amount)
    _refuse_fewer(row, data.quota, "price", "quota")
    return _saved(row, data, "coworking.eventprice.save", actor, is_new=price is None)


@transaction.atomic
def save_option(event: Event, option: EventOption | None, *, data: OptionData, actor: Any) -> EventOption:
    """Does: adds an option, or changes one; those who asked for it keep its price. Refuses: no name, one
    named twice, an unknown nature, a negative price, a paid option where nothing sells it, an event over.
    Leaves behind: the option, audit."""
    held = _locked(event)
    row = _row(held, EventOption, option)
    data = replace(data, label=one_line(data.label, "label", _("Nommez cette option."), most=120))
    if data.kind not in OptionKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la nature de l’option."), field="kind")
    _refuse_twice(row, data.label)
    _refuse_unsold(held, data.amount)
    return _saved(row, data, "coworking.eventoption.save", actor, is_new=option is None)


@transaction.atomic
def save_field(event: Event, field: EventField | None, *, data: FieldData, actor: Any) -> EventField:
    """Does: adds a question to the form, or changes one. Refuses: no question, one asked twice, an unknown
    kind of answer, a choice between fewer than two, another kind once somebody answered, an event over.
    Leaves behind: the question, audit."""
    held = _locked(event)
    row = _row(held, EventField, field)
    data = replace(data, label=one_line(data.label, "label", _("Écrivez la question."), most=160))
    _refuse_twice(row, data.label)
    if data.kind not in FieldKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez comment on répond."), field="kind")
    if data.kind == FieldKind.CHOICE and len(set(data.choices)) < 2:
        raise Refused(Code.VALUE_MISSING, _("Proposez au moins deux choix, un par ligne."), field="choices")
    if any(len(choice) > 80 for choice in data.choices):
        raise Refused(Code.TEXT_TOO_LONG, _("Un choix compte 80 caractères au plus."), field="choices")
    if row.pk and row.kind != data.kind and row.answers.exists():
        raise Refused(
            Code.NOT_ALLOWED,
            _("On y a déjà répondu : ajoutez plutôt une autre question."),
            field="kind",
        )
    if row.pk is None:
        row.position = held.fields.count() + 1
    return _saved(row, data, "coworking.eventfield.save", actor, is_new=field is None)


@transaction.atomic
def remove(row: Row, *, actor: Any) -> None:
    """Does: takes away a part, a price, an option or a question of an event. Refuses: one that somebody
    chose or answered, a part that bears costs, has papers or its results, an event over. Leaves behind:
    audit."""
    _locked(row.event)
    if isinstance(row, EventPart) and row.costs.exists():
        raise Refused(
            Code.NOT_ALLOWED, _("Des frais se répartissent sur cette partie : retirez-les d’abord.")
        )
    if isinstance(row, EventPart) and row.papers.exists():
        raise Refused(Code.NOT_ALLOWED, _("Des documents sont de cette partie : retirez-les d’abord."))
    if isinstance(row, EventPart) and row.results:
        raise Refused(Code.NOT_ALLOWED, _("Ses résultats sont écrits : cet atelier reste au programme."))
    if _chosen(row):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Des inscrit·es l’ont déjà choisi : mettez-y zéro place, ou écrivez-leur d’abord."),
        )
    audit.record(actor, _REMOVED[type(row)], row)
    row.delete()


@contextmanager
def refused_field(name: str) -> Iterator[None]:
    """Says a refusal at this field."""
    try:
        yield
    except Refused as refusal:
        refusal.field = name
        raise


def _locked(event: Event) -> Event:
    held = locked(event)
    refuse_over(held)
    return held


def _row(event: Event, model: type[Row], known: Row | None) -> Row:
    if known is None:
        return model(event=event)
    row = model.objects.get(pk=known.pk, event=event)
    row.event = event
    return row


def _saved(row: Row, data: Any, verb: str, actor: Any, *, is_new: bool) -> Row:
    changed = write(row, data)
    row.save()
    audit.record(actor, verb, row, detail={} if is_new else changed)
    return row


def _chosen(row: models.Model) -> bool:
    if isinstance(row, EventPart):
        return row.seats.exists()
    if isinstance(row, EventPrice):
        return row.registrations.exists()
    return row.taken.exists() if isinstance(row, EventOption) else row.answers.exists()  # type: ignore[attr-defined]


def _refuse_twice(row: Labelled, label: str) -> None:
    same = type(row).objects.filter(event=row.event, label__iexact=label).exclude(pk=row.pk)
    if same.exists():
        raise Refused(Code.DUPLICATE, _("Cet événement a déjà une ligne de ce nom."), field="label")


def _refuse_unsold(event: Event, amount: Decimal) -> None:
    if amount < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un prix n’est pas négatif."), field="amount")
    if amount and (event.place is None or event.place.activity_id is None):
        raise Refused(
            Code.ACCOUNT_MISSING,
            _("Rien ne facturerait ce prix : tenez l’événement dans un lieu qui vend."),
            field="amount",
        )


def _refuse_fewer(row: Row, most: int | None, path: str, field: str = "capacity") -> None:
    """Raises Refused when more people chose it than it would hold."""
    if most is None or row.pk is None:
        return
    rows = row.event.registrations.seated().filter(**{path: row.pk})
    taken = sum(one.seats for one in rows)
    if most < taken:
        raise Refused(
            Code.VALUE_INVALID,
            _("%(count)d personnes l’ont déjà choisi : il faut au moins autant de places.")
            % {"count": taken},
            field=field,
        )


def _refuse_room(event: Event, row: EventPart, data: PartData) -> None:
    if data.room is None or event.place_id != data.room.place_id:
        raise Refused(Code.VALUE_INVALID, _("Cette salle est d’un autre lieu."), field="room")
    others = event.parts.filter(room=data.room, starts_at__lt=data.ends_at, ends_at__gt=data.starts_at)
    other = others.exclude(pk=row.pk).first()
    if other is not None:
        raise Refused(
            Code.SLOT_TAKEN,
            _("« %(part)s » s’y tient déjà à cette heure : prenez une autre salle.") % {"part": other},
            field="room",
        )
