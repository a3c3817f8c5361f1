"""Settings of the welcome: the columns of the board, the versions of the grid."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from entrepreneurs.forms.welcome import CriteriaForm, EndStageForm, NewStageForm, StageForm
from entrepreneurs.models import CriteriaSet, WelcomeStage
from entrepreneurs.selectors.stages import stages_listed
from entrepreneurs.services.reviews import CriterionData, lay_first_criteria, save_criteria
from entrepreneurs.services.stages import StageData, end_stage, save_stage
from entrepreneurs.views.bars import WELCOME


def _stages_url() -> str:
    return reverse("entrepreneurs:stage_list")


@requires("entrepreneurs.change_welcome")
def stage_list(request: HttpRequest) -> HttpResponse:
    context = {
        "stages": stages_listed(),
        "today": timezone.localdate(),
        "tabs": tabs_open_to(request.user, WELCOME, "entrepreneurs:stage_list"),
    }
    return render(request, "entrepreneurs/welcome/stages.html", context)


@requires("entrepreneurs.change_welcome")
def stage_add(request: HttpRequest) -> HttpResponse:
    form = NewStageForm(request.POST or None, initial={"starts_on": timezone.localdate()})

    def run(content: dict[str, Any]) -> None:
        rest = dict(content)
        territory, starts_on = rest.pop("territory"), rest.pop("starts_on")
        save_stage(None, data=StageData(**rest), starts_on=starts_on, territory=territory, actor=request.user)

    return act_page(
        request,
        form,
        run,
        title=_("Ajouter une colonne"),
        submit=_("Ajouter"),
        done=_("Colonne ajoutée."),
        lead=_("Un territoire qui a ses propres colonnes ne montre plus celles de la coopérative."),
        back_url=_stages_url(),
        crumbs=[(_("Colonnes"), _stages_url()), (_("Ajouter"), "")],
    )


@requires("entrepreneurs.change_welcome")
def stage_change(request: HttpRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(WelcomeStage, pk=pk)
    return act_page(
        request,
        StageForm(request.POST or None, instance=stage),
        lambda content: save_stage(
            stage, data=StageData(**content), starts_on=stage.starts_on, actor=request.user
        ),
        title=_("Modifier la colonne"),
        submit=_("Enregistrer"),
        done=_("Colonne enregistrée."),
        back_url=_stages_url(),
        crumbs=[(_("Colonnes"), _stages_url()), (_("Modifier"), "")],
    )


@requires("entrepreneurs.change_welcome")
def stage_end(request: HttpRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(WelcomeStage, pk=pk)
    return act_page(
        request,
        EndStageForm(request.POST or None, initial={"last_day": timezone.localdate()}),
        lambda content: end_stage(stage, **content, actor=request.user),
        title=_("Fermer la colonne « %(stage)s »") % {"stage": stage},
        submit=_("Fermer la colonne"),
        done=_("Colonne fermée ; son histoire reste."),
        lead=_(
            "Ses cartes se montreront dans la première colonne, jusqu’à ce que quelqu’un les passe ailleurs."
        ),
        back_url=_stages_url(),
        crumbs=[(_("Colonnes"), _stages_url()), (_("Fermer"), "")],
    )


@requires("entrepreneurs.change_welcome")
def criteria_list(request: HttpRequest) -> HttpResponse:
    context = {
        "versions": CriteriaSet.objects.select_related("territory", "author__person").prefetch_related(
            "criteria"
        ),
        "tabs": tabs_open_to(request.user, WELCOME, "entrepreneurs:criteria_list"),
    }
    return render(request, "entrepreneurs/welcome/criteria.html", context)


@require_POST
@requires("entrepreneurs.change_welcome")
def criteria_lay(request: HttpRequest) -> HttpResponse:
    return act_now(
        request,
        lambda: lay_first_criteria(on=timezone.localdate(), actor=request.user),
        done=_("La première grille est là : décidez-en une autre quand vous voudrez."),
        back_url=reverse("entrepreneurs:criteria_list"),
    )


@requires("entrepreneurs.change_welcome")
def criteria_new(request: HttpRequest) -> HttpResponse:
    back = reverse("entrepreneurs:criteria_list")
    known = CriteriaSet.objects.prefetch_related("criteria").first()
    lines = [f"{one.label} | {one.weight} | {one.help}" for one in known.criteria.all()] if known else []
    initial = {"lines": "\n".join(lines), "valid_from": timezone.localdate()}

    def run(content: dict[str, Any]) -> None:
        rest = dict(content)
        criteria = [CriterionData(label, weight, text) for label, weight, text in rest.pop("lines")]
        save_criteria(criteria, **rest, actor=request.user)

    return act_page(
        request,
        CriteriaForm(request.POST or None, initial=initial),
        run,
        title=_("Décider une nouvelle grille"),
        submit=_("Décider cette grille"),
        done=_("La grille vaut à partir de ce jour ; les notes déjà données gardent la leur."),
        back_url=back,
        crumbs=[(_("Grille"), back), (_("Nouvelle"), "")],
    )
