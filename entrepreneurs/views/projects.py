"""The project sheet: its versions, one more, one on paper (ENT-56)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.answers import file_shown
from cae.core.forms import form_page, refused_at
from cae.core.kept_typing import keeps_typing, typed_in
from cae.core.keys import key_in
from cae.core.permissions import can, signed_in
from entrepreneurs.documents.coaching import project_pdf
from entrepreneurs.forms.projects import ProjectForm
from entrepreneurs.models import ProjectVersion
from entrepreneurs.models.projects import SECTIONS
from entrepreneurs.services.projects import save_project
from entrepreneurs.views.coaching import file_page
from entrepreneurs.views.coaching_finding import file_word, find_person


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
        crumbs=[(file_word(request, person), page), (_("Fiche projet"), "")],
    )


@signed_in
def project_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version on paper."""
    person = find_person(request, pk)
    version = get_object_or_404(ProjectVersion, person=person, number=number)
    return file_shown(project_pdf(version), name=f"fiche-projet-{number}.pdf")
