"""Plans a payment, lets it go in spite of low cash, puts its bank details right, withdraws it (INV-57)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.payment_orders import LONGEST_NAME, LONGEST_TEXT, Beneficiary, bank_text
from accounting.models import AnalyticAccount, PaymentBatch, PaymentLine, PaymentOrder
from accounting.services.payment_batches import drop_order
from accounting.states.books import AccountRole, AnalyticKind
from accounting.states.payments import ORDER_FLOW, BatchState, LineState, OrderState
from cae.core import audit
from cae.core.banks import bic_of, checked_iban
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import CENT, ZERO
from cae.core.workflow import performs
from people.services.changes import one_line

MOST_REASON = 300


@transaction.atomic
def plan_payment(
    to: Beneficiary,
    *,
    amount: Decimal,
    section: AnalyticAccount,
    account: AccountRole,
    label: str,
    due_on: date,
    source: models.Model,
    actor: Any,
) -> PaymentOrder:
    """Does: plans one transfer for a source. Refuses: no name, a wrong IBAN, an amount that is not positive
    or has a fraction of a cent, no text, a source that has an order already. Leaves behind: the order,
    audit."""
    name, iban, bic = _checked(to)
    text = bank_text(label, LONGEST_TEXT)
    if not text:
        raise Refused(Code.VALUE_MISSING, _("Dites ce que ce virement paie."), field="label")
    if amount <= ZERO or amount % CENT:
        raise Refused(
            Code.AMOUNT_INVALID, _("Un virement est d’un montant positif, au centime."), field="amount"
        )
    kind = ContentType.objects.get_for_model(source)
    # Two hands on the same claim: the second waits here, then reads the order of the first.
    type(source)._base_manager.select_for_update(of=("self",)).get(pk=source.pk)
    alive = PaymentOrder.objects.filter(source_type=kind, source_id=source.pk)
    if alive.exclude(state=OrderState.WITHDRAWN).exists():
        raise Refused(
            Code.DUPLICATE, _("Cette pièce a déjà son ordre de paiement : elle n’est payée qu’une fois.")
        )
    order = PaymentOrder.objects.create(
        name=name,
        iban=iban,
        bic=bic,
        amount=amount,
        section=section,
        account=account,
        label=text,
        due_on=due_on,
        source_type=kind,
        source_id=source.pk,
        created_by=actor,
    )
    audit.record(actor, "accounting.plan_payment", order, detail={"amount": str(amount)})
    return order


def _checked(to: Beneficiary) -> tuple[str, str, str]:
    """Name, IBAN and BIC as a bank takes them. Raises Refused at the field at fault."""
    name = bank_text(to.name, LONGEST_NAME)
    if not name:
        raise Refused(Code.VALUE_MISSING, _("Indiquez le nom du bénéficiaire."), field="name")
    iban = checked_iban(to.iban)
    return name, iban, "".join(to.bic.split()).upper() or bic_of(iban)


@transaction.atomic
def clear_hold(order: PaymentOrder, *, reason: str, actor: Any) -> PaymentOrder:
    """Does: lets an order go though the cash of its section does not cover it. Refuses: no reason, an order
    that waits no more, one already let go, one of the shared services, which are never held.
    Leaves behind: who, when and why, audit."""
    row = PaymentOrder.objects.select_for_update(of=("self",)).select_related("section").get(pk=order.pk)
    reason = one_line(reason, "reason", _("Dites pourquoi cet ordre part quand même."), most=MOST_REASON)
    if row.state != OrderState.PLANNED:
        raise IllegalMove(
            _("Cet ordre n’attend plus : son état est « %(state)s ».") % {"state": row.status[2]}
        )
    if row.cleared_at is not None:
        raise Refused(Code.ALREADY_DONE, _("La retenue de cet ordre est déjà levée."))
    if row.section.kind == AnalyticKind.SHARED:
        raise Refused(Code.VALUE_INVALID, _("Un ordre des services communs n’est jamais retenu."))
    row.cleared_reason, row.cleared_at, row.cleared_by = reason, timezone.now(), actor
    row.save(update_fields=["cleared_reason", "cleared_at", "cleared_by"])
    audit.record(actor, "accounting.clear_hold", row, detail={"reason": reason, "amount": str(row.amount)})
    return row


@performs(ORDER_FLOW, "correct")
def correct_payment(row: PaymentOrder, *, to: Beneficiary, actor: Any) -> None:
    """Does: gives a rejected order the bank details with which it leaves again; the same ones may be tried
    anew. Refuses: no name, a wrong IBAN. Leaves behind: the order to be paid; whoever corrected it may not
    release it; audit."""
    row.name, row.iban, row.bic = _checked(to)
    row.corrected_by = actor


@transaction.atomic
def withdraw_payment(order: PaymentOrder, *, reason: str, actor: Any) -> PaymentOrder:
    """Does: gives up a payment, on behalf of the room that planned it. Refuses: no reason, an order paid, one
    in a lot that the bank has. Leaves behind: the order withdrawn, its source free for another; a lot not yet
    released without it, cancelled when nothing is left; audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi ce paiement est retiré."), most=MOST_REASON)
    batch = _lot_of(order)
    withdrawn = _withdraw(order, batch=batch, reason=reason, actor=actor)
    if batch is not None:
        drop_order(batch, withdrawn, reason=reason, actor=actor)
    return withdrawn


@performs(ORDER_FLOW, "withdraw")
def _withdraw(row: PaymentOrder, *, batch: PaymentBatch | None, reason: str, actor: Any) -> None:
    """Does, refuses, leaves behind: as `withdraw_payment`, which holds the lot."""
    if row.state == OrderState.BATCHED and batch is None:
        raise IllegalMove(_("Cet ordre vient d’entrer dans un lot : recommencez."))
    row.withdrawn_reason = reason


def _lot_of(order: PaymentOrder) -> PaymentBatch | None:
    """The lot that holds an order, under lock. Raises IllegalMove when the bank has it."""
    lines = PaymentLine.objects.filter(order=order, state=LineState.PENDING)
    found = lines.select_related("batch").first()
    if found is None:
        return None
    # Whoever releases it now is waited for; whoever notes that it is paid holds one the bank has already.
    if found.batch.state == BatchState.PREPARED:
        found.batch = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=found.batch_id)
    if found.batch.state == BatchState.CANCELLED:
        return None
    if found.batch.state != BatchState.PREPARED:
        raise IllegalMove(
            _("Ce virement est déjà parti à la banque, avec le lot n° %(number)s.")
            % {"number": found.batch_id}
        )
    return found.batch
