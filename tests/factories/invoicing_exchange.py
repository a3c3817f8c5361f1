"""Situations of the exchange with the platform, each built by the services."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from cae.core.models import OutgoingEmail
from cae.core.settings import set_setting
from invoicing import parameters
from invoicing.engines.exchange.cdar import Correspondent, StatusMessage, write_status
from invoicing.models import EInvoiceStatus, ExchangeMessage, Invoice
from invoicing.selectors.senders import REPLY_LINK
from invoicing.services.archiving import archive_pdf
from invoicing.services.arriving import take_file
from invoicing.services.lifecycle import BY_HAND, note_status
from invoicing.services.senders import save_sender
from tests.factories import invoicing as make
from tests.factories.kernel import BEGINNING

# After the list of reasons is in force: documents of these tests are issued that month.
DAY = date(2026, 10, 5)
# That of the cooperative of the tests.
SIREN = "732829320"
NOON = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)


def by_platform(since: date = BEGINNING) -> None:
    """The cooperative hands its documents over from a day on."""
    set_setting(parameters.PLATFORM_ISSUE, value="yes", valid_from=since, actor=None, reason="La réforme")


def issued(owner: Any = None, *lines: Any, on: date = DAY, **details: Any) -> Invoice:
    return make.issued(owner, *lines, on=on, **details)


def packaged(
    owner: Any = None, *lines: Any, on: date = DAY, **details: Any
) -> tuple[Invoice, ExchangeMessage]:
    """An issued document whose file waits to leave."""
    by_platform()
    invoice = issued(owner, *lines, on=on, **details)
    archive_pdf(invoice.pk)
    return invoice, ExchangeMessage.objects.get(invoice=invoice)


def noted(
    invoice: Any, code: str, reason: str = "", *, at: datetime = NOON, **details: Any
) -> EInvoiceStatus:
    """Somebody read it on the page of the platform."""
    return note_status(invoice, code, at=at, actor=None, reason=reason, cause=BY_HAND, **details)


def told(number: str, code: str, *reasons: str, **details: Any) -> bytes:
    """The message of a platform about a document."""
    known: dict[str, Any] = {
        "message_id": f"PA-{uuid.uuid4().hex[:12]}",
        "at": NOON,
        "number": number,
        "code": code,
        "seller_siren": SIREN,
        "issued_on": DAY,
        "type_code": "380",
        "reasons": reasons,
        "phase": "305",
        "sender": Correspondent(siren="", role="WK"),
        "recipient": Correspondent(siren=SIREN, role="SE", address=SIREN),
    }
    return write_status(StatusMessage(**known | details))


def arrived(invoice: Invoice) -> ExchangeMessage:
    """The platform says that it has the document."""
    at = timezone.make_aware(datetime.combine(invoice.issued_on or DAY, time(18)))
    return take_file("statut.xml", told(str(invoice.number), "200", at=at), at=at)


def exchanged(activity: Any) -> dict[str, Any]:
    """What the walk visits: a document whose life is known, a message of each kind, a link to confirm."""
    by_platform()
    # Only what a professional is sold goes by the platform.
    firm = activity.customers.exclude(siren="").first() or make.firm(activity)
    invoice = issued(activity, on=timezone.localdate(), customer=firm)
    archive_pdf(invoice.pk)
    told_by = arrived(invoice)
    noted(invoice, "207", "AUTRE", comment="Deux lignes ne sont pas les nôtres.", at=told_by.created_at)
    broken = take_file("abime.xml", told(str(invoice.number), "213")[:-9], at=told_by.created_at)
    save_sender(activity, name="", reply_to="reponses@example.org", version=0, actor=None, at=timezone.now())
    mail = OutgoingEmail.objects.filter(cause=REPLY_LINK).latest("pk")
    return {
        "exchanged": invoice,
        "package": ExchangeMessage.objects.get(invoice=invoice, kind="invoice"),
        "told": told_by,
        "broken": broken,
        "reply_token": mail.secret.rstrip("/").rpartition("/")[2],
    }


def dropped(root: Path, name: str, content: bytes) -> Path:
    """A file that the platform put into the shared folder."""
    inbox = root / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    path = inbox / name
    path.write_bytes(content)
    return path


def amounts(status: EInvoiceStatus) -> dict[str, Decimal]:
    return {one["rate"]: Decimal(one["amount"]) for one in status.by_rate}
