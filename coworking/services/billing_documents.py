"""Makes the documents of a month, one a payer: nothing twice, whoever runs it and however often (COW-15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, run_job
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.permissions import can
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from coworking.models import BillingRun, Charge, Payer, RunDocument
from coworking.selectors.billing import payers_to_bill, to_bill, unfinished
from coworking.services.billing import finish_run
from coworking.states.members import CHARGE_FLOW, RunState
from entrepreneurs.models import Activity
from invoicing.models import InternalSale, Invoice, VatRate
from invoicing.services.checking import check_invoice
from invoicing.services.drafting import create_draft
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.internal_sales import (
    InternalContent,
    accept_internal,
    create_internal,
    invoice_internal,
    offer_internal,
)
from invoicing.services.issuing import issue_invoice
from invoicing.services.submitting import submit_invoice

_MOST_DESCRIPTION = 4000


def bill_month(job_id: int) -> None:
    """Does: makes the documents of the run of the job, a transaction a payer. Refuses: nothing (what one
    payer lacks is noted on its line). Leaves behind: the job, and the run, done."""
    run_job(job_id, _bill)


def _bill(progress: Progress) -> None:
    run = BillingRun.objects.select_related("place__activity").get(pk=progress.arguments["run"])
    today, actor = timezone.localdate(), progress.job.author
    payers = payers_to_bill(run, today)
    if only := progress.arguments.get("ids"):
        payers = payers.filter(pk__in=only)
    progress.each(list(payers), lambda payer: bill_payer(payer, run=run, today=today, actor=actor))
    run.refresh_from_db()
    if run.state == RunState.RUNNING:
        finish_run(run, actor=actor)


def bill_payer(payer: Payer, *, run: BillingRun, today: date, actor: Any) -> None:
    """Does: makes one document of what a payer is due in a month: an internal invoice for an activity of the
    cooperative, whose subscription is the agreement; an invoice for anybody else, issued if the person may,
    else handed to those who check. Refuses: what making or issuing it refuses. Leaves behind: the document,
    the charges billed."""
    if payer.is_inside:
        _bill_inside(payer, run, today, actor)
        return
    _draft(payer, run, today, actor)
    for invoice in unfinished(run, payer):
        _send_on(invoice, today, actor)


@performs(CHARGE_FLOW, "bill")
def bill_charge(
    charge: Charge,
    *,
    run: BillingRun,
    actor: Any,
    invoice: Invoice | None = None,
    internal_sale: InternalSale | None = None,
) -> None:
    """Does: says which document bills a charge. Refuses: nothing more than its state. Leaves behind: the
    document named, audit."""
    charge.run, charge.invoice, charge.internal_sale = run, invoice, internal_sale


def _held(payer: Payer, run: BillingRun, today: date) -> Sequence[Charge]:
    """What is due, under lock: a second run waits here, then finds nothing left."""
    Payer.objects.select_for_update(no_key=True, of=("self",)).get(pk=payer.pk)
    due = to_bill(run.place, Month.of(run.month), today).filter(payer=payer)
    return list(due.select_for_update(of=("self",)).order_by("day", "pk"))


@transaction.atomic
def _bill_inside(payer: Payer, run: BillingRun, today: date, actor: Any) -> None:
    charges = _held(payer, run, today)
    if not charges or payer.activity is None:
        return
    content = InternalContent(
        buyer=payer.activity,
        title=_title(run)[:160],
        amount=sum((one.amount for one in charges), ZERO),
        description="\n".join(_line(one) for one in charges)[:_MOST_DESCRIPTION],
    )
    sale = create_internal(_seller(run), content=content, form_key=uuid4(), on=today, actor=actor)
    # What one subscribed to, or booked, was agreed then: nobody is asked again.
    sale = offer_internal(sale, on=today, actor=actor, agreed=True)
    sale = accept_internal(sale, on=today, actor=actor, agreed=True)
    sale = invoice_internal(sale, on=today, actor=actor)
    for one in charges:
        bill_charge(one, run=run, internal_sale=sale, actor=actor)


@transaction.atomic
def _draft(payer: Payer, run: BillingRun, today: date, actor: Any) -> None:
    charges = _held(payer, run, today)
    if not charges or payer.customer is None:
        return
    rates = {rate.code: rate for rate in VatRate.objects.in_force(today)}
    missing = next((one.vat_code for one in charges if one.vat_code not in rates), None)
    if missing is not None:
        raise Refused(
            Code.VAT_RATE_NOT_IN_FORCE,
            _("Le taux de TVA « %(code)s » n’est plus en vigueur.") % {"code": missing},
        )
    lines = tuple(
        LineContent(
            label=one.label,
            quantity=Decimal(1),
            unit_price=one.amount,
            vat_rate=rates[one.vat_code],
            description=one.working,
        )
        for one in charges
    )
    last = Month.of(run.month).last
    content = DraftContent(
        customer=payer.customer,
        lines=lines,
        purpose=_title(run),
        delivered_on=last if last <= today else None,
    )
    invoice = create_draft(_seller(run), content=content, form_key=uuid4(), actor=actor)
    RunDocument.objects.create(run=run, invoice=invoice)
    for one in charges:
        bill_charge(one, run=run, invoice=invoice, actor=actor)


def _send_on(invoice: Invoice, today: date, actor: Any) -> None:
    """Outside any transaction: the judges of e-invoices are another process."""
    if not can(actor, "invoicing.issue_invoice", invoice):
        submit_invoice(invoice, on=today, actor=actor)
        return
    verdict = check_invoice(invoice, actor=actor, on=today)
    if not verdict.accepted:
        raise Refused(Code.VERDICT_REFUSED, verdict.findings[0]["message"])
    issue_invoice(invoice, actor=actor, on=today, today=today)


def _seller(run: BillingRun) -> Activity:
    if run.place.activity is None:
        raise Refused(
            Code.NOT_ALLOWED, _("Ce lieu ne vend rien : donnez-lui d’abord l’activité qui facture.")
        )
    return run.place.activity


def _title(run: BillingRun) -> str:
    return f"{run.place} · {date_format(run.month, 'F Y')}"


def _line(charge: Charge) -> str:
    words = f"{charge.label} : {money(charge.amount)}"
    return f"{words} ({charge.working})" if charge.working else words
