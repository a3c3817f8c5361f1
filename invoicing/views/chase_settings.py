"""How customers are chased: steps, what leaves alone, pauses, disputes, credit limits (INV-42, INV-04)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.errors import Forbidden, Refused
from cae.core.keys import key_in
from cae.core.middleware import status_of
from cae.core.permissions import can, require, requires
from entrepreneurs.models import Activity
from invoicing.calculations.reminders import Step
from invoicing.forms.chasing import DisputeForm, LimitForm, PauseForm, StepFormSet
from invoicing.models import Customer, Invoice, ReminderPause
from invoicing.selectors.chasing import leaves_alone, own_steps
from invoicing.services.chase_settings import (
    close_dispute,
    open_dispute,
    pause_reminders,
    resume_reminders,
    save_steps,
    set_credit_limit,
    set_policy,
)
from invoicing.views.finding import activities_to_sell_for, find_customer, find_invoice
from invoicing.views.shown import crumbs_of

CHASE, STEPS, HOUSE = (
    "invoicing.chase_customer",
    "invoicing.keep_reminder_steps",
    "invoicing.keep_house_steps",
)


@requires("invoicing.view_reminders")
def reminder_steps(request: HttpRequest) -> HttpResponse:
    """The cooperative's steps, and those of each activity that this person sells for."""
    offered = activities_to_sell_for(request, STEPS)
    activity = _chosen(request, offered)
    steps = own_steps(activity) if activity else []
    context = {
        "house": own_steps(None),
        "may_keep_house": can(request.user, HOUSE),
        "offered": offered,
        "activity": activity,
        "steps": steps,
        "automatic": leaves_alone(activity) if activity else False,
    }
    return render(request, "invoicing/reminder_steps.html", context)


def _chosen(request: HttpRequest, offered: list[Activity]) -> Activity | None:
    named = request.GET.get("activite", "")
    if named:
        found = next((one for one in offered if str(one.pk) == named), None)
        if found is None:
            raise Http404
        return found
    return offered[0] if offered else None


@requires(HOUSE)
def house_steps(request: HttpRequest) -> HttpResponse:
    return _steps_page(request, None)


@requires(STEPS)
def activity_steps(request: HttpRequest, pk: int) -> HttpResponse:
    return _steps_page(request, _activity(request, pk))


def _activity(request: HttpRequest, pk: int) -> Activity:
    activity = get_object_or_404(Activity.objects.visible_to(request.user).select_related("scope"), pk=pk)
    require(request.user, STEPS, activity)
    return activity


def _steps_page(request: HttpRequest, activity: Activity | None) -> HttpResponse:
    """The steps as rows; a row without days is taken away. An activity begins from the cooperative's."""
    first = own_steps(activity) or own_steps(None)
    rows = [
        {"days": row.days, "channel": row.channel, "tone": row.tone, "late_fees": row.late_fees}
        for row in first
    ]
    typed = request.method == "POST"
    forms = StepFormSet(request.POST if typed else None, initial=None if typed else rows, prefix="steps")
    back = _back(activity)
    fault, status = "", 200
    if typed:
        status = 422
        if forms.is_valid():
            steps: list[Step] = [step for form in forms if (step := form.step()) is not None]
            try:
                save_steps(
                    activity,
                    steps=sorted(steps, key=lambda step: step.days),
                    actor=request.user,
                )
            except Forbidden:
                raise
            except Refused as refusal:
                fault, status = str(refusal), status_of(refusal)
            else:
                messages.success(request, _("Les étapes sont enregistrées : elles servent dès maintenant."))
                return redirect(back)
    context = {"forms": forms, "activity": activity, "fault": fault, "back_url": back}
    return render(request, "invoicing/reminder_steps_form.html", context, status=status)


def _back(activity: Activity | None) -> str:
    url = reverse("invoicing:reminder_steps")
    return f"{url}?activite={activity.pk}" if activity else url


