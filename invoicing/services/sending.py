"""Sends documents to customers: a link for each reader, by mail or copied, closed in one click (INV-17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.elision import elided
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.links import create_link, withdraw_link
from cae.core.models import Message
from cae.core.workflow import performs
from invoicing import emails
from invoicing.emails import Letter
from invoicing.models import Invoice, Quote, Sending
from invoicing.selectors.sendings import INVOICE_LINK, QUOTE_LINK, has_left, live_addresses
from invoicing.services.waiving import require_covered
from invoicing.states.sales import QUOTE_FLOW, QuoteState, SendingKind

# A quote is still read, and its proof too, a month after its last day; an invoice for a year.
AFTER_QUOTE = timedelta(days=30)
AFTER_INVOICE = timedelta(days=365)
MAX_SUBJECT, MAX_BODY, MAX_READERS = 200, 8000, 10


@performs(QUOTE_FLOW, "send")
def send_quote(
    quote: Quote,
    *,
    to: Sequence[str],
    letter: Letter | None,
    actor: Any,
    at: datetime,
    form_key: UUID | None = None,
) -> None:
    """Does: sends an approved quote to these addresses, each with its own link; without letter, the link is
    handed over in another way. Refuses: a wrong address, an empty text, a quote past its last day or insured
    no longer.
    Leaves behind: links, sendings, mails that wait; the customer has the quote; audit."""
    _refuse_ended(quote, at)
    require_covered(quote, on=timezone.localdate(at))
    if letter is not None:
        _mail(quote, to, letter, kind=SendingKind.MAIL, actor=actor, at=at, form_key=form_key)


def resend_quote(
    quote: Quote,
    *,
    to: Sequence[str],
    letter: Letter,
    actor: Any,
    at: datetime,
    kind: SendingKind = SendingKind.MAIL,
    form_key: UUID | None = None,
) -> Quote:
    """Does: sends again a quote that waits for its customer; the same form sent twice sends once. Refuses:
    one answered, replaced or past its last day, a wrong address, an empty text. Leaves behind: new links,
    sendings, mails that wait; audit."""
    with transaction.atomic():
        row = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
        if has_left(form_key):
            return row
        if row.state != QuoteState.SENT:
            raise IllegalMove(_not_waiting(row))
        _refuse_ended(row, at)
        _mail(row, to, letter, kind=kind, actor=actor, at=at, form_key=form_key)
        audit.record(actor, "invoicing.send_again", row)
        return row


def send_invoice(
    invoice: Invoice,
    *,
    to: Sequence[str],
    letter: Letter,
    actor: Any,
    at: datetime,
    form_key: UUID | None = None,
) -> Invoice:
    """Does: sends an issued invoice or credit note to these addresses; the same form sent twice sends once.
    Refuses: a draft, a wrong address, an empty text. Leaves behind: links, sendings, mails that wait;
    audit."""
    with transaction.atomic():
        row = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
        if has_left(form_key):
            return row
        _refuse_draft(row)
        _mail(row, to, letter, kind=SendingKind.MAIL, actor=actor, at=at, form_key=form_key)
        audit.record(actor, "invoicing.send_invoice", row)
        return row


def copy_link(document: Quote | Invoice, *, actor: Any, at: datetime) -> str:
    """Does: makes a link without any mail, to be handed over in another way. Refuses: a draft, a quote
    answered, replaced or over. Leaves behind: the sending, audit; an approved quote is now sent.
    Gives the address, which can't be read again."""
    with transaction.atomic():
        if isinstance(document, Quote):
            quote = Quote.objects.select_for_update(of=("self",)).get(pk=document.pk)
            if quote.state == QuoteState.APPROVED:
                quote = send_quote(quote, to=(), letter=None, actor=actor, at=at)
            elif quote.state != QuoteState.SENT:
                raise IllegalMove(_not_waiting(quote))
            _refuse_ended(quote, at)
            document = quote
        else:
            _refuse_draft(document)
        sending, token = _new_sending(document, kind=SendingKind.COPY, actor=actor, at=at)
        sending.save()
        audit.record(actor, "invoicing.copy_link", document)
        return emails.link_address(token)


def withdraw_sending(sending: Sending, *, actor: Any, at: datetime) -> None:
    """Does: closes the link of one sending, at once. Refuses: nothing; twice is once. Leaves behind: the
    instant, audit."""
    withdraw_link(sending.link, actor=actor, at=at)


