"""Pages of lots: prepared from what may leave, read twice and signed by another person, noted as executed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.payment_orders import next_transfer_day
from accounting.forms.payments import BatchForm, PaidForm, ReleaseForm, WhyForm
from accounting.models import PaymentBatch, PaymentOrder
from accounting.selectors.payments import (
    fingerprint,
    lines_of_batch,
    orders_held,
    orders_ready,
    payment_batches,
    sent_lines,
)
from accounting.services.payment_batches import cancel_batch, prepare_batch, release_batch, settle_batch
from accounting.states.payments import BatchState, LineState
from accounting.views.choices import Choice, Choices
from accounting.views.payment_tables import BatchFilters, BatchTable, payment_tabs
from accounting.views.payments import prepare_action
from cae.core.acting import act_page
from cae.core.forms import refused_at
from cae.core.money import ZERO
from cae.core.permissions import can, in_person, requires
from cae.core.tables import EmptyState, list_page
from cae.core.templatetags.formats import money
from people.devices import origin_of
from people.requests import SignedIn


@requires("accounting.view_payments")
def batch_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=payment_batches(),
        table=BatchTable,
        filters=BatchFilters,
        page="accounting.batches",
        title=_("Lots de virements"),
        tabs=payment_tabs("batch_list"),
        main_action=prepare_action(),
        empty=EmptyState(_("Aucun lot."), _("Préparez-en un : une autre personne le validera.")),
    )


@requires("accounting.prepare_payments")
def batch_prepare(request: SignedIn) -> HttpResponse:
    """Chooses what leaves; what is held stands below, with why."""
    today = timezone.localdate()
    ready = list(orders_ready(today))
    due = {order.pk for order in ready if order.due_on <= today}
    start = {"execution_on": next_transfer_day(today), "form_key": uuid4()}
    form = BatchForm(request.POST or None, initial=start)
    if form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            batch = prepare_batch(
                typed["orders"],
                execution_on=typed["execution_on"],
                form_key=typed["form_key"],
                actor=request.user,
                today=today,
            )
            messages.success(request, _("Lot préparé : une autre personne le valide."))
            return redirect(batch)
    ticked = set(form.data.getlist("orders")) if form.is_bound else {str(key) for key in due}
    context = {
        "form": form,
        "choices": _choices(ready, ticked),
        "held": list(orders_held(today)),
        "back_url": reverse("accounting:payment_list"),
    }
    return render(request, "accounting/batch_prepare.html", context, status=422 if form.is_bound else 200)


def _choices(orders: Iterable[PaymentOrder], ticked: set[str]) -> Choices:
    rows = [
        Choice(
            order.pk,
            order.name,
            order.section,
            order.due_on,
            order.amount,
            str(order.pk) in ticked,
            under=f"{order.label} · …{order.iban_end}",
        )
        for order in orders
    ]
    return Choices(
        "orders",
        rows,
        caption=_("Ordres à payer"),
        who=_("Bénéficiaire"),
        what=_("Payé par"),
        when=_("À payer le"),
        sum=_("Total de ce qui peut partir"),
    )


@requires("accounting.view_payments")
def batch_detail(request: SignedIn, pk: int) -> HttpResponse:
    """Who is paid, how much, on which account, and what became of each."""
    batch = _batch(pk)
    user = request.user
    may_release = can(user, "accounting.release_payments")
    context = {
        "batch": batch,
        "lines": list(lines_of_batch(batch)),
        "may_prepare": can(user, "accounting.prepare_payments"),
        "may_release": may_release and batch.prepared_by_id != user.pk,
        "opens_file": may_release,
        "is_prepared": batch.state == BatchState.PREPARED,
        "is_released": batch.state == BatchState.RELEASED,
    }
    return render(request, "accounting/batch.html", context)


@in_person
@requires("accounting.release_payments")
def batch_release(request: SignedIn, pk: int) -> HttpResponse:
    """The whole content, read again, then the mark of who lets it go."""
    batch = _batch(pk)
    lines = sent_lines(batch)
    form = ReleaseForm(request.POST or None, initial={"shown": fingerprint(batch, lines)})
    if form.is_valid():
        with refused_at(form):
            release_batch(
                batch,
                shown=form.cleaned_data["shown"],
                hand=form.hand(request.user.get_full_name()),
                origin=origin_of(request),
                at=timezone.now(),
                actor=request.user,
            )
            messages.success(request, _("Lot validé : le fichier de virement est prêt pour la banque."))
            return redirect(batch)
    context = {"batch": batch, "lines": lines, "form": form, "signer": request.user.get_full_name()}
    answer = render(request, "accounting/batch_release.html", context, status=422 if form.is_bound else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires("accounting.prepare_payments")
def batch_cancel(request: SignedIn, pk: int) -> HttpResponse:
    batch = _batch(pk)
    return _act(
        request,
        batch,
        WhyForm(request.POST or None),
        lambda typed: cancel_batch(batch, actor=request.user, **typed),
        title=_("Annuler ce lot"),
        lead=_("Ses ordres redeviennent à payer : %(total)s."),
        submit=_("Annuler le lot"),
        done=_("Lot annulé : ses ordres sont de nouveau à payer."),
        tone="danger",
    )


@requires("accounting.prepare_payments")
def batch_settle(request: SignedIn, pk: int) -> HttpResponse:
    batch, today = _batch(pk), timezone.localdate()
    pending = [line for line in lines_of_batch(batch) if line.state == LineState.PENDING]
    return _act(
        request,
        batch,
        PaidForm(request.POST or None, initial={"on": min(batch.execution_on, today)}),
        lambda typed: settle_batch(batch, actor=request.user, today=today, **typed),
        title=_("Noter le lot exécuté"),
        lead=_("%(total)s à sortir de la banque. Notez d’abord chaque ordre que la banque a rejeté."),
        submit=_("Noter exécuté"),
        done=_("Lot exécuté : les écritures sont passées."),
        total=sum((line.amount for line in pending), ZERO),
    )


def _act(
    request: SignedIn, batch: PaymentBatch, form: Any, run: Any, *, total: Any = None, **words: Any
) -> HttpResponse:
    """A form alone on its page, about one lot."""
    back_url = batch.get_absolute_url()
    words["lead"] %= {"total": money(batch.total if total is None else total)}
    crumbs = [
        (_("Lots de virements"), reverse("accounting:batch_list")),
        (batch.reference, back_url),
        (words["title"], ""),
    ]
    return act_page(request, form, run, back_url=back_url, crumbs=crumbs, **words)


def _batch(pk: int) -> PaymentBatch:
    return get_object_or_404(payment_batches(), pk=pk)
