"""The register of what is done with data: its lines, its printable page."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import refused_at
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, DateColumn, EmptyState, Filters, LinkColumn, Table, list_page
from people.forms.data_desk import ProcessingForm
from people.models import Processing
from people.requests import SignedIn
from people.services.processings import save_processing
from people.states.data_requests import LegalBasis
from people.views.bars import DATA
from people.views.data_desk import TITLE, desk_form


class ProcessingTable(Table):
    name = LinkColumn(verbose_name=gettext_lazy("Traitement"))
    basis = tables.Column(
        accessor="get_basis_display", verbose_name=gettext_lazy("Base légale"), order_by="basis"
    )
    people = tables.Column(verbose_name=gettext_lazy("Personnes"), attrs={"td": {"class": "roomy"}})
    retention = tables.Column(verbose_name=gettext_lazy("Conservation"), attrs={"td": {"class": "roomy"}})
    ended_on = DateColumn(verbose_name=gettext_lazy("Arrêté le"))


class ProcessingFilters(Filters):
    search = ("name", "purpose", "data")
    basis = django_filters.ChoiceFilter(label=gettext_lazy("Base légale"), choices=LegalBasis.choices)

    class Meta:
        model = Processing
        fields = ("basis",)


@requires("people.view_data_desk")
def processing_list(request: SignedIn) -> HttpResponse:
    create = Action(
        gettext_lazy("Ajouter un traitement"),
        reverse("people:processing_new"),
        "people.change_processing",
        "plus-lg",
    )
    return list_page(
        request,
        queryset=Processing.objects.all(),
        table=ProcessingTable,
        filters=ProcessingFilters,
        page="people.processings",
        title=TITLE,
        tabs=tabs_open_to(request.user, DATA, "people:processing_list"),
        intro=gettext_lazy("Le registre de l’article 30 du RGPD ; l’export en fait une pièce à remettre."),
        main_action=create,
        empty=EmptyState(
            gettext_lazy("Le registre est vide."),
            gettext_lazy("Une ligne par usage : candidatures, paie, facturation, annuaire…"),
            create,
        ),
    )


@requires("people.view_data_desk")
def processing_print(request: SignedIn) -> HttpResponse:
    """The whole register on one page, made for paper."""
    rows = Processing.objects.filter(ended_on__isnull=True)
    return render(request, "people/processing_print.html", {"rows": rows, "title": TITLE})


@requires("people.change_processing")
def processing_new(request: SignedIn) -> HttpResponse:
    return _processing_form(request, None)


@requires("people.change_processing")
def processing_edit(request: SignedIn, pk: int) -> HttpResponse:
    return _processing_form(request, get_object_or_404(Processing, pk=pk))


def _processing_form(request: SignedIn, row: Processing | None) -> HttpResponse:
    form = ProcessingForm(request.POST or None, instance=row)
    listed = reverse("people:processing_list")
    if form.is_valid():
        version = form.cleaned_data["version"]
        with refused_at(form):
            save_processing(row, data=form.data_typed(), actor=request.user, version=version)
            messages.success(request, _("Registre enregistré."))
            return redirect(listed)
    title = row.name if row else _("Ajouter un traitement")
    return desk_form(request, form, title=title, submit=_("Enregistrer"), listed=(_("Registre"), listed))
