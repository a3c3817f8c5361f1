"""The coaching file: the same page for the team and for the person, cut by rights (interface, screen 9)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import can, require, signed_in
from cae.core.templatetags.formats import day, moment
from entrepreneurs.forms.coaching import ReferentForm
from entrepreneurs.models import Contract, Interview, Referent
from entrepreneurs.selectors.coaching import CoachingHead, head_of, meetings_of, thread_of_file
from entrepreneurs.selectors.contracts import contracts_of
from entrepreneurs.selectors.referents import team_on
from entrepreneurs.services.referents import end_referent, name_referent
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.views.coaching_finding import file_word, find_person, me
from people.models import Person
from people.selectors.statuses import status_history

TABS = (
    ("coaching_file", gettext_lazy("Fil")),
    ("coaching_plan", gettext_lazy("Plan d’actions")),
    ("coaching_project", gettext_lazy("Projet")),
    ("coaching_figures", gettext_lazy("Chiffres")),
    ("coaching_path", gettext_lazy("Parcours")),
)


def file_page(
    request: HttpRequest, person: Person, tab: str, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Draws one tab of a file under its head."""
    user, today = request.user, timezone.localdate()
    own = getattr(user, "person_id", None) == person.pk
    is_thread, head = tab == "coaching_file", head_of(person, today)
    shown = {
        "head": head,
        # The thread opens with the whole head; the other tabs keep its facts in one line.
        "is_thread": is_thread,
        "lead": "" if is_thread else _facts_of(head),
        "person": person,
        "own": own,
        "today": today,
        "title": file_word(request, person),
        "tabs": [
            (str(label), reverse(f"entrepreneurs:{name}", args=[person.pk]), name == tab)
            for name, label in TABS
        ],
        "may_coach": can(user, "entrepreneurs.coach", person),
        "may_book": can(user, "entrepreneurs.book_meeting", person),
        "may_name": can(user, "entrepreneurs.name_referent", person),
        "may_list": can(user, "entrepreneurs.follow_people"),
    }
    return render(request, template, shown | context, status=status)


def _facts_of(head: CoachingHead) -> str:
    facts = [str(status.get_kind_display()) for status in head.statuses]
    if head.contract is not None:
        facts.append(str(head.contract.get_kind_display()))
    if head.last_contact is not None:
        facts.append(_("dernier contact le %(day)s") % {"day": day(head.last_contact)})
    if head.next_meeting is not None:
        facts.append(_("prochain rendez-vous le %(at)s") % {"at": moment(head.next_meeting.starts_at)})
    return " · ".join(facts)


@signed_in
def own_coaching(request: HttpRequest) -> HttpResponse:
    """« Mon accompagnement »: one’s own file."""
    return redirect("entrepreneurs:coaching_file", me(request).pk)


@signed_in
def coaching_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said and decided, the latest first; what comes."""
    person = find_person(request, pk)
    now = timezone.now()
    rows = meetings_of(person).filter(state=MeetingState.BOOKED)
    return file_page(
        request,
        person,
        "coaching_file",
        "entrepreneurs/coaching/file.html",
        events=thread_of_file(person, request.user),
        coming=rows.filter(starts_at__gte=now).order_by("starts_at"),
        to_close=rows.filter(starts_at__lt=now),
    )


@signed_in
def coaching_path(request: HttpRequest, pk: int) -> HttpResponse:
    """Statuses, contracts and the interviews that they owe; a contract in sight opens."""
    person = find_person(request, pk)
    today = timezone.localdate()
    interviews = Interview.objects.filter(person=person).select_related("advisor").order_by("due_on")
    seen = set(Contract.objects.visible_to(request.user).filter(person=person).values_list("pk", flat=True))
    return file_page(
        request,
        person,
        "coaching_path",
        "entrepreneurs/coaching/path.html",
        statuses=status_history(person),
        contracts=[(one, one.pk in seen) for one in contracts_of(person)],
        interviews=[(one, one.status_on(today)) for one in interviews],
    )


@signed_in
def referent_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Names a contact of the person."""
    person = find_person(request, pk, right="entrepreneurs.name_referent")
    today = timezone.localdate()
    form = ReferentForm(request.POST or None, team=team_on(today), initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            name_referent(person, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Le contact est désigné : chacun est prévenu."))
            return redirect("entrepreneurs:coaching_file", person.pk)
    page = reverse("entrepreneurs:coaching_file", args=[person.pk])
    return form_page(
        request,
        form,
        title=_("Désigner un contact"),
        lead=_("Un seul contact par fonction : le précédent s’arrête la veille."),
        submit=_("Désigner"),
        back_url=page,
        crumbs=[(person.full_name, page), (_("Désigner un contact"), "")],
    )


@signed_in
def referent_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a contact today."""
    referent = get_object_or_404(Referent.objects.select_related("person", "advisor"), pk=pk)
    person = find_person(request, referent.person_id)
    require(request.user, "entrepreneurs.name_referent", person)
    if request.method == "POST":
        with refused_above(request):
            end_referent(referent, last_day=timezone.localdate(), actor=request.user)
            messages.success(request, _("Ce contact s’arrête ce soir."))
        return redirect("entrepreneurs:coaching_file", person.pk)
    return render(
        request,
        "entrepreneurs/coaching/referent_end.html",
        {"referent": referent, "person": person},
    )
