"""The page of a customer, without account: read, accept, refuse, ask, download (INV-18, PEO-27)."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.answers import file_saved
from cae.core.documents import read_document
from cae.core.drawings import encode_drawing
from cae.core.errors import Code, Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.models import SigningWay
from cae.core.signing import Hand, checked_hand, evidence_of
from invoicing.forms.public import AcceptForm, QuestionForm, RefuseForm
from invoicing.models import Answer, Quote, Sending
from invoicing.selectors.answers import choice_of, options_of, shown_choices, terms_of
from invoicing.selectors.sendings import document_of
from invoicing.services.answering import accept_online, ask_online, refuse_online
from invoicing.services.seeing import note_seen
from invoicing.states.sales import QuoteState
from invoicing.views.customer_facts import customer_facts
from invoicing.views.letterhead import customer_page, draw, stopped
from people.devices import origin_of

# The quote waits no more: nothing typed here would change that.
_OVER = (Code.ALREADY_DONE, Code.ILLEGAL_MOVE, Code.LINK_EXPIRED, Code.LINK_WITHDRAWN)

# Programs that read links for people: previews of messages, scanners of mails, engines.
_MACHINES = re.compile(
    r"(?<!cu)bot\b|crawl|spider|preview|scan|safelinks|facebookexternalhit|curl|wget|python",
    re.IGNORECASE,
)


@customer_page
def public_document(request: HttpRequest, token: str, sending: Sending) -> HttpResponse:
    document = document_of(sending)
    if is_reader(request):
        note_seen(sending, at=timezone.now())
    context = customer_facts(document, on=timezone.localdate()) | {
        "links": _links(token),
        "done": request.GET.get("fait", ""),
    }
    return draw(request, sending, "invoicing/public/document.html", context)


@customer_page
def public_accept(request: HttpRequest, token: str, sending: Sending) -> HttpResponse:
    """The form, then the page that shows what is about to be signed, then the signature."""
    quote = _quote_of(sending)
    if (answered := _answered(request, quote, token)) is not None:
        return answered
    first = {"name": quote.customer.contact_name, "email": sending.to or quote.customer.email}
    offered = {"options": options_of(quote), "choices": shown_choices(quote)}
    form = AcceptForm(request.POST or None, initial=first, **offered)
    if request.method != "POST" or "back" in request.POST or not form.is_valid():
        wrong = request.method == "POST" and "back" not in request.POST
        return _accept_page(request, token, sending, form, status=422 if wrong else 200)
    try:
        hand = checked_hand(form.hand())
        if "confirm" not in request.POST:
            return _confirm_page(request, token, sending, form, hand.drawing)
        _accept(request, token, form, hand)
    except Refused as refusal:
        if refusal.code in _OVER:
            return stopped(request, sending, refusal, token)
        form.refuse(refusal)
        return _accept_page(request, token, sending, form, status=status_of(refusal))
    return redirect("invoicing:public_proof", token)


def _accept(request: HttpRequest, token: str, form: AcceptForm, hand: Hand) -> None:
    accept_online(
        token,
        hand=hand,
        options=form.chosen(),
        terms_accepted=form.cleaned_data["terms"],
        shown_sha256=request.POST.get("choice", ""),
        proof_to=form.cleaned_data["email"],
        origin=origin_of(request),
        at=timezone.now(),
    )


@customer_page
def public_refuse(request: HttpRequest, token: str, sending: Sending) -> HttpResponse:
    quote = _quote_of(sending)
    if (answered := _answered(request, quote, token)) is not None:
        return answered
    form = RefuseForm(request.POST or None, initial={"name": quote.customer.contact_name})
    if form.is_valid():
        try:
            refuse_online(
                token,
                name=form.cleaned_data["name"],
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except Refused as refusal:
            if refusal.code in _OVER:
                return stopped(request, sending, refusal, token)
            refuse(form, refusal)
            return draw(
                request,
                sending,
                "invoicing/public/refuse.html",
                {"token": token, "form": form},
                status_of(refusal),
            )
        return _back(token, "refus")
    status = 422 if form.is_bound else 200
    return draw(request, sending, "invoicing/public/refuse.html", {"token": token, "form": form}, status)


@customer_page
def public_question(request: HttpRequest, token: str, sending: Sending) -> HttpResponse:
    document = document_of(sending)
    form = QuestionForm(request.POST or None, initial={"name": document.customer.contact_name})
    back = {"url": reverse("invoicing:public_document", args=[token]), "words": _("Revenir au document")}
    context = {"form": form, "back": back}
    if form.is_valid():
        try:
            ask_online(token, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
        except Refused as refusal:
            refuse(form, refusal)
            return draw(request, sending, "invoicing/public/question.html", context, status_of(refusal))
        return _back(token, "question")
    return draw(request, sending, "invoicing/public/question.html", context, 422 if form.is_bound else 200)


@customer_page
def public_proof(request: HttpRequest, token: str, sending: Sending) -> HttpResponse:
    """Who accepted, when, from where, and what; « 404 » until somebody did."""
    quote = _quote_of(sending)
    answer = Answer.objects.filter(quote=quote, accepted=True).select_related("signature__drawing").first()
    if answer is None or answer.signature is None:
        raise Http404
    context = {
        "token": token,
        "quote": quote,
        "answer": answer,
        "evidence": evidence_of(answer.signature),
        "options": quote.lines.filter(chosen__isnull=False),
    }
    return draw(request, sending, "invoicing/public/proof.html", context)


@customer_page
def public_file(request: HttpRequest, token: str, sending: Sending) -> HttpResponse:
    """The PDF, as kept: Factur-X for an invoice; « ?signe » gives that of the acceptance."""
    document = document_of(sending)
    kept = document.signed_pdf if "signe" in request.GET and isinstance(document, Quote) else document.pdf
    if kept is None:
        raise Http404
    return file_saved(read_document(kept), name=kept.name, mime=kept.mime)


def _accept_page(
    request: HttpRequest, token: str, sending: Sending, form: AcceptForm, status: int = 200
) -> HttpResponse:
    quote = _quote_of(sending)
    context = {"token": token, "form": form, "terms": terms_of(quote), "totals": choice_of(quote, ()).totals}
    return draw(request, sending, "invoicing/public/accept.html", context, status)


def _confirm_page(
    request: HttpRequest, token: str, sending: Sending, form: AcceptForm, drawing: bytes
) -> HttpResponse:
    """What the server counted, before anything is written."""
    choice = choice_of(_quote_of(sending), form.chosen())
    context = {
        "token": token,
        "form": form,
        "typed": form.cleaned_data,
        "drawing": encode_drawing(drawing) if drawing else "",
        "drawn": form.cleaned_data["way"] == SigningWay.DRAWN,
        "choice": choice,
    }
    return draw(request, sending, "invoicing/public/confirm.html", context)


def _links(token: str) -> dict[str, str]:
    """Where the buttons of the page lead, behind this link."""
    names = ("accept", "refuse", "question", "proof", "file")
    links = {name: reverse(f"invoicing:public_{name}", args=[token]) for name in names}
    return links | {"signed": f"{links['file']}?signe"}


def _quote_of(sending: Sending) -> Quote:
    if sending.quote is None:
        raise Http404
    return sending.quote


def _answered(request: HttpRequest, quote: Quote, token: str) -> HttpResponse | None:
    """Who only looks at the form of a quote that waits no more goes back to its page, which says why."""
    over = quote.state in (QuoteState.ACCEPTED, QuoteState.REFUSED) or quote.is_expired(timezone.localdate())
    return _back(token, "") if over and request.method != "POST" else None


def _back(token: str, done: str) -> HttpResponse:
    response = redirect("invoicing:public_document", token)
    if done:
        response["Location"] += f"?fait={done}"
    return response


def is_reader(request: HttpRequest) -> bool:
    """Somebody looks: no machine that opens links, no page fetched ahead, nobody of the house."""
    agent = request.headers.get("User-Agent", "")
    ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    known = request.user.is_authenticated
    return request.method == "GET" and "Mozilla/" in agent and not (_MACHINES.search(agent) or ahead or known)
