"""The file of one candidate for those who welcome: everything in one place, and what one does about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core import permissions
from cae.core.acting import act_now, act_page
from cae.core.options import label_of, lists_on
from cae.core.permissions import requires
from entrepreneurs.forms.welcome import (
    AskPaperForm,
    FixForm,
    InformationForm,
    InviteForm,
    OutcomeForm,
    PostponeForm,
    ReasonForm,
    RedirectForm,
    ReopenForm,
    TransferForm,
)
from entrepreneurs.models import Application, InformationPresence, Meeting, SlotInvitation
from entrepreneurs.selectors.applications import papers_of
from entrepreneurs.selectors.committees import coming_files, decisions_of
from entrepreneurs.selectors.feasibility import opinions_of, points_of, same_trade, slips_of
from entrepreneurs.selectors.frozen import answers_by_group, tenth, working_lines
from entrepreneurs.selectors.papers import shown_papers
from entrepreneurs.selectors.reviews import economic_of, grid_of, is_frozen, reviewers_offered
from entrepreneurs.selectors.stages import moves_of, next_stage_key, stage_of, stages_for
from entrepreneurs.services.choosing import fix_interview
from entrepreneurs.services.meetings import hold_meeting, miss_meeting
from entrepreneurs.services.papers import ask_paper
from entrepreneurs.services.slot_invitations import invite_candidate, stop_reminders
from entrepreneurs.services.stages import note_information, transfer_application
from entrepreneurs.services.welcome import Grounds, decide
from entrepreneurs.states.applications import APPLICATION_FLOW, ENTRY_STATUS, REFERRAL, ApplicationState
from entrepreneurs.states.committees import REASON_LIST, Verdict
from entrepreneurs.states.meetings import TAKING
from entrepreneurs.states.stages import InvitationState
from entrepreneurs.views.board import SHAPES
from entrepreneurs.views.welcome_parts import crumbs_of, find_application, look_of


@requires("entrepreneurs.view_board")
def candidate_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Identity, answers, path, grid, criterion, feasibility, papers, meetings, messages, decisions."""
    application = find_application(request, pk)
    today, grid = timezone.localdate(), grid_of(application, request.user)  # type: ignore[arg-type]
    economic, stage = economic_of(application), stage_of(application, on=today)
    words = lists_on([ENTRY_STATUS, REFERRAL], on=today)
    stages = stages_for(application, on=today)
    meetings = Meeting.objects.filter(application=application).select_related("advisor")
    invitations = SlotInvitation.objects.filter(application=application).select_related("advisor")
    rights = _rights(request, application)
    # An interview that took place or will; an invitation still to answer. Nobody came: one invites again.
    waits = [
        *(one for one in invitations if one.state == InvitationState.WAITING),
        *(one for one in meetings if one.state in TAKING),
    ]
    context = {
        "application": application,
        "shape": (*SHAPES[application.state], application.get_state_display()),
        "stage": stage,
        "stage_key": stage.pk if stage else "",
        "stages": stages,
        "next_key": next_stage_key(stages, stage),
        "moves": moves_of(application)[:20],
        "groups": answers_by_group(application),
        "entry_status": words[ENTRY_STATUS].label_of(application.entry_status),
        "source": words[REFERRAL].label_of(application.referral),
        "grid": grid,
        "grid_mean": tenth(grid.mean),
        "frozen": is_frozen(application),
        "reviewers": reviewers_offered(application),
        "economic": economic,
        "working": list(working_lines(economic)),
        "points": points_of(application),
        "slips": slips_of(application),
        "colleagues": same_trade(application, on=today),
        "opinions": opinions_of(application),
        "papers": shown_papers(papers_of(application), today),
        "meetings": meetings,
        "invitations": invitations,
        "information": InformationPresence.objects.filter(application=application).first(),
        "decisions": _decisions(application),
        "acts": _acts(request, application),
        "next_act": _next_act(request, application, rights, grid.own is not None, waits),
        "now": timezone.now(),
        **rights,
    }
    return render(request, "entrepreneurs/welcome/file.html", context)


