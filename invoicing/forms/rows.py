"""What the buttons of the editor do to the rows: add, move, copy, fill from the catalogue, paste.

Unread texts in, unread texts out, so that nobody loses what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from string import ascii_uppercase
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.keys import key_in
from entrepreneurs.states.trades import Unit
from invoicing.calculations.pasting import PastedLine, Words, pasted_lines, plain
from invoicing.calculations.totals import without_tax
from invoicing.documents import MANY
from invoicing.forms.fields import typed
from invoicing.forms.groups import (
    NO_HEADING,
    OPENS_GROUP,
    Row,
    group_after,
    group_of,
    heading_of,
    line_after,
    opens,
    restored,
)
from invoicing.forms.lines import MOST_ROWS, PREFIX, TOLD, LineForm
from invoicing.models import CatalogueItem, VatRate
from invoicing.states.sales import MAX_LINES, VatCategory

_FAULTS = {
    "unit": gettext_lazy("l’unité « %(typed)s » n’existe pas ici"),
    "vat": gettext_lazy("le taux « %(typed)s » n’est pas un taux en vigueur"),
    "quantity": gettext_lazy("la quantité « %(typed)s » n’est pas un nombre"),
    "unit_price": gettext_lazy("le prix « %(typed)s » n’est pas un nombre"),
    "discount_rate": gettext_lazy("la remise « %(typed)s » n’est pas un nombre"),
}
# What people write besides the words and codes of the house.
_SHORT_UNITS = {
    "u": Unit.ONE,
    "pce": Unit.ONE,
    "piece": Unit.ONE,
    "pieces": Unit.ONE,
    "h": Unit.HOUR,
    "hr": Unit.HOUR,
    "j": Unit.DAY,
    "jr": Unit.DAY,
    "jrs": Unit.DAY,
    "ff": Unit.LUMP_SUM,
    "ens": Unit.LUMP_SUM,
    "ml": Unit.METRE,
    "l": Unit.LITRE,
    "kilo": Unit.KILOGRAM,
}


def rows_typed(data: Any) -> list[Row]:
    """The rows as they were sent, unread."""
    count = key_in(data.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0
    names = list(LineForm.base_fields)
    return [
        {name: data.get(f"{PREFIX}-{place}-{name}", "") for name in names}
        for place in range(min(count, MOST_ROWS))
    ]


def as_typed(rows: Sequence[Row]) -> str:
    """Rows as a form sends them, which `rows_typed` reads."""
    said = {f"{PREFIX}-{place}-{name}": row.get(name, "") for place, row in enumerate(rows) for name in row}
    return urlencode({f"{PREFIX}-TOTAL_FORMS": len(rows)} | said)


def _place(text: str) -> int:
    """The rank of a row, or that of no row."""
    found = key_in(text)
    return -1 if found is None else found


def rows_after(rows: list[Row], act: str) -> tuple[list[Row], int]:
    """The rows after « add », « up-2 », « down-2 », « copy-2 », « above-2 », « remove-2 », « up_group-2 »…,
    and the place where one goes on typing."""
    if act in {"add", "add-group"}:
        return [*rows, {OPENS_GROUP: act != "add"}], len(rows)
    if act == "add-variant":
        first = _next_variant(rows)
        # A choice begins with two variants: one alone is none.
        found = [*rows, first] if not first["proposed"] else [*rows, first, _next_variant([*rows, first])]
        return found, len(found) - 1
    verb, _dash, place_text = act.partition("-")
    place = _place(place_text)
    if not 0 <= place < len(rows):
        return list(rows), len(rows) - 1
    if verb in {"up", "down"}:
        return line_after(rows, place, 1 if verb == "down" else -1)
    if verb.endswith("_group"):
        return group_after(rows, place, verb.removesuffix("_group"))
    found = _changed(rows, place, verb)
    return found, min(place + (verb == "copy"), len(found) - 1)


def _changed(rows: Sequence[Row], place: int, verb: str) -> list[Row]:
    """The rows once one of them was copied, replaced, titled or taken away."""
    found = list(rows)
    row = found[place]
    if verb == "copy":
        found.insert(place + 1, row | NO_HEADING)
    elif verb == "above" and place:
        found[place] = found[place - 1] | heading_of(row)
    elif verb == "group":
        found[place] = row | {OPENS_GROUP: True}
    elif verb == "variant":
        given = _next_variant(rows)
        found[place] = row | given | {"group_title": row.get("group_title") or given["group_title"]}
    elif verb == "remove":
        del found[place]
        if place < len(found) and opens(row) and not opens(found[place]):
            # The heading stays with what is left of its group.
            found[place] = found[place] | heading_of(row)
    return found


def rows_removed(rows: Sequence[Row], act: str) -> tuple[Sequence[Row], int]:
    """What « remove-2 » or « remove_group-2 » takes away, and from which place; nothing by another act."""
    verb, _dash, place_text = act.partition("-")
    place = _place(place_text)
    if verb not in {"remove", "remove_group"} or not 0 <= place < len(rows):
        return (), place
    gone = group_of(rows, place) if verb == "remove_group" else range(place, place + 1)
    return rows[gone.start : gone.stop], gone.start


def rows_undone(rows: list[Row], act: str, *, removed: Any) -> tuple[list[Row], int]:
    """The rows once « restore-2 » put back what was removed there, or « unpaste-3-40 » took forty away."""
    verb, _dash, told = act.partition("-")
    first, _dash, count = told.partition("-")
    place = _place(first)
    if place < 0:
        return rows, len(rows) - 1
    if verb == "restore":
        return restored(rows, rows_typed(removed), place)[:MOST_ROWS], place
    return [*rows[:place], *rows[place + max(_place(count), 0) :]], max(place - 1, 0)


def _variants_among(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.get("choice")]


def _next_variant(rows: Sequence[Row]) -> Row:
    """The opening of the next variant of the last choice; the first of a choice is the one proposed."""
    before = _variants_among(rows)
    choice = before[-1]["choice"] if before else _("Formule")
    count = sum(row["choice"] == choice for row in before)
    title = _("Variante %(letter)s") % {"letter": ascii_uppercase[min(count, 25)]}
    return {"choice": choice, "group_title": title, "proposed": count == 0}


def item_named(items: Sequence[CatalogueItem], text: str) -> CatalogueItem | None:
    """The article that a text names: its reference, its words, or the beginning of one alone."""
    wanted = plain(text)
    if not wanted:
        return None
    readings = (
        [one for one in items if wanted in {plain(one.reference), plain(item_word(one))}],
        [one for one in items if plain(one.label) == wanted],
        [one for one in items if plain(one.label).startswith(wanted)],
    )
    found = next((some for some in readings if some), [])
    return found[0] if len(found) == 1 else None


def item_word(item: CatalogueItem) -> str:
    """How an article is written in the box « Désignation »."""
    return f"{item.reference} · {item.label}" if item.reference else item.label


def item_price(item: CatalogueItem, rates: Sequence[VatRate]) -> Decimal:
    """The price before tax of an article; one announced with tax is divided by 1 + rate."""
    rate = _rate_of(item, rates)
    if item.price_includes_tax and rate is not None:
        return without_tax(item.unit_price, rate.rate)
    return item.unit_price


def _rate_of(item: CatalogueItem, rates: Sequence[VatRate]) -> VatRate | None:
    return next((one for one in rates if one.code == item.vat_code), None)


def item_values(item: CatalogueItem, rates: Sequence[VatRate]) -> Row:
    """What an article puts on a line."""
    rate = _rate_of(item, rates)
    values = {
        "label": item.label,
        "description": item.description,
        "unit": item.unit,
        "unit_price": typed(item_price(item, rates), least=2),
        "nature": item.nature,
        "item": str(item.pk),
    }
    return values | ({"vat_rate": str(rate.pk)} if rate else {})


def rows_filled(
    rows: list[Row], act: str, *, items: Sequence[CatalogueItem], rates: Sequence[VatRate]
) -> tuple[list[Row], str, int]:
    """The rows once « fill-2 » put the article on its line, or a sentence when none answers; its place."""
    place = _place(act.partition("-")[2])
    if not 0 <= place < len(rows):
        return rows, "", len(rows) - 1
    item = item_named(items, str(rows[place].get("label", "")))
    if item is None:
        return rows, _("Aucun article du catalogue ne porte cette référence ou ce nom."), place
    found = list(rows)
    found[place] = found[place] | item_values(item, rates)
    return found, "", place


def rows_picked(
    rows: list[Row], act: str, *, items: Sequence[CatalogueItem], rates: Sequence[VatRate]
) -> list[Row]:
    """The rows once « item-7 » put that article on the last row, or after it when it says something."""
    item = next((one for one in items if act == f"item-{one.pk}"), None)
    if item is None:
        return rows
    last = rows[-1] if rows else {}
    kept = rows if _says_something(last) else rows[:-1]
    return [*kept, (last if kept is not rows else {}) | item_values(item, rates)]


_FIELDS = {
    "add-group": "group_title",
    "add-variant": "group_title",
    "item": "quantity",
    "fill": "quantity",
    "group": "group_title",
    "variant": "group_title",
    "up_group": "group_title",
    "down_group": "group_title",
    "copy_group": "group_title",
}


def field_after(act: str) -> str:
    """The field where one goes on typing once a button was pressed."""
    return _FIELDS.get(act) or _FIELDS.get(act.partition("-")[0], "label")


def _says_something(row: Row) -> bool:
    return any(row.get(name) for name in TOLD)


def rows_pasted(
    rows: list[Row],
    text: str,
    *,
    items: Sequence[CatalogueItem],
    rates: Sequence[VatRate],
    at: str = "",
) -> tuple[list[Row], list[str], range]:
    """The rows once a paste came under row `at`, else under the last of those that say something; a sentence
    a doubtful line; the places of what came.

    Too many for one document: nothing moves, and the text stays where it was pasted."""
    pasted = pasted_lines(text, _words(rates))
    above = [row for row in rows[: _place(at) + 1] if _says_something(row)]
    below = [row for row in rows[_place(at) + 1 :] if _says_something(row)]
    if _place(at) < 0:
        above, below = below, []
    if len(above) + len(below) + len(pasted) > MAX_LINES:
        sentence = _("Un document compte au plus %(most)d lignes : ce collage en ajouterait %(count)d.")
        return rows, [sentence % {"most": MAX_LINES, "count": len(pasted)}], range(0)
    notes = []
    for rank, line in enumerate(pasted, start=1):
        for fault in line.faults:
            told = line.values.get(f"{fault}_text") or line.values.get(fault, "")
            sentence = _FAULTS[fault] % {"typed": told}
            notes.append(_("Ligne collée n° %(rank)d : %(what)s.") % {"rank": rank, "what": sentence})
    came = _under_headings([_row(line, items, rates) for line in pasted])
    if came and at and above and not any(above[-1].get(name) for name in ("label", "unit_price")):
        # A heading without a line yet is theirs.
        came[0] = heading_of(above.pop()) | came[0]
    return [*above, *came, *below], notes, range(len(above), len(above) + len(came))


def _under_headings(rows: Sequence[Row]) -> list[Row]:
    """Words alone above a line with a price are the heading of its group."""
    found: list[Row] = []
    for row in rows:
        heading = found[-1] if found else {}
        if row.get("unit_price") and set(heading) == {"label"}:
            found[-1] = row | {"group_title": heading["label"]}
        else:
            found.append(row)
    return found


def _row(line: PastedLine, items: Sequence[CatalogueItem], rates: Sequence[VatRate]) -> Row:
    """A pasted line over the article that its reference names; a word that is no choice stays in sight."""
    values = dict(line.values)
    reference = values.pop("reference", "")
    lost = [values.pop(name) for name in ("unit_text", "vat_text") if name in values]
    item = item_named(items, reference) if reference else None
    row: Row = item_values(item, rates) if item else {}
    if reference and item is None:
        lost.insert(0, reference)
    if lost:
        values["description"] = "\n".join(filter(None, [values.get("description", ""), *lost]))
    return row | {name: value for name, value in values.items() if value}


def _words(rates: Sequence[VatRate]) -> Words:
    units: dict[str, str] = {word: str(unit) for word, unit in _SHORT_UNITS.items()}
    for code, label in Unit.choices:
        units |= {plain(code): code, plain(str(label)): code, plain(str(MANY.get(code, label))): code}
    percents: dict[Any, str] = {}
    for rate in rates:
        # Nothing says why a line at 0 % bears no tax: its author chooses.
        if rate.category == VatCategory.STANDARD and rate.percent not in percents:
            percents[rate.percent] = str(rate.pk)
    return Words(units=units, rates=percents)
