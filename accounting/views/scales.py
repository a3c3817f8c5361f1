"""Pages of the contribution scales: versions as they were voted, who has which."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.contribution.scales import Scale
from accounting.forms.contributions import AssignmentForm
from accounting.models import ContributionScale
from accounting.selectors.scale_tables import tier_tables
from accounting.selectors.scale_words import category_label, scale_lines, scale_summary
from accounting.selectors.scales import activities_without_scale, assignments, scales
from accounting.services.scales import assign_scale
from accounting.views.filters import AssignmentFilters
from accounting.views.tables import AssignmentTable
from accounting.views.tabs import books_tabs
from accounting.views.tariff_chart import TariffChart, tariff_chart
from cae.core import permissions
from cae.core.errors import Refused
from cae.core.forms import form_page, refuse
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.formats import day


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


def charts_of(scale: Scale) -> list[TariffChart]:
    """One drawing for ordinary sales, one for each category that has its own rule."""
    title = _("Contribution selon la base")
    shapes = [(title, scale.shape)]
    shapes += [(f"{title}, {category_label(name).lower()}", shape) for name, shape in scale.per_category]
    return [tariff_chart(shape, title=heading) for heading, shape in shapes]


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
    form = AssignmentForm(request.POST or None, initial={"activity": request.GET.get("activite")})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            assign_scale(facts.pop("activity"), **facts, actor=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Barème affecté."))
            return redirect("accounting:assignment_list")
    return _form_page(request, form, _("Affecter un barème"), _("Affecter"))


def _form_page(request: HttpRequest, form: Form, title: str, submit: str) -> HttpResponse:
    back_url = reverse("accounting:scale_list")
    crumbs = [
        (_("Comptabilité"), reverse("accounting:home")),
        (_("Barèmes de contribution"), back_url),
        (title, ""),
    ]
    return form_page(request, form, title=title, submit=submit, back_url=back_url, crumbs=crumbs)
