"""Keeps the library of notices: a text that changes is a new row, and the past reads as it did (INV-27)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from invoicing.models import Mention
from invoicing.selectors.mentions import BLANKS, STRUCTURAL, unknown_blanks
from invoicing.services.inputs import MentionContent
from invoicing.states.sales import MentionNote

MOST = {"title": 120, "text": 2000, "source": 200, "trade": 80}


def add_mention(*, content: MentionContent, valid_from: date, actor: Any) -> Mention:
    """Does: adds a notice of the cooperative to the library. Refuses: no title, no text, a parameter that
    does not exist, one that is there word for word, one of the three notes that the e-invoice wants once.
    Leaves behind: the row, audit."""
    content = checked_mention(content)
    if content.note in STRUCTURAL:
        raise Refused(
            Code.VALUE_INVALID,
            _("Cette note n’existe qu’une fois par facture : changez son texte, n’en ajoutez pas d’autre."),
            field="note",
        )
    with transaction.atomic():
        take_turn("invoicing.mention")
        if Mention.objects.filter(valid_from=valid_from, **vars(content)).exists():
            raise Refused(Code.DUPLICATE, _("Cette mention existe déjà, mot pour mot."), field="title")
        mention = Mention.objects.create(
            code=_free_code(content.title), valid_from=valid_from, position=500, **vars(content)
        )
        audit.record(actor, "invoicing.add_mention", mention)
        return mention


def change_mention(
    mention: Mention, *, title: str, text: str, source: str, valid_from: date, actor: Any
) -> Mention:
    """Does: gives a notice a new text from a date on; the former ends the day before. Refuses: a date
    that does not follow the text in force, a notice replaced or ended. Leaves behind: the row, audit."""
    conditions = {name: getattr(mention, name) for name in MentionContent.__dataclass_fields__}
    content = checked_mention(MentionContent(**conditions | {"title": title, "text": text, "source": source}))
    with transaction.atomic():
        row = Mention.objects.select_for_update().get(pk=mention.pk)
        if row.valid_to is not None:
            raise Refused(Code.ALREADY_DONE, _("Ce texte a déjà été remplacé ou arrêté."))
        if valid_from <= row.valid_from:
            raise Refused(
                Code.DATE_INVALID,
                _("Le nouveau texte commence après celui-ci, en vigueur depuis le %(day)s.")
                % {"day": row.valid_from.strftime("%d/%m/%Y")},
                field="valid_from",
            )
        row.valid_to = valid_from - timedelta(days=1)
        row.save(update_fields=["valid_to"])
        fresh = Mention.objects.create(
            code=row.code, position=row.position, valid_from=valid_from, **vars(content)
        )
        audit.record(actor, "invoicing.change_mention", fresh, detail={"value": [row.text, fresh.text]})
        return fresh


def confirm_mention(mention: Mention, *, actor: Any) -> Mention:
    """Does: says that somebody read the source of a notice. Refuses: one already confirmed. Leaves behind:
    the row, audit."""
    with transaction.atomic():
        row = Mention.objects.select_for_update().get(pk=mention.pk)
        if not row.to_confirm:
            raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
        row.to_confirm = False
        row.save(update_fields=["to_confirm"])
        audit.record(actor, "invoicing.confirm_mention", row)
        return row


def end_mention(mention: Mention, *, on: date, actor: Any) -> Mention:
    """Does: stops a notice after a day. Refuses: one that already ends, a day before it began, one of the
    three notes that the e-invoice wants. Leaves behind: the row, audit."""
    with transaction.atomic():
        row = Mention.objects.select_for_update().get(pk=mention.pk)
        if row.valid_to is not None:
            raise Refused(Code.ALREADY_DONE, _("Ce texte a déjà été remplacé ou arrêté."))
        if row.note in STRUCTURAL:
            raise Refused(
                Code.NOT_ALLOWED,
                _("Toute facture porte cette note : changez son texte au lieu de l’arrêter."),
            )
        if on < row.valid_from:
            raise Refused(Code.DATE_INVALID, _("Ce texte n’a pas encore commencé ce jour-là."), field="on")
        row.valid_to = on
        row.save(update_fields=["valid_to"])
        audit.record(actor, "invoicing.end_mention", row)
        return row


def checked_mention(content: MentionContent) -> MentionContent:
    """The content with its texts trimmed, or a refusal at its field."""
    texts = {name: str(getattr(content, name)).strip() for name in MOST}
    for name in ("title", "text"):
        if not texts[name]:
            raise Refused(Code.VALUE_MISSING, _("Remplissez ce champ."), field=name)
    for name, most in MOST.items():
        if len(texts[name]) > most:
            raise Refused(
                Code.TEXT_TOO_LONG, _("Ce texte dépasse %(most)d caractères.") % {"most": most}, field=name
            )
    if content.note not in MentionNote.values:
        raise Refused(Code.VALUE_INVALID, _("Ce choix n’existe pas."), field="note")
    unknown = unknown_blanks(texts["text"])
    if unknown:
        raise Refused(
            Code.VALUE_INVALID,
            _("« {%(name)s} » ne correspond à rien : les valeurs possibles sont %(known)s.")
            % {"name": min(unknown), "known": ", ".join(f"{{{one}}}" for one in BLANKS)},
            field="text",
        )
    return MentionContent(**vars(content) | texts)


def _free_code(title: str) -> str:
    start = slugify(title)[:34] or "mention"
    taken = set(Mention.objects.filter(code__startswith=start).values_list("code", flat=True))
    names = (start, *(f"{start}-{rank}" for rank in range(2, 10000)))
    return next(name for name in names if name not in taken)
