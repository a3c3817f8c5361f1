"""FEC: the years and their files, what the checker found, a file brought from elsewhere (ACC-48)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.calculations.fec.check import Report
from accounting.forms.exports import FecCheckForm
from accounting.models import FecExport
from accounting.selectors.fec_files import (
    FEC_ANALYTIC,
    FEC_FILE,
    FEC_NOTICE,
    fec_listed,
    fec_years,
    files_of_exports,
)
from accounting.selectors.fec_words import fault_words, faults_kept
from accounting.selectors.months import year_asked
from accounting.services.fec_checking import check_brought
from accounting.services.fec_making import ask_for_fec
from accounting.views.tabs import books_tabs
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import requires
from cae.core.tables import (
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

# Faults told at once; the others unfold.
_TOLD = 20


class FecTable(Table):
    number = LinkColumn(verbose_name=gettext_lazy("Numéro"), accessor="number")
    starts_on = DateColumn(verbose_name=gettext_lazy("Du"))
    ends_on = DateColumn(verbose_name=gettext_lazy("Au"))
    line_count = tables.Column(
        verbose_name=gettext_lazy("Lignes"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    debit = MoneyColumn(verbose_name=gettext_lazy("Débit"))
    status = StatusColumn(verbose_name=gettext_lazy("Contrôle"))
    made_at = DateColumn(verbose_name=gettext_lazy("Produit le"))
    made_by = tables.Column(verbose_name=gettext_lazy("Produit par"), order_by="made_by__person__sort_name")
    sha256 = tables.TemplateColumn(
        "<code title='{{ value }}'>{{ value|slice:':12' }}…</code>", verbose_name=gettext_lazy("Empreinte")
    )

    def value_sha256(self, value: str) -> str:
        return value

    class Meta(Table.Meta):
        model = FecExport
        fields = ("number", "starts_on", "ends_on", "line_count", "debit", "status", "made_at", "made_by")
        order_by = ("-number",)


class FecFilters(Filters):
    search = ("sha256",)
    defauts = django_filters.BooleanFilter(
        label=gettext_lazy("Avec des défauts"), field_name="fault_count", method="filter_faults"
    )

    class Meta:
        model = FecExport
        fields: tuple[str, ...] = ()

    def filter_faults(self, queryset: Any, _name: str, value: bool) -> Any:
        return queryset.filter(fault_count__gt=0) if value else queryset.filter(fault_count=0)


@requires("accounting.open_fec")
def fec_list(request: HttpRequest) -> HttpResponse:
    """The years, each with its last file, then every file that was made."""
    return list_page(
        request,
        queryset=fec_listed(),
        table=FecTable,
        filters=FecFilters,
        page="accounting.fec",
        title=_("Fichiers des écritures comptables"),
        intro=_("Le FEC que l’administration demande : un par exercice, contrôlé quand il est produit."),
        tabs=books_tabs("fec_list"),
        template="accounting/exports/fec_list.html",
        context={"years": fec_years(timezone.localdate())},
        empty=EmptyState(_("Aucun FEC produit."), _("Choisissez un exercice ci-dessus.")),
    )


@require_POST
@requires("accounting.make_exports")
def fec_make(request: SignedIn) -> HttpResponse:
    """Starts the job, whose page shows how far it is and leads to the file."""
    try:
        year = year_asked(request.POST.get("exercice", ""), today=timezone.localdate())
    except ValueError:
        raise Http404 from None
    with refused_above(request):
        return redirect("core:job_detail", ask_for_fec(year, actor=request.user).pk)
    return redirect("accounting:fec_list")


@requires("accounting.open_fec")
def fec(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what it holds, what the checker found, where to take it."""
    export = get_object_or_404(fec_listed(), pk=pk)
    files = files_of_exports([export])
    context = {
        "export": export,
        "file": files.get((export.pk, FEC_FILE)),
        "notice": files.get((export.pk, FEC_NOTICE)),
        "analytic": files.get((export.pk, FEC_ANALYTIC)),
        **_told([fault_words(one) for one in faults_kept(export.faults)], export.fault_count),
    }
    return render(request, "accounting/exports/fec.html", context)


@requires("accounting.open_fec")
def fec_check(request: HttpRequest) -> HttpResponse:
    """A file brought from elsewhere: read, told about, forgotten."""
    form = FecCheckForm(request.POST or None, request.FILES or None)
    title, back_url = _("Contrôler un FEC"), reverse("accounting:fec_list")
    crumbs = [(_("Comptabilité"), reverse("accounting:home")), (_("FEC"), back_url), (title, "")]
    if form.is_valid():
        with refused_at(form):
            typed = form.cleaned_data
            file = typed.pop("file")
            report = check_brought(file.chunks(), size=file.size, **typed)
            context = {"name": file.name, "report": report, "crumbs": crumbs, **_found(report)}
            return render(request, "accounting/exports/fec_checked.html", context)
    return form_page(
        request,
        form,
        title=title,
        lead=_("Celui d’un autre logiciel, ou d’un autre cabinet. Rien n’en est gardé."),
        submit=_("Contrôler"),
        back_url=back_url,
        crumbs=crumbs,
    )


def _found(report: Report) -> dict[str, Any]:
    told = [fault_words(one) for one in report.faults]
    return _told(told, len(told) + report.more)


def _told(told: list[str], count: int) -> dict[str, Any]:
    """The first faults, those that unfold, those that were only counted."""
    return {"faults": told[:_TOLD], "others": told[_TOLD:], "fault_count": count, "untold": count - len(told)}
