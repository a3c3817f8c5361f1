"""Those who come to an event: listed, added by the team, what follows for each (COW-30, COW-31)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import require, requires
from cae.core.tables import (
    Action,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import moment
from coworking.forms.events import NextForm, OpenForm
from coworking.forms.registrations import RegistrationForm
from coworking.models import Registration
from coworking.selectors.event_registrations import registrations_listed
from coworking.services.next_steps import choose_next_step, open_application
from coworking.services.registrations import register
from coworking.services.waiting_list import lapse_by_hand, offer_by_hand
from coworking.states.events import REGISTRATION_FLOW
from coworking.views.event_tabs import KEEP, crumbs_of_event, kept, tabs_of_event
from entrepreneurs.states.applications import Door
from people.requests import SignedIn


class RegistrationTable(Table):
    name = LinkColumn(
        verbose_name=gettext_lazy("Nom"), accessor="full_name", order_by=("sort_name",), url="team_url"
    )
    status = StatusColumn()
    email = tables.Column()
    phone = tables.Column(default="")
    organisation = tables.Column(default="")
    guests = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    price = tables.Column(default="")
    amount = MoneyColumn(total=True)
    diet = tables.Column(default="")
    attendance = tables.Column()
    next_step = tables.Column(default="")
    source = tables.Column(default="")
    created_at = tables.Column()

    class Meta(Table.Meta):
        model = Registration
        fields = (
            "name",
            "status",
            "email",
            "phone",
            "organisation",
            "guests",
            "price",
            "amount",
            "diet",
            "attendance",
            "next_step",
            "source",
            "created_at",
        )

    def render_created_at(self, value: Any) -> str:
        return moment(value)


class RegistrationFilters(Filters):
    search = ("first_name", "last_name", "email", "organisation")

    class Meta:
        model = Registration
        fields = ("state", "attendance", "next_step", "price")


@requires(KEEP)
def event_registrations(request: SignedIn, pk: int) -> HttpResponse:
    event = kept(request, pk)
    new = Action(
        _("Inscrire quelqu’un"), reverse("coworking:event_register", args=[pk]), right=KEEP, icon="plus-lg"
    )
    filters = type("_Filters", (RegistrationFilters,), {})
    filters.base_filters["price"].queryset = event.prices.all()  # type: ignore[attr-defined]
    return list_page(
        request,
        queryset=registrations_listed(event),
        table=RegistrationTable,
        filters=filters,
        page="coworking.registrations",
        title=_("Inscriptions"),
        intro=event.title,
        tabs=tabs_of_event(request, event, "event_registrations"),
        empty=EmptyState(_("Personne ne s’est encore inscrit."), _("Partagez la page de l’événement."), None),
        main_action=new,
        template="coworking/events/registrations.html",
        context={"crumbs": crumbs_of_event(event, (_("Inscriptions"), "")), "event": event},
    )


@requires(KEEP)
def event_register(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody registered by the team: by phone, or who came all the same."""
    event = kept(request, pk)
    form = RegistrationForm(request.POST or None, event=event, user=request.user, by_team=True)
    back = reverse("coworking:event_registrations", args=[pk])
    if form.is_valid():
        with refused_at(form):
            now = timezone.now()
            register(event, data=form.typed(), now=now, actor=request.user, by_team=True)
            done = _("Inscription enregistrée ; la confirmation part par e-mail.")
            messages.success(request, done if event.ends_at > now else _("Inscription enregistrée."))
            return redirect(back)
    return form_page(
        request,
        form,
        title=_("Inscrire quelqu’un"),
        lead=event.title,
        submit=_("Inscrire"),
        back_url=back,
        crumbs=crumbs_of_event(event, (_("Inscriptions"), back), (_("Inscrire quelqu’un"), "")),
    )


def registered(request: SignedIn, pk: int) -> Registration:
    """The registration of this number, of an event that this account keeps."""
    row = get_object_or_404(
        Registration.objects.select_related("event__kind", "event__place", "price", "application"), pk=pk
    )
    require(request.user, KEEP, row)
    return row


@requires(KEEP)
def event_guest(request: SignedIn, pk: int) -> HttpResponse:
    """One person who comes: what they said, what follows, the application in one click."""
    row = registered(request, pk)
    held = {"step": row.next_step, "note": row.next_note}
    form = NextForm(request.POST or None, initial=held) if row.event.kind.chooses_next_step else None
    status = 200
    if form is not None and request.method == "POST":
        status = 422
        if form.is_valid():
            with refused_at(form):
                choose_next_step(row, **form.cleaned_data, actor=request.user)
                messages.success(request, _("Suite enregistrée."))
                return redirect("coworking:event_guest", pk)
    context = {
        "row": row,
        "event": row.event,
        "form": form,
        "open_form": OpenForm(initial={"door": Door.IDEA}),
        "moves": {move.name for move in REGISTRATION_FLOW.moves_open_to(request.user, row)},
        "seats": list(row.part_seats.select_related("part__room")),
        "options": list(row.options_taken.select_related("option")),
        "answers": list(row.answers.select_related("field")),
        "back_url": reverse("coworking:event_registrations", args=[row.event_id]),
    }
    return render(request, "coworking/events/guest.html", context, status=status)


@require_POST
@requires(KEEP)
def guest_act(request: SignedIn, pk: int) -> HttpResponse:
    """Offers a place to who waits, or takes an offer back."""
    row, now = registered(request, pk), timezone.now()
    act, done = (
        (offer_by_hand, _("Place proposée : un e-mail le dit."))
        if request.POST.get("do") == "offer"
        else (lapse_by_hand, _("La place est reprise."))
    )
    return act_now(
        request,
        lambda: act(row, now=now, actor=request.user),
        done=done,
        back_url=reverse("coworking:event_guest", args=[pk]),
    )


@require_POST
@requires(KEEP)
def guest_apply(request: SignedIn, pk: int) -> HttpResponse:
    """Opens the application of somebody who came."""
    row, form = registered(request, pk), OpenForm(request.POST)
    with refused_above(request):
        door = form.cleaned_data["door"] if form.is_valid() else ""
        open_application(row, door=door, now=timezone.now(), actor=request.user)
        messages.success(
            request,
            _("Candidature ouverte : %(name)s reçoit le lien pour la finir.") % {"name": row.full_name},
        )
    return redirect("coworking:event_guest", pk)
