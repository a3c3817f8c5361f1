"""Pages of the contribution scales: versions as they were voted, who has which."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.forms.contributions import AssignmentForm
from accounting.models import ContributionScale
from accounting.selectors.scale_effects import effects_of_assignment
from accounting.selectors.scale_tables import tier_tables
from accounting.selectors.scale_words import RuleLine, scale_lines, scale_summary
from accounting.selectors.scales import activities_without_scale, assignments, scales
from accounting.selectors.simulation import simulate, years_to_simulate
from accounting.services.scales import assign_scale, check_assignment
from accounting.views.confirming import ask, is_confirmed, is_taken_back
from accounting.views.filters import AssignmentFilters
from accounting.views.tables import AssignmentTable
from accounting.views.tabs import books_tabs
from accounting.views.tariff_chart import charts_of
from cae.core import permissions
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.formats import day
from entrepreneurs.models import Activity


@requires("accounting.view_ledger")
def scale_list(request: HttpRequest) -> HttpResponse:
    """The scales that were voted, version by version."""
    today = timezone.localdate()
    context = {
        "books_tabs": books_tabs("scale_list"),
        "scales": [{"scale": scale, "summary": scale_summary(scale.rule)} for scale in scales()],
        "without_scale": list(activities_without_scale(today)),
        "today": today,
    }
    return render(request, "accounting/scales.html", context)


@requires("accounting.view_statement")
def scale_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version says, the line it draws, its other versions, and who has it for those who read the
    books."""
    scale = get_object_or_404(ContributionScale, pk=pk)
    sees_books = permissions.can(request.user, "accounting.view_ledger")
    given = assignments().in_force(timezone.localdate())
    context = {
        "scale": scale,
        "lead": _("Version %(version)s, en vigueur depuis le %(day)s")
        % {"version": scale.version, "day": day(scale.valid_from)},
        "lines": scale_lines(scale.rule),
        "tiers": tier_tables(scale.rule),
        "sees_books": sees_books,
        "charts": charts_of(scale.rule),
        "versions": ContributionScale.objects.filter(code=scale.code).order_by("-version"),
        "assignments": given.filter(scale__code=scale.code) if sees_books else given.none(),
    }
    return render(request, "accounting/scale.html", context)


@requires("accounting.view_ledger")
def assignment_list(request: HttpRequest) -> HttpResponse:
    """Who has which scale, and since when."""
    return list_page(
        request,
        queryset=assignments(),
        table=AssignmentTable,
        filters=AssignmentFilters,
        page="accounting.assignments",
        title=_("Barème de chaque activité"),
        template="accounting/books_list.html",
        tabs=books_tabs("scale_list"),
        empty=EmptyState(_("Aucune activité n’a de barème.")),
        main_action=Action(
            _("Affecter un barème"),
            reverse("accounting:scale_assign"),
            right="accounting.change_scales",
            tone="primary",
        ),
    )


@requires("accounting.change_scales")
def scale_assign(request: HttpRequest) -> HttpResponse:
    """Gives a scale to an activity, once its effects were read."""
    start = {"activity": request.GET.get("activite"), "scale": request.GET.get("bareme")}
    form = AssignmentForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and not is_taken_back(request):
        facts = dict(form.cleaned_data)
        activity = facts.pop("activity")
        with refused_at(form):
            if not is_confirmed(request):
                check_assignment(activity, **facts)
                return _ask(request, activity, **facts)
            assign_scale(activity, **facts, actor=request.user)
            messages.success(request, _("Barème affecté."))
            return redirect("accounting:assignment_list")
    return _form_page(request, form, _("Affecter un barème"), _("Affecter"))


def _ask(
    request: HttpRequest, activity: Activity, *, scale: ContributionScale, starts_on: date, reason: str
) -> HttpResponse:
    today = timezone.localdate()
    years = years_to_simulate(today)
    effect = simulate(scale.rule, years[0], today=today, only=[activity.pk]) if years else None
    return ask(
        request,
        title=_("Vérifier l’affectation"),
        submit=_("Affecter ce barème"),
        crumbs=scales_crumbs(),
        lines=[
            RuleLine(_("Activité"), str(activity)),
            RuleLine(_("Barème"), f"{scale.label}, v{scale.version}"),
            RuleLine(_("À partir du"), day(starts_on)),
            RuleLine(_("Motif"), reason),
            *scale_lines(scale.rule),
        ],
        consequences=effects_of_assignment(activity, starts_on),
        effect=effect,
    )


def scales_crumbs() -> list[tuple[str, str]]:
    return [
        (_("Comptabilité"), reverse("accounting:home")),
        (_("Barèmes de contribution"), reverse("accounting:scale_list")),
    ]


def _form_page(request: HttpRequest, form: Form, title: str, submit: str) -> HttpResponse:
    crumbs = [*scales_crumbs(), (title, "")]
    back_url = reverse("accounting:scale_list")
    lead = _("L’effet sur l’activité et sur ses mois déjà calculés vous est montré avant d’enregistrer.")
    return form_page(request, form, title=title, lead=lead, submit=submit, back_url=back_url, crumbs=crumbs)
