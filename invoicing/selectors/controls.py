"""Proves that issued documents are whole: numbers, chain of seals, totals, PDFs as they were made."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from accounting.models import SaleMovement
from cae.core import number_templates, numbering
from cae.core.controls import Control
from cae.core.documents import read_document
from cae.core.errors import Refused
from cae.core.models import NumberSeries
from cae.core.money import ZERO
from invoicing.calculations.discounts import sale_totals
from invoicing.engines.cii import build_xml
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.selectors.einvoices import discounts_of
from invoicing.selectors.money_controls import money_faults
from invoicing.selectors.part_controls import part_faults
from invoicing.selectors.quote_controls import conversion_faults, quote_faults
from invoicing.selectors.sold import parts_of
from invoicing.states.sales import SERIES

_BATCH = 500


def sealed_text(invoice: Invoice) -> str:
    """What the seal of an issued document covers: its facts and the hash of its XML."""
    sealed = {"facts": invoice.facts, "xml_sha256": invoice.xml_sha256}
    return json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def invoicing_controls() -> list[Control]:
    """The verifications of the room, for `check_books`."""
    return [
        Control(_("Numéros et chaîne des factures et avoirs"), chain_faults),
        Control(_("Totaux des factures et avoirs"), total_faults),
        Control(_("Règlements, avoirs et restes dus"), money_faults),
        Control(_("Fichiers PDF des factures et avoirs"), pdf_faults),
        Control(_("Devis validés"), quote_faults),
        Control(_("Devis facturés une fois"), conversion_faults),
        Control(_("Devis facturés en parties"), part_faults),
    ]


def chain_faults() -> Iterator[str]:
    """Walks each series from seal to seal; every document must stand there, with the number that follows."""
    for kind, code in SERIES.items():
        series = NumberSeries.objects.get(code=code)
        # Documents issued while we read come after the last seal known here: the chain only has to reach it.
        links = list(_issued().filter(kind=kind).values_list("previous_seal", "seal", "pk"))
        following = {previous: (seal, pk) for previous, seal, pk in links}
        if len(following) != len(links):
            yield _("Série « %(series)s » : deux documents suivent le même.") % {"series": series.label}
        seal, order, reached = "", [], not series.last_seal
        while seal in following:
            seal, pk = following.pop(seal)
            order.append(pk)
            reached = reached or seal == series.last_seal
        yield from _faults_along(series.template, order)
        for invoice in _issued().filter(pk__in=[pk for _seal, pk in following.values()]):
            yield _("%(number)s : n’est plus relié à la chaîne de sa série.") % {"number": invoice.number}
        if not reached:
            yield _("Série « %(series)s » : le dernier document manque.") % {"series": series.label}


def _faults_along(template: str, order: list[int]) -> Iterator[str]:
    """The documents of a chain, in the order of their issue."""
    last: Invoice | None = None
    for start in range(0, len(order), _BATCH):
        keys = order[start : start + _BATCH]
        rows = Invoice.objects.in_bulk(keys)
        for invoice in (rows[key] for key in keys):
            number = {"number": invoice.number}
            if invoice.seal != numbering.link(invoice.previous_seal, sealed_text(invoice)):
                yield _("%(number)s : le contenu n’est plus celui qui a été scellé.") % number
            elif not _says_its_facts(invoice):
                yield _("%(number)s : le numéro ou la date ne sont plus ceux qui ont été scellés.") % number
            if last is not None and not _follows(template, last, invoice):
                yield _("%(number)s : ce numéro ne suit pas %(last)s.") % (number | {"last": last.number})
            last = invoice


def _says_its_facts(invoice: Invoice) -> bool:
    facts, on = invoice.facts or {}, invoice.issued_on
    return (facts.get("number"), facts.get("issued_on")) == (invoice.number, on.isoformat() if on else None)


def _follows(template: str, last: Invoice, invoice: Invoice) -> bool:
    if last.issued_on is None or invoice.issued_on is None or invoice.issued_on < last.issued_on:
        return False
    restarted = number_templates.restarts(template, last.issued_on, invoice.issued_on)
    rank = 1 if restarted else _rank(template, str(last.number)) + 1
    return number_templates.write(template, rank, invoice.issued_on) == invoice.number


def _rank(template: str, number: str) -> int:
    """The rank that a number of this template carries; 0 when it is not one of them."""
    pattern = ""
    for part in re.split(r"(\{[A-Z_]+(?::\d)?\})", template):
        if part.startswith("{SEQ"):
            pattern += r"(\d+)"
        elif part.startswith("{"):
            pattern += r"\d{4}" if part == "{YYYY}" else r"\d{2}"
        else:
            pattern += re.escape(part)
    found = re.fullmatch(pattern, number)
    return int(found[1]) if found else 0


def total_faults() -> Iterator[str]:
    """Lines, taxes, totals and frozen facts of a document must say the same amounts, its movements
    of sale the same nets by category."""
    for batch in _batches("lines__vat_rate", "taxes", "disbursements"):
        told = _movements_of(batch)
        for invoice in batch:
            if not _adds_up(invoice) or not _says_its_amounts(invoice):
                yield _("%(number)s : les totaux ne sont pas ceux des lignes.") % {"number": invoice.number}
            elif not _counted(invoice, told.get(str(invoice.number), {})):
                yield _("%(number)s : les ventes comptées ne sont pas celles des lignes.") % {
                    "number": invoice.number
                }


# Activity → category of sale → net.
Movements = dict[int, dict[str, Decimal]]


def _movements_of(invoices: Sequence[Invoice]) -> dict[str, Movements]:
    found: dict[str, Movements] = {}
    rows = SaleMovement.objects.filter(document__in=[invoice.number for invoice in invoices])
    for activity, document, category, net in rows.values_list("activity_id", "document", "category", "net"):
        found.setdefault(document, {}).setdefault(activity, {})[category] = net
    return found


def _counted(invoice: Invoice, told: Movements) -> bool:
    """Its activity counts what the document sells; of a joint one, all of them together."""
    if len(told) < 2:
        return dict(parts_of(invoice)) == told.get(invoice.activity_id, {})
    sums: dict[str, Decimal] = {}
    for nets in told.values():
        for category, net in nets.items():
            sums[category] = sums.get(category, ZERO) + net
    return dict(parts_of(invoice)) == sums


def _adds_up(invoice: Invoice) -> bool:
    """Totals are those of the lines, as the rule of totals computes them; a credit note shares amounts out of
    its invoice, a part out of its quote, so only their sums are tried."""
    lines, taxes = list(invoice.lines.all()), list(invoice.taxes.all())
    off = sum((discount.net for discount in discounts_of(invoice)), ZERO)
    nets = sum((line.net for line in lines), ZERO) - off
    tax = sum((group.tax for group in taxes), ZERO)
    shared = invoice.is_credit_note or invoice.is_part
    if (nets, tax) != (invoice.total_excl_tax, invoice.total_tax) or shared:
        return (nets, tax) == (invoice.total_excl_tax, invoice.total_tax)
    rate, amount = invoice.discount_rate, invoice.discount_amount
    totals = sale_totals([line.priced for line in lines], rate=rate, amount=amount)
    return (totals.net, totals.tax) == (nets, tax)


def _says_its_amounts(invoice: Invoice) -> bool:
    """The amounts of the rows are those that were sealed."""
    facts = EInvoice.from_json(invoice.facts or {})
    lines = [(line.position, line.net) for line in invoice.lines.all()]
    taxes = {(tax.category, tax.percent): (tax.base, tax.tax) for tax in invoice.taxes.all()}
    return (
        sorted(lines) == [(line.position, line.net) for line in facts.lines]
        and taxes == {(vat.category.value, vat.rate): (vat.base, vat.tax) for vat in facts.vat}
        and facts.totals.gross == invoice.total_incl_tax
        and facts.disbursed == invoice.disbursed
        and invoice.disbursed == sum((one.amount for one in invoice.disbursements.all()), ZERO)
    )


def pdf_faults() -> Iterator[str]:
    """The stored file must be the one that was made, and the frozen facts must still give the sealed XML."""
    for invoice in _issued().select_related("pdf").iterator(chunk_size=_BATCH):
        xml = build_xml(EInvoice.from_json(invoice.facts or {}))
        if hashlib.sha256(xml).hexdigest() != invoice.xml_sha256:
            yield _("%(number)s : les données ne sont plus celles qui ont été scellées.") % {
                "number": invoice.number
            }
        if invoice.pdf is None:
            continue
        try:
            read_document(invoice.pdf)
        except (OSError, Refused):
            yield _("%(number)s : le fichier PDF a été modifié ou a disparu.") % {"number": invoice.number}


def _issued() -> InvoiceQuerySet:
    return Invoice.objects.issued().order_by("pk")


def _batches(*parts: str) -> Iterator[list[Invoice]]:
    """The issued documents with these parts, so many at once."""
    keys = list(_issued().values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        yield list(_issued().filter(pk__in=keys[start : start + _BATCH]).prefetch_related(*parts))
