"""Entries: who is coming in, what remains to be done and whose ball it is (ENT-20)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.permissions import can, require, requires, signed_in
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import DateColumn, EmptyState, Filters, LinkColumn, Table, list_page
from entrepreneurs.forms.papers import TickForm
from entrepreneurs.models import Contract, EntryChecklist, EntryLine
from entrepreneurs.selectors.entry import checklists_listed, lines_shown
from entrepreneurs.services.entry import tick_by_facts, tick_line, untick_line
from entrepreneurs.states.contracts import OPEN_STATES
from entrepreneurs.views.bars import ENTRIES


class EntryTable(Table):
    """Entries, the latest first."""

    person = LinkColumn(verbose_name=gettext_lazy("Personne"), order_by="person__sort_name")
    kind = tables.Column(verbose_name=gettext_lazy("Entrée"))
    done = tables.Column(verbose_name=gettext_lazy("Fait"), attrs={"td": {"class": "num"}})
    opened_on = DateColumn(verbose_name=gettext_lazy("Ouverte le"))
    closed_on = DateColumn(verbose_name=gettext_lazy("Achevée le"))

    class Meta(Table.Meta):
        model = EntryChecklist
        fields = ("person", "kind", "done", "opened_on", "closed_on")

    def render_done(self, record: Any) -> str:
        return f"{record.done} / {record.total}"


class EntryFilters(Filters):
    """By kind of entry."""

    search = ("person__sort_name",)

    class Meta:
        model = EntryChecklist
        fields = ("kind",)


@requires("entrepreneurs.view_entries")
def entry_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=checklists_listed(request.user),
        table=EntryTable,
        filters=EntryFilters,
        page="entrepreneurs.entries",
        title=_("Entrées"),
        tabs=tabs_open_to(request.user, ENTRIES, "entrepreneurs:entry_list"),
        empty=EmptyState(
            _("Personne n’entre en ce moment."), _("Une entrée s’ouvre quand une candidature est acceptée.")
        ),
    )


@signed_in
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What remains to be done for somebody to come in."""
    checklist = get_object_or_404(checklists_listed(request.user), pk=pk)
    require(request.user, "entrepreneurs.view_entry", checklist)
    ways = _ways(request.user, checklist)
    context = {
        "checklist": checklist,
        "lines": [(shown, ways.get(shown.line.code)) for shown in lines_shown(checklist, request.user)],
        "is_own": checklist.person_id == request.user.person_id,  # type: ignore[union-attr]
    }
    return render(request, "entrepreneurs/entry.html", context)


def _ways(user: Any, checklist: EntryChecklist) -> dict[str, tuple[Any, str]]:
    """The page where each line is done, for who may open it."""
    person, own = checklist.person, checklist.person_id == user.person_id
    found: dict[str, tuple[Any, str]] = {}
    waiting = Contract.objects.visible_to(user).filter(person=person, state__in=OPEN_STATES).first()
    if waiting is not None:
        found["agreement"] = (_("Ouvrir le contrat"), waiting.get_absolute_url())
    elif can(user, "entrepreneurs.write_contract", person):
        address = reverse("entrepreneurs:contract_new")
        found["agreement"] = (_("Préparer un contrat"), f"{address}?personne={person.pk}")
    if can(user, "entrepreneurs.name_referent", person) and not own:
        found["coach"] = (
            _("Désigner l’accompagnement"),
            reverse("entrepreneurs:referent_name", args=[person.pk]),
        )
    if can(user, "people.invite_person") and not own:
        found["account"] = (_("Inviter à ouvrir son compte"), person.get_absolute_url())
    if own:
        found["papers"] = found["bank_details"] = (
            _("Déposer mes documents"),
            reverse("entrepreneurs:my_papers"),
        )
    elif can(user, "entrepreneurs.view_papers"):
        asking = reverse("entrepreneurs:paper_ask", args=[person.pk])
        found["papers"] = found["bank_details"] = (_("Demander un document"), asking)
    if can(user, "entrepreneurs.open_activity") and not own:
        address = reverse("entrepreneurs:activity_open")
        found["trade_name"] = (_("Ouvrir l’activité"), f"{address}?personne={person.pk}")
    return found


@require_POST
@signed_in
def entry_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Looks again at what the records show."""
    checklist = get_object_or_404(checklists_listed(request.user), pk=pk)
    count = tick_by_facts(checklist, now=timezone.now())
    messages.success(request, _("Lignes faites depuis la dernière fois : %(count)d.") % {"count": count})
    return redirect("entrepreneurs:entry", checklist.pk)


@require_POST
@signed_in
def entry_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticks a line by hand, or takes it back."""
    lists = EntryChecklist.objects.visible_to(request.user)
    line = get_object_or_404(EntryLine.objects.select_related("checklist"), pk=pk, checklist__in=lists)
    require(request.user, "entrepreneurs.tick_entry", line)
    form = TickForm(request.POST)
    if form.is_valid():
        account: Any = request.user
        if "undo" in request.POST:
            untick_line(line, actor=account, now=timezone.now())
        else:
            tick_line(line, note=form.cleaned_data["note"], actor=account, now=timezone.now())
    return redirect("entrepreneurs:entry", line.checklist_id)
