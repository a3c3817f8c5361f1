"""Reading minutes to the end and signing them; certifying an extract."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.limits import within_limit
from cae.core.permissions import in_person, require, requires
from entrepreneurs.selectors.signing import asks_code
from governance.forms.minutes import ExtractForm, SignMinutesForm, UnsignedForm
from governance.models import Minutes
from governance.selectors.minutes import frozen_resolutions, may_be_unsigned, own_place
from governance.services import minutes_signing as services
from governance.services.extracts import make_extract
from governance.states.assemblies import MinutesState
from people.devices import origin_of
from people.requests import SignedIn

SIGN, UNSIGNED = "governance.sign_minutes", "governance.note_unsigned"
MOST_CODES, SPAN = 5, 3600


@in_person
@requires(SIGN)
def minutes_sign(request: SignedIn, pk: int) -> HttpResponse:
    """The whole frozen text, then the place to sign; whoever clicks twice has signed once."""
    minutes = _seen(request, pk)
    require(request.user, SIGN, minutes)
    place = own_place(minutes, request.user)
    if place is None:
        return redirect(minutes)
    form = SignMinutesForm(
        request.POST or None,
        initial={"shown": minutes.content_sha256},
        signer=str(place.person),
        function=str(place.get_role_display()),
        asks_code=asks_code(timezone.localdate(), by_link=False),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_minutes(
                minutes,
                person=place.person,
                hand=form.hand(),
                origin=origin_of(request),
                at=timezone.now(),
                actor=request.user,
                shown_sha256=form.cleaned_data["shown"],
                code=form.cleaned_data.get("code", ""),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Signé. Merci."))
            return redirect(minutes)
    context = {
        "form": form,
        "minutes": minutes,
        "facts": minutes.facts,
        "signer": place.person,
        "links": {"code": reverse("governance:minutes_code", args=[pk]), "decline": ""},
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "governance/minutes/sign.html", context, status=422 if wrong else 200)


@in_person
@require_POST
@requires(SIGN)
def minutes_code(request: SignedIn, pk: int) -> HttpResponse:
    """Mails a code to one of the bureau who signs."""
    minutes = _seen(request, pk)
    require(request.user, SIGN, minutes)
    page = reverse("governance:minutes_sign", args=[pk])
    place = own_place(minutes, request.user)
    if place is None:
        return redirect(minutes)
    if not within_limit(f"sign-code:minutes:{place.pk}", most=MOST_CODES, seconds=SPAN):
        messages.error(request, _("Trop de codes demandés : recommencez dans une heure."))
        return redirect(page)
    with refused_above(request):
        services.send_minutes_code(
            minutes, person=place.person, page=page, actor=request.user, at=timezone.now()
        )
        messages.success(request, _("Un code vient de partir par e-mail : il vaut 15 minutes."))
    return redirect(page)


@in_person
@requires(UNSIGNED)
def minutes_unsigned(request: SignedIn, pk: int, place: int) -> HttpResponse:
    """Notes, with its reason, that one of the bureau will not sign."""
    minutes = _seen(request, pk)
    require(request.user, UNSIGNED, minutes)
    awaited = may_be_unsigned(minutes, place)
    if awaited is None:
        return redirect(minutes)
    form = UnsignedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            reason = form.cleaned_data["reason"]
            services.note_unsigned(awaited, reason=reason, actor=request.user, at=timezone.now())
            messages.success(request, _("Noté : le procès-verbal le dira."))
            return redirect(minutes)
    return form_page(
        request,
        form,
        title=_("Noter une absence de signature"),
        submit=_("Noter l’absence de signature"),
        lead=_("%(name)s · %(role)s") % {"name": awaited.person, "role": awaited.get_role_display()},
        back_url=minutes.get_absolute_url(),
        crumbs=[
            (_("Procès-verbaux"), reverse("governance:minutes_list")),
            (minutes.assembly.title, minutes.get_absolute_url()),
            (_("Absence de signature"), ""),
        ],
    )


@in_person
@requires("governance.certify_extract")
def extract_new(request: SignedIn, pk: int) -> HttpResponse:
    """Chooses resolutions of signed minutes and certifies them."""
    minutes = _seen(request, pk)
    require(request.user, "governance.certify_extract", minutes)
    if minutes.state != MinutesState.SIGNED:
        return redirect(minutes)
    offered = [
        (row["id"], _("%(number)s. %(title)s") % {"number": row["number"], "title": row["title"]})
        for row in frozen_resolutions(minutes)
    ]
    signer = str(request.user.person or request.user)
    form = ExtractForm(request.POST or None, offered=offered, signer=signer, initial={"form_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            _certify(request, minutes, form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Extrait certifié : son PDF est prêt dans un instant."))
            return redirect(minutes)
    context = {"form": form, "minutes": minutes, "signer": signer}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "governance/minutes/extract.html", context, status=422 if wrong else 200)


def _certify(request: SignedIn, minutes: Minutes, form: ExtractForm) -> Any:
    found = form.cleaned_data
    return make_extract(
        minutes,
        resolutions=found["resolutions"],
        purpose=found["purpose"],
        form_key=found["form_key"],
        hand=form.hand(),
        origin=origin_of(request),
        at=timezone.now(),
        actor=request.user,
    )


def _seen(request: SignedIn, pk: int) -> Minutes:
    rows = Minutes.objects.visible_to(request.user).select_related("assembly")
    return get_object_or_404(rows, assembly=pk)
