"""Members of a place: their list, one with what they hold, entered, changed, gone (COW-09, COW-14)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.periods import Month
from cae.core.permissions import can, require, requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from coworking.forms.members import EnterForm, LeaveForm, MemberForm
from coworking.models import Member, Place
from coworking.selectors.leaving import leaving_of
from coworking.selectors.members import (
    bookings_to_come,
    charges_of,
    days_used,
    included_of,
    led_by,
    members_of,
    months_present,
    passes_left,
    signups_of,
    subscriptions_held,
    units_for,
)
from coworking.selectors.place_bar import place_tabs
from coworking.selectors.plans import mix_for
from coworking.services import members as verbs
from coworking.services.members import MemberData
from coworking.services.newcomers import file_of
from coworking.states.members import SUBSCRIPTION_FLOW, SignUpState, TimeUnit
from coworking.views.held_money import deposits_shown
from coworking.views.place_frame import crumbs_of, place_form, place_found, version_in
from people.requests import SignedIn
from people.selectors.persons import persons_offered

_READS, _KEEPS = "coworking.read_members", "coworking.keep_members"
WHEN = [
    ("now", gettext_lazy("En cours")),
    ("waiting", gettext_lazy("Abonnement à accepter")),
    ("gone", gettext_lazy("Partis")),
]


class MemberTable(Table):
    person = LinkColumn(order_by=("person__sort_name",))
    origin = tables.Column()
    organisation = tables.Column(default="—")
    trade = tables.Column(default="—")
    plans = tables.Column(verbose_name=gettext_lazy("Formules"), default="—")
    payer = tables.Column(default="—", orderable=False)
    standing = StatusColumn(accessor="standing")
    starts_on = DateColumn()
    ends_on = DateColumn(default="—")

    class Meta(Table.Meta):
        model = Member
        fields = (
            *("person", "origin", "organisation", "trade", "plans", "payer"),
            *("standing", "starts_on", "ends_on"),
        )


class MemberFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name", "trade", "organisation__name")
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("Présence"), choices=WHEN, method="filter_when", empty_label=gettext_lazy("Tous")
    )

    class Meta:
        model = Member
        fields = ("origin",)

    def filter_when(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        gone = Q(ends_on__lt=timezone.localdate())
        if value == "waiting":
            return queryset.filter(is_waiting=True)
        return queryset.filter(gone) if value == "gone" else queryset.exclude(gone)


@requires("coworking.read_members")
def member_list(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, _READS)
    new = Action(
        _("Inscrire un coworker"), reverse("coworking:member_enter", args=[pk]), right=_KEEPS, icon="plus-lg"
    )
    waiting = signups_of(place).filter(state=SignUpState.ASKED).count()
    return list_page(
        request,
        queryset=members_of(place, timezone.localdate()),
        table=MemberTable,
        filters=MemberFilters,
        page="coworking.members",
        title=_("Coworkers"),
        empty=EmptyState(
            _("Aucun coworker."), _("Entrepreneurs, indépendants, organismes, télétravailleurs."), new
        ),
        main_action=new if can(request.user, _KEEPS, place) else None,
        tabs=place_tabs(request.user, place, "coworking:members"),
        intro=place.name,
        template="coworking/members/list.html",
        context={"place": place, "waiting": waiting},
    )


def member_found(request: SignedIn, pk: int, right: str) -> Member:
    """The member, for whoever has this right on their place."""
    rows = Member.objects.select_related(
        "place__scope", "person", "organisation", "payer__activity", "payer__customer"
    )
    member = get_object_or_404(rows, pk=pk)
    require(request.user, right, member)
    return member


def crumbs_of_members(place: Place, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way down to a page under the list of members."""
    return crumbs_of(place, _members(place), *last)


def crumbs_of_member(member: Member) -> list[tuple[Any, str]]:
    """The way down to a page of a member."""
    return crumbs_of_members(member.place, (member, member.get_absolute_url()))


