"""What mails to customers say: the words of the seller, the document in three lines, one button (INV-17)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cae.core.elision import elided
from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, fill, register_mail, text_in_force
from cae.core.models import OutgoingEmail
from cae.core.templatetags.formats import day, money
from invoicing.models import Answer, Invoice, Quote
from invoicing.selectors.senders import reply_address_of, sender_name_of

QUOTE, INVOICE = "invoicing.mail_quote", "invoicing.mail_invoice"
CREDIT_NOTE = "invoicing.mail_credit_note"
REMINDER, REPLY, PROOF = "invoicing.mail_reminder", "invoicing.mail_reply", "invoicing.mail_proof"
TEMPLATE = "emails/invoicing/document"
_BLANK_LINE = re.compile(r"\n\s*\n")

_PLACES = {
    "client": Place(gettext_lazy("le contact du client, ou son nom"), "Jeanne Durand"),
    "activite": Place(gettext_lazy("votre activité"), "Photographie Lenoir"),
    "numero": Place(gettext_lazy("le numéro du document"), "D2026-0012"),
    "objet": Place(gettext_lazy("l’objet du document"), gettext_lazy("Reportage au salon")),
    "montant": Place(gettext_lazy("le montant"), "1 240,00 €"),
    "date": Place(gettext_lazy("fin de validité du devis, ou échéance de la facture"), "31/12/2026"),
}


# The texts that the cooperative may change; a seller may change them again before sending.
_KINDS = (
    MailKind(
        QUOTE,
        label=gettext_lazy("Envoi d’un devis"),
        subject=gettext_lazy("Devis {{ numero }} – {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Voici notre devis {{ numero }}, d’un montant de {{ montant }}, valable jusqu’au "
            "{{ date }}.\n\n"
            "Vous pouvez le lire, l’accepter ou nous poser une question en ligne, "
            "sans créer de compte.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places=_PLACES,
    ),
    MailKind(
        INVOICE,
        label=gettext_lazy("Envoi d’une facture"),
        subject=gettext_lazy("Facture {{ numero }} – {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Voici notre facture {{ numero }}, d’un montant de {{ montant }}, à régler au plus tard le "
            "{{ date }}.\n\n"
            "Vous trouverez en ligne le document, nos coordonnées bancaires et le reste à payer.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places=_PLACES,
    ),
    MailKind(
        CREDIT_NOTE,
        label=gettext_lazy("Envoi d’un avoir"),
        subject=gettext_lazy("Avoir {{ numero }} – {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Voici notre avoir {{ numero }}, d’un montant de {{ montant }}, sur la facture "
            "{{ facture }}.\n\n"
            "Il vient en déduction de ce que vous restez devoir ; s’il vous revient de l’argent, "
            "nous vous le rendons.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places={name: place for name, place in _PLACES.items() if name != "date"}
        | {"facture": Place(gettext_lazy("le numéro de la facture d’origine"), "F2026-0031")},
    ),
    MailKind(
        REMINDER,
        label=gettext_lazy("Relance avant la fin d’un devis"),
        subject=gettext_lazy("Votre devis {{ numero }} se termine le {{ date }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Notre devis {{ numero }}, d’un montant de {{ montant }}, est valable jusqu’au "
            "{{ date }}.\n\n"
            "Il reste à votre disposition en ligne : vous pouvez l’accepter ou nous poser "
            "une question.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places=_PLACES,
    ),
)


def register_mails() -> None:
    for kind in _KINDS:
        register_mail(kind)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as its author reads it before sending: nothing is left to fill in."""

    subject: str
    body: str


def cause_of(document: Quote | Invoice) -> str:
    """The kind of mail by which a document leaves."""
    if isinstance(document, Quote):
        return QUOTE
    return CREDIT_NOTE if document.is_credit_note else INVOICE


def letter_of(document: Quote | Invoice, cause: str, *, on: date) -> Letter:
    """The text in force for this cause, in the language of the customer, its words filled in."""
    language = document.customer.language
    with override(language):
        subject, body = text_in_force(cause, on=on, language=language)
        values = words_of(document)
        filled = fill(subject, body, values)
    return Letter(filled["subject"], "\n\n".join(filled["paragraphs"]))


def words_of(document: Quote | Invoice) -> dict[str, str]:
    """The facts of a document by the names that texts give them."""
    customer = document.customer
    credited = document.credited if isinstance(document, Invoice) else None
    return {
        "client": customer.contact_name or customer.name,
        "activite": document.activity.name,
        "numero": str(document),
        "objet": about_of(document),
        "montant": amount_of(document),
        "date": day(last_day_of(document)),
        "facture": str(credited.number) if credited else "",
    }


def title_of(document: Quote | Invoice) -> str:
    """« Devis D2026-0012 », « Facture F2026-0031 »."""
    if isinstance(document, Quote):
        return _("Devis %(number)s") % {"number": document}
    return f"{document.get_kind_display()} {document}"


