"""One's own shares: the account with past years, a subscription to sign, a request for refund (GOV-05,
GOV-07)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.notices import read_about
from cae.core.permissions import in_person, require, requires
from governance.forms.refunds import OwnRefundForm
from governance.forms.subscriptions import BulletinForm, OwnSubscriptionForm
from governance.models import Associate, Subscription
from governance.selectors.associates import own_associates
from governance.selectors.refunds import refunds_listed
from governance.selectors.share_people import asked_at_admission, classes_offered
from governance.selectors.shares import account_of, plan_of
from governance.services.refunds import ask_refund
from governance.services.subscriptions import content_hash, prepare_subscription, sign_subscription
from governance.states.register import SubscriptionState
from governance.views.shares import day_asked
from governance.views.subscriptions import crumbs_of, seen_subscription
from people.devices import origin_of
from people.requests import SignedIn


@requires("governance.view_own_shares")
def own_shares(request: SignedIn) -> HttpResponse:
    """The account of shares of whoever one acts for, as of a day."""
    associate, mine = _chosen(request)
    on = day_asked(request)
    context = {
        "associate": associate,
        "mine": mine,
        "on": on,
        "account": account_of(associate, on),
        "refunds": list(refunds_listed(request.user).filter(associate=associate)),
    }
    return render(request, "governance/shares/own.html", context)


@requires("governance.ask_shares")
def own_subscribe(request: SignedIn) -> HttpResponse:
    """One asks for shares; the bulletin is then read and signed."""
    associate, _mine = _chosen(request)
    require(request.user, "governance.ask_shares", associate)
    today = timezone.localdate()
    initial = {"first_due_on": today} | asked_at_admission(associate)
    form = OwnSubscriptionForm(request.POST or None, classes=classes_offered(), initial=initial)
    if form.is_valid():
        with refused_at(form):
            row = prepare_subscription(
                associate, data=form.typed(), actor=request.user, on=today, by_associate=True
            )
            return redirect("governance:subscription_sign", row.pk)
    return _own_form(request, form, _("Souscrire des parts"), _("Préparer mon bulletin"))


@requires("governance.ask_shares")
def own_refund(request: SignedIn) -> HttpResponse:
    """One asks shares back."""
    associate, _mine = _chosen(request)
    require(request.user, "governance.ask_shares", associate)
    now = timezone.now()
    form = OwnRefundForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            row = ask_refund(associate, data=form.typed(now), actor=request.user, now=now)
            messages.success(request, _("Votre demande a pris son rang."))
            return redirect(row)
    return _own_form(
        request,
        form,
        _("Demander un remboursement"),
        _("Envoyer ma demande"),
        lead=_("Les remboursements suivent l’ordre des demandes, après le délai des statuts."),
    )


@in_person
@requires("governance.ask_shares")
def subscription_sign(request: SignedIn, pk: int) -> HttpResponse:
    """The bulletin in full, then the place to sign."""
    row = seen_subscription(request, pk)
    require(request.user, "governance.ask_shares", row.associate)
    read_about(request.user, row, at=timezone.now())
    if row.state != SubscriptionState.DRAFT:
        return redirect(row)
    form = BulletinForm(request.POST or None, initial={"shown": content_hash(row)})
    signer, function = _signer(request, row)
    if form.is_valid():
        try:
            sign_subscription(
                row,
                actor=request.user,
                at=timezone.now(),
                hand=form.hand(signer, function),
                origin=origin_of(request),
                shown_sha256=form.cleaned_data["shown"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Bulletin signé : ces parts sont à votre nom."))
            return redirect(row)
    context = {
        "row": row,
        "plan": plan_of(row),
        "form": form,
        "signer": signer,
        "crumbs": crumbs_of(request, (str(row), row.get_absolute_url()), (_("Signer"), "")),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "governance/shares/sign.html", context, status=422 if wrong else 200)


def _signer(request: SignedIn, row: Subscription) -> tuple[str, str]:
    """Who signs, and for whom when it is a legal person."""
    name = str(request.user.person or request.user)
    if row.associate.organisation_id is None:
        return name, ""
    return name, _("pour %(name)s") % {"name": row.associate.name}


def _chosen(request: SignedIn) -> tuple[Associate, list[Associate]]:
    """The associate of the address among those one acts for, else the first: oneself."""
    mine = own_associates(request.user, timezone.localdate())
    wanted = key_in(request.GET.get("pour", ""))
    chosen = next((one for one in mine if one.pk == wanted), mine[0])
    return chosen, mine


def _own_form(request: SignedIn, form: Any, title: str, submit: str, *, lead: str = "") -> HttpResponse:
    back = reverse("governance:own_shares")
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        lead=lead,
        back_url=back,
        crumbs=[(_("Mes parts"), back), (title, "")],
    )
