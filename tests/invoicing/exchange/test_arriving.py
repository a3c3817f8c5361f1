"""What the platform brings: statuses in order, invoices of suppliers to the tray, faults in a sentence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cae.core.documents import read_document
from cae.core.errors import IllegalMove
from entrepreneurs.models import Activity
from invoicing.calculations.lifecycle import RateShare
from invoicing.engines.exchange import drop as drop_module
from invoicing.models import ExchangeMessage, IncomingFile, Invoice
from invoicing.services.arriving import take_again, take_arrivals, take_file
from invoicing.states.exchange import MessageKind, MessageState, StatusOrigin
from invoicing.states.incoming import FileSource
from tests.factories import invoicing_exchange as ex

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
NOW = ex.NOON + timedelta(days=30)


@pytest.fixture
def invoice(shop: Activity) -> Invoice:
    return ex.issued(shop)


@pytest.fixture
def drop(tmp_path: Path, settings: Any) -> Path:
    settings.EXCHANGE_URL = f"file://{tmp_path}"
    return tmp_path


def codes(invoice: Invoice) -> list[str]:
    return list(invoice.einvoice_statuses.values_list("code", flat=True))


def put_away(drop: Path, folder: str) -> list[str]:
    path = drop / folder
    return sorted(one.name.partition("--")[2] for one in path.iterdir()) if path.is_dir() else []


def test_statuses_come_in_the_order_of_their_instants(invoice: Invoice, drop: Path) -> None:
    number = str(invoice.number)
    later = ex.NOON + timedelta(hours=1)
    ex.dropped(drop, "a.xml", ex.told(number, "202", at=later))
    ex.dropped(drop, "b.xml", ex.told(number, "200"))
    assert take_arrivals(at=NOW) == 2
    assert codes(invoice) == ["200", "202"]
    status = invoice.einvoice_statuses.get(code="202")
    assert (status.origin, status.at, status.created_by) == (StatusOrigin.PLATFORM, later, None)
    assert status.arrived_in is not None
    assert (status.arrived_in.state, status.arrived_in.invoice) == (MessageState.TAKEN, invoice)
    assert put_away(drop, "done") == ["a.xml", "b.xml"]
    assert put_away(drop, "taking") == put_away(drop, "error") == []


def test_the_file_is_kept_as_it_came(invoice: Invoice) -> None:
    content = ex.told(str(invoice.number), "200")
    message = take_file("a.xml", content, at=NOW)
    assert message.document is not None
    assert read_document(message.document) == content
    assert message.document.retention_until.year == NOW.year + 10


def test_the_same_file_twice_is_once(invoice: Invoice, drop: Path) -> None:
    content = ex.told(str(invoice.number), "200")
    for name in ("a.xml", "autre nom.xml"):
        ex.dropped(drop, name, content)
        take_arrivals(at=NOW)
    assert ExchangeMessage.objects.count() == 1
    assert codes(invoice) == ["200"]
    assert put_away(drop, "done") == ["a.xml", "autre nom.xml"]


def test_what_was_noted_by_hand_is_no_fault(invoice: Invoice) -> None:
    ex.noted(invoice, "200")
    assert take_file("a.xml", ex.told(str(invoice.number), "200"), at=NOW).state == MessageState.TAKEN
    assert codes(invoice) == ["200"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            lambda number: ex.told("F1999-0001", "200"),
            "Aucun document émis ne porte le numéro « F1999-0001 ».",
        ),
        (
            lambda number: ex.told("F9", "203", seller_siren="552032534"),
            "Aucun achat au fournisseur 552032534 ne porte le numéro « F9 ».",
        ),
        (lambda number: ex.told(number, "299"), "Le statut « 299 » n’est pas dans la liste."),
        (lambda number: ex.told(number, "210", "ZZZ"), "Le motif « ZZZ » n’est pas dans la liste."),
        (
            lambda number: ex.told(number, "213"),
            "Le statut « Rejetée » dit toujours pourquoi : choisissez un motif.",
        ),
        (
            lambda number: ex.told(number, "212", shares=(RateShare(Decimal("20.00"), Decimal("5.00")),)),
            "Le statut « Encaissée » est écrit par le vendeur.",
        ),
        (
            lambda number: ex.told(number, "200")[:-20],
            "Ce message est abîmé : son XML ne se lit pas.",
        ),
        (
            lambda number: (
                b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
                + ex.told(number, "200").partition(b"?>")[2].lstrip()
            ),
            "Ce message contient une déclaration DOCTYPE : il n’est pas lu, par sécurité.",
        ),
        (
            lambda number: ex.told(number, "200").replace(
                b"<ram:ProcessConditionCode>200", b"<ram:ProcessConditionCode>"
            ),
            "Ce message ne dit pas ce qu’il faut, ou le dit mal : « ProcessConditionCode ».",
        ),
        (
            lambda number: ex.told(number, "200") + b" " * 1024 * 1024,
            "Ce message dépasse 1 Mo : un statut est bien plus court.",
        ),
    ],
)
def test_a_fault_is_one_sentence_and_the_file_is_kept(
    invoice: Invoice, drop: Path, content: Any, sentence: str
) -> None:
    ex.dropped(drop, "a.xml", content(str(invoice.number)))
    assert take_arrivals(at=NOW) == 1
    message = ExchangeMessage.objects.get()
    assert (message.state, message.error) == (MessageState.FAILED, sentence)
    assert message.document is not None
    assert codes(invoice) == []
    assert put_away(drop, "error") == ["a.xml"]


def test_out_of_order_is_said(invoice: Invoice) -> None:
    ex.noted(invoice, "200")
    ex.noted(invoice, "202")
    message = take_file("a.xml", ex.told(str(invoice.number), "201"), at=NOW)
    assert message.error == (
        f"Le statut « Émise par la plateforme » ne suit pas « Reçue par la plateforme » ({invoice.number})."
    )
    assert codes(invoice) == ["200", "202"]


def test_a_message_of_two_documents_is_taken_whole_or_not(invoice: Invoice) -> None:
    one = ex.told(str(invoice.number), "200")
    start, end = one.index(b"<rsm:AcknowledgementDocument>"), one.index(b"</rsm:Cross")
    two = one[:end] + one[start:end].replace(str(invoice.number).encode(), b"F1999-0001") + one[end:]
    assert take_file("a.xml", two, at=NOW).state == MessageState.FAILED
    assert codes(invoice) == []


def test_a_file_in_error_is_taken_again_once_the_matter_is_settled(invoice: Invoice) -> None:
    ex.noted(invoice, "200")
    message = take_file("a.xml", ex.told(str(invoice.number), "209"), at=NOW)
    assert message.state == MessageState.FAILED
    again = take_again(message, actor=None, at=NOW)
    assert again.state == MessageState.FAILED
    unknown = take_file("b.xml", ex.told("F2026-0002", "200"), at=NOW)
    other = ex.issued(invoice.activity)
    assert str(other.number) == "F2026-0002"
    assert take_again(unknown, actor=None, at=NOW).state == MessageState.TAKEN
    assert codes(other) == ["200"]
    with pytest.raises(IllegalMove, match="Seul un fichier reçu en erreur"):
        take_again(unknown, actor=None, at=NOW)


def test_a_reason_without_words_from_the_platform_is_taken(invoice: Invoice) -> None:
    message = take_file("a.xml", ex.told(str(invoice.number), "207", "AUTRE"), at=NOW)
    invoice.customer.refresh_from_db()
    assert invoice.customer.dispute_reason == f"{invoice.number} : Autre motif"
    assert message.state == MessageState.TAKEN
    assert invoice.einvoice_statuses.get().reasons == ["AUTRE"]


def test_any_other_file_goes_to_the_tray(shop: Activity, drop: Path) -> None:
    ex.issued(shop)
    ex.dropped(drop, "facture.pdf", b"%PDF-1.7 nothing inside")
    take_arrivals(at=NOW)
    message = ExchangeMessage.objects.get()
    assert (message.kind, message.state) == (MessageKind.PURCHASE, MessageState.TAKEN)
    file = IncomingFile.objects.get()
    assert (file.source, file.sha256, file.name) == (FileSource.PLATFORM, message.sha256, "facture.pdf")


def test_an_empty_file_is_said(shop: Activity, drop: Path) -> None:
    ex.issued(shop)
    ex.dropped(drop, "vide.pdf", b"")
    take_arrivals(at=NOW)
    message = ExchangeMessage.objects.get()
    assert message.state == MessageState.FAILED
    assert "vide" in message.error
    assert not IncomingFile.objects.exists()


def test_a_file_too_big_stays_there_and_is_said(
    shop: Activity, drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ex.issued(shop)
    monkeypatch.setattr(drop_module, "MOST_BYTES", 3)
    ex.dropped(drop, "gros.pdf", b"%PDF")
    take_arrivals(at=NOW)
    message = ExchangeMessage.objects.get()
    assert message.error == "Ce fichier dépasse 30 Mo : il reste dans le dossier « error »."
    assert message.document is None
    assert put_away(drop, "error") == ["gros.pdf"]
    with pytest.raises(IllegalMove):
        take_again(message, actor=None, at=NOW)


def test_without_platform_nothing_comes(settings: Any) -> None:
    settings.EXCHANGE_URL = ""
    assert take_arrivals(at=NOW) == 0
