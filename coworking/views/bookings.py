"""A booking: what it is, moved by buttons, called off, its guests; one’s own; those of a place (COW-16,
19)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.calendars import event_file
from cae.core.errors import Refused
from cae.core.forms import form_page, refuse, refused_above, refused_at
from cae.core.money import ZERO
from cae.core.permissions import can, require, signed_in
from coworking.calculations.stretches import Stretch
from coworking.forms.bookings import CancelForm, GuestForm, MoveForm, RefuseForm
from coworking.models import Basket, Booking, BookingSeries
from coworking.selectors.availability import resources_to_book, stretch_of
from coworking.selectors.booking_words import happening_of, span_words, title_of
from coworking.selectors.finding import query_of
from coworking.selectors.hires import hire_facts
from coworking.selectors.pricing import Purse
from coworking.services import booking_changes as verbs
from coworking.services.booking_checks import PriceChanged, SlotRefused
from coworking.services.booking_series import cancel_series, confirm_series
from coworking.services.guests import Guest, add_guest, remove_guest
from coworking.services.presences import arrive_for
from coworking.states.bookings import BOOKING_FLOW, COMING
from coworking.states.days import ArrivalWay
from people.requests import SignedIn


def find_booking(request: Any, pk: int, right: str = "coworking.view_booking") -> Booking:
    """The booking, for whoever has this right on it; others learn nothing of it."""
    rows = Booking.objects.select_related(
        "place__scope", "resource", "unit", "member__person", "person", "charge", "series", "payer"
    )
    booking = get_object_or_404(rows, pk=pk)
    if not can(request.user, "coworking.view_booking", booking):
        raise Http404
    require(request.user, right, booking)
    return booking


@signed_in
def booking(request: SignedIn, pk: int) -> HttpResponse:
    row = find_booking(request, pk)
    now = timezone.now()
    moves = {move.name for move in BOOKING_FLOW.moves_open_to(request.user, row)}
    coming = row.during.lower > now
    team = can(request.user, "coworking.run_day", row)
    context = {
        "booking": row,
        "title": title_of(row),
        "span": span_words(row.during),
        "guests": row.guests.filter(cancelled_at__isnull=True, erased_at__isnull=True),
        "guest_form": GuestForm(),
        "several_units": row.resource.units.count() > 1,
        "may_move": row.state in COMING and coming and can(request.user, "coworking.change_booking", row),
        "may_cancel": "cancel" in moves and coming,
        "is_late": verbs.stays_due(row, now),
        "may_approve": "approve" in moves,
        "may_refuse": "refuse" in moves,
        "may_arrive": "arrive" in moves and verbs.is_arriving(row, now),
        "may_end": "end" in moves and not coming,
        "may_miss": "miss" in moves and not coming,
        "may_guests": row.state in COMING and can(request.user, "coworking.change_booking", row),
        "sees_money": team or can(request.user, "coworking.change_booking", row),
        "is_team": team,
        "others": row.basket.bookings.exclude(pk=row.pk).count() if row.basket and not row.series else 0,
    }
    context |= hire_facts(request.user, row)
    if context.get("waits_for_quote"):
        context |= {"may_approve": False, "may_move": False}
    return render(request, "coworking/bookings/booking.html", context)


@signed_in
def booking_move(request: SignedIn, pk: int) -> HttpResponse:
    """Earlier, later, the day before or after, by buttons; or any hour typed."""
    row = find_booking(request, pk, "coworking.change_booking")
    span = stretch_of(row.during)
    team = can(request.user, "coworking.run_day", row)
    initial = query_of(span) | {"resource": row.resource_id, "version": row.version}
    form = MoveForm(request.POST or None, initial=initial, resources=resources_to_book(row.place))
    nearest: list[Any] = []
    if form.is_valid():
        try:
            wanted = form.wanted()
            verbs.move_booking(
                row,
                resource=form.cleaned_data["resource"],
                wanted=wanted or span,
                shown=form.cleaned_data["shown"],
                version=form.cleaned_data["version"],
                actor=request.user,
                now=timezone.now(),
                by_team=team,
            )
        except SlotRefused as refusal:
            refuse(form, refusal)
            nearest = [(span_words(one), query_of(one)) for one in refusal.nearest]
        except PriceChanged as refusal:
            refuse(form, refusal)
            form.data = request.POST.copy()
            form.data["shown"] = str(refusal.price)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("La réservation est déplacée."))
            return redirect(row)
    context = {
        "booking": row,
        "title": title_of(row),
        "span": span_words(row.during),
        "form": form,
        "nearest": nearest,
        "shown": form.data.get("shown", "") if form.is_bound else row.price or ZERO,
        "version": row.version,
        "steps": _steps(row, span),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "coworking/bookings/move.html", context, status=422 if wrong else 200)


def _steps(row: Booking, span: Stretch) -> list[tuple[str, dict[str, str], str, Decimal]]:
    """What one button moves it to, and what it would cost there."""
    step = timedelta(minutes=row.resource.step)
    ways = (
        (_("Plus tôt"), -step),
        (_("Plus tard"), step),
        (_("La veille"), -timedelta(days=1)),
        (_("Le lendemain"), timedelta(days=1)),
        (_("La semaine suivante"), timedelta(days=7)),
    )
    purse = Purse(member=row.member, person=row.person, besides=row)
    found = []
    for word, shift in ways:
        one = Stretch(span.starts + shift, span.ends + shift)
        found.append((word, query_of(one), span_words(one), purse.asked(row.resource, one).amount))
    return found


@signed_in
def booking_cancel(request: SignedIn, pk: int) -> HttpResponse:
    row = find_booking(request, pk, "coworking.cancel_booking")
    team = can(request.user, "coworking.run_day", row)
    late = verbs.stays_due(row, timezone.now())
    form = CancelForm(request.POST or None, may_forgive=team and late)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            verbs.cancel_booking(
                row,
                reason=form.cleaned_data["reason"],
                forgiven=form.cleaned_data.get("forgiven", False),
                actor=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("La réservation est annulée."))
            return redirect(row)
    lead = _("Annulée maintenant, elle ne coûte rien : ce qu’elle avait pris est rendu.")
    if late:
        lead = _("Le délai d’annulation sans frais est passé : elle reste due.")
    return form_page(
        request,
        form,
        title=_("Annuler la réservation"),
        lead=f"{title_of(row)}, {span_words(row.during)}. {lead}",
        submit=_("Annuler la réservation"),
        tone="danger",
        back_url=row.get_absolute_url(),
        crumbs=[(title_of(row), row.get_absolute_url()), (_("Annuler"), "")],
    )


@signed_in
def booking_refuse(request: SignedIn, pk: int) -> HttpResponse:
    row = find_booking(request, pk, "coworking.approve_booking")
    form = RefuseForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            reason = form.cleaned_data["reason"]
            verbs.refuse_booking(row, reason=reason, actor=request.user, now=timezone.now())
            messages.success(request, _("La demande est refusée : la personne est prévenue."))
            return redirect(row)
    return form_page(
        request,
        form,
        title=_("Refuser la demande"),
        lead=f"{row.holder}, {title_of(row)}, {span_words(row.during)}",
        submit=_("Refuser"),
        tone="danger",
        back_url=row.get_absolute_url(),
        crumbs=[(title_of(row), row.get_absolute_url()), (_("Refuser"), "")],
    )


@require_POST
@signed_in
def booking_act(request: SignedIn, pk: int) -> HttpResponse:
    """Approved, over, nobody came; a guest more, a guest less."""
    do, now = request.POST.get("do", ""), timezone.now()
    right = {
        "approve": "coworking.approve_booking",
        "arrive": "coworking.arrive",
        "end": "coworking.run_day",
        "miss": "coworking.run_day",
    }.get(do, "coworking.change_booking")
    row = find_booking(request, pk, right)
    with refused_above(request):
        if do == "approve":
            verbs.approve_booking(row, actor=request.user)
            messages.success(request, _("Réservation validée : la personne est prévenue."))
        elif do == "arrive":
            way = ArrivalWay.TEAM if can(request.user, "coworking.run_day", row) else ArrivalWay.DOOR
            arrive_for(row, way=way, actor=request.user, now=now)
            messages.success(request, _("Arrivée notée."))
        elif do == "end":
            verbs.end_booking(row, actor=request.user, now=now)
            messages.success(request, _("Terminée : le temps restant est libre."))
        elif do == "miss":
            verbs.miss_booking(row, actor=request.user, now=now)
            messages.success(request, _("Libérée : personne n’est venu."))
        elif do == "guest_off":
            key = request.POST.get("guest", "")
            remove_guest(row, int(key) if key.isdigit() else 0, actor=request.user, now=now)
            messages.success(request, _("L’invité·e n’est plus attendu·e."))
    return redirect(row)


@require_POST
@signed_in
def booking_guest(request: SignedIn, pk: int) -> HttpResponse:
    row = find_booking(request, pk, "coworking.change_booking")
    form = GuestForm(request.POST)
    if form.is_valid():
        with refused_above(request):
            add_guest(row, Guest(form.cleaned_data["name"], form.cleaned_data["email"]), actor=request.user)
            messages.success(request, _("Invité·e annoncé·e : l’équipe l’attend."))
    else:
        messages.error(request, _("Donnez un nom, et une adresse e-mail juste si vous en donnez une."))
    return redirect(row)


@signed_in
def booking_file(request: SignedIn, pk: int) -> HttpResponse:
    """The booking for one’s calendar."""
    row = find_booking(request, pk)
    return event_file(happening_of(row), name=f"reservation-{row.pk}")


@signed_in
def basket(request: SignedIn, pk: int) -> HttpResponse:
    """What was booked together."""
    row = get_object_or_404(Basket.objects.select_related("place"), pk=pk)
    rows = list(row.bookings.select_related("place", "resource", "unit", "member", "series").order_by("pk"))
    if not rows or not can(request.user, "coworking.view_booking", rows[0]):
        raise Http404
    total = sum((one.price or ZERO for one in rows), ZERO)
    context = {"basket": row, "bookings": _spanned(rows), "total": total}
    return render(request, "coworking/bookings/basket.html", context)


@signed_in
def booking_series(request: SignedIn, pk: int) -> HttpResponse:
    """A series: its dates; kept for one more quarter, or called off."""
    row = get_object_or_404(BookingSeries.objects.select_related("resource__place"), pk=pk)
    if not can(request.user, "coworking.view_booking", row):
        raise Http404
    now = timezone.now()
    rows = list(row.bookings.select_related("place", "resource", "unit", "member").order_by("during"))
    if request.method == "POST":
        require(request.user, "coworking.change_booking", row)
        with refused_above(request):
            if request.POST.get("do") == "confirm":
                confirm_series(row, actor=request.user)
                messages.success(request, _("La série est gardée pour un trimestre de plus."))
            elif request.POST.get("do") == "cancel":
                count = cancel_series(row, actor=request.user, now=now)
                messages.success(request, _("%(count)d dates annulées.") % {"count": count})
        return redirect(row)
    may_change = can(request.user, "coworking.change_booking", row)
    context = {
        "series": row,
        "place": row.resource.place,
        "bookings": _spanned(rows),
        "coming": sum(one.state in COMING and one.during.lower > now for one in rows),
        "may_change": may_change,
        "may_confirm": may_change and row.confirmed_until is not None and row.confirmed_until < row.last,
    }
    return render(request, "coworking/bookings/series.html", context)


def _spanned(rows: list[Booking]) -> list[tuple[Booking, str]]:
    return [(one, span_words(one.during)) for one in rows]
