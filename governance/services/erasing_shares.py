"""Empties what was written of a person beside their shares, once their file is erased (PEO-38)."""

from __future__ import annotations

from datetime import date

from cae.core.permanence import erase_words
from cae.core.personal_data import forget_told
from governance.models import Refund, SharePayment, Subscription
from people.models import Person
from people.selectors.merging import file_keys


def erase_shares(person: Person, _on: date) -> int:
    """Does: empties the notes of payments and the reasons of what was given up. Refuses: nothing;
    `hinders_shares` has its say before. Leaves behind: the movements, the amounts and the days, which the
    books rest on; gives how many rows lost their words."""
    keys = file_keys(person)
    subscriptions = Subscription.objects.filter(associate__person__in=keys)
    refunds = Refund.objects.filter(associate__person__in=keys)
    for model, rows in ((Subscription, subscriptions), (Refund, refunds)):
        forget_told(model, rows.values_list("pk", flat=True))
    done = erase_words(subscriptions, "cancel_reason") + erase_words(refunds, "cancel_reason")
    payments = SharePayment.objects.filter(subscription__associate__person__in=keys)
    return done + erase_words(payments, "note")
