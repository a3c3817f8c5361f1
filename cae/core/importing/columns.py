"""Which column of a file is which of the room's: guessed from names, kept for the person's next file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.importing.registry import Column, Import, Row
from cae.core.models import ImportLine, ImportRun, ImportState


def plain(name: Any) -> str:
    """A name of column without accents, case, or anything but letters and digits."""
    spread = unicodedata.normalize("NFKD", str(name)).lower()
    return re.sub(r"[^a-z0-9]", "", spread)


def guessed(spec: Import, header: Sequence[str], *, author: Any) -> dict[str, int]:
    """Gives {code: place in the file}: as this person last read a column of that name, else by its name."""
    last = _last_reading(spec, author)
    names = [plain(name) for name in header]
    found: dict[str, int] = {}
    for known in (last, *_names(spec)):
        for place, name in enumerate(names):
            code = known.get(name)
            if code and code not in found and place not in found.values():
                found[code] = place
    return found


def _names(spec: Import) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the room's columns, then their other names: a label wins over an alias."""
    own = {plain(name): column.code for column in spec.columns for name in (column.code, column.label)}
    others = {plain(name): column.code for column in spec.columns for name in column.aliases}
    return own, others


def _last_reading(spec: Import, author: Any) -> dict[str, str]:
    """{plain name: code} of the person's last file whose columns were accepted."""
    accepted = ImportRun.objects.filter(code=spec.code, author=author).exclude(state=ImportState.MAPPING)
    run = accepted.order_by("-pk").first()
    if run is None:
        return {}
    return {plain(run.header[place]): code for code, place in run.mapping.items() if spec.column(code)}


def check_mapping(spec: Import, mapping: Mapping[str, int]) -> None:
    """Raises Refused at the column that lacks, or that is read twice."""
    for column in spec.columns:
        if column.required and column.code not in mapping:
            sentence = _("Dites quelle colonne du fichier donne « %(column)s ».") % {"column": column.label}
            raise Refused(Code.VALUE_MISSING, sentence, field=column.code)
    seen: dict[int, Column] = {}
    for code, place in mapping.items():
        read = spec.column(code)
        if read is not None and place in seen:
            names = {"one": seen[place].label, "other": read.label}
            sentence = _("« %(one)s » et « %(other)s » lisent la même colonne du fichier.") % names
            raise Refused(Code.VALUE_INVALID, sentence, field=code)
        if read is not None:
            seen[place] = read


def row_of(line: ImportLine, mapping: Mapping[str, int]) -> Row:
    """The line as the room reads it."""
    return Row(line.number, {code: line.raw[place] for code, place in mapping.items()})
