"""Statuses as CDAR: what is written obeys the public rules, what is read loses nothing, what is damaged is
said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from invoicing.calculations.lifecycle import RateShare
from invoicing.engines.exchange import cdar
from invoicing.engines.exchange.cdar import Correspondent, Damaged, StatusMessage, read_statuses, write_status

NAMES = {"rsm": cdar.RSM, "ram": cdar.RAM, "udt": cdar.UDT, "qdt": cdar.QDT}
PAID = StatusMessage(
    message_id="F2026-0012-212-7",
    at=datetime(2026, 11, 27, 8, 30, tzinfo=UTC),
    number="F2026-0012",
    code="212",
    seller_siren="552100554",
    issued_on=date(2026, 11, 2),
    type_code="380",
    label="Encaissée",
    shares=(RateShare(Decimal("20.00"), Decimal("80.00")), RateShare(Decimal("5.50"), Decimal("20.00"))),
    sender=Correspondent(siren="552100554", role="SE", address="552100554_LENOIR"),
    recipient=Correspondent(siren="443061841", role="BY", address="443061841"),
)
REFUSED = replace(
    PAID, code="210", label="Refusée", shares=(), reasons=("CMD_ERR", "TX_TVA_ERR"), comment="Voir « 12 »"
)


def texts(xml: bytes, path: str) -> list[str]:
    found = etree.fromstring(xml).findall(path, NAMES)
    return [element.text or "" for element in found]


@pytest.mark.parametrize("message", [PAID, REFUSED, replace(PAID, shares=(), code="205", comment="")])
def test_what_is_written_is_read_back(message: StatusMessage) -> None:
    (found,) = read_statuses(write_status(message))
    assert found == replace(message, sender=None, recipient=None)


def test_the_public_rules_are_obeyed() -> None:
    xml = write_status(PAID)
    head, about = "rsm:ExchangedDocument/", "rsm:AcknowledgementDocument/ram:ReferenceReferencedDocument/"
    context = "rsm:ExchangedDocumentContext/"
    # BR-FR-CDV-02, CL-01
    assert texts(xml, f"{context}ram:GuidelineSpecifiedDocumentContextParameter/ram:ID") == [cdar.GUIDELINE]
    assert texts(xml, f"{context}ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID") == [
        "REGULATED"
    ]
    # BR-FR-CDV-03, 04, 05, 06, 07, CL-03, 08, CL-04
    assert texts(xml, f"{head}ram:ID") == ["F2026-0012-212-7"]
    assert texts(xml, f"{head}ram:IssueDateTime/udt:DateTimeString") == ["20261127093000"]
    assert texts(xml, f"{head}ram:SenderTradeParty/ram:RoleCode") == ["SE"]
    assert texts(xml, f"{head}ram:IssuerTradeParty/ram:GlobalID") == ["552100554"]
    assert texts(xml, f"{head}ram:IssuerTradeParty/ram:RoleCode") == ["SE"]
    assert texts(xml, f"{head}ram:RecipientTradeParty/ram:URIUniversalCommunication/ram:URIID") == [
        "443061841"
    ]
    # BR-FR-CDV-09, 10, 11, 12, 13, CL-05, CL-07
    assert texts(xml, "rsm:AcknowledgementDocument/ram:TypeCode") == ["23"]
    assert texts(xml, f"{about}ram:IssuerAssignedID") == ["F2026-0012"]
    assert texts(xml, f"{about}ram:StatusCode") == ["47"]
    assert texts(xml, f"{about}ram:FormattedIssueDateTime/qdt:DateTimeString") == ["20261102"]
    assert texts(xml, f"{about}ram:ProcessConditionCode") == ["212"]
    assert texts(xml, f"{about}ram:IssuerTradeParty/ram:GlobalID") == ["552100554"]
    assert texts(xml, f"{about}ram:IssuerTradeParty/ram:RoleCode") == ["SE"]
    # BR-FR-CDV-14: each amount received with its rate; 16: each detail has its rank
    detail = f"{about}ram:SpecifiedDocumentStatus/"
    assert texts(xml, f"{detail}ram:SequenceNumeric") == ["1"]
    amounts = f"{detail}ram:SpecifiedDocumentCharacteristic/"
    assert texts(xml, f"{amounts}ram:TypeCode") == ["MEN", "MEN"]
    assert texts(xml, f"{amounts}ram:ValueAmount") == ["80.00", "20.00"]
    assert texts(xml, f"{amounts}ram:ValuePercent") == ["20.00", "5.50"]


def test_each_reason_has_its_block_and_rank() -> None:
    xml = write_status(REFUSED)
    detail = "rsm:AcknowledgementDocument/ram:ReferenceReferencedDocument/ram:SpecifiedDocumentStatus/"
    assert texts(xml, f"{detail}ram:ReasonCode") == ["CMD_ERR", "TX_TVA_ERR"]
    assert texts(xml, f"{detail}ram:SequenceNumeric") == ["1", "2"]
    assert texts(xml, f"{detail}ram:IncludedNote/ram:Content") == ["Voir « 12 »"]


def test_the_same_status_is_written_the_same() -> None:
    assert write_status(PAID) == write_status(PAID)


@pytest.mark.parametrize("missing", ["sender", "recipient", "issued_on"])
def test_nothing_leaves_without_its_parties(missing: str) -> None:
    left_out: dict[str, Any] = {missing: None}
    with pytest.raises(ValueError, match="names both parties"):
        write_status(replace(PAID, **left_out))


def changed(before: bytes, after: bytes) -> bytes:
    xml = write_status(PAID)
    assert before in xml
    return xml.replace(before, after)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<rsm:CrossDomain", "xml"),
        (b"", "xml"),
        (b"<x/>", "root"),
        (b" " * 1024 * 1024 + write_status(PAID), "size"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype"),
        (changed(b"<ram:ID>F2026-0012-212-7</ram:ID>", b""), "ID"),
        (changed(b"F2026-0012-212-7", b"x" * 101), "ID"),
        (changed(b"<ram:IssuerAssignedID>F2026-0012</ram:IssuerAssignedID>", b""), "IssuerAssignedID"),
        (changed(b"<ram:ProcessConditionCode>212</ram:ProcessConditionCode>", b""), "ProcessConditionCode"),
        (changed(b"20261127093000", b"hier"), "IssueDateTime"),
        (changed(b"20261102", b"20261332"), "FormattedIssueDateTime"),
        (changed(b">80.00<", b">beaucoup<"), "ValueAmount"),
        (changed(b">80.00<", b">NaN<"), "ValueAmount"),
        (changed(b">80.00<", b">80.001<"), "ValueAmount"),
        (changed(b">80.00<", b">1e99<"), "ValueAmount"),
        (changed(b">20.00</ram:ValuePercent>", b"></ram:ValuePercent>"), "ValuePercent"),
        (
            changed(b"rsm:AcknowledgementDocument>", b"rsm:Autre>"),
            "ReferenceReferencedDocument",
        ),
    ],
)
def test_damaged(content: bytes, what: str) -> None:
    with pytest.raises(Damaged) as caught:
        read_statuses(content)
    assert caught.value.what == what


def test_several_documents_in_one_message() -> None:
    one = write_status(PAID)
    start, end = one.index(b"<rsm:AcknowledgementDocument>"), one.index(b"</rsm:Cross")
    second = one[start:end].replace(b"F2026-0012", b"F2026-0013")
    found = read_statuses(one[:end] + second + one[end:])
    assert [step.number for step in found] == ["F2026-0012", "F2026-0013"]


def test_a_date_without_hour_is_read() -> None:
    (found,) = read_statuses(changed(b"20261127093000", b"20261127"))
    assert found.at == datetime(2026, 11, 26, 23, 0, tzinfo=UTC)


def test_a_message_is_known_by_its_root() -> None:
    assert cdar.is_status(write_status(PAID))
    assert cdar.is_status(b"<CrossDomainAcknowledgementAndResponse") is False
    assert cdar.is_status(b"<a:CrossDomainAcknowledgementAndResponse>")
    assert not cdar.is_status(b"%PDF-1.7")
