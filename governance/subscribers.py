"""What the room does when something happens below."""

from __future__ import annotations

from accounting.events import SharesWithheld
from governance.services.shares_held import give_back_held, take_held_on_pay


def on_shares_withheld(event: SharesWithheld) -> None:
    """A pay is posted, or taken back: what it held frees shares, or is owed again."""
    if event.undone_on is None:
        take_held_on_pay(event.person_id, amount=event.amount, on=event.on, actor=event.actor)
    else:
        give_back_held(event.person_id, on=event.on, undone_on=event.undone_on, actor=event.actor)
