"""What the page of a document shows of its life as an e-invoice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cae.core.permissions import can
from cae.core.templatetags.formats import money
from invoicing.engines.model import Treatment
from invoicing.models import EInvoiceStatus, ExchangeMessage, Invoice, Purchase
from invoicing.selectors.beside import FOLLOWED, HANDED_OVER, may_have
from invoicing.selectors.lifecycle import (
    is_awaited_by_platform,
    package_message_of,
    statuses_of,
    treatment_of,
)
from invoicing.states.exchange import TURNED_DOWN, EInvoiceCode, MessageState, StatusOrigin

_TONES: dict[str, str] = {
    EInvoiceCode.REFUSED: "danger",
    EInvoiceCode.REJECTED: "danger",
    EInvoiceCode.INADMISSIBLE: "danger",
    EInvoiceCode.MISROUTED: "warning",
    EInvoiceCode.DISPUTED: "warning",
    EInvoiceCode.SUSPENDED: "warning",
    EInvoiceCode.PARTLY_APPROVED: "warning",
    EInvoiceCode.CANCELLED: "warning",
    EInvoiceCode.APPROVED: "success",
    EInvoiceCode.COLLECTED: "success",
}


def life_of(user: Any, invoice: Invoice) -> dict[str, Any]:
    """The context of `_life.html` for an issued document; nothing for a draft."""
    if not invoice.is_issued:
        return {"life": [], "route": ""}
    statuses = statuses_of(invoice) if may_have(invoice, FOLLOWED) else []
    goes = treatment_of(invoice) is Treatment.B2B and may_have(invoice, HANDED_OVER)
    message = package_message_of(invoice) if goes else None
    down = next((one for one in statuses if one.code in TURNED_DOWN), None)
    return {
        "life": life_events(statuses),
        "route": _route(invoice, message, statuses),
        "package": message if message and can(user, "invoicing.view_exchange") else None,
        "turned_down": down,
        "may_note_status": can(user, "invoicing.note_einvoice_status", invoice),
    }


def life_of_purchase(purchase: Purchase) -> dict[str, Any]:
    """The context of `_life.html` for a purchase."""
    return {"life": life_events(statuses_of(purchase)), "route": ""}


def life_events(statuses: list[EInvoiceStatus]) -> list[dict[str, Any]]:
    """The lines of the timeline, the latest first."""
    return [
        {
            "label": _label(one),
            "at": one.at,
            "by": one.created_by,
            "detail": " · ".join([*one.reason_words, *filter(None, [one.comment])]),
            "tone": _TONES.get(one.code, "info"),
        }
        for one in reversed(statuses)
    ]


def _label(status: EInvoiceStatus) -> str:
    label = str(status.get_code_display())
    if status.amount is None:
        return label
    if status.amount < 0:
        return _("Encaissement repris : %(amount)s") % {"amount": money(-status.amount)}
    return _("%(status)s : %(amount)s") % {"status": label, "amount": money(status.amount)}


def _route(invoice: Invoice, message: ExchangeMessage | None, statuses: list[EInvoiceStatus]) -> str:
    """In one sentence, by which way the document goes; nothing when others already spoke of it there."""
    if message is not None:
        return _STATES[message.state]()
    if any(one.origin != StatusOrigin.HOUSE for one in statuses):
        return ""
    if is_awaited_by_platform(invoice):  # its PDF is being made
        return _STATES[MessageState.WAITING]()
    return _ROUTES[treatment_of(invoice)]()


_STATES: dict[str, Callable[[], str]] = {
    MessageState.WAITING: lambda: _("Attend d’être remis à la plateforme."),
    MessageState.SENT: lambda: _("Remis à la plateforme."),
    MessageState.FAILED: lambda: _("N’est pas parti vers la plateforme : la comptabilité s’en occupe."),
    MessageState.SET_ASIDE: lambda: _("N’est pas remis à la plateforme : la comptabilité l’a classé."),
}
_ROUTES = {
    Treatment.B2B: lambda: _("Ne passe pas par la plateforme : il est émis avant qu’elle serve."),
    Treatment.B2B_INTERNATIONAL: lambda: _("Ne passe pas par la plateforme : le client est à l’étranger."),
    Treatment.B2C: lambda: _("Ne passe pas par la plateforme : le client est un particulier."),
    Treatment.OUT_OF_SCOPE: lambda: _("Ne passe pas par la plateforme : vente exonérée, hors du champ."),
    Treatment.ARCHIVE_ONLY: lambda: _("Ne passe pas par la plateforme : document d’archive."),
}
