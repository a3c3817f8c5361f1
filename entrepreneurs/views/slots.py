"""When one receives, and when not (ENT-52)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import can, require, requires
from entrepreneurs.forms.coaching import ClosedDaysForm, OfferForm
from entrepreneurs.models import Availability, ClosedDays
from entrepreneurs.selectors.absences import absences_to_come
from entrepreneurs.selectors.slots import availabilities_of, closed_days_of
from entrepreneurs.services import slots
from entrepreneurs.states.meetings import MeetingPurpose
from entrepreneurs.views.coaching_finding import me


@requires("entrepreneurs.offer_slots")
def slot_list(request: HttpRequest) -> HttpResponse:
    """One’s own ranges and closed days."""
    today = timezone.localdate()
    words = dict(MeetingPurpose.choices)
    ranges = availabilities_of(me(request), today)
    context = {
        "ranges": [(one, ", ".join(str(words[code]) for code in one.purposes)) for one in ranges],
        "closed": closed_days_of(me(request), today),
        "leaves": absences_to_come(me(request), today),
        "may_close_all": can(request.user, "entrepreneurs.close_team_days"),
    }
    return render(request, "entrepreneurs/coaching/availability.html", context)


@requires("entrepreneurs.offer_slots")
def slot_offer(request: HttpRequest) -> HttpResponse:
    form = OfferForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            slots.offer_slots(me(request), offer=slots.Offer(**form.cleaned_data), actor=request.user)
            messages.success(request, _("Ces créneaux se réservent dès maintenant."))
            return redirect("entrepreneurs:slot_list")
    back = reverse("entrepreneurs:slot_list")
    return form_page(
        request,
        form,
        title=_("Ouvrir des créneaux"),
        submit=_("Ouvrir"),
        back_url=back,
        crumbs=[(_("Mes disponibilités"), back), (_("Ouvrir des créneaux"), "")],
    )


@require_POST
@requires("entrepreneurs.offer_slots")
def slot_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Availability, pk=pk, advisor=me(request))
    with refused_above(request):
        slots.stop_slots(row, last_day=timezone.localdate(), actor=request.user)
        messages.success(request, _("Plus de créneau de cette plage après aujourd’hui."))
    return redirect("entrepreneurs:slot_list")


@requires("entrepreneurs.offer_slots")
def days_close(request: HttpRequest) -> HttpResponse:
    may_close_all = can(request.user, "entrepreneurs.close_team_days")
    form = ClosedDaysForm(request.POST or None, may_close_all=may_close_all)
    if request.method == "POST" and form.is_valid():
        found = dict(form.cleaned_data)
        advisor = None if found.pop("everybody", False) else me(request)
        with refused_at(form):
            slots.close_days(advisor, **found, actor=request.user)
            messages.success(request, _("Aucun créneau ne se propose plus ces jours-là."))
            return redirect("entrepreneurs:slot_list")
    back = reverse("entrepreneurs:slot_list")
    return form_page(
        request,
        form,
        title=_("Poser des jours sans rendez-vous"),
        lead=_("Les rendez-vous déjà pris restent : déplacez-les un par un."),
        submit=_("Poser"),
        back_url=back,
        crumbs=[(_("Mes disponibilités"), back), (_("Jours sans rendez-vous"), "")],
    )


@require_POST
@requires("entrepreneurs.offer_slots")
def days_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ClosedDays, pk=pk)
    if row.advisor_id is None:
        require(request.user, "entrepreneurs.close_team_days")
    else:
        row = get_object_or_404(ClosedDays, pk=pk, advisor=me(request))
    slots.reopen_days(row, actor=request.user)
    messages.success(request, _("Ces jours sont rouverts."))
    return redirect("entrepreneurs:slot_list")
