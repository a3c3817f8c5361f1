"""The catalogue of support, and what people ask of it (ENT-59)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.keys import text_in
from cae.core.permissions import can, requires, signed_in
from cae.core.tab_bars import tabs_open_to
from entrepreneurs.forms.support import AnswerForm, SupportKindForm
from entrepreneurs.models import SupportKind, SupportRequest
from entrepreneurs.selectors.support import (
    asked_by,
    catalogue_on,
    requests_to_answer,
)
from entrepreneurs.services import support
from entrepreneurs.states.support import SUPPORT_FLOW
from entrepreneurs.views.bars import PORTFOLIO
from entrepreneurs.views.coaching_finding import find_row, me


@signed_in
def support_catalogue(request: HttpRequest) -> HttpResponse:
    """What is offered, what one asked for; for advisors, what the people they follow ask."""
    today = timezone.localdate()
    own = getattr(request.user, "person_id", None) or 0
    follows = can(request.user, "entrepreneurs.answer_support")
    waiting = requests_to_answer(request.user) if follows else []
    context = {
        "tabs": tabs_open_to(request.user, PORTFOLIO, "entrepreneurs:support_catalogue"),
        "kinds": catalogue_on(today),
        "asked": asked_by(own),
        "waiting": [(one, _answers_to(one)) for one in waiting],
        "follows": follows,
        "may_change": can(request.user, "entrepreneurs.change_catalogue"),
        "may_ask": not follows,
    }
    return render(request, "entrepreneurs/coaching/catalogue.html", context)


@requires("entrepreneurs.change_catalogue")
def support_offer(request: HttpRequest) -> HttpResponse:
    form = SupportKindForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            support.offer_support(**form.cleaned_data, actor=request.user)
            messages.success(request, _("C’est au catalogue."))
            return redirect("entrepreneurs:support_catalogue")
    back = reverse("entrepreneurs:support_catalogue")
    return form_page(
        request,
        form,
        title=_("Ajouter au catalogue"),
        submit=_("Ajouter"),
        back_url=back,
        crumbs=[(_("Catalogue d’accompagnement"), back), (_("Ajouter"), "")],
    )


@require_POST
@requires("entrepreneurs.change_catalogue")
def support_stop(request: HttpRequest, pk: int) -> HttpResponse:
    with refused_above(request):
        support.stop_support(
            get_object_or_404(SupportKind, pk=pk), last_day=timezone.localdate(), actor=request.user
        )
        messages.success(request, _("Proposé jusqu’à ce soir ; ce qui est demandé reste."))
    return redirect("entrepreneurs:support_catalogue")


@require_POST
@requires("entrepreneurs.ask_support")
def support_ask(request: HttpRequest, pk: int) -> HttpResponse:
    kind = get_object_or_404(SupportKind, pk=pk)
    with refused_above(request):
        support.ask_support(
            kind,
            person=me(request),
            words=text_in(request.POST.get("words", "")),
            actor=request.user,
            on=timezone.localdate(),
        )
        messages.success(request, _("Demande envoyée à votre accompagnement."))
    return redirect("entrepreneurs:support_catalogue")


# The word of an address, the move and its service.
_ANSWERS: dict[str, tuple[str, Callable[..., SupportRequest]]] = {
    "prevoir": ("plan", support.plan_support),
    "recu": ("give", support.give_support),
    "refuser": ("decline", support.decline_support),
}
_SLUGS = {name: slug for slug, (name, _service) in _ANSWERS.items()}


def _answers_to(asked: SupportRequest) -> list[tuple[Any, str, bool]]:
    """The word and address of each answer open from its state, and whether it is the usual one: the right is
    that by which the row is listed."""
    return [
        (
            move.label,
            reverse("entrepreneurs:support_answer", args=[asked.pk, _SLUGS[move.name]]),
            move.name == "plan",
        )
        for move in SUPPORT_FLOW.moves
        if asked.state in move.sources
    ]


@signed_in
def support_answer(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Plans, gives or declines what was asked, with a word."""
    asked = find_row(request, SupportRequest, pk, right="entrepreneurs.answer_support")
    if act not in _ANSWERS:
        raise Http404
    name, service = _ANSWERS[act]
    title = SUPPORT_FLOW.move(name).label
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            service(asked, answer=form.cleaned_data["answer"], actor=request.user)
            messages.success(request, _("C’est noté."))
            return redirect("entrepreneurs:support_catalogue")
    back = reverse("entrepreneurs:support_catalogue")
    return form_page(
        request,
        form,
        title=title,
        lead=str(asked),
        submit=title,
        back_url=back,
        crumbs=[(_("Catalogue d’accompagnement"), back), (title, "")],
    )
