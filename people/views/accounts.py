"""« Mon compte », and the closing and reopening of somebody's account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import facts
from cae.core.elision import elided
from cae.core.forms import form_page, refused_at
from cae.core.keys import is_own_address
from cae.core.permissions import in_person, require, requires, signed_in
from people.forms.accounts import ClosingForm, PreferencesForm, ReasonForm
from people.models import Person, User
from people.requests import SignedIn
from people.selectors import holds_guarded_role, needs_second_factor
from people.selectors.accounts import has_second_factor, passkeys_of
from people.selectors.persons import person_memberships, person_roles
from people.selectors.sessions import sessions_of
from people.services.accounts import (
    change_preferences,
    close_account,
    plan_closing,
    reopen_account,
    reset_second_factor,
)
from people.views.persons import crumbs_of, visible_person


@signed_in
def account(request: SignedIn) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        changed = change_preferences(request.user, data=form.data_typed(), actor=request.user)
        with override(changed.language):
            messages.success(request, _("Préférences enregistrées."))
        return redirect(_back(request))
    person, today = request.user.person, timezone.localdate()
    roles = person_roles(person) if person else []
    context = {
        "form": form,
        "person": person,
        "roles": [role for role in roles if role.ends_on is None or role.ends_on >= today],
        "memberships": [row for row in person_memberships(person) if row.is_in_force(today)]
        if person
        else [],
        "rights": facts.rights_of(request.user, today),
        "second_factor": has_second_factor(request.user),
        "passkeys": passkeys_of(request.user).count(),
        "open_sessions": sessions_of(request.user, timezone.now()).count(),
        "assistances": request.user.assistances.count(),
        "second_factor_needed": needs_second_factor(request.user) and not settings.DEMONSTRATION,
    }
    return render(request, "people/account.html", context, status=422 if form.errors else 200)


def _back(request: SignedIn) -> str:
    """The page from whose frame a preference was chosen, if it is one of ours; « Mon compte » otherwise."""
    target = request.POST.get("next", "")
    return target if is_own_address(target) else reverse("people:account")


@requires("people.change_account")
def account_close(request: SignedIn, pk: int) -> HttpResponse:
    person, closed = _account_of(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            close_account(
                closed, reason=form.cleaned_data["reason"], actor=request.user, on=timezone.localdate()
            )
            messages.success(request, _("Compte fermé. La fiche et l’historique restent."))
            return redirect(person)
    return form_page(
        request,
        form,
        title=elided(_("Fermer le compte de %(name)s"), {"name": person.full_name}),
        lead=_("Toute session ouverte se ferme aussitôt. Le compte pourra être rouvert."),
        submit=_("Fermer ce compte"),
        tone="danger",
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (_("Fermer le compte"), "")),
    )


@requires("people.change_account")
def account_plan_closing(request: SignedIn, pk: int) -> HttpResponse:
    person, account = _account_of(request, pk)
    form = ClosingForm(request.POST or None, initial={"closes_on": account.closes_on})
    if form.is_valid():
        with refused_at(form):
            plan_closing(account, actor=request.user, on=timezone.localdate(), **form.cleaned_data)
            messages.success(
                request,
                _("Fermeture prévue.")
                if form.cleaned_data["closes_on"]
                else _("Ce compte reste ouvert : plus aucune fermeture n’est prévue."),
            )
            return redirect(person)
    return form_page(
        request,
        form,
        title=elided(_("Prévoir la fermeture du compte de %(name)s"), {"name": person.full_name}),
        lead=_("À la fin d’un contrat, par exemple. La fiche et l’historique restent ; on peut rouvrir."),
        submit=_("Enregistrer"),
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (_("Prévoir la fermeture"), "")),
    )


@in_person
@requires("people.reset_second_factor")
def account_reset_factor(request: SignedIn, pk: int) -> HttpResponse:
    person, account = _account_of(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            reset_second_factor(account, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Second facteur retiré ; la personne en est prévenue."))
            return redirect(person)
    return form_page(
        request,
        form,
        title=elided(_("Retirer le second facteur de %(name)s"), {"name": person.full_name}),
        lead=_(
            "Pour qui a perdu téléphone, clés et codes de secours. Assurez-vous de vive voix que c’est bien"
            " cette personne qui le demande."
        ),
        submit=_("Retirer son second facteur"),
        tone="danger",
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (_("Retirer le second facteur"), "")),
    )


@requires("people.change_account")
def account_reopen(request: SignedIn, pk: int) -> HttpResponse:
    person, reopened = _account_of(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            reopen_account(reopened, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Compte rouvert, avec le même mot de passe."))
            return redirect(person)
    return form_page(
        request,
        form,
        title=elided(_("Rouvrir le compte de %(name)s"), {"name": person.full_name}),
        lead=_(
            "La personne se connecte de nouveau avec son mot de passe ; ses rôles en vigueur s’appliquent."
        ),
        submit=_("Rouvrir ce compte"),
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (_("Rouvrir le compte"), "")),
    )


def _account_of(request: SignedIn, pk: int) -> tuple[Person, User]:
    """Human resources close the accounts of entrepreneurs; those of guarded roles are the administrator's."""
    person = visible_person(request, pk)
    account = get_object_or_404(User, person=person)
    if holds_guarded_role(account):
        require(request.user, "people.give_guarded_role")
    return person, account
