"""The questions of an inverted conference, for the team: moderated, put, answered (COW-37)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import require, requires
from coworking.forms.events import AnswerForm
from coworking.models import Question
from coworking.selectors.event_registrations import questions_kept
from coworking.services import event_questions as verbs
from coworking.states.events import QuestionState
from coworking.views.event_tabs import KEEP, crumbs_of_event, kept, tabs_of_event
from people.requests import SignedIn


@requires(KEEP)
def event_questions(request: SignedIn, pk: int) -> HttpResponse:
    event = kept(request, pk)
    rows = list(questions_kept(event))
    groups: list[tuple[Any, list[Question]]] = [
        (_("À modérer"), [row for row in rows if row.state == QuestionState.SENT]),
        (_("Soumises au vote"), [row for row in rows if row.state == QuestionState.PUBLISHED]),
        (_("Répondues"), [row for row in rows if row.state == QuestionState.ANSWERED]),
        (_("Écartées"), [row for row in rows if row.state == QuestionState.DISCARDED]),
    ]
    context = {
        "event": event,
        "groups": [(label, found) for label, found in groups if found],
        "tabs": tabs_of_event(request, event, "event_questions"),
    }
    return render(request, "coworking/events/questions.html", context)


def _asked(request: SignedIn, pk: int) -> Question:
    row = get_object_or_404(Question.objects.select_related("event__kind", "event__place"), pk=pk)
    require(request.user, KEEP, row)
    return row


@require_POST
@requires(KEEP)
def question_act(request: SignedIn, pk: int) -> HttpResponse:
    """Publishes, discards, notes that it was put."""
    row, user = _asked(request, pk), request.user
    acts: dict[str, tuple[Any, Any]] = {
        "publish": (
            lambda: verbs.publish_question(row, actor=user),
            _("Question publiée : les inscrit·es votent."),
        ),
        "discard": (lambda: verbs.discard_question(row, actor=user), _("Question écartée.")),
        "put": (
            lambda: verbs.put_question(row, now=timezone.now(), actor=user),
            _("Question posée à l’intervenant·e.")
            if row.put_at is None
            else _("Question à poser de nouveau."),
        ),
    }
    do = request.POST.get("do", "")
    if do not in acts:
        raise Http404
    back = reverse("coworking:event_questions", args=[row.event_id])
    return act_now(request, acts[do][0], done=acts[do][1], back_url=back)


@requires(KEEP)
def question_answer(request: SignedIn, pk: int) -> HttpResponse:
    """What was answered, kept with the question."""
    row = _asked(request, pk)
    back = reverse("coworking:event_questions", args=[row.event_id])
    return act_page(
        request,
        AnswerForm(request.POST or None, initial={"answer": row.answer}),
        lambda typed: verbs.answer_question(row, answer=typed["answer"], actor=request.user),
        done=_("Réponse gardée."),
        back_url=back,
        title=_("Noter la réponse"),
        lead=row.text,
        submit=_("Enregistrer"),
        crumbs=crumbs_of_event(row.event, (_("Questions"), back), (_("Noter la réponse"), "")),
    )