def _next_act(
    request: HttpRequest, application: Application, rights: dict[str, bool], marked: bool, met: list[Any]
) -> tuple[Any, str] | None:
    """The one thing that the file waits for: an interview, one’s marks, a committee; frozen, that one."""
    holds, coming = permissions.can(request.user, "entrepreneurs.hold_committee"), coming_files(application)
    if is_frozen(application):
        file = coming.first()
        if file is None or not holds:
            return None
        return _("Voir le comité"), reverse("entrepreneurs:committee_detail", args=[file.committee_id])
    if rights["may_move"] and not met:
        return _("Inviter à choisir un créneau"), reverse(
            "entrepreneurs:candidate_invite", args=[application.pk]
        )
    if rights["may_review"] and not marked:
        return _("Remplir la grille"), reverse("entrepreneurs:grid_mark", args=[application.pk])
    if rights["may_move"] and holds and not coming.exists():
        return _("Inscrire à un comité"), reverse("entrepreneurs:committee_list")
    return None


def _rights(request: HttpRequest, application: Application) -> dict[str, bool]:
    waits = application.state == ApplicationState.SUBMITTED
    names = ("move_application", "review_application", "check_feasibility", "waive_criterion", "ask_opinion")
    return {
        f"may_{name.partition('_')[0]}": waits
        and permissions.can(request.user, f"entrepreneurs.{name}", application)
        for name in names
    }


def _decisions(application: Application) -> list[Any]:
    rows = list(decisions_of(application))
    for row in rows:
        row.reason_label = label_of(REASON_LIST, row.reason_code, on=timezone.localdate(row.decided_at))
    return [(row, look_of(row)) for row in rows]


# address word → verdict, form, title, button, what is said once done
OUTCOMES: dict[str, tuple[str, type[forms.Form], Any, Any]] = {
    "refuser": (Verdict.REFUSED, OutcomeForm, gettext_lazy("Refuser"), gettext_lazy("Candidature refusée.")),
    "reorienter": (
        Verdict.REDIRECTED,
        RedirectForm,
        gettext_lazy("Réorienter"),
        gettext_lazy("Candidature réorientée."),
    ),
    "reporter": (
        Verdict.POSTPONED,
        PostponeForm,
        gettext_lazy("Reporter"),
        gettext_lazy("Candidature reportée."),
    ),
    "vivier": (
        Verdict.POOLED,
        OutcomeForm,
        gettext_lazy("Mettre au vivier"),
        gettext_lazy("Candidature gardée au vivier."),
    ),
    "rouvrir": (Verdict.REOPENED, ReopenForm, gettext_lazy("Rouvrir"), gettext_lazy("Candidature rouverte.")),
}
_MOVE_OF = {"refuser": "refuse", "reorienter": "redirect", "vivier": "pool", "rouvrir": "reopen"}


def _acts(request: HttpRequest, application: Application) -> list[tuple[Any, str]]:
    """What may be decided now, from the table of moves; a postponement leaves the state as it is."""
    open_moves = {move.name for move in APPLICATION_FLOW.moves_open_to(request.user, application)}
    return [
        (title, reverse("entrepreneurs:application_outcome", args=[application.pk, word]))
        for word, (_verdict, _form, title, _done) in OUTCOMES.items()
        if _MOVE_OF.get(word) in open_moves or (word == "reporter" and "pool" in open_moves)
    ]


