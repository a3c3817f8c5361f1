"""What the walk visits of the spending of the house, its deals and its reminders: a function a subject, whose
objects are named once for all (`house.spent`)."""

from __future__ import annotations

from typing import Any

from entrepreneurs.models import Activity
from people.models import User
from tests.factories.deals import dealt
from tests.factories.invoicing_chasing import chased_by
from tests.factories.invoicing_claims import driven
from tests.factories.invoicing_exchange import exchanged
from tests.factories.invoicing_expenses import spent_by
from tests.factories.invoicing_incoming import came_in
from tests.factories.invoicing_internal import sold_inside
from tests.factories.invoicing_joint import shared_by
from tests.factories.invoicing_parts import worked
from tests.factories.invoicing_pieces import handed_over
from tests.factories.invoicing_purchases import bought_by
from tests.factories.invoicing_recurring import repeated_by
from tests.factories.payments import paid_by


def spending(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """Objects by name. Each subject adds its own here: `**of_subject(users, activity)`."""
    return {
        **spent_by(users["seller"], activity),
        **driven(users, activity),
        **dealt(users, activity),
        **exchanged(activity),
        **came_in(users["seller"], activity),
        **chased_by(activity),
        **paid_by(users, activity),
        **worked(activity),
        **bought_by(activity),
        **sold_inside(activity),
        **shared_by(activity),
        **repeated_by(activity, users["seller"]),
        **handed_over(activity),
    }
