"""Statuses as CDAR, the message of UN/CEFACT that carries the life of an invoice: written and read.

The XSD is in no part that we ship. What is written obeys the public rules BR-FR-CDV 1.4.0; what is read must
only say which document, which step, when and, where the rules want it, why and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from lxml import etree

from invoicing.calculations.lifecycle import RateShare

RSM = "urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
_NAMES = {"rsm": RSM, "ram": RAM, "udt": UDT, "qdt": QDT}

GUIDELINE = "urn.cpro.gouv.fr:1p0:CDV:invoice"
SCHEME_SIREN, SCHEME_ROUTING = "0002", "0225"
# The phase of the message (MDT-77): how it travels, or what the parties make of it.
TRANSMISSION, TREATMENT = "305", "23"
# The dates of the message are those of Paris: it says no offset.
_PARIS = ZoneInfo("Europe/Paris")
_RECEIVED = "MEN"
# UNTDID 1373 (MDT-88), for the steps that have a word there; 5 for any other.
_UNTDID = {
    "204": "45",
    "205": "1",
    "206": "49",
    "207": "46",
    "208": "39",
    "209": "37",
    "210": "50",
    "211": "47",
    "212": "47",
}
_MOST_BYTES = 1024 * 1024
_ROOT = re.compile(rb"<(?:[\w.-]+:)?CrossDomainAcknowledgementAndResponse[\s>/]")


class Damaged(Exception):
    """The message can't be read: `what` is « xml », « doctype », « size », or the term that is missing or
    wrong."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    siren: str
    # SE the seller, BY the buyer.
    role: str
    # BT-34 or BT-49.
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMessage:
    """One step of one document."""

    message_id: str  # MDT-4
    at: datetime  # MDT-78
    number: str  # MDT-87
    code: str  # MDT-105
    seller_siren: str = ""  # MDT-129
    issued_on: date | None = None  # MDG-35
    type_code: str = ""  # MDT-91
    label: str = ""  # MDT-106
    reasons: tuple[str, ...] = ()  # MDT-113
    comment: str = ""
    shares: tuple[RateShare, ...] = ()  # MDG-43 of type MEN
    phase: str = TREATMENT
    sender: Correspondent | None = None
    recipient: Correspondent | None = None


def is_status(content: bytes) -> bool:
    """Whether a file claims to be such a message, well formed or not."""
    return _ROOT.search(content[:4096]) is not None


def write_status(message: StatusMessage) -> bytes:
    """The message as XML. ValueError: without sender, recipient or date of the document."""
    if message.sender is None or message.recipient is None or message.issued_on is None:
        raise ValueError("a status that leaves names both parties and the date of its document")
    root = etree.Element(f"{{{RSM}}}CrossDomainAcknowledgementAndResponse", nsmap=_NAMES)
    context = _add(root, "rsm:ExchangedDocumentContext")
    _add(_add(context, "ram:BusinessProcessSpecifiedDocumentContextParameter"), "ram:ID", "REGULATED")
    _add(_add(context, "ram:GuidelineSpecifiedDocumentContextParameter"), "ram:ID", GUIDELINE)
    head = _add(root, "rsm:ExchangedDocument")
    _add(head, "ram:ID", message.message_id)
    _add(head, "ram:Name", "Cycle de vie")
    _moment(head, "ram:IssueDateTime", message.at)
    for name, party in (
        ("Sender", message.sender),
        ("Issuer", message.sender),
        ("Recipient", message.recipient),
    ):
        _party(_add(head, f"ram:{name}TradeParty"), party)
    _acknowledgement(root, message, message.issued_on)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def _acknowledgement(root: etree._Element, message: StatusMessage, issued_on: date) -> None:
    body = _add(root, "rsm:AcknowledgementDocument")
    _add(_add(body, "ram:MultipleReferencesIndicator"), "udt:Indicator", "false")
    _add(body, "ram:TypeCode", message.phase)
    _moment(body, "ram:IssueDateTime", message.at)
    about = _add(body, "ram:ReferenceReferencedDocument")
    _add(about, "ram:IssuerAssignedID", message.number)
    _add(about, "ram:StatusCode", _UNTDID.get(message.code, "5"))
    if message.type_code:
        _add(about, "ram:TypeCode", message.type_code)
    issued = _add(about, "ram:FormattedIssueDateTime")
    _add(issued, "qdt:DateTimeString", issued_on.strftime("%Y%m%d"), format="102")
    _add(about, "ram:ProcessConditionCode", message.code)
    if message.label:
        _add(about, "ram:ProcessCondition", message.label)
    seller = _add(about, "ram:IssuerTradeParty")
    _add(seller, "ram:GlobalID", message.seller_siren, schemeID=SCHEME_SIREN)
    _add(seller, "ram:RoleCode", "SE")
    _details(about, message)


