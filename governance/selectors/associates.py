"""One associate as the page shows it: what it was from day to day, who acts for it, its right to vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from governance.models import (
    Admission,
    Associate,
    CategoryPeriod,
    Mandate,
    Representative,
    VotingRightEvent,
)
from governance.selectors.shares import late_payments
from governance.states.register import RightsEventKind

TONES: dict[str, str] = {
    RightsEventKind.NOTICE: "warning",
    RightsEventKind.SUSPENSION: "danger",
    RightsEventKind.RETURN: "success",
}


@dataclass(frozen=True)
class RightsShown:
    """The right to vote at an instant and the facts that made it, the latest first."""

    events: list[VotingRightEvent]
    suspended: bool
    # The first notice that still stands: what it asked for is not paid.
    notice: VotingRightEvent | None

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What `{% timeline %}` draws."""
        return [
            {
                "tone": TONES[event.kind],
                "label": event.get_kind_display(),
                "at": event.at,
                "detail": event.reason,
            }
            for event in self.events
        ]


def rights_of(associate: Associate, at: datetime) -> RightsShown:
    """Gives the right to vote of an associate at an instant, in two queries."""
    events = list(associate.rights_events.filter(at__lte=at).order_by("at", "pk"))
    turns = [event.kind for event in events if event.kind != RightsEventKind.NOTICE]
    suspended = turns[-1:] == [RightsEventKind.SUSPENSION]
    return RightsShown(events[::-1], suspended, standing_notice(associate, events, timezone.localdate(at)))


def standing_notice(
    associate: Associate, events: list[VotingRightEvent], day: date
) -> VotingRightEvent | None:
    """Gives the first notice since the right was last given back that still stands: one for a payment stands
    as long as what was late then is late. Later ones repeat it."""
    notices: list[VotingRightEvent] = []
    for event in events:
        if event.kind == RightsEventKind.NOTICE:
            notices.append(event)
        elif event.kind == RightsEventKind.RETURN:
            notices.clear()
    if not notices:
        return None
    owed = {one.subscription.pk: one.since for one in late_payments(day, associate.subscriptions.all())}
    for notice in notices:
        since = owed.get(notice.subscription_id or 0)
        if notice.subscription_id is None or (since and since <= timezone.localdate(notice.at)):
            return notice
    return None


def categories_of(associate: Associate) -> list[CategoryPeriod]:
    """Gives what the associate was, the latest first; without what was noted wrong and had no day."""
    rows = associate.categories.select_related("college").order_by("-starts_on", "-pk")
    return [row for row in rows if not row.is_empty]


def representatives_of(associate: Associate) -> list[Representative]:
    rows = associate.representatives.select_related("person").order_by("-starts_on", "-pk")
    return [row for row in rows if not row.is_empty]


def admission_of(associate: Associate) -> Admission | None:
    """Gives the request by which they came, if it was kept here."""
    return Admission.objects.filter(associate=associate).first()


def mandates_held(associate: Associate, on: date) -> QuerySet[Mandate]:
    """Gives the mandates that the person of an associate still holds on a day."""
    rows = Mandate.objects.filter(ended_on__isnull=True, ends_on__gte=on).select_related("body", "person")
    return rows.filter(person=associate.person_id) if associate.person_id else rows.none()


def bodies_represented(person_id: int, on: date) -> QuerySet[Associate]:
    """Gives the legal persons for which a person acts on a day."""
    acted = Associate.objects.acted_by(person_id, on).filter(person__isnull=True)
    return acted.on(on).select_related("person", "organisation")


def own_associates(user: Any, on: date) -> list[Associate]:
    """Gives whom a user acts for on a day: oneself, even after leaving, and the legal persons one represents;
    those who are still associates first, oneself before others."""
    rows = Associate.objects.acted_by(getattr(user, "person_id", None), on)
    here_first = F("left_on").desc(nulls_first=True)
    oneself_first = F("person").asc(nulls_last=True)
    return list(rows.select_related("person", "organisation").order_by(here_first, oneself_first, "pk"))
