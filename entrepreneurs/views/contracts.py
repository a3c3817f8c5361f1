"""Contracts: the list, the page of one, its preparation, its clauses, its end (ENT-24 to ENT-29)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires, signed_in
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, DateColumn, EmptyState, Filters, StatusColumn, Table, list_page
from cae.core.templatetags.formats import day as shown
from entrepreneurs.calculations.contents import changed_clauses, clauses_of
from entrepreneurs.forms.contracts import AmendmentForm, ContractDaysForm, NewContractForm
from entrepreneurs.models import Activity, Contract, Interview
from entrepreneurs.models.contracts import CONTRACT_WRITERS
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.selectors.contracts import contract_in_force, contracts_listed
from entrepreneurs.selectors.passages import own_activity
from entrepreneurs.services import clauses as writing
from entrepreneurs.services.contracts import draft_contract
from entrepreneurs.states.contracts import ContractKind, ContractState, TermsState
from entrepreneurs.states.interviews import InterviewHeading
from entrepreneurs.views.bars import LETTERS
from entrepreneurs.views.contract_facts import (
    contract_context,
    contract_form,
    seen_contract,
    seen_sets,
    shown_clauses,
)
from people.models import Person, Territory, in_use


class ContractTable(Table):
    person = tables.Column(
        linkify=("entrepreneurs:contract_detail", [tables.A("pk")]), order_by="person__sort_name"
    )
    title = tables.Column(verbose_name=gettext_lazy("Contrat"), order_by=("kind", "period"))
    status = StatusColumn()
    starts_on = DateColumn()
    last = DateColumn(verbose_name=gettext_lazy("Dernier jour"))
    activity = tables.Column(order_by="activity__sort_name")
    territory = tables.Column(
        accessor="person__territory__name",
        verbose_name=gettext_lazy("Territoire"),
        order_by="person__territory__name",
    )

    class Meta(Table.Meta):
        model = Contract
        fields = ("person", "title", "status", "starts_on", "last", "activity", "territory")


CLAUSES_IN_HAND = (
    (TermsState.DRAFT, gettext_lazy("À mettre à la signature")),
    (TermsState.TO_SIGN, gettext_lazy("À signer")),
)


class ContractFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name", "activity__name")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Nature"), choices=ContractKind.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=ContractState.choices)
    # A contract has one set of clauses in hand at a time: the contract itself, or an amendment.
    clauses = django_filters.ChoiceFilter(
        field_name="terms__state", label=gettext_lazy("Clauses"), choices=CLAUSES_IN_HAND
    )
    last = django_filters.DateFromToRangeFilter(field_name="last", label=gettext_lazy("Dernier jour"))
    territory = django_filters.ModelChoiceFilter(
        field_name="person__territory",
        queryset=lambda request: Territory.objects.all(),
        label=gettext_lazy("Territoire"),
    )

    class Meta:
        model = Contract
        fields = ("kind", "state")


@requires("entrepreneurs.view_contracts")
def contract_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=contracts_listed(request.user),
        table=ContractTable,
        filters=ContractFilters,
        page="entrepreneurs.contracts",
        title=_("Contrats"),
        empty=EmptyState(
            _("Aucun contrat."),
            _("Une convention, un CAPE ou un CESA se prépare pour une personne, puis se signe ici."),
        ),
        main_action=Action(
            _("Préparer un contrat"),
            reverse("entrepreneurs:contract_new"),
            right="entrepreneurs.write_contract",
            icon="plus-lg",
            tone="primary",
        ),
        actions=(),
        tabs=tabs_open_to(request.user, LETTERS, "entrepreneurs:contract_list"),
    )


@requires("entrepreneurs.write_contract")
def contract_new(request: HttpRequest) -> HttpResponse:
    """A draft for a person; « ?personne= » and « ?nature= » fill the form in."""
    persons = in_use(coached_persons(request.user, kinds=CONTRACT_WRITERS)).order_by("sort_name", "pk")
    form = NewContractForm(
        request.POST or None,
        initial=_known(request, persons),
        persons=persons,
        activities=Activity.objects.visible_to(request.user).order_by("sort_name", "pk"),
        may_override=can(request.user, "entrepreneurs.override_contract"),
    )
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        person: Person = content.pop("person")
        require(request.user, "entrepreneurs.write_contract", person)
        with refused_at(form):
            contract = draft_contract(person, **content, actor=request.user)
            messages.success(request, _("Brouillon préparé : écrivez ses clauses."))
            return redirect("entrepreneurs:terms_write", contract.terms.get(number=0).pk)
    listed = reverse("entrepreneurs:contract_list")
    return form_page(
        request,
        form,
        title=_("Préparer un contrat"),
        lead=_("Les limites de la loi sont vérifiées tout de suite ; rien n’engage avant les signatures."),
        submit=_("Préparer"),
        back_url=listed,
        crumbs=[(_("Contrats"), listed), (_("Préparer un contrat"), "")],
    )


def _known(request: HttpRequest, persons: QuerySet[Person]) -> dict[str, Any]:
    """What the address says, and what follows from it: the day after the contract of today, its activity."""
    key = key_in(request.GET.get("personne", ""))
    found: dict[str, Any] = {"person": key, "kind": request.GET.get("nature")}
    person = persons.filter(pk=key).first() if key else None
    if person is not None:
        today = timezone.localdate()
        running = contract_in_force(person, today)
        if running is not None and running.last_day is not None:
            found["starts_on"] = running.last_day + timedelta(days=1)
        found["activity"] = own_activity(person, today)
    return found


@signed_in
def contract_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: its clauses in force, its clocks, who signed, what comes next."""
    contract = seen_contract(request, pk)
    return render(request, "entrepreneurs/contract/detail.html", contract_context(request, contract))


