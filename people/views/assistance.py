"""Acting for a person who asks for it: beginning, ending, and « Qui a agi pour moi »."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acts import ACTS
from cae.core.forms import form_page, refused_at
from cae.core.permissions import in_person, require, requires, signed_in
from people.assisting import give_back, lend
from people.forms.accounts import AssistanceForm
from people.requests import SignedIn
from people.selectors.assistance import assistances_of
from people.services.assistance import start_assistance
from people.views.persons import crumbs_of, visible_person


@in_person
@requires("people.act_for")
def assistance_start(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    require(request.user, "people.act_for", person)
    form = AssistanceForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            assistance = start_assistance(
                person, reason=form.cleaned_data["reason"], actor=request.user, now=timezone.now()
            )
            lend(request, assistance)
            return redirect("portal:home")
    return form_page(
        request,
        form,
        title=_("Agir pour %(name)s") % {"name": person.full_name},
        lead=_(
            "Pendant une heure au plus, vous verrez et ferez ce que cette personne peut faire. Elle en est"
            " prévenue par e-mail, et tout est noté sous vos deux noms."
        ),
        submit=_("Agir pour cette personne"),
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (_("Agir pour cette personne"), "")),
    )


@signed_in
@require_POST
def assistance_stop(request: SignedIn) -> HttpResponse:
    assistance = give_back(request)
    if assistance is None or assistance.helped.person is None:
        return redirect("portal:home")
    messages.success(request, _("Vous n’agissez plus pour %(name)s.") % {"name": assistance.helped})
    return redirect(assistance.helped.person)


@signed_in
def assistance_list(request: SignedIn) -> HttpResponse:
    now = timezone.now()
    shown = [
        {
            "assistance": one.assistance,
            "is_open": one.assistance.is_open(now),
            "acts": [
                {"at": act.at, "words": ACTS.get(act.verb, act.verb), "about": act.about_label}
                for act in one.acts
            ],
        }
        for one in assistances_of(request.user)
    ]
    return render(request, "people/assistances.html", {"assistances": shown})
