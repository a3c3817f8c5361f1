"""Trials of a proposed scale over past years: the list, one of them, its file (ACC-22)."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.models import ScaleTrial
from accounting.selectors.scale_trials import shown_trial, trials
from accounting.selectors.scale_words import scale_lines
from accounting.services.scale_trials import play_again
from accounting.views.scales import scales_crumbs
from accounting.views.tabs import books_tabs
from cae.core.forms import refused_above
from cae.core.permissions import requires
from cae.core.tables import Action, DateColumn, EmptyState, Filters, LinkColumn, Table, list_page


class TrialTable(Table):
    """The scales that were tried."""

    title = LinkColumn(verbose_name=gettext_lazy("Essai"))
    years = tables.Column(verbose_name=gettext_lazy("Années"), orderable=False)
    created_by = tables.Column(verbose_name=gettext_lazy("Demandé par"))
    created_at = DateColumn(verbose_name=gettext_lazy("Demandé le"))
    done_at = DateColumn(verbose_name=gettext_lazy("Calculé le"), default="—")

    class Meta(Table.Meta):
        model = ScaleTrial
        fields = ("title", "years", "created_by", "created_at", "done_at")
        order_by = ("-created_at",)

    def render_years(self, value: list[int]) -> str:
        return ", ".join(str(year) for year in value)

    def value_years(self, value: list[int]) -> str:
        return self.render_years(value)


class TrialFilters(Filters):
    search = ("title",)
    calcule = django_filters.BooleanFilter(
        field_name="done_at", lookup_expr="isnull", exclude=True, label=gettext_lazy("Calculé")
    )

    class Meta:
        model = ScaleTrial
        fields: tuple[str, ...] = ()


@requires("accounting.view_ledger")
def trial_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=trials(),
        table=TrialTable,
        filters=TrialFilters,
        page="accounting.trials",
        title=_("Essais de barème"),
        intro=_("Un barème proposé, rejoué sur les ventes passées avant que l’assemblée ne le vote."),
        template="accounting/trials/list.html",
        tabs=books_tabs("scale_list"),
        empty=EmptyState(
            _("Aucun essai gardé."),
            _("Écrivez un barème, puis gardez-en l’essai sur plusieurs années."),
        ),
        main_action=Action(
            _("Essayer un barème"),
            reverse("accounting:scale_add"),
            right="accounting.change_scales",
            tone="primary",
        ),
    )


@requires("accounting.view_ledger")
def trial_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Gainers, losers, extremes, income of the cooperative, year by year."""
    trial = get_object_or_404(ScaleTrial.objects.select_related("document", "created_by__person"), pk=pk)
    context = {
        "trial": trial,
        "found": shown_trial(trial),
        "lines": scale_lines(trial.rule),
        "crumbs": [*scales_crumbs(), (_("Essais de barème"), reverse("accounting:trial_list"))],
    }
    return render(request, "accounting/trials/trial.html", context)


@require_POST
@requires("accounting.change_scales")
def trial_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A computation that was stopped begins again."""
    trial = get_object_or_404(ScaleTrial, pk=pk)
    with refused_above(request):
        job = play_again(trial, actor=request.user)
        return redirect("core:job_detail", job.pk)
    return redirect(trial)
