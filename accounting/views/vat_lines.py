"""The lines behind a box of a return; what the accountant says of a line; reverse charge."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.forms.vat import AssessForm, RulingForm
from accounting.selectors.vat import (
    lines_behind,
    lines_concerned,
    purchases_untaxed,
    reverse_chargeable,
    vat_returns,
)
from accounting.services.vat_rulings import rule_line, self_assess
from accounting.views.vat_tables import BehindFilters, BehindTable, UntaxedFilters, UntaxedTable, tax_tabs
from cae.core.acting import act_page
from cae.core.permissions import requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import day, money
from people.requests import SignedIn


@requires("accounting.view_vat")
def vat_box(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Where a figure comes from: its lines, each of which opens its entry."""
    row = get_object_or_404(vat_returns().select_related("entry"), pk=pk)
    box = get_object_or_404(row.form.boxes, code=code)
    return list_page(
        request,
        queryset=lines_behind(row, box),
        table=BehindTable,
        filters=BehindFilters,
        page="accounting.vat_box",
        title=_("Case %(code)s · %(period)s") % {"code": box.code, "period": row},
        intro=box.label,
        tabs=tax_tabs("vat_list"),
        template="accounting/vat/box.html",
        context={"row": row},
        empty=EmptyState(_("Aucune ligne dans cette case.")),
    )


@requires("accounting.keep_vat")
def vat_rule(request: SignedIn, pk: int) -> HttpResponse:
    line = get_object_or_404(lines_concerned().select_related("entry__journal", "account"), pk=pk)
    form = RulingForm(request.POST or None, initial={"rate": line.vat_rate, "kind": line.vat_kind})
    back_url = reverse("accounting:vat_list")
    return act_page(
        request,
        form,
        lambda _typed: rule_line(line, form.ruling(), actor=request.user),
        done=_("Ligne qualifiée : l’écriture reste ce qu’elle est."),
        back_url=back_url,
        title=_("Qualifier une ligne"),
        lead=_("%(account)s, %(amount)s, écriture %(entry)s du %(day)s.")
        % {
            "account": line.account,
            "amount": money(line.credit - line.debit),
            "entry": line.entry,
            "day": day(line.on),
        },
        submit=_("Qualifier"),
        crumbs=[(_("Déclarations de TVA"), back_url), (_("Qualifier une ligne"), "")],
    )


@requires("accounting.view_vat")
def vat_untaxed(request: HttpRequest) -> HttpResponse:
    """Purchases without tax: some make the cooperative owe it in place of their supplier."""
    return list_page(
        request,
        queryset=purchases_untaxed(),
        table=UntaxedTable,
        filters=UntaxedFilters,
        page="accounting.vat_untaxed",
        title=_("Achats sans TVA"),
        tabs=tax_tabs("vat_untaxed"),
        intro=_(
            "Services de l’étranger, biens de l’Union européenne, sous-traitance du bâtiment :"
            " la coopérative doit la taxe et la déduit."
        ),
        empty=EmptyState(_("Aucun achat sans TVA.")),
    )


@requires("accounting.keep_vat")
def vat_assess(request: SignedIn, pk: int) -> HttpResponse:
    line = get_object_or_404(reverse_chargeable(), pk=pk)
    form = AssessForm(request.POST or None, initial={"on": line.on})
    back_url = reverse("accounting:vat_untaxed")
    return act_page(
        request,
        form,
        lambda _typed: self_assess(line, actor=request.user, **form.told()),
        done=_("TVA autoliquidée : l’écriture est passée."),
        back_url=back_url,
        title=_("Autoliquider la TVA"),
        lead=_("%(entry)s du %(day)s, %(amount)s HT : la taxe est due et déduite par la même écriture.")
        % {"entry": line.entry.label, "day": day(line.on), "amount": money(line.debit - line.credit)},
        submit=_("Passer l’écriture"),
        crumbs=[(_("Achats sans TVA"), back_url), (_("Autoliquider"), "")],
    )
