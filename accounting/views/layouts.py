"""Layouts of statements: the versions, their lines, the form that makes another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.calculations.layouts.layout import Layout
from accounting.forms.layouts import EXTRA, LayoutForm, LayoutLineForm, PreviewForm, line_set
from accounting.models import StatementLayout
from accounting.selectors.layout_figures import Column
from accounting.selectors.layout_statement import statement_of
from accounting.selectors.layouts import (
    layouts_known,
    meeting_sentence,
    read,
    typed_lines,
    versions_of,
)
from accounting.selectors.periods import year_span
from accounting.services.layouts import checked_layout, create_layout
from accounting.views.layout_places import today
from accounting.views.layout_statement import Row, text_of
from accounting.views.tabs import books_tabs
from cae.core.errors import Refused
from cae.core.keys import key_in
from cae.core.permissions import requires


@requires("accounting.view_ledger")
def layout_list(request: HttpRequest) -> HttpResponse:
    """Every version of every layout, the latest first."""
    context = {
        "layouts": list(layouts_known()),
        "today": today(),
        "books_tabs": books_tabs("layout_list"),
    }
    return render(request, "accounting/layouts/list.html", context)


@requires("accounting.view_ledger")
def layout_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: who made it, when, why, and its lines."""
    layout = get_object_or_404(layouts_known(), pk=pk)
    context = {
        "layout": layout,
        "lines": list(layout.lines.order_by("rank")),
        "versions": list(versions_of(layout.code)),
        "meetings": [meeting_sentence(one) for one in read(layout).meetings()],
        "list_url": reverse("accounting:layout_list"),
    }
    return render(request, "accounting/layouts/detail.html", context)


@dataclass
class Editor:
    """The form of a version: what it is, its lines, what it is tried on."""

    request: HttpRequest
    version: StatementLayout | None

    def __post_init__(self) -> None:
        sent = self.request.POST if self.request.method == "POST" else None
        first: dict[str, Any] = {"valid_from": today().replace(day=1)}
        if self.version is not None:
            first |= {"kind": self.version.kind, "label": self.version.label, "code": self.version.code}
        self.form = LayoutForm(sent, initial=first, version=self.version)
        lines = typed_lines(self.version) if self.version else []
        self.lines = line_set(self._with_more(sent), lines, extra=EXTRA if lines else 2 * EXTRA)
        self.preview = PreviewForm(sent, initial={"until": today()})

    def _with_more(self, sent: Any) -> Any:
        """More empty rows, when they are asked for."""
        if sent is None or "ajouter" not in sent:
            return sent
        more = sent.copy()
        more["lines-TOTAL_FORMS"] = str((key_in(sent.get("lines-TOTAL_FORMS", "")) or 0) + EXTRA)
        return more

    def is_valid(self) -> bool:
        parts = [self.form, self.lines, self.preview]
        # Each part is read, so that every fault is said at once.
        return [part.is_valid() for part in parts] == [True] * len(parts)

    def written(self) -> list[LayoutLineForm]:
        return self.lines.written()

    def checked(self) -> Layout:
        return checked_layout([one.typed for one in self.written()], kind=self.form.cleaned_data["kind"])

    def record(self) -> StatementLayout:
        said = self.form.cleaned_data
        return create_layout(
            code=said["code"],
            kind=said["kind"],
            label=said["label"],
            lines=[one.typed for one in self.written()],
            valid_from=said["valid_from"],
            reason=said["reason"],
            actor=self.request.user,
        )

    def refuse(self, refusal: Refused) -> None:
        """Says a refusal at its row and its box, else at its field."""
        where, *at = (refusal.field or "").split(".")
        if where != "lines":
            self.form.add_error(where if where in self.form.fields else None, str(refusal))
            return
        rows = self.written()
        row, box = (rows[int(at[0])], at[1]) if at else (self.lines.forms[0], "code")
        row.add_error(box, str(refusal))

    def first_error(self) -> str:
        """What is wrong in the first box that is, named with its line."""
        for form in [self.form, *self.lines.forms, self.preview]:
            for name, errors in form.errors.items():
                line = f"{form['code'].value()} : " if isinstance(form, LayoutLineForm) else ""
                label = form[name].label if name in form.fields else ""
                return f"{line}{label} : {errors[0]}" if label else f"{line}{errors[0]}"
        return ""


def _editor(request: HttpRequest) -> Editor:
    found = key_in(request.GET.get("version", ""))
    version = get_object_or_404(StatementLayout, pk=found) if found is not None else None
    return Editor(request, version)


@requires("accounting.change_layouts")
def layout_add(request: HttpRequest) -> HttpResponse:
    """Makes a version; « Voir » shows it on accounts without recording it."""
    editor = _editor(request)
    trial: dict[str, Any] = {}
    only_looks = "voir" in request.POST or "ajouter" in request.POST
    if only_looks:
        editor.form.ask_nothing()
    if request.method == "POST" and editor.is_valid():
        try:
            if not only_looks:
                row = editor.record()
                messages.success(request, _("Présentation enregistrée."))
                return redirect(row)
            if "voir" in request.POST:
                trial = _trial(editor)
        except Refused as refusal:
            editor.refuse(refusal)
    wrong = request.method == "POST" and not trial and "ajouter" not in request.POST
    return render(
        request, "accounting/layouts/form.html", _context(editor, trial), status=422 if wrong else 200
    )


@require_POST
@requires("accounting.change_layouts")
def layout_try(request: HttpRequest) -> HttpResponse:
    """The statement in the layout as it is being typed; nothing is kept."""
    editor = _editor(request)
    editor.form.ask_nothing()
    trial: dict[str, Any] = {}
    if not editor.is_valid():
        trial = {"wrong": editor.first_error()}
    else:
        try:
            trial = _trial(editor)
        except Refused as refusal:
            editor.refuse(refusal)
            trial = {"wrong": editor.first_error()}
    return render(request, "accounting/layouts/trial.html", {"trial": trial})


def _trial(editor: Editor) -> dict[str, Any]:
    """The statement on the accounts that were chosen, over their financial year up to a day."""
    layout, said = editor.checked(), editor.preview.cleaned_data
    until: date = said["until"]
    kept = StatementLayout(kind=editor.form.cleaned_data["kind"], label=editor.form.cleaned_data["label"])
    column = Column(year_span(until).starts_on, until)
    found = statement_of(kept, layout, [column], said["section"])
    rows = [Row(row.line.label, row.line.style, _cells(row)) for row in found.rows]
    return {
        "found": found,
        "rows": rows,
        "meetings": [meeting_sentence(one) for one in layout.meetings()],
    }


def _cells(row: Any) -> tuple[Any, ...]:
    return () if row.is_heading else tuple(text_of(row.line, figure) for figure in row.figures)


def _context(editor: Editor, trial: dict[str, Any]) -> dict[str, Any]:
    version = f"?version={editor.version.pk}" if editor.version else ""
    title = _("Nouvelle présentation")
    if editor.version:
        title = _("Nouvelle version de « %(label)s »") % {"label": editor.version.label}
    return {
        "title": title,
        "form": editor.form,
        "lines": editor.lines,
        "preview": editor.preview,
        "trial": trial,
        "list_url": reverse("accounting:layout_list"),
        "try_url": reverse("accounting:layout_try") + version,
        "action": reverse("accounting:layout_add") + version,
    }
