"""Chooses how the documents of an activity look; keeps what numbered documents need to look the same for ever
(INV-29)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.calculations.colours import darkened, is_colour, is_readable
from invoicing.engines.logos import logo_fault, printable_logo
from invoicing.models import DocumentLook, SaleTerms
from invoicing.selectors.looks import look_row, terms_hash
from invoicing.services.inputs import LookContent
from invoicing.states.sales import DocumentLayout

LOGO_KIND = "invoicing.logo"
# A numbered document may be printed again as long as the cooperative lives.
FOR_EVER = date(9999, 12, 31)
MAX_LOGO = 1024 * 1024
MAX_TERMS = 20000
_LONGEST = {"header": 250, "footer": 250, "terms_of_sale": MAX_TERMS}


def save_look(
    activity: Activity,
    *,
    content: LookContent,
    version: int,
    actor: Any,
    logo: bytes | None = None,
    without_logo: bool = False,
) -> DocumentLook:
    """Does: changes how the next documents of an activity look. Refuses: a colour too pale to be read (a
    darker tone is proposed), a file that is no image, a text too long, a form older than the row.
    Leaves behind: the row, the logo as a document, the terms under their hash, audit."""
    content = checked_look(content)
    with transaction.atomic():
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        row = look_row(activity)
        if (row.version if row.pk else 0) != version:
            raise Refused(
                Code.STALE_FORM,
                _("La présentation a été modifiée entre-temps : votre saisie reste affichée ici."),
            )
        for name, value in asdict(content).items():
            setattr(row, name, value)
        row.version = version + 1
        if without_logo:
            row.logo = None
        if logo:
            row.logo = _stored_logo(logo, activity, actor)
        row.save()
        keep_terms(activity)
        audit.record(actor, "invoicing.save_look", row)
        return row


def keep_terms(activity: Activity) -> None:
    """Does: keeps the terms of sale of an activity under their hash, for the document about to be numbered.
    Refuses: nothing. Leaves behind: one row for each text, ever."""
    text = look_row(activity).terms_of_sale.strip()
    if text:
        SaleTerms.objects.get_or_create(sha256=terms_hash(text), defaults={"text": text})


def checked_look(content: LookContent) -> LookContent:
    """The content with its texts trimmed, or a refusal at its field."""
    texts = {name: getattr(content, name).strip() for name in _LONGEST}
    for name, most in _LONGEST.items():
        if len(texts[name]) > most:
            raise Refused(
                Code.TEXT_TOO_LONG, _("Ce texte dépasse %(most)d caractères.") % {"most": most}, field=name
            )
    if content.layout not in DocumentLayout.values:
        raise Refused(Code.VALUE_INVALID, _("Cette mise en page n’existe pas."), field="layout")
    if not is_colour(content.colour):
        raise Refused(Code.VALUE_INVALID, _("Une couleur s’écrit « #1f5f5b »."), field="colour")
    if not is_readable(content.colour):
        raise Refused(
            Code.VALUE_INVALID,
            _("Cette couleur est trop claire pour être lue sur du blanc : essayez %(darker)s.")
            % {"darker": darkened(content.colour)},
            field="colour",
        )
    return LookContent(**asdict(content) | texts)


def _stored_logo(content: bytes, activity: Activity, actor: Any) -> Document:
    if len(content) > MAX_LOGO:
        raise Refused(Code.FILE_REFUSED, _("Cette image dépasse 1 Mo : réduisez-la d’abord."), field="logo")
    fault = logo_fault(content)
    if fault:
        raise Refused(Code.FILE_REFUSED, _FAULTS[fault](), field="logo")
    image = printable_logo(content)
    return store_document(
        image.content,
        kind=LOGO_KIND,
        name=f"logo-{activity.code.lower()}.{image.extension}",
        mime=image.mime,
        about=activity,
        actor=actor,
        retention_until=FOR_EVER,
    )


_FAULTS = {
    "programme": lambda: _("Ce fichier est un programme, malgré son nom : il n’est pas accepté."),
    "unknown": lambda: _("Un logo est une image PNG, JPEG ou SVG."),
    "broken": lambda: _("Cette image ne se lit pas : enregistrez-la de nouveau en PNG."),
    "huge": lambda: _("Cette image a trop de points : réduisez-la d’abord."),
    "active": lambda: _("Ce dessin SVG contient autre chose que des formes : exportez-le en PNG."),
}
