"""Prepares, signs and gives up subscriptions of shares: the bulletin, the shares it issues (GOV-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.periods import after_months
from cae.core.signing import Hand, Origin, sign
from cae.core.templatetags.formats import day as shown
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from governance.calculations.shares import ends_after, unfreed_shares
from governance.models import Associate, ShareClass, ShareMovement, Subscription
from governance.selectors.shares import paid_on
from governance.services.share_effects import (
    broken_codes,
    give_number,
    refuse_second_click,
    require_associate,
    require_known_day,
    require_quantity,
    require_within_limits,
    take_register,
)
from governance.services.share_entries import Posting, post_cancellation, post_signature
from governance.services.share_notices import settle_bulletin, tell_bulletin
from governance.states.register import SUBSCRIPTION_FLOW, MovementKind, PaymentPlan, SubscriptionState
from people.services.changes import one_line

SIGNED_FOR = "share_subscription"
AGREEMENT = gettext_lazy("J’ai lu ce bulletin et je souscris ces parts sociales.")
BULLETIN_TASK = "governance.archive_bulletin"
MOST_SHARES = 1_000_000
# What is subscribed is freed within five years (C. com. L223-7, L225-3).
MOST_MONTHS = 60


@dataclass(frozen=True)
class SubscriptionData:
    """What is typed of a subscription."""

    share_class: ShareClass
    quantity: int
    first_due_on: date
    plan: str = PaymentPlan.AT_ONCE
    part_amount: Decimal | None = None


@dataclass(frozen=True)
class Paper:
    """A bulletin signed on paper: on which day, and where the original is kept."""

    on: date
    kept_at: str


@transaction.atomic
def prepare_subscription(
    associate: Associate,
    *,
    data: SubscriptionData,
    actor: Any,
    on: date,
    accepted: bool = False,
    by_associate: bool = False,
) -> Subscription:
    """Does: writes a bulletin to be signed. Refuses: no share, a class no longer offered, parts of payment
    that make no plan or last more than five years, who is no associate that day, limits broken and not
    `accepted`. Leaves behind: the bulletin, with the limits that were accepted; the associate told; audit."""
    take_register()
    _check(data)
    _check_length(data, on)
    require_associate(associate, on, "associate")
    amount = data.quantity * data.share_class.nominal
    effect = require_within_limits({associate.pk: amount}, on, accepted=accepted, may_accept=not by_associate)
    said: dict[str, Any] = {
        "associate": associate,
        "share_class": data.share_class,
        "quantity": data.quantity,
        "nominal": data.share_class.nominal,
        "plan": data.plan,
        "part_amount": None if data.plan == PaymentPlan.AT_ONCE else data.part_amount,
        "first_due_on": data.first_due_on,
        "created_by": actor,
    }
    refuse_second_click(Subscription.objects.filter(**said, state=SubscriptionState.DRAFT))
    row = Subscription.objects.create(**said, accepted_limits=broken_codes(effect))
    detail = {"shares": data.quantity, "amount": str(amount), "limits": row.accepted_limits}
    audit.record(actor, "governance.subscription.prepare", row, detail=detail)
    tell_bulletin(row, actor=actor)
    return row


def content_hash(row: Subscription) -> str:
    """Gives the hash of what a bulletin says: what the signer saw."""
    return sha256_of(
        {
            "associate": row.associate_id,
            "name": row.associate.name,
            "class": row.share_class.code,
            "quantity": row.quantity,
            "nominal": str(row.nominal),
            "plan": row.plan,
            "part": str(row.part_amount or ""),
            "first_due_on": row.first_due_on.isoformat(),
        }
    )


@performs(SUBSCRIPTION_FLOW, "sign")
def sign_subscription(
    row: Subscription,
    *,
    actor: Any,
    at: datetime,
    hand: Hand | None = None,
    origin: Origin | None = None,
    shown_sha256: str = "",
    paper: Paper | None = None,
) -> None:
    """Does: the associate signs on a screen (`hand`), or the house notes a bulletin signed on paper; the
    shares are issued that day. Refuses: another text than the one shown, a day to come, no place of the
    original, limits broken that nobody accepted, what `sign` refuses. Leaves behind: the signature, the
    movement and its entry, the PDF to come, audit."""
    take_register()
    on = paper.on if paper else timezone.localdate(at)
    require_known_day(on, timezone.localdate(at), "signed_on")
    require_associate(row.associate, on, "signed_on")
    require_within_limits(
        {row.associate_id: row.amount},
        on,
        accepted=row.accepted_limits,
        may_accept=False,
        today=timezone.localdate(at),
    )
    row.content_sha256 = content_hash(row)
    if shown_sha256 not in ("", row.content_sha256):
        raise Refused(Code.STALE_FORM, _("Le bulletin a changé depuis votre lecture : relisez-le d’abord."))
    if paper is not None:
        sentence = _("Dites où l’original signé est conservé.")
        row.paper_note = one_line(paper.kept_at, "kept_at", sentence, most=200)
    else:
        row.signature = sign(
            row,
            purpose=SIGNED_FOR,
            hand=hand or Hand(""),
            content_sha256=row.content_sha256,
            at=at,
            origin=origin or Origin(),
            terms=house_words(AGREEMENT),
            actor=actor,
        )
    row.signed_on = on
    settle_bulletin(row, at=at)
    _issue(row, on, actor)
    run_later(BULLETIN_TASK, subscription_id=row.pk)


def _issue(row: Subscription, on: date, actor: Any) -> None:
    label = house_words(gettext_lazy("Souscription de parts sociales"))
    entry = post_signature(Posting(row, on, row.associate.name, label, actor), row.amount)
    ShareMovement.objects.create(
        kind=MovementKind.ISSUE,
        on=on,
        share_class=row.share_class,
        quantity=row.quantity,
        receiver=row.associate,
        subscription=row,
        entry=entry,
        created_by=actor,
    )


@performs(SUBSCRIPTION_FLOW, "cancel")
def cancel_subscription(
    row: Subscription, *, reason: str, on: date, actor: Any, today: date, accepted: bool = False
) -> None:
    """Does: gives up a bulletin; once signed, cancels the shares that are not wholly paid, those paid stay.
    Refuses: no reason, a payment that makes no whole number of shares, a day to come or before the signature,
    limits broken and not `accepted`. Leaves behind: the reason, the movement of cancellation and its entry,
    the number of who keeps freed shares, audit."""
    sentence = _("Dites pourquoi la souscription est abandonnée.")
    row.cancel_reason = one_line(reason, "reason", sentence, most=300)
    settle_bulletin(row, at=timezone.now())
    if row.state == SubscriptionState.DRAFT or row.signed_on is None:
        return
    take_register()
    require_known_day(on, today)
    if on < row.signed_on:
        raise Refused(
            Code.DATE_INVALID,
            _("Une souscription ne s’abandonne pas avant sa signature, le %(day)s.")
            % {"day": shown(row.signed_on)},
            field="on",
        )
    paid = paid_on(row)
    if paid % row.nominal:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("%(paid)s versés ne font pas un nombre entier de parts de %(nominal)s : complétez ou annulez.")
            % {"paid": money(paid), "nominal": money(row.nominal)},
        )
    count = unfreed_shares(row.quantity, row.nominal, paid)
    change = {row.associate_id: -count * row.nominal}
    require_within_limits(change, on, accepted=accepted, today=today)
    _cancel_unpaid(row, count, on, actor)
    if paid:
        give_number(row.associate_id)


def _cancel_unpaid(row: Subscription, count: int, on: date, actor: Any) -> None:
    amount = count * row.nominal
    label = house_words(gettext_lazy("Annulation de parts non libérées"))
    entry = post_cancellation(Posting(row, on, row.associate.name, label, actor), amount)
    ShareMovement.objects.create(
        kind=MovementKind.CANCELLATION,
        on=on,
        share_class=row.share_class,
        quantity=count,
        giver=row.associate,
        subscription=row,
        decision=row.cancel_reason[:200],
        entry=entry,
        created_by=actor,
    )


def _check_length(data: SubscriptionData, on: date) -> None:
    limit = after_months(on, MOST_MONTHS)
    part = None if data.plan == PaymentPlan.AT_ONCE else data.part_amount
    if ends_after(data.quantity * data.share_class.nominal, part, data.first_due_on, limit):
        raise Refused(
            Code.DATE_INVALID,
            _("Des parts sont entièrement payées en cinq ans au plus, le %(day)s au plus tard.")
            % {"day": shown(limit)},
            field="first_due_on" if part is None or data.first_due_on > limit else "part_amount",
        )


def _check(data: SubscriptionData) -> None:
    require_quantity(data.quantity)
    if data.quantity > MOST_SHARES:
        raise Refused(Code.VALUE_INVALID, _("C’est trop de parts à la fois."), field="quantity")
    if not data.share_class.is_active:
        raise Refused(
            Code.VALUE_INVALID,
            _("Cette catégorie n’est plus proposée à la souscription."),
            field="share_class",
        )
    if data.plan not in PaymentPlan.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez comment les parts sont payées."), field="plan")
    if data.plan != PaymentPlan.AT_ONCE and not (data.part_amount and data.part_amount > 0):
        raise Refused(Code.VALUE_MISSING, _("Indiquez le montant de chaque versement."), field="part_amount")
