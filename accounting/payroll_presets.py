"""Where a layout of variables may start from: what programs usually read, none tried on a real file.

Source: what users of each program describe (`;`, decimal comma, one line a person and element). Payroll codes
are those of each cooperative: the plan of elements of its own payroll. « À confirmer » until a layout made
from one of them went through the program, which somebody then notes (`confirm_layout`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounting.states.payroll import DateShape, DecimalMark, Encoding, PayColumn, Separator

Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Preset:
    """A start for a layout."""

    code: str
    name: str
    columns: Columns
    separator: str = Separator.SEMICOLON
    decimal_mark: str = DecimalMark.COMMA
    date_shape: str = DateShape.SLASHES
    encoding: str = Encoding.CP1252
    has_header: bool = True
    codes: dict[str, str] = field(default_factory=dict)


_PLAIN: Columns = (
    (PayColumn.NUMBER, "Matricule"),
    (PayColumn.CODE, "Code"),
    (PayColumn.VALUE, "Valeur"),
    (PayColumn.STARTS, "Date début"),
    (PayColumn.ENDS, "Date fin"),
)

# What the house reads back by itself, and what a payroll office is given when it has no format of its own.
HOUSE = Preset(
    "house",
    "Tableur",
    (
        (PayColumn.NUMBER, "Matricule"),
        (PayColumn.LAST_NAME, "Nom"),
        (PayColumn.FIRST_NAME, "Prénom"),
        (PayColumn.CODE, "Code"),
        (PayColumn.LABEL, "Élément"),
        (PayColumn.VALUE, "Valeur"),
        (PayColumn.STARTS, "Début"),
        (PayColumn.ENDS, "Fin"),
        (PayColumn.ANALYTIC, "Activité"),
    ),
    encoding=Encoding.UTF8_BOM,
    codes={
        "fixed": "FIXE",
        "advance": "ACOMPTE",
        "year": "SOLDE-AN",
        "exit": "SOLDE-FIN",
        "absence": "ABS",
        "daily": "IJ",
        "expenses": "FRAIS",
        "cover": "DISP-MUT",
        "shares": "PARTS",
    },
)
PRESETS: dict[str, Preset] = {
    one.code: one
    for one in (
        HOUSE,
        Preset("silae", "Silae", _PLAIN),
        Preset("sage", "Sage", (*_PLAIN, (PayColumn.ANALYTIC, "Section")), has_header=False),
        Preset("cegid", "Cegid", _PLAIN, date_shape=DateShape.COMPACT, has_header=False),
        Preset("ebp", "EBP", (*_PLAIN, (PayColumn.LABEL, "Libellé"))),
    )
}
