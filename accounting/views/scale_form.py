"""« Enregistrer un barème voté »: a form by shape, what it draws, and what it would have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.calculations.contribution.scales import Kind, Scale
from accounting.forms.scale_values import rows_of, training_rows, values_of
from accounting.forms.scales import SHAPES, PointSet, ScaleForm, TierSet, rules_of
from accounting.models import ContributionScale
from accounting.selectors.scale_words import scale_lines
from accounting.selectors.simulation import simulate, years_to_simulate
from accounting.services.scales import Decision, checked_rules, create_scale
from accounting.views.scales import charts_of
from cae.core.errors import Refused
from cae.core.forms import refuse
from cae.core.keys import key_in
from cae.core.permissions import requires
from cae.core.tables import Tab

# What an assembly said, which a trial does without.
_VOTE = ("label", "code", "valid_from", "assembly", "decided_on")
# Where a fault of the rules is shown, when it is of no box in particular.
_ROWS = {"shape", "training", "internal", "per_category"}


@dataclass
class Editor:
    """The form of a scale: its boxes, the rows of its shape, those of training."""

    request: HttpRequest
    kind: str
    version: ContributionScale | None

    def __post_init__(self) -> None:
        sent = self.request.POST if self.request.method == "POST" else None
        values = values_of(self.version) if self.version else {}
        own = self.version.rule if self.version else None
        rows = rows_of(own.shape) if own and own.shape.kind == self.kind else []
        training = training_rows(own) if own else []
        self.form = ScaleForm(sent, initial=values, kind=self.kind)
        shape_set = PointSet if self.kind == Kind.CURVE else TierSet
        self.rows = None if self.kind == Kind.FLAT else shape_set(sent, prefix="rows", initial=rows)
        self.training = TierSet(sent, prefix="training", initial=training)
        self.fault = ""

    def ask_no_vote(self) -> None:
        """A scale that is only tried has no name, no date and no vote yet."""
        for name in _VOTE:
            self.form.fields[name].required = False

    def is_valid(self) -> bool:
        parts = [part for part in (self.form, self.rows, self.training) if part is not None]
        # Each part is read, so that every fault is said at once.
        return [part.is_valid() for part in parts] == [True] * len(parts)

    def rules(self) -> dict[str, Any]:
        return rules_of(self.form, _written(self.rows), _written(self.training))

    def refuse(self, refusal: Refused) -> None:
        """Says a refusal at its box, or beside the rows."""
        if refusal.field in _ROWS:
            self.fault = str(refusal)
        else:
            refuse(self.form, refusal)


def _written(rows: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in rows.forms if form.is_written] if rows is not None else []


@requires("accounting.change_scales")
def scale_add(request: HttpRequest) -> HttpResponse:
    """Records a version; « Essayer » shows it without recording it."""
    editor = _editor(request)
    trying: dict[str, Any] = {}
    if "essayer" in request.POST:
        editor.ask_no_vote()
    if request.method == "POST" and editor.is_valid():
        try:
            if "essayer" in request.POST:
                trying = _trial(request, checked_rules(editor.rules()))
            else:
                scale = _record(editor)
                messages.success(request, _("Barème enregistré."))
                return redirect(scale)
        except Refused as refusal:
            editor.refuse(refusal)
    wrong = request.method == "POST" and not trying
    return render(
        request, "accounting/scale_form.html", _context(editor, trying), status=422 if wrong else 200
    )


@require_POST
@requires("accounting.change_scales")
def scale_try(request: HttpRequest) -> HttpResponse:
    """The drawing of the scale as it is being typed; nothing is kept."""
    editor = _editor(request)
    trying: dict[str, Any] = {}
    editor.ask_no_vote()
    if editor.is_valid():
        try:
            trying = _drawing(checked_rules(editor.rules()))
        except Refused as refusal:
            trying = {"wrong": str(refusal)}
    return render(request, "accounting/scale_trial.html", {"trying": trying})


def _editor(request: HttpRequest) -> Editor:
    found = request.GET.get("version", "")
    version = get_object_or_404(ContributionScale, pk=found) if key_in(found) is not None else None
    asked = request.GET.get("forme", version.rule.shape.kind if version else Kind.FLAT)
    return Editor(request, asked if asked in set(Kind) else Kind.FLAT, version)


def _record(editor: Editor) -> ContributionScale:
    said = editor.form.cleaned_data
    return create_scale(
        code=said["code"],
        label=said["label"],
        rules=editor.rules(),
        valid_from=said["valid_from"],
        decision=Decision(said["assembly"], said["decided_on"], said["resolution"]),
        is_default=said["is_default"],
        actor=editor.request.user,
    )


def _drawing(scale: Scale) -> dict[str, Any]:
    return {"charts": charts_of(scale), "lines": scale_lines(scale)}


def _trial(request: HttpRequest, scale: Scale) -> dict[str, Any]:
    """The drawing, and the effect of the scale over the year that was chosen."""
    year = request.POST.get("annee", "")
    found = simulate(scale, int(year), today=timezone.localdate()) if _is_year(year) else None
    return _drawing(scale) | {"simulation": found}


def _is_year(text: str) -> bool:
    return key_in(text) in years_to_simulate(timezone.localdate())


def _context(editor: Editor, trying: dict[str, Any]) -> dict[str, Any]:
    version = f"&version={editor.version.pk}" if editor.version else ""
    for name in _VOTE:  # however it was sent, the page asks for them
        editor.form.fields[name].required = True
    address = reverse("accounting:scale_add")
    return {
        "form": editor.form,
        "rows": editor.rows,
        "training": editor.training,
        "is_curve": editor.kind == Kind.CURVE,
        "is_flat": editor.kind == Kind.FLAT,
        "fault": editor.fault,
        "trying": trying,
        "years": years_to_simulate(timezone.localdate()),
        "year": editor.request.POST.get("annee", ""),
        "shapes": [
            Tab(label, f"{address}?forme={kind}{version}", kind == editor.kind) for kind, label in SHAPES
        ],
        "scales_url": reverse("accounting:scale_list"),
        "try_url": reverse("accounting:scale_try") + f"?forme={editor.kind}",
        "action": f"{address}?forme={editor.kind}{version}",
    }
