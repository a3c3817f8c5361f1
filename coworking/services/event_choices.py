"""What somebody who registers chooses: a price, parts of the programme, options, answers; counted under the
lock of the event (COW-30, COW-33)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import ZERO, cents
from coworking.calculations.seats import Slot, clash
from coworking.models import (
    Event,
    EventField,
    EventPrice,
    OptionTaken,
    PartSeat,
    Registration,
    RegistrationAnswer,
)
from coworking.selectors.events import is_member
from coworking.states.events import FieldKind

YES, NO = "oui", "non"
MOST_ANSWER = 2000


@dataclass(frozen=True)
class Choices:
    """Keys of parts, numbers by key of option, texts by key of question."""

    price: EventPrice | None
    guests: int
    parts: tuple[int, ...]
    options: Mapping[int, int]
    answers: Mapping[int, str]

    @classmethod
    def of(cls, row: Registration) -> Choices:
        """What a registration chose already."""
        return cls(
            row.price,
            row.guests,
            tuple(row.part_seats.values_list("part", flat=True)),
            dict(row.options_taken.values_list("option", "quantity")),
            dict(row.answers.values_list("field", "text")),
        )


def refuse_choices(
    event: Event,
    choices: Choices,
    *,
    actor: Any,
    by_team: bool,
    is_seated: bool,
    besides: Registration | None = None,
    asks: bool = True,
) -> None:
    """Raises Refused at the field: no price where one is due, one for members, a quota reached; a part or an
    option of another event, full, or at the same time as another; a question without answer."""
    seats = 1 + choices.guests
    others = event.registrations.seated().exclude(pk=besides.pk if besides else 0)
    _refuse_price(event, choices.price, actor=actor, by_team=by_team)
    if choices.price is not None and choices.price.quota is not None and is_seated:
        taken = _seats(others.filter(price=choices.price))
        if taken + seats > choices.price.quota:
            raise Refused(Code.SLOT_TAKEN, _("Il n’y a plus assez de places à ce tarif."), field="price")
    _refuse_parts(event, choices, others, seats if is_seated else 0)
    _refuse_options(event, choices, others, counts=is_seated)
    if asks:
        _refuse_answers(event, choices)


def keep_choices(row: Registration, choices: Choices) -> None:
    """Writes the choices in the place of the former ones."""
    row.part_seats.all().delete()
    row.options_taken.all().delete()
    row.answers.all().delete()
    PartSeat.objects.bulk_create(PartSeat(registration=row, part_id=pk) for pk in choices.parts)
    amounts = dict(row.event.options.values_list("pk", "amount"))
    OptionTaken.objects.bulk_create(
        OptionTaken(registration=row, option_id=pk, quantity=count, amount=cents(amounts[pk] * count))
        for pk, count in choices.options.items()
        if count
    )
    RegistrationAnswer.objects.bulk_create(
        RegistrationAnswer(registration=row, field_id=pk, text=text.strip())
        for pk, text in choices.answers.items()
        if text.strip()
    )


def priced(event: Event, choices: Choices) -> Decimal:
    """What the choices cost, guests included, excl. tax: computed here, whatever the form said."""
    amounts = dict(event.options.values_list("pk", "amount"))
    place = choices.price.amount * (1 + choices.guests) if choices.price is not None else ZERO
    return cents(place + sum((amounts.get(pk, ZERO) * n for pk, n in choices.options.items()), ZERO))


def _seats(rows: Any) -> int:
    return int(rows.aggregate(taken=Sum(1 + F("guests")))["taken"] or 0)


def _refuse_price(event: Event, price: EventPrice | None, *, actor: Any, by_team: bool) -> None:
    if price is None:
        if event.prices.exists():
            raise Refused(Code.VALUE_MISSING, _("Choisissez un tarif."), field="price")
        return
    if price.event_id != event.pk:
        raise Refused(Code.VALUE_INVALID, _("Ce tarif n’est pas de cet événement."), field="price")
    if price.members_only and not by_team and not is_member(actor):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Ce tarif est celui des membres : connectez-vous pour l’avoir."),
            field="price",
        )


def _refuse_parts(event: Event, choices: Choices, others: Any, seats: int) -> None:
    parts = {part.pk: part for part in event.parts.all()}
    if unknown := [pk for pk in choices.parts if pk not in parts]:
        raise Refused(
            Code.VALUE_INVALID,
            _("Le programme a changé : choisissez de nouveau vos ateliers."),
            field="parts" if unknown else None,
        )
    chosen = [parts[pk] for pk in choices.parts]
    pair = clash([Slot(part.pk, part.starts_at, part.ends_at) for part in chosen])
    if pair is not None:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(one)s » et « %(other)s » ont lieu en même temps : gardez l’un des deux.")
            % {"one": parts[pair[0]], "other": parts[pair[1]]},
            field="parts",
        )
    for part in chosen:
        taken = _seats(others.filter(part_seats__part=part)) if part.capacity is not None else 0
        if part.capacity is not None and seats and taken + seats > part.capacity:
            raise Refused(
                Code.SLOT_TAKEN,
                _("« %(part)s » est complet : choisissez une autre partie.") % {"part": part},
                field="parts",
            )


def _refuse_options(event: Event, choices: Choices, others: Any, *, counts: bool) -> None:
    options = {option.pk: option for option in event.options.all()}
    for pk, number in choices.options.items():
        option = options.get(pk)
        if option is None or not 0 <= number <= 1 + choices.guests:
            raise Refused(
                Code.VALUE_INVALID,
                _("Pas plus d’une option par personne, vous et vos accompagnant·es."),
                field=f"option-{pk}",
            )
        if option.capacity is not None and number and counts:
            taken = OptionTaken.objects.filter(option=option, registration__in=others).aggregate(
                taken=Sum("quantity")
            )["taken"]
            if (taken or 0) + number > option.capacity:
                raise Refused(
                    Code.SLOT_TAKEN,
                    _("« %(option)s » n’a plus assez de places.") % {"option": option},
                    field=f"option-{pk}",
                )


def _refuse_answers(event: Event, choices: Choices) -> None:
    fields = {field.pk: field for field in event.fields.all()}
    for pk, field in fields.items():
        text = choices.answers.get(pk, "").strip()
        if field.is_required and not text:
            raise Refused(Code.VALUE_MISSING, _("Répondez à cette question."), field=f"field-{pk}")
        if text and not _answers(field, text):
            raise Refused(
                Code.VALUE_INVALID, _("Cette réponse n’est pas de celles attendues."), field=f"field-{pk}"
            )
    if any(pk not in fields for pk in choices.answers):
        raise Refused(Code.STALE_FORM, _("Les questions ont changé entre-temps : rouvrez la page."))


def _answers(field: EventField, text: str) -> bool:
    if field.kind == FieldKind.CHOICE:
        return text in field.choices
    if field.kind == FieldKind.YES_NO:
        return text in (YES, NO)
    if field.kind == FieldKind.NUMBER:
        return text.isascii() and text.isdecimal() and len(text) <= 9
    return len(text) <= MOST_ANSWER