@require_POST
@requires(STEPS)
def steps_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """The activity follows the cooperative's steps again."""
    activity = _activity(request, pk)
    return act_now(
        request,
        lambda: save_steps(activity, steps=(), actor=request.user),
        done=_("L’activité suit de nouveau les étapes de la coopérative."),
        back_url=_back(activity),
    )


@require_POST
@requires(STEPS)
def policy_set(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _activity(request, pk)
    automatic = request.POST.get("automatic") == "1"
    return act_now(
        request,
        lambda: set_policy(activity, automatic=automatic, actor=request.user, at=timezone.now()),
        done=(
            _("Chaque matin, les relances par e-mail partiront seules.")
            if automatic
            else _("Les relances attendent que vous les envoyiez.")
        ),
        back_url=_back(activity),
    )


@requires(CHASE)
def customer_pause(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right=CHASE)
    return _pause(request, customer, crumbs_of_customer(customer, _("Pause")), lead=customer.name)


@requires(CHASE)
def invoice_pause(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right=CHASE)
    return _pause(request, invoice, [*crumbs_of(invoice), (_("Pause"), "")], lead=str(invoice.number))


def _pause(
    request: HttpRequest, target: Customer | Invoice, crumbs: list[tuple[Any, str]], *, lead: str
) -> HttpResponse:
    return act_page(
        request,
        PauseForm(request.POST or None),
        lambda typed: pause_reminders(
            target, until=typed["until"], reason=typed["reason"], actor=request.user, at=timezone.now()
        ),
        done=_("Les relances sont en pause."),
        back_url=target.get_absolute_url(),
        title=_("Mettre les relances en pause"),
        lead=lead,
        submit=_("Mettre en pause"),
        crumbs=crumbs,
    )


def crumbs_of_customer(customer: Customer, word: str) -> list[tuple[Any, str]]:
    return [
        (_("Clients"), reverse("invoicing:customer_list")),
        (customer.name, customer.get_absolute_url()),
        (word, ""),
    ]


@require_POST
@requires(CHASE)
def pause_lift(request: HttpRequest, pk: int) -> HttpResponse:
    pause = get_object_or_404(ReminderPause.objects.select_related("customer", "invoice"), pk=pk)
    if pause.customer is not None:
        target: Customer | Invoice = find_customer(request, pause.customer.pk, right=CHASE)
    else:
        target = find_invoice(request, key_in(str(pause.invoice_id)) or 0, right=CHASE)
    return act_now(
        request,
        lambda: resume_reminders(pause, actor=request.user, at=timezone.now()),
        done=_("La pause est levée : les relances reprennent."),
        back_url=target.get_absolute_url(),
    )


@requires(CHASE)
def dispute_open(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right=CHASE)
    return act_page(
        request,
        DisputeForm(request.POST or None),
        lambda typed: open_dispute(
            customer, reason=typed["reason"], actor=request.user, on=timezone.localdate()
        ),
        done=_("Le litige est noté : rien n’est demandé à ce client."),
        back_url=customer.get_absolute_url(),
        title=_("Noter un litige"),
        lead=customer.name,
        submit=_("Noter le litige"),
        crumbs=crumbs_of_customer(customer, _("Litige")),
    )


@require_POST
@requires(CHASE)
def dispute_close(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right=CHASE)
    return act_now(
        request,
        lambda: close_dispute(customer, actor=request.user),
        done=_("Le litige est levé : les relances reprennent."),
        back_url=customer.get_absolute_url(),
    )


@requires(CHASE)
def credit_limit(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right=CHASE)
    return act_page(
        request,
        LimitForm(request.POST or None, initial={"credit_limit": customer.credit_limit}),
        lambda typed: set_credit_limit(customer, limit=typed["credit_limit"], actor=request.user),
        done=_("L’encours autorisé est enregistré."),
        back_url=customer.get_absolute_url(),
        title=_("Encours autorisé"),
        lead=customer.name,
        submit=_("Enregistrer"),
        crumbs=crumbs_of_customer(customer, _("Encours")),
    )
