"""What a posted pay holds for shares: freed at once, owed again when the pay is taken back (GOV-05)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import money
from governance.models import SharePayment
from governance.selectors.shares_on_pay import shares_on_pay, subscriptions_on_pay
from governance.services.share_payments import record_held_on_pay, reverse_payment
from governance.states.register import PaymentWay
from people.models import Person


@transaction.atomic
def take_held_on_pay(person_id: int, *, amount: Decimal, on: date, actor: Any) -> None:
    """Does: notes what a pay held as the next payment of each subscription freed on pay. Refuses: another
    amount than what these wait for. Leaves behind: payments and entries; as `record_held_on_pay`."""
    expected = shares_on_pay([person_id], on).get(person_id, Decimal(0))
    if amount != expected:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("%(name)s : la paie retient %(held)s pour les parts, les souscriptions attendent %(expected)s.")
            % {
                "name": Person.objects.get(pk=person_id),
                "held": money(amount),
                "expected": money(expected),
            },
            field="file",
        )
    # A pay may be posted before its last day: what is held is known on that day.
    record_held_on_pay(subscriptions_on_pay([person_id], on), on=on, actor=actor, today=on)


@transaction.atomic
def give_back_held(person_id: int, *, on: date, undone_on: date, actor: Any) -> None:
    """Does: takes back the payments that a pay of this day had made. Refuses: as `reverse_payment`. Leaves
    behind: their opposites; shares owed again."""
    rows = SharePayment.objects.filter(
        subscription__associate__person=person_id,
        way=PaymentWay.PAY,
        on=on,
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    for row in rows.select_related("subscription").order_by("pk"):
        reverse_payment(row, on=undone_on, reason=_("Paie annulée"), actor=actor, today=undone_on)
