"""Texts with fields of any room, merged for a person: contracts, letters, attestations (ENT-22).

A text is plain: « # » opens its title, « ## » a heading, « - » an item, a blank line a paragraph. A field is
`{{ personne.nom }}`; `{% si contrat.fin %} … {% sinon %} … {% fin %}` keeps a passage for when a field holds
something. Nothing else is read: what people type never becomes a template of Django. What a field holds is
put in after the text was cut into blocks, so that no value opens a heading of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.elision import is_joined
from cae.core.errors import Code, Refused

_PLACE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
_JOINT = re.compile(r"\b([Dd]|[Qq]u)e (\{\{\s*([\w.]+)\s*\}\})")
_TAG = re.compile(r"\{%\s*(sinon|fin|si)\b\s*([\w.]*)\s*%\}")
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_BLANK = re.compile(r"\n\s*\n")
# A contract is written in French (C. trav. L1221-3), whoever reads the screens; so is every letter.
LANGUAGE = "fr"
# How the lines that are no paragraph begin; the longest mark first.
_MARKS = (("## ", "heading"), ("# ", "title"), ("- ", "item"))


@dataclass(frozen=True)
class LetterField:
    """What a field means, and an example of what it holds."""

    label: Any
    example: Any


@dataclass(frozen=True)
class LetterSubject:
    """Whom the letter is for, what it is about (a set of clauses…), on which day."""

    person: Any
    on: date
    about: Any = None


@dataclass(frozen=True)
class FieldGroup:
    """The fields of one prefix (« personne »), and who fills them in."""

    prefix: str
    label: Any
    fields: Mapping[str, LetterField]
    provider: Callable[[LetterSubject], Mapping[str, str]]

    @property
    def named(self) -> list[tuple[str, LetterField]]:
        return [(f"{self.prefix}.{name}", field) for name, field in self.fields.items()]


@dataclass(frozen=True)
class Block:
    """A piece of the merged text: `kind` is title, heading, item or paragraph."""

    kind: str
    text: str

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind, "text": self.text}


GROUPS: dict[str, FieldGroup] = {}


def provide_fields(
    prefix: str,
    *,
    label: Any,
    fields: Mapping[str, LetterField],
    provider: Callable[[LetterSubject], Mapping[str, str]],
) -> None:
    """Registers the fields of a prefix, once, in the `apps.py` of the room that fills them in."""
    if prefix in GROUPS:
        raise ValueError(f"the fields of {prefix!r} are provided twice")
    GROUPS[prefix] = FieldGroup(prefix, label, fields, provider)


def known_fields() -> dict[str, LetterField]:
    """Gives every field by its whole name."""
    return {name: field for group in GROUPS.values() for name, field in group.named}


def check_letter(body: str) -> None:
    """Raises Refused(value_invalid) at `body` when the text cannot be merged, and says where and why."""
    if not body.strip():
        raise Refused(Code.VALUE_MISSING, _("Écrivez le texte de ce modèle."), field="body")
    known = known_fields()
    unknown = [_unknown(body, at, name, known) for at, name in _names(body) if name not in known]
    if unknown:
        raise _wrong(" ".join(unknown))
    for number, line in enumerate(_TAG.sub("", _PLACE.sub("", body)).splitlines(), start=1):
        if found := _LOOSE.search(line):
            raise _wrong(
                _(
                    "Ligne %(number)d, « %(line)s » : les accolades entourent le nom d’un champ, comme"
                    " %(example)s, ou une condition, comme %(condition)s."
                )
                % {
                    "number": number,
                    "line": line[max(0, found.start() - 20) : found.end() + 30].strip(),
                    "example": "{{ personne.nom }}",
                    "condition": "{% si contrat.fin %}",
                }
            )
    _choose(body, lambda name: True)


def merge_letter(body: str, subject: LetterSubject) -> list[Block]:
    """Gives the merged text. Raises Refused(value_missing) naming the fields that hold nothing: a contract is
    not printed with a hole in it."""
    values = _values(body, subject)
    chosen = _choose(body, lambda name: bool(values[name]))
    empty = sorted({name for name in _PLACE.findall(chosen) if not values[name]})
    if empty:
        known = known_fields()
        raise Refused(
            Code.VALUE_MISSING,
            _("Rien dans : %(fields)s. Complétez le dossier, ou rendez le passage facultatif.")
            % {"fields": ", ".join(f"{known[name].label} ({name})" for name in empty)},
        )
    return list(_blocks(chosen, values))


def draft_letter(body: str, subject: LetterSubject) -> list[Block]:
    """Gives the same with its holes, each named, to see how far the file is complete."""
    values = _values(body, subject)
    chosen = _choose(body, lambda name: bool(values[name]))
    shown = {name: value or f"[{name}]" for name, value in values.items()}
    return list(_blocks(chosen, shown))


def example_letter(body: str) -> list[Block]:
    """Gives the text with the example of each field."""
    values = {name: str(field.example) for name, field in known_fields().items()}
    return list(_blocks(_choose(body, lambda name: bool(values[name])), values))


def _values(body: str, subject: LetterSubject) -> dict[str, str]:
    """Asks the rooms that the text names, and no other."""
    names = {name for _at, name in _names(body)}
    given = {
        prefix: _given_by(GROUPS[prefix], subject)
        for prefix in {name.partition(".")[0] for name in names}
        if prefix in GROUPS
    }
    return {
        name: str(given.get(name.partition(".")[0], {}).get(name.partition(".")[2]) or "") for name in names
    }


def _given_by(group: FieldGroup, subject: LetterSubject) -> Mapping[str, str]:
    with translation.override(LANGUAGE):
        return {name: str(value or "") for name, value in group.provider(subject).items()}


def _choose(body: str, holds: Callable[[str], bool]) -> str:
    """Keeps the passages whose condition holds. Raises Refused for one that is never closed, or nested."""
    kept: list[str] = []
    at, opened, condition, keeping = 0, 0, "", True
    for tag in _TAG.finditer(body):
        word, name = tag[1], tag[2]
        if keeping:
            kept.append(body[at : tag.start()])
        at = tag.end()
        if word == "si":
            if condition:
                raise _wrong(
                    _("Ligne %(number)d, « %(tag)s » : une condition ne s’ouvre pas dans une autre.")
                    % {"number": _line_of(body, tag.start()), "tag": tag[0]}
                )
            opened, condition, keeping = tag.start(), name, holds(name)
        elif not condition:
            raise _wrong(
                _("Ligne %(number)d, « %(tag)s » : aucune condition n’est ouverte ici.")
                % {"number": _line_of(body, tag.start()), "tag": tag[0]}
            )
        elif word == "sinon":
            keeping = not holds(condition)
        else:
            condition, keeping = "", True
    if condition:
        raise _wrong(
            _("Ligne %(number)d, la condition « %(tag)s » n’est pas fermée : ajoutez %(end)s à sa fin.")
            % {
                "number": _line_of(body, opened),
                "tag": "{% si " + condition + " %}",
                "end": "{% fin %}",
            }
        )
    return "".join([*kept, body[at:]])


def _blocks(text: str, values: Mapping[str, str]) -> Iterator[Block]:
    for part in _BLANK.split(text.replace("\r\n", "\n")):
        running: list[str] = []
        for line in part.strip().splitlines():
            kind = next((kind for mark, kind in _MARKS if line.startswith(mark)), "")
            if not kind:
                running.append(line)
                continue
            yield from _paragraphs("\n".join(running), values)
            running = []
            yield Block(kind, " ".join(_put(line.partition(" ")[2], values).split()))
        yield from _paragraphs("\n".join(running), values)


def _paragraphs(text: str, values: Mapping[str, str]) -> Iterator[Block]:
    """A value may hold several paragraphs and a list, never a heading."""
    for part in _BLANK.split(_put(text, values).replace("\r\n", "\n")):
        running: list[str] = []
        for line in part.strip().splitlines():
            if line.startswith("- "):
                if running:
                    yield Block("paragraph", "\n".join(running))
                    running = []
                yield Block("item", line[2:].strip())
            else:
                running.append(line)
        if running:
            yield Block("paragraph", "\n".join(running))


def _put(text: str, values: Mapping[str, str]) -> str:
    def join(joint: re.Match[str]) -> str:
        word, place, name = joint.groups()
        return f"{word}’{place}" if is_joined(values[name]) else joint[0]

    return _PLACE.sub(lambda place: values[place[1]], _JOINT.sub(join, text))


def _names(body: str) -> list[tuple[int, str]]:
    """The fields that the text names, each with its place, in order."""
    places = [(found.start(), found[1]) for found in _PLACE.finditer(body)]
    return sorted(places + [(tag.start(), tag[2]) for tag in _TAG.finditer(body) if tag[1] == "si"])


def _line_of(body: str, at: int) -> int:
    return body.count("\n", 0, at) + 1


def _unknown(body: str, at: int, name: str, known: Mapping[str, LetterField]) -> str:
    facts = {"number": _line_of(body, at), "name": name}
    close = get_close_matches(name, known, n=1)
    if close:
        return _("Ligne %(number)d, champ inconnu : %(name)s — vouliez-vous dire %(close)s ?") % (
            facts | {"close": close[0]}
        )
    return _("Ligne %(number)d, champ inconnu : %(name)s. Choisissez-en un dans la liste.") % facts


def _wrong(sentence: str) -> Refused:
    return Refused(Code.VALUE_INVALID, sentence, field="body")
