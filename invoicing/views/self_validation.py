"""Who validates alone, up to what: the list, a right given, a right ended (PEO-24)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.elision import elided
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
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
from cae.core.templatetags import formats, ui
from invoicing.forms.checking import EndForm, SelfValidationForm
from invoicing.models import SelfValidation
from invoicing.selectors.self_validation import persons_who_sell, self_validations
from invoicing.services.self_validating import end_self_validation, give_self_validation
from invoicing.states.sales import CheckedKind


class ForceColumn(StatusColumn):
    """In force today, to come, ended."""

    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: SelfValidation) -> Any:
        return ui.status(*_force(record))

    def value(self, record: Any, value: Any) -> str:
        return _force(record)[2]


def _force(given: SelfValidation) -> tuple[str, str, str]:
    today = timezone.localdate()
    if given.is_in_force(today):
        return "success", "✔", _("En vigueur")
    if given.starts_on > today and not given.is_empty:
        return "info", "◇", _("À venir")
    return "neutral", "✕", _("Arrêté")


class SelfValidationTable(Table):
    person = LinkColumn(verbose_name=gettext_lazy("Personne"), url="end_url", order_by="person__sort_name")
    kind = tables.Column(verbose_name=gettext_lazy("Documents"))
    ceiling = tables.Column(verbose_name=gettext_lazy("Jusqu’à (HT)"), empty_values=())
    starts_on = DateColumn(verbose_name=gettext_lazy("Du"))
    ends_on = DateColumn(verbose_name=gettext_lazy("Au"))
    reason = tables.Column(verbose_name=gettext_lazy("Motif"))
    force = ForceColumn()

    class Meta(Table.Meta):
        model = SelfValidation
        fields = ("person", "kind", "ceiling", "starts_on", "ends_on", "reason", "force")

    def render_ceiling(self, value: Any) -> str:
        return formats.money(value) if value is not None else _("sans limite")


class SelfValidationFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name")

    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Documents"), choices=CheckedKind.choices, empty_label=gettext_lazy("Tous")
    )
    in_force = django_filters.BooleanFilter(label=gettext_lazy("En vigueur"), method="only_in_force")

    class Meta:
        model = SelfValidation
        fields: list[str] = []

    def only_in_force(
        self, rows: QuerySet[SelfValidation], _name: str, value: bool
    ) -> QuerySet[SelfValidation]:
        today = timezone.localdate()
        held = SelfValidation.objects.in_force(today).values("pk")
        return rows.filter(pk__in=held) if value else rows.exclude(pk__in=held)


@requires("invoicing.give_self_validation")
def self_validation_list(request: HttpRequest) -> HttpResponse:
    give = Action(
        _("Donner un droit"),
        reverse("invoicing:self_validation_give"),
        right="invoicing.give_self_validation",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=self_validations(),
        table=SelfValidationTable,
        filters=SelfValidationFilters,
        page="invoicing.self_validations",
        title=_("Autovalidation"),
        empty=EmptyState(
            _("Personne ne valide seul."),
            _("Chaque devis, facture ou avoir passe par une relecture, sauf pour qui en reçoit le droit."),
            give,
        ),
        main_action=give,
    )


@requires("invoicing.give_self_validation")
def self_validation_give(request: HttpRequest) -> HttpResponse:
    persons = persons_who_sell(timezone.localdate())
    initial = {"starts_on": timezone.localdate(), "person": request.GET.get("personne")}
    form = SelfValidationForm(request.POST or None, persons=persons, initial=initial)
    if form.is_valid():
        with refused_at(form):
            given = give_self_validation(actor=request.user, **form.cleaned_data)
            said = _("%(person)s valide désormais sans relecture : %(kind)s.")
            facts = {"person": given.person, "kind": given.get_kind_display().lower()}
            messages.success(request, said % facts)
            return redirect("invoicing:self_validation_list")
    return form_page(
        request,
        form,
        title=_("Donner un droit d’autovalidation"),
        lead=_("Sur ses propres activités seulement, et jusqu’au montant que vous fixez."),
        submit=_("Donner ce droit"),
        back_url=reverse("invoicing:self_validation_list"),
        crumbs=_crumbs(_("Donner un droit")),
    )


@requires("invoicing.give_self_validation")
def self_validation_end(request: HttpRequest, pk: int) -> HttpResponse:
    given = get_object_or_404(SelfValidation.objects.select_related("person"), pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            end_self_validation(given, actor=request.user, today=timezone.localdate(), **form.cleaned_data)
            messages.success(request, _("Le droit est arrêté ; il reste dans la liste."))
            return redirect("invoicing:self_validation_list")
    ceiling = _("sans limite") if given.ceiling is None else formats.money(given.ceiling)
    return form_page(
        request,
        form,
        title=elided(_("Arrêter le droit de %(person)s"), {"person": given.person}),
        lead=f"{given.get_kind_display()} · {ceiling} · {given.reason}",
        submit=_("Arrêter ce droit"),
        tone="danger",
        back_url=reverse("invoicing:self_validation_list"),
        crumbs=_crumbs(_("Arrêter un droit")),
    )


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Autovalidation"), reverse("invoicing:self_validation_list")), (last, "")]
