"""Reading and signing a contract: by account in person, or by a personal link (ENT-23, PEO-04)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.permissions import in_person, public, require, signed_in
from entrepreneurs.contract_mails import SIGN_LINK
from entrepreneurs.documents.letters import drawn
from entrepreneurs.forms.signing import SignForm
from entrepreneurs.models import ContractTerms, Signatory
from entrepreneurs.selectors.path import associate_clock
from entrepreneurs.selectors.signing import asks_code, awaited_signatory, round_of
from entrepreneurs.selectors.templates import blocks_of
from entrepreneurs.services import signature_rounds, signing
from entrepreneurs.states.contracts import Party, TermsState
from entrepreneurs.views import signing_links, signing_pages
from entrepreneurs.views.contract_facts import seen_terms


@in_person
@signed_in
def terms_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen document and, when it is one's turn, the place to sign it."""
    terms = seen_terms(request, pk)
    signatory = awaited_signatory(terms) if terms.state == TermsState.TO_SIGN else None
    if signatory is None or _has_signed(request, terms):
        return redirect(terms.contract)
    require(request.user, "entrepreneurs.sign_contract", terms)
    signatory.terms = terms
    return _sign_page(request, signatory, by_link=False)


def _has_signed(request: HttpRequest, terms: ContractTerms) -> bool:
    """Whoever clicks twice has signed once: the page of the contract says so."""
    own = getattr(request.user, "person_id", None)
    return any(one.signed_on is not None and one.person_id == own for one in round_of(terms))


@in_person
@signed_in
def terms_decline(request: HttpRequest, pk: int) -> HttpResponse:
    terms = seen_terms(request, pk)
    signatory = awaited_signatory(terms) if terms.state == TermsState.TO_SIGN else None
    if signatory is None:
        return redirect(terms.contract)
    require(request.user, "entrepreneurs.sign_contract", terms)
    # Declined, the contract is a draft again: out of the sight of the person it is about.
    own = signatory.party == Party.PERSON
    done = reverse("entrepreneurs:own_path") if own else terms.get_absolute_url()
    page = reverse("entrepreneurs:terms_sign", args=[pk])
    return _decline_page(request, signatory, actor=request.user, page=page, done=done)


@in_person
@signed_in
@require_POST
def terms_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Mails a code to the account that signs."""
    terms = seen_terms(request, pk)
    require(request.user, "entrepreneurs.sign_contract", terms)
    signatory = awaited_signatory(terms)
    if signatory is None:
        return redirect(terms.contract)
    page = reverse("entrepreneurs:terms_sign", args=[pk])
    send = partial(signing.send_code, signatory)
    return signing_pages.code_mailed(request, send, turn=f"contract:{signatory.pk}", page=page)


by_link = signing_links.by_link(SIGN_LINK, signing.signatory_of_link, "entrepreneurs:renew_sign_link")


@by_link
def sign_by_link(request: HttpRequest, token: str, signatory: Signatory) -> HttpResponse:
    if signatory.is_done:
        return _done(request, signatory, token)
    return _sign_page(request, signatory, by_link=True, token=token)


@by_link
def decline_by_link(request: HttpRequest, token: str, signatory: Signatory) -> HttpResponse:
    if signatory.is_done:
        return _done(request, signatory, token)
    page = reverse("entrepreneurs:sign_by_link", args=[token])
    return _decline_page(request, signatory, actor=None, page=page, done=reverse("portal:home"))


@require_POST
@by_link
def code_by_link(request: HttpRequest, token: str, signatory: Signatory) -> HttpResponse:
    page = reverse("entrepreneurs:sign_by_link", args=[token])
    send = partial(signing.send_code, signatory)
    return signing_pages.code_mailed(request, send, turn=f"contract:{signatory.pk}", page=page, by_link=True)


@by_link
def file_by_link(_request: HttpRequest, _token: str, signatory: Signatory) -> HttpResponse:
    """The frozen PDF, then the signed one with its proof, once it is made."""
    return signing_links.opened(signatory.terms.signed_pdf or signatory.terms.pdf)


@require_POST
@public
def renew_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is over is replaced, at the address already known, and only there."""
    return signing_links.renewed(
        request, token, purpose=SIGN_LINK, page="entrepreneurs:sign_by_link", renew=signing.renew_link
    )


def _sign_page(request: HttpRequest, signatory: Signatory, *, by_link: bool, token: str = "") -> HttpResponse:
    terms = signatory.terms
    form = SignForm(
        request.POST or None,
        initial={"shown": terms.content_sha256},
        signer=_signer(request, signatory),
        function=_("Cogérant·e") if signatory.party == Party.COOPERATIVE else "",
        asks_code=asks_code(timezone.localdate(), by_link=by_link),
    )
    if request.method == "POST" and form.is_valid():
        try:
            signing.sign_terms(
                signatory,
                accepted=form.cleaned_data["accepted"],
                by_link=by_link,
                **signing_pages.circumstances(request, form, by_link=by_link),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Signé. Merci."))
            target = (
                reverse("entrepreneurs:sign_by_link", args=[token]) if by_link else terms.get_absolute_url()
            )
            return redirect(target)
    wrong = form.is_bound and bool(form.errors)
    context = {
        "terms": terms,
        "signatory": signatory,
        "signer": _signer(request, signatory),
        "form": form,
        "blocks": drawn(blocks_of(terms.frozen_text)),
        "signers": round_of(terms),
        "clock": associate_clock(terms.contract, timezone.localdate()) if terms.number == 0 else None,
        "token": token,
        "links": _links(signatory, token),
        "layout": signing_pages.layout(by_link=by_link),
    }
    return render(request, "entrepreneurs/contract/sign.html", context, status=422 if wrong else 200)


def _signer(request: HttpRequest, signatory: Signatory) -> str:
    """Under which name the mark is made: that of the person, or of the co-manager who signs now."""
    if signatory.person is not None:
        return signatory.person.full_name
    own = getattr(request.user, "person", None)
    return str(own or request.user)


def _links(signatory: Signatory, token: str) -> dict[str, str]:
    if token:
        names = {"code": "code_by_link", "decline": "decline_by_link", "file": "file_by_link"}
        return {key: reverse(f"entrepreneurs:{name}", args=[token]) for key, name in names.items()}
    terms = signatory.terms
    file = reverse("core:document", args=[terms.pdf_id]) if terms.pdf_id else ""
    names = {"code": "terms_code", "decline": "terms_decline"}
    return {key: reverse(f"entrepreneurs:{name}", args=[terms.pk]) for key, name in names.items()} | {
        "file": file
    }


def _decline_page(
    request: HttpRequest, signatory: Signatory, *, actor: Any, page: str, done: str
) -> HttpResponse:
    def decline(reason: str) -> None:
        signature_rounds.decline(signatory, reason=reason, actor=actor, at=timezone.now())

    return signing_pages.decline_page(
        request,
        decline,
        title=signatory.terms.title,
        told=_(
            "Votre motif est transmis aux ressources humaines et à votre accompagnement ; le document"
            " redevient un brouillon."
        ),
        thanks=_("Votre refus est transmis, avec son motif."),
        page=page,
        done=done,
        by_link=actor is None,
    )


def _done(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponse:
    """What the holder of a link sees once it has served."""
    context = {"terms": signatory.terms, "signatory": signatory, "file": _links(signatory, token)["file"]}
    return render(request, "entrepreneurs/contract/link_done.html", context)
