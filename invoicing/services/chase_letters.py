"""What reminders and statements say, and the mails that carry them: texts that the cooperative may change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
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
from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money
from invoicing.calculations.late_fees import LateFees
from invoicing.emails import Letter
from invoicing.models import Customer
from invoicing.selectors.senders import reply_address_of, sender_name_of
from invoicing.states.chasing import ReminderTone

CAUSES: dict[str, str] = {
    ReminderTone.COURTEOUS: "invoicing.chase_courteous",
    ReminderTone.FIRM: "invoicing.chase_firm",
    ReminderTone.FORMAL: "invoicing.chase_formal",
}
STATEMENT, REPLY = "invoicing.mail_statement", "invoicing.mail_customer_reply"
TEMPLATE = "emails/invoicing/account"
_BLANK_LINE = re.compile(r"\n\s*\n")

_PLACES = {
    "client": Place(gettext_lazy("le contact du client, ou son nom"), "Jeanne Durand"),
    "activite": Place(gettext_lazy("votre activité"), "Photographie Lenoir"),
    "factures": Place(
        gettext_lazy("les factures, leur échéance et ce qui en reste dû, une par ligne"),
        gettext_lazy("F2026-0031, échue le 31/12/2026 : 1 240,00 €"),
    ),
    "montant": Place(gettext_lazy("ce qui reste dû"), "1 240,00 €"),
    "frais": Place(
        gettext_lazy("pénalités et indemnité, si l’étape les demande et si le client les doit"),
        gettext_lazy("S’y ajoutent 12,60 € de pénalités de retard et 40,00 € d’indemnité."),
    ),
}
_KINDS = (
    MailKind(
        CAUSES[ReminderTone.COURTEOUS],
        label=gettext_lazy("Relance d’une facture : courtoise"),
        subject=gettext_lazy("Un oubli ? {{ montant }} à régler à {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Sauf erreur de notre part, nous n’avons pas encore reçu votre règlement :\n\n"
            "{{ factures }}\n\n"
            "{{ frais }}\n\n"
            "Vous trouverez en ligne les documents, ce qui reste à payer et nos coordonnées bancaires. "
            "Si votre règlement vient de partir, ne tenez pas compte de ce message.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places=_PLACES,
    ),
    MailKind(
        CAUSES[ReminderTone.FIRM],
        label=gettext_lazy("Relance d’une facture : ferme"),
        subject=gettext_lazy("Factures en retard : {{ montant }} à régler à {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Malgré notre rappel, ces sommes restent à régler :\n\n"
            "{{ factures }}\n\n"
            "{{ frais }}\n\n"
            "Merci de nous les régler sous huit jours, ou de nous dire ce qui vous en empêche : "
            "vous pouvez nous répondre en ligne.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places=_PLACES,
    ),
    MailKind(
        CAUSES[ReminderTone.FORMAL],
        label=gettext_lazy("Mise en demeure de payer une facture"),
        subject=gettext_lazy("Mise en demeure de payer {{ montant }}"),
        body=gettext_lazy(
            "Madame, Monsieur,\n\n"
            "Malgré nos relances, ces sommes restent impayées :\n\n"
            "{{ factures }}\n\n"
            "Nous vous mettons en demeure de nous régler {{ montant }} dans les huit jours "
            "qui suivent la réception de cette lettre (article 1344 du Code civil).\n\n"
            "{{ frais }}\n\n"
            "Sans règlement dans ce délai, nous remettrons ce dossier au recouvrement, sans autre avis.\n\n"
            "Veuillez recevoir, Madame, Monsieur, nos salutations distinguées.\n\n"
            "{{ activite }}"
        ),
        places=_PLACES,
    ),
    MailKind(
        STATEMENT,
        label=gettext_lazy("Relevé de compte d’un client"),
        subject=gettext_lazy("Votre relevé de compte – {{ activite }}"),
        body=gettext_lazy(
            "Bonjour {{ client }},\n\n"
            "Voici votre relevé de compte au {{ date }} : {{ montant }} à régler.\n\n"
            "Vous trouverez en ligne vos documents, vos règlements et nos coordonnées bancaires.\n\n"
            "Bien à vous,\n{{ activite }}"
        ),
        places={name: _PLACES[name] for name in ("client", "activite", "montant")}
        | {"date": Place(gettext_lazy("la date du relevé"), "31/12/2026")},
    ),
)


def register_chase_mails() -> None:
    for kind in _KINDS:
        register_mail(kind)


def reminder_letter(
    customer: Customer, tone: str, *, invoices: Sequence[Any], fees: Mapping[int, LateFees], on: date
) -> Letter:
    """The text in force for this tone, in the language of the customer, its words filled in; `invoices` bear
    their due, `fees` what is asked beyond, by their keys."""
    with override(customer.language):
        values = {
            "client": customer.contact_name or customer.name,
            "activite": customer.activity.name,
            "factures": "\n".join(_line(invoice) for invoice in invoices),
            "montant": money(sum((invoice.due for invoice in invoices), ZERO)),
            "frais": _fees(customer, tone, [fees[invoice.pk] for invoice in invoices if invoice.pk in fees]),
        }
        return _filled(CAUSES[tone], customer, values, on)


def statement_letter(customer: Customer, *, due: Decimal, until: date, on: date) -> Letter:
    """The words that go with a statement of account."""
    with override(customer.language):
        values = {
            "client": customer.contact_name or customer.name,
            "activite": customer.activity.name,
            "montant": money(due),
            "date": day(until),
        }
        return _filled(STATEMENT, customer, values, on)


def _filled(cause: str, customer: Customer, values: dict[str, str], on: date) -> Letter:
    subject, body = text_in_force(cause, on=on, language=customer.language)
    filled = fill(subject, body, values)
    return Letter(filled["subject"], "\n\n".join(filled["paragraphs"]))


def _line(invoice: Any) -> str:
    facts = {"number": invoice.number, "day": day(invoice.due_on), "due": money(invoice.due)}
    return _("%(number)s, échue le %(day)s : %(due)s") % facts


def _fees(customer: Customer, tone: str, fees: Sequence[LateFees]) -> str:
    """What is asked beyond the invoices; of a private person, the legal interest that a formal notice starts
    (C. civ. 1231-6), and nothing else."""
    if customer.is_private_person:
        if tone != ReminderTone.FORMAL:
            return ""
        return _("À compter de cette lettre, cette somme porte intérêt au taux légal (C. civ. art. 1231-6).")
    penalty = sum((one.penalty for one in fees), ZERO)
    indemnity = sum((one.indemnity for one in fees), ZERO)
    if not penalty + indemnity:
        return ""
    return _(
        "S’y ajoutent, comme nos factures le rappellent, %(penalty)s de pénalités de retard à ce jour et "
        "%(indemnity)s d’indemnité forfaitaire de recouvrement, soit %(total)s en plus."
    ) % {
        "penalty": money(penalty),
        "indemnity": money(indemnity),
        "total": money(penalty + indemnity),
    }


def account_address(token: str) -> str:
    """The whole address that the customer opens."""
    return settings.SITE_URL + reverse("invoicing:account", args=[token])


def _drawn(customer: Customer, letter: Letter, *, url: str, on: date) -> dict[str, Any]:
    """What the template of a mail shows: the preview and the mail itself draw the same."""
    parts = _BLANK_LINE.split(letter.body.replace("\r\n", "\n"))
    return {
        "subject": " ".join(letter.subject.split()),
        "paragraphs": [part.strip() for part in parts if part.strip()],
        "sender": sender_name_of(customer.activity, on=on),
        "button": _("Voir mon compte et régler"),
        "url": url,
        "why": elided(
            _("Vous recevez cet e-mail parce que vous êtes client de %(activity)s. Ce lien est personnel."),
            {"activity": customer.activity.name},
        ),
    }


def letter_preview(customer: Customer, letter: Letter, *, on: date) -> str:
    """The mail as it will be read, before it is sent: only its address is not the true one yet."""
    with override(customer.language):
        context = _drawn(customer, letter, url=account_address("apercu"), on=on)
        return render_to_string(f"{TEMPLATE}.html", context)


def account_email(
    customer: Customer,
    letter: Letter,
    *,
    to: str,
    token: str,
    cause: str,
    on: date,
    actor: Any,
    attachments: Sequence[int] = (),
) -> OutgoingEmail:
    """Queues a mail about a customer's account, in the name of the activity; answers go to the activity."""
    url = account_address(token)
    with override(customer.language):
        context = _drawn(customer, letter, url=url, on=on)
        return queue_email(
            to=to,
            subject=context["subject"],
            template=TEMPLATE,
            context=context,
            cause=cause,
            about=customer,
            actor=actor,
            secret=url,
            attachments=attachments,
            reply_to=reply_address_of(customer.activity),
            sender_name=context["sender"],
        )
