"""Asks the judges about a draft before any number is given: totals, XSD, Factur-X and BR-FR schematrons
(INV-35).

Runs outside any transaction: the checker is another process, and nobody waits for it under a lock.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Finding
from invoicing.engines.cii import build_xml, content_hash
from invoicing.engines.findings import advices, advise
from invoicing.engines.model import EInvoice
from invoicing.engines.xsd import xsd_findings
from invoicing.models import Invoice, Verdict
from invoicing.selectors.einvoices import einvoice_of
from invoicing.selectors.verdicts import verdict_on
from invoicing.services.completeness import require_complete

Judge = Callable[[EInvoice], tuple[Finding, ...]]


def check_invoice(invoice: Invoice, *, actor: Any, on: date, judge: Judge | None = None) -> Verdict:
    """Does: judges the draft as if it were issued on this date; a content is judged once a day.
    `judge` gives the findings when they were asked for in advance.
    Refuses: no draft, an incomplete document, no checker (checker_unavailable: the check is never skipped).
    Leaves behind: the verdict, accepted or with its findings, audit."""
    # What is stored, not what the caller read some time ago.
    invoice = Invoice.objects.select_related("customer", "activity__trade", "credited").get(pk=invoice.pk)
    if not (invoice.is_draft or invoice.is_submitted):
        raise IllegalMove(_("Ce document n’est plus un brouillon."))
    require_complete(invoice, on=on)
    content = einvoice_of(invoice, on=on)
    known = verdict_on(content, on=on)
    if known is not None:
        return known
    findings = _explained((judge or judged)(content))
    verdict, _created = Verdict.objects.get_or_create(
        content_sha256=content_hash(content), on=on, defaults={"accepted": not findings, "findings": findings}
    )
    audit.record(actor, "invoicing.check_invoice", invoice, detail={"accepted": verdict.accepted})
    return verdict


def judged(content: EInvoice) -> tuple[Finding, ...]:
    """What the judges find, schema first. Raises Refused (checker_unavailable) when nobody answers."""
    xml = build_xml(content)
    findings = xsd_findings(xml)
    if findings:
        return findings
    try:
        return client.check(xml, settings.CHECKER_URL).findings
    except client.CheckerUnavailable as error:
        raise Refused(
            Code.CHECKER_UNAVAILABLE,
            _("Le contrôle des factures électroniques ne répond pas : rien n’est émis. Réessayez bientôt."),
        ) from error


def _explained(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    """Sentences for the author, each with the first rule that asked for it and the field of the form."""
    rules = {advise(finding): finding.rule for finding in reversed(findings)}
    return [
        {"code": rules[advice], "message": advice.sentence, "field": _field(advice.field)}
        for advice in advices(findings)
    ]


def _field(place: str | None) -> str:
    """`lines.0.label` is `lines-0-label` in the form; a fault of the customer is shown at the choice of
    customer."""
    if place is None or place.startswith(("cooperative.", "activity.")):
        return ""
    return "customer" if place.startswith("customer.") else place.replace(".", "-")
