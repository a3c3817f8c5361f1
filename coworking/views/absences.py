"""A resident is away: the desk is left to others for some days, then taken back; by oneself or by the team
(COW-19)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import require, requires
from coworking.forms.members import AwayForm, BackForm
from coworking.models import DeskAbsence, Subscription
from coworking.services.absences import free_desk, take_desk_back
from coworking.views.members import crumbs_of_member
from people.requests import SignedIn

_KEEPS, _OWN = "coworking.keep_members", "coworking.own_places"


def _subscriptions() -> QuerySet[Subscription]:
    return Subscription.objects.filter(unit__isnull=False).select_related(
        "member__place__scope", "member__person", "plan", "unit__resource"
    )


def _absences() -> QuerySet[DeskAbsence]:
    return DeskAbsence.objects.select_related(
        "subscription__member__place__scope", "subscription__member__person", "subscription__unit__resource"
    )


@requires(_OWN)
def own_desk_free(request: SignedIn, pk: int) -> HttpResponse:
    """« Je serai absent·e du … au … »."""
    row = get_object_or_404(_subscriptions(), pk=pk, member__person=request.user.person_id)
    return _free(request, row, [_own_crumb()])


@requires(_KEEPS)
def desk_free(request: SignedIn, pk: int) -> HttpResponse:
    """The same, told to the team."""
    row = get_object_or_404(_subscriptions(), pk=pk)
    require(request.user, _KEEPS, row)
    return _free(request, row, _crumbs(row))


@requires(_OWN)
def own_desk_back(request: SignedIn, pk: int) -> HttpResponse:
    """One comes back before the end."""
    row = get_object_or_404(_absences(), pk=pk, subscription__member__person=request.user.person_id)
    return _back(request, row, [_own_crumb()])


@requires(_KEEPS)
def desk_back(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(_absences(), pk=pk)
    require(request.user, _KEEPS, row)
    return _back(request, row, _crumbs(row.subscription))


def _own_crumb() -> tuple[Any, str]:
    return _("Mes lieux"), reverse("coworking:own_places")


def _crumbs(row: Subscription) -> list[tuple[Any, str]]:
    return [*crumbs_of_member(row.member), (row.plan, row.get_absolute_url())]


def _free(request: SignedIn, row: Subscription, crumbs: list[tuple[Any, str]]) -> HttpResponse:
    form = AwayForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            free_desk(row, **form.cleaned_data, actor=request.user, now=timezone.now())
            messages.success(request, _("Absence notée : le poste se réserve ces jours-là."))
            return redirect(crumbs[-1][1])
    lead = _("Pendant l’absence, d’autres peuvent réserver %(desk)s. Le prix ne change pas.") % {
        "desk": _desk(row)
    }
    return _page(request, form, _("Absence de %(name)s") % {"name": row.member}, crumbs, lead)


def _back(request: SignedIn, row: DeskAbsence, crumbs: list[tuple[Any, str]]) -> HttpResponse:
    first = max(row.starts_on, timezone.localdate())
    form = BackForm(request.POST or None, initial={"on": first})
    if form.is_valid():
        with refused_at(form):
            take_desk_back(row, on=form.cleaned_data["on"], actor=request.user, now=timezone.now())
            messages.success(request, _("Poste repris."))
            return redirect(crumbs[-1][1])
    lead = _("Le poste revient à %(name)s tant que personne ne l’a réservé.") % {
        "name": row.subscription.member
    }
    return _page(request, form, _("Reprendre le poste"), crumbs, lead)


def _desk(row: Subscription) -> str:
    return f"{row.unit.resource} · {row.unit}" if row.unit else ""


def _page(request: SignedIn, form: Any, title: str, crumbs: list[tuple[Any, str]], lead: str) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lead=lead,
        submit=_("Enregistrer"),
        back_url=crumbs[-1][1],
        crumbs=[*crumbs, (title, "")],
    )
