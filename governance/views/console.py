"""The console of the bureau: quorum and presence live, the item of the moment and its votes, who speaks,
incidents; opens and closes the sitting (GOV-35)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
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
from cae.core.forms import refuse
from cae.core.keys import key_in
from cae.core.permissions import require, requires
from governance.calculations.delays import Opening
from governance.forms.room import CloseForm, IncidentForm, OpenForm, SpeakerForm
from governance.models import Assembly
from governance.permissions.predicates import found_in_sight
from governance.selectors.assemblies import opening_at
from governance.selectors.console import console_of
from governance.selectors.live import pulse_of
from governance.selectors.speaking import there_now
from governance.selectors.standing import Standing
from governance.services import sitting, speaking
from governance.states.assemblies import ASSEMBLY_FLOW, AssemblyState
from people.requests import SignedIn


def _mark(request: SignedIn, pk: int) -> str | None:
    """The ETag of the part that polls; rights are asked before it."""
    pulse = pulse_of(pk) if request.htmx else None
    return None if pulse is None else f'"{pk}-{pulse}-{request.user.pk}-{get_language()}"'


@requires("governance.run_assembly")
@require_safe
@cache_control(private=True, no_cache=True)
@vary_on_headers("HX-Request", "Accept-Language")
def console(request: SignedIn, pk: int) -> HttpResponse:
    """The whole page, or the part of it that changes: asked every 3 seconds, 304 when nothing did."""
    assembly = _seen(request, pk)
    answer: HttpResponse = condition(etag_func=lambda request: _mark(request, pk))(
        lambda request: _page(request, assembly)
    )(request)
    return answer


@require_POST
@requires("governance.run_assembly")
def console_act(request: SignedIn, pk: int) -> HttpResponse:
    """One act of the bureau; what is refused stands at its field, or above the page."""
    assembly = _seen(request, pk)
    do = request.POST.get("do", "")
    make = _forms(assembly).get(do)
    bound = make(request.POST) if make else None
    if bound is not None and not bound.is_valid():
        return _page(request, assembly, act=do, form=bound)
    try:
        _act(request, assembly, do, bound.cleaned_data if bound is not None else {})
    except Forbidden:
        raise
    except Refused as refusal:
        if bound is not None:
            refuse(bound, refusal)
            return _page(request, assembly, act=do, form=bound)
        messages.error(request, str(refusal))
    return redirect("governance:console", pk)


def _act(request: SignedIn, assembly: Assembly, do: str, data: dict[str, Any]) -> None:
    by: dict[str, Any] = {"actor": request.user, "at": timezone.now()}
    turn = partial(get_object_or_404, assembly.turns, pk=key_in(request.POST.get("turn", "")) or 0)
    if do == "open":
        sitting.open_sitting(assembly, confirmed=data.get("confirmed", False), **by)
        messages.success(request, _("La séance est ouverte."))
    elif do == "close":
        sitting.close_sitting(assembly, confirmed=data["confirmed"], **by)
        messages.success(request, _("La séance est levée. Le procès-verbal se prépare à partir des faits."))
    elif do == "item":
        item = get_object_or_404(assembly.items, pk=key_in(request.POST.get("item", "")) or 0)
        sitting.set_item(assembly, item=item, **by)
    elif do == "incident":
        sitting.note_incident(assembly, text=data["text"], happened_at=data["happened_at"], **by)
        messages.success(request, _("Incident noté : le procès-verbal le dira."))
    elif do == "ask":
        speaking.ask_to_speak(assembly, associate=data["associate"], kind=data["kind"], **by)
    elif do == "next":
        speaking.give_floor_to_next(assembly, **by)
    elif do == "give":
        speaking.give_floor(turn(), **by)
    elif do == "end":
        speaking.end_turn(turn(), **by)
    elif do == "withdraw":
        speaking.withdraw_turn(turn(), **by)


def _seen(request: SignedIn, pk: int) -> Assembly:
    rows = Assembly.objects.visible_to(request.user).select_related("current_item", "rule_set")
    assembly = get_object_or_404(rows.exclude(state=AssemblyState.DRAFT), pk=pk)
    found_in_sight(request.user, assembly)
    require(request.user, "governance.run_assembly", assembly)
    return assembly


def _forms(assembly: Assembly, standing: Standing | None = None) -> dict[str, Callable[..., forms.Form]]:
    """The forms of the page, by their act. `standing`: where the page knows it already."""
    now = timezone.now()
    return {
        "open": partial(OpenForm, is_early=opening_at(assembly, now) == Opening.EARLY),
        "close": CloseForm,
        "incident": partial(IncidentForm, initial={"happened_at": timezone.localtime(now)}),
        "ask": partial(SpeakerForm, there=there_now(assembly, now, standing)),
    }


def _page(
    request: SignedIn, assembly: Assembly, *, act: str = "", form: forms.Form | None = None
) -> HttpResponse:
    now = timezone.now()
    shown = console_of(assembly, now)
    context: dict[str, Any] = {"assembly": assembly, "now": now, "shown": shown}
    if request.htmx and form is None:
        return render(request, "governance/room/console.html#live", context)
    made = {name: make() for name, make in _forms(assembly, shown.live.standing).items()}
    if form is not None:
        made[act] = form
    moves = {move.name for move in ASSEMBLY_FLOW.moves_open_to(request.user, assembly)}
    context |= {
        "forms": made,
        "act": act,
        "moves": moves,
        "opening": opening_at(assembly, now).value,
    }
    return render(request, "governance/room/console.html", context, status=422 if form is not None else 200)
