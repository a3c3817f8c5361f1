"""Registering to an event, with or without account; the page of a registration (COW-30, 32, 37, 40)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core import calendars
from cae.core.answers import file_shown
from cae.core.errors import Code, Refused
from cae.core.forms import refused_above, refused_at
from cae.core.keys import key_in, text_in
from cae.core.permissions import public, signed_in
from cae.core.settings import value_of
from coworking.calculations.seats import Door, door_of
from coworking.documents.events import certificate_pdf
from coworking.forms.registrations import QuestionForm, RegistrationForm, SatisfactionForm, SignInForm
from coworking.models import Event, Question, Registration
from coworking.selectors.event_costs import borne_by, total_of
from coworking.selectors.event_papers import papers_of_registration
from coworking.selectors.event_registrations import (
    own_at,
    own_questions,
    own_registrations,
    questions_shown,
    rank_of,
)
from coworking.selectors.events import happening_of, may_come, room_of
from coworking.services.erasing_events import KEPT_MONTHS
from coworking.services.event_attendance import sign_in
from coworking.services.event_promotion import say_satisfaction
from coworking.services.event_questions import ask_question, takes_questions, vote_question
from coworking.services.events import is_open_at_the_door
from coworking.services.registration_mails import send_link_again
from coworking.services.registrations import (
    RegistrationData,
    accept_place,
    cancel_registration,
    change_registration,
    known_registration,
    register,
)
from coworking.states.events import LIVE, Attendance, RegistrationState
from coworking.views.event_frame import (
    account_of,
    draw,
    drawn_code,
    event_read,
    flooded,
    private,
    registers_too_often,
    registration_page,
    signs_in_too_often,
)
from people.requests import SignedIn


@public
def registration_new(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of this event; the confirmation goes to the address."""
    event, user = event_read(request, slug), account_of(request)
    own = own_at(event, user)
    if own is not None:
        return redirect(own.get_absolute_url())
    person = user.person if user else None
    first = (
        {"first_name": person.first_name, "last_name": person.shown_last_name, "phone": person.phone}
        if person
        else {}
    )
    form = RegistrationForm(
        request.POST or None,
        event=event,
        user=user,
        initial=first | {"email": user.email if user else ""},
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if registers_too_often(request):
            form.add_error(None, flooded())
            status = 429
        else:
            with refused_at(form):
                return _registered(request, event, form.typed())
    room = room_of(event)
    context = {
        "event": event,
        "form": form,
        "room": room,
        "door": door_of(room, timezone.now()),
        "Door": Door,
        "may_come": may_come(event, user),
        "kept_months": value_of(KEPT_MONTHS, on=timezone.localdate()),
    }
    return private(draw(request, "coworking/events/register.html", context, status=status))


def _registered(request: HttpRequest, event: Event, data: RegistrationData) -> HttpResponse:
    """Registers, and leads to one’s page with an account; without, says that a mail left, the same words for
    an address known already, to which its link is sent again."""
    user, now = account_of(request), timezone.now()
    try:
        row = register(
            event,
            data=data,
            now=now,
            actor=user,
            person=user.person if user else None,
            source=text_in(request.GET.get("de", ""))[:40],
        )
    except Refused as refusal:
        known = known_registration(event, data.email)
        if refusal.code != Code.DUPLICATE or user is not None or known is None:
            raise
        send_link_again(known, now=now)
        return redirect("coworking:registration_sent", event.slug)
    if user is not None:
        return redirect(row.get_absolute_url())
    return redirect("coworking:registration_sent", event.slug)


@require_POST
@signed_in
def registration_light(request: SignedIn, slug: str) -> HttpResponse:
    """One tap: the account says the rest."""
    event, user = event_read(request, slug), request.user
    if not event.kind.is_light or user.person is None:
        return redirect("coworking:registration_new", event.slug)
    data = RegistrationData(
        first_name=user.person.first_name, last_name=user.person.shown_last_name, email=user.email
    )
    with refused_above(request):
        row = register(
            event,
            data=data,
            now=timezone.now(),
            actor=user,
            person=user.person,
            source=text_in(request.GET.get("de", ""))[:40],
        )
        if row.state == RegistrationState.REGISTERED:
            messages.success(request, _("Vous êtes inscrit·e. À bientôt !"))
        else:
            messages.info(request, _("C’est complet : vous êtes sur la liste d’attente."))
    return redirect(event.public_url)


@public
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same words for everybody: a mail left."""
    return private(draw(request, "coworking/events/sent.html", {"event": event_read(request, slug)}))


@signed_in
def own_list(request: SignedIn) -> HttpResponse:
    """What one goes to, and what one went to."""
    now = timezone.now()
    rows = list(own_registrations(request.user))
    context = {
        "coming": [row for row in reversed(rows) if row.event.ends_at > now and row.state in LIVE],
        "past": [row for row in rows if row.event.ends_at <= now or row.state not in LIVE],
    }
    return render(request, "coworking/events/own_list.html", context)


@registration_page
def registration(request: HttpRequest, key: str, row: Registration) -> HttpResponse:
    """One’s registration: what was said, what may be done of it now."""
    return _page(request, key, row)


def _page(
    request: HttpRequest,
    key: str,
    row: Registration,
    *,
    question: QuestionForm | None = None,
    opinion: SatisfactionForm | None = None,
) -> HttpResponse:
    event, now = row.event, timezone.now()
    is_over, is_in = event.ends_at <= now, row.state == RegistrationState.REGISTERED
    borne = borne_by(row)
    came = row.attendance == Attendance.PRESENT
    said = getattr(row, "satisfaction", None)
    held = {"mark": said.mark, "text": said.text} if said is not None else None
    context = {
        "key": key,
        "row": row,
        "event": event,
        "is_over": is_over,
        "is_in": is_in,
        "is_live": row.state in LIVE and not is_over and event.state == "published",
        "is_offered": row.state == RegistrationState.OFFERED and not is_over,
        "may_sign": is_in and not came and is_open_at_the_door(event, now),
        "came": came,
        "rank": rank_of(row) if row.state == RegistrationState.WAITING else 0,
        "seats": list(row.part_seats.select_related("part__room")),
        "options": list(row.options_taken.select_related("option")),
        "borne": borne if is_in else [],
        "borne_total": total_of(borne),
        "answers": list(row.answers.select_related("field")),
        "papers": papers_of_registration(row),
        "takes_questions": is_in and takes_questions(event, now),
        "questions": list(questions_shown(event, row)) if event.kind.takes_questions and is_in else [],
        "own_questions": list(own_questions(row)) if event.kind.takes_questions else [],
        "question_form": question or QuestionForm(),
        "opinion_form": (opinion or SatisfactionForm(initial=held))
        if is_over and is_in and row.attendance not in (Attendance.ABSENT, Attendance.EXCUSED)
        else None,
        "said": said,
        "drawing": _pass(request, row) if is_in and not is_over and not came else "",
    }
    wrong = (question is not None and question.is_bound) or (opinion is not None and opinion.is_bound)
    return draw(request, "coworking/events/registration.html", context, status=422 if wrong else 200)


def _pass(request: HttpRequest, row: Registration) -> str:
    """The code that one shows at the door."""
    return drawn_code(request.build_absolute_uri(reverse("coworking:event_scan", args=[row.pass_key])))


@registration_page
def registration_change(request: HttpRequest, key: str, row: Registration) -> HttpResponse:
    """What one said, to be changed."""
    form = RegistrationForm(request.POST or None, event=row.event, user=account_of(request), row=row)
    back = reverse("coworking:registration", args=[key])
    if form.is_bound and form.is_valid():
        with refused_at(form):
            change_registration(
                row,
                data=form.typed(),
                version=key_in(request.POST.get("version", "")),
                now=timezone.now(),
                actor=account_of(request),
            )
            messages.success(request, _("Votre inscription est à jour."))
            return redirect(back)
    context = {
        "event": row.event,
        "row": row,
        "form": form,
        "back_url": back,
        "version": request.POST.get("version", row.version),
    }
    return draw(request, "coworking/events/change.html", context, status=422 if form.is_bound else 200)


@registration_page
def registration_cancel(request: HttpRequest, key: str, row: Registration) -> HttpResponse:
    """Asks before a registration is taken back."""
    back = reverse("coworking:registration", args=[key])
    if request.method == "POST":
        with refused_above(request):
            cancel_registration(row, now=timezone.now(), actor=account_of(request))
            messages.success(request, _("Votre inscription est annulée. À une prochaine fois !"))
        return redirect(back)
    return draw(
        request, "coworking/events/cancel_own.html", {"row": row, "event": row.event, "back_url": back}
    )


@require_POST
@registration_page
def registration_act(request: HttpRequest, key: str, row: Registration) -> HttpResponse:
    """Takes a place offered, says that one is there, asks, votes, says what one thought of it."""
    back = redirect("coworking:registration", key)
    do, now, actor = request.POST.get("do", ""), timezone.now(), account_of(request)
    if do in _FORMS:
        return _FORMS[do](request, key, row) or back
    if do not in ("accept", "here", "vote"):
        raise Http404
    with refused_above(request):
        if do == "accept":
            accept_place(row, now=now, actor=actor)
            messages.success(request, _("La place est à vous."))
        elif do == "here":
            sign_in(row, now=now, actor=actor)
        else:
            question = get_object_or_404(Question, pk=key_in(request.POST.get("question", "")) or 0)
            stands = vote_question(question, row, now=now)
            messages.success(request, _("Votre voix compte.") if stands else _("Votre voix est retirée."))
    return back


def _ask(request: HttpRequest, key: str, row: Registration) -> HttpResponse | None:
    form = QuestionForm(request.POST)
    if form.is_valid():
        with refused_at(form):
            ask_question(row, **form.cleaned_data, now=timezone.now(), actor=account_of(request))
            messages.success(request, _("Question envoyée : l’équipe la publie, puis les inscrit·es votent."))
            return None
    return _page(request, key, row, question=form)


def _say(request: HttpRequest, key: str, row: Registration) -> HttpResponse | None:
    form = SatisfactionForm(request.POST)
    if form.is_valid():
        with refused_at(form):
            say_satisfaction(row, **form.cleaned_data, now=timezone.now())
            messages.success(request, _("Merci, c’est noté."))
            return None
    return _page(request, key, row, opinion=form)


_FORMS: dict[str, Callable[[HttpRequest, str, Registration], HttpResponse | None]] = {
    "ask": _ask,
    "satisfaction": _say,
}


@registration_page
def registration_certificate(request: HttpRequest, key: str, row: Registration) -> HttpResponse:
    """The certificate of who came."""
    if row.attendance != Attendance.PRESENT:
        raise Http404
    content = certificate_pdf(row, on=timezone.localdate())
    return file_shown(content, name=f"attestation-de-presence-{row.pk}.pdf")


@registration_page
def registration_file(request: HttpRequest, key: str, row: Registration) -> HttpResponse:
    """The event, to be added to one’s calendar."""
    return calendars.event_file(happening_of(row.event), name=row.event.slug)


@public
def door(request: HttpRequest, door_key: str) -> HttpResponse:
    """What the code at the door opens: one says that one is there, by account or by the address one
    registered with."""
    event = get_object_or_404(Event.objects.select_related("place", "kind"), door_key=door_key)
    user, now = account_of(request), timezone.now()
    own = own_at(event, user)
    form = None if own is not None else SignInForm(request.POST or None)
    status, done = 200, own is not None and own.attendance == Attendance.PRESENT
    if request.method == "POST":
        status = 422
        if signs_in_too_often(request):
            messages.error(request, flooded())
            status = 429
        elif own is not None:
            with refused_above(request):
                sign_in(own, now=now, actor=user)
                return redirect("coworking:event_door", door_key)
        elif form is not None and form.is_valid():
            with refused_at(form):
                sign_in(_found(event, form.cleaned_data["email"]), now=now, actor=user)
                done, status = True, 200
    context: dict[str, Any] = {
        "event": event,
        "own": own,
        "form": form,
        "done": done,
        "is_open": is_open_at_the_door(event, now),
    }
    return private(draw(request, "coworking/events/door.html", context, status=status))


def _found(event: Event, email: str) -> Registration:
    row = known_registration(event, email)
    if row is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("Cette adresse n’est pas inscrite : voyez avec la personne qui accueille."),
            field="email",
        )
    return row
