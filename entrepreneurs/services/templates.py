"""Writes the texts of contracts and letters, version by version (ENT-22)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.letters import check_letter
from cae.core.turns import take_turn
from entrepreneurs.models import LetterText
from entrepreneurs.states.letters import ORIGINS

MAX_BODY = 60_000


def save_letter_text(code: str, *, label: str, body: str, valid_from: date, actor: Any) -> LetterText:
    """Does: gives a text its words from a day on. Refuses: no name, no text, an unknown field or a condition
    left open (one sentence says which), a text too long. Leaves behind: a version, audit; what is already
    handed to be signed keeps its own."""
    label, body = " ".join(label.split()), body.replace("\r\n", "\n").strip()
    if not label:
        raise Refused(Code.VALUE_MISSING, _("Donnez un nom à ce modèle."), field="label")
    if len(body) > MAX_BODY:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce texte est trop long pour un courrier."), field="body")
    check_letter(body)
    with transaction.atomic():
        row = LetterText.objects.create(
            code=code, label=label[:120], body=body, valid_from=valid_from, author=actor
        )
        audit.record(actor, "entrepreneurs.letter_text.save", row, detail={"from": valid_from.isoformat()})
        return row


def new_letter_text(*, label: str, body: str, valid_from: date, actor: Any, on: date) -> LetterText:
    """Does: adds a text of the cooperative beside those of origin. Refuses: a name already taken, a first
    version that does not serve today (nobody would find it again), what `save_letter_text` refuses. Leaves
    behind: its first version, audit."""
    if valid_from > on:
        raise Refused(
            Code.DATE_INVALID,
            _("La première version d’un modèle sert dès aujourd’hui : les suivantes attendront leur jour."),
            field="valid_from",
        )
    code = slugify(label)[:40]
    with transaction.atomic():
        take_turn("entrepreneurs.letter_text")
        if code in ORIGINS or LetterText.objects.filter(code=code).exists():
            raise Refused(Code.DUPLICATE, _("Un modèle porte déjà ce nom."), field="label")
        if not code and label.strip():
            raise Refused(Code.VALUE_INVALID, _("Ce nom doit comporter des lettres."), field="label")
        return save_letter_text(code or "-", label=label, body=body, valid_from=valid_from, actor=actor)
