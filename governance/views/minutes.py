"""Minutes: the register, one with its text, the words of the secretary, the moves."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.notices import read_about
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import tabs_of
from cae.core.tables import DateColumn, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from governance.forms.minutes import MinutesForm
from governance.models import Assembly, Minutes
from governance.selectors.minutes import (
    assemblies_to_minute,
    extracts_of,
    minutes_listed,
    minutes_of,
    signatures_of,
)
from governance.selectors.minutes_facts import facts_of, results_changed
from governance.services import minutes as services
from governance.states.assemblies import HELD, MINUTES_FLOW, MinutesState
from governance.states.bodies import GOVERNANCE_BAR
from people.requests import SignedIn

LIST, WRITE = "governance.view_minutes_list", "governance.write_minutes"


class MinutesTable(Table):
    number = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    assembly = LinkColumn(order_by=("assembly__title",))
    kind = tables.Column(accessor="assembly__kind", verbose_name=gettext_lazy("Nature"))
    held_on = DateColumn(accessor="assembly__starts_at", verbose_name=gettext_lazy("Tenue le"))
    state = StatusColumn()

    class Meta(Table.Meta):
        model = Minutes
        fields = ("number", "assembly", "kind", "held_on", "state")


class MinutesFilters(Filters):
    search = ("assembly__title", "assembly__place")

    class Meta:
        model = Minutes
        fields = ("state",)


@requires(LIST)
def minutes_list(request: SignedIn) -> HttpResponse:
    """The special register: numbered when signed, what is being written before it."""
    waiting = list(assemblies_to_minute(request.user)) if can(request.user, WRITE) else []
    return list_page(
        request,
        queryset=minutes_listed(request.user),
        table=MinutesTable,
        filters=MinutesFilters,
        page="governance.minutes",
        title=_("Procès-verbaux"),
        tabs=tabs_of(request.user, GOVERNANCE_BAR, "governance:minutes_list"),
        empty=EmptyState(
            _("Aucun procès-verbal."),
            _("Il s’ouvre quand une assemblée est levée ; une fois publié, tous les associé·es le lisent."),
        ),
        template="governance/minutes/list.html",
        context={"waiting": waiting},
    )


@requires(LIST)
def minutes_detail(request: SignedIn, pk: int) -> HttpResponse:
    """The text: as it would be frozen now, or as it was; who signs; what was drawn from it."""
    assembly, minutes = _found(request, pk)
    if minutes is None:
        require(request.user, WRITE, assembly)
        return render(request, "governance/minutes/none.html", {"assembly": assembly, "crumbs": _crumbs()})
    read_about(request.user, minutes, at=timezone.now())
    draft = minutes.state == MinutesState.DRAFT
    signatures = signatures_of(minutes)
    own = [one for one in signatures if one.person_id == request.user.person_id]
    context = {
        "assembly": assembly,
        "minutes": minutes,
        "facts": facts_of(minutes) if draft else minutes.facts,
        "signatures": signatures,
        "extracts": list(extracts_of(minutes)) if minutes.state == MinutesState.SIGNED else [],
        "may_sign": minutes.state == MinutesState.TO_SIGN and any(one.signature_id is None for one in own),
        "may_note_unsigned": minutes.state == MinutesState.TO_SIGN
        and can(request.user, "governance.note_unsigned", minutes),
        "may_write": can(request.user, WRITE, assembly),
        "may_certify": can(request.user, "governance.certify_extract", minutes),
        "moves": {move.name for move in MINUTES_FLOW.moves_open_to(request.user, minutes)},
        "is_outdated": not draft and results_changed(minutes),
        "crumbs": _crumbs(assembly),
    }
    return render(request, "governance/minutes/detail.html", context)


@require_POST
@requires(WRITE)
def minutes_draft(request: SignedIn, pk: int) -> HttpResponse:
    """Opens the minutes of an assembly that is over."""
    assembly = _assembly(request, pk)
    require(request.user, WRITE, assembly)
    with refused_above(request):
        services.draft_minutes(assembly, actor=request.user)
        messages.success(request, _("Les faits sont repris : ajoutez les débats, puis donnez-le à signer."))
    return redirect("governance:minutes_detail", pk)


@requires(WRITE)
def minutes_edit(request: SignedIn, pk: int) -> HttpResponse:
    """The words of the secretary; the facts write themselves."""
    assembly, minutes = _found(request, pk)
    require(request.user, WRITE, assembly)
    if minutes is None or minutes.state != MinutesState.DRAFT:
        return redirect("governance:minutes_detail", pk)
    items = list(assembly.items.order_by("position"))
    form = MinutesForm(request.POST or None, minutes=minutes, items=items)
    if form.is_valid():
        with refused_at(form):
            services.write_minutes(minutes, **form.typed(), actor=request.user)
            messages.success(request, _("Procès-verbal enregistré."))
            return redirect(minutes)
    return form_page(
        request,
        form,
        title=_("Rédiger le procès-verbal"),
        submit=_("Enregistrer"),
        back_url=minutes.get_absolute_url(),
        crumbs=_crumbs(assembly, _("Rédiger")),
        lead=_("Présence, quorum, textes, décomptes et incidents sont repris tels quels : écrivez le débat."),
    )


@require_POST
@requires(WRITE)
def minutes_hand_over(request: SignedIn, pk: int) -> HttpResponse:
    """Freezes the facts and asks the bureau to sign."""
    minutes = _to_move(request, pk)
    with refused_above(request):
        services.hand_over_minutes(minutes, actor=request.user)
        messages.success(request, _("Le procès-verbal est figé ; le bureau est prévenu."))
    return redirect("governance:minutes_detail", pk)


@require_POST
@requires(WRITE)
def minutes_take_back(request: SignedIn, pk: int) -> HttpResponse:
    """Makes it a draft again; what was signed counts no more."""
    minutes = _to_move(request, pk)
    with refused_above(request):
        services.take_back_minutes(minutes, actor=request.user)
        messages.success(request, _("Le procès-verbal est de nouveau modifiable."))
    return redirect("governance:minutes_detail", pk)


def _to_move(request: SignedIn, pk: int) -> Minutes:
    rows = Minutes.objects.visible_to(request.user).select_related("assembly")
    minutes = get_object_or_404(rows, assembly=pk)
    require(request.user, WRITE, minutes)
    return minutes


def _assembly(request: SignedIn, pk: int) -> Assembly:
    return get_object_or_404(Assembly.objects.visible_to(request.user), pk=pk)


def _found(request: SignedIn, pk: int) -> tuple[Assembly, Minutes | None]:
    """The assembly with its minutes; somebody who may not read them finds nothing. An associate who came
    later reads published minutes of an assembly that did not call them."""
    rows = Minutes.objects.visible_to(request.user).select_related("assembly", "pdf", "signed_pdf")
    minutes = rows.filter(assembly=pk).first()
    if minutes is not None:
        return minutes.assembly, minutes
    assembly = get_object_or_404(Assembly.objects.visible_to(request.user).filter(state__in=HELD), pk=pk)
    require(request.user, "governance.view_minutes", minutes_of(assembly))
    return assembly, None


def _crumbs(assembly: Assembly | None = None, last: Any = "") -> list[tuple[Any, str]]:
    trail: list[tuple[Any, str]] = [(_("Procès-verbaux"), reverse("governance:minutes_list"))]
    if assembly is not None:
        trail.append(
            (assembly.title, reverse("governance:minutes_detail", args=[assembly.pk]) if last else "")
        )
    return [*trail, (last, "")] if last else trail
