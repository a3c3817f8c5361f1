"""Reads a CAMT.053 (ISO 20022, any version): booked entries and the balances around them, nothing guessed.

Source: « Bank-to-Customer Statement », message definition report; versions 02 and 08 differ in where the
status, the amount of a detail and the name of a party stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from accounting.calculations.bank_statements import (
    Fault,
    ReadLine,
    ReadStatement,
    Unreadable,
    amount_said,
)
from cae.core.money import ZERO

_SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053"
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_NO_REFERENCE = "NOTPROVIDED"


def is_camt(content: bytes) -> bool:
    return b"camt.053" in content[:2000]


def read_camt(content: bytes) -> list[ReadStatement]:
    """Gives what the file says of each account. Raises Unreadable."""
    return [_statement(node) for node in _statements(_root(content))]


def _root(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(Fault.TRUNCATED) from error
    if root.getroottree().docinfo.doctype or not str(etree.QName(root).namespace or "").startswith(_SPACE):
        raise Unreadable(Fault.NOT_A_STATEMENT)
    return root


def _statements(root: Any) -> list[Any]:
    found = list(root.iterfind("{*}BkToCstmrStmt/{*}Stmt"))
    if not found:
        raise Unreadable(Fault.NOT_A_STATEMENT)
    return found


def _statement(node: Any) -> ReadStatement:
    account = _text(node, "Acct/Id/IBAN") or _text(node, "Acct/Id/Othr/Id")
    opening, closing = _balance(node, _OPENING), _balance(node, _CLOSING)
    if opening is None or closing is None:
        raise Unreadable(Fault.NO_BALANCE)
    lines = tuple(line for entry in _all(node, "Ntry") for line in _lines(entry))
    return ReadStatement(account.replace(" ", "").upper(), lines, closing, opening)


def _balance(node: Any, codes: tuple[str, ...]) -> Decimal | None:
    for balance in _all(node, "Bal"):
        if _text(balance, "Tp/CdOrPrtry/Cd") in codes:
            return _signed(balance, _one(balance, "Amt"))
    return None


def _lines(entry: Any) -> Iterator[ReadLine]:
    if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) not in ("BOOK", ""):
        return
    amount = _signed(entry, _one(entry, "Amt"))
    if amount == ZERO:
        return
    details = list(_all(entry, "NtryDtls/TxDtls"))
    parts = _parts(entry, details, amount)
    if parts:
        for detail, part in parts:
            yield _line(entry, detail, part)
    else:
        yield _line(entry, details[0] if len(details) == 1 else None, amount)


def _parts(entry: Any, details: list[Any], amount: Decimal) -> list[tuple[Any, Decimal]]:
    """The details of money that came in together, when their amounts make up the entry; a lot of transfers
    that went out stays one line, as the books made one lot of it. A detail of nothing moves nothing."""
    if len(details) < 2 or amount < ZERO:
        return []
    nodes = [_one(detail, "AmtDtls/TxAmt/Amt", "Amt") for detail in details]
    if any(node is None for node in nodes):
        return []
    parts = [_signed(entry, node) for node in nodes]
    if sum(parts, ZERO) != amount:
        return []
    return [(detail, part) for detail, part in zip(details, parts, strict=True) if part]


def _line(entry: Any, detail: Any, amount: Decimal) -> ReadLine:
    party = "Dbtr" if amount > ZERO else "Cdtr"
    name = iban = end_to_end = ""
    said: list[str] = []
    if detail is not None:
        name = _text(detail, f"RltdPties/{party}/Nm") or _text(detail, f"RltdPties/{party}/Pty/Nm")
        iban = _text(detail, f"RltdPties/{party}Acct/Id/IBAN")
        end_to_end = _text(detail, "Refs/EndToEndId")
        said = [_clean(one.text) for one in _all(detail, "RmtInf/Ustrd")]
        said += [_clean(one.text) for one in _all(detail, "RmtInf/Strd/CdtrRefInf/Ref")]
        said.append(_text(detail, "AddtlTxInf"))
    if not any(said):
        said = [_text(entry, "AddtlNtryInf")]
    own = _text(detail, "Refs/AcctSvcrRef") if detail is not None else ""
    return ReadLine(
        booked_on=_day(entry, "BookgDt"),
        value_on=_day(entry, "ValDt") if _one(entry, "ValDt") is not None else None,
        amount=amount,
        label=" ".join(filter(None, said)) or name or "—",
        counterparty=name,
        iban=iban.replace(" ", "").upper(),
        reference=own or _text(entry, "AcctSvcrRef"),
        end_to_end="" if end_to_end == _NO_REFERENCE else end_to_end,
        raw=etree.tostring(entry if detail is None else detail, encoding="unicode").strip(),
    )


def _signed(holder: Any, node: Any) -> Decimal:
    """The amount of a node, with the side that its holder says."""
    text = _clean(node.text) if node is not None else ""
    amount = amount_said(text)
    if amount is None:
        raise Unreadable(Fault.WRONG_AMOUNT, text)
    if node.get("Ccy") != "EUR":
        raise Unreadable(Fault.OTHER_CURRENCY, node.get("Ccy") or "")
    return amount * (-1 if _text(holder, "CdtDbtInd") == "DBIT" else 1)


def _day(entry: Any, path: str) -> date:
    text = _text(entry, f"{path}/Dt") or _text(entry, f"{path}/DtTm")
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Unreadable(Fault.WRONG_DAY, text) from None


def _all(node: Any, path: str) -> Any:
    return node.iterfind("/".join(f"{{*}}{step}" for step in path.split("/")))


def _one(node: Any, *paths: str) -> Any:
    return next((found for path in paths for found in _all(node, path)), None)


def _text(node: Any, path: str) -> str:
    found = _one(node, path)
    return _clean(found.text) if found is not None else ""


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())
