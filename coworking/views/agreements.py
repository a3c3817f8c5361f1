"""Agreements with a host or a partner, and the pictures of a place (COW-01, COW-04, COW-05)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.permissions import can, require, requires
from coworking.forms.places import AgreementForm, PhotoForm
from coworking.models import Place, PlaceAgreement, PlacePhoto
from coworking.services import agreements as verbs
from coworking.services import photos as pictures
from coworking.services.agreements import AgreementData
from coworking.views.place_frame import place_form, place_found, place_page
from people.requests import SignedIn


@requires("coworking.read_agreement")
def agreement_list(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, "coworking.read_agreement")
    today = timezone.localdate()
    rows = place.agreements.select_related("organisation", "document")
    return place_page(
        request,
        place,
        "coworking/places/agreements.html",
        "coworking:agreements",
        agreements=[(row, row.is_in_force(today)) for row in rows],
        may_give=can(request.user, "coworking.give_agreement", place),
    )


@requires("coworking.give_agreement")
def agreement_sign(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, "coworking.give_agreement")
    form = AgreementForm(request.POST or None, request.FILES or None, initial={"organisation": place.host})
    if form.is_valid():
        with refused_at(form):
            verbs.sign_agreement(place, data=form.typed(), paper=form.paper_typed(), actor=request.user)
            messages.success(request, _("Convention inscrite."))
            return redirect("coworking:agreements", place.pk)
    return place_form(request, form, place, title=_("Inscrire une convention"), back=_back(place))


@requires("coworking.give_agreement")
def agreement_change(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(PlaceAgreement.objects.select_related("place__scope", "organisation"), pk=pk)
    require(request.user, "coworking.give_agreement", row)
    held = {name: getattr(row, name) for name in AgreementData.__dataclass_fields__}
    form = AgreementForm(request.POST or None, request.FILES or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            verbs.change_agreement(row, data=form.typed(), paper=form.paper_typed(), actor=request.user)
            messages.success(request, _("Convention enregistrée."))
            return redirect("coworking:agreements", row.place_id)
    title = _("Modifier la convention avec %(name)s") % {"name": row.organisation}
    return place_form(request, form, row.place, title=title, back=_back(row.place))


def _back(place: Place) -> tuple[str, str]:
    return _("Conventions"), reverse("coworking:agreements", args=[place.pk])


@requires("coworking.keep_place")
def photo_list(request: SignedIn, pk: int) -> HttpResponse:
    """The pictures of a place, and one more."""
    place = place_found(request, pk, "coworking.keep_place")
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refused_at(form):
            content, text = form.cleaned_data["file"].read(), form.cleaned_data["text"]
            pictures.add_photo(place, content=content, text=text, actor=request.user)
            messages.success(request, _("Photo ajoutée."))
            return redirect("coworking:photos", place.pk)
    return place_form(
        request,
        form,
        place,
        title=_("Photos"),
        submit=_("Ajouter cette photo"),
        back=(place, place.get_absolute_url()),
        photos=place.photos.all(),
        template="coworking/places/photos.html",
    )


@require_POST
@requires("coworking.keep_place")
def photo_act(request: SignedIn, pk: int) -> HttpResponse:
    """Before the others, or off the place."""
    photo = get_object_or_404(PlacePhoto.objects.select_related("place__scope"), pk=pk)
    require(request.user, "coworking.keep_place", photo)
    do = request.POST.get("do", "")
    with refused_above(request):
        if do == "first":
            pictures.put_photo_first(photo, actor=request.user)
            messages.success(request, _("Cette photo est montrée la première."))
        elif do == "remove":
            pictures.remove_photo(photo, actor=request.user)
            messages.success(request, _("Photo retirée."))
    return redirect("coworking:photos", photo.place_id)
