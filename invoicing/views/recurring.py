"""Recurring documents: their list, the page of one, what is typed, and what is done to it (INV-25)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, EmptyState, list_page
from invoicing.forms.recurring import PlanForm, new_plan, plan_typed
from invoicing.models import RecurringPlan
from invoicing.selectors.recurring import coming_of, made_of, plans_visible
from invoicing.services.making import make_documents
from invoicing.services.recurring import (
    Model,
    change_plan,
    create_plan,
    end_plan,
    pause_plan,
    refuse_model,
    resume_plan,
)
from invoicing.states.recurring import PLAN_FLOW, PlanState
from invoicing.views.finding import find_invoice, find_quote
from invoicing.views.purchase_parts import find_order
from invoicing.views.recurring_tables import PlanFilters, PlanTable, status_of_plan
from invoicing.views.tables import sales_tabs, sees_several, staff_view

EDIT = "invoicing.edit_recurring"
_LIST = "invoicing:recurring_list"


@requires("invoicing.view_recurrings")
def recurring_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=plans_visible(request.user),
        counted=RecurringPlan.objects.visible_to(request.user),
        table=staff_view(PlanTable, request),
        filters=PlanFilters,
        page="invoicing.recurring_plans",
        title=_("Documents récurrents"),
        empty=EmptyState(
            _("Aucun document récurrent pour l’instant."),
            _("Ouvrez une facture, un devis ou une commande, puis choisissez « Rendre récurrent »."),
            Action(_("Voir les factures"), reverse("invoicing:invoice_list")),
        ),
        tabs=sales_tabs("recurring_list"),
        totals_later=sees_several(request),
    )


@requires("invoicing.view_recurrings")
def recurring_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan, user = _find(request, pk), request.user
    may_edit = can(user, EDIT, plan)
    context = {
        "plan": plan,
        "lead": f"{plan.party} · {plan.get_every_display()}",
        "shown": status_of_plan(plan),
        "moves": {move.name for move in PLAN_FLOW.moves_open_to(user, plan)},
        "may_edit": may_edit and plan.state != PlanState.ENDED,
        "is_due": may_edit and _is_due(plan, timezone.localdate()),
        "coming": coming_of(plan),
        "made": list(made_of(plan)),
    }
    return render(request, "invoicing/recurring/detail.html", context)


@requires("invoicing.edit_recurring")
def invoice_repeat(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right=EDIT)
    return _begin(request, invoice, dated=invoice.issued_on)


@requires("invoicing.edit_recurring")
def quote_repeat(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right=EDIT)
    return _begin(request, quote, dated=quote.approved_on)


@requires("invoicing.edit_recurring")
def order_repeat(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    return _begin(request, order, dated=order.approved_on)


def _begin(request: HttpRequest, model: Model, *, dated: date | None) -> HttpResponse:
    refuse_model(model)
    today = timezone.localdate()
    form = PlanForm(
        request.POST or None, model=model, initial=new_plan(model, dated=dated or today, today=today)
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            plan = create_plan(model, content=form.content(), form_key=form.key, on=today, actor=request.user)
            messages.success(request, _("C’est noté : les prochaines dates sont ci-dessous."))
            return redirect(plan)
    return form_page(
        request,
        form,
        title=_("Rendre récurrent"),
        lead=str(model),
        submit=_("Rendre récurrent"),
        back_url=model.get_absolute_url(),
        crumbs=[(str(model), model.get_absolute_url()), (_("Rendre récurrent"), "")],
    )


@requires("invoicing.edit_recurring")
def recurring_edit(request: HttpRequest, pk: int) -> HttpResponse:
    plan, today = _find(request, pk, right=EDIT), timezone.localdate()
    form = PlanForm(request.POST or None, model=plan.model, initial=plan_typed(plan))
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            version = form.cleaned_data["version"] or 0
            change_plan(plan, content=form.content(), version=version, on=today, actor=request.user)
            messages.success(request, _("Les changements sont enregistrés : ils valent pour la suite."))
            return redirect(plan)
    return form_page(
        request,
        form,
        title=_("Modifier le document récurrent"),
        lead=plan.title,
        submit=_("Enregistrer"),
        back_url=plan.get_absolute_url(),
        crumbs=[
            (_("Documents récurrents"), reverse(_LIST)),
            (plan.title, plan.get_absolute_url()),
            (_("Modifier"), ""),
        ],
    )


@require_POST
@requires("invoicing.edit_recurring")
def recurring_pause(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _find(request, pk, right=EDIT)
    done = _("En pause : rien ne se fait jusqu’à la reprise.")
    return _act(request, plan, lambda: pause_plan(plan, actor=request.user), done)


@require_POST
@requires("invoicing.edit_recurring")
def recurring_resume(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _find(request, pk, right=EDIT)
    done = _("Repris : les dates passées pendant la pause sont laissées de côté.")
    return _act(request, plan, lambda: resume_plan(plan, on=timezone.localdate(), actor=request.user), done)


@require_POST
@requires("invoicing.edit_recurring")
def recurring_end(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _find(request, pk, right=EDIT)
    done = _("Terminé : plus rien ne se fera ; ce qui a été fait reste.")
    return _act(request, plan, lambda: end_plan(plan, actor=request.user), done)


@require_POST
@requires("invoicing.edit_recurring")
def recurring_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Tries again at once what could not be made, instead of waiting for the next morning."""
    plan = _find(request, pk, right=EDIT)
    made = make_documents(plan.pk, at=timezone.now())
    if made:
        messages.success(request, _("Le document est fait."))
    elif _find(request, pk).failure:
        messages.warning(request, _("Rien n’a été fait : voyez ci-dessous ce qui manque."))
    else:
        messages.info(request, _("Rien n’était à faire : aucune date n’est arrivée."))
    return redirect(plan)


def _is_due(plan: RecurringPlan, today: date) -> bool:
    return plan.state == PlanState.ACTIVE and plan.next_on is not None and plan.next_on <= today


def _find(request: HttpRequest, pk: int, *, right: str | None = None) -> Any:
    """Gives a plan in sight. Raises Http404 out of sight, Forbidden without the right."""
    found = get_object_or_404(plans_visible(request.user), pk=pk)
    if right:
        require(request.user, right, found)
    return found


def _act(request: HttpRequest, plan: RecurringPlan, run: Callable[[], Any], done: str) -> HttpResponse:
    return act_now(request, run, done=done, back_url=plan.get_absolute_url())
