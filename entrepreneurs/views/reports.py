"""Reports of meetings: written and shared in under a minute; the private part at an address of its own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Refused
from cae.core.forms import form_page, refuse, refused_at
from cae.core.kept_typing import keeps_typing, typed_in
from cae.core.keys import key_in
from cae.core.notices import read_about
from cae.core.options import lists_on
from cae.core.permissions import can, require, requires, signed_in
from entrepreneurs.forms.coaching import ReportForm, TextForm
from entrepreneurs.models import Meeting, MeetingReport
from entrepreneurs.selectors.portfolio import followed_by
from entrepreneurs.selectors.reports import note_seen
from entrepreneurs.selectors.support import actions_on
from entrepreneurs.services import reports
from entrepreneurs.states.meetings import MeetingMode
from entrepreneurs.states.reports import THEMES
from entrepreneurs.views.coaching_finding import find_meeting, find_person, find_report, hidden, me
from people.models import Person

USUAL_MINUTES = 60


@requires("entrepreneurs.write_report")
def report_of(request: HttpRequest) -> HttpResponse:
    """« Compte rendu » from anywhere: of which of the people one follows?"""
    people = followed_by(request.user, timezone.localdate())
    return render(request, "entrepreneurs/coaching/report_of.html", {"people": people})


@keeps_typing
@signed_in
def report_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a meeting (`?rdv=`), or of one that was not booked."""
    person = find_person(request, pk, right="entrepreneurs.coach")
    meeting = _meeting(request, person)
    started = timezone.localtime(meeting.starts_at).date() if meeting else timezone.localdate()
    initial = {
        "met_on": started,
        "mode": meeting.mode if meeting else MeetingMode.PLACE,
        "minutes": meeting.minutes if meeting else USUAL_MINUTES,
        "form_key": uuid4(),
    }
    form = ReportForm(typed_in(request), initial=initial, funded=actions_on(started))
    if request.method == "POST" and form.is_valid():
        done = _written(request, form, person=person, meeting=meeting)
        if done is not None:
            return done
    return _page(request, form, person, title=_("Compte rendu"))


@keeps_typing
@signed_in
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft, taken up again by its author."""
    report = find_report(request, pk, right="entrepreneurs.write_report")
    note = note_seen(report, request.user)
    names = ("said", "themes", "decisions", "met_on", "mode", "minutes", "funded_by", "form_key")
    initial = {name: getattr(report, name) for name in names} | {"private": note.text if note else ""}
    form = ReportForm(typed_in(request), initial=initial, funded=actions_on(report.met_on))
    if request.method == "POST" and form.is_valid():
        done = _written(request, form, report=report)
        if done is not None:
            return done
    return _page(request, form, report.person, title=_("Modifier le brouillon"), report=report)


def _meeting(request: HttpRequest, person: Person) -> Meeting | None:
    key = key_in(request.GET.get("rdv", ""))
    meeting = find_meeting(request, key) if key else None
    if meeting is not None and meeting.person_id != person.pk:
        raise Http404
    return meeting


def _written(
    request: HttpRequest,
    form: ReportForm,
    *,
    person: Person | None = None,
    meeting: Meeting | None = None,
    report: MeetingReport | None = None,
) -> HttpResponse | None:
    """Writes the draft and, unless asked otherwise, shares it: both or neither."""
    today, found, later = timezone.localdate(), form.cleaned_data, "plus-tard" in request.POST
    try:
        with transaction.atomic():
            if report is not None:
                row = reports.rewrite_report(report, content=form.content(), actor=request.user, on=today)
            elif person is not None:
                row = reports.write_report(
                    person,
                    content=form.content(),
                    author=me(request),
                    form_key=found["form_key"],
                    meeting=meeting,
                    actor=request.user,
                    on=today,
                )
            if not later and not row.is_shared:
                row = reports.share_report(
                    row, actor=request.user, now=timezone.now(), next_at=found["next_at"]
                )
    except Refused as refusal:
        refuse(form, refusal)
        return None
    messages.success(
        request, _("Brouillon gardé.") if later else _("Compte rendu partagé : la personne est prévenue.")
    )
    return redirect(row)


def _page(
    request: HttpRequest, form: ReportForm, person: Person, *, title: str, **context: Any
) -> HttpResponse:
    page = reverse("entrepreneurs:coaching_file", args=[person.pk])
    return form_page(
        request,
        form,
        title=title,
        lead=person.full_name,
        submit=_("Partager"),
        back_url=page,
        crumbs=[(person.full_name, page), (title, "")],
        template="entrepreneurs/coaching/report_form.html",
        person=person,
        **context,
    )


@signed_in
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The shared part, its addenda and answers; never a word of the private part."""
    report = find_report(request, pk)
    read_about(request.user, report, at=timezone.now())
    themes = lists_on([THEMES], on=report.met_on)[THEMES]
    note = note_seen(report, request.user)
    own = report.person_id == getattr(request.user, "person_id", None)
    context = {
        "report": report,
        "lead": "" if own else report.person.full_name,
        "themes": [themes.label_of(code) for code in report.themes],
        "actions": report.actions.select_related("owner"),
        "addenda": report.addenda.select_related("author"),
        "has_note": note is not None,
        "may_write": can(request.user, "entrepreneurs.write_report", report),
        "own": own,
    }
    return render(request, "entrepreneurs/coaching/report.html", context)


