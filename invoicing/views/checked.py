"""What a page shows of a document that is checked: its paper, the checks, who has it, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from cae.core.permissions import can
from cae.core.templatetags.formats import moment
from invoicing.documents import invoice_page
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice, Quote
from invoicing.selectors.checks import Check, Document, checks_of, place_of
from invoicing.selectors.einvoices import einvoice_of, quote_document_of
from invoicing.selectors.verdicts import fresh_verdict
from invoicing.selectors.waiting import short_name, waits_for
from invoicing.views.shown import name_of_document, name_of_quote


def page_of(
    request: HttpRequest, document: Document, *, checks: Sequence[Check] | None = None
) -> dict[str, Any]:
    """The context of a document beside its checks, of which those of the machine may be known already."""
    today = timezone.localdate()
    right = "invoicing.approve_quote" if isinstance(document, Quote) else "invoicing.issue_invoice"
    content = content_of(document, on=today)
    return {
        "document": document,
        "name": name_of(document),
        "page": invoice_page(content, draft=True),
        "shown": sha256_of(content.to_json()),
        "found": folded(_fixable(request.user, document, every_check(document, on=today, known=checks))),
        "wait": waits_for(document, today=today),
        "is_quote": isinstance(document, Quote),
        "is_mine": document.checker_id == request.user.pk,
        "taken_by": short_name(document.checker) if document.checker else "",
        "may_validate": can(request.user, right, document),
    }


def content_of(document: Document, *, on: date) -> EInvoice:
    """All that a document would say if it were numbered on this day: the parties of the day included."""
    if isinstance(document, Quote):
        return quote_document_of(document, on)
    return einvoice_of(document, on=on)


def require_as_shown(document: Document, shown: str, *, on: date) -> None:
    """Refuses to number what is no longer what the person read: the address of the customer is not of the
    draft, and may have changed under it."""
    if shown and sha256_of(content_of(document, on=on).to_json()) != shown:
        raise Refused(
            Code.STALE_FORM,
            _("Ce document ne dit plus tout à fait ce que vous avez lu : relisez-le d’abord."),
        )


def _fixable(user: Any, document: Document, checks: list[Check]) -> list[Check]:
    """A submitted document is closed: only the customer may still be completed, by who may do it."""
    stop = place_of(document, "cover") if isinstance(document, Quote) else ""
    if stop and can(user, "invoicing.waive_cover", document):
        answer = reverse("invoicing:cover_waive", args=[document.pk])
        checks = [replace(check, url=answer) if check.url == stop else check for check in checks]
        stop = answer
    if document.is_draft:
        return checks
    customer = reverse("invoicing:customer_edit", args=[document.customer_id])
    may = can(user, "invoicing.edit_customer", document.customer)
    kept = (stop,) if stop else ()
    return [
        check if (may and check.url.startswith(customer)) or check.url in kept else replace(check, url="")
        for check in checks
    ]


def every_check(document: Document, *, on: date, known: Sequence[Check] | None = None) -> list[Check]:
    """The checks of a document, and what the judges of e-invoices said of it today."""
    found = checks_of(document, on=on) if known is None else list(known)
    return found if isinstance(document, Quote) else [*found, *verdict_checks(document, on=on)]


def verdict_checks(invoice: Invoice, *, on: date) -> list[Check]:
    """What the judges said, or that they speak when it is issued."""
    verdict = fresh_verdict(invoice, on=on)
    if verdict is None:
        return [Check("neutral", "◇", _("Le contrôle de la facture électronique se fait à l’émission."))]
    if verdict.accepted:
        said = _("Le contrôle de la facture électronique l’accepte (schéma, Factur-X, règles françaises).")
        return [Check("success", "✔", said)]
    return [
        Check("danger", "✕", finding["message"], place_of(invoice, finding.get("field")))
        for finding in verdict.findings
    ]


@dataclass(frozen=True)
class Folded:
    """The checks as a page shows them: what deserves a look, then what is in order."""

    problems: list[Check]
    right: list[Check]


def folded(checks: list[Check]) -> Folded:
    return Folded(
        [check for check in checks if check.tone in ("warning", "danger")],
        [check for check in checks if check.tone not in ("warning", "danger")],
    )


def name_of(document: Document) -> str:
    return name_of_quote(document) if isinstance(document, Quote) else name_of_document(document)


_ENDS = ("approve", "issue", "correct", "take_back")


def what_happened(document: Document) -> str:
    """One sentence about a document that waits no more: what became of it, by whom and when."""
    flow = "invoicing.Quote" if isinstance(document, Quote) else "invoicing.Invoice"
    last = (
        AuditEntry.objects.filter(**audit.about(document), verb__in=[f"{flow}.{name}" for name in _ENDS])
        .select_related("actor__person")
        .order_by("-at", "-pk")
        .first()
    )
    facts = {"name": name_of(document), "document": str(document), "customer": document.customer.name}
    if last is None:
        return _("%(name)s pour %(customer)s n’attend pas de relecture.") % facts
    facts |= {"who": short_name(last.actor) if last.actor else "Alvéole", "at": moment(last.at)}
    move = last.verb.rpartition(".")[2]
    if move == "approve":
        return _("%(name)s pour %(customer)s : validation par %(who)s, le %(at)s.") % facts
    if move == "issue":
        return _("%(name)s pour %(customer)s : émission par %(who)s, le %(at)s.") % facts
    if move == "correct":
        return _("%(name)s pour %(customer)s : correction demandée par %(who)s, le %(at)s.") % facts
    return _("%(name)s pour %(customer)s : reprise par %(who)s le %(at)s, pour modification.") % facts
