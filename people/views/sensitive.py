"""The protected record of a person, opened by purpose; the consents that a paper says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, in_person, require, requires
from people.forms.own_data import ProofForm, SensitiveForm
from people.permissions.own_data import RIGHT_OF_PURPOSE
from people.requests import SignedIn
from people.selectors.consents import consents_in_force, consents_of
from people.selectors.sensitive import readings_of
from people.services.consents import give_consent, withdraw_consent
from people.services.sensitive import read_sensitive, write_sensitive
from people.states.consents import MEANINGS, ConsentPurpose
from people.states.sensitive import WORKING_PURPOSES, SensitivePurpose, fields_of
from people.views.persons import crumbs_of, visible_person


@in_person
@requires("people.view_sensitive")
def sensitive_index(request: SignedIn, pk: int) -> HttpResponse:
    """Says what may be opened and for what, and who opened it; nothing is read here."""
    person = visible_person(request, pk)
    require(request.user, "people.view_sensitive", person)
    purposes = [
        {
            "label": purpose.label,
            "fields": ", ".join(str(one.label) for one in fields_of(purpose)),
            "url": reverse("people:sensitive_record", args=[person.pk, purpose.value]),
        }
        for purpose in WORKING_PURPOSES
        if can(request.user, RIGHT_OF_PURPOSE[purpose], person)
    ]
    context = {"person": person, "purposes": purposes, "readings": readings_of(person)[:20]}
    return render(request, "people/sensitive.html", context)


@in_person
@requires("people.view_sensitive")
def sensitive_record(request: SignedIn, pk: int, purpose: str) -> HttpResponse:
    """Opens the fields of a purpose, which leaves a line, and writes them."""
    person = visible_person(request, pk)
    if purpose not in WORKING_PURPOSES:
        raise Http404
    require(request.user, RIGHT_OF_PURPOSE[purpose], person)
    back_url = reverse("people:sensitive_index", args=[person.pk])
    values = {} if request.method == "POST" else read_sensitive(person, purpose=purpose, actor=request.user)
    form = SensitiveForm(request.POST or None, purpose=purpose, values=values)
    if form.is_valid():
        with refused_at(form):
            write_sensitive(person, purpose=purpose, values=form.values_typed(), actor=request.user)
            messages.success(request, _("Fiche protégée enregistrée."))
            return redirect(back_url)
    answer = form_page(
        request,
        form,
        title=str(SensitivePurpose(purpose).label),
        lead=_("%(name)s · cette ouverture est notée, et la personne la voit.") % {"name": person.full_name},
        submit=_("Enregistrer"),
        back_url=back_url,
        crumbs=crumbs_of(
            request, person, (_("Fiche protégée"), back_url), (str(SensitivePurpose(purpose).label), "")
        ),
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires("people.record_consent")
def person_consents(request: SignedIn, pk: int) -> HttpResponse:
    """What the person agrees to, as they said it or as a paper says."""
    person = visible_person(request, pk)
    require(request.user, "people.record_consent", person)
    in_force = {one.purpose: one for one in consents_in_force(timezone.localdate()).filter(person=person)}
    rows = [
        {"purpose": one.value, "label": one.label, "meaning": MEANINGS[one], "given": in_force.get(one)}
        for one in ConsentPurpose
    ]
    context = {"person": person, "rows": rows, "history": consents_of(person)}
    return render(request, "people/person_consents.html", context)


@requires("people.record_consent")
def consent_record(request: SignedIn, pk: int, purpose: str) -> HttpResponse:
    """Notes what a paper says: given when it was not, withdrawn when it was."""
    person = visible_person(request, pk)
    require(request.user, "people.record_consent", person)
    if purpose not in ConsentPurpose.values:
        raise Http404
    today = timezone.localdate()
    given = consents_in_force(today).filter(person=person, purpose=purpose).exists()
    form = ProofForm(request.POST or None)
    back_url = reverse("people:person_consents", args=[person.pk])
    if form.is_valid():
        act: Any = withdraw_consent if given else give_consent
        with refused_at(form):
            act(person, purpose=purpose, on=today, actor=request.user, proof=form.cleaned_data["proof"])
            messages.success(request, _("Consentement retiré.") if given else _("Consentement donné."))
            return redirect(back_url)
    return form_page(
        request,
        form,
        title=_("Noter le retrait d’un consentement") if given else _("Noter un consentement"),
        lead=f"{person.full_name} · {ConsentPurpose(purpose).label}",
        submit=_("Noter le retrait") if given else _("Noter ce consentement"),
        back_url=back_url,
        crumbs=crumbs_of(
            request, person, (_("Consentements"), back_url), (str(ConsentPurpose(purpose).label), "")
        ),
    )
