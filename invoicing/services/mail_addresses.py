"""Mail-in addresses: made for a person or an activity, withdrawn in one click (INV-47, INV-50)."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from entrepreneurs.models import Activity
from invoicing.models import MailInAddress
from invoicing.states.incoming import LENGTH_OF_ADDRESSES, LETTERS_OF_ADDRESSES, MailInKind
from people.models import Person


def make_address(owner: Person | Activity, *, actor: Any) -> MailInAddress:
    """Does: makes the address of a person (receipts) or of an activity (suppliers' invoices), in the place of
    the former one if there was one. Refuses: nothing. Leaves behind: the address, the former one withdrawn,
    audit."""
    of_person = isinstance(owner, Person)
    owned: dict[str, Any] = {"person" if of_person else "activity": owner}
    with transaction.atomic():
        take_turn(f"invoicing.mail_in.{owner._meta.label_lower}.{owner.pk}")
        address = MailInAddress(
            kind=MailInKind.VOUCHERS if of_person else MailInKind.PURCHASES,
            token="".join(secrets.choice(LETTERS_OF_ADDRESSES) for _letter in range(LENGTH_OF_ADDRESSES)),
            created_by=actor,
            **owned,
        )
        former = MailInAddress.objects.filter(withdrawn_at=None, **owned)
        former.update(withdrawn_at=address.created_at)
        address.save()
        audit.record(actor, "invoicing.make_mail_in_address", address)
        return address


def withdraw_address(address: MailInAddress, *, actor: Any, at: datetime) -> MailInAddress:
    """Does: withdraws an address at once; what is still sent to it goes to the tray of the accountants.
    Refuses: one withdrawn already. Leaves behind: the instant, audit."""
    with transaction.atomic():
        row = MailInAddress.objects.select_for_update(of=("self",)).get(pk=address.pk)
        if row.withdrawn_at is not None:
            raise Refused(Code.ALREADY_DONE, _("Cette adresse est déjà retirée."))
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        audit.record(actor, "invoicing.withdraw_mail_in_address", row)
        return row
