"""The project sheet and the figures of a test phase (ENT-56, ENT-32)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Refused
from cae.core.forms import AmountField, DayField, form_page, refuse, refused_at
from cae.core.kept_typing import keeps_typing, typed_in
from cae.core.keys import key_in
from cae.core.periods import Month
from cae.core.permissions import can, require, signed_in
from entrepreneurs.documents.coaching import project_pdf
from entrepreneurs.models import ProjectVersion
from entrepreneurs.models.projects import SECTIONS
from entrepreneurs.selectors.follow_ups import (
    follow_up,
    interview_figures,
    measures_to_type,
    sales_bars,
)
from entrepreneurs.services import follow_ups
from entrepreneurs.services.projects import save_project
from entrepreneurs.states.follow_ups import Measure, Rhythm
from entrepreneurs.states.reports import MAX_SAID
from entrepreneurs.views.coaching import file_page
from entrepreneurs.views.coaching_finding import find_person, me


class ProjectForm(forms.Form):
    """The sections of the sheet, and what changes."""

    label = forms.CharField(label=gettext_lazy("Ce qui change"), max_length=160, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SECTIONS:
            words = ProjectVersion._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = forms.CharField(
                label=str(words).capitalize(),
                required=False,
                max_length=MAX_SAID,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    field_order = (*SECTIONS, "label")


@signed_in
def coaching_project(request: HttpRequest, pk: int) -> HttpResponse:
    """The last version, or two side by side (`?version=3&avec=1`)."""
    person = find_person(request, pk)
    versions = list(ProjectVersion.objects.filter(person=person).select_related("author__person"))
    by_number = {one.number: one for one in versions}
    shown = by_number.get(key_in(request.GET.get("version", "")) or 0, versions[0] if versions else None)
    other = by_number.get(key_in(request.GET.get("avec", "")) or 0)
    pairs = []
    if shown is not None:
        before = {name: text for name, _words, text in other.sections} if other else {}
        pairs = [
            (words, text, before.get(name, ""), bool(other) and before.get(name, "") != text)
            for name, words, text in shown.sections
        ]
    return file_page(
        request,
        person,
        "coaching_project",
        "entrepreneurs/coaching/project.html",
        versions=versions,
        shown=shown,
        other=other,
        pairs=pairs,
        may_write=can(request.user, "entrepreneurs.write_project", person),
    )


@keeps_typing
@signed_in
def project_write(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, from the last one."""
    person = find_person(request, pk, right="entrepreneurs.write_project")
    last = ProjectVersion.objects.filter(person=person).first()
    initial = {name: getattr(last, name) for name in SECTIONS} if last else {}
    form = ProjectForm(typed_in(request), initial=initial | {"base": last.number if last else 0})
    if request.method == "POST" and form.is_valid():
        found = dict(form.cleaned_data)
        label, base = found.pop("label"), found.pop("base")
        with refused_at(form):
            save_project(person, texts=found, label=label, base=base, actor=request.user)
            messages.success(request, _("Nouvelle version de la fiche projet gardée."))
            return redirect("entrepreneurs:coaching_project", person.pk)
    page = reverse("entrepreneurs:coaching_project", args=[person.pk])
    return form_page(
        request,
        form,
        title=_("Écrire la fiche projet"),
        lead=_("Les versions d’avant restent lisibles et se comparent."),
        submit=_("Garder cette version"),
        back_url=page,
        crumbs=[(person.full_name, page), (_("Fiche projet"), "")],
    )


@signed_in
def project_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version on paper."""
    person = find_person(request, pk)
    version = get_object_or_404(ProjectVersion, person=person, number=number)
    response = HttpResponse(project_pdf(version), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="fiche-projet-{number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


class CountForm(forms.Form):
    """What the person counted."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Mesure"),
        help_text=gettext_lazy("Ventes, marge et trésorerie viennent des livres."),
    )
    month = DayField(label=gettext_lazy("Mois (un de ses jours)"))
    amount = AmountField(label=gettext_lazy("Compté"))

    def offer(self, measures: tuple[str, ...]) -> None:
        """What the books do not know of this person."""
        choices = [(one, Measure(one).label) for one in measures]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]
        if Measure.MARGIN in measures:
            self.fields["measure"].help_text = ""


class AimForm(forms.Form):
    measure = forms.ChoiceField(label=gettext_lazy("Mesure"), choices=Measure.choices)
    month = DayField(label=gettext_lazy("Début de la période"))
    amount = AmountField(label=gettext_lazy("Objectif"))


class NoteForm(forms.Form):
    month = DayField(label=gettext_lazy("Début de la période"))
    text = forms.CharField(label=gettext_lazy("Avis"), widget=forms.Textarea(attrs={"rows": 3}))


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
