"""Gives shares back: the request, the shares that go, the money that follows years later (GOV-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.templatetags.formats import day as shown
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from governance.calculations.refunds import Place, closing_of, payable_from
from governance.models import Associate, CapitalLoss, Refund, ShareClass, ShareMovement
from governance.selectors.refunds import (
    asked_back,
    bearing_on,
    nominal_of,
    refund_queue,
    worth_of,
    year_losses,
)
from governance.selectors.share_rules import ShareRules, floor_on, share_rules
from governance.selectors.shares import count_held, unfreed_of
from governance.services.share_effects import (
    refuse_second_click,
    require_held,
    require_known_day,
    require_never_negative,
    require_one_kept,
    require_quantity,
    require_within_limits,
    take_register,
)
from governance.services.share_entries import Posting, post_refund, post_withdrawal, undo_entry
from governance.states.register import REFUND_FLOW, MovementKind, RefundState
from people.services.changes import one_line

MOST, MOST_REASON = 200, 300

_BEHIND = gettext_lazy(
    "Une demande plus ancienne est à payer d’abord : les remboursements suivent l’ordre des demandes."
)
_EARLY_BEHIND = gettext_lazy(
    "Une demande plus ancienne est à payer d’abord : la décision avance le jour, elle ne fait passer devant"
    " personne."
)


@dataclass(frozen=True)
class RefundData:
    """What is typed of a request."""

    share_class: ShareClass
    quantity: int
    asked_at: datetime


@transaction.atomic
def ask_refund(associate: Associate, *, data: RefundData, actor: Any, now: datetime) -> Refund:
    """Does: writes a request, at its rank of the order of requests. Refuses: no share, more than is paid and
    not asked back yet, an instant to come, the last share of who stays an associate. Leaves behind: the
    request, with the cause and the day of the loss of status; audit."""
    take_register()
    row = Associate.objects.select_for_update(of=("self",)).get(pk=associate.pk)
    require_quantity(data.quantity)
    if data.asked_at > now:
        raise Refused(Code.DATE_INVALID, _("Cette date n’est pas encore venue."), field="asked_on")
    asked_on = timezone.localdate(data.asked_at)
    _require_asked(row, data, timezone.localdate(now))
    require_one_kept(row, timezone.localdate(now), asked=data.quantity)
    waiting = Refund.objects.filter(associate=row, share_class=data.share_class, state=RefundState.ASKED)
    refuse_second_click(waiting.filter(quantity=data.quantity, created_by=actor))
    found = Refund.objects.create(
        associate=row,
        share_class=data.share_class,
        quantity=data.quantity,
        asked_at=data.asked_at,
        cause=row.loss_cause,
        lost_on=row.left_on or asked_on,
        created_by=actor,
    )
    audit.record(actor, "governance.refund.ask", found, detail={"shares": data.quantity})
    return found


def _require_asked(row: Associate, data: RefundData, today: date) -> None:
    """Only wholly paid shares are given back: a request for others would stop the queue behind it."""
    unpaid = unfreed_of(row, data.share_class, today)
    left = count_held(row, data.share_class, today) - unpaid - asked_back(row, data.share_class)
    if data.quantity > left:
        count = max(left, 0)
        sentence = (
            ngettext(
                "%(name)s peut demander le remboursement de %(count)d part au plus ; celles qui ne sont pas"
                " payées s’abandonnent avec leur souscription.",
                "%(name)s peut demander le remboursement de %(count)d parts au plus ; celles qui ne sont pas"
                " payées s’abandonnent avec leur souscription.",
                count,
            )
            if unpaid
            else ngettext(
                "%(name)s peut demander le remboursement de %(count)d part au plus.",
                "%(name)s peut demander le remboursement de %(count)d parts au plus.",
                count,
            )
        )
        raise Refused(Code.AMOUNT_ABOVE_DUE, sentence % {"name": row, "count": count}, field="quantity")


@performs(REFUND_FLOW, "withdraw_shares")
def withdraw_shares(row: Refund, *, on: date, actor: Any, today: date, accepted: bool = False) -> None:
    """Does: the shares leave the capital and are owed. Refuses: a day to come or before the loss, a request
    made earlier and still waiting, a capital that would fall under its floor (one keeps capital without a
    voice), more freed shares than held, the last share of who stays, limits broken and not `accepted`.
    Leaves behind: the movement, its entry, the losses known so far, the day from which it is to be paid;
    audit."""
    take_register()
    require_known_day(on, today)
    if on < max(row.lost_on, timezone.localdate(row.asked_at)):
        raise Refused(
            Code.DATE_INVALID,
            _("Les parts ne partent pas avant la demande ni la perte de la qualité, le %(day)s.")
            % {"day": shown(max(row.lost_on, timezone.localdate(row.asked_at)))},
            field="on",
        )
    rules = share_rules(today)
    delay = rules.refund_years()
    nominal = nominal_of(row)
    _require_turn(row, today)
    _require_floor(nominal, rules, {on, today})
    require_held(row.associate, row.share_class, row.quantity, on)
    require_within_limits({row.associate_id: -nominal}, on, accepted=accepted, today=today)
    row.withdrawn_on, row.valued_on = on, closing_of(row.lost_on)
    row.payable_from = payable_from(row.lost_on, delay)
    row.losses = worth_of(row, year_losses(), delay).lost
    label = house_words(gettext_lazy("Retrait de parts sociales"))
    posting = Posting(row, on, row.associate.name, label, actor)
    entry = post_withdrawal(posting, nominal, row.losses)
    ShareMovement.objects.create(
        kind=MovementKind.WITHDRAWAL,
        on=on,
        share_class=row.share_class,
        quantity=row.quantity,
        giver=row.associate,
        refund=row,
        entry=entry,
        created_by=actor,
    )
    require_never_negative(row.associate, row.share_class, on)
    require_one_kept(row.associate, today)


def _require_turn(row: Refund, today: date) -> None:
    if refund_queue(today).place_of(row) == Place.BEHIND:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Une demande plus ancienne attend encore : les remboursements suivent l’ordre des demandes."),
        )


def _require_floor(nominal: Decimal, rules: ShareRules, days: set[date]) -> None:
    """On the day and today: what came in since must not hide that the capital of the day was too low."""
    rules.floor_part()
    for day in sorted(days):
        floor = floor_on(day, rules)
        if floor.capital - nominal < floor.least:
            raise Refused(
                Code.VERDICT_REFUSED,
                _(
                    "Le capital passerait à %(capital)s, sous son minimum de %(least)s. Les parts restent,"
                    " sans droit de vote, et la demande garde son rang."
                )
                % {"capital": money(floor.capital - nominal), "least": money(floor.least)},
            )


@transaction.atomic
def decide_early_payment(refund: Refund, *, decision: str, payable_on: date, actor: Any) -> Refund:
    """Does: writes that the assembly decided to pay before the delay; the rank stays, who asked before is
    paid before. Refuses: shares not withdrawn or already paid, no decision, a day before the loss or that is
    not sooner. Leaves behind: the day, the decision; audit."""
    row = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    decision = one_line(decision, "decision", _("Indiquez la décision de l’assemblée."), most=MOST)
    if row.state != RefundState.WITHDRAWN or row.payable_from is None:
        raise IllegalMove(_("Ce remboursement n’attend pas de paiement."))
    if not row.lost_on <= payable_on < row.payable_from:
        raise Refused(
            Code.DATE_INVALID,
            _("Choisissez un jour avant le %(day)s, fin du délai, et après la perte de la qualité.")
            % {"day": shown(row.payable_from)},
            field="payable_on",
        )
    before = row.payable_from.isoformat()
    row.payable_from, row.early_decision = payable_on, decision
    row.save(update_fields=["payable_from", "early_decision"])
    detail = {"payable_from": [before, payable_on.isoformat()]}
    audit.record(actor, "governance.refund.early", row, detail=detail)
    return row


@performs(REFUND_FLOW, "pay")
def pay_refund(row: Refund, *, on: date, actor: Any, today: date) -> None:
    """Does: pays the nominal less every loss that the shares bear. Refuses: a day to come, before the delay
    is over or the shares went, an earlier request to be paid first. Leaves behind: the losses come since, the
    amount, the entry; audit."""
    take_register()
    require_known_day(on, today)
    first = max(row.payable_from or on, row.withdrawn_on or on)
    if on < first:
        raise Refused(
            Code.DATE_INVALID,
            _("Ce remboursement se paie à partir du %(day)s, sauf décision de l’assemblée.")
            % {"day": shown(first)},
            field="on",
        )
    if refund_queue(on).place_of(row) == Place.BEHIND:
        raise Refused(Code.ILLEGAL_MOVE, str(_EARLY_BEHIND if row.early_decision else _BEHIND))
    # A year that closes later is not borne by what is paid already.
    worth = worth_of(row, year_losses(on), share_rules(on).refund_years())
    # What was written off when the shares went stays so: a loss corrected since takes nothing back here.
    row.later_losses = max(worth.lost - row.losses, Decimal(0))
    row.paid_on = on
    row.paid_amount = worth.nominal - row.losses - row.later_losses
    label = house_words(gettext_lazy("Remboursement de parts sociales"))
    posting = Posting(row, on, row.associate.name, label, actor)
    row.entry = post_refund(posting, row.paid_amount, row.later_losses)


@performs(REFUND_FLOW, "give_back")
def give_shares_back(row: Refund, *, reason: str, on: date, actor: Any, today: date) -> None:
    """Does: undoes a withdrawal made by mistake; the request keeps its rank. Refuses: no reason, a day before
    the withdrawal or to come. Leaves behind: the opposite movement and entry, audit."""
    take_register()
    reason = one_line(reason, "reason", _("Dites pourquoi les parts sont rétablies."), most=MOST)
    require_known_day(on, today)
    undone = ShareMovement.objects.filter(reverses__isnull=False).values("reverses")
    movement = row.movements.exclude(pk__in=undone).get(reverses__isnull=True)
    if on < movement.on:
        raise Refused(Code.DATE_INVALID, _("Un mouvement ne s’annule pas avant d’avoir eu lieu."), field="on")
    entry = undo_entry(movement.entry, on=on, reason=reason, actor=actor, source=row)
    ShareMovement.objects.create(
        kind=movement.kind,
        on=on,
        share_class=row.share_class,
        quantity=row.quantity,
        receiver=row.associate,
        refund=row,
        decision=reason,
        reverses=movement,
        entry=entry,
        created_by=actor,
    )
    row.withdrawn_on = row.valued_on = row.payable_from = None
    row.losses, row.early_decision = Decimal(0), ""


@performs(REFUND_FLOW, "cancel")
def cancel_refund(row: Refund, *, reason: str, actor: Any) -> None:
    """Does: gives up a request whose shares have not gone. Refuses: no reason. Leaves behind: the reason, the
    request out of the queue; audit."""
    sentence = _("Dites pourquoi la demande est abandonnée.")
    row.cancel_reason = one_line(reason, "reason", sentence, most=MOST_REASON)


@transaction.atomic
def note_capital_loss(
    *, closed_on: date, amount: Decimal, decision: str, actor: Any, today: date
) -> CapitalLoss:
    """Does: writes the part of the loss of a closed year that the capital bears after the reserves; a
    negative one corrects it. Refuses: a year not closed, nothing, more than the shares are worth or less than
    nothing in all, no decision. Leaves behind: the loss, what bears it; requests not yet paid are worth less;
    audit."""
    take_register()
    require_known_day(closed_on, today, "closed_on")
    if closed_on != closing_of(closed_on):
        raise Refused(
            Code.DATE_INVALID,
            _("L’exercice est l’année civile : choisissez un 31 décembre."),
            field="closed_on",
        )
    decision = one_line(decision, "decision", _("Indiquez la décision de l’assemblée."), most=MOST)
    whole = bearing_on(closed_on)
    known = CapitalLoss.objects.filter(closed_on=closed_on).aggregate(total=Sum("amount"))["total"]
    if not amount or not 0 <= (known or 0) + amount <= whole:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("La perte supportée par les parts va de zéro à leur valeur, %(whole)s.")
            % {"whole": money(whole)},
            field="amount",
        )
    same = CapitalLoss.objects.filter(closed_on=closed_on, amount=amount, created_by=actor)
    refuse_second_click(same)
    row = CapitalLoss.objects.create(
        closed_on=closed_on,
        amount=amount,
        whole=whole,
        decision=decision,
        created_by=actor,
    )
    audit.record(actor, "governance.capital_loss.note", row, detail={"amount": str(amount)})
    return row
