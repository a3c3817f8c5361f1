"""The figures of an activity, and a test phase against its goals (ENT-32)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Refused
from cae.core.forms import refuse
from cae.core.periods import Month
from cae.core.permissions import can, require, signed_in
from entrepreneurs.forms.follow_ups import AimForm, CountForm, NoteForm
from entrepreneurs.selectors.follow_ups import follow_up, interview_figures, measures_to_type, sales_bars
from entrepreneurs.services import follow_ups
from entrepreneurs.states.follow_ups import Rhythm
from entrepreneurs.views.coaching import file_page
from entrepreneurs.views.coaching_finding import find_person, me


@signed_in
def coaching_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures of the activity; test phase against its goals, with the advisor’s word on each period."""
    person = find_person(request, pk)
    today = timezone.localdate()
    rhythm = request.GET.get("par", Rhythm.MONTH)
    rhythm = rhythm if rhythm in Rhythm.values else Rhythm.MONTH
    asked = request.POST.get("form", "")
    blank = {"month": today.replace(day=1)}
    shown: dict[str, forms.Form] = {
        name: kind(request.POST if asked == name else None, prefix=name, initial=blank)
        for name, kind in (("count", CountForm), ("aim", AimForm), ("note", NoteForm))
    }
    shown["count"].offer(measures_to_type(person, today))  # type: ignore[attr-defined]
    form = shown.get(asked)
    if request.method == "POST" and form is not None:
        require(
            request.user,
            "entrepreneurs.count_figures" if asked == "count" else "entrepreneurs.coach",
            person,
        )
        if form.is_valid() and _kept(request, form, asked, person, rhythm):
            return redirect(f"{reverse('entrepreneurs:coaching_figures', args=[pk])}?par={rhythm}")
    return file_page(
        request,
        person,
        "coaching_figures",
        "entrepreneurs/coaching/figures.html",
        status=422 if form is not None and form.errors else 200,
        figures=interview_figures(person, today),
        bars=sales_bars(person, today),
        periods=follow_up(person, rhythm, today),
        rhythm=rhythm,
        rhythms=Rhythm.choices,
        may_count=can(request.user, "entrepreneurs.count_figures", person),
        forms=shown,
    )


def _kept(request: HttpRequest, form: forms.Form, asked: str, person: Any, rhythm: str) -> bool:
    found = dict(form.cleaned_data)
    month, actor = Month.of(found.pop("month")), request.user
    try:
        if asked == "count":
            follow_ups.count_figure(person, month=month, actor=actor, on=timezone.localdate(), **found)
        elif asked == "aim":
            follow_ups.set_follow_goal(person, rhythm=rhythm, month=month, actor=actor, **found)
        else:
            follow_ups.note_period(
                person, rhythm=rhythm, month=month, author=me(request), actor=actor, **found
            )
    except Refused as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, _("C’est noté."))
    return True