def about_of(document: Quote | Invoice) -> str:
    """What it is about; of a credit note, why it is made."""
    if isinstance(document, Invoice) and document.is_credit_note:
        return document.credit_reason
    return document.purpose


def last_day_of(document: Quote | Invoice) -> date | None:
    """The last day to accept, or to pay."""
    return document.valid_until if isinstance(document, Quote) else document.due_on


def amount_of(document: Quote | Invoice) -> str:
    """Before tax for those who take it back, with tax for a private person; what is asked in all, when
    disbursements come beside the sale."""
    if document.disbursed:
        return _("%(amount)s, dont %(disbursed)s de débours") % {
            "amount": money(document.to_pay),
            "disbursed": money(document.disbursed),
        }
    if document.customer.is_private_person or not document.total_tax:
        return _("%(amount)s TTC") % {"amount": money(document.total_incl_tax)}
    return _("%(net)s HT (%(gross)s TTC)") % {
        "net": money(document.total_excl_tax),
        "gross": money(document.total_incl_tax),
    }


def sender_name(document: Quote | Invoice, *, on: date) -> str:
    """« Photographie Lenoir – Co-Actions », or the name that the activity chose."""
    return sender_name_of(document.activity, on=on)


def link_address(token: str) -> str:
    """The whole address that a customer opens."""
    return settings.SITE_URL + reverse("invoicing:public_document", args=[token])


def inner_address(quote: Quote) -> str:
    """The page of the quote in the house, for those who have an account."""
    return settings.SITE_URL + quote.get_absolute_url()


def drawn(document: Quote | Invoice, letter: Letter, *, url: str, on: date) -> dict[str, Any]:
    """What the template of a mail shows: the preview and the mail itself draw the same."""
    is_quote = isinstance(document, Quote)
    parts = _BLANK_LINE.split(letter.body.replace("\r\n", "\n"))
    return {
        "subject": " ".join(letter.subject.split()),
        "paragraphs": [part.strip() for part in parts if part.strip()],
        "document": document,
        "title": title_of(document),
        "about": about_of(document),
        "amount": amount_of(document),
        "last_day_label": _("Valable jusqu’au") if is_quote else _("À régler au plus tard le"),
        "last_day": last_day_of(document),
        "sender": sender_name(document, on=on),
        "button": _button_of(document),
        "url": url,
        "why": elided(
            _(
                "Vous recevez cet e-mail parce que %(activity)s vous adresse ce document."
                " Ce lien est personnel."
            ),
            {"activity": document.activity.name},
        ),
    }


def _button_of(document: Quote | Invoice) -> str:
    if isinstance(document, Quote):
        return _("Lire le devis et y répondre")
    return _("Voir l’avoir") if document.is_credit_note else _("Voir la facture")


def letter_html(document: Quote | Invoice, letter: Letter, *, on: date) -> str:
    """The mail as it will be read, before it is sent: only its address is not the true one yet."""
    with override(document.customer.language):
        context = drawn(document, letter, url=link_address("apercu"), on=on)
        return render_to_string(f"{TEMPLATE}.html", context)


def document_email(
    document: Quote | Invoice,
    letter: Letter,
    *,
    to: str,
    token: str,
    cause: str,
    on: date,
    actor: Any,
    attachments: Iterable[int] = (),
) -> OutgoingEmail:
    """Queues a mail to a customer, in the name of the activity; answers go to the activity itself."""
    url = link_address(token)
    with override(document.customer.language):
        context = drawn(document, letter, url=url, on=on)
        return queue_email(
            to=to,
            subject=context["subject"],
            template=TEMPLATE,
            context=context,
            cause=cause,
            about=document,
            actor=actor,
            secret=url,
            attachments=attachments,
            reply_to=reply_address_of(document.activity),
            sender_name=context["sender"],
        )


def proof_email(answer: Answer, *, to: str, url: str, secret: bool, on: date) -> OutgoingEmail:
    """Queues the proof of an acceptance: who, when, from where, and the hash of what was signed."""
    quote, signature = answer.quote, answer.signature
    # By a secret link the customer reads it; without, the people of the activity.
    with override(quote.customer.language if secret else settings.LANGUAGE_CODE):
        context: dict[str, Any] = {
            "subject": _("Devis %(number)s accepté") % {"number": quote},
            "paragraphs": [
                elided(
                    _("Le devis %(number)s de %(activity)s a été accepté en ligne."),
                    {"number": quote, "activity": quote.activity.name},
                ),
                _("Cette page en garde la preuve, avec le document signé."),
            ],
            "answer": answer,
            "quote": quote,
            "signature": signature,
            "sender": sender_name(quote, on=on),
            "button": _("Voir la preuve d’acceptation"),
            "url": url,
            "why": _("Preuve envoyée au client et à %(activity)s.") % {"activity": quote.activity.name},
        }
        return queue_email(
            to=to,
            subject=context["subject"],
            template="emails/invoicing/proof",
            context=context,
            cause=PROOF,
            about=quote,
            secret=url if secret else "",
            reply_to=reply_address_of(quote.activity),
            sender_name=context["sender"],
        )
