"""The statuses of a person written, ended, corrected by hand; the words that say what each means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.options import lists_on
from cae.core.permissions import require, requires, signed_in
from people.forms.statuses import CorrectForm, EndForm, ProlongForm, RecordForm, WithdrawForm, initial_of
from people.models import Person, StatusPeriod
from people.options import GLOSSARY, STATUSES
from people.requests import SignedIn
from people.selectors.persons import persons_visible_to
from people.services.statuses import (
    correct_status,
    end_status,
    prolong_status,
    record_status,
    withdraw_status,
)
from people.views.persons import crumbs_of, visible_person


@requires("people.record_status")
def status_record(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    form = RecordForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            record_status(person, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Statut noté."))
            return redirect(person)
    lead = _(
        "Les autres statuts viennent d’une candidature, d’un contrat, d’une sortie ou du registre des"
        " associé·es : ils se notent seuls."
    )
    return _page(request, form, person, title=_("Noter un statut"), lead=lead)


@requires("people.change_status")
def status_end(request: SignedIn, pk: int) -> HttpResponse:
    return _act(request, pk, EndForm, end_status, title=_("Arrêter le statut"))


@requires("people.change_status")
def status_prolong(request: SignedIn, pk: int) -> HttpResponse:
    return _act(request, pk, ProlongForm, prolong_status, title=_("Prolonger le statut"))


@requires("people.change_status")
def status_correct(request: SignedIn, pk: int) -> HttpResponse:
    lead = _("Ce que l’on savait avant la correction reste lisible, et les effectifs d’alors aussi.")
    return _act(request, pk, CorrectForm, correct_status, title=_("Corriger les dates du statut"), lead=lead)


@requires("people.change_status")
def status_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    lead = _("Pour un statut noté par erreur. Le rôle qui va avec s’arrête tout de suite.")
    return _act(
        request, pk, WithdrawForm, withdraw_status, title=_("Retirer le statut"), lead=lead, tone="danger"
    )


def _act(
    request: SignedIn,
    pk: int,
    form_class: type[forms.Form],
    service: Callable[..., StatusPeriod],
    *,
    title: str,
    lead: str = "",
    tone: str = "primary",
) -> HttpResponse:
    rows = StatusPeriod.objects.filter(person__in=persons_visible_to(request.user)).select_related("person")
    status = get_object_or_404(rows, pk=pk)
    require(request.user, "people.change_status", status)
    form = form_class(request.POST or None, initial=initial_of(status))
    if form.is_valid():
        with refused_at(form):
            service(status, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Statut « %(status)s » enregistré.") % {"status": status})
            return redirect(status.person)
    title = f"{title} « {status} »"
    return _page(request, form, status.person, title=title, lead=lead, tone=tone)


def _page(
    request: SignedIn, form: forms.Form, person: Person, *, title: str, lead: str, tone: str = "primary"
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lead=lead,
        submit=_("Enregistrer"),
        back_url=person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (title, "")),
        tone=tone,
    )


@signed_in
def glossary(request: SignedIn) -> HttpResponse:
    """What the statuses and the initials of the house mean, in the cooperative's own words."""
    held = lists_on([STATUSES, GLOSSARY], on=timezone.localdate())
    context: dict[str, Any] = {"statuses": held[STATUSES].offered, "words": held[GLOSSARY].offered}
    return render(request, "people/glossary.html", context)
