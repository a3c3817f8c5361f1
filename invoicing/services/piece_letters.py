"""The mails by which delivery notes and proforma invoices leave, in the name of the activity (INV-26)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cae.core.elision import elided
from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, fill, register_mail, text_in_force
from cae.core.models import OutgoingEmail
from cae.core.templatetags.formats import day
from invoicing.emails import Letter
from invoicing.models import DeliveryNote
from invoicing.selectors.pieces import Piece
from invoicing.selectors.senders import reply_address_of, sender_name_of

DELIVERY, PROFORMA = "invoicing.mail_delivery", "invoicing.mail_proforma"
TEMPLATE = "emails/invoicing/piece"
_BLANK_LINE = re.compile(r"\n\s*\n")

_PLACES = {
    "client": Place(gettext_lazy("le contact du client, ou son nom"), "Jeanne Durand"),
    "activite": Place(gettext_lazy("votre activité"), "Photographie Lenoir"),
    "date": Place(gettext_lazy("le jour de la livraison, ou de la proforma"), "31/12/2026"),
}

_KINDS = (
    MailKind(
        DELIVERY,
        label=gettext_lazy("Envoi d’un bon de livraison"),
        subject=gettext_lazy("Bon de livraison {{ numero }} – {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Voici le bon de livraison {{ numero }}, du {{ date }}.\n\n"
            "Vous pouvez le lire et signer la réception en ligne, sans créer de compte.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places=_PLACES | {"numero": Place(gettext_lazy("le numéro du document"), "BL2026-0012")},
    ),
    MailKind(
        PROFORMA,
        label=gettext_lazy("Envoi d’une facture proforma"),
        subject=gettext_lazy("Facture proforma {{ numero }} – {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Voici la facture proforma {{ numero }}, du {{ date }}. Elle annonce notre facture et n’appelle "
            "aucun paiement.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places=_PLACES | {"numero": Place(gettext_lazy("le numéro du document"), "PF2026-0012")},
    ),
)


def register_piece_mails() -> None:
    for kind in _KINDS:
        register_mail(kind)


def cause_of_piece(piece: Piece) -> str:
    return DELIVERY if isinstance(piece, DeliveryNote) else PROFORMA


def title_of_piece(piece: Piece) -> str:
    """« Bon de livraison BL2026-0012 », « Facture proforma PF2026-0003 »."""
    if isinstance(piece, DeliveryNote):
        return _("Bon de livraison %(number)s") % {"number": piece}
    return _("Facture proforma %(number)s") % {"number": piece}


def letter_of_piece(piece: Piece, *, on: date) -> Letter:
    """The text in force, in the language of the customer, its words filled in."""
    customer = piece.customer
    with override(customer.language):
        subject, body = text_in_force(cause_of_piece(piece), on=on, language=customer.language)
        filled = fill(
            subject,
            body,
            {
                "client": customer.contact_name or customer.name,
                "activite": piece.activity.name,
                "numero": str(piece),
                "date": day(piece.delivered_on if isinstance(piece, DeliveryNote) else piece.made_on),
            },
        )
    return Letter(filled["subject"], "\n\n".join(filled["paragraphs"]))


def piece_address(token: str) -> str:
    """The whole address that a customer opens."""
    return settings.SITE_URL + reverse("invoicing:public_piece", args=[token])


def queue_piece_email(
    piece: Piece,
    letter: Letter,
    *,
    to: str,
    token: str,
    on: date,
    actor: Any,
    attachments: Iterable[int] = (),
) -> OutgoingEmail:
    """Queues the mail; answers go to the activity itself."""
    url, sender = piece_address(token), sender_name_of(piece.activity, on=on)
    to_sign = isinstance(piece, DeliveryNote)
    with override(piece.customer.language):
        parts = _BLANK_LINE.split(letter.body.replace("\r\n", "\n"))
        context: dict[str, Any] = {
            "subject": " ".join(letter.subject.split()),
            "paragraphs": [part.strip() for part in parts if part.strip()],
            "title": title_of_piece(piece),
            "about": piece.order_reference
            and _("Votre commande %(number)s") % {"number": piece.order_reference},
            "sender": sender,
            "button": _("Lire le bon et signer la réception") if to_sign else _("Voir la facture proforma"),
            "url": url,
            "why": elided(
                _(
                    "Vous recevez cet e-mail parce que %(activity)s vous adresse ce document."
                    " Ce lien est personnel."
                ),
                {"activity": piece.activity.name},
            ),
        }
        return queue_email(
            to=to,
            subject=context["subject"],
            template=TEMPLATE,
            context=context,
            cause=cause_of_piece(piece),
            about=piece,
            actor=actor,
            secret=url,
            attachments=attachments,
            reply_to=reply_address_of(piece.activity),
            sender_name=sender,
        )
