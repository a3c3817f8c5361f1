"""Makes recurring documents on their dates, each once; what prevents one stops nothing else (INV-25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, Forbidden, Refused
from cae.core.notices import notify
from cae.core.permissions import can
from cae.core.templatetags.formats import day
from invoicing.calculations.recurrence import carried
from invoicing.emails import cause_of, letter_of
from invoicing.models import Invoice, PurchaseOrder, Quote, RecurringMade, RecurringPlan
from invoicing.selectors.checkers import authors_of_activity
from invoicing.selectors.sendings import recipients_of
from invoicing.services.approving import approve_quote
from invoicing.services.checking import check_invoice
from invoicing.services.drafting import copied, create_draft
from invoicing.services.inputs import DraftContent, ScheduleContent
from invoicing.services.issuing import issue_invoice
from invoicing.services.purchase_inputs import OrderContent, OrderLineContent
from invoicing.services.purchase_orders import create_order
from invoicing.services.quoting import create_quote_draft
from invoicing.services.recurring import end_plan, require_open, right_to_number
from invoicing.services.sending import send_invoice, send_quote
from invoicing.states.recurring import MOST_AT_ONCE, MOST_FAILURE, DateOutcome, MakingMode

TASK = "invoicing.make_recurring"
MADE, FAILED = "invoicing.recurring_made", "invoicing.recurring_failed"

Made = Invoice | Quote | PurchaseOrder


def make_due(*, at: datetime) -> int:
    """Does: asks for the documents of every plan whose date has come, each in a task of its own. Refuses:
    nothing. Leaves behind: the tasks; gives how many plans were due."""
    due = list(RecurringPlan.objects.due(timezone.localdate(at)).values_list("pk", flat=True))
    for pk in due:
        run_later(TASK, plan_id=pk)
    return len(due)


def make_documents(plan_id: int, *, at: datetime) -> list[Made]:
    """Does: makes the documents of a plan whose dates have come, the oldest first; called twice, or by two at
    once, it makes each date once. Refuses: nothing. Leaves behind: the documents, their dates, authors told;
    or, at the first one that cannot be made, why, the owner told, and the date still due."""
    made: list[Made] = []
    while len(made) < MOST_AT_ONCE:
        try:
            document = make_next(plan_id, at=at)
        except Refused as refusal:
            _note_failure(plan_id, refusal, at=at)
            break
        if document is None:
            break
        made.append(document)
    return made


@transaction.atomic
def make_next(plan_id: int, *, at: datetime) -> Made | None:
    """Does: makes the document of the next date of a plan, if it has come. Refuses: whatever making, issuing
    or sending refuses; an owner who may not any more, an activity closed by then. Leaves behind: the
    document, its date, the next one, authors told, audit; nothing when no date has come."""
    today = timezone.localdate(at)
    plan = RecurringPlan.objects.select_for_update(of=("self",)).due(today).filter(pk=plan_id).first()
    if plan is None or plan.next_on is None:
        return None
    on = plan.next_on
    require_open(plan.activity, on=on)
    _require_owner(plan)
    document = _make(plan, on, today=today)
    if plan.mode == MakingMode.SEND:
        document = _number_and_send(plan, document, at=at)
    _name(plan, on, document, at=at)
    _go_on(plan, after=on)
    audit.record(None, "invoicing.make_recurring", plan, detail={"of": str(document), "on": on.isoformat()})
    _tell_made(plan, document)
    return document


def _require_owner(plan: RecurringPlan) -> None:
    """In whose name it is made still works there."""
    if not plan.owner.is_active:
        raise Forbidden(
            _("Le compte de %(name)s est fermé : enregistrez ce document récurrent à votre nom.")
            % {"name": plan.owner.get_full_name()}
        )
    if not can(plan.owner, "invoicing.edit_recurring", plan):
        raise Forbidden(
            _("%(name)s n’a plus le droit de le faire : enregistrez ce document récurrent à votre nom.")
            % {"name": plan.owner.get_full_name()}
        )


def _make(plan: RecurringPlan, on: date, *, today: date) -> Made:
    key: UUID = uuid5(plan.form_key, on.isoformat())
    model, actor = plan.model, plan.owner
    if isinstance(model, PurchaseOrder):
        return create_order(
            plan.activity, content=_ordered(plan, model, on), form_key=key, actor=actor, on=today
        )
    content = _sold(plan, model, on, today=today)
    if isinstance(model, Quote):
        return create_quote_draft(plan.activity, content=content, form_key=key, actor=actor)
    return create_draft(plan.activity, content=content, form_key=key, actor=actor)


def _sold(plan: RecurringPlan, model: Invoice | Quote, on: date, *, today: date) -> DraftContent:
    """The model at the prices of the date, under the rates of today; proofs of disbursements are asked back
    once, so they are not repeated."""
    content = copied(model, customer=plan.customer, rates_on=today)
    if isinstance(model, Quote) and model.approved_on is not None:
        content = replace(content, schedule=_carried(content.schedule, dated=model.approved_on, on=on))
    index = plan.price_index
    lines = content.lines
    if index is not None:
        lines = tuple(replace(line, unit_price=index.price(line.unit_price, on)) for line in lines)
    return replace(content, lines=lines, disbursements=(), internal_note=_by_plan(plan, on))


def _carried(schedule: ScheduleContent, *, dated: date, on: date) -> ScheduleContent:
    """The schedule of the model, its days as far from the new quote as they were from the model."""
    rows = (
        replace(row, on=None if row.on is None else carried(row.on, dated=dated, on=on))
        for row in schedule.instalments
    )
    return replace(schedule, instalments=tuple(rows))


def _ordered(plan: RecurringPlan, model: PurchaseOrder, on: date) -> OrderContent:
    index = plan.price_index
    return OrderContent(
        supplier=model.supplier,
        purpose=model.purpose,
        lines=tuple(
            OrderLineContent(
                label=line.label,
                quantity=line.quantity,
                unit_price=index.price(line.unit_price, on) if index else line.unit_price,
                rate=line.rate,
                unit=line.unit,
                reference=line.reference,
            )
            for line in model.lines.order_by("position")
        ),
        delivery_address=model.delivery_address,
        message=model.message,
        internal_note=_by_plan(plan, on),
    )


def _by_plan(plan: RecurringPlan, on: date) -> str:
    facts = {"title": plan.title, "day": day(on)}
    return _("Fait par le document récurrent « %(title)s », date du %(day)s.") % facts


def _number_and_send(plan: RecurringPlan, document: Made, *, at: datetime) -> Made:
    if isinstance(document, PurchaseOrder):
        raise LookupError("an order is made as a draft")
    today, actor = timezone.localdate(at), plan.owner
    if not can(actor, right_to_number(plan), document):
        raise Forbidden(
            _("Pour ce montant, les documents de %(name)s passent par l’équipe : choisissez le brouillon.")
            % {"name": actor.get_full_name()}
        )
    to = [one.email for one in recipients_of(document.customer)]
    if isinstance(document, Quote):
        quote = approve_quote(document, actor=actor, on=today)
        letter = letter_of(quote, cause_of(quote), on=today)
        return send_quote(quote, to=to, letter=letter, actor=actor, at=at)
    verdict = check_invoice(document, actor=actor, on=today)
    if not verdict.accepted:
        raise Refused(Code.VERDICT_REFUSED, verdict.findings[0]["message"])
    invoice = issue_invoice(document, actor=actor, on=today, today=today)
    letter = letter_of(invoice, cause_of(invoice), on=today)
    return send_invoice(invoice, to=to, letter=letter, actor=actor, at=at)


def _name(plan: RecurringPlan, on: date, document: Made, *, at: datetime) -> None:
    kind = {Invoice: "invoice", Quote: "quote", PurchaseOrder: "order"}[type(document)]
    RecurringMade.objects.create(plan=plan, on=on, outcome=DateOutcome.MADE, at=at, **{kind: document})


def _go_on(plan: RecurringPlan, *, after: date) -> None:
    following = plan.rhythm.following(after, many=1)
    plan.failure, plan.failed_at = "", None
    plan.next_on = following[0] if following else after
    plan.save(update_fields=["failure", "failed_at", "next_on"])
    if not following:
        end_plan(plan, actor=None)


def _note_failure(plan_id: int, refusal: Refused, *, at: datetime) -> None:
    """Kept once, told once: the same reason the next morning tells nobody again. Nothing when the date was
    made, or the plan paused or ended, meanwhile."""
    today = timezone.localdate(at)
    with transaction.atomic():
        plan = RecurringPlan.objects.select_for_update(of=("self",)).due(today).filter(pk=plan_id).first()
        if plan is None or plan.next_on is None:
            return
        reason = str(refusal.message)[:MOST_FAILURE]
        if plan.failure == reason:
            return
        plan.failure, plan.failed_at = reason, plan.failed_at or at
        plan.save(update_fields=["failure", "failed_at"])
        detail = {"on": plan.next_on.isoformat(), "reason": reason}
        audit.record(None, "invoicing.fail_recurring", plan, detail=detail)
        facts = {"title": plan.title, "day": day(plan.next_on)}
        notify(
            _told(plan),
            FAILED,
            subject=lambda: _("« %(title)s » du %(day)s n’a pas pu être fait") % facts,
            text=reason,
            url=plan.get_absolute_url(),
            about=plan,
        )


def _tell_made(plan: RecurringPlan, document: Made) -> None:
    facts = {"title": plan.title, "document": str(document)}

    def subject() -> str:
        if plan.mode == MakingMode.SEND:
            return _("« %(title)s » : %(document)s est parti chez le client") % facts
        return _("« %(title)s » : un brouillon vous attend") % facts

    notify(_told(plan), MADE, subject=subject, url=document.get_absolute_url(), about=document)


def _told(plan: RecurringPlan) -> list[Any]:
    people = authors_of_activity(plan.activity)
    return people if plan.owner in people else [*people, plan.owner]
