"""What an event offers: parts, prices, options and questions: added, changed, taken away (COW-28, 30)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import requires
from coworking.forms.events import FieldForm, OptionForm, PartForm, PriceForm
from coworking.models import Event, EventField, EventOption, EventPart, EventPrice, EventRoom, Resource
from coworking.selectors.event_registrations import option_counts, part_counts
from coworking.services import event_programme as verbs
from coworking.services.event_rooms import free_room, take_room
from coworking.states.bookings import COMING
from coworking.states.places import ResourceKind
from coworking.views.event_tabs import KEEP, crumbs_of_event, kept, tabs_of_event
from people.requests import SignedIn


@dataclass(frozen=True)
class _Kind:
    """One of the four things: its rows, its form, its verb, the words of its pages."""

    model: Any
    form: Any
    save: Callable[..., Any]
    adds: Any
    saved: Any


_KINDS: dict[str, _Kind] = {
    "parties": _Kind(
        EventPart,
        PartForm,
        verbs.save_part,
        gettext_lazy("Ajouter une partie"),
        gettext_lazy("Programme à jour."),
    ),
    "tarifs": _Kind(
        EventPrice,
        PriceForm,
        verbs.save_price,
        gettext_lazy("Ajouter un tarif"),
        gettext_lazy("Tarifs à jour."),
    ),
    "options": _Kind(
        EventOption,
        OptionForm,
        verbs.save_option,
        gettext_lazy("Ajouter une option"),
        gettext_lazy("Options à jour."),
    ),
    "questions": _Kind(
        EventField,
        FieldForm,
        verbs.save_field,
        gettext_lazy("Ajouter une question"),
        gettext_lazy("Formulaire à jour."),
    ),
}


@requires(KEEP)
def event_programme(request: SignedIn, pk: int) -> HttpResponse:
    event = kept(request, pk)
    seats, wanted = part_counts(event), option_counts(event)
    rooms = list(event.rooms.select_related("resource", "booking"))
    context = {
        "event": event,
        "parts": [(part, seats.get(part.pk, 0)) for part in event.parts.select_related("room")],
        "prices": list(event.prices.all()),
        "options": [(option, wanted.get(option.pk, 0)) for option in event.options.all()],
        "fields": list(event.fields.all()),
        "papers": list(event.papers.select_related("event", "part", "document")),
        "may_change": event.state in ("draft", "published"),
        "rooms": [room for room in rooms if room.booking.state in COMING],
        "rooms_left": Resource.objects.in_use()
        .filter(place=event.place_id, kind=ResourceKind.ROOM)
        .exclude(pk__in=[room.resource_id for room in rooms if room.booking.state in COMING]),
        "tabs": tabs_of_event(request, event, "event_programme"),
    }
    return render(request, "coworking/events/programme.html", context)


@require_POST
@requires(KEEP)
def room_act(request: SignedIn, pk: int) -> HttpResponse:
    """Takes a room for the event, or gives one back."""
    event, now = kept(request, pk), timezone.now()
    resource = get_object_or_404(Resource, pk=key_in(request.POST.get("resource", "")) or 0)
    back = reverse("coworking:event_programme", args=[pk])
    if request.POST.get("do") == "free":
        room = get_object_or_404(EventRoom, event=event, resource=resource)
        return act_now(
            request,
            lambda: free_room(room, now=now, actor=request.user),
            done=_("Salle rendue."),
            back_url=back,
        )
    return act_now(
        request,
        lambda: take_room(event, resource, now=now, actor=request.user),
        done=_("Salle prise pour toute la durée de l’événement."),
        back_url=back,
    )


@requires(KEEP)
def programme_add(request: SignedIn, pk: int, what: str) -> HttpResponse:
    return _form(request, kept(request, pk), what, None)


@requires(KEEP)
def programme_change(request: SignedIn, pk: int, what: str, row_pk: int) -> HttpResponse:
    event = kept(request, pk)
    return _form(request, event, what, get_object_or_404(_of(what).model, pk=row_pk, event=event))


@require_POST
@requires(KEEP)
def programme_remove(request: SignedIn, pk: int, what: str, row_pk: int) -> HttpResponse:
    event, kind = kept(request, pk), _of(what)
    row = get_object_or_404(kind.model, pk=row_pk, event=event)
    return act_now(
        request,
        lambda: verbs.remove(row, actor=request.user),
        done=kind.saved,
        back_url=reverse("coworking:event_programme", args=[pk]),
    )


def _form(request: SignedIn, event: Event, what: str, row: Any) -> HttpResponse:
    kind = _of(what)
    names = kind.form.kept_as.__dataclass_fields__
    held = {name: getattr(row, name) for name in names} if row is not None else {}
    form = kind.form(request.POST or None, event=event, user=request.user, initial=held)
    back = reverse("coworking:event_programme", args=[event.pk])
    if form.is_valid():
        known = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
        with refused_at(form):
            kind.save(event, row, data=kind.form.kept_as(**known), actor=request.user)
            messages.success(request, kind.saved)
            return redirect(back)
    title = _("Modifier « %(name)s »") % {"name": row} if row is not None else kind.adds
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=back,
        crumbs=crumbs_of_event(event, (_("Programme et formulaire"), back), (title, "")),
    )


def _of(what: str) -> _Kind:
    if what not in _KINDS:
        raise Http404
    return _KINDS[what]
