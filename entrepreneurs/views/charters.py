"""The versions of the values charter: their list, one more (ENT-04)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from entrepreneurs.forms.applications import CharterTextForm
from entrepreneurs.models import Charter
from entrepreneurs.selectors.applications import charter_on
from entrepreneurs.services.charters import publish_charter


@requires("entrepreneurs.view_charters")
def charter_list(request: HttpRequest) -> HttpResponse:
    """Every version of the charter, the one in force first named."""
    context = {
        "charters": Charter.objects.select_related("author__person"),
        "current": charter_on(timezone.localdate()),
    }
    return render(request, "entrepreneurs/charters.html", context)


@requires("entrepreneurs.publish_charter")
def charter_new(request: HttpRequest) -> HttpResponse:
    """Writes a new version from a day on."""
    today = timezone.localdate()
    current = charter_on(today)
    first = {"text": current.text if current else "", "valid_from": today}
    form = CharterTextForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            publish_charter(**form.cleaned_data, on=today, actor=request.user)
            return redirect("entrepreneurs:charter_list")
    return form_page(
        request,
        form,
        title=_("Nouvelle version de la charte"),
        lead=_("Les candidatures déjà envoyées gardent la version signée."),
        submit=_("Publier cette version"),
        back_url=reverse("entrepreneurs:charter_list"),
        crumbs=[
            (_("Charte des valeurs"), reverse("entrepreneurs:charter_list")),
            (_("Nouvelle version"), ""),
        ],
    )
