"""What is left to do before somebody leaves a place (COW-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.templatetags.formats import day
from coworking.models import AccessLoan, Booking, Charge, Deposit, Member, Subscription
from coworking.states.bookings import COMING
from coworking.states.members import ChargeState, DepositState, SubscriptionState
from coworking.states.places import LoanState


@dataclass(frozen=True)
class Left:
    """One thing of the checklist: done or not, in a sentence; whether it keeps from leaving; where to do
    it."""

    label: Any
    is_done: bool
    detail: Any
    holds_back: bool = True
    url: str = ""


def leaving_of(member: Member, last_day: date) -> list[Left]:
    """The checklist of somebody who leaves that day: subscriptions, keys, bookings to come, deposits, what is
    not billed yet."""
    return [
        _subscriptions(member, last_day),
        _keys(member),
        _bookings(member, last_day),
        _deposits(member),
        _charges(member),
    ]


def _subscriptions(member: Member, last_day: date) -> Left:
    longer = Subscription.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=last_day),
        member=member,
        state__in=[SubscriptionState.ASKED, SubscriptionState.ACTIVE],
    ).select_related("plan")
    row = longer.first()
    if row is None:
        return Left(_("Abonnements"), True, _("Aucun abonnement au-delà de ce jour."))
    detail = (
        _("« %(plan)s » court jusqu’au %(day)s : mettez-y fin d’abord.")
        % {"plan": row.plan, "day": day(row.ends_on)}
        if row.ends_on
        else _("« %(plan)s » est encore en cours : mettez-y fin d’abord.") % {"plan": row.plan}
    )
    return Left(_("Abonnements"), False, detail, url=row.get_absolute_url())


def _keys(member: Member) -> Left:
    loans = AccessLoan.objects.filter(
        item__place=member.place_id, person=member.person_id, state=LoanState.LENT
    ).select_related("item")
    lent = [str(loan.item) for loan in loans]
    if not lent:
        return Left(_("Clés, badges et codes"), True, _("Tout est rendu."))
    detail = _("À rendre : %(items)s.") % {"items": ", ".join(lent)}
    return Left(_("Clés, badges et codes"), False, detail)


def _bookings(member: Member, last_day: date) -> Left:
    morrow = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    count = Booking.objects.filter(member=member, state__in=COMING, during__endswith__gt=morrow).count()
    if not count:
        return Left(_("Réservations à venir"), True, _("Aucune après ce jour."))
    detail = ngettext(
        "%(count)d réservation après ce jour : annulez-la d’abord.",
        "%(count)d réservations après ce jour : annulez-les d’abord.",
        count,
    ) % {"count": count}
    return Left(_("Réservations à venir"), False, detail)


def _deposits(member: Member) -> Left:
    held = Deposit.objects.filter(subscription__member=member, state=DepositState.RECEIVED).select_related(
        "subscription"
    )
    row = held.first()
    if row is None:
        return Left(_("Dépôt de garantie"), True, _("Rien à rendre."), holds_back=False)
    url = row.subscription.get_absolute_url()
    return Left(_("Dépôt de garantie"), False, _("À rendre ou à garder."), holds_back=False, url=url)


def _charges(member: Member) -> Left:
    waiting = Charge.objects.filter(
        Q(subscription__member=member) | Q(sold_pass__member=member) | Q(booking__member=member),
        state__in=[ChargeState.DUE, ChargeState.HELD],
    ).count()
    if not waiting:
        return Left(_("Lignes à facturer"), True, _("Tout est facturé."), holds_back=False)
    detail = ngettext(
        "%(count)d ligne sera facturée avec son mois.",
        "%(count)d lignes seront facturées avec leur mois.",
        waiting,
    ) % {"count": waiting}
    url = reverse("coworking:billing_list", args=[member.place_id])
    return Left(_("Lignes à facturer"), False, detail, holds_back=False, url=url)