@requires("entrepreneurs.decide_application")
def application_outcome(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Refuses, redirects, postpones, pools or reopens, with the reason that the person will read."""
    if word not in OUTCOMES:
        raise Http404
    application = find_application(request, pk, "entrepreneurs.decide_application")
    verdict, form_class, title, done = OUTCOMES[word]
    return act_page(
        request,
        form_class(request.POST or None),
        lambda content: decide(
            application, verdict, grounds=Grounds(**content), now=timezone.now(), actor=request.user
        ),
        title=_("%(act)s la candidature de %(name)s") % {"act": title, "name": application.full_name},
        submit=title,
        done=done,
        lead=_("La personne le lira par e-mail ; l’étape atteinte reste notée."),
        tone="danger" if verdict == Verdict.REFUSED else "primary",
        back_url=reverse("entrepreneurs:candidate_file", args=[pk]),
        crumbs=crumbs_of(application, title),
    )


@requires("entrepreneurs.move_application")
def application_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.move_application")
    initial = {"advisor": application.advisor_id, "territory": application.territory_id}
    return act_page(
        request,
        TransferForm(request.POST or None, initial=initial),
        lambda content: transfer_application(application, **content, actor=request.user),
        title=_("Confier cette candidature"),
        submit=_("Confier"),
        done=_("La candidature a changé de mains."),
        back_url=reverse("entrepreneurs:candidate_list"),
        crumbs=crumbs_of(application, _("Confier")),
    )


@requires("entrepreneurs.invite_candidate")
def candidate_invite(request: HttpRequest, pk: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.invite_candidate")
    initial = {"advisor": application.advisor_id or request.user.person_id}  # type: ignore[union-attr]
    return act_page(
        request,
        InviteForm(request.POST or None, initial=initial),
        lambda content: invite_candidate(application, **content, now=timezone.now(), actor=request.user),
        title=_("Inviter à choisir un créneau"),
        submit=_("Envoyer l’invitation"),
        done=_("L’invitation est partie."),
        lead=_("La personne choisit parmi les créneaux libres ; elle est relancée, puis le dossier revient."),
        back_url=reverse("entrepreneurs:candidate_file", args=[pk]),
        crumbs=crumbs_of(application, _("Inviter")),
    )


@requires("entrepreneurs.invite_candidate")
def interview_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """The first interview at a time agreed by telephone, outside the slots too."""
    application = find_application(request, pk, "entrepreneurs.invite_candidate")
    initial = {"advisor": application.advisor_id or request.user.person_id}  # type: ignore[union-attr]
    return act_page(
        request,
        FixForm(request.POST or None, initial=initial),
        lambda content: fix_interview(application, **content, now=timezone.now(), actor=request.user),
        title=_("Fixer le premier entretien"),
        submit=_("Fixer l’entretien"),
        done=_("C’est noté : un e-mail part avec le fichier d’agenda."),
        lead=_("À une heure convenue avec la personne, hors des créneaux aussi."),
        back_url=reverse("entrepreneurs:candidate_file", args=[pk]),
        crumbs=crumbs_of(application, _("Fixer l’entretien")),
    )


@require_POST
@requires("entrepreneurs.invite_candidate")
def interview_close(request: HttpRequest, pk: int, meeting: int, act: str) -> HttpResponse:
    """The candidate came, or did not."""
    application = find_application(request, pk, "entrepreneurs.invite_candidate")
    row = get_object_or_404(Meeting, pk=meeting, application=application)
    service = {"tenu": hold_meeting, "absent": miss_meeting}.get(act)
    if service is None:
        raise Http404
    return act_now(
        request,
        lambda: service(row, actor=request.user, now=timezone.now()),
        done=_("C’est noté."),
        back_url=reverse("entrepreneurs:candidate_file", args=[pk]),
    )


@requires("entrepreneurs.invite_candidate")
def reminders_stop(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.invite_candidate")
    row = get_object_or_404(
        SlotInvitation, pk=invitation, application=application, state=InvitationState.WAITING
    )
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda content: stop_reminders(row, **content, now=timezone.now(), actor=request.user),
        title=_("Arrêter les relances"),
        submit=_("Arrêter"),
        done=_("Les relances sont arrêtées."),
        back_url=reverse("entrepreneurs:candidate_file", args=[pk]),
        crumbs=crumbs_of(application, _("Arrêter les relances")),
    )


@requires("entrepreneurs.move_application")
def information_note(request: HttpRequest, pk: int) -> HttpResponse:
    application = find_application(request, pk, "entrepreneurs.move_application")
    known = InformationPresence.objects.filter(application=application).first()
    initial = {"held_on": known.held_on, "presence": known.presence} if known else {}
    return act_page(
        request,
        InformationForm(request.POST or None, initial=initial),
        lambda content: note_information(
            application, **content, today=timezone.localdate(), actor=request.user
        ),
        title=_("Réunion d’information"),
        submit=_("Enregistrer"),
        done=_("Réunion notée."),
        back_url=reverse("entrepreneurs:candidate_file", args=[pk]),
        crumbs=crumbs_of(application, _("Réunion d’information")),
    )


@requires("entrepreneurs.move_application")
def candidate_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the candidate for what the file lacks."""
    application = find_application(request, pk, "entrepreneurs.move_application")
    return act_page(
        request,
        AskPaperForm(request.POST or None),
        lambda content: ask_paper(
            person=application.person, about=application, actor=request.user, **content
        ),
        title=_("Demander ce qui manque"),
        submit=_("Demander"),
        done=_("Le document est demandé."),
        back_url=reverse("entrepreneurs:candidate_file", args=[pk]),
        crumbs=crumbs_of(application, _("Demander ce qui manque")),
    )
