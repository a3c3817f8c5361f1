"""How a return is drawn: its boxes frame by frame, in whole euros, and why a line has no box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounting.calculations.vat import Figure
from accounting.models import VatBox
from accounting.states.vat import BoxPart, BoxShape

_REASONS = {
    "rate": _("Le taux manque."),
    "kind": _("La ligne ne dit pas pourquoi elle n’est pas taxée, ou qui doit la taxe."),
    "box": _("Le formulaire n’a pas de case pour ce taux."),
    "account": _("Ce compte de TVA n’a pas de case."),
}


def reason_words(why: str) -> object:
    return _REASONS[why]


@dataclass(frozen=True)
class ShownBox:
    """A box with what it declares. `is_counted`: entries stand behind it."""

    box: VatBox
    figure: Figure

    @property
    def has_base(self) -> bool:
        return self.box.shape != BoxShape.TAX

    @property
    def has_tax(self) -> bool:
        return self.box.shape != BoxShape.BASE

    @property
    def is_total(self) -> bool:
        return bool(self.box.formula)

    @property
    def is_counted(self) -> bool:
        gathers = self.box.rate is not None or any(name != "carried" for name in self.box.gathers)
        return gathers and bool(self.figure.exact_base or self.figure.exact_tax)


@dataclass(frozen=True)
class ShownPart:
    label: object
    boxes: Sequence[ShownBox]

    @property
    def has_base(self) -> bool:
        return any(one.has_base for one in self.boxes)

    @property
    def has_tax(self) -> bool:
        return any(one.has_tax for one in self.boxes)


def parts_of(boxes: Sequence[VatBox], figures: Mapping[str, Figure]) -> list[ShownPart]:
    """The frames of the form, in its order."""
    nothing = Figure()
    shown = [ShownBox(box, figures.get(box.code, nothing)) for box in boxes]
    parts = []
    for part in BoxPart:
        rows = [one for one in shown if one.box.part == part]
        if rows:
            parts.append(ShownPart(part.label, rows))
    return parts