def _details(about: etree._Element, message: StatusMessage) -> None:
    """One block a reason; one block of all the amounts; none when there is nothing to detail."""
    blocks = list(message.reasons)
    if not blocks and (message.shares or message.comment):
        blocks = [""]
    for rank, reason in enumerate(blocks, 1):
        detail = _add(about, "ram:SpecifiedDocumentStatus")
        if reason:
            _add(detail, "ram:ReasonCode", reason)
        _add(detail, "ram:SequenceNumeric", str(rank))
        if message.comment and rank == 1:
            _add(_add(detail, "ram:IncludedNote"), "ram:Content", message.comment)
        for share in message.shares if rank == 1 else ():
            amount = _add(detail, "ram:SpecifiedDocumentCharacteristic")
            _add(amount, "ram:TypeCode", _RECEIVED)
            _add(amount, "ram:ValueAmount", f"{share.amount:.2f}", currencyID="EUR")
            _add(amount, "ram:ValuePercent", f"{share.rate:.2f}")


def _party(element: etree._Element, party: Correspondent) -> None:
    if party.siren:
        _add(element, "ram:GlobalID", party.siren, schemeID=SCHEME_SIREN)
    _add(element, "ram:RoleCode", party.role)
    if party.address:
        _add(
            _add(element, "ram:URIUniversalCommunication"),
            "ram:URIID",
            party.address,
            schemeID=SCHEME_ROUTING,
        )


def _moment(parent: etree._Element, name: str, at: datetime) -> None:
    local = at.astimezone(_PARIS)
    _add(_add(parent, name), "udt:DateTimeString", local.strftime("%Y%m%d%H%M%S"), format="204")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    prefix, _colon, local = name.partition(":")
    child = etree.SubElement(parent, f"{{{_NAMES[prefix]}}}{local}", attributes)
    child.text = text
    return child


def read_statuses(content: bytes) -> list[StatusMessage]:
    """Every step that a message tells, in its order. Raises Damaged."""
    root = _root(content)
    message_id = _text(root, "rsm:ExchangedDocument/ram:ID") or ""
    if not message_id or len(message_id) > 100:
        raise Damaged("ID")
    found = list(_steps(root, message_id))
    if not found:
        raise Damaged("ReferenceReferencedDocument")
    return found


def _root(content: bytes) -> etree._Element:
    if len(content) > _MOST_BYTES:
        raise Damaged("size")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Damaged("xml") from error
    if root.getroottree().docinfo.doctype:
        raise Damaged("doctype")
    if root.tag != f"{{{RSM}}}CrossDomainAcknowledgementAndResponse":
        raise Damaged("root")
    return root


def _steps(root: etree._Element, message_id: str) -> Iterator[StatusMessage]:
    sent = _text(root, "rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString")
    for body in root.findall("rsm:AcknowledgementDocument", _NAMES):
        own = _text(body, "ram:IssueDateTime/udt:DateTimeString")
        for about in body.findall("ram:ReferenceReferencedDocument", _NAMES):
            details = about.findall("ram:SpecifiedDocumentStatus", _NAMES)
            yield StatusMessage(
                message_id=message_id,
                at=_instant(own or sent),
                number=_needed(about, "IssuerAssignedID"),
                code=_needed(about, "ProcessConditionCode"),
                seller_siren=_siren(about),
                issued_on=_day(_text(about, "ram:FormattedIssueDateTime/qdt:DateTimeString")),
                type_code=_text(about, "ram:TypeCode") or "",
                label=_text(about, "ram:ProcessCondition") or "",
                reasons=tuple(code for one in details if (code := _text(one, "ram:ReasonCode")) is not None),
                comment="\n".join(_words(details)),
                shares=tuple(share for one in details for share in _shares(one)),
                phase=_text(body, "ram:TypeCode") or "",
            )


def _words(details: list[etree._Element]) -> Iterator[str]:
    for one in details:
        for path in ("ram:Reason", "ram:IncludedNote/ram:Content"):
            yield from (found for element in one.findall(path, _NAMES) if (found := _clean(element)))


def _shares(detail: etree._Element) -> Iterator[RateShare]:
    for one in detail.findall("ram:SpecifiedDocumentCharacteristic", _NAMES):
        if _text(one, "ram:TypeCode") == _RECEIVED:
            yield RateShare(_number(one, "ValuePercent"), _number(one, "ValueAmount"))


def _number(parent: etree._Element, name: str) -> Decimal:
    try:
        found = Decimal(_needed(parent, name))
        whole = found.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise Damaged(name) from error
    if found != whole:  # no number is not equal to itself
        raise Damaged(name)
    return whole


def _siren(about: etree._Element) -> str:
    for one in about.findall("ram:IssuerTradeParty/ram:GlobalID", _NAMES):
        if one.get("schemeID") == SCHEME_SIREN:
            return _clean(one)
    return ""


def _instant(text: str | None) -> datetime:
    # By its length: of a shorter text, `strptime` would make hours out of days.
    pattern = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 8: "%Y%m%d"}.get(len(text or ""), "")
    try:
        return datetime.strptime(text or "-", pattern).replace(tzinfo=_PARIS).astimezone(UTC)
    except ValueError as error:
        raise Damaged("IssueDateTime") from error


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if len(text) != 8:
            raise ValueError(text)
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise Damaged("FormattedIssueDateTime") from error


def _needed(parent: etree._Element, name: str) -> str:
    found = _text(parent, f"ram:{name}")
    if found is None:
        raise Damaged(name)
    return found


def _text(parent: etree._Element, path: str) -> str | None:
    element = parent.find(path, _NAMES)
    return (_clean(element) or None) if element is not None else None


def _clean(element: etree._Element) -> str:
    return " ".join((element.text or "").split())
