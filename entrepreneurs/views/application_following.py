"""« Ma candidature »: where it is, papers, first interview, messages, withdrawal, own answers (ENT-05)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.answers import file_saved
from cae.core.documents import read_document
from cae.core.errors import Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import public, requires
from cae.core.settings import value_of
from cae.core.threads import messages_of, post_message
from entrepreneurs.forms.applications import MessageForm, WithdrawForm
from entrepreneurs.forms.papers import FileForm
from entrepreneurs.models import Application, DocumentRequest
from entrepreneurs.selectors.answers import answers_as_text
from entrepreneurs.selectors.applications import papers_of, steps_of
from entrepreneurs.selectors.following import advisor_to_meet, decision_told, following_of, slots_offered
from entrepreneurs.selectors.papers import shown_papers
from entrepreneurs.selectors.slots import Slot
from entrepreneurs.services.application_mails import renew_link
from entrepreneurs.services.applications import note_contact
from entrepreneurs.services.choosing import choose_slot, give_slot_back
from entrepreneurs.services.papers import MAX_MB, receive_paper
from entrepreneurs.services.sending_applications import withdraw_application
from entrepreneurs.states.applications import APPLICATION_FLOW, ApplicationState
from entrepreneurs.states.meetings import MeetingMode
from entrepreneurs.states.papers import PAPER_FLOW
from entrepreneurs.views.application_frame import OWN, actor_of, candidate_page, draw, private
from entrepreneurs.views.application_words import step_items

# Nothing is asked any more: what was brought is still read.
CLOSED = (ApplicationState.REFUSED, ApplicationState.REDIRECTED, ApplicationState.WITHDRAWN)


@requires("entrepreneurs.follow_application")
def my_application(request: HttpRequest) -> HttpResponse:
    """The entry of the menu of who has an account."""
    return redirect("entrepreneurs:application", OWN)


@candidate_page
def application_page(request: HttpRequest, key: str, application: Application) -> HttpResponse:
    """The task list of a draft, or where an application sent is."""
    today = timezone.localdate()
    if application.state == ApplicationState.DRAFT:
        items = step_items(key, steps_of(application, today))
        return draw(request, key, application, "entrepreneurs/application/tasks.html", {"items": items})
    return _follow_page(request, key, application)


def _follow_page(
    request: HttpRequest, key: str, application: Application, *, form: MessageForm | None = None
) -> HttpResponse:
    today, now = timezone.localdate(), timezone.now()
    papers = shown_papers(papers_of(application), today)
    if application.state in CLOSED:
        papers = [shown for shown in papers if shown.paper.document]
    context = {
        "following": following_of(application, now),
        "decision": decision_told(application),
        "papers": papers,
        "missing": [shown for shown in papers if shown.paper.is_missing],
        "thread_messages": messages_of(application, None),
        "message_form": form or MessageForm(),
        "may_withdraw": application.state in APPLICATION_FLOW.move("withdraw").sources,
        "done": request.GET.get("fait", ""),
    }
    status = 422 if form is not None else 200
    return draw(request, key, application, "entrepreneurs/application/follow.html", context, status=status)


@require_POST
@public
def application_renew(request: HttpRequest, key: str) -> HttpResponse:
    """A new link, to the address that the old one was sent to; the page says the same whatever the link."""
    renew_link(key, now=timezone.now())
    return redirect("entrepreneurs:application_sent")


@require_POST
@candidate_page
def application_message(request: HttpRequest, key: str, application: Application) -> HttpResponse:
    """Writes to the team, in the place where it answers."""
    form = MessageForm(request.POST)
    if application.state == ApplicationState.DRAFT:
        return redirect("entrepreneurs:application", key)
    if not form.is_valid():
        return _follow_page(request, key, application, form=form)
    try:
        post_message(application, text=form.cleaned_data["text"], author_name=application.full_name)
    except Refused as refusal:
        refuse(form, refusal)
        return _follow_page(request, key, application, form=form)
    note_contact(application, on=timezone.localdate(), actor=actor_of(request, key))
    return redirect(f"{reverse('entrepreneurs:application', args=[key])}#messages")


@candidate_page
def application_paper(request: HttpRequest, key: str, application: Application, pk: int) -> HttpResponse:
    """Brings one of the papers asked; « ?fichier » gives back what was brought."""
    paper = papers_of(application).filter(pk=pk).first()
    if paper is None:
        raise Http404
    if "fichier" in request.GET:
        return _file(paper)
    most = value_of(MAX_MB, on=timezone.localdate())
    form, status = FileForm(request.POST or None, request.FILES or None, most=most), 200
    if request.method == "POST":
        form, status = FileForm(request.POST, request.FILES, most=most), 422
        if form.is_valid():
            try:
                receive_paper(
                    paper,
                    content=form.content(),
                    name=form.name(),
                    actor=actor_of(request, key),
                    now=timezone.now(),
                )
                messages.success(request, _("Document reçu : l’équipe le vérifie."))
                return redirect(_papers_url(key, application))
            except Refused as refusal:
                refuse(form, refusal)
                status = status_of(refusal)
    shown = shown_papers([paper], timezone.localdate())[0]
    context: dict[str, Any] = {
        "form": form,
        "shown": shown,
        "may_bring": paper.state in PAPER_FLOW.move("receive").sources,
        "back_url": _papers_url(key, application),
    }
    return draw(request, key, application, "entrepreneurs/application/paper.html", context, status=status)


def _papers_url(key: str, application: Application) -> str:
    if application.state == ApplicationState.DRAFT:
        return reverse("entrepreneurs:application_step", args=[key, "documents"])
    return f"{reverse('entrepreneurs:application', args=[key])}#documents"


def _file(paper: DocumentRequest) -> HttpResponse:
    if paper.document is None:
        raise Http404
    kept = paper.document
    return file_saved(read_document(kept), name=kept.name, mime=kept.mime)


@candidate_page
def application_slots(request: HttpRequest, key: str, application: Application) -> HttpResponse:
    """The moments that are free: choose one, change, or give it back."""
    today, now = timezone.localdate(), timezone.now()
    error, status = "", 200
    if request.method == "POST":
        try:
            if "cancel" in request.POST:
                give_slot_back(application, now=now, actor=actor_of(request, key))
                messages.success(
                    request, _("Rendez-vous annulé. Choisissez un autre moment quand vous voulez.")
                )
            else:
                choose_slot(
                    application,
                    starts_at=request.POST.get("slot", ""),
                    mode=request.POST.get("mode", ""),
                    now=now,
                    actor=actor_of(request, key),
                )
                messages.success(request, _("Rendez-vous pris : un e-mail vous le confirme."))
            return redirect("entrepreneurs:application", key)
        except Refused as refusal:
            error, status = str(refusal), status_of(refusal)
    context = _offered(request, application, on=today, now=now) | {"error": error}
    return draw(request, key, application, "entrepreneurs/application/slots.html", context, status=status)


def _offered(request: HttpRequest, application: Application, *, on: date, now: datetime) -> dict[str, Any]:
    """The slots to choose from, in one way to meet (« maniere »); an interview moved keeps its own."""
    slots, following = slots_offered(application, on=on, now=now), following_of(application, now)
    ways = set() if following.meeting else {way for slot in slots for way in slot.modes}
    modes = [way for way in MeetingMode if way in ways]
    mode = next((way for way in modes if way == request.GET.get("maniere")), modes[0] if modes else "")
    return {
        "days": _by_day([slot for slot in slots if not mode or mode in slot.modes]),
        "modes": modes,
        "mode": mode,
        "minutes": {slot.minutes for slot in slots},
        "following": following,
        "advisor": advisor_to_meet(application),
    }


def _by_day(slots: list[Slot]) -> list[tuple[date, str, list[Slot]]]:
    """The slots of each day and place, in their order."""
    days: dict[tuple[date, str], list[Slot]] = {}
    for slot in slots:
        days.setdefault((slot.day, slot.place), []).append(slot)
    return [(day, place, found) for (day, place), found in days.items()]


@candidate_page
def application_withdraw(request: HttpRequest, key: str, application: Application) -> HttpResponse:
    """Asks once, says what follows, then takes the application back."""
    if application.state not in APPLICATION_FLOW.move("withdraw").sources:
        return redirect("entrepreneurs:application", key)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_application(
            application,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            actor=actor_of(request, key),
        )
        return redirect("entrepreneurs:application", key)
    status = 422 if form.is_bound else 200
    return draw(
        request, key, application, "entrepreneurs/application/withdraw.html", {"form": form}, status=status
    )


@candidate_page
def application_answers(request: HttpRequest, key: str, application: Application) -> HttpResponse:
    """One's own answers, as a text to keep."""
    text = answers_as_text(application, timezone.localdate())
    return private(file_saved(text, name="ma-candidature.txt", mime="text/plain; charset=utf-8"))
