"""What does not work: told from the QR code of a resource, seen to, repaired (COW-07)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.keys import text_in
from cae.core.permissions import require, requires, signed_in
from coworking.forms.resources import FaultForm
from coworking.models import Fault
from coworking.selectors.places import faults_of, resource_at
from coworking.services.faults import repair_fault, take_fault, tell_fault
from people.requests import SignedIn


@signed_in
def fault_tell(request: SignedIn, key: str) -> HttpResponse:
    """The page that a QR code opens: what is already known, one box, one button."""
    resource = resource_at(key)
    if resource is None:
        raise Http404
    form, is_told = FaultForm(request.POST or None), False
    if form.is_valid():
        with refused_at(form):
            tell_fault(resource, text=form.cleaned_data["text"], actor=request.user)
            messages.success(request, _("Merci : l’équipe du lieu est prévenue."))
            form, is_told = FaultForm(), True
    context = {"resource": resource, "form": form, "faults": faults_of(resource), "is_told": is_told}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "coworking/places/fault_tell.html", context, status=status)


@require_POST
@requires("coworking.keep_place")
def fault_act(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody sees to it, or it works again."""
    fault = get_object_or_404(Fault.objects.select_related("resource__place"), pk=pk)
    require(request.user, "coworking.keep_place", fault)
    do = request.POST.get("do", "")
    with refused_above(request):
        if do == "take":
            take_fault(fault, actor=request.user)
            messages.success(request, _("Panne prise en charge."))
        elif do == "repair":
            repair_fault(fault, outcome=text_in(request.POST.get("outcome", "")), actor=request.user)
            messages.success(request, _("Panne réparée."))
    return redirect(fault.resource)
