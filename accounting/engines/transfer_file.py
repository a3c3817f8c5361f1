"""Writes the file by which a bank makes transfers (ISO 20022), and judges it by its schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import as_file, files
from threading import Lock

from lxml import etree
from sepaxml import SepaTransfer

from cae.core.money import CENT

SCHEMA = "pain.001.001.09"
_NAMES = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}
# A schema object keeps the log of its last validation, so threads take turns.
_turn = Lock()


class WrongFile(ValueError):
    """The schema refuses what was written: a fault of ours, or a value that no bank takes."""


@dataclass(frozen=True)
class Payer:
    name: str
    iban: str
    bic: str = ""


@dataclass(frozen=True)
class Transfer:
    """One transfer; its reference comes back with the answer of the bank."""

    reference: str
    name: str
    iban: str
    bic: str
    amount: Decimal
    text: str


def transfer_file(
    payer: Payer, transfers: Sequence[Transfer], *, reference: str, execution_on: date, made_at: datetime
) -> bytes:
    """Gives the file of these transfers, the same whenever it is written again. Raises WrongFile."""
    config = {"name": payer.name, "IBAN": payer.iban, "batch": True, "currency": "EUR"}
    writer = SepaTransfer(config | ({"BIC": payer.bic} if payer.bic else {}), schema=SCHEMA, clean=False)
    for one in transfers:
        writer.add_payment(_payment(one, execution_on))
    root = etree.fromstring(writer.export(validate=False), _parser())
    # The library draws lots for these; a bank knows by them a file that it has already received.
    _write(root, "//p:GrpHdr/p:MsgId", reference)
    _write(root, "//p:GrpHdr/p:CreDtTm", made_at.isoformat(timespec="seconds"))
    _write(root, "//p:PmtInf/p:PmtInfId", f"{reference}-1")
    _judge(root)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def _payment(one: Transfer, execution_on: date) -> dict[str, object]:
    payment: dict[str, object] = {
        "name": one.name,
        "IBAN": one.iban,
        "amount": int(one.amount / CENT),
        "execution_date": execution_on,
        "description": one.text,
        "endtoend_id": one.reference,
    }
    return payment | ({"BIC": one.bic} if one.bic else {})


def _write(root: etree._Element, path: str, text: str) -> None:
    [node] = root.xpath(path, namespaces=_NAMES)
    node.text = text


def _judge(root: etree._Element) -> None:
    with _turn:
        schema = _schema()
        if not schema.validate(root):
            raise WrongFile(str(schema.error_log.last_error))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    with as_file(files("sepaxml") / "schemas" / f"{SCHEMA}.xsd") as path:
        return etree.XMLSchema(etree.parse(path, _parser()))
