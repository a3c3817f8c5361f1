"""The answer of a customer to a quote: accepted or refused, by their link or as the seller notes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.events import publish
from cae.core.models import Message
from cae.core.models.signatures import MAX_NAME
from cae.core.money import ZERO
from cae.core.notices import notify
from cae.core.signing import Hand, Origin, checked_hand, sign
from cae.core.threads import post_message
from cae.core.workflow import performs
from invoicing import emails
from invoicing.events import QuoteAnswered
from invoicing.models import Answer, ChosenOption, Invoice, Quote, Sending
from invoicing.selectors.answers import Choice, choice_of, require_every_choice, terms_of
from invoicing.selectors.checkers import authors_of
from invoicing.selectors.sendings import document_of, open_sending
from invoicing.services import deposits
from invoicing.states.sales import QUOTE_FLOW, QuoteState

SIGNED_FOR = "invoicing.quote_accepted"
ACCEPTED, REFUSED = "invoicing.quote_accepted", "invoicing.quote_refused"
MAX_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Reply:
    """Who answers, and in which words; `sending` when it comes by a link."""

    name: str
    function: str = ""
    note: str = ""
    sending: Sending | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """The hand that signs online, from where, and the hash that the page showed."""

    hand: Hand
    origin: Origin
    content_sha256: str


@performs(QUOTE_FLOW, "accept")
def accept_quote(
    quote: Quote,
    *,
    reply: Reply,
    options: Collection[int] = (),
    seal: Seal | None = None,
    actor: Any,
    at: datetime,
    on: date | None = None,
) -> None:
    """Does: writes that the customer takes the quote, with these options and a variant of each choice; `seal`
    when they sign online, else the seller notes it, on the day it was given. Refuses: no name, no mark, a
    choice not made or made twice, another content than shown, what a room above refuses.
    Leaves behind: the answer, options, signature; audit; the sellers and the rooms above told; the signed PDF
    to come."""
    require_every_choice(quote, options)
    choice = choice_of(quote, options)
    on = on or timezone.localdate(at)
    _check_reply(quote, reply, on, at)
    if choice.totals.gross <= 0:
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez au moins une option : il n’y a rien d’autre."), field="options"
        )
    signature = _sign(quote, choice, seal, at) if seal else None
    ChosenOption.objects.bulk_create(
        ChosenOption(line=line, quote=quote, choice=line.choice) for line in choice.taken
    )
    answer = Answer.objects.create(
        quote=quote,
        accepted=True,
        name=_plain(reply.name),
        function=_plain(reply.function),
        note=reply.note.strip(),
        total_excl_tax=choice.totals.net,
        total_incl_tax=choice.totals.gross,
        sending=reply.sending,
        signature=signature,
        noted_by=None if reply.sending else actor,
        created_at=at,
    )
    quote.answered_on = on
    _tell(quote, answer, ACCEPTED, actor=actor, at=at)
    _publish(quote, answer, actor)
    if signature is not None:
        run_later("invoicing.archive_signed_quote", quote_id=quote.pk)
    if quote.deposit_at_once:
        run_later(deposits.TASK, quote_id=quote.pk)


@performs(QUOTE_FLOW, "refuse")
def refuse_quote(
    quote: Quote, *, reply: Reply, reason: str, actor: Any, at: datetime, on: date | None = None
) -> None:
    """Does: writes that the customer declines. Refuses: no name, no reason. Leaves behind: the answer and its
    reason; audit; the sellers and the rooms above told."""
    on = on or timezone.localdate(at)
    _check_reply(quote, reply, on, at)
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites en quelques mots pourquoi."), field="reason")
    _refuse_long(reason, MAX_NOTE, "reason")
    answer = Answer.objects.create(
        quote=quote,
        accepted=False,
        name=_plain(reply.name),
        function=_plain(reply.function),
        note=reply.note.strip(),
        sending=reply.sending,
        noted_by=None if reply.sending else actor,
        created_at=at,
    )
    quote.answered_on, quote.refusal_reason = on, reason.strip()
    _tell(quote, answer, REFUSED, actor=actor, at=at)
    _publish(quote, answer, actor)


def accept_online(
    token: str,
    *,
    hand: Hand,
    options: Collection[int],
    terms_accepted: bool,
    shown_sha256: str,
    proof_to: str,
    origin: Origin,
    at: datetime,
) -> Quote:
    """Does: accepts by the link, under lock. Refuses: a link closed meanwhile, a quote answered, replaced or
    over, a content other than the one shown, terms left unticked. Leaves behind: what `accept_quote` leaves,
    and the proof mailed to both sides."""
    with transaction.atomic():
        sending, quote = _locked(token, at)
        if not terms_accepted:
            raise Refused(Code.VALUE_MISSING, _("Cochez que vous acceptez les conditions."), field="terms")
        quote = accept_quote(
            quote,
            reply=Reply(hand.name, hand.function, sending=sending),
            options=options,
            seal=Seal(hand, origin, shown_sha256),
            actor=None,
            at=at,
        )
        _mail_proof(quote, token, proof_to, at)
        return quote


def refuse_online(token: str, *, name: str, reason: str, at: datetime) -> Quote:
    """Does: declines by the link, under lock. Refuses: a link closed meanwhile, a quote answered, replaced or
    over, no name, no reason. Leaves behind: what `refuse_quote` leaves."""
    with transaction.atomic():
        sending, quote = _locked(token, at)
        return refuse_quote(quote, reply=Reply(name, sending=sending), reason=reason, actor=None, at=at)


def ask_online(token: str, *, name: str, text: str) -> Message:
    """Does: writes a question of the customer on the document. Refuses: a closed link, no name, no text.
    Leaves behind: the message; the sellers told."""
    with transaction.atomic():
        document: Quote | Invoice = document_of(open_sending(token))
        return post_message(document, text=text, author_name=_plain(name))


def _locked(token: str, at: datetime) -> tuple[Sending, Quote]:
    """The sending and its quote, both locked: the quote first, as whoever replaces a quote locks them."""
    sending = open_sending(token)
    if sending.quote is None:
        raise Refused(Code.ILLEGAL_MOVE, _("Ce document n’attend pas de réponse."))
    quote = Quote.objects.select_for_update(of=("self",)).get(pk=sending.quote.pk)
    _refuse_answered(quote)
    sending = open_sending(token, lock=True)
    if quote.valid_until is not None and quote.valid_until < timezone.localdate(at):
        raise Refused(
            Code.LINK_EXPIRED,
            _("Ce devis n’est plus valable depuis le %(day)s : demandez-en un nouveau.")
            % {"day": quote.valid_until.strftime("%d/%m/%Y")},
        )
    return sending, quote


def _refuse_answered(quote: Quote) -> None:
    day = {"day": quote.answered_on.strftime("%d/%m/%Y")} if quote.answered_on else {}
    if quote.state == QuoteState.ACCEPTED:
        raise Refused(Code.ALREADY_DONE, _("Ce devis est déjà accepté, le %(day)s.") % day)
    if quote.state == QuoteState.REFUSED:
        raise Refused(Code.ALREADY_DONE, _("Ce devis a été refusé le %(day)s.") % day)
    if quote.state == QuoteState.REPLACED:
        raise Refused(
            Code.STALE_FORM,
            _("Ce devis a changé : une nouvelle version le remplace. Rien n’a été accepté."),
        )
    if quote.state not in QUOTE_FLOW.move("accept").sources:
        raise IllegalMove(_("Ce devis a été retiré : il n’attend plus de réponse."))


def _sign(quote: Quote, choice: Choice, seal: Seal, at: datetime) -> Any:
    if seal.content_sha256 != choice.content_sha256:
        raise Refused(
            Code.STALE_FORM,
            _("Le devis ou les options ont changé depuis votre lecture : relisez-les avant d’accepter."),
        )
    return sign(
        quote,
        purpose=SIGNED_FOR,
        hand=checked_hand(seal.hand),
        content_sha256=choice.content_sha256,
        at=at,
        origin=seal.origin,
        terms=terms_of(quote),
    )


def _check_reply(quote: Quote, reply: Reply, on: date, at: datetime) -> None:
    if not reply.name.strip():
        raise Refused(Code.VALUE_MISSING, _("Indiquez votre nom."), field="name")
    _refuse_long(reply.name, MAX_NAME, "name")
    _refuse_long(reply.function, MAX_NAME, "function")
    _refuse_long(reply.note, MAX_NOTE, "note")
    if on > timezone.localdate(at) or (quote.approved_on is not None and on < quote.approved_on):
        raise Refused(
            Code.DATE_INVALID,
            _("La réponse se donne entre la date du devis et aujourd’hui."),
            field="on",
        )


def _refuse_long(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce texte dépasse %(most)d caractères (il en compte %(count)d).")
            % {"most": most, "count": len(text)},
            field=field,
        )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _mail_proof(quote: Quote, token: str, proof_to: str, at: datetime) -> None:
    on, answer = timezone.localdate(at), quote.answer
    if proof_to:
        emails.proof_email(answer, to=proof_to, url=emails.link_address(token), secret=True, on=on)
    emails.proof_email(answer, to=quote.activity.email, url=emails.inner_address(quote), secret=False, on=on)


def _publish(quote: Quote, answer: Answer, actor: Any) -> None:
    total = answer.total_excl_tax if answer.accepted else ZERO
    publish(QuoteAnswered(quote.pk, quote.number or "", answer.accepted, total or ZERO, actor))


def _tell(quote: Quote, answer: Answer, kind: str, *, actor: Any, at: datetime) -> None:
    facts = {"number": str(quote), "customer": quote.customer.name, "name": answer.name}

    def subject() -> str:
        if answer.accepted:
            return _("Devis %(number)s accepté par %(customer)s") % facts
        return _("Devis %(number)s refusé par %(customer)s") % facts

    notify(
        authors_of(quote, on=timezone.localdate(at)),
        kind,
        subject=subject,
        text=lambda: (
            (_("Par %(name)s.") % facts) + (f" {quote.refusal_reason}" if quote.refusal_reason else "")
        ),
        url=quote.get_absolute_url(),
        about=quote,
        actor=actor,
    )
