"""The statutes and the internal rules: their versions, one to file."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, DateColumn, EmptyState, Filters, Table, list_page
from governance.forms.rules import FoundingTextForm
from governance.models import FoundingText
from governance.selectors.rule_sets import founding_texts
from governance.services.founding_texts import file_text
from people.requests import SignedIn


class FoundingTextTable(Table):
    title = tables.Column()
    kind = tables.Column()
    valid_from = DateColumn()
    decision = tables.Column(default="—")

    class Meta(Table.Meta):
        model = FoundingText
        fields = ("title", "kind", "valid_from", "decision")

    def render_title(self, record: FoundingText) -> Any:
        url = reverse("core:document", args=[record.document_id])
        return format_html('<a class="row-link" href="{}">{}</a>', url, record.title)

    def value_title(self, record: FoundingText) -> str:
        return record.title


class FoundingTextFilters(Filters):
    search = ("title", "decision")

    class Meta:
        model = FoundingText
        fields = ("kind",)


@requires("governance.open_founding_text")
def founding_text_list(request: SignedIn) -> HttpResponse:
    new = Action(
        _("Déposer un texte"),
        reverse("governance:founding_text_file"),
        right="governance.write_rules",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=founding_texts(),
        table=FoundingTextTable,
        filters=FoundingTextFilters,
        page="governance.founding_texts",
        title=_("Statuts et règlement intérieur"),
        empty=EmptyState(
            _("Aucun texte déposé."),
            _("Déposez ici les statuts et le règlement intérieur, à chaque version."),
        ),
        main_action=new,
    )


@requires("governance.write_rules")
def founding_text_file(request: SignedIn) -> HttpResponse:
    form = FoundingTextForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        brought = typed.pop("file")
        with refused_at(form):
            file_text(
                **typed,
                content=brought.read(),
                name=brought.name,
                today=timezone.localdate(),
                actor=request.user,
            )
            messages.success(request, _("Texte déposé."))
            return redirect("governance:founding_text_list")
    return form_page(
        request,
        form,
        title=_("Déposer un texte"),
        submit=_("Déposer"),
        back_url=reverse("governance:founding_text_list"),
        crumbs=[
            (_("Statuts et règlement intérieur"), reverse("governance:founding_text_list")),
            (_("Déposer un texte"), ""),
        ],
    )
