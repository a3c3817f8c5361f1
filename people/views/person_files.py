"""The file of a person: civil status, situation at entry and today, skills with their proofs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import can, require, requires
from people.forms.person_files import CivilForm, JobFormSet, SituationForm, SkillForm, jobs_typed
from people.models import CivilRecord, Person, Skill, SocialSituation
from people.requests import SignedIn
from people.selectors.person_files import civil_record_of, compared, situations_of, skill_levels, skills_of
from people.selectors.persons import persons_visible_to
from people.services.civil import save_civil_record
from people.services.situations import save_situation
from people.services.skills import check_skill, remove_skill, save_skill
from people.states.situations import Moment
from people.views.persons import crumbs_of, visible_person


@requires("people.view_civil_record")
def civil_edit(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    require(request.user, "people.view_civil_record", person)
    own = person.pk == request.user.person_id and not can(request.user, "people.record_status")
    record = civil_record_of(person) or CivilRecord(person=person)
    form = CivilForm(request.POST or None, instance=record, own=own)
    if form.is_valid():
        with refused_at(form):
            save_civil_record(
                person,
                data=form.data_typed(),
                actor=request.user,
                on=timezone.localdate(),
                version=form.cleaned_data["version"],
            )
            messages.success(request, _("État civil enregistré."))
            return redirect(person)
    lead = _("Le numéro de sécurité sociale et le titre de séjour sont dans la fiche protégée.")
    return _form_page(request, form, person, title=_("État civil"), lead=lead)


@requires("people.view_situation")
def situation(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    require(request.user, "people.view_situation", person)
    held = situations_of(person)
    context = {
        "person": person,
        "entry": held.get(Moment.ENTRY),
        "latest": held.get(Moment.TODAY),
        "lines": compared(held),
        "may_change": can(request.user, "people.change_situation", person),
    }
    return render(request, "people/situation.html", context)


@requires("people.change_situation")
def situation_entry(request: SignedIn, pk: int) -> HttpResponse:
    return _situation_form(request, pk, Moment.ENTRY, _("Situation à l’entrée"))


@requires("people.change_situation")
def situation_today(request: SignedIn, pk: int) -> HttpResponse:
    return _situation_form(request, pk, Moment.TODAY, _("Situation aujourd’hui"))


def _situation_form(request: SignedIn, pk: int, moment: Moment, title: str) -> HttpResponse:
    person = visible_person(request, pk)
    require(request.user, "people.change_situation", person)
    held = situations_of(person)
    row = held.get(moment) or SocialSituation(person=person, moment=moment)
    form = SituationForm(request.POST or None, instance=row)
    jobs = JobFormSet(request.POST or None, prefix="jobs", initial=_jobs_of(row))
    if request.method == "POST" and form.is_valid() and jobs.is_valid():
        with refused_at(form):
            save_situation(
                person,
                moment=moment,
                data=form.data_typed(),
                jobs=jobs_typed(jobs),
                actor=request.user,
                on=timezone.localdate(),
                version=form.cleaned_data["version"],
            )
            messages.success(request, _("Situation enregistrée."))
            return redirect("people:situation", person.pk)
    return _form_page(
        request,
        form,
        person,
        title=title,
        lead=_("AAH, RSA, fin de droits et revenus se notent dans la fiche protégée."),
        back_url=reverse("people:situation", args=[person.pk]),
        template="people/situation_form.html",
        jobs=jobs,
        has_faults=jobs.is_bound and not jobs.is_valid(),
    )


def _jobs_of(row: SocialSituation) -> list[dict[str, Any]]:
    names = ("kind", "employer", "weekly_hours", "gross_monthly")
    return [{name: getattr(job, name) for name in names} for job in row.jobs.all()] if row.pk else []


@requires("people.view_skills")
def skill_list(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    require(request.user, "people.view_skills", person)
    today = timezone.localdate()
    levels = skill_levels(today)
    context = {
        "person": person,
        "skills": [
            (
                skill,
                levels.label_of(skill.level) if skill.level else "",
                can(request.user, "people.check_skill", skill),
            )
            for skill in skills_of(person)
        ],
        "today": today,
    }
    return render(request, "people/skills.html", context)


@requires("people.change_skill")
def skill_add(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    require(request.user, "people.change_skill", person)
    return _skill_form(request, person, None, _("Ajouter une compétence"))


@requires("people.change_skill")
def skill_edit(request: SignedIn, pk: int) -> HttpResponse:
    skill = _skill(request, pk)
    return _skill_form(request, skill.person, skill, _("Modifier la compétence"))


def _skill_form(request: SignedIn, person: Person, skill: Skill | None, title: str) -> HttpResponse:
    form = SkillForm(request.POST or None, request.FILES or None, instance=skill)
    if form.is_valid():
        with refused_at(form):
            save_skill(
                skill,
                person=person,
                data=form.data_typed(),
                proof=form.proof_typed(),
                actor=request.user,
                on=timezone.localdate(),
            )
            messages.success(request, _("Compétence enregistrée."))
            return redirect("people:skill_list", person.pk)
    return _form_page(
        request, form, person, title=title, lead="", back_url=reverse("people:skill_list", args=[person.pk])
    )


@require_POST
@requires("people.check_skill")
def skill_check(request: SignedIn, pk: int) -> HttpResponse:
    skill = _skill(request, pk)
    require(request.user, "people.check_skill", skill)
    with refused_above(request):
        check_skill(skill, actor=request.user, now=timezone.now())
        messages.success(request, _("Justificatif vérifié."))
    return redirect(skill)


@requires("people.change_skill")
@require_POST
def skill_remove(request: SignedIn, pk: int) -> HttpResponse:
    skill = _skill(request, pk)
    with refused_above(request):
        remove_skill(skill, actor=request.user, now=timezone.now())
        messages.success(request, _("« %(name)s » retiré.") % {"name": skill.name})
    return redirect(skill)


def _skill(request: SignedIn, pk: int) -> Skill:
    """The skill of somebody whose skills the user may change; otherwise 404 or 403."""
    rows = Skill.objects.filter(person__in=persons_visible_to(request.user)).select_related("person")
    skill = get_object_or_404(rows, pk=pk)
    require(request.user, "people.change_skill", skill.person)
    return skill


def _form_page(
    request: SignedIn, form: Any, person: Person, *, title: str, lead: str, back_url: str = "", **more: Any
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lead=lead or person.full_name,
        submit=_("Enregistrer"),
        back_url=back_url or person.get_absolute_url(),
        crumbs=crumbs_of(request, person, (title, "")),
        **more,
    )
