"""Applying, page by page: three doors, the link, the eight steps, the check before sending (ENT-01, 02)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.forms import refuse, refused_at
from cae.core.middleware import status_of
from cae.core.permissions import public
from cae.core.settings import value_of
from entrepreneurs.calculations.steps import StepCode
from entrepreneurs.forms.applications import CharterForm, ResumeForm, SendForm, StartForm, StepForm
from entrepreneurs.models import Application
from entrepreneurs.selectors.answers import answer_sections, conflicts_of
from entrepreneurs.selectors.applications import charter_on, fingerprint, papers_of, steps_of
from entrepreneurs.selectors.papers import shown_papers
from entrepreneurs.services.application_mails import is_within_reach, send_links
from entrepreneurs.services.applications import (
    DRAFT_MONTHS,
    KEPT_MONTHS,
    save_step,
    start_application,
    type_charter,
)
from entrepreneurs.services.papers import MAX_MB
from entrepreneurs.services.sending_applications import submit_application
from entrepreneurs.states.applications import ApplicationState, Door
from entrepreneurs.views.application_frame import (
    OWN,
    actor_of,
    begins_too_often,
    candidate_page,
    draw,
    draw_public,
    flooded,
    private,
)
from entrepreneurs.views.application_words import DOOR_HELPS, STEP_LEADS, step_items, step_label
from people.devices import origin_of
from people.models import User


@public
def application_home(request: HttpRequest) -> HttpResponse:
    """The three doors, and what one should know before beginning."""
    today = timezone.localdate()
    context = {
        "doors": [(door.value, door.label, DOOR_HELPS[door]) for door in Door],
        "draft_months": value_of(DRAFT_MONTHS, on=today),
        "kept_months": value_of(KEPT_MONTHS, on=today),
    }
    return draw_public(request, "entrepreneurs/application/home.html", context)


@public
def application_start(request: HttpRequest, door: str) -> HttpResponse:
    """A name and an address; the link goes there. Who is signed in goes on at once."""
    if door not in Door.values:
        raise Http404
    account = request.user if request.user.is_authenticated else None
    known = account.person if account is not None else None
    first = {"first_name": known.first_name, "last_name": known.shown_last_name} if known else {}
    form = StartForm(request.POST or None, initial=first | {"email": account.email if account else ""})
    context = {"form": form, "door": Door(door).label}
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            if begins_too_often(request):
                form.add_error(None, flooded())
                return draw_public(request, "entrepreneurs/application/start.html", context, status=429)
            if known is None and not is_within_reach(typed["email"]):
                return redirect("entrepreneurs:application_sent")
            start_application(door=door, **typed, now=timezone.now(), actor=account if known else None)
            return (
                redirect("entrepreneurs:application", OWN)
                if known
                else redirect("entrepreneurs:application_sent")
            )
    status = 422 if form.is_bound else 200
    return private(draw_public(request, "entrepreneurs/application/start.html", context, status=status))


@public
def application_sent(request: HttpRequest) -> HttpResponse:
    """The same words for everybody: the link is in the mailbox."""
    return draw_public(request, "entrepreneurs/application/sent.html")


@public
def application_resume(request: HttpRequest) -> HttpResponse:
    """Sends the links of an address, whether it is known or not."""
    form = ResumeForm(request.POST or None)
    status = 200
    if form.is_bound and form.is_valid():
        if begins_too_often(request):
            form.add_error(None, flooded())
            status = 429
        else:
            send_links(form.cleaned_data["email"], now=timezone.now())
            return redirect("entrepreneurs:application_sent")
    elif form.is_bound:
        status = 422
    return private(
        draw_public(request, "entrepreneurs/application/resume.html", {"form": form}, status=status)
    )


@candidate_page
def application_step(request: HttpRequest, key: str, application: Application, step: str) -> HttpResponse:
    """One group of questions: saved, whole or not, then the next one."""
    if application.state != ApplicationState.DRAFT:
        return redirect("entrepreneurs:application", key)
    code = _step_of(step)
    if code is StepCode.CHECK:
        return redirect("entrepreneurs:application_check", key)
    typed = request.POST if request.method == "POST" else None
    initial = {"shown": fingerprint(application, code)}
    form = StepForm(typed, instance=application, step=code, initial=initial)
    charter = _charter_form(typed, application) if code is StepCode.MEANING else None
    conflicts: list[tuple[str, str]] = []
    status = 200
    if typed is not None:
        status = 422
        if form.is_valid() and (charter is None or charter.is_valid()):
            try:
                _save(application, code, form, charter, actor=actor_of(request, key))
            except Refused as refusal:
                status = status_of(refusal)
                conflicts = _stopped(application, code, form, charter, refusal=refusal)
            else:
                return _next(request, key, code)
    context = {"form": form, "charter_form": charter, "conflicts": conflicts} | _around(application, code)
    return draw(request, key, application, "entrepreneurs/application/step.html", context, status=status)


def _save(
    application: Application,
    code: StepCode,
    form: StepForm,
    charter: CharterForm | None,
    *,
    actor: User | None,
) -> None:
    now = timezone.now()
    with transaction.atomic():
        save_step(
            application, code, values=form.answers(), shown=form.cleaned_data["shown"], now=now, actor=actor
        )
        if charter is not None:
            typed = charter.cleaned_data
            type_charter(
                application, name=typed["charter_typed"], number=typed["number"], now=now, actor=actor
            )


def _stopped(
    application: Application,
    code: StepCode,
    form: StepForm,
    charter: CharterForm | None,
    *,
    refusal: Refused,
) -> list[tuple[str, str]]:
    """Says the refusal where it belongs; of two windows, gives what the other one saved. What is typed here
    is shown again, and saved by pressing once more."""
    if charter is not None and refusal.field == "charter_typed":
        refuse(charter, refusal)
        return []
    refuse(form, refusal)
    if refusal.code != Code.STALE_FORM:
        return []
    application.refresh_from_db()
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["shown"] = fingerprint(application, code)
    form.data = data
    return conflicts_of(application, form.answers_typed)


def _charter_form(typed: Any, application: Application) -> CharterForm | None:
    charter = charter_on(timezone.localdate())
    if charter is None:
        return None
    signed = application.charter_typed if application.charter_id == charter.pk else ""
    initial = {"charter_typed": signed, "number": charter.number}
    return CharterForm(typed, initial=initial)


def _around(application: Application, code: StepCode) -> dict[str, Any]:
    """What stands around the questions of a step: its place among the others, the charter, the papers."""
    today, every = timezone.localdate(), list(StepCode)
    place = every.index(code)
    context: dict[str, Any] = {
        "step": code,
        "title": step_label(code),
        "lead": STEP_LEADS[code],
        "place": place + 1,
        "total": len(every),
        "previous": every[place - 1] if place else None,
        "charter": None,
        "papers": None,
    }
    if code is StepCode.MEANING:
        context["charter"] = charter_on(today)
    if code is StepCode.DOCUMENTS:
        context["papers"] = shown_papers(papers_of(application), today)
        context["most"] = value_of(MAX_MB, on=today)
    return context


def _next(request: HttpRequest, key: str, code: StepCode) -> HttpResponse:
    """« Enregistrer et continuer » leads to the next step; « Enregistrer et revenir » to the list."""
    if "list" in request.POST:
        return redirect("entrepreneurs:application", key)
    every = list(StepCode)
    following = every[every.index(code) + 1]
    if following is StepCode.CHECK:
        return redirect("entrepreneurs:application_check", key)
    return redirect("entrepreneurs:application_step", key, following.value)


@candidate_page
def application_check(request: HttpRequest, key: str, application: Application) -> HttpResponse:
    """Everything that was answered, what still lacks, then the sending; a second click finds it done."""
    if application.state != ApplicationState.DRAFT:
        return redirect("entrepreneurs:application", key)
    form, status = SendForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                submit_application(
                    application,
                    consents=form.cleaned_data["consents"],
                    origin=origin_of(request),
                    now=timezone.now(),
                    actor=actor_of(request, key),
                )
                return redirect(f"{reverse('entrepreneurs:application', args=[key])}?fait=envoyee")
            except Refused as refusal:
                if refusal.code == Code.ILLEGAL_MOVE:
                    return redirect("entrepreneurs:application", key)
                refuse(form, refusal)
                status = status_of(refusal)
    today = timezone.localdate()
    steps = steps_of(application, today)
    context = {
        "form": form,
        "sections": answer_sections(application, today),
        "lacking": [item for item in step_items(key, steps[:-1]) if item["state"] != "done"],
        "kept_months": value_of(KEPT_MONTHS, on=today),
    }
    return draw(request, key, application, "entrepreneurs/application/check.html", context, status=status)


def _step_of(step: str) -> StepCode:
    try:
        return StepCode(step)
    except ValueError:
        raise Http404(_("Cette étape n’existe pas.")) from None
