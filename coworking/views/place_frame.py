"""What the pages of one place share: the place itself, its way down, its tabs, its forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.forms import form_page
from cae.core.keys import key_in
from cae.core.permissions import can, require
from coworking.models import Place
from coworking.selectors.place_bar import place_tabs


def place_found(request: HttpRequest, pk: int, right: str) -> Place:
    """The place, for whoever has this right on it."""
    place = get_object_or_404(Place.objects.select_related("scope__territory", "host", "activity"), pk=pk)
    require(request.user, right, place)
    return place


def crumbs_of(place: Place, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way down to a page of a place."""
    return [(_("Lieux"), reverse("coworking:place_list")), (place, place.get_absolute_url()), *last]


def place_page(
    request: HttpRequest, place: Place, template: str, current: str, **context: Any
) -> HttpResponse:
    """Draws a page of a place under its head and its tabs; `current` is the name of its address."""
    known = {
        "place": place,
        "crumbs": crumbs_of(place)[:-1],
        "tabs": place_tabs(request.user, place, current),
        "may_keep": can(request.user, "coworking.keep_place", place),
        "may_open": can(request.user, "coworking.open_place", place),
    }
    return render(request, template, known | context)


def place_form(
    request: HttpRequest,
    form: forms.BaseForm,
    place: Place,
    *,
    title: Any,
    back: tuple[Any, str],
    submit: Any = "",
    row: Any = None,
    template: str = "coworking/places/versioned_form.html",
    **context: Any,
) -> HttpResponse:
    """Draws a form of a place, with the version of the row it was opened on, if it has one."""
    version = request.POST.get("version", getattr(row, "version", ""))
    page = [] if back[1] == place.get_absolute_url() else [back]
    return form_page(
        request,
        form,
        title=title,
        submit=submit or _("Enregistrer"),
        back_url=back[1],
        crumbs=crumbs_of(place, *page, (title, "")),
        template=template,
        version=version,
        place=place,
        **context,
    )


def version_in(request: HttpRequest) -> int | None:
    return key_in(request.POST.get("version", ""))
