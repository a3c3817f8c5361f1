"""The mileage scales of the cooperative, and the yearly log of a person (INV-52)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from invoicing.forms.mileage_scales import LogForm, ScaleForm, scale_typed
from invoicing.models import MileageScale
from invoicing.selectors.mileage import scales, years_driven_by
from invoicing.services.mileage_files import ask_log
from invoicing.services.mileage_scales import add_scale
from invoicing.views.mileage_shown import own_person


@requires("invoicing.keep_mileage_scales")
def scale_list(request: HttpRequest) -> HttpResponse:
    """Every scale and version, the last first."""
    today = timezone.localdate()
    found = list(scales())
    context = {"scales": found, "year": today.year, "known": {scale.year for scale in found}}
    return render(request, "invoicing/claims/scales.html", context)


@requires("invoicing.keep_mileage_scales")
def scale_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The scale of a year, begun from another one."""
    former = get_object_or_404(MileageScale.objects.prefetch_related("bands"), pk=pk)
    today = timezone.localdate()
    form = ScaleForm(
        request.POST or None, bands=list(former.bands.all()), initial=scale_typed(former, today.year)
    )
    return act_page(
        request,
        form,
        lambda _typed: add_scale(content=form.content(), today=today, actor=request.user),
        done=_("Barème enregistré : les trajets en cours suivent, le reste est régularisé."),
        back_url=reverse("invoicing:mileage_scale_list"),
        title=_("Nouveau barème kilométrique"),
        lead=_(
            "Il vaut depuis le premier trajet de l’année ; ce qui a déjà été donné est régularisé "
            "par une ligne."
        ),
        submit=_("Enregistrer le barème"),
        crumbs=[
            (_("Barèmes kilométriques"), reverse("invoicing:mileage_scale_list")),
            (_("Nouveau barème kilométrique"), ""),
        ],
        template="invoicing/claims/scale_form.html",
    )


@requires("invoicing.record_trip")
def mileage_log(request: HttpRequest) -> HttpResponse:
    """One’s own yearly log, as a file."""
    person = own_person(request)
    form = LogForm(request.POST or None, years=years_driven_by(person))
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            job = ask_log(person, year=form.cleaned_data["year"], actor=request.user, at=timezone.now())
            return redirect("core:job_detail", job.pk)
    return form_page(
        request,
        form,
        title=_("Registre des déplacements"),
        lead=_("Le registre d’une année en PDF ; l’export de la liste en donne le tableau."),
        submit=_("Faire le PDF"),
        back_url=reverse("invoicing:trip_list"),
        crumbs=[(_("Trajets"), reverse("invoicing:trip_list")), (_("Registre des déplacements"), "")],
    )
