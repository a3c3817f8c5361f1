"""The page of an associate about an assembly: papers, agenda, questions, voices, ballots, the floor (screen
12 of the interface, phone first)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from cae.core.errors import Forbidden, Refused
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from governance.forms.assemblies import QuestionForm
from governance.models import Assembly
from governance.selectors.live import pulse_of
from governance.selectors.member import member_of, now_of
from governance.selectors.representation import acted_at, limit_words
from governance.services import speaking
from governance.services.reading import note_reading
from governance.states.assemblies import Turn
from people.requests import SignedIn


def _mark(request: SignedIn, pk: int) -> str | None:
    pulse = pulse_of(pk) if request.htmx else None
    return None if pulse is None else f'"{pk}-{pulse}-{request.user.pk}-{get_language()}"'


@requires("governance.attend_assembly")
@require_safe
@cache_control(private=True, no_cache=True)
@vary_on_headers("HX-Request", "Accept-Language")
def member_assembly(request: SignedIn, pk: int) -> HttpResponse:
    """The whole page, or what one may do at once: asked every 10 seconds of the sitting, 304 when nothing
    changed."""
    assembly = _seen(request, pk)
    answer: HttpResponse = condition(etag_func=lambda request: _mark(request, pk))(
        lambda request: _page(request, assembly)
    )(request)
    return answer


@require_POST
@requires("governance.ask_to_speak")
def member_speak(request: SignedIn, pk: int) -> HttpResponse:
    """One asks to speak, or no longer does."""
    assembly = _seen(request, pk)
    require(request.user, "governance.ask_to_speak", assembly)
    now, do = timezone.now(), request.POST.get("do", "")
    mine = {associate.pk: associate for associate in acted_at(request.user, now)}
    try:
        if do == "withdraw":
            turns = assembly.turns.filter(associate__in=mine)
            turn = get_object_or_404(turns, pk=key_in(request.POST.get("turn", "")) or 0)
            speaking.withdraw_turn(turn, actor=request.user, at=now)
            messages.success(request, _("Votre demande de parole est retirée."))
        else:
            found = mine.get(key_in(request.POST.get("associate", "")) or 0)
            if found is None:
                raise Forbidden(_("Vous ne demandez la parole que pour vous-même."))
            kind = Turn.ORDER if do == "order" else Turn.SPEECH
            speaking.ask_to_speak(assembly, associate=found, kind=kind, actor=request.user, at=now)
            messages.success(request, _("Vous êtes dans la liste des prises de parole."))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("governance:member_assembly", pk)


@requires("governance.attend_assembly")
@require_safe
def member_paper(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    """Opens a paper; the first time is noted on one's convocation."""
    assembly = _seen(request, pk)
    found = get_object_or_404(assembly.papers.select_related("document"), pk=paper)
    # Somebody who acts in one's name reads nothing for one.
    if request.assistance is None and request.user.person is not None:
        note_reading(assembly, person=request.user.person, at=timezone.now())
    return redirect("core:document", found.document_id)


def _seen(request: SignedIn, pk: int) -> Assembly:
    rows = Assembly.objects.visible_to(request.user).select_related("current_item", "rule_set")
    return get_object_or_404(rows, pk=pk)


def _page(request: SignedIn, assembly: Assembly) -> HttpResponse:
    at = timezone.now()
    context: dict[str, Any] = {
        "assembly": assembly,
        "now": at,
        "shown": now_of(assembly, request.user, at),
    }
    if request.htmx:
        return render(request, "governance/room/member.html#live", context)
    context |= {
        "member": member_of(assembly, request.user, at),
        "form_limit": limit_words(context["shown"].form_until) if context["shown"].form_until else "",
        "may_ask": assembly.state == "convened" and can(request.user, "governance.ask_question", assembly),
        "may_propose": can(request.user, "governance.propose_resolution", assembly),
        "may_run": can(request.user, "governance.run_assembly", assembly),
        "form": QuestionForm(),
    }
    return render(request, "governance/room/member.html", context)
