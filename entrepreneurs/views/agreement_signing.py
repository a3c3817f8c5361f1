"""Reading and signing the agreement of a collective: a member, by account or link; then the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import refused_above
from cae.core.permissions import in_person, public, require, signed_in
from entrepreneurs.agreement_mails import AGREEMENT_LINK
from entrepreneurs.forms.signing import SignForm
from entrepreneurs.models import Agreement, AgreementShare
from entrepreneurs.selectors.agreements import key_told
from entrepreneurs.selectors.signing import asks_code
from entrepreneurs.services import agreement_signing as services
from entrepreneurs.views import signing_links, signing_pages
from people.requests import SignedIn

SIGN, COUNTERSIGN = "entrepreneurs.sign_agreement", "entrepreneurs.countersign_agreement"

by_link = signing_links.by_link(AGREEMENT_LINK, services.share_of_link, "entrepreneurs:renew_agreement_link")


@in_person
@signed_in
def agreement_sign(request: SignedIn, pk: int) -> HttpResponse:
    """The whole text and its key and, while one’s signature is awaited, the place to sign."""
    agreement = _seen(request, pk)
    require(request.user, SIGN, agreement)
    share = _own_share(request, agreement)
    if share is None:
        return redirect(agreement)
    links = {"code": "agreement_code", "decline": "agreement_decline"}
    return _member_page(request, share, links=_urls(links, pk), done=agreement.get_absolute_url())


@in_person
@signed_in
def agreement_decline(request: SignedIn, pk: int) -> HttpResponse:
    agreement = _seen(request, pk)
    require(request.user, SIGN, agreement)
    share = _own_share(request, agreement)
    if share is None:
        return redirect(agreement)
    page, done = reverse("entrepreneurs:agreement_sign", args=[pk]), agreement.get_absolute_url()
    return _decline_page(request, share, actor=request.user, page=page, done=done)


@in_person
@signed_in
@require_POST
def agreement_code(request: SignedIn, pk: int) -> HttpResponse:
    """Mails a code to the member who signs."""
    agreement = _seen(request, pk)
    require(request.user, SIGN, agreement)
    share = _own_share(request, agreement)
    if share is None:
        return redirect(agreement)
    return _member_code(request, share, reverse("entrepreneurs:agreement_sign", args=[pk]))


@in_person
@signed_in
def agreement_countersign(request: SignedIn, pk: int) -> HttpResponse:
    """The same page for who signs for the cooperative, once every member has."""
    agreement = _seen(request, pk)
    require(request.user, COUNTERSIGN, agreement)
    if not agreement.is_to_sign:
        return redirect(agreement)

    def act(circumstances: dict[str, Any]) -> Any:
        return services.sign_for_house(agreement, **circumstances)

    return _sign_page(
        request,
        agreement,
        signer=str(request.user.person or request.user),
        function=_("Cogérant·e"),
        act=act,
        links=_urls({"code": "agreement_house_code"}, pk) | {"decline": ""},
        done=agreement.get_absolute_url(),
    )


@in_person
@signed_in
@require_POST
def agreement_house_code(request: SignedIn, pk: int) -> HttpResponse:
    """Mails a code to the co-manager who signs."""
    agreement = _seen(request, pk)
    require(request.user, COUNTERSIGN, agreement)
    send = partial(services.send_house_code, agreement)
    page = reverse("entrepreneurs:agreement_countersign", args=[pk])
    return signing_pages.code_mailed(request, send, turn=f"agreement:{pk}", page=page)


@signed_in
@require_POST
def agreement_remind(request: SignedIn, pk: int, share_id: int) -> HttpResponse:
    """Asks a member once more, by whom writes the agreement."""
    agreement = _seen(request, pk)
    require(request.user, "entrepreneurs.draft_agreement", agreement.activity)
    rows = agreement.shares.select_related("person", "agreement__activity")
    share = get_object_or_404(rows, pk=share_id)
    with refused_above(request):
        services.tell_again(share, actor=request.user, at=timezone.now())
        messages.success(request, _("%(name)s est de nouveau prévenu·e.") % {"name": share.person})
    return redirect(agreement)


@by_link
def agreement_by_link(request: HttpRequest, token: str, share: AgreementShare) -> HttpResponse:
    """The same pages for who has no account; what was signed can be read again while the link lives."""
    if share.signature is not None:
        file = reverse("entrepreneurs:agreement_file_by_link", args=[token])
        context = {"share": share, "file": file, **_read(share.agreement)}
        return render(request, "entrepreneurs/agreement_signed.html", context)
    links = {"code": "agreement_code_by_link", "decline": "agreement_decline_by_link"}
    page = reverse("entrepreneurs:agreement_by_link", args=[token])
    return _member_page(request, share, links=_urls(links, token), done=page, by_link=True)


@by_link
def agreement_decline_by_link(request: HttpRequest, token: str, share: AgreementShare) -> HttpResponse:
    page = reverse("entrepreneurs:agreement_by_link", args=[token])
    return _decline_page(request, share, actor=None, page=page, done=reverse("portal:home"))


@require_POST
@by_link
def agreement_code_by_link(request: HttpRequest, token: str, share: AgreementShare) -> HttpResponse:
    page = reverse("entrepreneurs:agreement_by_link", args=[token])
    return _member_code(request, share, page, by_link=True)


@by_link
def agreement_file_by_link(_request: HttpRequest, _token: str, share: AgreementShare) -> HttpResponse:
    """The signed PDF with its proof, once everybody has signed and it is made."""
    return signing_links.opened(share.agreement.signed_pdf)


@require_POST
@public
def renew_agreement_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is over is replaced, at the address already known, and only there."""
    return signing_links.renewed(
        request,
        token,
        purpose=AGREEMENT_LINK,
        page="entrepreneurs:agreement_by_link",
        renew=services.renew_agreement_link,
    )


