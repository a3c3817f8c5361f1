"""How a page of coaching finds what it is about: out of sight answers 404, a refused act 403."""

from __future__ import annotations

import functools
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cae.core.permissions import View, can, require
from entrepreneurs.models import Meeting, MeetingReport
from people.models import Person, User


def hidden(view: View) -> View:
    """Marks a page that does not exist for a stranger, instead of asking them to sign in. Stands above the
    mark of the right, which it keeps."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def me(request: HttpRequest) -> Person:
    """The person who acts; an account always has one here. Raises Http404 otherwise."""
    user = request.user
    if not isinstance(user, User) or user.person is None:
        raise Http404
    return user.person


def file_word(request: HttpRequest, person: Person) -> str:
    """What the reader calls the file of a person: « Mon accompagnement » when it is their own."""
    own = getattr(request.user, "person_id", None) == person.pk
    return _("Mon accompagnement") if own else person.full_name


def find_person(request: HttpRequest, pk: int, *, right: str | None = None) -> Person:
    """Gives a person whose file is in sight. Raises Http404 out of sight, Forbidden without the right."""
    person = get_object_or_404(Person.objects.select_related("territory"), pk=pk)
    if not can(request.user, "entrepreneurs.view_coaching", person):
        raise Http404
    if right:
        require(request.user, right, person)
    return person


def find_meeting(request: HttpRequest, pk: int, *, right: str | None = None) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("person", "advisor", "application")
    meeting = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, meeting)
    return meeting


def find_report(request: HttpRequest, pk: int, *, right: str | None = None) -> MeetingReport:
    rows = MeetingReport.objects.visible_to(request.user)
    rows = rows.select_related("person", "author", "meeting", "next_meeting", "pdf", "funded_by")
    report = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, report)
    return report


def find_row(request: HttpRequest, model: Any, pk: int, *, right: str | None = None) -> Any:
    """Gives a row of coaching in sight. Raises Http404 out of sight, Forbidden without the right."""
    row = get_object_or_404(model.objects.visible_to(request.user).select_related("person"), pk=pk)
    if right:
        require(request.user, right, row)
    return row
