"""The pages that the staff add to the guide: their list, one, its publication."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import requires
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
from people.forms.guide import GuideForm
from people.models import GuidePage
from people.requests import SignedIn
from people.selectors.guide import pages_listed
from people.services.guide import publish_page, withdraw_page, write_page
from people.states.guide import GUIDE_FLOW, GuideState

TITLE = gettext_lazy("Pages du guide")


class GuideTable(Table):
    title = LinkColumn()
    changed_at = DateColumn()
    state = StatusColumn()

    class Meta(Table.Meta):
        model = GuidePage
        fields = ("title", "changed_at", "state")


class GuideFilters(Filters):
    search = ("title", "text")
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=GuideState.choices)

    class Meta:
        model = GuidePage
        fields = ("state",)


@requires("people.write_guide")
def guide_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=pages_listed(),
        table=GuideTable,
        filters=GuideFilters,
        page="people.guide",
        title=TITLE,
        intro=_(
            "Ce que la coopérative ajoute à l’aide. Une réponse « utile à tous » y prépare un brouillon."
        ),
        empty=EmptyState(_("Aucune page."), _("Marquez une réponse « utile à tous », ou écrivez-en une.")),
        main_action=Action(
            _("Écrire une page"), reverse("people:guide_new"), right="people.write_guide", icon="plus-lg"
        ),
    )


@requires("people.write_guide")
def guide_new(request: SignedIn) -> HttpResponse:
    return _edit(request, None)


@requires("people.write_guide")
def guide_page(request: SignedIn, pk: int) -> HttpResponse:
    """One page, with the way to publish it or to take it off."""
    return _edit(request, get_object_or_404(GuidePage, pk=pk))


@require_POST
@requires("people.write_guide")
def guide_act(request: SignedIn, pk: int) -> HttpResponse:
    page = get_object_or_404(GuidePage, pk=pk)
    service = {"publish": publish_page, "withdraw": withdraw_page}.get(request.POST.get("do", ""))
    if service is not None:
        with refused_above(request):
            service(page, actor=request.user)
            messages.success(request, _("C’est fait."))
    return redirect(page)


def _edit(request: SignedIn, page: GuidePage | None) -> HttpResponse:
    initial: dict[str, Any] = {}
    if page is not None:
        initial = {"title": page.title, "text": page.text, "version": page.version}
    form = GuideForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            written = write_page(page, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Page enregistrée."))
            return redirect(written)
    listed = reverse("people:guide_list")
    title = page.title if page else _("Écrire une page")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=listed,
        crumbs=[(TITLE, listed), (title, "")],
        template="people/guide_page.html",
        page=page,
        moves=GUIDE_FLOW.moves_open_to(request.user, page) if page else [],
    )
