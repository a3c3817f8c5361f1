"""The full page of a person or an activity: what every room says of it, each block by its right (CAE-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import facts, permissions
from cae.core.permissions import signed_in
from cae.portal.selectors import Figure
from entrepreneurs.models import Activity
from people.selectors.persons import persons_visible_to


@signed_in
def person_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that this reader may see of a person, on one page."""
    person = get_object_or_404(persons_visible_to(request.user).select_related("territory"), pk=pk)
    lists = permissions.can(request.user, "people.view_persons")
    context = {
        "title": person.full_name,
        "lead": str(person.territory or ""),
        "crumbs": [(_("Personnes"), reverse("people:person_list"))] if lists else [],
        "page": person.get_absolute_url(),
        "page_word": _("Fiche et rôles"),
        "figures": [],
        "panels": facts.panels_of(request.user, "person", person, timezone.localdate()),
    }
    return render(request, "portal/file.html", context)


@signed_in
def activity_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that this reader may see of an activity, on one page."""
    rows = Activity.objects.visible_to(request.user).select_related("scope__territory", "trade")
    activity, today = get_object_or_404(rows, pk=pk), timezone.localdate()
    lists = permissions.can(request.user, "entrepreneurs.view_activities")
    context = {
        "title": activity.name,
        "lead": activity.trade_name,
        "crumbs": [(_("Activités"), reverse("entrepreneurs:activity_list"))] if lists else [],
        "page": activity.get_absolute_url(),
        "page_word": _("Fiche de l’activité"),
        "figures": _figures(request.user, activity, today),
        "panels": facts.panels_of(request.user, "activity", activity, today),
    }
    return render(request, "portal/file.html", context)


def _figures(user: Any, activity: Activity, today: date) -> list[Figure]:
    """Where the money of the activity stands, for who reads its account."""
    if not permissions.can(user, "accounting.view_statement"):
        return []
    url = reverse("accounting:activity_statement", args=[activity.pk])
    names = (
        (_("Trésorerie disponible"), "activity.cash"),
        (_("À encaisser"), "activity.receivable"),
        (_("Ventes du mois, HT"), "activity.sales_of_month"),
    )
    return [
        Figure(label, facts.facts(name, [activity], on=today).get(activity.pk), "", url)
        for label, name in names
    ]
