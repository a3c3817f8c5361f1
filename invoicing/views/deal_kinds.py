"""Kinds of deal and the papers each asks: the list, one of them, what is added and stopped (INV-11)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page
from invoicing.forms.contract_reviews import KindForm, PaperForm
from invoicing.models import DealKind, DealRequirement
from invoicing.services.deal_kinds import add_kind, archive_kind, ask_paper_of, stop_asking
from invoicing.states.deals import Moment
from invoicing.views.deal_tables import deal_tabs


class _KindTable(Table):
    label = LinkColumn(verbose_name=gettext_lazy("Genre d’affaire"))
    papers = tables.Column(verbose_name=gettext_lazy("Pièces exigées"))
    count = tables.Column(verbose_name=gettext_lazy("Affaires"))

    class Meta(Table.Meta):
        model = DealKind
        fields = ("label", "papers", "count")


class _KindFilters(Filters):
    search = ("label",)

    class Meta:
        model = DealKind
        fields: list[str] = []


@requires("invoicing.keep_deal_kinds")
def kind_list(request: HttpRequest) -> HttpResponse:
    asked = Count("requirements", filter=Q(requirements__archived_at__isnull=True), distinct=True)
    rows = DealKind.objects.filter(archived_at__isnull=True)
    new = Action(_("Nouveau genre"), reverse("invoicing:deal_kind_new"), icon="plus-lg")
    return list_page(
        request,
        queryset=rows.annotate(papers=asked, count=Count("deals", distinct=True)),
        counted=rows,
        table=_KindTable,
        filters=_KindFilters,
        page="invoicing.deal_kinds",
        title=_("Genres d’affaire"),
        empty=EmptyState(_("Aucun genre d’affaire."), _("Un genre dit quelles pièces sont exigées."), new),
        main_action=new,
        tabs=deal_tabs(request.user, "invoicing:deal_kind_list"),
    )


@requires("invoicing.keep_deal_kinds")
def kind_new(request: HttpRequest) -> HttpResponse:
    return act_page(
        request,
        KindForm(request.POST or None),
        lambda found: add_kind(label=found["label"], actor=request.user),
        done=_("Le genre d’affaire est ajouté."),
        back_url=reverse("invoicing:deal_kind_list"),
        title=_("Nouveau genre d’affaire"),
        submit=_("Ajouter"),
        crumbs=[
            (_("Genres d’affaire"), reverse("invoicing:deal_kind_list")),
            (_("Nouveau"), ""),
        ],
    )


@requires("invoicing.keep_deal_kinds")
def kind_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A kind, the papers it asks by moment, and the form that asks one more."""
    kind = get_object_or_404(DealKind, pk=pk)
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            found: dict[str, Any] = form.cleaned_data | {"moment": Moment(form.cleaned_data["moment"])}
            ask_paper_of(kind, actor=request.user, **found)
            return redirect(kind)
    papers = list(kind.requirements.filter(archived_at__isnull=True))
    context = {
        "kind": kind,
        "form": form,
        "moments": [(one.label, [row for row in papers if row.moment == one]) for one in Moment],
    }
    return render(request, "invoicing/deals/kind.html", context, status=422 if form.errors else 200)


@require_POST
@requires("invoicing.keep_deal_kinds")
def kind_archive(request: HttpRequest, pk: int) -> HttpResponse:
    kind = get_object_or_404(DealKind, pk=pk)
    return act_now(
        request,
        lambda: archive_kind(kind, at=timezone.now(), actor=request.user),
        done=_("Ce genre n’est plus proposé ; ses affaires le gardent."),
        back_url=reverse("invoicing:deal_kind_list"),
    )


@require_POST
@requires("invoicing.keep_deal_kinds")
def paper_stop(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(DealRequirement.objects.select_related("kind"), pk=pk)
    return act_now(
        request,
        lambda: stop_asking(paper, at=timezone.now(), actor=request.user),
        done=_("Cette pièce n’est plus demandée."),
        back_url=paper.kind.get_absolute_url(),
    )
