"""Judging a candidate’s file: grid of meaning, waiver, feasibility, insurer, opinions of colleagues."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.keys import key_in
from cae.core.permissions import require, requires, signed_in
from entrepreneurs.forms.welcome import (
    AskOpinionsForm,
    FindingForm,
    GridForm,
    MarkForm,
    OpinionForm,
    ReasonForm,
    SlipAnswerForm,
    SlipForm,
)
from entrepreneurs.models import Application, ColleagueOpinion, InsurerSlip, Mark
from entrepreneurs.selectors.feasibility import people_to_ask
from entrepreneurs.selectors.frozen import tenth
from entrepreneurs.selectors.reviews import criteria_for, grid_of, is_frozen, latest_marks
from entrepreneurs.services.feasibility import (
    agree_slip,
    ask_opinions,
    give_opinion,
    limit_slip,
    record_finding,
    refuse_slip,
    send_slip,
)
from entrepreneurs.services.reviews import ask_review, change_mark, give_review, waive_criterion
from entrepreneurs.states.feasibility import OpinionKind
from entrepreneurs.views.welcome_parts import crumbs_of, find_application
from people.models import User


def _page(application: Application) -> str:
    return reverse("entrepreneurs:candidate_file", args=[application.pk])


@requires("entrepreneurs.review_application")
def grid_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks alone; once given, the marks of everybody and their spread."""
    application = find_application(request, pk, "entrepreneurs.review_application")
    grid = grid_of(application, request.user)  # type: ignore[arg-type]
    if grid.own is not None:
        return _grid_page(request, application, grid)
    criteria = criteria_for(application, on=timezone.localdate())
    form = GridForm(request.POST or None, criteria=criteria.criteria.all() if criteria else ())
    return act_page(
        request,
        form,
        lambda content: give_review(
            application,
            marks=form.marks,
            comment=content["comment"],
            on=timezone.localdate(),
            actor=request.user,  # type: ignore[arg-type]
        ),
        title=_("Grille de sens : %(name)s") % {"name": application.full_name},
        submit=_("Donner mes notes"),
        done=_("Vos notes sont données : voici celles de tout le monde."),
        lead=_("De 0 à 4. Vous notez seul·e : les notes des autres se montrent après les vôtres."),
        back_url=reverse("entrepreneurs:grid_mark", args=[pk])
        if request.method == "POST"
        else _page(application),
        crumbs=crumbs_of(application, _("Grille de sens")),
        template="entrepreneurs/welcome/grid_form.html",
    )


def _grid_page(request: HttpRequest, application: Application, grid: Any) -> HttpResponse:
    context = {
        "application": application,
        "grid": grid,
        "mean": tenth(grid.mean),
        "reviews": [(one, tenth(one.mean)) for one in grid.reviews],
        "rows": [(row, tenth(row.spread.mean) if row.spread else "") for row in grid.rows],
        "frozen": is_frozen(application),
    }
    return render(request, "entrepreneurs/welcome/grid.html", context)


@requires("entrepreneurs.review_application")
def mark_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes one of one's own marks, with a reason that stays."""
    mark = get_object_or_404(Mark.objects.select_related("review__application", "criterion"), pk=pk)
    application = find_application(request, mark.review.application_id, "entrepreneurs.review_application")
    get_object_or_404(mark.review.__class__, pk=mark.review_id, reviewer=request.user)
    current = latest_marks(mark.review)[mark.criterion_id]
    return act_page(
        request,
        MarkForm(request.POST or None, initial={"value": str(current.value)}),
        lambda content: change_mark(
            mark.review,
            criterion=mark.criterion,
            value=content["value"],
            reason=content["reason"],
            actor=request.user,  # type: ignore[arg-type]
        ),
        title=_("Changer une note : %(criterion)s") % {"criterion": mark.criterion.label},
        submit=_("Changer la note"),
        done=_("Note changée ; la précédente reste lisible."),
        back_url=reverse("entrepreneurs:grid_mark", args=[application.pk]),
        crumbs=crumbs_of(application, _("Changer une note")),
    )


