"""Classes of shares, and the limits of the law with a movement that is only tried (GOV-02, GOV-08)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, Filters, MoneyColumn, Table, list_page
from governance.forms.shares import ClassForm, OpenClassForm, TryForm
from governance.models import ShareClass
from governance.selectors.rules import rules_in_force
from governance.selectors.share_people import associates_offered, holders_offered
from governance.selectors.share_rules import effect_of, floor_on, limits_on
from governance.selectors.share_words import EffectShown, effect_shown, limits_shown
from governance.services.share_classes import change_class, open_class
from governance.views.share_bars import share_crumbs, share_tabs
from governance.views.shares import day_asked
from people.requests import SignedIn


class ClassTable(Table):
    code = tables.Column()
    name = tables.Column()
    nominal = MoneyColumn()
    article = tables.Column()
    is_active = tables.BooleanColumn(verbose_name=gettext_lazy("Proposée"), yesno=(_("Oui"), _("Non")))

    class Meta(Table.Meta):
        model = ShareClass
        fields = ("code", "name", "nominal", "article", "is_active")

    def render_name(self, record: ShareClass) -> Any:
        if not can(self.request.user, "governance.write_share_classes"):
            return record.name
        url = reverse("governance:share_class_change", args=[record.pk])
        return format_html('<a class="row-link" href="{}">{}</a>', url, record.name)

    def value_name(self, record: ShareClass) -> str:
        return record.name


class ClassFilters(Filters):
    search = ("code", "name", "article")

    class Meta:
        model = ShareClass
        fields = ("is_active",)


@requires("governance.view_shares")
def share_class_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=ShareClass.objects.order_by("code"),
        table=ClassTable,
        filters=ClassFilters,
        page="governance.share_classes",
        title=_("Catégories de parts"),
        tabs=share_tabs(request.user, "share_class_list"),
        empty=EmptyState(
            _("Aucune catégorie de parts."), _("Ouvrez celle des statuts avant la première souscription.")
        ),
        main_action=Action(
            _("Ouvrir une catégorie"),
            reverse("governance:share_class_open"),
            right="governance.write_share_classes",
        ),
    )


@requires("governance.write_share_classes")
def share_class_open(request: SignedIn) -> HttpResponse:
    form = OpenClassForm(request.POST or None)
    if form.is_valid():
        found = form.cleaned_data
        with refused_at(form):
            open_class(code=found["code"], nominal=found["nominal"], data=form.typed(), actor=request.user)
            messages.success(request, _("Catégorie ouverte."))
            return redirect("governance:share_class_list")
    return _class_form(request, form, _("Ouvrir une catégorie de parts"))


@requires("governance.write_share_classes")
def share_class_change(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(ShareClass, pk=pk)
    held = {"name": row.name, "article": row.article, "is_active": row.is_active}
    form = ClassForm(request.POST or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            change_class(row, data=form.typed(), actor=request.user)
            messages.success(request, _("Catégorie enregistrée."))
            return redirect("governance:share_class_list")
    return _class_form(request, form, row.name)


def _class_form(request: SignedIn, form: Any, title: str) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=reverse("governance:share_class_list"),
        crumbs=share_crumbs((_("Catégories de parts"), reverse("governance:share_class_list")), (title, "")),
    )


@requires("governance.view_shares")
def share_limits(request: SignedIn) -> HttpResponse:
    """The limits of the law as of a day, and what a movement would change of them; nothing is written."""
    on, today = day_asked(request), timezone.localdate()
    asked = request.GET if "what" in request.GET else None
    form = TryForm(asked, givers=holders_offered(today), receivers=associates_offered(today))
    tried = _tried(form, today) if form.is_bound and form.is_valid() else None
    rule_set = rules_in_force(on)
    context = {
        "on": on,
        "rule_set": rule_set,
        "floor": floor_on(on),
        "limits": limits_shown(limits_on(on)),
        "form": form,
        "tried": tried,
        "tabs": share_tabs(request.user, "share_limits"),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "governance/shares/limits.html", context, status=422 if wrong else 200)


def _tried(form: TryForm, on: date) -> EffectShown:
    found = form.cleaned_data
    amount: Decimal = found["amount"]
    if found["what"] == TryForm.NEWCOMER:
        return effect_shown(effect_of({}, on, newcomer=(found["category"], amount)))
    changes: dict[int, Decimal] = {}
    if found["what"] in (TryForm.TRANSFER, TryForm.WITHDRAWAL):
        changes[found["giver"].pk] = -amount
    if found["what"] in (TryForm.TRANSFER, TryForm.SUBSCRIPTION):
        key = found["receiver"].pk
        changes[key] = changes.get(key, Decimal(0)) + amount
    return effect_shown(effect_of(changes, on))
