"""Mail-in addresses as people read and copy them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from entrepreneurs.models import Activity
from invoicing.models import MailInAddress
from invoicing.states.incoming import MailInKind
from people.models import Person

# What stands before the « + »: in French, as the people who type it.
BOXES: dict[str, str] = {MailInKind.VOUCHERS: "justificatifs", MailInKind.PURCHASES: "factures"}


@dataclass(frozen=True)
class Place:
    """Somebody or an activity that may have an address, and the live one if it has one."""

    owner: Person | Activity
    kind: str
    address: MailInAddress | None

    @property
    def words(self) -> str:
        return written(self.address) if self.address else ""

    @property
    def key(self) -> str:
        """What the button that makes it sends: the activity, or nothing for oneself."""
        return str(self.owner.pk) if self.kind == MailInKind.PURCHASES else ""


def written(address: MailInAddress) -> str:
    """The address in full; empty as long as the cooperative gave no domain."""
    domain = settings.MAIL_IN_DOMAIN
    return f"{BOXES[address.kind]}+{address.token}@{domain}" if domain else ""


def places_of(user: Any, activities: Sequence[Activity]) -> list[Place]:
    """One's own address for receipts, and that of each of these activities."""
    keys = [activity.pk for activity in activities]
    live = MailInAddress.objects.filter(
        Q(person=user.person_id) | Q(activity__in=keys), withdrawn_at=None
    ).select_related("person", "activity")
    by_owner = {(one.kind, one.person_id or one.activity_id): one for one in live}
    found: list[Place] = []
    if user.person is not None:
        own = by_owner.get((MailInKind.VOUCHERS, user.person_id))
        found.append(Place(user.person, MailInKind.VOUCHERS, own))
    return found + [
        Place(one, MailInKind.PURCHASES, by_owner.get((MailInKind.PURCHASES, one.pk))) for one in activities
    ]
