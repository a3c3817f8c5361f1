"""What a member holds in places: what is left, what is due, the certificate of a month (COW-12 to 14)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cae.core.answers import file_shown
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.periods import Month
from cae.core.permissions import can, require, requires
from coworking.documents.presence import presence_pdf
from coworking.forms.members import OwnEndForm
from coworking.models import Member, Subscription
from coworking.selectors.members import (
    bookings_to_come,
    charges_of,
    included_of,
    led_by,
    months_present,
    own_members,
    passes_left,
    presences_of,
    subscriptions_held,
)
from coworking.services import members as verbs
from coworking.services.subscriptions import ask_end
from coworking.states.members import SubscriptionState
from coworking.views.members import member_found
from coworking.views.subscriptions import effect_of_end
from people.requests import SignedIn

_READS_SALE = "invoicing.view_internal"


@requires("coworking.own_places")
def own_places(request: SignedIn) -> HttpResponse:
    """Each place where one works: plans with what is left, passes, bookings, what is due, certificates."""
    today = timezone.localdate()
    rows = own_members(request.user, today)
    context = {
        "places": [_held(member, today) for member in rows],
        "passes": passes_left(rows, today),
        "bookings": bookings_to_come(rows)[:5],
        "charges": [
            (row, row.internal_sale is not None and can(request.user, _READS_SALE, row.internal_sale))
            for row in charges_of(rows)[:8]
        ],
    }
    return render(request, "coworking/members/own.html", context)


def _held(member: Member, today: Any) -> dict[str, Any]:
    held = [row for row in subscriptions_held(member) if row.state != SubscriptionState.REFUSED]
    month = Month.of(today)
    others = list(led_by(member))
    return {
        "member": member,
        "held": [(row, included_of(row, month) if row.is_in_force(today) else []) for row in held],
        "others": [(other, months_present(other)) for other in others],
        "months": months_present(member),
        "is_gone": member.ends_on is not None and member.ends_on < today,
    }


def _own(request: SignedIn, pk: int) -> Member:
    rows = Member.objects.select_related("place", "person", "organisation")
    member = get_object_or_404(rows, pk=pk)
    require(request.user, "coworking.read_own_member", member)
    return member


@require_safe
@requires("coworking.own_places")
def presence_certificate(request: SignedIn, pk: int, month: str) -> HttpResponse:
    """The PDF of a month in which somebody came, for them or whoever leads their organisation there."""
    return _certificate(_own(request, pk), month)


@require_safe
@requires("coworking.read_members")
def member_presence(request: SignedIn, pk: int, month: str) -> HttpResponse:
    """The same, for whoever runs the place: an employer may have no account."""
    return _certificate(member_found(request, pk, "coworking.read_members"), month)


def _certificate(member: Member, month: str) -> HttpResponse:
    try:
        wanted = Month.parse(month)
    except ValueError:
        raise Http404 from None
    presences = presences_of(member, wanted)
    if not presences:
        raise Http404
    content = presence_pdf(member, wanted, presences, on=timezone.localdate())
    return file_shown(content, name=f"presence-{wanted}-{member.pk}.pdf")


@requires("coworking.own_places")
def own_end(request: SignedIn, pk: int) -> HttpResponse:
    """One ends one’s own plan: the last day and what it costs are said first."""
    rows = Subscription.objects.select_related("member__place", "plan", "payer")
    row = get_object_or_404(rows, pk=pk, member__person=request.user.person_id)
    form = OwnEndForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            ask_end(
                row,
                asked_on=timezone.localdate(),
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
            messages.success(request, _("C’est noté : l’équipe du lieu le voit."))
            return redirect("coworking:own_places")
    title = _("Mettre fin à « %(plan)s »") % {"plan": row.plan}
    back = reverse("coworking:own_places")
    return form_page(
        request,
        form,
        title=title,
        lead=effect_of_end(row),
        submit=_("Demander la fin"),
        back_url=back,
        crumbs=[(_("Mes lieux"), back), (title, "")],
        tone="danger",
    )


@require_POST
@requires("coworking.own_places")
def own_charter(request: SignedIn, pk: int) -> HttpResponse:
    member = get_object_or_404(Member, pk=pk, person=request.user.person_id)
    with refused_above(request):
        verbs.accept_charter(member, on=timezone.localdate(), actor=request.user)
        messages.success(request, _("Règles du lieu acceptées."))
    return redirect("coworking:own_places")
