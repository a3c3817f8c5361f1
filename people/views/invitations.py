"""Inviting somebody, and the page on which they open their account."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_at
from cae.core.links import find_link
from cae.core.permissions import public, requires
from people.forms.accounts import AcceptForm
from people.forms.persons import InvitationForm
from people.models import Person
from people.permissions import kinds_given_by
from people.requests import SignedIn
from people.selectors.persons import person_roles, persons_visible_to
from people.services.invitations import accept_invitation, invite_newcomer, invite_person, withdraw_invitation
from people.states import INVITATION
from people.views.persons import visible_person


@requires("people.invite_person")
def person_invite(request: SignedIn) -> HttpResponse:
    form = InvitationForm(request.POST or None, kinds=kinds_given_by(request.user))
    if form.is_valid():
        with refused_at(form):
            person = invite_newcomer(
                form.person_typed(),
                role=form.role_typed(),
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
                form_key=form.cleaned_data["form_key"],
            )
            messages.success(request, _("Invitation envoyée à %(to)s.") % {"to": person.email})
            seen = persons_visible_to(request.user).filter(pk=person.pk).exists()
            return redirect(person if seen else "people:person_list")
    return form_page(
        request,
        form,
        title=_("Inviter une personne"),
        lead=_("Elle reçoit un lien personnel par lequel elle ouvre son compte."),
        submit=_("Envoyer l’invitation"),
        back_url=reverse("people:person_list"),
        crumbs=[(_("Personnes"), reverse("people:person_list")), (_("Inviter"), "")],
        template="people/person_form.html",
    )


@requires("people.invite_person")
@require_POST
def invitation_send(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    invite_person(person, actor=request.user, now=timezone.now())
    messages.success(request, _("Invitation envoyée à %(to)s.") % {"to": person.email})
    return redirect(person)


@requires("people.invite_person")
@require_POST
def invitation_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    withdraw_invitation(person, actor=request.user, now=timezone.now())
    messages.success(request, _("Invitation retirée : le lien envoyé n’ouvre plus rien."))
    return redirect(person)


@public
@never_cache
@sensitive_post_parameters()
def invitation_accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """The personal link: an unknown, used or old one answers with its sentence (Refused)."""
    link = find_link(token, INVITATION)
    person = get_object_or_404(Person, pk=link.about_id)
    form = AcceptForm(request.POST or None, person=person)
    if form.is_valid():
        with refused_at(form):
            account = accept_invitation(token, password=form.cleaned_data["password"], now=timezone.now())
            messages.success(
                request, _("Bienvenue %(name)s, votre compte est ouvert.") % {"name": person.first_name}
            )
            return perform_login(request, account, signup=True)
    roles = [role for role in person_roles(person) if role.ended_at is None]
    return form_page(
        request,
        form,
        title=_("Ouvrir mon compte"),
        lead=_("Bonjour %(name)s, choisissez votre mot de passe.") % {"name": person.first_name},
        submit=_("Ouvrir mon compte"),
        back_url="",
        crumbs=[],
        template="people/invitation_accept.html",
        roles=roles,
    )
