"""Events for the team: their list, one of them, written, changed, published, held, cancelled (COW-28, 29)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in, text_in
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from cae.core.templatetags.formats import moment
from coworking.forms.events import FOLLOWING, CancelForm, ChangeForm, EventForm, SeriesForm
from coworking.models import Event, EventKind, Place
from coworking.selectors.events import events_kept_by, events_listed, room_of
from coworking.services import event_series as series_verbs
from coworking.services import events as verbs
from coworking.services.event_attendance import note_the_rest
from coworking.services.event_promotion import thank
from coworking.states.events import EVENT_FLOW, Audience
from coworking.views.event_tabs import KEEP, READ, crumbs_of_event, kept, tabs_of_event
from people.requests import SignedIn


class EventTable(Table):
    title = LinkColumn()
    status = StatusColumn()
    starts_at = tables.Column()
    kind = tables.Column()
    where = tables.Column(verbose_name=gettext_lazy("Où"), order_by=("place__sort_name", "venue"), default="")
    coming = tables.Column(
        verbose_name=gettext_lazy("Viennent"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    waiting = tables.Column(
        verbose_name=gettext_lazy("Attendent"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    class Meta(Table.Meta):
        model = Event
        fields = ("title", "status", "starts_at", "kind", "where", "coming", "waiting")

    def render_starts_at(self, value: Any) -> str:
        return moment(value)

    def render_coming(self, record: Any) -> str:
        return f"{record.coming} / {record.capacity}" if record.capacity else str(record.coming)

    value_coming = render_coming


class EventFilters(Filters):
    search = ("title", "summary", "speakers", "venue", "city", "place__name", "place__city")
    kind = django_filters.ModelChoiceFilter(label=gettext_lazy("Genre"), queryset=EventKind.objects.all())
    place = django_filters.ModelChoiceFilter(label=gettext_lazy("Lieu"), queryset=Place.objects.all())
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("Quand"),
        choices=[("coming", gettext_lazy("À venir")), ("past", gettext_lazy("Passés"))],
        method="filter_when",
    )
    mine = django_filters.BooleanFilter(label=gettext_lazy("Que j’organise"), method="filter_mine")

    class Meta:
        model = Event
        fields = ("state", "kind", "place")

    def filter_when(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        now = timezone.now()
        return queryset.filter(ends_at__gt=now) if value == "coming" else queryset.filter(ends_at__lte=now)

    def filter_mine(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        own = events_kept_by(self.request.user).values("pk")
        return queryset.filter(pk__in=own) if value else queryset.exclude(pk__in=own)


@requires(READ)
def event_list(request: SignedIn) -> HttpResponse:
    new = Action(_("Écrire un événement"), reverse("coworking:event_create"), right=KEEP, icon="plus-lg")
    return list_page(
        request,
        queryset=events_listed(request.user),
        table=EventTable,
        filters=EventFilters,
        page="coworking.events",
        title=_("Événements"),
        empty=EmptyState(
            _("Aucun événement."),
            _("Réunions d’information, petits-déjeuners, séminaires : ce que l’agenda annonce."),
            new if can(request.user, KEEP) else None,
        ),
        main_action=new,
        template="coworking/events/event_list.html",
    )


@requires(READ)
def event(request: SignedIn, pk: int) -> HttpResponse:
    """What it is, how full it is, what may be done of it now."""
    row, now = kept(request, pk, READ), timezone.now()
    may_keep = can(request.user, KEEP, row)
    context = {
        "event": row,
        "room": room_of(row),
        "of_capacity": _("sur %(count)d") % {"count": row.capacity} if row.capacity else "",
        "waiting": row.registrations.waiting().count(),
        "present": row.registrations.filter(attendance="present").count(),
        "moves": {move.name for move in EVENT_FLOW.moves_open_to(request.user, row)},
        "may_keep": may_keep,
        "has_begun": row.starts_at <= now,
        "is_over": row.ends_at <= now,
        "siblings": list(row.series.events.exclude(pk=row.pk).order_by("starts_at")[:60])
        if row.series is not None
        else [],
        "parts": list(row.parts.select_related("room", "territory")),
        "tabs": tabs_of_event(request, row, "event"),
    }
    return render(request, "coworking/events/event.html", context)


@requires(KEEP)
def event_create(request: SignedIn) -> HttpResponse:
    """A draft; the kind asked for in the address gives its first values."""
    form = EventForm(request.POST or None, user=request.user, initial=_first(request))
    if form.is_valid():
        with refused_at(form):
            row = verbs.create_event(data=form.typed(), actor=request.user)
            messages.success(request, _("Brouillon écrit : relisez-le, puis publiez."))
            return redirect(row.get_absolute_url())
    return _new_page(request, form, _("Écrire un événement"), series=False)


@requires(KEEP)
def series_create(request: SignedIn) -> HttpResponse:
    """A draft for each date."""
    form = SeriesForm(request.POST or None, user=request.user, initial=_first(request))
    if form.is_valid():
        with refused_at(form):
            made = series_verbs.create_series(
                data=form.typed(), rhythm=form.rhythm_typed(), actor=request.user
            )
            _tell_made(request, made)
            return redirect(made.events[0].get_absolute_url())
    return _new_page(request, form, _("Écrire une série"), series=True)


def _tell_made(request: SignedIn, made: series_verbs.Made) -> None:
    count = len(made.events)
    messages.success(
        request,
        ngettext("%(count)d date écrite : publiez-la.", "%(count)d dates écrites : publiez-les.", count)
        % {"count": count},
    )
    for day in made.skipped:
        messages.warning(
            request,
            _("Rien le %(day)s : cette heure n’existe pas, l’heure d’été commence.")
            % {"day": f"{day:%d/%m/%Y}"},
        )


def _first(request: SignedIn) -> dict[str, Any]:
    kind = EventKind.objects.filter(code=text_in(request.GET.get("genre", ""))[:60]).first()
    if kind is None:
        return {}
    starts = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=14)
    return {
        "kind": kind,
        "capacity": kind.capacity,
        "audience": Audience.MEMBERS if kind.is_closed else Audience.ANYBODY,
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=kind.minutes),
    }


def _new_page(request: SignedIn, form: EventForm, title: str, *, series: bool) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer le brouillon"),
        back_url=reverse("coworking:event_list"),
        crumbs=[(_("Événements"), reverse("coworking:event_list")), (title, "")],
        template="coworking/events/new.html",
        kinds=EventKind.objects.filter(is_active=True),
        is_series=series,
        may_set_kinds=can(request.user, "coworking.set_event_kinds"),
    )


@requires(KEEP)
def event_change(request: SignedIn, pk: int) -> HttpResponse:
    row = kept(request, pk)
    held = vars(verbs.data_of(row))
    form = ChangeForm(request.POST or None, user=request.user, event=row, initial=held)
    if form.is_valid():
        with refused_at(form):
            version = key_in(request.POST.get("version", ""))
            if form.cleaned_data.get("reach") == FOLLOWING:
                changed = series_verbs.change_following(
                    row, data=form.typed(), version=version, actor=request.user
                )
                messages.success(request, _("Dates changées : %(count)d.") % {"count": len(changed)})
            else:
                verbs.change_event(row, data=form.typed(), version=version, actor=request.user)
                messages.success(request, _("Événement enregistré."))
            return redirect(row.get_absolute_url())
    return form_page(
        request,
        form,
        title=_("Modifier « %(title)s »") % {"title": row},
        submit=_("Enregistrer"),
        back_url=row.get_absolute_url(),
        crumbs=crumbs_of_event(row, (_("Modifier"), "")),
        template="coworking/events/versioned_form.html",
        version=request.POST.get("version", row.version),
    )


@requires(KEEP)
def event_cancel(request: SignedIn, pk: int) -> HttpResponse:
    """Asks why, and tells all those who come."""
    row = kept(request, pk)
    form = CancelForm(request.POST or None, event=row)
    if form.is_valid():
        with refused_at(form):
            shared = {"reason": form.cleaned_data["reason"], "now": timezone.now(), "actor": request.user}
            if form.cleaned_data.get("reach") == FOLLOWING:
                series_verbs.cancel_following(row, **shared)
            else:
                verbs.cancel_event(row, **shared)
            messages.success(request, _("Événement annulé : les inscrit·es sont prévenu·es."))
            return redirect(row.get_absolute_url())
    return form_page(
        request,
        form,
        title=_("Annuler « %(title)s » ?") % {"title": row},
        lead=_("Un e-mail part à qui vient ou attend ; l’annulation ne se reprend pas."),
        submit=_("Annuler l’événement"),
        tone="danger",
        back_url=row.get_absolute_url(),
        crumbs=crumbs_of_event(row, (_("Annuler"), "")),
    )


@require_POST
@requires(KEEP)
def event_act(request: SignedIn, pk: int) -> HttpResponse:
    """Publishes, holds, renews the code of the door, notes absences, thanks."""
    row, now, user = kept(request, pk), timezone.now(), request.user
    acts: dict[str, tuple[Any, Any]] = {
        "publish": (
            lambda: verbs.publish_event(row, now=now, actor=user),
            _("Publié : il est à l’agenda."),
        ),
        "hold": (lambda: verbs.hold_event(row, now=now, actor=user), _("C’est noté : il a eu lieu.")),
        "door": (
            lambda: verbs.renew_door_key(row, actor=user),
            _("Nouveau code : l’ancien n’ouvre plus rien."),
        ),
        "absences": (lambda: note_the_rest(row, now=now, actor=user), _("Absences notées.")),
        "thank": (lambda: thank(row, now=now, actor=user), _("Les remerciements partent.")),
    }
    if row.series is not None:
        series = row.series
        acts["publish_series"] = (
            lambda: series_verbs.publish_series(series, now=now, actor=user),
            _("Toutes les dates à venir de la série sont à l’agenda."),
        )
    do = request.POST.get("do", "")
    if do not in acts:
        raise Http404
    back = {"door": "event_code", "absences": "event_attendance", "thank": "event_promotion"}.get(do, "event")
    return act_now(
        request, acts[do][0], done=acts[do][1], back_url=reverse(f"coworking:{back}", args=[row.pk])
    )
