"""Plans held by members: asked, accepted, changed, ended after their notice (COW-11, COW-14)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.templatetags.formats import day
from cae.core.workflow import performs
from coworking.calculations.proration import end_after_notice
from coworking.models import Deposit, Member, Payer, Plan, Subscription, Unit
from coworking.services.billing import follow_dates
from coworking.services.recounting import bookings_follow
from coworking.states.members import SUBSCRIPTION_FLOW, PlanKind, SubscriptionState
from people.services.changes import one_line, refuse_spent

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SubscriptionData:
    """What is typed of a subscription; no agreed price: that of the plan in force."""

    plan: Plan
    starts_on: date
    weekdays: tuple[int, ...] = ()
    unit: Unit | None = None
    agreed_price: Decimal | None = None
    agreed_because: str = ""


@transaction.atomic
def ask_subscription(member: Member, *, data: SubscriptionData, form_key: UUID, actor: Any) -> Subscription:
    """Does: asks a plan for a member, once for a form sent twice. Refuses: a pass, a plan of another place or
    off sale, weekdays that are not as many as the plan has, a day when one is no member, a price agreed
    without reason, the same plan held already, a desk that is taken. Leaves behind: the subscription asked,
    audit."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    known = Subscription.objects.filter(form_key=form_key, member=member).first()
    if known is not None:
        return known
    data = _checked(member, data)
    row = Subscription(
        member=member,
        plan=data.plan,
        payer=member.payer,
        starts_on=data.starts_on,
        weekdays=list(data.weekdays),
        unit=data.unit,
        agreed_price=data.agreed_price,
        agreed_because=data.agreed_because,
        form_key=form_key,
    )
    refuse_spent(row)
    with _desk_told(row):
        row.save()
    detail = {"from": row.starts_on.isoformat(), "name": str(row.plan)}
    audit.record(actor, "coworking.subscription.ask", row, detail=detail)
    return row


@performs(SUBSCRIPTION_FLOW, "accept")
def accept_subscription(subscription: Subscription, *, actor: Any, payer: Payer | None = None) -> None:
    """Does: makes a subscription run from its day, paid by this payer, else by whoever pays for the member.
    Refuses: nobody to pay. Leaves behind: the subscription, the deposit of the plan asked, audit."""
    subscription.payer = payer or subscription.payer or subscription.member.payer
    if subscription.payer is None:
        raise Refused(
            Code.VALUE_MISSING, _("Dites d’abord qui paie : complétez la fiche du coworker."), field="payer"
        )
    if subscription.plan.deposit is not None:
        Deposit.objects.get_or_create(
            subscription=subscription, defaults={"amount": subscription.plan.deposit}
        )


@performs(SUBSCRIPTION_FLOW, "refuse")
def refuse_subscription(subscription: Subscription, *, reason: str, actor: Any) -> None:
    """Does: declines what was asked. Refuses: no reason. Leaves behind: the reason, audit."""
    subscription.end_reason = one_line(
        reason, "reason", _("Dites pourquoi cet abonnement est refusé."), most=300
    )
    subscription.unit = None


@transaction.atomic
def hold_plan(
    member: Member, *, data: SubscriptionData, form_key: UUID, actor: Any, payer: Payer | None = None
) -> Subscription:
    """Does: asks a plan and accepts it in one go, as the team does. Refuses and leaves behind: as both."""
    row = ask_subscription(member, data=data, form_key=form_key, actor=actor)
    if row.state != SubscriptionState.ASKED:
        return row
    return accept_subscription(row, actor=actor, payer=payer)


@transaction.atomic
def ask_end(
    subscription: Subscription,
    *,
    asked_on: date,
    actor: Any,
    reason: str = "",
    last_day: date | None = None,
) -> Subscription:
    """Does: says the last day of a subscription: that of its notice, or the one agreed with the team.
    Refuses: one that does not run, whose end is said already, a day before the request or before it began.
    Leaves behind: the last day, when it was asked, audit; the months computed or billed and the bookings to
    come follow (`follow_dates`, `bookings_follow`)."""
    last = last_day or last_day_of(subscription, asked_on)
    if last < asked_on or last < subscription.starts_on:
        raise Refused(
            Code.PERIOD_INVALID,
            _("La fin ne peut précéder ni la demande, ni le début de l’abonnement."),
            field="last_day",
        )
    with _followed(subscription, last + _ONE_DAY, actor):
        row = _running(subscription)
        if row.ends_on is not None:
            raise Refused(
                Code.ALREADY_DONE,
                _("Cet abonnement finit déjà le %(day)s.") % {"day": day(row.ends_on)},
            )
        row.ending_asked_on, row.ends_on = asked_on, last
        row.end_reason = reason.strip()[:300]
        row.version += 1
        row.save()
    detail = {"last_day": last.isoformat(), "reason": row.end_reason}
    audit.record(actor, "coworking.subscription.ask_end", row, detail=detail)
    return row


@contextmanager
def _followed(subscription: Subscription, since: date, actor: Any) -> Iterator[None]:
    """What is due and what is booked from a day on follow the subscription once it changed."""
    with bookings_follow(subscription, since=since, actor=actor):
        yield
        follow_dates(subscription, since=since, actor=actor)


def last_day_of(subscription: Subscription, asked_on: date) -> date:
    """The last day of a subscription whose end would be asked that day: its notice, and not before its first
    day."""
    plan = subscription.plan
    last = end_after_notice(asked_on, months=plan.notice_months, days=plan.notice_days)
    return max(last, subscription.starts_on)


