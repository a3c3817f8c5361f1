"""Reads OFX 1 (SGML, closing tags left out) and OFX 2 (XML) with one small reader of tags.

Source: Open Financial Exchange specification 1.6 and 2.2, chapter 11 (banking).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

from accounting.calculations.bank_statements import (
    Fault,
    ReadLine,
    ReadStatement,
    Unreadable,
    amount_said,
)
from cae.core.money import ZERO

_TAG = re.compile(r"<(/?)([A-Z0-9._]+)>([^<]*)")
_CHARSETS = {"1252": "cp1252", "ISO-8859-1": "iso8859-1", "8859-1": "iso8859-1"}


def is_ofx(content: bytes) -> bool:
    head = content[:2000].upper()
    return b"OFXHEADER" in head or b"<OFX>" in head


def read_ofx(content: bytes) -> list[ReadStatement]:
    """Gives what the file says of each account. Raises Unreadable."""
    text = _text(content)
    if "</OFX>" not in text:
        raise Unreadable(Fault.TRUNCATED)
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise Unreadable(Fault.NOT_A_STATEMENT)
    found = [_statement(block) for block in _blocks(text, "STMTRS")]
    if not found:
        raise Unreadable(Fault.NOT_A_STATEMENT)
    return found


def _text(content: bytes) -> str:
    head = content[:600].decode("ascii", "replace").upper()
    charset = next((_CHARSETS[word] for word in _CHARSETS if f"CHARSET:{word}" in head), "utf-8-sig")
    try:
        return content.decode(charset)
    except UnicodeDecodeError:
        # Many banks announce one alphabet and write the other.
        return content.decode("cp1252", "replace")


def _blocks(text: str, tag: str) -> Iterator[str]:
    yield from re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)


def _values(block: str) -> dict[str, str]:
    """The leaves of a block: a tag followed by words. The first of a name counts."""
    found: dict[str, str] = {}
    for closing, name, words in _TAG.findall(block):
        value = " ".join(unescape(words).split())
        if value and not closing:
            found.setdefault(name, value)
    return found


def _statement(block: str) -> ReadStatement:
    head = _values(block.partition("<BANKTRANLIST>")[0])
    if head.get("CURDEF", "EUR") != "EUR":
        raise Unreadable(Fault.OTHER_CURRENCY, head["CURDEF"])
    balance = next(iter(_blocks(block, "LEDGERBAL")), None)
    if balance is None:
        raise Unreadable(Fault.NO_BALANCE)
    closing = _amount(_values(balance).get("BALAMT", ""))
    lines = [_line(one) for one in _blocks(block, "STMTTRN")]
    return ReadStatement(_account(head), _in_order(lines), closing)


def _account(head: dict[str, str]) -> str:
    number = "".join(head.get("ACCTID", "").split())
    if len(number) >= 15:
        return number
    return "".join(head.get("BANKID", "").split()) + "".join(head.get("BRANCHID", "").split()) + number


def _in_order(lines: list[ReadLine]) -> tuple[ReadLine, ...]:
    """The oldest first; those of one day as the file has them."""
    kept = [line for line in lines if line.amount != ZERO]
    if kept and kept[0].booked_on > kept[-1].booked_on:
        kept.reverse()
    return tuple(sorted(kept, key=lambda line: line.booked_on))


def _line(block: str) -> ReadLine:
    values = _values(block)
    name, memo = values.get("NAME", values.get("PAYEEID", "")), values.get("MEMO", "")
    label = memo if name and memo.startswith(name) else " ".join(filter(None, (name, memo)))
    return ReadLine(
        booked_on=_day(values.get("DTPOSTED", "")),
        value_on=_day(values["DTAVAIL"]) if "DTAVAIL" in values else None,
        amount=_amount(values.get("TRNAMT", "")),
        label=label or values.get("TRNTYPE", "—"),
        reference=values.get("FITID", ""),
        end_to_end=values.get("REFNUM", values.get("CHECKNUM", "")),
        raw=block.strip(),
    )


def _day(text: str) -> date:
    # « 2026312 » would be read as a day.
    if len(text) < 8 or not text[:8].isdecimal():
        raise Unreadable(Fault.WRONG_DAY, text)
    try:
        return datetime.strptime(text[:8], "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Unreadable(Fault.WRONG_DAY, text) from None


def _amount(text: str) -> Decimal:
    amount = amount_said(text.replace(",", "."))
    if amount is None:
        raise Unreadable(Fault.WRONG_AMOUNT, text)
    return amount
