"""Slots and meetings: choosing a time, moving it, saying what became of it (ENT-52)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.calendars import event_file
from cae.core.errors import Code, Refused
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import can, signed_in
from cae.core.settings import value_of
from cae.core.templatetags.formats import moment
from entrepreneurs.emails import where_words
from entrepreneurs.forms.coaching import MeetingForm, ReasonForm, SlotForm
from entrepreneurs.models import Meeting
from entrepreneurs.selectors.coaching_gathered import happening_of
from entrepreneurs.selectors.referents import coaches_of
from entrepreneurs.selectors.slots import HORIZON_DAYS, Slot, free_slots
from entrepreneurs.services import meetings
from entrepreneurs.states.meetings import MEETING_FLOW, MeetingMode, MeetingPurpose, MeetingState
from entrepreneurs.views.coaching_finding import find_meeting, find_person, me
from people.models import Person


def _by_day(slots: Sequence[Slot], advisors: Sequence[Person]) -> list[Any]:
    """Slots day by day, then by who receives and where: said once for all of them."""
    names = {one.pk: one.full_name for one in advisors}
    return [
        (
            day,
            [
                (names.get(advisor, ""), place, list(rows))
                for (advisor, place), rows in groupby(by_day, key=lambda row: (row.advisor_id, row.place))
            ],
        )
        for day, by_day in groupby(slots, key=lambda slot: slot.day)
    ]


def _offered(
    advisors: Sequence[Person], purpose: str, wanted: str = "", moved: Meeting | None = None
) -> dict[str, Any]:
    """The free slots in the way wanted to meet, else in the first offered; the ways to choose from."""
    today = timezone.localdate()
    until = today + timedelta(days=value_of(HORIZON_DAYS, on=today))
    slots = free_slots(advisors, since=today, until=until, purpose=purpose, moved=moved)
    modes = [mode for mode in MeetingMode.choices if any(mode[0] in slot.modes for slot in slots)]
    offered = [mode for mode, _word in modes]
    mode = wanted if wanted in offered else next(iter(offered), "")
    return {
        "mode": mode,
        "modes": modes,
        "days": _by_day([slot for slot in slots if mode in slot.modes], advisors),
    }


@signed_in
def meeting_book(request: HttpRequest, pk: int) -> HttpResponse:
    """The free slots of whoever coaches the person; one click books."""
    person = find_person(request, pk, right="entrepreneurs.book_meeting")
    purpose = request.POST.get("purpose") or request.GET.get("motif") or MeetingPurpose.FOLLOW_UP
    if purpose not in MeetingPurpose.values:
        purpose = MeetingPurpose.FOLLOW_UP
    problem = ""
    if request.method == "POST":
        form = SlotForm(request.POST)
        if form.is_valid():
            found = form.cleaned_data
            slot = Slot(found["starts_at"], found["starts_at"], found["advisor"])
            try:
                meeting = _book(request, person, slot, purpose, found)
            except Refused as refusal:
                problem = str(refusal)
            else:
                messages.success(request, _("C’est noté : un e-mail part avec le fichier d’agenda."))
                return redirect(meeting)
        else:
            problem = _("Ce créneau n’existe pas.")
    advisors = coaches_of(person, timezone.localdate())
    context = {
        "person": person,
        "problem": problem,
        "purpose": purpose,
        "purposes": MeetingPurpose.choices,
        "advisors": advisors,
        **_offered(advisors, purpose, request.POST.get("mode") or request.GET.get("maniere", "")),
        "may_arrange": can(request.user, "entrepreneurs.coach", person),
    }
    return render(request, "entrepreneurs/coaching/slots.html", context, status=422 if problem else 200)


def _book(request: HttpRequest, person: Person, slot: Slot, purpose: str, found: Any) -> Meeting:
    """Only the slots of those who coach the person are offered here."""
    coaches = {one.pk for one in coaches_of(person, timezone.localdate())}
    if slot.advisor_id not in coaches:
        raise Refused(Code.SLOT_TAKEN, _("Ce créneau n’existe pas."))
    return meetings.book_meeting(
        person=person,
        slot=slot,
        purpose=purpose,
        mode=found["mode"],
        note=found["note"],
        actor=request.user,
    )


@signed_in
def meeting_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """A time agreed with the person, outside the slots too."""
    person = find_person(request, pk, right="entrepreneurs.coach")
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            meeting = meetings.arrange_meeting(
                person, advisor=me(request), actor=request.user, **form.cleaned_data
            )
            messages.success(request, _("C’est noté : un e-mail part avec le fichier d’agenda."))
            return redirect(meeting)
    page = reverse("entrepreneurs:coaching_file", args=[person.pk])
    return form_page(
        request,
        form,
        title=_("Fixer un rendez-vous"),
        lead=_("À une heure convenue avec la personne, hors de vos créneaux aussi."),
        submit=_("Fixer le rendez-vous"),
        back_url=page,
        crumbs=[(person.full_name, page), (_("Fixer un rendez-vous"), "")],
    )


@signed_in
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = find_meeting(request, pk)
    names = {move.name for move in MEETING_FLOW.moves_open_to(request.user, meeting)}
    report = getattr(meeting, "report", None)
    own = meeting.person_id is not None and meeting.person_id == getattr(request.user, "person_id", None)
    at = moment(meeting.starts_at)
    context = {
        "meeting": meeting,
        "lead": at if own else f"{meeting.who} · {at}",
        "where": where_words(meeting),
        "is_past": meeting.starts_at <= timezone.now(),
        "may_cancel": "cancel" in names,
        "may_move": meeting.state == MeetingState.BOOKED
        and can(request.user, "entrepreneurs.change_meeting", meeting),
        "may_hold": "hold" in names,
        "may_miss": "miss" in names,
        "may_report": report is None
        and meeting.person_id
        and can(request.user, "entrepreneurs.coach", meeting),
        "report": report if report and can(request.user, "entrepreneurs.view_report", report) else None,
    }
    return render(request, "entrepreneurs/coaching/meeting.html", context)


@signed_in
def meeting_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The free slots of the same advisor."""
    meeting = find_meeting(request, pk, right="entrepreneurs.change_meeting")
    problem = ""
    if request.method == "POST":
        form = SlotForm(request.POST)
        problem = _("Ce créneau n’existe pas.")
        if form.is_valid():
            at = form.cleaned_data["starts_at"]
            try:
                meetings.move_meeting(meeting, slot=Slot(at, at, meeting.advisor_id), actor=request.user)
            except Refused as refusal:
                problem = str(refusal)
            else:
                messages.success(request, _("Le rendez-vous est déplacé : les deux côtés sont prévenus."))
                return redirect(meeting)
    context = {
        "meeting": meeting,
        "person": meeting.person,
        "problem": problem,
        "purpose": meeting.purpose,
        "advisors": [meeting.advisor],
        **_offered([meeting.advisor], meeting.purpose, meeting.mode, moved=meeting),
    }
    return render(request, "entrepreneurs/coaching/slots.html", context, status=422 if problem else 200)


@signed_in
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = find_meeting(request, pk, right="entrepreneurs.change_meeting")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            meetings.cancel_meeting(meeting, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Le rendez-vous est annulé : les deux côtés sont prévenus."))
            return redirect(meeting)
    return form_page(
        request,
        form,
        title=_("Annuler le rendez-vous"),
        lead=str(meeting),
        submit=_("Annuler le rendez-vous"),
        tone="danger",
        back_url=meeting.get_absolute_url(),
        crumbs=[(str(meeting), meeting.get_absolute_url()), (_("Annuler"), "")],
    )


@require_POST
@signed_in
def meeting_close(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Held, or nobody came."""
    meeting = find_meeting(request, pk, right="entrepreneurs.run_meeting")
    service = meetings.hold_meeting if act == "tenu" else meetings.miss_meeting
    with refused_above(request):
        service(meeting, actor=request.user, now=timezone.now())
        messages.success(request, _("C’est noté."))
    return redirect(meeting)


@signed_in
def meeting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for one’s calendar."""
    meeting = find_meeting(request, pk)
    name = f"rendez-vous-{meeting.pk}"
    return event_file(happening_of(meeting, where_words(meeting)), name=name)
