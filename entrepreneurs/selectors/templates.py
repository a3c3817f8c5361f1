"""The texts of letters in force on a day: those the cooperative wrote, or those of origin (ENT-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cae.core.errors import Code, Refused
from cae.core.letters import Block
from entrepreneurs.models import Letter, LetterText
from entrepreneurs.states.letters import ORIGINS


@dataclass(frozen=True)
class TextInForce:
    """A text as it is merged today; `valid_from` is empty for a text of origin."""

    code: str
    label: str
    body: str
    valid_from: date | None
    of_contract: bool

    @property
    def is_confirmed(self) -> bool:
        """A text of origin was written by us: the cooperative has it read before it signs anything."""
        return self.valid_from is not None


def text_in_force(code: str, on: date) -> TextInForce:
    """Gives the text of a code on a day. Raises Refused(value_invalid) for an unknown one."""
    row = texts_of(code).filter(valid_from__lte=on).first()
    return _text(code, row)


def texts_of(code: str) -> QuerySet[LetterText]:
    """Gives the versions that the cooperative wrote of a text, the latest first."""
    return (
        LetterText.objects.filter(code=code).select_related("author__person").order_by("-valid_from", "-pk")
    )


def texts_in_force(on: date, *, of_contract: bool | None = None) -> list[TextInForce]:
    """Gives every text known on a day, those of contracts first, in one query."""
    latest: dict[str, LetterText] = {}
    for row in LetterText.objects.filter(valid_from__lte=on).order_by("valid_from", "pk"):
        latest[row.code] = row
    codes = [*ORIGINS, *sorted(set(latest) - set(ORIGINS))]
    found = [_text(code, latest.get(code)) for code in codes]
    return [text for text in found if of_contract is None or text.of_contract == of_contract]


def _text(code: str, row: LetterText | None) -> TextInForce:
    origin = ORIGINS.get(code)
    if row is not None:
        of_contract = origin.of_contract if origin else False
        return TextInForce(code, row.label, row.body, row.valid_from, of_contract)
    if origin is None:
        raise Refused(Code.VALUE_INVALID, f"« {code} »", field="code")
    return TextInForce(code, str(origin.label), origin.body, None, origin.of_contract)


def letters_listed(user: Any) -> QuerySet[Letter]:
    """Gives the letters within sight, the latest first."""
    return Letter.objects.visible_to(user).select_related("person", "document", "made_by__person")


def blocks_of(frozen: list[dict[str, str]]) -> list[Block]:
    """Gives back the text as it was frozen."""
    return [Block(one["kind"], one["text"]) for one in frozen]
