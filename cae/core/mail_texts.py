"""The words of mails that the cooperative may change: a closed list of « {{ words }} », versions by date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.elision import is_joined
from cae.core.errors import Code, Refused
from cae.core.models import MailText

_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_JOINT = re.compile(r"\b([Dd]|[Qq]u)e (\{\{\s*(\w+)\s*\}\})")


@dataclass(frozen=True)
class Place:
    """A word that the house fills in: what it means, and an example for the preview."""

    label: Any
    example: Any


@dataclass(frozen=True)
class MailKind:
    """A kind of mail whose words can be changed: its name, those of origin, what they may contain."""

    code: str
    label: Any
    subject: Any
    body: Any
    places: Mapping[str, Place]


MAILS: dict[str, MailKind] = {}


def register_mail(kind: MailKind) -> None:
    """Declares a kind of mail, once, in the room that writes it; its code is the `cause` of its mails."""
    if kind.code in MAILS:
        raise ValueError(f"mail {kind.code!r} is registered twice")
    MAILS[kind.code] = kind


def text_in_force(code: str, *, on: date, language: str) -> tuple[str, str]:
    """Gives subject and body in force on a date: the cooperative's, or those of origin, translated.

    Raises KeyError for an undeclared code."""
    kind = MAILS[code]
    row = versions_of(code, language).filter(valid_from__lte=on).first()
    return (row.subject, row.body) if row and row.body else (str(kind.subject), str(kind.body))


def versions_of(code: str, language: str) -> models.QuerySet[MailText]:
    """Gives the versions of a text, the latest first."""
    return MailText.objects.filter(code=code, language=language).order_by("-valid_from", "-pk")


def words_of(code: str, values: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """Gives `subject` and `paragraphs` of a mail in the active language, its words filled in.

    Raises KeyError when a word of the list has no value: a fault of the room, not of who wrote the text."""
    missing = set(MAILS[code].places) - set(values)
    if missing:
        raise KeyError(f"mail {code!r} lacks {sorted(missing)}")
    subject, body = text_in_force(code, on=on, language=get_language() or "fr")
    return fill(subject, body, values)


def fill(subject: str, body: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Puts the values in the places; a blank line begins a new paragraph, one left empty by its places is not
    written."""

    def join(joint: re.Match[str]) -> str:
        word, place, name = joint.groups()
        return f"{word}’{place}" if is_joined(values[name]) else joint[0]

    def put(text: str) -> str:
        text = _JOINT.sub(join, text)
        return _PLACE.sub(lambda place: str(values[place[1]]), text)

    parts = re.split(r"\n\s*\n", body.replace("\r\n", "\n"))
    return {
        "subject": " ".join(put(subject).split()),
        "paragraphs": [text for part in parts if (text := put(part.strip()).strip())],
    }


def examples_of(kind: MailKind) -> dict[str, str]:
    """Gives an example of each word, for the preview."""
    return {name: str(place.example) for name, place in kind.places.items()}


def check_text(kind: MailKind, *, subject: str, body: str) -> None:
    """Raises Refused at the field that is empty, or that holds a word the house cannot fill in."""
    for name, text in (("subject", subject), ("body", body)):
        if not text.strip():
            raise Refused(
                Code.VALUE_MISSING, _("Écrivez ce texte, ou rétablissez celui d’origine."), field=name
            )
        unknown = [word for word in _PLACE.findall(text) if word not in kind.places]
        rest = _PLACE.sub("", text)
        if unknown or any(mark in rest for mark in ("{{", "}}", "{%", "%}", "{#")):
            what = "{{ " + unknown[0] + " }}" if unknown else "{{"
            raise Refused(
                Code.VALUE_INVALID,
                _("« %(word)s » n’est pas un mot de la liste : recopiez-en un tel quel.") % {"word": what},
                field=name,
            )


def save_text(code: str, *, language: str, subject: str, body: str, valid_from: date, actor: Any) -> MailText:
    """Does: gives a kind of mail its words from a date on; both empty, those of origin. Refuses: a word
    outside the list, a subject or a body alone. Leaves behind: a version, audit."""
    kind = MAILS[code]
    subject, body = " ".join(subject.split()), body.strip()
    if subject or body:
        check_text(kind, subject=subject, body=body)
    if len(subject) > 200:
        raise Refused(Code.TEXT_TOO_LONG, _("L’objet compte 200 caractères au plus."), field="subject")
    before = text_in_force(code, on=valid_from, language=language)
    with transaction.atomic():
        row = MailText.objects.create(
            code=code, language=language, subject=subject, body=body, valid_from=valid_from, author=actor
        )
        after = (subject, body) if body else (str(kind.subject), str(kind.body))
        changed = {
            name: [old, new]
            for name, old, new in zip(("subject", "body"), before, after, strict=True)
            if old != new
        }
        audit.record(actor, "core.mail_text.save", row, detail={"from": valid_from.isoformat()} | changed)
        return row
