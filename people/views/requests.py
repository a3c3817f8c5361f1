"""Requests to the staff: writing one from any page, one's own, and one with its thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Forbidden, Refused
from cae.core.forms import form_page, refuse, refused_at
from cae.core.kept_typing import keeps_typing, typed_in
from cae.core.keys import is_own_address
from cae.core.notices import read_about
from cae.core.options import label_of
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import OWN, tabs_of
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.threads import post_message, thread_of
from people.forms.requests import AnswerForm, AssignForm, HandOverForm, SendForm, WordForm
from people.models import Request
from people.requests import SignedIn
from people.selectors.requests import colleagues_of, own_requests, requests_visible_to
from people.services import requests as verbs
from people.states.requests import KIND_LIST, REQUEST_FLOW


class RequestTable(Table):
    title = LinkColumn()
    department = tables.Column()
    owner = tables.Column(verbose_name=gettext_lazy("Prise en charge par"), default="—", orderable=False)
    created_at = DateColumn(verbose_name=gettext_lazy("Envoyée le"))
    due_on = DateColumn(verbose_name=gettext_lazy("Attendue le"))
    state = StatusColumn()

    class Meta(Table.Meta):
        model = Request
        fields = ("title", "department", "owner", "created_at", "due_on", "state")


class RequestFilters(Filters):
    search = ("title",)

    class Meta:
        model = Request
        fields = ("state", "department")


def write_action() -> Action:
    return Action(
        _("Écrire à l’équipe"), reverse("people:request_send"), right="people.send_request", icon="send"
    )


@requires("people.send_request")
def own_request_list(request: SignedIn) -> HttpResponse:
    """What the person asked, and what became of it."""
    return list_page(
        request,
        queryset=own_requests(request.user),
        table=RequestTable,
        filters=RequestFilters,
        page="people.own_requests",
        title=_("Mes demandes"),
        tabs=tabs_of(request.user, OWN, "people:own_requests"),
        empty=EmptyState(
            _("Vous n’avez encore rien demandé."),
            _("« Écrire à l’équipe » se trouve dans l’aide, en haut de chaque page."),
            write_action(),
        ),
        main_action=write_action(),
    )


@keeps_typing
@requires("people.send_request")
def request_send(request: SignedIn) -> HttpResponse:
    """A request, which carries the page from which it is written."""
    came_from = {"page": request.GET.get("page", ""), "page_title": request.GET.get("titre", "")[:120]}
    form = SendForm(typed_in(request), initial=came_from)
    person = request.user.person
    if request.method == "POST" and form.is_valid() and person is not None:
        with refused_at(form):
            sent = verbs.send_request(
                person, **form.cleaned_data, actor=request.user, on=timezone.localdate()
            )
            messages.success(request, _("Demande envoyée. La réponse arrivera ici et sous la cloche."))
            return redirect(sent.get_absolute_url())
    back_url = reverse("people:own_requests")
    page = form["page_title"].value()
    return form_page(
        request,
        form,
        title=_("Écrire à l’équipe"),
        lead=_("Depuis la page « %(page)s ».") % {"page": page} if page else "",
        submit=_("Envoyer la demande"),
        back_url=back_url,
        crumbs=[(_("Mes demandes"), back_url), (_("Écrire à l’équipe"), "")],
    )


@requires("people.view_request")
def request_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One request with its thread, for who sent it and for who answers."""
    row = seen_request(request, pk)
    if request.method == "POST":
        return act_on(request, row)
    read_about(request.user, row, at=timezone.now())
    return render(request, "people/request_detail.html", request_context(request, row))


def seen_request(request: SignedIn, pk: int) -> Request:
    """The request if the user may see it; otherwise 404."""
    return get_object_or_404(
        requests_visible_to(request.user).select_related("person", "owner__person"), pk=pk
    )


