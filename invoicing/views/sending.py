"""On the seller’s side: send with a preview, copy or withdraw a link, remind, note an answer (INV-17)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import form_page, refuse
from cae.core.mail_policy import policy_of
from cae.core.middleware import status_of
from cae.core.permissions import require, requires
from invoicing.emails import REMINDER, Letter, cause_of, letter_html, letter_of, sender_name
from invoicing.forms.sending import AnswerForm, LetterForm
from invoicing.models import Invoice, Quote, Sending
from invoicing.selectors.answers import options_of, shown_choices
from invoicing.selectors.sendings import Recipient, document_of, has_left, live_addresses, recipients_of
from invoicing.services.answering import Reply, accept_quote, refuse_quote
from invoicing.services.approving import withdraw_quote
from invoicing.services.sending import copy_link, resend_quote, send_invoice, send_quote, withdraw_sending
from invoicing.states.sales import QUOTE_FLOW, QuoteState, SendingKind
from invoicing.views.finding import find_invoice, find_quote
from invoicing.views.shown import name_of_document, name_of_quote

SEND_QUOTE, SEND_INVOICE = "invoicing.send_quote", "invoicing.send_invoice"
_WAITING = (QuoteState.APPROVED, QuoteState.SENT)


@requires(SEND_QUOTE)
def quote_send(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right=SEND_QUOTE)
    if quote.state not in _WAITING:
        raise IllegalMove(_("Un devis s’envoie une fois validé, tant que le client n’a pas répondu."))
    return _send_page(request, quote)


@requires(SEND_INVOICE)
def invoice_send(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right=SEND_INVOICE)
    if not invoice.is_issued:
        raise IllegalMove(_("Cette facture n’est pas émise : elle ne s’envoie pas encore."))
    return _send_page(request, invoice)


@requires(SEND_QUOTE)
def quote_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the words of a reminder, for those who already have the quote."""
    quote = find_quote(request, pk, right=SEND_QUOTE)
    if quote.state != QuoteState.SENT:
        raise IllegalMove(_("On relance un devis envoyé, tant que le client n’a pas répondu."))
    return _send_page(request, quote, reminding=True)


def _send_page(request: HttpRequest, document: Quote | Invoice, *, reminding: bool = False) -> HttpResponse:
    today, recipients = timezone.localdate(), recipients_of(document.customer)
    to = [one.email for one in recipients[:1]]
    if reminding:
        to = live_addresses(document) or to
        known = {one.email for one in recipients}
        recipients += [Recipient("", "", address) for address in to if address not in known]
    first = letter_of(document, REMINDER if reminding else cause_of(document), on=today)
    initial = {"to": to, "subject": first.subject, "body": first.body, "form_key": uuid4()}
    form = LetterForm(request.POST or None, recipients=recipients, initial=initial)
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            return _send(request, document, form, reminding=reminding)
        except Forbidden:
            raise
        except Refused as refusal:
            if has_left(form.cleaned_data["form_key"]):  # the first of two clicks sent it
                return redirect(document)
            if refusal.field == "to" and "to" not in form.fields:
                refusal.field = "other"
            refuse(form, refusal)
            status = status_of(refusal)
    kind = "quote" if isinstance(document, Quote) else "invoice"
    context = {
        "document": document,
        "name": _name_of(document),
        "reminding": reminding,
        "form": form,
        "sender": sender_name(document, on=today),
        "letter_url": reverse(
            f"invoicing:{kind}_letter", args=[document.pk], query={"relance": "1"} if reminding else {}
        ),
        "as_customer_url": reverse(f"invoicing:{kind}_as_customer", args=[document.pk]),
        "link_url": reverse(f"invoicing:{kind}_link", args=[document.pk]),
    }
    return render(request, "invoicing/send.html", context, status=status)


def _send(
    request: HttpRequest, document: Quote | Invoice, form: LetterForm, *, reminding: bool
) -> HttpResponse:
    details: dict[str, Any] = {
        "to": form.addresses(),
        "letter": form.letter(),
        "actor": request.user,
        "at": timezone.now(),
        "form_key": form.cleaned_data["form_key"],
    }
    if isinstance(document, Invoice):
        send_invoice(document, **details)
    elif document.state == QuoteState.APPROVED:
        send_quote(document, **details)
    else:
        resend_quote(document, **details, kind=SendingKind.REMINDER if reminding else SendingKind.MAIL)
    count = len(set(details["to"]))
    said = ngettext("Envoyé à %(to)s.", "Envoyé à %(count)d adresses : %(to)s.", count)
    messages.success(request, said % {"count": count, "to": ", ".join(details["to"])})
    return redirect(document)


@xframe_options_sameorigin
@requires(SEND_QUOTE)
def quote_letter(request: HttpRequest, pk: int) -> HttpResponse:
    return _preview(request, find_quote(request, pk, right=SEND_QUOTE))


