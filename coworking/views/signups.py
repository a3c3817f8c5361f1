"""Joining a place: its public form, then the answer of the team (COW-10)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.forms import refused_at
from cae.core.limits import within_limit
from cae.core.permissions import can, public, require, requires
from coworking.forms.members import MemberForm, ReasonForm
from coworking.forms.signups import SignUpForm
from coworking.models import Place, SignUp
from coworking.selectors.members import signups_of
from coworking.selectors.plans import shown_plans
from coworking.selectors.public_places import public_place
from coworking.services.signups import accept_signup, ask_to_join, refuse_signup, tell_again
from coworking.states.members import SIGNUP_FLOW, MemberOrigin
from coworking.views.event_frame import private
from coworking.views.members import crumbs_of_members
from coworking.views.place_frame import place_form, place_found, place_page
from entrepreneurs.models import Activity
from people.devices import device_of
from people.models import Organisation
from people.requests import SignedIn

_READS, _KEEPS = "coworking.read_members", "coworking.keep_members"
# From one address in an hour: a whole team that joins; a machine does it a thousand times.
_MOST, _SPAN = 20, 3600


def _place(slug: str) -> Place:
    place = public_place(slug, drafts=False)
    if place is None:
        raise Http404
    return place


@public
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Plans side by side, then one form; who is signed in finds what is known of them."""
    place, now = _place(slug), timezone.now()
    account = request.user if request.user.is_authenticated else None
    person = account.person if account is not None else None
    form = SignUpForm(request.POST or None, place=place, initial=_known(person))
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if not within_limit(f"signups:{device_of(request).address}", most=_MOST, seconds=_SPAN):
            form.add_error(
                None, _("Trop d’envois de suite : rien n’a été enregistré. Recommencez dans une heure.")
            )
            status = 429
        else:
            with refused_at(form):
                try:
                    ask_to_join(
                        place, data=form.typed(), form_key=form.key, now=now, person=person, actor=account
                    )
                except Refused as refusal:
                    # Whether an address waits here is told to that address alone.
                    if account is not None or refusal.code != Code.DUPLICATE:
                        raise
                    tell_again(place, form.typed().email)
                return redirect("coworking:join_sent", place.slug)
    context = {
        "place": place,
        "form": form,
        "shown": shown_plans(place, timezone.localdate(now), public=True),
        "layout": "layouts/app.html" if account else "layouts/site.html",
    }
    return private(render(request, "coworking/members/join.html", context, status=status))


@public
def join_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same words for everybody: the answer comes by mail."""
    layout = "layouts/app.html" if request.user.is_authenticated else "layouts/site.html"
    context = {"place": _place(slug), "layout": layout}
    return private(render(request, "coworking/members/join_sent.html", context))


def _known(person: Any) -> dict[str, Any]:
    if person is None:
        return {}
    names = ("first_name", "email", "phone", "address_line", "postcode", "city")
    return {name: getattr(person, name) for name in names} | {"last_name": person.shown_last_name}


@requires("coworking.read_members")
def signup_list(request: SignedIn, pk: int) -> HttpResponse:
    """The requests that wait, then those answered."""
    place = place_found(request, pk, _READS)
    return place_page(
        request, place, "coworking/members/signups.html", "coworking:members", signups=signups_of(place)
    )


def _found(request: SignedIn, pk: int, right: str) -> SignUp:
    rows = SignUp.objects.select_related("place__scope", "plan", "person", "member__person")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, right, row)
    return row


@requires("coworking.read_members")
def signup(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _READS)
    context = {
        "signup": row,
        "crumbs": crumbs_of_members(row.place, _requests(row)),
        "moves": {move.name for move in SIGNUP_FLOW.moves_open_to(request.user, row)},
        "may_keep": can(request.user, _KEEPS, row),
    }
    return render(request, "coworking/members/signup.html", context)


@requires("coworking.keep_members")
def signup_accept(request: SignedIn, pk: int) -> HttpResponse:
    """Says where one comes from, hence who pays; then the member, with what they asked."""
    row, today = _found(request, pk, _KEEPS), timezone.localdate()
    form = MemberForm(request.POST or None, today=today, initial=_proposed(row))
    if form.is_valid():
        with refused_at(form):
            accepted = accept_signup(row, data=form.typed(), actor=request.user)
            messages.success(request, _("Demande acceptée ; la personne en est avertie."))
            return redirect(accepted.member or row)
    title = _("Accepter %(name)s") % {"name": row}
    lead = _("%(plan)s, à partir du %(day)s") % {"plan": row.plan, "day": f"{row.starts_on:%d/%m/%Y}"}
    return place_form(
        request, form, row.place, title=title, lead=lead, submit=_("Accepter"), back=_requests(row)
    )


def _proposed(row: SignUp) -> dict[str, Any]:
    """What the request says of where one comes from."""
    user = getattr(row.person, "user", None) if row.person else None
    activity = Activity.objects.owned_by(user).order_by("pk").first() if user else None
    organisation = Organisation.objects.filter(siren=row.siren).first() if row.siren else None
    origin = MemberOrigin.OUTSIDE
    if activity is not None:
        origin = MemberOrigin.OWN
    elif row.organisation_name:
        origin = MemberOrigin.ORGANISATION
    return {"origin": origin, "activity": activity, "organisation": organisation, "trade": row.trade}


@requires("coworking.keep_members")
def signup_refuse(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _KEEPS)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            refuse_signup(row, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Demande refusée ; la personne en est avertie."))
            return redirect("coworking:signups", row.place_id)
    title, lead = _("Refuser %(name)s") % {"name": row}, _("Le motif est écrit à la personne.")
    return place_form(
        request, form, row.place, title=title, lead=lead, submit=_("Refuser"), back=_requests(row)
    )


def _requests(row: SignUp) -> tuple[Any, str]:
    return _("Demandes"), reverse("coworking:signups", args=[row.place_id])