def request_context(
    request: SignedIn, row: Request, *, act: str = "", form: forms.Form | None = None
) -> dict[str, Any]:
    """What `people/_request.html` draws; `form` comes back from a refused act."""
    open_moves = {move.name for move in REQUEST_FLOW.moves_open_to(request.user, row)}
    answers = can(request.user, "people.answer_request", row)
    forms_shown: dict[str, forms.Form] = {
        "answer": AnswerForm(prefix="answer"),
        "hand_over": HandOverForm(prefix="hand_over"),
        "assign": AssignForm(prefix="assign", colleagues=_colleagues(row)) if answers else WordForm(),
        "specify": WordForm(prefix="specify"),
        "reopen": WordForm(prefix="reopen"),
    }
    if form is not None:
        forms_shown["answer" if act in ("ask", "note") else act] = form
    return {
        "row": row,
        "kind": label_of(KIND_LIST, row.kind, on=timezone.localdate(row.created_at)),
        "thread": thread_of(row, request.user),
        "may": open_moves,
        "answers": answers,
        "may_write": bool({"answer", "ask"} & open_moves),
        "forms": forms_shown,
        "act": act,
        "is_mine": row.owner_id == request.user.pk,
        "is_late": row.is_late(timezone.localdate()),
        "next": request.POST.get("next", ""),
        "today": timezone.localdate(),
    }


def _colleagues(row: Request) -> Any:
    return colleagues_of(row.department, timezone.localdate())


def act_on(request: SignedIn, row: Request) -> HttpResponse:
    """One act on a request; a refusal comes back to its form, or above the page."""
    act = request.POST.get("do", "")
    form = _form_of(act, request, row)
    if form is not None and not form.is_valid():
        return _again(request, row, act, form)
    try:
        said = _perform(act, request, row, form.cleaned_data if form is not None else {})
    except Forbidden:
        raise
    except Refused as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return redirect(_after(request, row))
        refuse(form, refusal)
        return _again(request, row, act, form)
    messages.success(request, said)
    return redirect(_after(request, row))


def _again(request: SignedIn, row: Request, act: str, form: forms.Form) -> HttpResponse:
    context = request_context(request, row, act=act, form=form)
    return render(request, "people/request_detail.html", context, status=422)


def _after(request: SignedIn, row: Request) -> str:
    """Back to the queue it was read in, else to its page."""
    target = request.POST.get("next", "")
    return target if is_own_address(target) else row.get_absolute_url()


def _form_of(act: str, request: SignedIn, row: Request) -> forms.Form | None:
    if act in ("answer", "ask", "note"):
        return AnswerForm(request.POST, prefix="answer")
    if act == "assign":
        return AssignForm(request.POST, prefix="assign", colleagues=_colleagues(row))
    if act == "hand_over":
        return HandOverForm(request.POST, prefix="hand_over")
    return WordForm(request.POST, prefix=act) if act in ("specify", "reopen") else None


def _perform(act: str, request: SignedIn, row: Request, data: dict[str, Any]) -> str:
    """Asks the right, calls the service of the act, gives the sentence that says it is done."""
    today, user = timezone.localdate(), request.user
    own = act in ("specify", "reopen")
    require(user, "people.write_own_request" if own else "people.answer_request", row)
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "take": (lambda: verbs.take_request(row, actor=user), _("La demande est à vous.")),
        "release": (lambda: verbs.release_request(row, actor=user), _("L’équipe peut la prendre.")),
        "close": (lambda: verbs.close_request(row, actor=user), _("Demande close.")),
        "answer": (
            lambda: verbs.answer_request(row, text=data["text"], useful=data["useful"], actor=user),
            _("Réponse envoyée."),
        ),
        "ask": (
            lambda: verbs.ask_for_more(row, text=data["text"], actor=user),
            _("Question envoyée : la demande attend la personne."),
        ),
        "note": (
            lambda: post_message(row, text=data["text"], actor=user, internal=True),
            _("Note gardée pour l’équipe."),
        ),
        "assign": (
            lambda: verbs.assign_request(row, owner=data["owner"], actor=user, on=today),
            _("Demande confiée."),
        ),
        "hand_over": (
            lambda: verbs.hand_over_request(row, **data, actor=user, on=today),
            _("Demande passée à l’autre service."),
        ),
        "useful": (
            lambda: verbs.mark_useful(row, useful=not row.is_useful, actor=user),
            _("C’est noté."),
        ),
        "specify": (
            lambda: verbs.specify_request(row, text=data["text"], actor=user, on=today),
            _("Précision envoyée."),
        ),
        "reopen": (
            lambda: verbs.reopen_request(row, text=data["text"], actor=user, on=today),
            _("Demande rouverte."),
        ),
    }
    if act not in acts:
        return _("Rien à faire.")
    perform, said = acts[act]
    perform()
    return said
