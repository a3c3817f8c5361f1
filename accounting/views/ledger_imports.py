"""Ledgers kept elsewhere: sources, files brought, what each changes, application and undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.forms.ledger_imports import LedgerColumnsForm, LedgerFileForm, LedgerUndoForm, SourceForm
from accounting.models import LedgerImport, LedgerSource
from accounting.selectors.ledger_import_words import told_faults
from accounting.selectors.ledger_imports import (
    difference_counts,
    differences,
    lacking_column,
    later_import,
    ledger_imports,
    ledger_sources,
    posted_of,
    sheet_of,
)
from accounting.selectors.ledger_replacing import listed_imports, replacement_of, told_status
from accounting.services.ledger_applying import discard_ledger, start_applying, start_undoing
from accounting.services.ledger_imports import bring_ledger, read_columns, try_again
from accounting.services.ledger_sources import change_source, declare_source
from accounting.states.ledger_imports import LedgerImportState
from accounting.views.ledger_import_tables import (
    DifferenceFilters,
    DifferenceTable,
    LedgerImportFilters,
    LedgerImportTable,
    LedgerSourceFilters,
    LedgerSourceTable,
)
from accounting.views.tabs import books_tabs
from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.models import Job
from cae.core.periods import Month
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn

RIGHT = "accounting.import_ledgers"
# Differences shown on the page of an import; all of them are on a page of their own.
SHOWN = 50


def _crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [
        (_("Comptabilité"), reverse("accounting:home")),
        (_("Livres tenus ailleurs"), reverse("accounting:ledger_import_list")),
        *more,
    ]


@requires("accounting.view_ledger_imports")
def ledger_import_list(request: HttpRequest) -> HttpResponse:
    bring = Action(
        _("Apporter un fichier"),
        reverse("accounting:ledger_import_add"),
        right=RIGHT,
        icon="upload",
        tone="primary",
    )
    return list_page(
        request,
        queryset=listed_imports(),
        counted=LedgerImport.objects.all(),
        table=LedgerImportTable,
        filters=LedgerImportFilters,
        page="accounting.ledger_imports",
        title=_("Livres tenus ailleurs"),
        intro=_("Un fichier remplace ce que sa comptabilité avait passé des mêmes jours, et rien d’autre."),
        tabs=books_tabs("ledger_import_list"),
        main_action=bring,
        empty=EmptyState(
            _("Aucune reprise."),
            _("Déclarez d’abord la comptabilité tenue ailleurs, puis apportez son fichier."),
        ),
    )


@requires("accounting.view_ledger_imports")
def ledger_source_list(request: HttpRequest) -> HttpResponse:
    declare = Action(
        _("Déclarer une comptabilité"),
        reverse("accounting:ledger_source_add"),
        right=RIGHT,
        icon="plus-lg",
        tone="primary",
    )
    return list_page(
        request,
        queryset=ledger_sources(),
        counted=LedgerSource.objects.all(),
        table=LedgerSourceTable,
        filters=LedgerSourceFilters,
        page="accounting.ledger_sources",
        title=_("Comptabilités tenues ailleurs"),
        tabs=books_tabs("ledger_source_list"),
        main_action=declare,
        empty=EmptyState(
            _("Aucune comptabilité tenue ailleurs."),
            _("Un logiciel ou un cabinet qui tient une partie des livres se déclare ici une fois."),
        ),
    )


@requires(RIGHT)
def ledger_source_add(request: SignedIn) -> HttpResponse:
    title = _("Déclarer une comptabilité")
    return act_page(
        request,
        SourceForm(request.POST or None),
        lambda typed: declare_source(actor=request.user, **typed),
        done=_("Comptabilité déclarée : apportez son premier fichier."),
        back_url=reverse("accounting:ledger_source_list"),
        goes_to=reverse("accounting:ledger_import_add"),
        title=title,
        submit=_("Déclarer"),
        crumbs=_crumbs((title, "")),
    )


@requires(RIGHT)
def ledger_source(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(ledger_sources(), pk=pk)
    known = {"label": row.label, "journal": row.journal_id, "section": row.section_id}
    return act_page(
        request,
        SourceForm(request.POST or None, initial=known),
        lambda typed: change_source(row, actor=request.user, **typed),
        done=_("Comptabilité tenue ailleurs enregistrée."),
        back_url=reverse("accounting:ledger_source_list"),
        title=row.label,
        lead=_("Le journal et la section valent pour les fichiers à venir."),
        submit=_("Enregistrer"),
        crumbs=_crumbs((row.label, "")),
    )


@requires(RIGHT)
def ledger_import_add(request: SignedIn) -> HttpResponse:
    """Reads a file: to its columns when they are not understood, else to what it would change."""
    month = Month.of(timezone.localdate()).previous()
    initial = {"starts_on": month.first, "ends_on": month.last, "source": request.GET.get("source")}
    form = LedgerFileForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            row = bring_ledger(form.given(), actor=request.user)
            return _to_next(row)
    title = _("Apporter un fichier")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Le fichier est lu et comparé aux livres ; rien n’est écrit avant votre accord."),
        submit=_("Lire le fichier"),
        back_url=reverse("accounting:ledger_import_list"),
        crumbs=_crumbs((title, "")),
    )


def _to_next(row: LedgerImport) -> HttpResponse:
    if lacking_column(row.mapping):
        return redirect("accounting:ledger_import_columns", row.pk)
    return redirect("core:job_detail", row.job_id) if row.is_at_work else redirect(row)


@requires(RIGHT)
def ledger_import_columns(request: SignedIn, pk: int) -> HttpResponse:
    """Which column of the file gives what; remembered for the next file of the source."""
    row = _import(pk)
    if not row.is_draft:
        return redirect(row)
    sheet = sheet_of(row)
    first = next((line.cells for line in sheet.rows if not line.fault), ())
    form = LedgerColumnsForm(request.POST or None, header=row.header, first=first, read=row.mapping)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            return _to_next(read_columns(row, form.mapping(), actor=request.user))
    title = _("Colonnes du fichier")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Entre parenthèses, ce que dit la première ligne."),
        submit=_("Lire le fichier"),
        back_url=row.get_absolute_url(),
        crumbs=_crumbs((str(row), row.get_absolute_url()), (title, "")),
    )


@requires("accounting.view_ledger_imports")
def ledger_import(request: SignedIn, pk: int) -> HttpResponse:
    """One file: its faults or what it changes, what may be done."""
    row = _import(pk)
    may = can(request.user, RIGHT) and not row.is_at_work
    rows = list(differences(row)[:SHOWN])
    posted = posted_of(rows)
    counts = difference_counts(row)
    replaced, later = replacement_of(row), later_import(row)
    context = {
        "row": row,
        "status": told_status(row, is_taken=bool(replaced), is_left=bool(replaced and replaced.left)),
        "replaced": replaced,
        "later": later,
        "faults": told_faults(row.faults),
        "more_faults": row.fault_count - len(row.faults),
        "counts": counts,
        "difference_count": sum(counts.values()),
        "rows": [(one, posted.get(one.key)) for one in rows],
        "was_tried": bool(row.plan),
        "may_try": may and row.is_draft,
        "may_apply": may and row.is_draft and bool(row.plan) and not row.fault_count and bool(rows),
        "may_undo": may and row.state == LedgerImportState.APPLIED and later is None,
        "may_repair": can(request.user, RIGHT),
    }
    return render(request, "accounting/imports/import.html", context)


@requires("accounting.view_ledger_imports")
def ledger_import_differences(request: HttpRequest, pk: int) -> HttpResponse:
    row = _import(pk)
    return list_page(
        request,
        queryset=differences(row),
        table=DifferenceTable,
        filters=DifferenceFilters,
        page="accounting.ledger_differences",
        title=_("Différences de la %(import)s") % {"import": str(row).lower()},
        intro=_("%(source)s, du %(start)s au %(end)s")
        % {
            "source": row.source,
            "start": row.starts_on.strftime("%d/%m/%Y"),
            "end": row.ends_on.strftime("%d/%m/%Y"),
        },
        main_action=Action(_("Revenir à la reprise"), row.get_absolute_url(), icon="list"),
        empty=EmptyState(_("Aucune différence avec les livres.")),
    )


@require_POST
@requires(RIGHT)
def ledger_import_try(request: SignedIn, pk: int) -> HttpResponse:
    """Reads the file again, once an account or a section was added."""
    row = _import(pk)
    with refused_above(request):
        return _to_next(try_again(row, actor=request.user))
    return redirect(row)


@require_POST
@requires(RIGHT)
def ledger_import_apply(request: SignedIn, pk: int) -> HttpResponse:
    row = _import(pk)
    with refused_above(request):
        done = start_applying(row, actor=request.user)
        if isinstance(done, Job):
            return redirect("core:job_detail", done.pk)
        messages.success(request, _("Écritures reprises."))
    return redirect(row)


@require_POST
@requires(RIGHT)
def ledger_import_discard(request: SignedIn, pk: int) -> HttpResponse:
    row = _import(pk)
    return act_now(
        request,
        lambda: discard_ledger(row, actor=request.user),
        done=_("Fichier abandonné : rien n’a changé dans les livres."),
        back_url=row.get_absolute_url(),
    )


@requires(RIGHT)
def ledger_import_undo(request: SignedIn, pk: int) -> HttpResponse:
    row = _import(pk)
    title = _("Annuler la reprise")
    return act_page(
        request,
        LedgerUndoForm(request.POST or None),
        lambda typed: start_undoing(row, actor=request.user, **typed),
        done=_("Annulation demandée : les livres reviennent à ce qu’ils étaient avant cette reprise."),
        back_url=row.get_absolute_url(),
        title=title,
        lead=_("Ce qu’elle a passé est contre-passé, ce qu’elle avait remplacé est passé de nouveau."),
        submit=title,
        tone="danger",
        crumbs=_crumbs((str(row), row.get_absolute_url()), (title, "")),
    )


def _import(pk: int) -> LedgerImport:
    return get_object_or_404(ledger_imports(), pk=pk)
