"""The people of an activity: who, with which part, since when; somebody comes, changes, leaves (ENT-43)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.elision import elided
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import can, require, signed_in
from entrepreneurs.forms.members import EndMemberForm, MemberForm, PartForm, ProposeForm
from entrepreneurs.models import Activity
from entrepreneurs.selectors.members import all_members_of, requests_to
from entrepreneurs.services import members as services
from entrepreneurs.states.agreements import JoinState
from entrepreneurs.views.activity_tabs import activity_tabs, crumbs_of, seen_activity
from people.models import Person, PersonScope
from people.requests import SignedIn
from people.selectors.persons import persons_offered

RIGHT = "entrepreneurs.manage_members"


@signed_in
def member_list(request: SignedIn, pk: int) -> HttpResponse:
    activity, today = seen_activity(request, pk), timezone.localdate()
    rows = all_members_of(activity)
    may_manage = can(request.user, RIGHT, activity)
    inside = any(row.person_id == request.user.person_id for row in rows if row.is_in_force(today))
    demands = requests_to(activity) if may_manage or inside else []
    context = {
        "activity": activity,
        "tabs": activity_tabs(activity, "member_list"),
        "crumbs": crumbs_of(request.user, activity, (_("Membres"), "")),
        "present": [row for row in rows if row.is_in_force(today)],
        "coming": [row for row in rows if row.starts_on > today],
        "past": [row for row in rows if row.ends_on is not None and row.ends_on < today],
        "waiting": [one for one in demands if one.state == JoinState.ASKED],
        "answered": [one for one in demands if one.state != JoinState.ASKED],
        "may_manage": may_manage,
        "may_add": may_manage and can(request.user, "people.view_persons"),
    }
    return render(request, "entrepreneurs/activity_members.html", context)


@signed_in
def member_add(request: SignedIn, pk: int) -> HttpResponse:
    activity = _managed(request, pk)
    inside = PersonScope.objects.in_force(timezone.localdate()).filter(scope=activity.scope_id)
    persons = _addable(request.user).exclude(pk__in=inside.values("person"))
    form = MemberForm(request.POST or None, persons=persons, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            services.join_activity(activity, actor=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s est membre.") % {"name": form.cleaned_data["person"]})
            return redirect("entrepreneurs:member_list", pk)
    return _page(request, activity, form, _("Ajouter un membre"), _("Ajouter"))


@signed_in
def member_propose(request: SignedIn, pk: int) -> HttpResponse:
    activity = _managed(request, pk)
    form = ProposeForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            services.ask_to_join(
                activity,
                person=form.cleaned_data["email"],
                message=form.cleaned_data["message"],
                by_members=True,
                on=timezone.localdate(),
                actor=request.user,
            )
            messages.success(request, _("La proposition est envoyée : la personne y répond."))
            return redirect("entrepreneurs:member_list", pk)
    return _page(request, activity, form, _("Proposer à quelqu’un de rejoindre"), _("Proposer"))


@signed_in
def member_part(request: SignedIn, pk: int, member_id: int) -> HttpResponse:
    activity = _managed(request, pk)
    member = _member(activity, member_id)
    form = PartForm(request.POST or None, initial={"role": member.part, "starts_on": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            services.change_part(member, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Rôle enregistré."))
            return redirect("entrepreneurs:member_list", pk)
    title = elided(_("Changer le rôle de %(name)s"), {"name": member.person})
    return _page(request, activity, form, title, _("Enregistrer"))


@signed_in
def member_end(request: SignedIn, pk: int, member_id: int) -> HttpResponse:
    activity = _managed(request, pk)
    member = _member(activity, member_id)
    form = EndMemberForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            services.end_membership(member, last_day=form.cleaned_data["last_day"], actor=request.user)
            messages.success(request, _("%(name)s quitte l’activité.") % {"name": member.person})
            return redirect("entrepreneurs:member_list", pk)
    title = elided(_("Fin de l’appartenance de %(name)s"), {"name": member.person})
    return _page(request, activity, form, title, _("Enregistrer le départ"), tone="danger")


@require_POST
@signed_in
def make_collective(request: SignedIn, pk: int) -> HttpResponse:
    activity = _managed(request, pk)
    with refused_above(request):
        services.make_collective(activity, actor=request.user)
        messages.success(request, _("L’activité est collective : écrivez sa convention."))
    return redirect("entrepreneurs:member_list", pk)


@require_POST
@signed_in
def open_to_members(request: SignedIn, pk: int) -> HttpResponse:
    activity = _managed(request, pk)
    with refused_above(request):
        services.open_to_members(activity, is_open="ouvrir" in request.POST, actor=request.user)
    return redirect("entrepreneurs:member_list", pk)


def _managed(request: SignedIn, pk: int) -> Activity:
    activity = seen_activity(request, pk)
    require(request.user, RIGHT, activity)
    return activity


def _member(activity: Activity, member_id: int) -> PersonScope:
    rows = PersonScope.objects.filter(scope=activity.scope_id).select_related("person")
    return get_object_or_404(rows, pk=member_id)


def _addable(user: Any) -> Any:
    """Staff add whom they see; those who lead an activity propose, and the person accepts."""
    return persons_offered(user) if can(user, "people.view_persons") else Person.objects.none()


def _page(
    request: SignedIn, activity: Activity, form: Any, title: str, submit: str, **told: Any
) -> HttpResponse:
    listed = reverse("entrepreneurs:member_list", args=[activity.pk])
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        back_url=listed,
        crumbs=crumbs_of(request.user, activity, (_("Membres"), listed), (title, "")),
        **told,
    )
