"""The colleges in which voices are counted together."""

from __future__ import annotations

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page
from governance.forms.register import CollegeForm
from governance.models import College
from governance.selectors.register import colleges_listed
from governance.services.colleges import save_college
from governance.views.register_bars import crumbs_of, register_tabs
from people.requests import SignedIn


class CollegeTable(Table):
    name = LinkColumn()
    count = tables.Column(verbose_name=gettext_lazy("Associé·es aujourd’hui"), orderable=False)
    is_active = tables.BooleanColumn(yesno=(gettext_lazy("oui"), gettext_lazy("non")))

    class Meta(Table.Meta):
        model = College
        fields = ("name", "count", "is_active")


class CollegeFilters(Filters):
    search = ("name",)


@requires("governance.view_register")
def college_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=colleges_listed(timezone.localdate()),
        table=CollegeTable,
        filters=CollegeFilters,
        page="governance.colleges",
        title=_("Collèges"),
        intro=_("Le poids de chaque collège est une ligne des règles de décision."),
        tabs=register_tabs(request.user, "governance:college_list"),
        empty=EmptyState(_("Aucun collège."), _("Sans collège, toutes les voix sont comptées ensemble.")),
        main_action=Action(
            _("Ouvrir un collège"),
            reverse("governance:college_new"),
            right="governance.write_register",
            icon="plus-lg",
        ),
    )


@requires("governance.write_register")
def college_new(request: SignedIn) -> HttpResponse:
    return _write(request, None)


@requires("governance.write_register")
def college_edit(request: SignedIn, pk: int) -> HttpResponse:
    return _write(request, get_object_or_404(College, pk=pk))


def _write(request: SignedIn, college: College | None) -> HttpResponse:
    form = CollegeForm(request.POST or None, instance=college)
    if form.is_valid():
        with refused_at(form):
            save_college(college, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Collège enregistré."))
            return redirect("governance:college_list")
    title = _("Modifier le collège") if college else _("Ouvrir un collège")
    listed = reverse("governance:college_list")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=listed,
        crumbs=crumbs_of(request.user, (_("Collèges"), listed), (title, "")),
    )
