"""Kinds of expense and their dated rules, kept by the accountant (INV-51, INV-53)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import requires
from cae.core.tables import EmptyState, Filters, LinkColumn, Table, list_page
from cae.core.templatetags import ui
from cae.core.templatetags.formats import money
from invoicing.forms.expense_kinds import KindForm, RuleForm, kind_typed, rule_typed
from invoicing.models import ExpenseKind, ExpenseRule
from invoicing.selectors.expenses import kinds_with_rules
from invoicing.services.expense_kinds import add_rule, confirm_rule, save_kind
from invoicing.views.tables import cells


def words_of_rule(rule: ExpenseRule | None) -> str:
    """The rule of the day in a line: VAT, limit, flat amount."""
    if rule is None:
        return _("Sans règle : n’est pas proposée")
    words = [_("TVA récupérable à %(share)s %%") % {"share": int(rule.percent)}]
    if rule.flat_amount is not None:
        said = {"amount": money(rule.flat_amount), "unit": rule.get_flat_unit_display()}
        words = [_("%(amount)s par %(unit)s") % said]
    if rule.limit_amount is not None:
        words.append(
            _("plafond %(amount)s %(per)s")
            % {"amount": money(rule.limit_amount), "per": rule.get_limit_per_display()}
        )
    return " · ".join(words)


class KindTable(Table):
    label = LinkColumn(verbose_name=gettext_lazy("Nature"), attrs=cells("clip"))
    account = tables.Column(
        verbose_name=gettext_lazy("Compte"), accessor="account__number", attrs=cells("one-line", "wide")
    )
    rule = tables.Column(
        verbose_name=gettext_lazy("Règle du jour"), accessor="pk", orderable=False, attrs=cells("clip")
    )
    enters_base = tables.BooleanColumn(
        verbose_name=gettext_lazy("Entre dans la base"), orderable=False, yesno="✔,", attrs=cells("wide")
    )
    to_confirm = tables.Column(verbose_name=gettext_lazy("Source"), attrs=cells("one-line"))

    def render_rule(self, record: Any) -> str:
        return words_of_rule(next(iter(record.in_force), None))

    def value_rule(self, record: Any) -> str:
        return self.render_rule(record)

    def render_label(self, record: ExpenseKind) -> Any:
        return record.said

    def render_enters_base(self, value: bool) -> str:
        return _("Oui") if value else _("Non")

    def render_to_confirm(self, value: int) -> Any:
        return ui.status("warning", "▲", _("À confirmer")) if value else ui.status("success", "✔", _("Lue"))

    def value_to_confirm(self, value: int) -> str:
        return _("À confirmer") if value else _("Lue")


class KindFilters(Filters):
    search = ("label", "code", "account__number")

    class Meta:
        model = ExpenseKind
        fields: list[str] = []


@requires("invoicing.keep_expense_kinds")
def expense_kind_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=kinds_with_rules(timezone.localdate()),
        table=KindTable,
        filters=KindFilters,
        page="invoicing.expense_kinds",
        title=_("Natures de dépense"),
        intro=_("Où chaque dépense est comptée, la TVA que l’on récupère, les plafonds et les forfaits."),
        empty=EmptyState(_("Aucune nature de dépense.")),
    )


@requires("invoicing.keep_expense_kinds")
def expense_kind_detail(request: HttpRequest, pk: int) -> HttpResponse:
    kind = _find(pk)
    today = timezone.localdate()
    rules = [(rule, words_of_rule(rule), rule.holds_on(today)) for rule in kind.rules.all()]
    return render(request, "invoicing/expenses/kind.html", {"kind": kind, "rules": rules})


@requires("invoicing.keep_expense_kinds")
def expense_kind_edit(request: HttpRequest, pk: int) -> HttpResponse:
    kind = _find(pk)
    form = KindForm(request.POST or None, initial=kind_typed(kind))
    return act_page(
        request,
        form,
        lambda _said: save_kind(kind, content=form.content(), actor=request.user),
        done=_("Les changements sont enregistrés ; les lignes déjà écrites gardent leurs montants."),
        back_url=kind.get_absolute_url(),
        title=kind.said,
        submit=_("Enregistrer"),
        crumbs=_crumbs((kind.said, kind.get_absolute_url()), (_("Modifier"), "")),
    )


@requires("invoicing.keep_expense_kinds")
def expense_rule_new(request: HttpRequest, pk: int) -> HttpResponse:
    kind = _find(pk)
    form = RuleForm(request.POST or None, kind=kind, initial=rule_typed(kind.rules.first()))
    return act_page(
        request,
        form,
        lambda _said: add_rule(kind, content=form.content(), actor=request.user),
        done=_("La règle est enregistrée ; la précédente s’arrête la veille."),
        back_url=kind.get_absolute_url(),
        title=_("Nouvelle règle"),
        submit=_("Enregistrer la règle"),
        lead=kind.said,
        crumbs=_crumbs((kind.said, kind.get_absolute_url()), (_("Nouvelle règle"), "")),
    )


@require_POST
@requires("invoicing.keep_expense_kinds")
def expense_rule_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(ExpenseRule.objects.select_related("kind"), pk=pk)
    return act_now(
        request,
        lambda: confirm_rule(rule, actor=request.user),
        done=_("La règle est notée comme lue à sa source."),
        back_url=rule.kind.get_absolute_url(),
    )


def _find(pk: int) -> ExpenseKind:
    rows = ExpenseKind.objects.select_related("account__cost_kind", "cost_kind")
    found: ExpenseKind = get_object_or_404(rows, pk=pk)
    return found


def _crumbs(*last: tuple[str, str]) -> list[tuple[Any, str]]:
    return [(_("Natures de dépense"), reverse("invoicing:expense_kind_list")), *last]
