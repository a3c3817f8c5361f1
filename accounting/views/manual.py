"""Pages of entries by hand: the list, one, what is written and done."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.calculations.entries import gaps
from accounting.forms.manual import (
    LineSet,
    ManualForm,
    PieceForm,
    UseForm,
    VersionForm,
    rows_of,
    rows_of_draft,
)
from accounting.models import ManualEntry
from accounting.selectors.manual import line_drafts, lines_of_manual, manual_entries, pieces_of
from accounting.services.entry_models import content_from
from accounting.services.manual import (
    attach_piece,
    create_manual,
    discard_manual,
    save_manual,
    validate_manual,
)
from accounting.states.manual import ManualState
from accounting.views.line_forms import lined_page
from accounting.views.manual_tables import ManualFilters, ManualTable, entry_tabs
from cae.core.acting import act_now, act_page
from cae.core.errors import Refused
from cae.core.money import ZERO
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page

WRITE = "accounting.write_entries"


@requires("accounting.view_manual_entries")
def manual_list(request: HttpRequest) -> HttpResponse:
    new = Action(_("Nouvelle écriture"), reverse("accounting:manual_new"), right=WRITE, icon="plus-lg")
    return list_page(
        request,
        queryset=manual_entries(),
        counted=ManualEntry.objects.all(),
        table=ManualTable,
        filters=ManualFilters,
        page="accounting.manual_entries",
        title=_("Écritures à la main"),
        tabs=entry_tabs("manual_list"),
        template="accounting/books_list.html",
        main_action=new,
        empty=EmptyState(
            _("Aucune écriture à la main."),
            _("Les factures, les achats et les règlements se comptabilisent d’eux-mêmes."),
            new,
        ),
    )


@requires("accounting.view_manual_entries")
def manual_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry in preparation: its lines, what does not balance, its papers, what may be done."""
    manual = _manual(pk)
    lines = lines_of_manual(manual)
    labels = {line.analytic_id: line.analytic.label for line in lines}
    context = {
        "manual": manual,
        "is_draft": manual.state == ManualState.DRAFT,
        "lines": lines,
        "debit": sum((line.debit for line in lines), ZERO),
        "credit": sum((line.credit for line in lines), ZERO),
        "gaps": [(labels[section], gap) for section, gap in gaps(line_drafts(lines)).items()],
        "pieces": pieces_of(manual),
        "version": VersionForm(initial={"version": manual.version}),
    }
    return render(request, "accounting/ledger/manual.html", context)


@requires("accounting.write_entries")
def manual_new(request: HttpRequest) -> HttpResponse:
    """Begins an entry: empty, or with what a model gives."""
    today = timezone.localdate()
    initial: dict[str, Any] = {"on": today, "form_key": uuid4()}
    rows: list[dict[str, Any]] = []
    use = UseForm(request.GET) if "modele" in request.GET else None
    if use is not None and use.is_valid():
        model = use.cleaned_data["modele"]
        try:
            content = content_from(model, on=today, total=use.cleaned_data["total"])
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(model)
        initial |= {"journal": model.journal_id, "label": content.label}
        rows = rows_of([_Line(line) for line in content.lines])
    crumbs = _crumbs((_("Nouvelle écriture"), ""))
    return _write(request, None, (initial, rows), title=_("Nouvelle écriture"), crumbs=crumbs)


class _Line:
    """A line that a model gives, as a stored one is read."""

    def __init__(self, line: Any) -> None:
        self.account, self.analytic, self.label = line.account, line.analytic, line.label
        self.debit, self.credit, self.due_on, self.party = line.debit, line.credit, line.due_on, line.party


@requires("accounting.write_entries")
def manual_edit(request: HttpRequest, pk: int) -> HttpResponse:
    manual = _manual(pk)
    names = ("label", "piece", "on", "reverse_on", "form_key", "version")
    initial = {name: getattr(manual, name) for name in names} | {"journal": manual.journal_id}
    crumbs = _crumbs((manual.label, manual.get_absolute_url()), (_("Modifier"), ""))
    stored = (initial, rows_of_draft(manual))
    return _write(request, manual, stored, title=_("Modifier l’écriture"), crumbs=crumbs)


def _write(
    request: HttpRequest,
    manual: ManualEntry | None,
    stored: tuple[dict[str, Any], list[dict[str, Any]]],
    **page: Any,
) -> HttpResponse:
    """Draws the form of an entry, or writes it."""
    return lined_page(
        request,
        (ManualForm, LineSet),
        stored,
        save=lambda form, rows: _saved(request, manual, form, rows),
        done=_("Écriture enregistrée : elle n’est pas encore dans les livres."),
        template="accounting/ledger/manual_form.html",
        **page,
    )


def _saved(request: HttpRequest, manual: ManualEntry | None, form: ManualForm, rows: Any) -> ManualEntry:
    content = form.content(rows.contents())
    if manual is None:
        return create_manual(content, form_key=form.key, actor=request.user)
    version = form.cleaned_data["version"] or 0
    return save_manual(manual, content, version=version, actor=request.user)


@require_POST
@requires("accounting.write_entries")
def manual_validate(request: HttpRequest, pk: int) -> HttpResponse:
    manual = _manual(pk)
    return act_now(
        request,
        lambda: validate_manual(manual, version=_version(request), actor=request.user),
        done=_("Écriture validée : elle est dans les livres."),
        back_url=manual.get_absolute_url(),
    )


@require_POST
@requires("accounting.write_entries")
def manual_discard(request: HttpRequest, pk: int) -> HttpResponse:
    manual = _manual(pk)
    return act_now(
        request,
        lambda: discard_manual(manual, version=_version(request), actor=request.user),
        done=_("Écriture abandonnée."),
        back_url=manual.get_absolute_url(),
    )


@requires("accounting.write_entries")
def manual_attach(request: HttpRequest, pk: int) -> HttpResponse:
    manual = _manual(pk)
    back_url = manual.get_absolute_url()
    return act_page(
        request,
        PieceForm(request.POST or None, request.FILES or None),
        lambda typed: attach_piece(manual, typed["file"].read(), name=typed["file"].name, actor=request.user),
        done=_("Pièce jointe."),
        back_url=back_url,
        title=_("Joindre une pièce"),
        lead=manual.label,
        submit=_("Joindre"),
        crumbs=_crumbs((manual.label, back_url), (_("Joindre une pièce"), "")),
    )


def _version(request: HttpRequest) -> int:
    """The reading that the button was on; none is the reading of nobody."""
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _manual(pk: int) -> ManualEntry:
    return get_object_or_404(manual_entries(), pk=pk)


def _crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [
        (_("Comptabilité"), reverse("accounting:home")),
        (_("Écritures à la main"), reverse("accounting:manual_list")),
        *more,
    ]
