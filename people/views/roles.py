"""Giving and ending a role, one page each."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from people.forms.persons import EndRoleForm, RoleForm
from people.models import Role
from people.permissions import kinds_given_by
from people.requests import SignedIn
from people.services.roles import end_role, give_role
from people.views.persons import crumbs_of, visible_person


@requires("people.give_role")
def role_give(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    form = RoleForm(request.POST or None, kinds=kinds_given_by(request.user))
    if form.is_valid():
        with refused_at(form):
            give_role(person, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Rôle donné."))
            return redirect(person)
    return form_page(
        request,
        form,
        title=_("Donner un rôle"),
        lead=person.full_name,
        submit=_("Donner ce rôle"),
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (_("Donner un rôle"), "")),
    )


@requires("people.give_role")
def role_end(request: SignedIn, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.select_related("person", "scope"), pk=pk)
    person = visible_person(request, role.person_id)
    if role.kind not in kinds_given_by(request.user):
        raise PermissionDenied("people.give_guarded_role")
    form = EndRoleForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            end_role(role, actor=request.user, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Rôle arrêté ; il reste dans l’historique."))
            return redirect(person)
    return form_page(
        request,
        form,
        title=_("Arrêter le rôle « %(role)s »") % {"role": role.get_kind_display()},
        lead=f"{person.full_name} · {role.scope or _('toute la coopérative')}",
        submit=_("Arrêter ce rôle"),
        tone="danger",
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (_("Arrêter un rôle"), "")),
    )
