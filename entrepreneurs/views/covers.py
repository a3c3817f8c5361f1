"""The insurance of an activity and of the house: what is covered, until when, what happened (ENT-42)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires, signed_in
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags import ui
from entrepreneurs.forms.trades import CoverForm, EndCoverForm
from entrepreneurs.models import Activity, Cover
from entrepreneurs.selectors.covers import claims_of, covers_listed, covers_of, demands_cover, standings
from entrepreneurs.services.covers import end_cover, record_cover
from entrepreneurs.views.activity_tabs import activity_tabs, crumbs_of, seen_activity
from entrepreneurs.views.bars import activity_bar

SOON_DAYS = 60


def standing_of(cover: Cover) -> tuple[str, str, str]:
    """Tone, shape and word of a cover today."""
    today = timezone.localdate()
    if cover.is_empty or (cover.ends_on is not None and cover.ends_on < today):
        return "neutral", "✕", _("Terminée")
    if cover.starts_on > today:
        return "info", "◇", _("À venir")
    if cover.ends_on is not None and (cover.ends_on - today).days <= SOON_DAYS:
        return "warning", "▲", _("Finit bientôt")
    return "success", "✔", _("En vigueur")


class CoverStatus(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Cover) -> Any:
        return ui.status(*standing_of(record))

    def value(self, record: Any, value: Any) -> str:
        return standing_of(record)[2]


class CoverTable(Table):
    holder = LinkColumn(
        verbose_name=gettext_lazy("Pour"),
        accessor="activity__name",
        url="holder_url",
        order_by="activity__sort_name",
        default=gettext_lazy("La coopérative"),
    )
    insurer = tables.Column()
    policy = tables.Column()
    amount = MoneyColumn(verbose_name=gettext_lazy("Par sinistre"))
    starts_on = DateColumn()
    ends_on = DateColumn()
    status = CoverStatus()

    class Meta(Table.Meta):
        model = Cover
        fields = ("holder", "insurer", "policy", "amount", "starts_on", "ends_on", "status")


class CoverFilters(Filters):
    search = ("activity__name", "insurer", "policy")
    now = django_filters.ChoiceFilter(
        method="filter_now",
        label=gettext_lazy("Situation"),
        choices=[
            ("force", gettext_lazy("En vigueur")),
            ("soon", gettext_lazy("Finit bientôt")),
            ("over", gettext_lazy("Terminées")),
        ],
    )

    class Meta:
        model = Cover
        fields: list[str] = []

    def filter_now(self, rows: QuerySet[Cover], _name: str, value: str) -> QuerySet[Cover]:
        today = timezone.localdate()
        if value == "over":
            return rows.filter(ends_on__lt=today)
        held = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)
        last = today + timedelta(days=SOON_DAYS)
        return held.filter(ends_on__lte=last) if value == "soon" else held


@requires("entrepreneurs.view_covers")
def cover_list(request: HttpRequest) -> HttpResponse:
    add = Action(
        _("Noter le contrat de la coopérative"),
        reverse("entrepreneurs:house_cover_add"),
        right="entrepreneurs.record_cover",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=covers_listed(request.user),
        table=CoverTable,
        filters=CoverFilters,
        page="entrepreneurs.covers",
        title=_("Assurances"),
        tabs=activity_bar(request.user, "entrepreneurs:cover_list"),
        empty=EmptyState(_("Aucune assurance notée."), _("Elle se note sur la page de chaque activité.")),
        main_action=add,
    )


@signed_in
def activity_covers(request: HttpRequest, pk: int) -> HttpResponse:
    activity, today, user = seen_activity(request, pk), timezone.localdate(), request.user
    may_record = can(user, "entrepreneurs.record_cover", activity)
    context = {
        "activity": activity,
        "tabs": activity_tabs(activity, "activity_covers"),
        "crumbs": crumbs_of(user, activity, (_("Assurance"), "")),
        "standing": standings([(activity, None)], on=today)[0],
        "demanded": demands_cover(activity, today),
        "covers": [(one, standing_of(one), _may_end(user, one)) for one in covers_of(activity)],
        "claims": claims_of(activity),
        "may_record": may_record,
        "may_declare": can(user, "entrepreneurs.declare_claim", activity),
    }
    return render(request, "entrepreneurs/activity_covers.html", context)


def _may_end(user: Any, cover: Cover) -> bool:
    over = cover.ends_on is not None and cover.ends_on < timezone.localdate()
    return not over and can(user, "entrepreneurs.record_cover", cover)


@signed_in
def cover_add(request: HttpRequest, pk: int) -> HttpResponse:
    activity = seen_activity(request, pk)
    require(request.user, "entrepreneurs.record_cover", activity)
    return _record(request, activity, reverse("entrepreneurs:activity_covers", args=[pk]))


@requires("entrepreneurs.record_cover")
def house_cover_add(request: HttpRequest) -> HttpResponse:
    require(request.user, "entrepreneurs.record_cover", Cover())
    return _record(request, None, reverse("entrepreneurs:cover_list"))


def _record(request: HttpRequest, activity: Activity | None, back_url: str) -> HttpResponse:
    form = CoverForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refused_at(form):
            cover = record_cover(activity, actor=request.user, **form.content())
            messages.success(request, _("Assurance « %(cover)s » notée.") % {"cover": cover})
            return redirect(back_url)
    title = _("Noter une assurance")
    crumbs = (
        crumbs_of(request.user, activity, (title, ""))
        if activity
        else [(_("Assurances"), back_url), (title, "")]
    )
    return form_page(
        request,
        form,
        title=title,
        lead=activity.name if activity else _("Contrat de la coopérative, pour toutes ses activités."),
        submit=_("Noter cette assurance"),
        back_url=back_url,
        crumbs=crumbs,
    )


@signed_in
def cover_end(request: HttpRequest, pk: int) -> HttpResponse:
    cover = get_object_or_404(Cover.objects.select_related("activity"), pk=pk)
    if not covers_listed(request.user).filter(pk=pk).exists():
        raise Http404
    require(request.user, "entrepreneurs.record_cover", cover)
    back_url = (
        reverse("entrepreneurs:activity_covers", args=[cover.activity_id])
        if cover.activity_id
        else reverse("entrepreneurs:cover_list")
    )
    form = EndCoverForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            end_cover(cover, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Assurance arrêtée ; elle reste dans la liste."))
            return redirect(back_url)
    return form_page(
        request,
        form,
        title=_("Arrêter une assurance"),
        lead=str(cover),
        submit=_("Arrêter cette assurance"),
        tone="danger",
        back_url=back_url,
        crumbs=[(_("Assurances"), back_url), (_("Arrêter"), "")],
    )
