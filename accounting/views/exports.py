"""Exports to accounting programs: chosen, looked at, sent by numbered batches, the last undone (ACC-49)."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.forms.exports import ExportForm, ExportUndoForm
from accounting.models import ExportBatch
from accounting.selectors.exports import PREVIEWED, batches_listed, file_of_batch, last_batch, preview_of
from accounting.services.exporting import ask_for_export, refuse_choice, undo_export
from accounting.states.exports import ExportFormat
from accounting.views.tabs import books_tabs
from cae.core.acting import act_page
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from people.requests import SignedIn

_COUNT = {"td": {"class": "num"}, "th": {"class": "num"}}


class BatchTable(Table):
    number = LinkColumn(verbose_name=gettext_lazy("Lot"), accessor="number")
    starts_on = DateColumn(verbose_name=gettext_lazy("Du"))
    ends_on = DateColumn(verbose_name=gettext_lazy("Au"))
    format = tables.Column(verbose_name=gettext_lazy("Format"))
    entry_count = tables.Column(verbose_name=gettext_lazy("Écritures"), attrs=_COUNT)
    line_count = tables.Column(verbose_name=gettext_lazy("Lignes"), attrs=_COUNT)
    debit = MoneyColumn(verbose_name=gettext_lazy("Débit"))
    status = StatusColumn()
    made_at = DateColumn(verbose_name=gettext_lazy("Exporté le"))
    made_by = tables.Column(verbose_name=gettext_lazy("Exporté par"), order_by="made_by__person__sort_name")

    class Meta(Table.Meta):
        model = ExportBatch
        fields = (
            "number",
            "starts_on",
            "ends_on",
            "format",
            "entry_count",
            "line_count",
            "debit",
            "status",
            "made_at",
            "made_by",
        )
        order_by = ("-number",)


class BatchFilters(Filters):
    search = ("sha256",)
    format = django_filters.ChoiceFilter(label=gettext_lazy("Format"), choices=ExportFormat.choices)
    defait = django_filters.BooleanFilter(
        label=gettext_lazy("Défait"), field_name="undone_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = ExportBatch
        fields: tuple[str, ...] = ()


@requires("accounting.open_fec")
def export_list(request: HttpRequest) -> HttpResponse:
    add = Action(
        _("Exporter des écritures"),
        reverse("accounting:export_add"),
        right="accounting.make_exports",
        icon="plus-lg",
        tone="primary",
    )
    return list_page(
        request,
        queryset=batches_listed(),
        table=BatchTable,
        filters=BatchFilters,
        page="accounting.exports",
        title=_("Exports d’écritures"),
        intro=_("Vers un logiciel comptable, par lots numérotés : chaque écriture part une fois."),
        tabs=books_tabs("export_list"),
        template="accounting/books_list.html",
        main_action=add,
        empty=EmptyState(
            _("Aucun lot exporté."), _("Un lot dit une période, des journaux et un format."), add
        ),
    )


@requires("accounting.make_exports")
def export_add(request: SignedIn) -> HttpResponse:
    """What would leave is looked at first, in the address; then it leaves."""
    sent = request.POST or request.GET
    form, preview = ExportForm(sent or None, today=timezone.localdate()), None
    if form.is_valid():
        with refused_at(form):
            choice = form.choice()
            if request.method == "POST":
                return redirect("core:job_detail", ask_for_export(choice, actor=request.user).pk)
            refuse_choice(choice)
            preview = preview_of(choice)
    back_url, title = reverse("accounting:export_list"), _("Exporter des écritures")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Les écritures qu’aucun lot n’a encore prises, dans l’ordre de leur validation."),
        submit=_("Voir ce qui partirait"),
        back_url=back_url,
        crumbs=[(_("Comptabilité"), reverse("accounting:home")), (_("Exports"), back_url), (title, "")],
        template="accounting/exports/export_add.html",
        preview=preview,
        previewed=PREVIEWED,
        pairs=form.typed_pairs if preview else [],
    )


@requires("accounting.open_fec")
def export_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: what it holds, its file as it left."""
    batch = get_object_or_404(batches_listed(), pk=pk)
    context = {"batch": batch, "file": file_of_batch(batch), "is_last": last_batch() == batch}
    return render(request, "accounting/exports/export_batch.html", context)


@requires("accounting.make_exports")
def export_undo(request: SignedIn, pk: int) -> HttpResponse:
    """Only the last batch: those before it are in the other program for good."""
    batch = get_object_or_404(batches_listed(), pk=pk)
    title = _("Défaire ce lot")
    return act_page(
        request,
        ExportUndoForm(request.POST or None),
        lambda typed: undo_export(batch, actor=request.user, now=timezone.now(), **typed),
        done=_("%(batch)s est défait : ses écritures partiront avec le prochain.") % {"batch": batch},
        back_url=batch.get_absolute_url(),
        title=title,
        lead=_("Si l’autre logiciel ne l’a pas importé. Le fichier reste gardé, marqué comme défait."),
        submit=title,
        tone="danger",
        crumbs=[
            (_("Exports"), reverse("accounting:export_list")),
            (str(batch), batch.get_absolute_url()),
            (title, ""),
        ],
    )
