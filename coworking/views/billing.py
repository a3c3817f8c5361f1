"""The month of a place: what is due by payer, what is held back, the run and its documents (COW-15)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.jobs import is_silent
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.permissions import can, require, requires
from coworking.forms.billing import ChargeForm
from coworking.forms.members import ReasonForm
from coworking.models import BillingRun, Charge
from coworking.selectors.billing import month_of, runs_of, to_credit_in, unpriced
from coworking.services import billing as verbs
from coworking.services.charges import hold_charge, make_charge, release_charge, waive_charge
from coworking.states.members import CHARGE_FLOW, ChargeKind
from coworking.views.held_money import deposits_shown
from coworking.views.place_frame import place_form, place_found, place_page
from people.requests import SignedIn

_READS, _BILLS = "coworking.read_billing", "coworking.bill_place"


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404 from None


@requires("coworking.read_billing")
def billing_list(request: SignedIn, pk: int) -> HttpResponse:
    """The months of a place, those billed and the one to bill."""
    place = place_found(request, pk, _READS)
    this = Month.of(timezone.localdate())
    runs = {Month.of(run.month): run for run in runs_of(place)}
    months = sorted({this, this.previous(), *runs}, reverse=True)
    return place_page(
        request,
        place,
        "coworking/billing/months.html",
        "coworking:billing_list",
        months=[(str(month), month.first, runs.get(month)) for month in months],
        may_bill=can(request.user, _BILLS, place),
        to_credit=to_credit_in(place),
        **deposits_shown(request, place),
    )


@requires("coworking.read_billing")
def billing(request: SignedIn, pk: int, month: str) -> HttpResponse:
    """A month by payer, before its run and after."""
    place, this, today = place_found(request, pk, _READS), _month(month), timezone.localdate()
    run = BillingRun.objects.filter(place=place, month=this.first).select_related("job").first()
    payers = month_of(place, this, today)
    job = run.job if run else None
    return place_page(
        request,
        place,
        "coworking/billing/month.html",
        "coworking:billing_list",
        run=run,
        month=str(this),
        first=this.first,
        payers=payers,
        due=sum((one.due for one in payers), ZERO),
        held=sum((one.held for one in payers), ZERO),
        billed=sum((one.billed for one in payers), ZERO),
        documents=sum(1 for one in payers if one.due),
        unpriced=unpriced(place, this),
        job=job,
        is_running=job is not None and not job.is_over and not is_silent(job, timezone.now()),
        may_bill=can(request.user, _BILLS, place) and this <= Month.of(today),
    )


@require_POST
@requires("coworking.bill_place")
def billing_prepare(request: SignedIn, pk: int, month: str) -> HttpResponse:
    place, this = place_found(request, pk, _BILLS), _month(month)
    with refused_above(request):
        verbs.prepare_month(place, this, today=timezone.localdate(), actor=request.user)
        messages.success(request, _("Mois calculé : vérifiez, puis facturez."))
    return redirect("coworking:billing", pk, str(this))


@require_POST
@requires("coworking.bill_place")
def billing_start(request: SignedIn, pk: int, month: str) -> HttpResponse:
    place, this = place_found(request, pk, _BILLS), _month(month)
    run = get_object_or_404(BillingRun, place=place, month=this.first)
    with refused_above(request):
        sends = "sends" in request.POST
        verbs.start_run(run, today=timezone.localdate(), actor=request.user, sends=sends)
    return redirect("coworking:billing", pk, str(this))


def charge_found(request: SignedIn, pk: int) -> Charge:
    """A line, for whoever bills its place."""
    rows = Charge.objects.select_related("payer__place__scope", "payer__activity", "payer__customer", "run")
    charge = get_object_or_404(rows, pk=pk)
    require(request.user, _BILLS, charge)
    return charge


@requires("coworking.bill_place")
def charge_act(request: SignedIn, pk: int, move: str) -> HttpResponse:
    """Held back or given up, for a reason."""
    charge = charge_found(request, pk)
    services: dict[str, Any] = {"hold": hold_charge, "waive": waive_charge}
    if move not in services:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            services[move](charge, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Ligne enregistrée."))
            return redirect(month_of_charge(charge))
    label = CHARGE_FLOW.move(move).label
    return place_form(
        request,
        form,
        charge.payer.place,
        title=_("%(act)s : %(label)s") % {"act": label, "label": charge},
        back=(_("Facturation"), month_of_charge(charge)),
        submit=label,
    )


@require_POST
@requires("coworking.bill_place")
def charge_release(request: SignedIn, pk: int) -> HttpResponse:
    charge = charge_found(request, pk)
    with refused_above(request):
        release_charge(charge, actor=request.user)
        messages.success(request, _("Ligne remise à facturer."))
    return redirect(month_of_charge(charge))


@requires("coworking.bill_place")
def charge_add(request: SignedIn, pk: int) -> HttpResponse:
    """Something else that is due: prints, a lost key, an option."""
    place = place_found(request, pk, _BILLS)
    form = ChargeForm(request.POST or None, place=place)
    if form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            charge = make_charge(
                typed["payer"],
                kind=ChargeKind.OTHER,
                label=typed["label"],
                day=typed["day"],
                amount=typed["amount"],
                vat_code=typed["vat_code"],
                actor=request.user,
            )
            messages.success(request, _("Ligne ajoutée."))
            return redirect(month_of_charge(charge))
    back = (_("Facturation"), reverse("coworking:billing_list", args=[pk]))
    return place_form(request, form, place, title=_("Ajouter une ligne à facturer"), back=back)


def month_of_charge(charge: Charge) -> str:
    """Where a line is read: the month that billed it, else that of its day."""
    month = charge.run.month if charge.run is not None else charge.day
    return reverse("coworking:billing", args=[charge.payer.place_id, str(Month.of(month))])