def carry_message(document: Quote | Invoice, message: Message) -> None:
    """Does: mails to the customer what was written for them, with a link to the document. Refuses: nothing;
    without any live address the message waits on the page. Leaves behind: links, sendings, mails."""
    letter = Letter(
        elided(
            _("Réponse de %(activity)s : %(document)s"),
            {"activity": document.activity.name, "document": document},
        ),
        message.text,
    )
    for address in live_addresses(document):
        _mail_one(
            document,
            address,
            letter,
            kind=SendingKind.REPLY,
            actor=message.author,
            at=message.created_at,
        )


def _mail(
    document: Quote | Invoice,
    to: Sequence[str],
    letter: Letter,
    *,
    kind: SendingKind,
    actor: Any,
    at: datetime,
    form_key: UUID | None,
) -> None:
    _check_letter(letter)
    for address in checked_addresses(to):
        _mail_one(document, address, letter, kind=kind, actor=actor, at=at, form_key=form_key)


def _mail_one(
    document: Quote | Invoice,
    address: str,
    letter: Letter,
    *,
    kind: SendingKind,
    actor: Any,
    at: datetime,
    form_key: UUID | None = None,
) -> None:
    sending, token = _new_sending(document, kind=kind, actor=actor, at=at)
    sending.to, sending.form_key = address, form_key or uuid4()
    sending.email = emails.document_email(
        document,
        letter,
        to=address,
        token=token,
        cause=_CAUSES.get(kind) or emails.cause_of(document),
        on=timezone.localdate(at),
        actor=actor,
        attachments=[document.pdf.pk] if document.pdf else (),
    )
    sending.save()


_CAUSES = {SendingKind.REMINDER: emails.REMINDER, SendingKind.REPLY: emails.REPLY}


def _new_sending(
    document: Quote | Invoice, *, kind: SendingKind, actor: Any, at: datetime
) -> tuple[Sending, str]:
    """A row not yet saved, its link made."""
    if isinstance(document, Quote):
        if document.valid_until is None:
            raise LookupError("an approved quote has a last day")
        last = timezone.make_aware(datetime.combine(document.valid_until, time.max))
        # A reply or a proof may come when the quote is over: the link lives a month from now at least.
        ends_at = max(last, at) + AFTER_QUOTE
        link, token = create_link(document, purpose=QUOTE_LINK, ends_at=ends_at, actor=actor)
        return Sending(quote=document, kind=kind, link=link, sent_at=at, sent_by=actor), token
    link, token = create_link(document, purpose=INVOICE_LINK, ends_at=at + AFTER_INVOICE, actor=actor)
    return Sending(invoice=document, kind=kind, link=link, sent_at=at, sent_by=actor), token


def checked_addresses(to: Iterable[str]) -> list[str]:
    """The addresses, each once. Raises Refused when there is none, or when one is no address."""
    found = list(dict.fromkeys(address.strip() for address in to if address.strip()))
    if not found:
        raise Refused(
            Code.VALUE_MISSING,
            _("Ce client n’a pas d’adresse e-mail : ajoutez-en une, ou copiez le lien."),
            field="to",
        )
    if len(found) > MAX_READERS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un envoi part à %(most)d adresses au plus.") % {"most": MAX_READERS},
            field="to",
        )
    for address in found:
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(
                Code.VALUE_INVALID,
                _("« %(address)s » n’est pas une adresse e-mail.") % {"address": address},
                field="to",
            ) from None
    return found


def checked_letter(letter: Letter) -> Letter:
    """The words, or a refusal at the field that is empty or too long."""
    _check_letter(letter)
    return letter


def _check_letter(letter: Letter) -> None:
    for field, text, most in (("subject", letter.subject, MAX_SUBJECT), ("body", letter.body, MAX_BODY)):
        if not text.strip():
            raise Refused(Code.VALUE_MISSING, _("Écrivez ce que le client va lire."), field=field)
        if len(text) > most:
            raise Refused(
                Code.TEXT_TOO_LONG,
                _("Ce texte dépasse %(most)d caractères (il en compte %(count)d).")
                % {"most": most, "count": len(text)},
                field=field,
            )


def _refuse_ended(quote: Quote, at: datetime) -> None:
    if quote.valid_until is not None and quote.valid_until < timezone.localdate(at):
        raise Refused(
            Code.DATE_INVALID,
            _("Ce devis n’est plus valable depuis le %(day)s : faites-en une nouvelle version.")
            % {"day": quote.valid_until.strftime("%d/%m/%Y")},
        )


def _refuse_draft(invoice: Invoice) -> None:
    if not invoice.is_issued:
        raise IllegalMove(_("Cette facture n’est pas émise : elle ne s’envoie pas encore."))


def _not_waiting(quote: Quote) -> str:
    return _("Ce devis n’attend pas de réponse : son état est « %(state)s ».") % {
        "state": quote.get_state_display()
    }
