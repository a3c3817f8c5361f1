"""What is proposed for erasure, decided row by row or several at once."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.tables import selected as chosen
from people.forms.own_data import KeepForm
from people.models import RetentionProposal
from people.requests import SignedIn
from people.selectors.retention import RULES, proposals
from people.services.erasing import hindrances
from people.services.retention import approve_erasure, ask_erasures, keep_file
from people.states.retention import RETENTION_FLOW, ProposalState
from people.views.bars import DATA
from people.views.data_desk import TITLE


class ProposalTable(Table):
    person = LinkColumn(
        accessor="person", verbose_name=gettext_lazy("Personne"), order_by="person__sort_name"
    )
    rule = tables.Column(verbose_name=gettext_lazy("Règle"), attrs={"td": {"class": "roomy"}})
    counted_from = DateColumn(verbose_name=gettext_lazy("Dernier contact, ou sortie"))
    kept_until = DateColumn(verbose_name=gettext_lazy("À conserver jusqu’au"))
    status = StatusColumn()

    def render_rule(self, value: str) -> str:
        return str(RULES[value].label) if value in RULES else value


class ProposalFilters(Filters):
    search = ("person__first_name", "person__last_name")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"), choices=ProposalState.choices, empty_label=gettext_lazy("À décider")
    )
    rule = django_filters.ChoiceFilter(
        label=gettext_lazy("Règle"), choices=lambda: [(one.code, one.label) for one in RULES.values()]
    )

    class Meta:
        model = RetentionProposal
        fields = ("state", "rule")

    def filter_queryset(self, queryset: Any) -> Any:
        """Without being asked, the list shows what waits for a decision."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.filter(state=ProposalState.PROPOSED)


@requires("people.decide_retention")
def retention_list(request: SignedIn) -> HttpResponse:
    erase = Action(
        gettext_lazy("Effacer"),
        reverse("people:retention_approve"),
        "people.decide_retention",
        "trash",
        "danger",
        confirm=gettext_lazy("L’effacement est définitif."),
    )
    return list_page(
        request,
        queryset=proposals(),
        table=ProposalTable,
        filters=ProposalFilters,
        page="people.retention",
        title=TITLE,
        tabs=tabs_open_to(request.user, DATA, "people:retention_list"),
        intro=gettext_lazy(
            "Proposé chaque mois par les règles de conservation ; rien ne s’efface sans vous."
        ),
        actions=[erase],
        empty=EmptyState(
            gettext_lazy("Rien à effacer."),
            gettext_lazy("Les fiches dont la durée de conservation est passée seront proposées ici."),
        ),
    )


@require_POST
@requires("people.decide_retention")
def retention_approve(request: SignedIn) -> HttpResponse:
    """The bulk action of the list: a job erases what was ticked, one by one."""
    rows = chosen(request, proposals().filter(state=ProposalState.PROPOSED), ProposalFilters)
    try:
        job = ask_erasures(list(rows.values_list("pk", flat=True)), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:retention_list")
    return redirect(job.link)


@requires("people.decide_retention")
def retention_keep(request: SignedIn, pk: int) -> HttpResponse:
    """One proposal: what its rule says, what erasing would do; keeps it for longer."""
    proposal = _proposal(pk)
    form = KeepForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            keep_file(proposal, actor=request.user, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Fiche gardée : elle sera proposée de nouveau à cette date."))
            return redirect("people:retention_list")
    return form_page(
        request,
        form,
        title=str(proposal.person),
        submit=_("Garder encore"),
        back_url=reverse("people:retention_list"),
        crumbs=_crumbs(str(proposal.person)),
        template="people/retention_proposal.html",
        proposal=proposal,
        rule=RULES.get(proposal.rule),
        hindrances=hindrances(proposal.person, on=timezone.localdate()),
        moves=[move.name for move in RETENTION_FLOW.moves_open_to(request.user, proposal)],
    )


@requires("people.decide_retention")
def retention_erase(request: SignedIn, pk: int) -> HttpResponse:
    """Asks once more, then erases for good."""
    proposal = _proposal(pk)
    if request.method == "POST":
        try:
            approve_erasure(proposal, actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(proposal)
        messages.success(request, _("C’est effacé. Le journal dit ce qui a été fait, sans les données."))
        return redirect("people:retention_list")
    context = {"proposal": proposal, "rule": RULES.get(proposal.rule), "crumbs": _crumbs(_("Effacer"))}
    return render(request, "people/retention_erase.html", context)


def _proposal(pk: int) -> RetentionProposal:
    return get_object_or_404(proposals(), pk=pk)


def _crumbs(last: str) -> list[tuple[Any, str]]:
    return [
        (TITLE, reverse("people:data_desk")),
        (_("Effacements"), reverse("people:retention_list")),
        (last, ""),
    ]
