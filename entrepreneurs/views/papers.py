"""Papers asked: one's own, and those that staff ask, read, accept, send back or do without (ENT-21)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Refused
from cae.core.forms import form_page, refuse, refused_at
from cae.core.middleware import status_of
from cae.core.permissions import require, requires, signed_in
from cae.core.settings import value_of
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import DateColumn, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from entrepreneurs.forms.papers import AcceptForm, AskForm, FileForm, ReasonForm
from entrepreneurs.models import DocumentRequest
from entrepreneurs.models.papers import CHECKER_KINDS
from entrepreneurs.selectors.papers import papers_asked_of, papers_listed, shown_papers
from entrepreneurs.services.paper_mails import send_back, tell_of_paper, words_of
from entrepreneurs.services.papers import MAX_MB, accept_paper, ask_paper, receive_paper, waive_paper
from entrepreneurs.states.papers import PAPER_FLOW, PaperState
from entrepreneurs.views.bars import ENTRIES
from people.selectors.persons import reached_persons

_ACTS = ("accept", "refuse", "waive")


@signed_in
def my_papers(request: HttpRequest) -> HttpResponse:
    """What is asked of the person who holds the account, and what was brought."""
    person = request.user.person  # type: ignore[union-attr]
    papers = papers_asked_of(person) if person is not None else DocumentRequest.objects.none()
    shown = shown_papers(papers, timezone.localdate())
    return render(request, "entrepreneurs/papers/own.html", {"papers": shown})


@signed_in
def paper_bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings a paper asked of oneself."""
    paper = get_object_or_404(DocumentRequest, pk=pk, person=request.user.person_id or 0)  # type: ignore[union-attr]
    require(request.user, "entrepreneurs.bring_paper", paper)
    most = value_of(MAX_MB, on=timezone.localdate())
    is_post = request.method == "POST"
    form = FileForm(request.POST if is_post else None, request.FILES if is_post else None, most=most)
    if is_post and form.is_valid():
        with refused_at(form):
            receive_paper(
                paper, content=form.content(), name=form.name(), actor=request.user, now=timezone.now()
            )
            messages.success(request, _("Document reçu : l’équipe le vérifie."))
            return redirect("entrepreneurs:my_papers")
    return form_page(
        request,
        form,
        title=words_of(paper),
        lead=paper.reason,
        submit=_("Déposer"),
        back_url=reverse("entrepreneurs:my_papers"),
        crumbs=[(_("Mes documents"), reverse("entrepreneurs:my_papers")), (words_of(paper), "")],
    )


class PaperTable(Table):
    """Papers to check, the oldest first."""

    person = LinkColumn(verbose_name=gettext_lazy("Personne"), order_by="person__sort_name")
    label = tables.Column(verbose_name=gettext_lazy("Document"), empty_values=(), orderable=False)
    about_label = tables.Column(verbose_name=gettext_lazy("Pour"))
    status = StatusColumn()
    due_on = DateColumn(verbose_name=gettext_lazy("Attendu le"))
    asked_on = DateColumn(verbose_name=gettext_lazy("Demandé le"))

    class Meta(Table.Meta):
        model = DocumentRequest
        fields = ("person", "label", "about_label", "status", "due_on", "asked_on")

    def render_label(self, record: DocumentRequest) -> str:
        return words_of(record)

    def value_label(self, record: DocumentRequest) -> str:
        return words_of(record)


class PaperFilters(Filters):
    """By state; the words look into names and things."""

    search = ("person__sort_name", "about_label", "precision")

    class Meta:
        model = DocumentRequest
        fields = ("state",)


@requires("entrepreneurs.view_papers")
def paper_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=papers_listed(request.user),
        table=PaperTable,
        filters=PaperFilters,
        page="entrepreneurs.papers",
        title=_("Documents demandés"),
        tabs=tabs_open_to(request.user, ENTRIES, "entrepreneurs:paper_list"),
        empty=EmptyState(
            _("Aucun document demandé pour l’instant."),
            _("Demandez-en un depuis la fiche d’une personne ou une candidature."),
        ),
    )


@requires("entrepreneurs.view_papers")
def paper_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: read it, accept it, send it back, or do without."""
    paper = get_object_or_404(papers_listed(request.user), pk=pk)
    forms: dict[str, Any] = {
        "accept": AcceptForm(prefix="accept"),
        "refuse": ReasonForm(prefix="refuse"),
        "waive": ReasonForm(prefix="waive"),
    }
    status = 200
    if request.method == "POST":
        act = request.POST.get("act", "")
        require(request.user, "entrepreneurs.check_paper", paper)
        if act in _ACTS:
            form = type(forms[act])(request.POST, prefix=act)
            forms[act], status = form, 422
            if form.is_valid():
                try:
                    _perform(paper, act, form.cleaned_data, request.user)
                    messages.success(request, _("C’est noté."))
                    return redirect("entrepreneurs:paper_detail", paper.pk)
                except Refused as refusal:
                    refuse(form, refusal)
                    status = status_of(refusal)
    moves = {move.name for move in PAPER_FLOW.moves_open_to(request.user, paper)}
    context = {
        "paper": paper,
        "label": words_of(paper),
        "look": paper.status,
        "forms": {name: form for name, form in forms.items() if name in moves},
    }
    return render(request, "entrepreneurs/papers/detail.html", context, status=status)


def _perform(paper: DocumentRequest, act: str, typed: dict[str, Any], actor: Any) -> None:
    if act == "accept":
        accept_paper(paper, valid_until=typed["valid_until"], on=timezone.localdate(), actor=actor)
    elif act == "refuse":
        send_back(paper, reason=typed["reason"], actor=actor)
    else:
        waive_paper(paper, reason=typed["reason"], actor=actor)


@requires("entrepreneurs.view_papers")
def paper_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks a paper from a person within reach, about their file."""
    asked = get_object_or_404(reached_persons(request.user, CHECKER_KINDS), pk=pk)  # type: ignore[arg-type]
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            paper = ask_paper(person=asked, about=asked, actor=request.user, **form.cleaned_data)
            if paper.state == PaperState.ASKED:
                facts = {"paper": words_of(paper)}
                tell_of_paper(
                    paper, _("Un document vous est demandé : %(paper)s") % facts, actor=request.user
                )
            return redirect("entrepreneurs:paper_detail", paper.pk)
    return form_page(
        request,
        form,
        title=_("Demander un document à %(person)s") % {"person": asked},
        submit=_("Demander"),
        back_url=asked.get_absolute_url(),
        crumbs=[(_("Documents demandés"), reverse("entrepreneurs:paper_list")), (str(asked), "")],
    )
