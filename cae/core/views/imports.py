"""The pages of an import (INV-05): what can be brought in, the file, its columns, the trial, the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cae.core import exports, jobs, notices
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.importing import runs
from cae.core.importing.columns import guessed
from cae.core.importing.files import MAX_BYTES
from cae.core.importing.registry import Import, import_named, imports_open_to
from cae.core.importing.reports import counts_of, left_aside, report_tabs
from cae.core.importing.trying import try_import
from cae.core.models import ImportRun, ImportState
from cae.core.permissions import require, signed_in
from cae.core.tables import EmptyState, list_page
from cae.core.views.import_parts import (
    ColumnsForm,
    FileForm,
    LineFilters,
    LineTable,
    RunFilters,
    RunTable,
    look_of_run,
)

SAMPLE = 5


def _spec(request: HttpRequest, code: str) -> Import:
    spec = import_named(code)
    require(request.user, spec.right)
    return spec


def _own(request: HttpRequest, code: str, pk: int) -> ImportRun:
    """The import of that number, for who made it."""
    _spec(request, code)
    rows = ImportRun.objects.select_related("job", "file", "author")
    return get_object_or_404(rows, pk=pk, code=code, author=request.user)


@signed_in
def import_list(request: HttpRequest) -> HttpResponse:
    """What a person may bring in, and what they brought."""
    return list_page(
        request,
        queryset=ImportRun.objects.filter(author=request.user).order_by("-created_at", "-pk"),
        table=RunTable,
        filters=RunFilters,
        page="core.imports",
        title=_("Importer"),
        intro=_("Un fichier CSV ou XLSX, un essai qui n’écrit rien, puis l’import, que l’on peut annuler."),
        empty=EmptyState(
            _("Aucun import pour l’instant."), _("Vos imports et leur compte rendu restent ici.")
        ),
        template="core/import_list.html",
        context={"kinds": imports_open_to(request.user)},
    )


@signed_in
def import_new(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the file; a file that cannot be read is refused here, with its reason."""
    spec = _spec(request, code)
    initial = {"target": request.GET.get("pour", "")}
    form = FileForm(
        request.POST or None, request.FILES or None, spec=spec, user=request.user, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        brought: Any = form.cleaned_data["file"]
        with refused_at(form):
            run = runs.open_import(
                spec,
                content=_content(brought),
                name=brought.name or "",
                target=form.cleaned_data.get("target", "") or form.only_target,
                actor=request.user,
            )
            return redirect("core:import_columns", spec.code, run.pk)
    return form_page(
        request,
        form,
        title=spec.label,
        lead=spec.help,
        submit=_("Lire ce fichier"),
        back_url=reverse(spec.back_url_name),
        crumbs=_crumbs(spec),
        template="core/import_new.html",
        spec=spec,
    )


def _content(brought: Any) -> bytes:
    """The bytes of a file, refused by its size before it is read."""
    if (brought.size or 0) > MAX_BYTES:
        raise Refused(Code.FILE_REFUSED, _("Ce fichier dépasse 5 Mo : coupez-le en plusieurs."), field="file")
    content: bytes = brought.read()
    return content


def _crumbs(spec: Import, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    own = reverse("core:import_new", args=[spec.code]) if more else ""
    return [(_("Importer"), reverse("core:import_list")), (spec.label, own), *more]


@signed_in
@require_GET
def import_template(request: HttpRequest, code: str) -> HttpResponse:
    """An empty sheet with the right columns and an example."""
    spec = _spec(request, code)
    rows = [[str(column.label) for column in spec.columns]]
    rows += [[line.get(column.code, "") for column in spec.columns] for line in spec.example]
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    return exports.sheet(rows, kind, name=_("modele-%(code)s") % {"code": spec.code.replace(".", "-")})


@signed_in
def import_columns(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Which column of the file is which, guessed then corrected; the trial follows."""
    run, spec = _own(request, code, pk), import_named(code)
    if run.state not in (ImportState.MAPPING, ImportState.TRIED):
        return redirect("core:import_run", code, pk)
    read = run.mapping or guessed(spec, run.header, author=request.user)
    form = ColumnsForm(request.POST or None, spec=spec, header=run.header, read=read)
    if form.is_bound and form.is_valid():
        with refused_at(form):
            try_import(run, mapping=form.mapping(), actor=request.user)
            return redirect("core:import_run", code, pk)
    return form_page(
        request,
        form,
        title=_("Les colonnes de « %(file)s »") % {"file": run.file_name},
        lead=_("Lu en %(reading)s. Vérifiez ce que chaque colonne donne.") % {"reading": run.reading},
        submit=_("Essayer, sans rien écrire"),
        back_url=reverse("core:import_new", args=[code]),
        crumbs=_crumbs(spec, (run.file_name, "")),
        template="core/import_columns.html",
        run=run,
        sample=[line.raw for line in run.lines.filter(fault="").order_by("number")[:SAMPLE]],
    )


@signed_in
def import_run(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The trial line by line, then the report: the same page, kept."""
    run, spec = _own(request, code, pk), import_named(code)
    if run.state == ImportState.MAPPING:
        return redirect("core:import_columns", code, pk)
    if run.job is not None and run.job.is_over:
        notices.read_about(request.user, run.job, at=timezone.now())
    counts = counts_of(run)
    return list_page(
        request,
        queryset=run.lines.order_by("number"),
        table=LineTable.of(spec, run),
        filters=LineFilters,
        page="core.import_lines",
        title=run.file_name,
        intro=spec.label,
        empty=EmptyState(_("Cet import a été abandonné."), _("Ses lignes ont été oubliées.")),
        tabs=report_tabs(run, counts, request.GET),
        template="core/import_run.html",
        context={"run": run, "spec": spec, "counts": counts, "look": look_of_run(run)},
    )


@signed_in
def import_progress(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The bar of an import at work; once over, the whole page comes again with its report."""
    run = _own(request, code, pk)
    response = render(request, "core/import_progress.html", {"run": run})
    if not run.is_at_work:
        response["HX-Refresh"] = "true"
    return response


@signed_in
@require_GET
def import_left(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The lines left aside as a file to correct and bring back, each with its reason."""
    run = _own(request, code, pk)
    return exports.sheet(left_aside(run), "csv", name=_("lignes-laissees"))


def _stop(run: ImportRun, *, actor: Any) -> None:
    if run.job is None:
        raise IllegalMove(_("Rien n’est en cours."))
    jobs.cancel_job(run.job, actor=actor)


def _try_again(run: ImportRun, *, actor: Any) -> None:
    try_import(run, mapping=run.mapping, actor=actor)


_ACTS: dict[str, Callable[..., Any]] = {
    "appliquer": runs.start_applying,
    "annuler": runs.start_undoing,
    "abandonner": runs.discard_import,
    "arreter": _stop,
    "essayer": _try_again,
}


@signed_in
@require_POST
def import_act(request: HttpRequest, code: str, pk: int, act: str) -> HttpResponse:
    """Imports, takes back, gives up, stops or tries again; the page of the import says what came of it."""
    run = _own(request, code, pk)
    if act not in _ACTS:
        raise Http404(act)
    with refused_above(request):
        _ACTS[act](run, actor=request.user)
    if act == "abandonner":
        return redirect("core:import_list")
    return redirect("core:import_run", code, pk)