@require_POST
@requires("entrepreneurs.review_application")
def review_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks somebody to mark the file."""
    application = find_application(request, pk, "entrepreneurs.review_application")
    reviewer = get_object_or_404(User, pk=key_in(request.POST.get("reviewer", "")), is_active=True)
    return act_now(
        request,
        lambda: ask_review(application, reviewer=reviewer, on=timezone.localdate(), actor=request.user),
        done=_("Demande envoyée à %(name)s.") % {"name": reviewer.get_full_name()},
        back_url=_page(application),
    )


@requires("entrepreneurs.waive_criterion")
def criterion_waive(request: HttpRequest, pk: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.waive_criterion")
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda content: waive_criterion(application, **content, actor=request.user),  # type: ignore[arg-type]
        title=_("Dispenser du critère économique"),
        submit=_("Dispenser"),
        done=_("Dispense notée, à votre nom."),
        lead=_("Le comité lira cette dispense et son motif."),
        back_url=_page(application),
        crumbs=crumbs_of(application, _("Dispense")),
    )


@requires("entrepreneurs.check_feasibility")
def finding_record(request: HttpRequest, pk: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.check_feasibility")
    return act_page(
        request,
        FindingForm(request.POST or None, initial={"point": request.GET.get("point", "")}),
        lambda content: record_finding(application, **content, actor=request.user),
        title=_("Noter un point de faisabilité"),
        submit=_("Noter"),
        done=_("Constat noté."),
        back_url=_page(application),
        crumbs=crumbs_of(application, _("Faisabilité")),
    )


@requires("entrepreneurs.check_feasibility")
def slip_send(request: HttpRequest, pk: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.check_feasibility")
    initial = {"trade_name": application.trade_label, "description": application.summary[:2000]}
    return act_page(
        request,
        SlipForm(request.POST or None, initial=initial),
        lambda content: send_slip(application, **content, on=timezone.localdate(), actor=request.user),
        title=_("Demander l’avis de l’assureur"),
        submit=_("Envoyer la fiche"),
        done=_("La fiche est partie chez l’assureur."),
        lead=_("Aucune activité n’ouvre avant son accord."),
        back_url=_page(application),
        crumbs=crumbs_of(application, _("Fiche navette")),
    )


@requires("entrepreneurs.answer_slip")
def slip_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes what the insurer answered."""
    slip = get_object_or_404(InsurerSlip.objects.select_related("application"), pk=pk)
    application = find_application(request, slip.application_id or 0, "entrepreneurs.check_feasibility")
    return act_page(
        request,
        SlipAnswerForm(request.POST or None, initial={"answered_on": timezone.localdate()}),
        lambda content: _answer(slip, content, request.user),
        title=_("Réponse de l’assureur : %(trade)s") % {"trade": slip.trade_name},
        submit=_("Noter la réponse"),
        done=_("Réponse notée."),
        back_url=_page(application),
        crumbs=crumbs_of(application, _("Réponse de l’assureur")),
    )


def _answer(slip: InsurerSlip, content: dict[str, Any], actor: Any) -> None:
    answered_on: date = content["answered_on"]
    said = {"answered_on": answered_on, "answer": content["answer"], "actor": actor}
    {"agree": agree_slip, "limit": limit_slip, "refuse": refuse_slip}[content["verdict"]](slip, **said)


@requires("entrepreneurs.ask_opinion")
def opinions_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks those whom one chooses among colleagues of the same trade, or the members of the collective."""
    application = find_application(request, pk, "entrepreneurs.ask_opinion")
    kind, today = request.GET.get("titre", OpinionKind.TRADE), timezone.localdate()
    if kind not in OpinionKind.values:
        raise Http404
    offered = people_to_ask(application, kind, on=today)
    if not offered:
        messages.info(request, _("Il n’y a personne de plus à interroger."))
        return redirect(_page(application))
    return act_page(
        request,
        AskOpinionsForm(request.POST if request.method == "POST" else None, offered=offered),
        lambda content: ask_opinions(
            application, people=content["people"], kind=kind, on=today, actor=request.user
        ),
        title=_("Demander des avis : %(name)s") % {"name": application.full_name},
        lead=_("Chaque personne lit le métier, le lieu et le projet en quelques lignes ; rien de privé."),
        submit=_("Demander leur avis"),
        done=_("Les avis sont demandés."),
        back_url=_page(application),
        crumbs=crumbs_of(application, _("Demander des avis")),
    )


@signed_in
def opinion_give(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own opinion on somebody of the same trade, or who would join one's collective."""
    opinion = get_object_or_404(
        ColleagueOpinion.objects.select_related("application__trade", "activity"),
        pk=pk,
        application__isnull=False,
        person=request.user.person_id,  # type: ignore[union-attr]
    )
    require(request.user, "entrepreneurs.give_opinion", opinion)
    initial = {"opinion": opinion.opinion, "text": opinion.text}
    return act_page(
        request,
        OpinionForm(request.POST or None, initial=initial),
        lambda content: give_opinion(
            opinion, value=content["opinion"], text=content["text"], actor=request.user
        ),
        title=_("Votre avis sur une candidature"),
        submit=_("Donner mon avis"),
        done=_("Merci : votre avis est donné."),
        back_url=reverse("portal:home"),
        crumbs=[(_("Votre avis"), "")],
        template="entrepreneurs/welcome/opinion.html",
        opinion=opinion,
    )