@xframe_options_sameorigin
@requires(SEND_INVOICE)
def invoice_letter(request: HttpRequest, pk: int) -> HttpResponse:
    return _preview(request, find_invoice(request, pk, right=SEND_INVOICE))


def _preview(request: HttpRequest, document: Quote | Invoice) -> HttpResponse:
    """The mail as its reader's program shows it, with what is typed so far: nothing is kept."""
    cause = REMINDER if "relance" in request.GET else cause_of(document)
    first = letter_of(document, cause, on=timezone.localdate())
    letter = Letter(request.POST.get("subject", first.subject), request.POST.get("body", first.body))
    html = letter_html(document, letter, on=timezone.localdate())
    response = HttpResponse(html)
    response["Content-Security-Policy"] = policy_of(html, links=False)
    return response


@require_POST
@requires(SEND_QUOTE)
def quote_link(request: HttpRequest, pk: int) -> HttpResponse:
    return _link_page(request, find_quote(request, pk, right=SEND_QUOTE))


@require_POST
@requires(SEND_INVOICE)
def invoice_link(request: HttpRequest, pk: int) -> HttpResponse:
    return _link_page(request, find_invoice(request, pk, right=SEND_INVOICE))


def _link_page(request: HttpRequest, document: Quote | Invoice) -> HttpResponse:
    """The only time that the address is shown: its secret is not kept."""
    address = copy_link(document, actor=request.user, at=timezone.now())
    context = {"document": document, "name": _name_of(document), "address": address}
    response = render(request, "invoicing/link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires(SEND_QUOTE)
def sending_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    sending = get_object_or_404(Sending.objects.select_related("quote", "invoice", "link"), pk=pk)
    document = document_of(sending)
    if isinstance(document, Quote):
        document = find_quote(request, document.pk)
        require(request.user, SEND_QUOTE, document)
    else:
        document = find_invoice(request, document.pk)
        require(request.user, SEND_INVOICE, document)
    withdraw_sending(sending, actor=request.user, at=timezone.now())
    messages.success(request, _("Le lien est retiré : il n’ouvre plus rien."))
    return redirect(document)


@requires(SEND_QUOTE)
def quote_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the offer itself back, once asked: every link of it closes."""
    quote = find_quote(request, pk, right=SEND_QUOTE)
    if request.method != "POST":
        if quote.state not in QUOTE_FLOW.move("withdraw").sources:
            raise IllegalMove(_("Ce devis n’est plus en attente : il ne se retire pas."))
        context = {"quote": quote, "name": _name_of(quote), "back_url": quote.get_absolute_url()}
        return render(request, "invoicing/withdraw.html", context)
    withdraw_quote(quote, actor=request.user)
    messages.success(request, _("Le devis est retiré : ses liens n’ouvrent plus rien."))
    return redirect(quote)


@requires("invoicing.answer_quote")
def quote_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer on paper; the one given by the link writes itself."""
    quote = find_quote(request, pk, right="invoicing.answer_quote")
    if quote.state not in QUOTE_FLOW.move("accept").sources:
        raise IllegalMove(_("Ce devis n’attend pas de réponse."))
    first = {
        "answer": "refuse" if request.GET.get("reponse") == "refus" else "accept",
        "name": quote.customer.contact_name,
        "on": timezone.localdate(),
    }
    offered = {"options": options_of(quote), "choices": shown_choices(quote)}
    form = AnswerForm(request.POST or None, initial=first, **offered)
    if form.is_valid():
        try:
            return _note(request, quote, form)
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
    return form_page(
        request,
        form,
        title=_("Noter la réponse du client"),
        lead=_("Devis %(number)s pour %(customer)s") % {"number": quote, "customer": quote.customer.name},
        submit=_("Noter la réponse"),
        back_url=quote.get_absolute_url(),
        crumbs=[
            (pgettext("list", "Devis"), reverse("invoicing:quote_list")),
            (_name_of(quote), quote.get_absolute_url()),
            (_("Réponse"), ""),
        ],
    )


def _note(request: HttpRequest, quote: Quote, form: AnswerForm) -> HttpResponse:
    typed, at = form.cleaned_data, timezone.now()
    reply = Reply(typed["name"], typed["function"], typed["note"])
    if typed["answer"] == "accept":
        accept_quote(quote, reply=reply, options=form.chosen(), actor=request.user, at=at, on=typed["on"])
        messages.success(request, _("Devis accepté : il peut devenir une facture."))
    else:
        refuse_quote(quote, reply=reply, reason=typed["reason"], actor=request.user, at=at, on=typed["on"])
        messages.success(request, _("Le refus est noté."))
    return redirect(quote)


def _name_of(document: Quote | Invoice) -> str:
    return name_of_quote(document) if isinstance(document, Quote) else name_of_document(document)
