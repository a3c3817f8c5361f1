"""« Mes données »: what is held of oneself, one's consents, what one asks, everything in one file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core import facts
from cae.core.errors import Refused
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import in_person, requires
from people.forms.data_desk import OwnRequestForm
from people.models import DataRequest, Person
from people.requests import SignedIn
from people.selectors.consents import consents_in_force, consents_of
from people.selectors.sensitive import has_sensitive_record, readings_of
from people.services.consents import give_consent, withdraw_consent
from people.services.data_requests import receive_data_request
from people.services.own_export import ask_export
from people.states.consents import MEANINGS, ConsentPurpose

LATEST_READINGS = 10


@in_person
@requires("people.view_own_data")
def own_data(request: SignedIn) -> HttpResponse:
    person, today = _own_person(request), timezone.localdate()
    subjects = [
        (subject.label, [held for held in subject.held(person, request.user) if held.rows])
        for subject in facts.personal_data()
        if not subject.protected
    ]
    context = {
        "person": person,
        "subjects": [(label, parts) for label, parts in subjects if parts],
        "consents": _consents(person),
        "has_protected": has_sensitive_record(person),
        "readings": readings_of(person)[:LATEST_READINGS],
        "requests": DataRequest.objects.filter(person=person).order_by("-received_on", "-pk"),
        "today": today,
    }
    return render(request, "people/own_data.html", context)


@in_person
@requires("people.view_own_data")
@require_POST
def own_export(request: SignedIn) -> HttpResponse:
    try:
        job = ask_export(request.user, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:own_data")
    return redirect(job.link)


@in_person
@requires("people.view_own_data")
def own_request(request: SignedIn) -> HttpResponse:
    person, today = _own_person(request), timezone.localdate()
    form = OwnRequestForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            received = receive_data_request(
                person=person, received_on=today, actor=request.user, on=today, **form.cleaned_data
            )
            day = received.due_on.strftime("%d/%m/%Y")
            messages.success(request, _("Demande reçue : réponse au plus tard le %(day)s.") % {"day": day})
            return redirect("people:own_data")
    back_url = reverse("people:own_data")
    return form_page(
        request,
        form,
        title=_("Demander quelque chose sur mes données"),
        lead=_("La personne déléguée à la protection des données répond dans le mois."),
        submit=_("Envoyer ma demande"),
        back_url=back_url,
        crumbs=[
            (_("Mon compte"), reverse("people:account")),
            (_("Mes données"), back_url),
            (_("Demander"), ""),
        ],
    )


@in_person
@requires("people.view_own_data")
@require_POST
def own_consent(request: SignedIn, purpose: str) -> HttpResponse:
    """Gives the consent of a purpose, or withdraws it: as easily the one as the other."""
    person = _own_person(request)
    if purpose not in ConsentPurpose.values:
        raise Http404
    act = withdraw_consent if request.POST.get("act") == "withdraw" else give_consent
    with refused_above(request):
        act(person, purpose=purpose, on=timezone.localdate(), actor=request.user)
        done = _("Consentement retiré.") if act is withdraw_consent else _("Consentement donné.")
        messages.success(request, done)
    return redirect(reverse("people:own_data") + "#consents")


def _own_person(request: SignedIn) -> Person:
    if request.user.person is None:
        raise Http404
    return request.user.person


def _consents(person: Person) -> list[dict[str, object]]:
    """Each purpose with its meaning and what is in force; the history says the rest."""
    in_force = {one.purpose: one for one in consents_in_force(timezone.localdate()).filter(person=person)}
    past = {one.purpose for one in consents_of(person)}
    return [
        {
            "purpose": purpose.value,
            "label": purpose.label,
            "meaning": MEANINGS[purpose],
            "given": in_force.get(purpose),
            "was_given": purpose in past,
        }
        for purpose in ConsentPurpose
    ]
