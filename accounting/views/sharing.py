"""The result of a collective shared out: what it would give, the decision, its undoing (ENT-44)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.sharing import Sums
from accounting.forms.sharing import PeriodForm, UndoForm
from accounting.models import AnalyticAccount, ResultSharing
from accounting.selectors.sharing import (
    Plan,
    days_to_share,
    left_to_share,
    lines_shared,
    parts_received,
    parts_told,
    plan_parts_told,
    plan_sharing,
    plan_told,
    section_of_person,
    sharings_of,
    working_told,
)
from accounting.services.sharing import check_days, share_result, undo_sharing
from accounting.views.filters import LineFilters
from accounting.views.tables import LineTable
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, requires, signed_in
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import day, money
from entrepreneurs.models import Activity


@requires("accounting.share_result")
def sharing_new(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The period is in the address; the page shows what sharing it gives; the button decides."""
    rows = Activity.objects.select_related("scope")
    activity = get_object_or_404(rows, pk=activity_id, kind="collective")
    today = timezone.localdate()
    start, end = days_to_share(activity, today)
    form = PeriodForm(request.GET or None, initial={"start": start, "end": end})
    plan = None
    if form.is_bound and form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        with refused_at(form):
            check_days(activity, start, end, today)
            if request.method == "POST":
                return redirect(_decide(request, activity, start, end))
        if not form.errors or request.method == "POST":
            plan = plan_sharing(activity, start=start, end=end)
    context = {
        "activity": activity,
        "form": form,
        **(_shown(plan) if plan else {"plan": None}),
        "done": sharings_of(activity),
        "crumbs": _crumbs(request.user, activity, _("Répartir le résultat")),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "accounting/sharing_new.html", context, status=422 if wrong else 200)


def _decide(request: HttpRequest, activity: Activity, start: date, end: date) -> ResultSharing:
    sharing = share_result(
        activity,
        start=start,
        end=end,
        today=timezone.localdate(),
        actor=request.user,
        shown=_told(request.POST.get("shown", "")),
    )
    messages.success(request, _("Le résultat est réparti : chaque part est sur le relevé de qui la reçoit."))
    return sharing


def _told(text: str) -> list[list[str]]:
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _shown(plan: Plan) -> dict[str, Any]:
    entries = f"{reverse('accounting:entry_list')}?activite={plan.section.pk}"
    return {
        "plan": plan,
        "sums": plan.sums,
        "segments": [(one, f"{entries}&du={one.start}&au={one.end}") for one in plan_told(plan)],
        "rows": plan_parts_told(plan),
        "shown": json.dumps(plan.figures),
    }


@signed_in
def sharing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was shared, to whom, by which keys; each figure opens the entries behind it."""
    sharing = _seen(request, pk)
    person = getattr(request.user, "person_id", None)
    rows, segments = parts_told(sharing), working_told(sharing)
    context = {
        "sharing": sharing,
        "rows": rows,
        "mine": next((row for row in rows if row.person.pk == person), None),
        "left": left_to_share(sharing) if not sharing.is_undone else None,
        "sums": Sums(sharing.result + sharing.contribution, sharing.contribution),
        "segments": [
            (one, reverse("accounting:sharing_lines", args=[pk, rank]))
            for rank, one in enumerate(segments, start=1)
        ],
        "may_undo": not sharing.is_undone and can(request.user, "accounting.share_result"),
        "may_share": sharing.is_undone and can(request.user, "accounting.share_result"),
        "may_open": can(request.user, "accounting.view_entry", sharing.entry) if sharing.entry else False,
        "crumbs": _crumbs(request.user, sharing.activity, _("Répartition")),
    }
    return render(request, "accounting/sharing.html", context)


@signed_in
def sharing_lines(request: HttpRequest, pk: int, rank: int) -> HttpResponse:
    """The entries behind the result of some days, to who sees the sharing."""
    sharing = _seen(request, pk)
    segments = working_told(sharing)
    if not 1 <= rank <= len(segments):
        raise Http404
    one = segments[rank - 1]
    section = AnalyticAccount.objects.get(activity=sharing.activity_id)
    words = {"start": day(one.start), "end": day(one.end), "amount": money(one.sums.net)}
    title = _("Écritures du résultat")
    return list_page(
        request,
        queryset=lines_shared(section, one.start, one.end),
        table=LineTable,
        filters=LineFilters,
        page="accounting.sharing_lines",
        title=title,
        intro=_("Du %(start)s au %(end)s : %(amount)s répartis, contribution déduite.") % words,
        empty=EmptyState(_("Aucune écriture sur ces jours : le résultat est nul.")),
        template="accounting/sharing_lines.html",
        context={"crumbs": [(_("Répartition"), sharing.get_absolute_url()), (title, "")]},
    )


@requires("accounting.share_result")
def sharing_undo(request: HttpRequest, pk: int) -> HttpResponse:
    sharing = _seen(request, pk)
    form = UndoForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            undo_sharing(sharing, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Répartition annulée ; ces jours peuvent être répartis de nouveau."))
            return redirect(sharing)
    title = _("Annuler la répartition")
    return form_page(
        request,
        form,
        title=title,
        lead=str(sharing),
        submit=title,
        tone="danger",
        back_url=sharing.get_absolute_url(),
        crumbs=_crumbs(request.user, sharing.activity, title),
    )


@requires("accounting.view_own_parts")
def my_parts(request: HttpRequest) -> HttpResponse:
    """What somebody without activity received from their collectives."""
    section = section_of_person(request.user)
    if section is None:
        raise Http404
    received = list(parts_received(section))
    context = {"received": received, "total": sum(part.amount for part in received)}
    return render(request, "accounting/my_parts.html", context)


def _seen(request: HttpRequest, pk: int) -> ResultSharing:
    rows = ResultSharing.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("activity", "entry__journal", "reversal__journal"), pk=pk)


def _crumbs(user: Any, activity: Activity, last: str) -> list[tuple[str, str]]:
    """The way down for who sees the activity; somebody who left it has their part alone."""
    if not Activity.objects.visible_to(user).filter(pk=activity.pk).exists():
        own = (
            [(_("Ma part"), reverse("accounting:my_parts"))] if can(user, "accounting.view_own_parts") else []
        )
        return [*own, (last, "")]
    page = reverse("entrepreneurs:activity_detail", args=[activity.pk])
    shared = reverse("entrepreneurs:agreement_list", args=[activity.pk])
    return [(activity.name, page), (_("Convention et partage"), shared), (last, "")]
