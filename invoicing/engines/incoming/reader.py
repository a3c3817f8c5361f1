"""Reads a supplier's electronic invoice, whatever carries it (e-invoicing.md §6)."""

from __future__ import annotations

import base64
import binascii

from lxml import etree

from invoicing.engines.incoming import cii, ubl
from invoicing.engines.incoming.containers import MOST_ATTACHMENTS, mime_of, parse, xml_of
from invoicing.engines.incoming.facts import Attached, Doubt, DoubtCode, Read, Syntax
from invoicing.engines.incoming.schemas import UNKNOWN_PROFILE, profile_of, require_schema, syntax_of
from invoicing.engines.incoming.sums import doubts_about

_SHAPES = {
    Syntax.CII: cii.INVOICE,
    Syntax.UBL_INVOICE: ubl.INVOICE,
    Syntax.UBL_CREDIT_NOTE: ubl.CREDIT_NOTE,
}


def read_invoice(content: bytes, name: str = "") -> Read:
    """Gives what the file says. Raises Unreadable: no invoice can be had from it; `name` is only what the
    sender calls it, and decides nothing."""
    xml, carried, left_out = xml_of(content)
    root = parse(xml)
    syntax = syntax_of(root)
    profile = profile_of(root, syntax)
    require_schema(root, syntax, profile)
    invoice = _SHAPES[syntax].read(root)
    embedded, some_left = _embedded(root, syntax, room=MOST_ATTACHMENTS - len(carried))
    doubts = list(doubts_about(invoice, profile=profile))
    if profile == UNKNOWN_PROFILE:
        doubts.insert(0, Doubt(code=DoubtCode.UNKNOWN_PROFILE))
    if left_out or some_left:
        doubts.append(Doubt(code=DoubtCode.ATTACHMENTS_LEFT, written=str(MOST_ATTACHMENTS)))
    return Read(
        syntax=syntax,
        profile=profile,
        invoice=invoice,
        warnings=tuple(doubts),
        attachments=(*carried, *embedded),
        xml=xml,
    )


def _embedded(root: etree._Element, syntax: Syntax, *, room: int) -> tuple[tuple[Attached, ...], bool]:
    """The files written inside the XML itself, and whether some were left out."""
    table = cii if syntax is Syntax.CII else ubl
    found = root.xpath(table.EMBEDDED, namespaces=table.NAMESPACES)
    kept = []
    for number, element in enumerate(found[:room], 1):
        try:
            content = base64.b64decode("".join((element.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        name = element.get(table.EMBEDDED_NAME) or f"piece-{number}"
        kept.append(Attached(name=name, mime=mime_of(content), content=content))
    return tuple(kept), len(kept) < len(found)