@requires("coworking.read_members")
def member(request: SignedIn, pk: int) -> HttpResponse:
    """What a member holds, what is left of it, what is due."""
    row, today = member_found(request, pk, _READS), timezone.localdate()
    month = Month.of(today)
    held = list(subscriptions_held(row))
    last = month.previous()
    used = days_used(row, last)
    inside = row.payer is not None and row.payer.is_inside
    context = {
        "member": row,
        "crumbs": crumbs_of_member(row)[:-1],
        "held": [(one, included_of(one, month) if one.is_in_force(today) else []) for one in held],
        "passes": passes_left([row], today),
        "charges": charges_of([row])[:8],
        "bookings": bookings_to_come([row])[:6],
        "others": led_by(row),
        "months": months_present(row),
        "used": used,
        "used_month": last.first,
        "mix": mix_for(row.place, TimeUnit.DAY, units_for(used, TimeUnit.DAY), today, inside=inside)
        if used
        else None,
        "may_keep": can(request.user, _KEEPS, row),
        "moves": {
            one.pk: {move.name for move in SUBSCRIPTION_FLOW.moves_open_to(request.user, one)} for one in held
        },
        "is_gone": row.ends_on is not None and row.ends_on < today,
        **deposits_shown(request, row.place, row),
    }
    return render(request, "coworking/members/member.html", context)


@requires("coworking.keep_members")
def member_enter(request: SignedIn, pk: int) -> HttpResponse:
    place, today = place_found(request, pk, _KEEPS), timezone.localdate()
    form = EnterForm(request.POST or None, today=today, persons=persons_offered(request.user))
    if form.is_valid():
        with refused_at(form):
            row = _entered(request, place, form)
            messages.success(request, _("Coworker inscrit."))
            return redirect(row)
    title = _("Inscrire un coworker")
    return place_form(request, form, place, title=title, back=_members(place))


@transaction.atomic
def _entered(request: SignedIn, place: Place, form: EnterForm) -> Member:
    """The file and the member, or neither."""
    typed = form.cleaned_data
    person = typed["person"] or file_of(form.newcomer(), form_key=form.key, actor=request.user)
    return verbs.enter_member(
        place,
        person=person,
        data=form.typed(),
        starts_on=typed["starts_on"],
        charter_on=typed["starts_on"] if typed["has_charter"] else None,
        actor=request.user,
    )


@requires("coworking.keep_members")
def member_change(request: SignedIn, pk: int) -> HttpResponse:
    row = member_found(request, pk, _KEEPS)
    held = {name: getattr(row, name, None) for name in MemberData.__dataclass_fields__}
    held["activity"] = row.payer.activity if row.payer else None
    held["pays_alone"] = row.organisation is not None and _pays_alone(row)
    form = MemberForm(request.POST or None, today=timezone.localdate(), initial=held)
    if form.is_valid():
        with refused_at(form):
            verbs.change_member(row, data=form.typed(), version=version_in(request), actor=request.user)
            messages.success(request, _("Fiche enregistrée."))
            return redirect(row)
    title = _("Modifier la fiche de %(name)s") % {"name": row}
    return place_form(request, form, row.place, title=title, back=(row, row.get_absolute_url()), row=row)


def _pays_alone(member: Member) -> bool:
    customer = member.payer.customer if member.payer else None
    return customer is not None and customer.is_private_person


@require_POST
@requires("coworking.keep_members")
def member_charter(request: SignedIn, pk: int) -> HttpResponse:
    row = member_found(request, pk, _KEEPS)
    with refused_above(request):
        verbs.accept_charter(row, on=timezone.localdate(), actor=request.user)
        messages.success(request, _("Règles du lieu acceptées."))
    return redirect(row)


@requires("coworking.keep_members")
def member_leave(request: SignedIn, pk: int) -> HttpResponse:
    """The leaving checklist, then the last day."""
    row, today = member_found(request, pk, _KEEPS), timezone.localdate()
    form = LeaveForm(request.POST or None, initial={"last_day": today})
    last_day = today
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        with refused_at(form):
            verbs.end_member(row, last_day=last_day, actor=request.user)
            messages.success(request, _("Départ noté."))
            return redirect(row)
    return place_form(
        request,
        form,
        row.place,
        title=_("Départ de %(name)s") % {"name": row},
        submit=_("Noter le départ"),
        back=(row, row.get_absolute_url()),
        template="coworking/members/leave.html",
        items=leaving_of(row, last_day),
    )


def _members(place: Place) -> tuple[Any, str]:
    return _("Coworkers"), reverse("coworking:members", args=[place.pk])
