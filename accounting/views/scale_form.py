"""« Enregistrer un barème voté »: a form by shape, what it draws, and what it would have changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.calculations.contribution.scales import Kind, Scale
from accounting.forms.scale_examples import EXAMPLES
from accounting.forms.scale_values import rows_of, training_rows, values_of
from accounting.forms.scales import SHAPES, PointSet, ScaleForm, TierSet, rules_of
from accounting.models import ContributionScale
from accounting.selectors.scale_effects import effects_of_version
from accounting.selectors.scale_words import RuleLine, scale_lines
from accounting.selectors.scales import activities_under
from accounting.selectors.simulation import simulate, years_to_simulate
from accounting.services.scale_trials import ask_for_trial
from accounting.services.scales import Decision, check_version, checked_rules, create_scale
from accounting.views.confirming import ask, is_confirmed, is_taken_back
from accounting.views.scales import scales_crumbs
from accounting.views.tariff_chart import charts_of
from cae.core.errors import Refused
from cae.core.keys import key_in
from cae.core.permissions import requires
from cae.core.tables import Tab
from cae.core.templatetags.formats import day
from entrepreneurs.models import Activity

# What an assembly said, which a trial does without.
_VOTE = ("label", "code", "valid_from", "assembly", "decided_on")
# The boxes where a fault of a part of the rules is shown: the first that the form has and that is filled.
_BOXES = {
    "shape": ("window", "taken_on"),
    "fixed_per_month": ("fixed_cape", "fixed_cesa"),
    "floor": ("floor_cesa", "floor_cape", "floor_per"),
    "cap": ("cap_amount",),
    "franchise": ("franchise_waives",),
    "exemptions": ("exempt_minima_sociaux",),
    "internal": ("internal_rate",),
    "base": ("minus",),
}


@dataclass
class Editor:
    """The form of a scale: its boxes, the rows of its shape, those of training."""

    request: HttpRequest
    kind: str
    version: ContributionScale | None

    def __post_init__(self) -> None:
        sent = self.request.POST if self.request.method == "POST" else None
        own = self.version.rule if self.version else None
        values = values_of(self.version) if self.version else {}
        rows = rows_of(own.shape) if own and own.shape.kind == self.kind else []
        training = training_rows(own) if own else []
        if "exemple" in self.request.GET:
            example = EXAMPLES[Kind(self.kind)]
            values, rows = values | example.values, list(example.rows)
        self.form = ScaleForm(sent, initial=values, kind=self.kind, version=self.version)
        shape_set = PointSet if self.kind == Kind.CURVE else TierSet
        self.rows = None if self.kind == Kind.FLAT else shape_set(sent, prefix="rows", initial=rows)
        self.training = TierSet(sent, prefix="training", initial=training)

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
        """Says a refusal at its row of tiers or points, else at its box."""
        where, _dot, row = (refusal.field or "").partition(".")
        rows = {"shape": self.rows, "training": self.training}.get(where)
        form = _row_form(rows, int(row)) if row and rows is not None else None
        if form is not None:
            form.add_error(form.ordered, str(refusal))
            return
        boxes = [name for name in _BOXES.get(where, (where,)) if name in self.form.fields]
        filled = [name for name in boxes if self.form.cleaned_data.get(name)]
        self.form.add_error(next(iter(filled or boxes), None), str(refusal))

    def first_error(self) -> str:
        """What is wrong in the first box that is, named: a drawing cannot wait for every box."""
        forms = [self.form, *(self.rows.forms if self.rows is not None else ()), *self.training.forms]
        for form in forms:
            for name, errors in form.errors.items():
                said = {"label": form[name].label if name in form.fields else "", "error": errors[0]}
                return _("%(label)s : %(error)s") % said if said["label"] else str(errors[0])
        return ""

    @cached_property
    def concerned(self) -> list[Activity]:
        """The activities that the version being prepared will reach."""
        return activities_under(self.version.code, timezone.localdate()) if self.version else []

    @property
    def opens_training(self) -> bool:
        """Whether the tiers of training say something, or something is wrong there."""
        return bool(self.training.initial_form_count()) or any(
            form.has_changed() or form.errors for form in self.training.forms if form.is_bound
        )


def _row_form(rows: Any, row: int) -> Any:
    """The form of the nth written row; of the first that is free when it is missing; None without any."""
    written = [form for form in rows.forms if form.is_written]
    free = [form for form in rows.forms if not form.is_written]
    return written[row] if row < len(written) else next(iter(free), None)


def _written(rows: Any) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in rows.forms if form.is_written] if rows is not None else []


@requires("accounting.change_scales")
def scale_add(request: HttpRequest) -> HttpResponse:
    """Records a version; « Essayer » shows it without recording it."""
    editor = _editor(request)
    trying: dict[str, Any] = {}
    if is_tried(request):
        editor.ask_no_vote()
    if request.method == "POST" and editor.is_valid() and not is_taken_back(request):
        try:
            scale = checked_rules(editor.rules())
            if "garder" in request.POST:
                return _keep_trial(editor)
            if "essayer" in request.POST:
                trying = _trial(editor, scale)
            elif is_confirmed(request):
                row = _record(editor)
                messages.success(request, _("Barème enregistré."))
                return redirect(row)
            else:
                return _ask(editor, scale)
        except Refused as refusal:
            editor.refuse(refusal)
    wrong = request.method == "POST" and not trying and not is_taken_back(request)
    return render(
        request, "accounting/scale_form.html", _context(editor, trying), status=422 if wrong else 200
    )


def is_tried(request: HttpRequest) -> bool:
    """Nothing is voted yet: the scale is only drawn, or its trial kept."""
    return "essayer" in request.POST or "garder" in request.POST


def _keep_trial(editor: Editor) -> HttpResponse:
    """Starts the computation over the years that were ticked, and shows its progress."""
    sent = editor.request.POST
    _row, job = ask_for_trial(
        title=sent.get("essai_titre", ""),
        rules=editor.rules(),
        years=_years_ticked(sent),
        today=timezone.localdate(),
        actor=editor.request.user,
    )
    return redirect("core:job_detail", job.pk)


def _years_ticked(sent: Any) -> list[int]:
    return [int(year) for year in sent.getlist("essai_annee") if _is_year(year)]


@require_POST
@requires("accounting.change_scales")
def scale_try(request: HttpRequest) -> HttpResponse:
    """The drawing of the scale as it is being typed; nothing is kept."""
    editor = _editor(request)
    trying: dict[str, Any] = {}
    editor.ask_no_vote()
    if not editor.is_valid():
        trying = {"wrong": editor.first_error()}
    else:
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


def _ask(editor: Editor, scale: Scale) -> HttpResponse:
    """The version said back, and what it will change, before it is recorded for good."""
    said, today = editor.form.cleaned_data, timezone.localdate()
    decision = _decision(editor)
    check_version(scale, code=said["code"], valid_from=said["valid_from"], decision=decision)
    years = years_to_simulate(today)
    only = [one.pk for one in editor.concerned]
    effect = simulate(scale, years[0], today=today, only=only) if years and only else None
    when = _("%(label)s, à partir du %(day)s") % {"label": said["label"], "day": day(said["valid_from"])}
    decided = ContributionScale(
        assembly=decision.assembly, decided_on=decision.on, resolution=decision.resolution
    ).decided_by
    return ask(
        editor.request,
        title=_("Vérifier le barème"),
        submit=_("Enregistrer pour de bon"),
        crumbs=scales_crumbs(),
        lines=[
            RuleLine(_("Barème"), when),
            RuleLine(_("Décidé par"), decided),
            *scale_lines(scale),
        ],
        consequences=effects_of_version(said["code"], said["valid_from"], is_default=said["is_default"]),
        effect=effect,
    )


def _decision(editor: Editor) -> Decision:
    said = editor.form.cleaned_data
    return Decision(said["assembly"], said["decided_on"], said["resolution"])


def _record(editor: Editor) -> ContributionScale:
    said = editor.form.cleaned_data
    return create_scale(
        code=said["code"],
        label=said["label"],
        rules=editor.rules(),
        valid_from=said["valid_from"],
        decision=_decision(editor),
        is_default=said["is_default"],
        actor=editor.request.user,
    )


def _drawing(scale: Scale) -> dict[str, Any]:
    return {"charts": charts_of(scale), "lines": scale_lines(scale)}


def _trial(editor: Editor, scale: Scale) -> dict[str, Any]:
    """The drawing, and the effect of the scale over the year that was chosen."""
    sent, today = editor.request.POST, timezone.localdate()
    year, found = sent.get("annee", ""), None
    if _is_year(year):
        only = [one.pk for one in editor.concerned] if sent.get("qui") == "siennes" else None
        found = simulate(scale, int(year), today=today, only=only)
    return _drawing(scale) | {"simulation": found}


def _is_year(text: str) -> bool:
    return key_in(text) in years_to_simulate(timezone.localdate())


def _context(editor: Editor, trying: dict[str, Any]) -> dict[str, Any]:
    version = f"&version={editor.version.pk}" if editor.version else ""
    for name in _VOTE:  # however it was sent, the page asks for them
        editor.form.fields[name].required = True
    address = reverse("accounting:scale_add")
    title = _("Enregistrer un barème voté")
    if editor.version:
        title = _("Nouvelle version de « %(label)s »") % {"label": editor.version.label}
    return {
        "title": title,
        "example": EXAMPLES[Kind(editor.kind)],
        "form": editor.form,
        "folds": editor.form.folds,
        "rows": editor.rows,
        "training": editor.training,
        "opens_training": editor.opens_training,
        "is_curve": editor.kind == Kind.CURVE,
        "is_flat": editor.kind == Kind.FLAT,
        "trying": trying,
        "years": years_to_simulate(timezone.localdate()),
        "year": editor.request.POST.get("annee", ""),
        "who": editor.request.POST.get("qui", ""),
        "keeping": "garder" in editor.request.POST,
        "title_typed": editor.request.POST.get("essai_titre", ""),
        "years_typed": _years_ticked(editor.request.POST),
        "concerned": editor.concerned,
        "shapes": [
            Tab(label, f"{address}?forme={kind}{version}", kind == editor.kind) for kind, label in SHAPES
        ],
        "scales_url": reverse("accounting:scale_list"),
        "try_url": reverse("accounting:scale_try") + f"?forme={editor.kind}{version}",
        "action": f"{address}?forme={editor.kind}{version}",
    }