@transaction.atomic
def take_back_end(subscription: Subscription, *, actor: Any) -> Subscription:
    """Does: lets a subscription run on after all. Refuses: one whose end nobody asked, or that is over.
    Leaves behind: no last day, audit; months and bookings follow."""
    since = subscription.ends_on or subscription.starts_on
    with _followed(subscription, since, actor):
        row = _running(subscription)
        if row.ends_on is None:
            raise IllegalMove(_("La fin de cet abonnement n’est pas demandée."))
        row.ending_asked_on, row.ends_on, row.end_reason = None, None, ""
        row.version += 1
        with _desk_told(row):
            row.save()
    audit.record(actor, "coworking.subscription.take_back_end", row)
    return row


@performs(SUBSCRIPTION_FLOW, "end")
def end_subscription(subscription: Subscription, *, on: date, actor: Any) -> None:
    """Does: closes a subscription whose last day is past. Refuses: one that still runs that day. Leaves
    behind: the state, audit."""
    if subscription.ends_on is None or subscription.ends_on >= on:
        raise IllegalMove(_("Cet abonnement court encore : demandez d’abord sa fin."))


def end_past(*, on: date) -> int:
    """Does: closes every subscription whose last day is past. Refuses: nothing. Leaves behind: what
    `end_subscription` leaves; gives how many."""
    past = Subscription.objects.filter(state=SubscriptionState.ACTIVE, ends_on__lt=on)
    ended = 0
    for row in past.order_by("pk"):
        try:
            end_subscription(row, on=on, actor=None)
        except Refused:
            continue
        ended += 1
    return ended


@transaction.atomic
def change_plan_held(
    subscription: Subscription, *, data: SubscriptionData, form_key: UUID, actor: Any
) -> Subscription:
    """Does: has another plan follow a subscription from a day on, paid by the same payer. Refuses: a day that
    is not after the first one of the former, what `ask_subscription` refuses. Leaves behind: the former ended
    on the day before, the new one, audit; months and bookings follow."""
    with _followed(subscription, data.starts_on, actor):
        return _change_plan(subscription, data, form_key, actor)


def _change_plan(
    subscription: Subscription, data: SubscriptionData, form_key: UUID, actor: Any
) -> Subscription:
    row = _running(subscription)
    known = Subscription.objects.filter(form_key=form_key, member=row.member_id).first()
    if known is not None:
        return known
    if data.starts_on <= row.starts_on:
        raise Refused(
            Code.DATE_INVALID, _("Le changement vient après le début de l’abonnement."), field="starts_on"
        )
    if row.ends_on is not None and row.ends_on < data.starts_on - _ONE_DAY:
        raise Refused(Code.DATE_INVALID, _("Cet abonnement sera déjà fini ce jour-là."), field="starts_on")
    row.ends_on = data.starts_on - _ONE_DAY
    row.ending_asked_on = row.ending_asked_on or data.starts_on
    row.end_reason = str(_("Remplacé par « %(plan)s »") % {"plan": data.plan})
    row.version += 1
    row.save()
    audit.record(actor, "coworking.subscription.ask_end", row, detail={"last_day": row.ends_on.isoformat()})
    return hold_plan(row.member, data=data, form_key=form_key, actor=actor, payer=row.payer)


def _running(subscription: Subscription) -> Subscription:
    row = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    if row.state != SubscriptionState.ACTIVE:
        raise IllegalMove(_("Cet abonnement n’est pas en cours."))
    return row


def _checked(member: Member, data: SubscriptionData) -> SubscriptionData:
    # As it is now, not as the form read it.
    plan = Plan.objects.get(pk=data.plan.pk)
    if plan.place_id != member.place_id or plan.kind == PlanKind.PASS or plan.archived_at is not None:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une formule en vente dans ce lieu."), field="plan")
    if not member.is_in_force(data.starts_on):
        raise Refused(
            Code.DATE_INVALID,
            _("Cette personne n’est pas coworker de ce lieu à cette date."),
            field="starts_on",
        )
    days = tuple(sorted(set(data.weekdays))) if plan.kind == PlanKind.WEEK else ()
    if plan.kind == PlanKind.WEEK and len(days) != plan.days_a_week:
        wanted = plan.days_a_week or 0
        sentence = ngettext(
            "Choisissez %(count)d jour de la semaine.", "Choisissez %(count)d jours de la semaine.", wanted
        )
        raise Refused(Code.VALUE_INVALID, sentence % {"count": wanted}, field="weekdays")
    unit = data.unit if plan.kind == PlanKind.RESIDENT else None
    if unit is not None and unit.resource.place_id != member.place_id:
        raise Refused(Code.VALUE_INVALID, _("Ce poste n’est pas de ce lieu."), field="unit")
    because = data.agreed_because.strip()
    if data.agreed_price is not None and data.agreed_price < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un prix n’est pas négatif."), field="agreed_price")
    if data.agreed_price is not None and not because:
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce prix est convenu."), field="agreed_because")
    _refuse_twice(member, data)
    agreed = because if data.agreed_price is not None else ""
    return replace(data, weekdays=days, unit=unit, agreed_because=agreed)


def _refuse_twice(member: Member, data: SubscriptionData) -> None:
    same = Subscription.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=data.starts_on), member=member, plan=data.plan
    ).exclude(state=SubscriptionState.REFUSED)
    if same.exists():
        raise Refused(Code.DUPLICATE, _("Cette personne a déjà cette formule."), field="plan")


@contextmanager
def _desk_told(row: Subscription) -> Iterator[None]:
    """The database refuses two residents at one desk, and the same plan twice: in a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "placesubscription_desk_once" in str(error):
            raise Refused(
                Code.SLOT_TAKEN,
                _("Le poste « %(desk)s » est déjà pris à cette date : choisissez-en un autre.")
                % {"desk": row.unit},
                field="unit",
            ) from error
        raise Refused(Code.DUPLICATE, _("Cette personne a déjà cette formule."), field="plan") from error
