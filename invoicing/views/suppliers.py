"""Suppliers: the list, the page of one, what is written about it (INV-45)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, requires
from cae.core.tables import (
    Action,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags import ui
from invoicing.forms.suppliers import SupplierForm, new_supplier, supplier_typed
from invoicing.models import Supplier
from invoicing.selectors.purchases import purchases_visible, status_of_purchase
from invoicing.selectors.suppliers import (
    bank_in_force,
    bank_waiting,
    banks_of,
    owed_to,
    suppliers_with_sums,
)
from invoicing.services.suppliers import (
    accept_supplier,
    archive_supplier,
    create_supplier,
    restore_supplier,
    save_supplier,
)
from invoicing.views.purchase_parts import find_supplier, supplier_crumbs
from invoicing.views.tables import SirenColumn, cells

KEEPS = "invoicing.keep_suppliers"
# The page of a supplier shows its latest purchases; the list, narrowed to it, shows them all.
SHOWN = 12


def status_of_supplier(row: Any) -> tuple[str, str, str]:
    """The gravest first: bank details to confirm, a supplier to check, none to pay."""
    if row.is_archived:
        return ("neutral", "✕", _("Archivé"))
    if row.bank_waits:
        return ("warning", "▲", _("IBAN à confirmer"))
    if not row.is_accepted:
        return ("warning", "◇", _("À vérifier"))
    if not row.has_bank:
        return ("neutral", "◇", _("Sans IBAN"))
    return ("success", "✔", _("Vérifié"))


class SupplierStatusColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*status_of_supplier(record))

    def value(self, record: Any, value: Any) -> str:
        return status_of_supplier(record)[2]


class SupplierTable(Table):
    name = LinkColumn(verbose_name=gettext_lazy("Nom"), order_by="sort_name", attrs=cells("clip"))
    siren = SirenColumn(verbose_name=gettext_lazy("SIREN"), attrs=cells("one-line"))
    city = tables.Column(verbose_name=gettext_lazy("Ville"), attrs=cells("clip", "wide"))
    bought = MoneyColumn(verbose_name=gettext_lazy("Acheté TTC"), total=True)
    owed = MoneyColumn(verbose_name=gettext_lazy("Reste dû"), total=True)
    status = SupplierStatusColumn()


class SupplierFilters(Filters):
    search = ("name", "siren", "city")

    bank = django_filters.ChoiceFilter(
        label=gettext_lazy("IBAN"),
        choices=[("waits", gettext_lazy("À confirmer")), ("none", gettext_lazy("Sans IBAN"))],
        method="filter_bank",
        empty_label=gettext_lazy("Tous"),
    )
    proposed = django_filters.BooleanFilter(
        label=gettext_lazy("À vérifier"), method="filter_proposed", widget=forms.CheckboxInput
    )
    archived = django_filters.BooleanFilter(
        label=gettext_lazy("Archivés aussi"), method="keep_all", widget=forms.CheckboxInput
    )

    class Meta:
        model = Supplier
        fields: list[str] = []

    def filter_bank(self, queryset: QuerySet[Supplier], name: str, value: str) -> QuerySet[Supplier]:
        return queryset.filter(bank_waits=True) if value == "waits" else queryset.filter(has_bank=False)

    def filter_proposed(self, queryset: QuerySet[Supplier], name: str, value: bool) -> QuerySet[Supplier]:
        return queryset.filter(accepted_at=None) if value else queryset

    def keep_all(self, queryset: QuerySet[Supplier], name: str, value: bool) -> QuerySet[Supplier]:
        return queryset


@requires("invoicing.view_suppliers")
def supplier_list(request: HttpRequest) -> HttpResponse:
    rows = suppliers_with_sums(request.user)
    if not request.GET.get("archived"):
        rows = rows.filter(archived_at=None)
    new = Action(
        _("Nouveau fournisseur"),
        reverse("invoicing:supplier_new"),
        right="invoicing.propose_supplier",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=rows,
        table=SupplierTable,
        filters=SupplierFilters,
        page="invoicing.suppliers",
        title=_("Fournisseurs"),
        empty=EmptyState(
            _("Aucun fournisseur pour l’instant."),
            _("Créez le premier : toute la coopérative s’en servira."),
            new,
        ),
        main_action=new,
        totals_later=True,
    )


@requires("invoicing.view_supplier")
def supplier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    supplier, today = find_supplier(pk), timezone.localdate()
    rows = purchases_visible(request.user).filter(supplier=supplier)
    reads_banks = can(request.user, "invoicing.view_banks")
    waiting = bank_waiting(supplier) if reads_banks else None
    context = {
        "supplier": supplier,
        "badge": _badge(supplier),
        "purchases": [(row, status_of_purchase(row, on=today)) for row in rows[:SHOWN]],
        "all_url": f"{reverse('invoicing:purchase_list')}?supplier={supplier.pk}",
        "owed": owed_to(supplier) if can(request.user, "invoicing.view_supplier_balances") else None,
        "reads_banks": reads_banks,
        "bank": bank_in_force(supplier) if reads_banks else None,
        "waiting": waiting,
        "may_confirm": waiting is not None and waiting.proposed_by_id != request.user.pk,
        "former": [one for one in banks_of(supplier) if not one.is_waiting] if reads_banks else [],
        "may_keep": can(request.user, KEEPS),
        "may_keep_banks": can(request.user, "invoicing.keep_banks"),
        "may_buy": can(request.user, "invoicing.create_purchase"),
        "may_order": can(request.user, "invoicing.create_purchase_order"),
    }
    return render(request, "invoicing/purchases/supplier.html", context)


def _badge(supplier: Supplier) -> str:
    if supplier.is_archived:
        return ui.status("neutral", "✕", _("Archivé"))
    return "" if supplier.is_accepted else ui.status("warning", "◇", _("À vérifier"))


@requires("invoicing.propose_supplier")
def supplier_new(request: HttpRequest) -> HttpResponse:
    """Creates a supplier; whoever is not the accountant proposes it."""
    keeps = can(request.user, KEEPS)
    form = SupplierForm(request.POST or None, initial=new_supplier(request.GET.get("nom", "")), keeps=keeps)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            supplier = create_supplier(
                content=form.content(),
                form_key=form.key,
                actor=request.user,
                accepted_at=timezone.now() if keeps else None,
            )
            messages.success(
                request,
                _("Le fournisseur est enregistré.")
                if keeps
                else _("Le fournisseur est proposé : la comptabilité le vérifie avant tout paiement."),
            )
            return redirect(supplier)
    return _form(request, form, _("Nouveau fournisseur"), reverse("invoicing:supplier_list"))


@requires("invoicing.keep_suppliers")
def supplier_edit(request: HttpRequest, pk: int) -> HttpResponse:
    supplier = find_supplier(pk)
    form = SupplierForm(request.POST or None, initial=supplier_typed(supplier), keeps=True)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            saved = save_supplier(
                supplier,
                content=form.content(supplier),
                version=form.cleaned_data["version"] or 0,
                actor=request.user,
            )
            messages.success(request, _("Les changements sont enregistrés."))
            return redirect(saved)
    return _form(request, form, supplier.name, supplier.get_absolute_url())


def _form(request: HttpRequest, form: SupplierForm, title: str, back_url: str) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=back_url,
        crumbs=supplier_crumbs((title, "")),
    )


@require_POST
@requires("invoicing.keep_suppliers")
def supplier_accept(request: HttpRequest, pk: int) -> HttpResponse:
    supplier = find_supplier(pk)
    return act_now(
        request,
        lambda: accept_supplier(supplier, actor=request.user, at=timezone.now()),
        done=_("Le fournisseur est vérifié."),
        back_url=supplier.get_absolute_url(),
    )


@require_POST
@requires("invoicing.keep_suppliers")
def supplier_archive(request: HttpRequest, pk: int) -> HttpResponse:
    supplier = find_supplier(pk)
    return act_now(
        request,
        lambda: archive_supplier(supplier, actor=request.user, at=timezone.now()),
        done=_("Le fournisseur est archivé : il n’est plus proposé dans les achats."),
        back_url=supplier.get_absolute_url(),
    )


@require_POST
@requires("invoicing.keep_suppliers")
def supplier_restore(request: HttpRequest, pk: int) -> HttpResponse:
    supplier = find_supplier(pk)
    return act_now(
        request,
        lambda: restore_supplier(supplier, actor=request.user),
        done=_("Le fournisseur est de nouveau proposé dans les achats."),
        back_url=supplier.get_absolute_url(),
    )
