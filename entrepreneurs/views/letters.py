"""The texts of contracts and letters, their fields at hand, and the letters made of them (ENT-22)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Refused
from cae.core.forms import form_page, refused_at
from cae.core.letters import GROUPS, LetterSubject, check_letter, draft_letter, example_letter
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page
from entrepreneurs.documents.letters import drawn
from entrepreneurs.forms.letters import LetterTextForm, MakeLettersForm, PreviewForm
from entrepreneurs.models import Letter
from entrepreneurs.models.contracts import CONTRACT_READERS
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.selectors.addressees import addressees, groups_of
from entrepreneurs.selectors.templates import letters_listed, text_in_force, texts_in_force, texts_of
from entrepreneurs.services import letters as making
from entrepreneurs.services.templates import new_letter_text, save_letter_text
from entrepreneurs.views.bars import LETTERS
from people.models import in_use

PREVIEW = "preview"


class LetterTable(Table):
    person = tables.Column(order_by="person__sort_name")
    label = tables.Column(linkify=("core:document", [tables.A("document_id")]))
    made_on = DateColumn()
    made_by = tables.Column(orderable=False)

    class Meta(Table.Meta):
        model = Letter
        fields = ("label", "person", "made_on", "made_by")


class LetterFilters(Filters):
    search = ("person__first_name", "person__last_name", "label")
    made_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("Fait le"))

    class Meta:
        model = Letter
        fields = ("made_on",)


@requires("entrepreneurs.make_letters")
def letter_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=letters_listed(request.user),
        table=LetterTable,
        filters=LetterFilters,
        page="entrepreneurs.letters",
        title=_("Courriers"),
        empty=EmptyState(
            _("Aucun courrier."), _("Un modèle, une personne ou deux cents : les PDF sont classés ici.")
        ),
        main_action=Action(
            _("Faire des courriers"),
            reverse("entrepreneurs:letter_make"),
            right="entrepreneurs.make_letters",
            icon="envelope",
            tone="primary",
        ),
        tabs=tabs_open_to(request.user, LETTERS, "entrepreneurs:letter_list"),
    )


@requires("entrepreneurs.make_letters")
def letter_make(request: HttpRequest) -> HttpResponse:
    """One text, many people: a work that a page follows."""
    persons = in_use(coached_persons(request.user, kinds=CONTRACT_READERS)).order_by("sort_name", "pk")
    today = timezone.localdate()
    texts, groups = texts_in_force(today, of_contract=False), groups_of(persons, today)
    form = MakeLettersForm(request.POST or None, persons=persons, groups=groups, texts=texts)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        people = addressees(persons, typed["statuses"], typed["people"], today)
        with refused_at(form):
            job = making.make_letters(people, code=typed["code"], actor=request.user, at=timezone.now())
            return redirect("core:job_detail", job.pk)
    listed = reverse("entrepreneurs:letter_list")
    return form_page(
        request,
        form,
        title=_("Faire des courriers"),
        lead=_("Chaque PDF est classé au dossier de sa personne ; ce qui manque est dit, nom par nom."),
        submit=_("Faire les courriers"),
        back_url=listed,
        crumbs=[(_("Courriers"), listed), (_("Faire des courriers"), "")],
    )


@requires("entrepreneurs.write_letter_texts")
def letter_text_list(request: HttpRequest) -> HttpResponse:
    context = {
        "texts": texts_in_force(timezone.localdate()),
        "tabs": tabs_open_to(request.user, LETTERS, "entrepreneurs:letter_text_list"),
    }
    return render(request, "entrepreneurs/contract/texts.html", context)


@requires("entrepreneurs.write_letter_texts")
def letter_text_new(request: HttpRequest) -> HttpResponse:
    form = LetterTextForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and request.POST.get("do") != PREVIEW:
        with refused_at(form):
            new_letter_text(**form.cleaned_data, actor=request.user, on=timezone.localdate())
            messages.success(request, _("Modèle enregistré."))
            return redirect("entrepreneurs:letter_text_list")
    return _editor(request, form, title=_("Nouveau modèle"))


@requires("entrepreneurs.write_letter_texts")
def letter_text_edit(request: HttpRequest, code: str) -> HttpResponse:
    """A text, its fields at hand, its versions."""
    try:
        text = text_in_force(code, timezone.localdate())
    except Refused:
        raise Http404 from None
    form = LetterTextForm(
        request.POST or None,
        initial={"label": text.label, "body": text.body, "valid_from": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid() and request.POST.get("do") != PREVIEW:
        with refused_at(form):
            save_letter_text(code, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Modèle enregistré : les prochains documents s’en servent."))
            return redirect("entrepreneurs:letter_text_edit", code)
    return _editor(request, form, title=text.label, text=text, versions=texts_of(code))


@requires("entrepreneurs.write_letter_texts")
def letter_text_preview(request: HttpRequest, code: str) -> HttpResponse:
    """The text in force merged for a real person, or with an example of each field."""
    today = timezone.localdate()
    try:
        text = text_in_force(code, today)
    except Refused:
        raise Http404 from None
    persons = in_use(coached_persons(request.user, kinds=CONTRACT_READERS)).order_by("sort_name", "pk")
    form = PreviewForm(request.GET or None, persons=persons)
    person = form.cleaned_data["personne"] if form.is_valid() else None
    check_letter(text.body)
    blocks = draft_letter(text.body, LetterSubject(person, today)) if person else example_letter(text.body)
    context: dict[str, Any] = {"text": text, "blocks": drawn(blocks), "form": form, "person": person}
    return render(request, "entrepreneurs/contract/text_preview.html", context)


def _editor(request: HttpRequest, form: LetterTextForm, *, title: Any, **context: Any) -> HttpResponse:
    """The text under one's hands; « Aperçu » shows it with an example of each field before it is kept."""
    listed = reverse("entrepreneurs:letter_text_list")
    blocks: list[Any] = []
    if request.POST.get("do") == PREVIEW and form.is_valid():
        with refused_at(form):
            check_letter(form.cleaned_data["body"])
            blocks = drawn(example_letter(form.cleaned_data["body"]))
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer le modèle"),
        back_url=listed,
        crumbs=[(_("Modèles"), listed), (title, "")],
        template="entrepreneurs/contract/text_edit.html",
        groups=list(GROUPS.values()),
        blocks=blocks,
        **context,
    )