@signed_in
def contract_days(request: HttpRequest, pk: int) -> HttpResponse:
    contract = seen_contract(request, pk)
    require(request.user, "entrepreneurs.write_contract", contract)
    form = days_form(request, contract, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            writing.change_days(contract, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Dates enregistrées."))
            return redirect(contract)
    return days_page(request, contract, form)


def days_form(request: HttpRequest, contract: Contract, data: Any) -> ContractDaysForm:
    return ContractDaysForm(
        data,
        initial={
            "starts_on": contract.starts_on,
            "ends_on": contract.ends_on,
            "activity": contract.activity_id,
            "override_reason": contract.override_reason,
        },
        activities=Activity.objects.filter(scope__members__person=contract.person).distinct(),
        may_override=can(request.user, "entrepreneurs.override_contract"),
    )


def days_page(request: HttpRequest, contract: Contract, form: ContractDaysForm) -> HttpResponse:
    """The days of a draft, also where handing it over is refused because of them: saved at their address."""
    return contract_form(
        request,
        contract,
        form,
        title=_("Changer les dates"),
        submit=_("Enregistrer"),
        template="entrepreneurs/contract/days.html",
        action=reverse("entrepreneurs:contract_days", args=[contract.pk]),
    )


@signed_in
def contract_amend(request: HttpRequest, pk: int) -> HttpResponse:
    contract = seen_contract(request, pk)
    require(request.user, "entrepreneurs.write_contract", contract)
    first = writing.first_day_of_amendment(contract, timezone.localdate())
    interview = _deciding_interview(request, contract)
    initial: dict[str, Any] = {"starts_on": first}
    if interview is not None:
        subject = _("Nouveaux objectifs, entretien du %(day)s")
        initial["subject"] = subject % {"day": shown(interview.held_on)}
        initial["objectives"] = interview.texts.get(InterviewHeading.OBJECTIVES, "")
    form = AmendmentForm(
        request.POST or None,
        initial=initial,
        with_objectives=interview is not None and "objectives" in clauses_of(contract.kind),
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            terms = writing.draft_amendment(contract, **form.typed(), actor=request.user)
            messages.success(request, _("Avenant préparé avec les clauses en vigueur : changez les vôtres."))
            return redirect("entrepreneurs:terms_write", terms.pk)
    return contract_form(
        request,
        contract,
        form,
        title=_("Préparer un avenant"),
        submit=_("Préparer"),
        lead=_("Il reprend les clauses en vigueur ; vous n’écrivez que ce qui change."),
    )


def _deciding_interview(request: HttpRequest, contract: Contract) -> Interview | None:
    """The interview that the address names (« entretien »), if it changes this contract and may be read."""
    key = key_in(request.GET.get("entretien", ""))
    rows = Interview.objects.visible_to(request.user)
    return rows.filter(pk=key, contract=contract, wants_amendment=True, held_on__isnull=False).first()


@signed_in
def contract_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two sets of clauses side by side; those that differ first."""
    contract = seen_contract(request, pk)
    sets = seen_sets(request, contract)
    numbers = {str(one.number): one for one in sets}
    after = numbers.get(request.GET.get("et", ""), sets[-1])
    before = numbers.get(request.GET.get("de", ""), sets[max(0, sets.index(after) - 1)])
    names = clauses_of(contract.kind)
    changed = changed_clauses(names, before.clauses, after.clauses)
    rows = [
        {"label": label, "before": left, "after": right, "changed": name in changed}
        for (name, label, left), (_name, _label, right) in zip(
            shown_clauses(before, names), shown_clauses(after, names), strict=True
        )
    ]
    rows.sort(key=lambda row: not row["changed"])
    context = {"contract": contract, "sets": sets, "before": before, "after": after, "rows": rows}
    return render(request, "entrepreneurs/contract/compare.html", context)
