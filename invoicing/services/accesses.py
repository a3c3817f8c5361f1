"""The link to a customer's own page: given by mail or copied, noted when opened, closed (INV-39)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.links import create_link, withdraw_link
from cae.core.models import Message
from cae.core.threads import post_message
from invoicing.emails import Letter
from invoicing.models import Customer, CustomerAccess
from invoicing.selectors.accesses import ACCOUNT_LINK, live_account_addresses, open_access
from invoicing.services.chase_letters import REPLY, account_address, account_email
from invoicing.states.chasing import AccessKind

# As long as an invoice is read by its own link.
LASTS = timedelta(days=365)


def copy_access(customer: Customer, *, actor: Any, at: datetime) -> str:
    """Does: makes a link to the customer's page, to be handed over in another way. Refuses: nothing.
    Leaves behind: the access, audit. Gives the address, which can't be read again."""
    with transaction.atomic():
        link, token = create_link(customer, purpose=ACCOUNT_LINK, ends_at=at + LASTS, actor=actor)
        CustomerAccess.objects.create(
            customer=customer, kind=AccessKind.COPY, link=link, sent_at=at, sent_by=actor
        )
        audit.record(actor, "invoicing.give_access", customer)
        return account_address(token)


def mail_access(
    customer: Customer,
    letter: Letter,
    *,
    kind: AccessKind,
    to: str,
    cause: str,
    actor: Any,
    at: datetime,
    form_key: UUID | None = None,
    attachments: Sequence[int] = (),
) -> CustomerAccess:
    """Does: mails these words to one reader with a link to the customer's page, inside the transaction of its
    caller. Refuses: nothing. Leaves behind: link, access, the mail that waits."""
    link, token = create_link(customer, purpose=ACCOUNT_LINK, ends_at=at + LASTS, actor=actor)
    email = account_email(
        customer,
        letter,
        to=to,
        token=token,
        cause=cause,
        on=timezone.localdate(at),
        actor=actor,
        attachments=attachments,
    )
    return CustomerAccess.objects.create(
        customer=customer,
        kind=kind,
        link=link,
        email=email,
        to=to,
        sent_at=at,
        sent_by=actor,
        form_key=form_key or uuid4(),
    )


def withdraw_access(access: CustomerAccess, *, actor: Any, at: datetime) -> None:
    """Does: closes one link to a customer's page, at once. Refuses: nothing; twice is once. Leaves behind:
    the instant, audit."""
    withdraw_link(access.link, actor=actor, at=at)


def note_access_seen(access: CustomerAccess, *, at: datetime) -> None:
    """Does: keeps when the page was first and last opened. Refuses: nothing. Leaves behind: both instants."""
    with transaction.atomic():
        row = CustomerAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
        row.first_seen_at = row.first_seen_at or at
        row.last_seen_at = max(at, row.first_seen_at)
        row.save(update_fields=["first_seen_at", "last_seen_at"])


def ask_about_account(token: str, *, name: str, text: str) -> Message:
    """Does: writes a question of the customer about their account. Refuses: a closed link, no name, no text.
    Leaves behind: the message; the sellers told."""
    with transaction.atomic():
        access = open_access(token)
        return post_message(access.customer, text=text, author_name=" ".join(name.split()))


def carry_account_message(customer: Customer, message: Message) -> None:
    """Does: mails to the customer what was written for them, with a link to their page. Refuses: nothing;
    without any live address the message waits on the page. Leaves behind: links, accesses, mails."""
    letter = Letter(
        _("Réponse de %(activity)s") % {"activity": customer.activity.name},
        message.text,
    )
    for address in live_account_addresses(customer):
        mail_access(
            customer,
            letter,
            kind=AccessKind.STATEMENT,
            to=address,
            cause=REPLY,
            actor=message.author,
            at=message.created_at,
        )
