"""Two hundred lines of a bank, made before the matcher: how many first proposals are right (ACC-36)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from accounting.calculations.matching.items import Item, ItemKind, Proposal, Rule, Seen
from accounting.calculations.matching.proposing import Pool, propose, propose_all
from accounting.engines.camt053 import read_camt

DATA = Path(__file__).parent.parent.parent / "data" / "bank_matching"
# What an accountant calls each item of the file.
CALLED: dict[str, str] = {}


@cache
def world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "world.json").read_text())
    return found


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def item(called: str, key: str, kind: ItemKind, amount: str, *, sign: int = 1, **facts: Any) -> Item:
    CALLED[key] = called
    ibans = tuple(filter(None, (facts.pop("iban", None),)))
    return Item(key, kind, key, sign * Decimal(amount), ibans=ibans, **facts)


def sold() -> Iterator[Item]:
    customers = {one["id"]: one for one in world()["customers"]}
    for row in world()["receipts"]:
        payer = customers[row["customer"]]
        yield item(
            "receipt",
            row["id"],
            ItemKind.LEDGER,
            row["amount"],
            party=payer["name"],
            on=day(row["on"]),
            numbers=tuple(row["invoices"]),
            references=tuple(filter(None, (row["reference"],))),
            iban=payer["iban"],
            group=f"receipt {payer['id']}",
            deposit="cheque" if row["mode"] == "cheque" else "",
        )
    for row in world()["invoices"]:
        payer = customers[row["customer"]]
        yield item(
            "invoices",
            row["id"],
            ItemKind.INVOICE,
            row["left"],
            party=payer["name"],
            on=day(row["on"]),
            due_on=day(row["due"]),
            numbers=(row["number"],),
            iban=payer["iban"],
            group=f"invoice {payer['id']}",
        )


def bought() -> Iterator[Item]:
    suppliers = {one["id"]: one for one in world()["suppliers"]}
    for row in world()["purchases"]:
        owed = suppliers[row["supplier"]]
        yield item(
            "purchase",
            row["id"],
            ItemKind.PURCHASE,
            row["left"],
            sign=-1,
            party=owed["name"],
            on=day(row["on"]),
            due_on=day(row["due"]),
            numbers=(row["number"],),
            iban=owed["iban"],
            group=f"purchase {owed['id']}",
        )
    for row in world()["claims"]:
        facts = {"party": row["person"], "numbers": (row["number"],), "iban": row["iban"]}
        yield item("claim", row["id"], ItemKind.DUE, row["left"], sign=-1, **facts)
    for row in world()["cards"]:
        facts = {"party": row["merchant"], "on": day(row["on"]), "due_on": day(row["on"])}
        yield item("card", row["id"], ItemKind.DUE, row["amount"], sign=-1, **facts)


def paid() -> Iterator[Item]:
    for lot in world()["lots"]:
        on = day(lot["executed_on"])
        told = {"on": on, "references": (lot["message_id"],)}
        yield item("lot", lot["id"], ItemKind.LOT, lot["amount"], sign=-1, **told)
        for row in lot["orders"]:
            facts = {"party": row["name"], "on": on, "references": (row["end_to_end"],), "iban": row["iban"]}
            yield item("order", row["id"], ItemKind.TRANSFER, row["amount"], sign=-1, **facts)
    for month in world()["pays"]:
        whole = str(sum((Decimal(row["net"]) for row in month["people"]), Decimal(0)))
        yield item("pay", month["id"], ItemKind.DUE, whole, sign=-1, party="Salaires")
        for row in month["people"]:
            facts = {"party": row["person"], "iban": row["iban"]}
            yield item("pay", row["id"], ItemKind.DUE, row["net"], sign=-1, **facts)
    for row in world()["taxes"]:
        facts = {"party": row["label"], "due_on": day(row["due"])}
        yield item("tax", row["id"], ItemKind.DUE, row["amount"], sign=-1, **facts)


def pool() -> Pool:
    rules = [
        Rule(row["id"], row["id"], tuple(row["words"]), is_in=is_in, seen=row["seen"])
        for row in world()["rules"]
        for is_in in (False, True)
    ]
    return Pool.of([*sold(), *bought(), *paid()], rules)


def lines() -> list[Seen]:
    (statement,) = read_camt((DATA / "statement.xml").read_bytes())
    return [
        Seen(
            row.reference,
            row.booked_on,
            row.amount,
            row.label,
            row.counterparty,
            row.iban,
            tuple(filter(None, (row.end_to_end,))),
        )
        for row in statement.lines
    ]


def is_right(proposals: list[Proposal], expected: dict[str, Any]) -> bool:
    if expected["kind"] == "none":
        return not proposals or not proposals[0].is_sure
    if not proposals:
        return False
    first = proposals[0]
    if first.rule is not None:
        return expected["kind"] == "rule" and [first.rule.key] == expected["targets"]
    called = {CALLED[key] for key in first.item_keys}
    return called == {expected["kind"]} and sorted(first.item_keys) == sorted(expected["targets"])


def test_first_proposals_are_right_and_what_is_sure_is_never_wrong() -> None:
    expected = {row["line"]: row for row in json.loads((DATA / "expected.json").read_text())["lines"]}
    seen, known = lines(), pool()
    assert len(seen) == len(expected) == 200
    found = propose_all(seen, known)
    right = {key for key, proposals in found.items() if is_right(proposals, expected[key])}
    assert len(right) >= 180  # 194 on the day of its first run; the issue asks for 160
    sure = {key for key, proposals in found.items() if proposals and proposals[0].is_sure}
    assert sure <= right
    assert len(sure) >= 100
    alone = sum(is_right(propose(line, known), expected[line.key]) for line in seen)
    assert alone >= 180