def _member_page(
    request: HttpRequest,
    share: AgreementShare,
    *,
    links: dict[str, str],
    done: str,
    by_link: bool = False,
) -> HttpResponse:
    def act(circumstances: dict[str, Any]) -> Any:
        return services.sign_agreement(share.agreement, person=share.person, by_link=by_link, **circumstances)

    return _sign_page(
        request,
        share.agreement,
        signer=share.person.full_name,
        function=share.function,
        act=act,
        links=links,
        done=done,
        by_link=by_link,
    )


def _sign_page(
    request: HttpRequest,
    agreement: Agreement,
    *,
    signer: str,
    function: str,
    act: Callable[[dict[str, Any]], Any],
    links: dict[str, str],
    done: str,
    by_link: bool = False,
) -> HttpResponse:
    form = SignForm(
        request.POST or None,
        initial={"shown": agreement.content_sha256},
        signer=signer,
        function=function,
        asks_code=asks_code(timezone.localdate(), by_link=by_link),
    )
    if request.method == "POST" and form.is_valid():
        try:
            act(signing_pages.circumstances(request, form, by_link=by_link))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Signé. Merci."))
            return redirect(done)
    context = {"form": form, "signer": signer, "links": links, **_read(agreement)}
    context["layout"] = signing_pages.layout(by_link=by_link)
    wrong = form.is_bound and bool(form.errors)
    return render(request, "entrepreneurs/agreement_sign.html", context, status=422 if wrong else 200)


def _read(agreement: Agreement) -> dict[str, Any]:
    """What is read before one signs: the text, the days, the key of each."""
    return {"agreement": agreement, "activity": agreement.activity, "key": key_told(agreement)}


def _decline_page(
    request: HttpRequest, share: AgreementShare, *, actor: Any, page: str, done: str
) -> HttpResponse:
    def decline(reason: str) -> None:
        services.decline_agreement(share.agreement, person=share.person, reason=reason, actor=actor)

    return signing_pages.decline_page(
        request,
        decline,
        title=share.agreement.activity.name,
        told=_(
            "Votre motif est transmis aux membres du collectif. La convention redevient un brouillon : les"
            " signatures déjà données ne comptent plus."
        ),
        thanks=_("Votre refus est transmis aux membres, avec son motif."),
        page=page,
        done=done,
        by_link=actor is None,
    )


def _own_share(request: SignedIn, agreement: Agreement) -> AgreementShare | None:
    """One’s own line, while it waits: whoever clicks twice has signed once."""
    if not agreement.is_to_sign:
        return None
    rows = agreement.shares.filter(person=request.user.person_id, signature=None)
    return rows.select_related("person", "agreement__activity").first()


def _member_code(
    request: HttpRequest, share: AgreementShare, page: str, *, by_link: bool = False
) -> HttpResponse:
    send, turn = partial(services.send_member_code, share), f"agreement-share:{share.pk}"
    return signing_pages.code_mailed(request, send, turn=turn, page=page, by_link=by_link)


def _urls(names: dict[str, str], key: Any) -> dict[str, str]:
    return {name: reverse(f"entrepreneurs:{page}", args=[key]) for name, page in names.items()}


def _seen(request: SignedIn, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(request.user).select_related("activity__scope")
    return get_object_or_404(rows, pk=pk)
