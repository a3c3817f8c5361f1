"""What waits about shares: a bulletin to sign, requests to process, refunds to pay, payments that are
late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Source, Todo
from cae.core.questions import Given, Pile, Tally
from governance.models import Associate, Refund, Subscription
from governance.selectors.marks import ACCOUNT
from governance.selectors.shares import late_payments
from governance.states.register import RefundState, SubscriptionState
from people.selectors import has_mark, held_kinds
from people.states import RoleKind

WRITERS = (RoleKind.CO_MANAGER, RoleKind.HUMAN_RESOURCES, RoleKind.ACCOUNTANT)
# Beyond these one reads one's account.
MOST = 5


def bulletins_of(person: Any, on: Any) -> QuerySet[Subscription]:
    """Gives the bulletins that somebody has to sign on a day, for themselves or for whom they represent, as
    long as these are associates."""
    acted = Associate.objects.acted_by(person, on).filter(left_on__isnull=True)
    return Subscription.objects.filter(
        state=SubscriptionState.DRAFT, associate__in=acted.order_by().values("pk")
    )


def _own(user: Any, today: date) -> dict[str, Any] | None:
    return {"person": user.person_id, "on": today} if has_mark(user, ACCOUNT) else None


def _writes(user: Any, today: date) -> dict[str, Any] | None:
    return None if held_kinds(user, today).isdisjoint(WRITERS) else {"on": today}


def _to_sign(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    rows = bulletins_of(user.person_id, today).select_related("associate__organisation")
    for row in rows.order_by("created_at", "pk")[:MOST]:
        words = {"count": row.quantity, "name": row.associate.organisation}
        told = (
            ngettext(
                "Signer le bulletin de %(count)d part pour %(name)s",
                "Signer le bulletin de %(count)d parts pour %(name)s",
                row.quantity,
            )
            if row.associate.organisation_id
            else ngettext(
                "Signer le bulletin de %(count)d part",
                "Signer le bulletin de %(count)d parts",
                row.quantity,
            )
        )
        yield Todo(
            told % words,
            reverse("governance:subscription_sign", args=[row.pk]),
            since=timezone.localdate(row.created_at),
        )


def refunds_asked() -> QuerySet[Refund]:
    return Refund.objects.filter(state=RefundState.ASKED)


def refunds_due(on: Any) -> QuerySet[Refund]:
    """Gives the refunds that may be paid on a day."""
    return Refund.objects.filter(state=RefundState.WITHDRAWN, payable_from__lte=on)


def _asked(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Traiter %(count)d demande de remboursement de parts",
        "Traiter %(count)d demandes de remboursement de parts",
        tally.count,
    )
    url = reverse("governance:refund_queue")
    yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _due(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Payer %(count)d remboursement de parts", "Payer %(count)d remboursements de parts", tally.count
    )
    url = reverse("governance:refund_queue")
    yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def subscriptions_owed() -> QuerySet[Subscription]:
    """Gives the subscriptions that are signed and not paid whole: among them are the late ones."""
    return Subscription.objects.filter(state=SubscriptionState.SIGNED)


def _late(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    """What is late no count of rows tells: a plan is computed."""
    late = late_payments(today)
    if late:
        words = ngettext(
            "Relancer %(count)d versement de parts en retard",
            "Relancer %(count)d versements de parts en retard",
            len(late),
        )
        url = reverse("governance:late_payments")
        yield Todo(words % {"count": len(late)}, url, since=late[0].since, count=len(late))


AWAITED = (
    Awaited(
        Pile("governance.bulletins", lambda: (bulletins_of(Given("person"), Given("on")), "created_at")),
        _own,
        _to_sign,
    ),
    Awaited(Pile("governance.refunds_asked", lambda: (refunds_asked(), "asked_at")), _writes, _asked),
    Awaited(
        Pile("governance.refunds_due", lambda: (refunds_due(Given("on")), "payable_from")), _writes, _due
    ),
    Awaited(Pile("governance.shares_owed", lambda: (subscriptions_owed(), "signed_on")), _writes, _late),
)


def subscription_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """Gives the page of each subscription behind a book entry, among those the person sees."""
    rows = Subscription.objects.visible_to(user).filter(pk__in=keys)
    return _sources(rows.select_related("associate__person", "associate__organisation"))


def refund_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """Gives the page of each refund behind a book entry, among those the person sees."""
    rows = Refund.objects.visible_to(user).filter(pk__in=keys)
    return _sources(rows.select_related("associate__person", "associate__organisation"))


def _sources(rows: QuerySet[Any]) -> dict[str, Source]:
    return {str(one.pk): Source(str(one), one.get_absolute_url()) for one in rows}
