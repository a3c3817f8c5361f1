"""Tells people that a document waits for them, or came back: the words of the check (INV-16)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.elision import elided
from cae.core.notices import notify
from invoicing.models import Invoice, Quote, SelfValidation
from invoicing.selectors.checkers import authors_of, checkers_of

TO_CHECK = "invoicing.document_to_check"
CORRECTION = "invoicing.correction_asked"
APPROVED = "invoicing.document_approved"
SELF_VALIDATION = "invoicing.self_validation_given"


def tell_checkers(document: Quote | Invoice, *, actor: Any, on: date) -> None:
    """Does: tells those who check that a document waits. Refuses: nothing. Leaves behind: notices."""
    facts = _facts(document)
    notify(
        checkers_of(document.activity, on=on),
        TO_CHECK,
        subject=lambda: elided(
            _("À valider : %(kind)s de %(activity)s, %(customer)s"), facts | _kind(document)
        ),
        text=document.purpose,
        url=queue_url(document),
        about=document,
        actor=actor,
    )


def tell_correction(document: Quote | Invoice, *, reason: str, actor: Any, on: date) -> None:
    """Does: tells the authors what is to be put right. Refuses: nothing. Leaves behind: notices."""
    facts = _facts(document)
    notify(
        authors_of(document, on=on),
        CORRECTION,
        subject=lambda: _("Correction demandée : %(kind)s pour %(customer)s") % (facts | _kind(document)),
        text=reason,
        url=document.get_absolute_url(),
        about=document,
        actor=actor,
    )


def tell_approved(document: Quote | Invoice, *, actor: Any, on: date) -> None:
    """Does: tells the authors that a document has its number. Refuses: nothing. Leaves behind: notices."""
    facts = _facts(document) | {"number": str(document)}

    def subject() -> str:
        if isinstance(document, Quote):
            return _("Devis %(number)s validé : à envoyer à %(customer)s") % facts
        if document.is_credit_note:
            return _("Avoir %(number)s validé et émis pour %(customer)s") % facts
        return _("Facture %(number)s validée et émise pour %(customer)s") % facts

    notify(
        authors_of(document, on=on),
        APPROVED,
        subject=subject,
        url=document.get_absolute_url(),
        about=document,
        actor=actor,
    )


def tell_trusted(given: SelfValidation, *, actor: Any) -> None:
    """Does: tells a person what they may now validate alone. Refuses: nothing. Leaves behind: a notice."""
    account = getattr(given.person, "user", None)
    if account is None:
        return
    notify(
        [account],
        SELF_VALIDATION,
        subject=lambda: (
            _("Vous pouvez valider sans relecture : %(kind)s") % {"kind": given.get_kind_display().lower()}
        ),
        text=given.reason,
        url=reverse("people:account"),
        about=given,
        actor=actor,
    )


def queue_url(document: Quote | Invoice) -> str:
    """The place of a document in the queue of those who check."""
    kind = "devis" if isinstance(document, Quote) else "factures"
    return reverse("invoicing:queue_document", args=[kind, document.pk])


def _facts(document: Quote | Invoice) -> dict[str, str]:
    return {"activity": document.activity.name, "customer": document.customer.name}


def _kind(document: Quote | Invoice) -> dict[str, str]:
    """Read when the sentence is written, in the language of its reader."""
    return {"kind": _("Devis") if isinstance(document, Quote) else document.get_kind_display()}