@keeps_typing
@hidden
@signed_in
def report_note(request: HttpRequest, pk: int) -> HttpResponse:
    """The private part: to its author and to the person’s coach; to anybody else it does not exist."""
    report = find_report(request, pk)
    note = note_seen(report, request.user)
    is_author = can(request.user, "entrepreneurs.write_report", report) and can(
        request.user, "entrepreneurs.coach", report
    )
    if note is None and not is_author:
        raise Http404
    form = TextForm(
        typed_in(request),
        label=_("Partie privée"),
        required=False,
        initial={"text": note.text if note else ""},
    )
    if request.method == "POST" and form.is_valid():
        require(request.user, "entrepreneurs.write_report", report)
        with refused_at(form):
            reports.write_private_note(
                report, text=form.cleaned_data["text"], author=me(request), actor=request.user
            )
            messages.success(request, _("La note privée est gardée."))
            return redirect(report)
    return form_page(
        request,
        form,
        title=_("Note privée"),
        lead=_("Ni la personne ni les autres fonctions ne la lisent."),
        submit=_("Enregistrer"),
        back_url=report.get_absolute_url(),
        crumbs=[(str(report), report.get_absolute_url()), (_("Note privée"), "")],
    )


@keeps_typing
@signed_in
def report_add(request: HttpRequest, pk: int) -> HttpResponse:
    """What corrects a shared report."""
    report = find_report(request, pk, right="entrepreneurs.write_report")
    form = TextForm(typed_in(request), label=_("Complément"))
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            reports.add_to_report(
                report, text=form.cleaned_data["text"], author=me(request), actor=request.user
            )
            messages.success(request, _("Le complément est ajouté : la personne est prévenue."))
            return redirect(report)
    return form_page(
        request,
        form,
        title=_("Compléter le compte rendu"),
        lead=_("Ce qui est partagé ne change plus : un complément daté le corrige."),
        submit=_("Ajouter le complément"),
        back_url=report.get_absolute_url(),
        crumbs=[(str(report), report.get_absolute_url()), (_("Complément"), "")],
    )


@signed_in
def report_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives up a draft, after a word of confirmation."""
    report = find_report(request, pk, right="entrepreneurs.write_report")
    if request.method == "POST":
        person = report.person_id
        try:
            reports.discard_report(report, actor=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(report)
        messages.success(request, _("Le brouillon est abandonné."))
        return redirect("entrepreneurs:coaching_file", person)
    return render(request, "entrepreneurs/coaching/report_discard.html", {"report": report})
