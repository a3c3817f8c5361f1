"""Deposit slips: prepared, taken to the bank, credited (ACC-38)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.forms.reconciliation import (
    CancelDepositForm,
    CreditedForm,
    DepositedForm,
    DepositForm,
    TakeBackForm,
)
from accounting.models import DepositSlip
from accounting.selectors.bank import open_accounts
from accounting.selectors.deposits import Deposable, bank_lines_like, deposables, deposit_slips, items_of
from accounting.services.deposit_files import slip_pdf
from accounting.services.deposits import (
    cancel_slip,
    credit_slip,
    deposit_slip,
    prepare_slip,
    take_back_credit,
)
from accounting.states.reconciliation import DepositKind, DepositState
from accounting.views.bank_tables import bank_tabs
from accounting.views.choices import Choice, Choices
from cae.core.acting import act_page
from cae.core.answers import file_shown
from cae.core.forms import refused_at
from cae.core.permissions import can, requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from people.requests import SignedIn

# What came lately is ticked; older cheques, most often deposited before the slips began, are offered only.
_RECENT = timedelta(days=31)


class DepositTable(Table):
    """Slips, the latest first."""

    number = LinkColumn(verbose_name=gettext_lazy("Bordereau"))
    on = DateColumn(verbose_name=gettext_lazy("Préparé le"))
    kind = tables.Column(verbose_name=gettext_lazy("Nature"))
    bank_account = tables.Column(verbose_name=gettext_lazy("Compte"))
    count = tables.Column(
        verbose_name=gettext_lazy("Valeurs"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    total = MoneyColumn(verbose_name=gettext_lazy("Total"), total=True)
    status = StatusColumn()

    class Meta(Table.Meta):
        model = DepositSlip
        fields = ("number", "on", "kind", "bank_account", "count", "total", "status")
        order_by = ("-on", "-number")


class DepositFilters(Filters):
    search = ("number", "items__drawer", "items__reference")

    class Meta:
        model = DepositSlip
        fields = ("kind", "state")


@requires("accounting.view_bank")
def deposit_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=deposit_slips().distinct(),
        table=DepositTable,
        filters=DepositFilters,
        page="accounting.deposits",
        title=_("Remises en banque"),
        tabs=bank_tabs("deposit_list"),
        main_action=Action(
            _("Préparer un bordereau"),
            reverse("accounting:deposit_prepare"),
            right="accounting.prepare_deposits",
            tone="primary",
        ),
        empty=EmptyState(
            _("Aucun bordereau."), _("Un bordereau réunit les chèques portés ensemble à la banque.")
        ),
    )


@requires("accounting.prepare_deposits")
def deposit_prepare(request: SignedIn) -> HttpResponse:
    """Receipts by cheque, or in cash, that no slip holds: those ticked go together."""
    today = timezone.localdate()
    kind = request.POST.get("kind") or request.GET.get("nature", "")
    kind = kind if kind in DepositKind.values else DepositKind.CHEQUES.value
    start = {"on": today, "kind": kind, "form_key": uuid4(), "bank_account": open_accounts(today).first()}
    form = DepositForm(request.POST or None, initial=start, today=today)
    if form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            slip = prepare_slip(
                typed["entries"],
                kind=typed["kind"],
                bank_account=typed["bank_account"],
                on=typed["on"],
                form_key=typed["form_key"],
                actor=request.user,
            )
            messages.success(request, _("Bordereau %(number)s préparé.") % {"number": slip})
            return redirect(slip)
    ready = deposables(kind, today)
    recent = {str(one.entry) for one in ready if one.on >= today - _RECENT}
    ticked = set(form.data.getlist("entries")) if form.is_bound else recent
    context = {
        "form": form,
        "choices": _choices(ready, ticked),
        "kinds": [(label, f"?nature={code}", code == kind) for code, label in DepositKind.choices],
        "back_url": reverse("accounting:deposit_list"),
        "has_account": open_accounts(today).exists(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounting/reconciliation/prepare.html", context, status=status)


def _choices(receipts: Iterable[Deposable], ticked: set[str]) -> Choices:
    rows = [
        Choice(one.entry, one.drawer, one.reference or "—", one.on, one.amount, str(one.entry) in ticked)
        for one in receipts
    ]
    return Choices(
        "entries",
        rows,
        caption=_("Encaissements à remettre"),
        who=_("Émetteur"),
        what=_("Référence"),
        when=_("Reçu le"),
        sum=_("Total de ce qui peut être remis"),
    )


def _slip(pk: int) -> DepositSlip:
    return get_object_or_404(deposit_slips().select_related("entry__journal", "document"), pk=pk)


@requires("accounting.view_bank")
def deposit_detail(request: SignedIn, pk: int) -> HttpResponse:
    """What a slip holds, what became of it, the movements of the bank that look like it."""
    slip = _slip(pk)
    may = can(request.user, "accounting.prepare_deposits")
    context = {
        "slip": slip,
        "items": items_of(slip),
        "alike": bank_lines_like(slip),
        "may_deposit": may and slip.state == DepositState.PREPARED,
        "may_credit": may and slip.state == DepositState.DEPOSITED,
        "may_take_back": may and slip.state == DepositState.CREDITED,
    }
    return render(request, "accounting/reconciliation/slip.html", context)


@requires("accounting.view_bank")
def deposit_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """The page to take to the bank, before as after: once taken, the file is kept as it was."""
    slip = _slip(pk)
    if slip.document_id:
        return redirect("core:document", slip.document_id)
    return file_shown(slip_pdf(slip), name=f"{slip.number}.pdf")


def _page(slip: DepositSlip, title: Any) -> dict[str, Any]:
    return {
        "title": title,
        "submit": title,
        "back_url": slip.get_absolute_url(),
        "crumbs": [
            (_("Remises en banque"), reverse("accounting:deposit_list")),
            (slip.number, slip.get_absolute_url()),
            (title, ""),
        ],
    }


@requires("accounting.prepare_deposits")
def deposit_deposit(request: SignedIn, pk: int) -> HttpResponse:
    slip, today = _slip(pk), timezone.localdate()
    return act_page(
        request,
        DepositedForm(request.POST or None, initial={"on": today}),
        lambda typed: deposit_slip(slip, on=typed["on"], actor=request.user, today=today),
        done=_("Remise notée."),
        **_page(slip, _("Noter la remise")),
    )


@requires("accounting.prepare_deposits")
def deposit_credit(request: SignedIn, pk: int) -> HttpResponse:
    slip, today = _slip(pk), timezone.localdate()
    alike = bank_lines_like(slip)
    start = {"on": alike[0].booked_on if alike else today}
    return act_page(
        request,
        CreditedForm(request.POST or None, initial=start),
        lambda typed: credit_slip(slip, on=typed["on"], actor=request.user, today=today),
        done=_("Crédit noté."),
        **_page(slip, _("Noter le crédit")),
    )


@requires("accounting.prepare_deposits")
def deposit_take_back(request: SignedIn, pk: int) -> HttpResponse:
    """The credit was noted by mistake."""
    slip = _slip(pk)
    return act_page(
        request,
        TakeBackForm(request.POST or None),
        lambda typed: take_back_credit(slip, reason=typed["reason"], actor=request.user),
        done=_("Crédit repris : le bordereau attend à nouveau d’être crédité."),
        tone="danger",
        lead=_(
            "L’écriture du crédit est contre-passée à sa date ; le bordereau redevient remis à la banque."
        ),
        **_page(slip, _("Reprendre le crédit")),
    )


@requires("accounting.prepare_deposits")
def deposit_cancel(request: SignedIn, pk: int) -> HttpResponse:
    slip = _slip(pk)
    return act_page(
        request,
        CancelDepositForm(request.POST or None),
        lambda typed: cancel_slip(slip, reason=typed["reason"], actor=request.user),
        done=_("Bordereau annulé : ses encaissements sont à nouveau à remettre."),
        tone="danger",
        **_page(slip, _("Annuler le bordereau")),
    )
