"""Our Factur-X file against what WeasyPrint alone takes for the same page."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.contrib.staticfiles import finders

from cae.core.pdf import FONT_SHEET
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.timing import medians
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import STYLESHEET, facturx_pdf
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice

LIMIT = 1.25
ACTIVITY = "LENOIR"


def measure_printing(*, seconds: float) -> Comparison:
    """One invoice of several lines and rates: archive format, XML and fonts included on our side."""
    invoice = (
        Invoice.objects.issued().invoices().filter(activity__code=ACTIVITY).order_by("issued_on", "pk")[0]
    )
    if invoice.facts is None:
        raise RuntimeError(f"{invoice.number} has no frozen facts")
    facts = EInvoice.from_json(invoice.facts)
    html, xml = invoice_html(facts), build_xml(facts)
    bare = Bare()
    found = medians({"ours": lambda: facturx_pdf(html, xml), "bare": lambda: bare.pdf(html)}, seconds=seconds)
    return Comparison("Factur-X file of one invoice", ours=found["ours"], bare=found["bare"], limit=LIMIT)


class Bare:
    """WeasyPrint without our module: style sheets read once, nothing added to the file."""

    def __init__(self) -> None:
        # By name, since cae.core.pdf is the only module of the house that imports it.
        self.engine: Any = import_module("weasyprint")
        self.fonts: Any = import_module("weasyprint.text.fonts").FontConfiguration()
        self.sheets = [
            self.engine.CSS(filename=finders.find(name), font_config=self.fonts)
            for name in (FONT_SHEET, STYLESHEET)
        ]
        self.base = finders.find("css/pdf")

    def pdf(self, html: str) -> bytes:
        page = self.engine.HTML(string=html, base_url=self.base)
        made: bytes = page.write_pdf(stylesheets=self.sheets, font_config=self.fonts)
        return made
