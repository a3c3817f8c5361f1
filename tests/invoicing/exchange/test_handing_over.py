"""Issued documents and our statuses go to the platform, once, in their order, and again when it was away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from cae.core.errors import IllegalMove, Refused
from entrepreneurs.models import Activity
from invoicing.engines.exchange.cdar import read_statuses
from invoicing.models import EInvoiceStatus, ExchangeMessage
from invoicing.services.archiving import archive_pdf
from invoicing.services.exchanging import (
    DELAYS,
    PATIENCE,
    hand_over,
    hand_over_waiting,
    mark_deposited,
    send_again,
    set_aside,
)
from invoicing.states.exchange import MessageKind, MessageState
from tests.factories import invoicing as make
from tests.factories import invoicing_exchange as ex
from tests.factories.invoicing import line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
LATER = ex.NOON + timedelta(days=400)
PAY_DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def _before_later() -> Iterator[None]:
    with time_machine.travel(ex.NOON):
        yield


@pytest.fixture
def drop(tmp_path: Path, settings: Any) -> Path:
    settings.EXCHANGE_URL = f"file://{tmp_path}"
    return tmp_path


def outbox(drop: Path) -> list[str]:
    folder = drop / "outbox"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_before_the_day_nothing_waits(shop: Activity) -> None:
    invoice = ex.issued(shop)
    archive_pdf(invoice.pk)
    make.pay(invoice, "100.00", on=PAY_DAY)
    assert not ExchangeMessage.objects.exists()
    assert invoice.einvoice_statuses.count() == 1


@pytest.mark.parametrize(
    "customer",
    [
        {"siren": "", "kind": "private_person", "name": "Jeanne Durand", "email": "jeanne@example.org"},
        {"siren": "", "country": "BE", "vat_number": "BE0403170701", "electronic_address": "a@example.be"},
    ],
)
def test_only_sales_between_french_firms_go(shop: Activity, customer: dict[str, Any]) -> None:
    ex.by_platform()
    invoice = ex.issued(shop, customer=make.firm(shop, **customer))
    archive_pdf(invoice.pk)
    assert not ExchangeMessage.objects.exists()


def test_a_document_leaves_as_it_was_archived(shop: Activity, drop: Path) -> None:
    invoice, message = ex.packaged(shop)
    assert message.state == MessageState.WAITING
    archive_pdf(invoice.pk)  # made once, so it leaves once
    assert ExchangeMessage.objects.count() == 1
    assert hand_over(message.pk, at=LATER) is True
    assert hand_over(message.pk, at=LATER) is False
    message.refresh_from_db()
    invoice.refresh_from_db()
    assert invoice.pdf is not None
    assert (message.state, message.done_at, message.sha256) == (MessageState.SENT, LATER, invoice.pdf.sha256)
    assert outbox(drop) == [f"{ex.SIREN}_{invoice.number}.pdf"]
    assert (drop / "outbox" / message.name).read_bytes()[:5] == b"%PDF-"


def test_a_credit_note_goes_too(shop: Activity) -> None:
    invoice, _message = ex.packaged(shop)
    note = make.issue(make.credit(invoice), on=ex.DAY)
    archive_pdf(note.pk)
    assert ExchangeMessage.objects.filter(invoice=note).exists()


def test_a_status_never_overtakes_its_document(shop: Activity, drop: Path) -> None:
    invoice, package = ex.packaged(shop, line("100.00"))
    make.pay(invoice, "120.00", on=PAY_DAY)
    status = ExchangeMessage.objects.get(kind=MessageKind.STATUS)
    assert hand_over(status.pk, at=LATER) is False
    assert outbox(drop) == []
    status.refresh_from_db()
    assert (status.next_attempt_at, status.attempts) == (LATER + PATIENCE, 0)
    assert hand_over_waiting(at=LATER) == 1
    assert hand_over_waiting(at=LATER) == 1
    assert len(outbox(drop)) == 2
    (told,) = read_statuses((drop / "outbox" / status.name).read_bytes())
    assert (told.number, told.code, told.label) == (invoice.number, "212", "Encaissée")
    assert [(str(one.rate), str(one.amount)) for one in told.shares] == [("20.00", "120.00")]
    package.refresh_from_db()
    assert package.state == MessageState.SENT


def test_a_platform_that_is_away_is_tried_again_then_said(shop: Activity, drop: Path) -> None:
    _invoice, message = ex.packaged(shop)
    (drop / "outbox").write_bytes(b"no folder")
    at = LATER
    for delay in DELAYS:
        assert hand_over(message.pk, at=at) is False
        message.refresh_from_db()
        assert (message.state, message.next_attempt_at) == (MessageState.WAITING, at + delay)
        assert message.error.startswith("La plateforme ne répond pas")
        assert hand_over(message.pk, at=at) is False
        at += delay
    assert hand_over(message.pk, at=at) is False
    message.refresh_from_db()
    assert (message.state, message.next_attempt_at) == (MessageState.FAILED, None)
    assert message.attempts == len(DELAYS) + 1
    (drop / "outbox").unlink()
    send_again(message, actor=None, at=at)
    assert hand_over(message.pk, at=at) is True
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.SENT, "")


def test_without_platform_it_waits_for_a_hand(shop: Activity, settings: Any) -> None:
    settings.EXCHANGE_URL = ""
    _invoice, message = ex.packaged(shop)
    assert hand_over_waiting(at=LATER) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.WAITING, 0)
    marked = mark_deposited(message, actor=None, at=LATER)
    assert (marked.state, marked.by_hand) == (MessageState.SENT, True)
    with pytest.raises(IllegalMove, match="Seul un message à envoyer"):
        mark_deposited(message, actor=None, at=LATER)


def test_a_document_without_its_file_is_not_deposited(shop: Activity) -> None:
    invoice, message = ex.packaged(shop)
    with transaction.atomic():
        ExchangeMessage.objects.filter(pk=message.pk).update(invoice=ex.issued(shop))
        message.refresh_from_db()
    with pytest.raises(IllegalMove, match="en préparation"):
        mark_deposited(message, actor=None, at=LATER)
    assert hand_over(message.pk, at=LATER) is False
    assert invoice.pdf_id is None or message.state == MessageState.WAITING


def test_what_was_answered_does_not_leave_twice(shop: Activity, drop: Path) -> None:
    invoice, message = ex.packaged(shop)
    with pytest.raises(IllegalMove, match="attend déjà"):
        send_again(message, actor=None, at=LATER)
    hand_over(message.pk, at=LATER)
    assert send_again(message, actor=None, at=LATER).state == MessageState.WAITING
    hand_over(message.pk, at=LATER)
    ex.noted(invoice, "200")
    with pytest.raises(IllegalMove, match="a déjà répondu"):
        send_again(message, actor=None, at=LATER)
    ex.noted(invoice, "221", "ROUTAGE_ERR")
    assert send_again(message, actor=None, at=LATER).state == MessageState.WAITING


def test_set_aside_with_its_reason(shop: Activity, drop: Path) -> None:
    invoice, message = ex.packaged(shop)
    for reason in ("", "x" * 301):
        with pytest.raises(Refused) as caught:
            set_aside(message, reason=reason, actor=None)
        assert caught.value.field == "reason"
    aside = set_aside(message, reason="Déposée au guichet de l’acheteur", actor=None)
    assert (aside.state, aside.error) == (MessageState.SET_ASIDE, "Déposée au guichet de l’acheteur")
    assert hand_over(message.pk, at=LATER) is False
    with pytest.raises(IllegalMove, match="se classe"):
        set_aside(message, reason="Encore", actor=None)
    # The platform does not have it: what is paid is no news to it.
    make.pay(invoice, "100.00", on=PAY_DAY)
    assert ExchangeMessage.objects.filter(kind=MessageKind.STATUS).count() == 0
    assert EInvoiceStatus.objects.count() == 1


def test_what_came_does_not_leave(shop: Activity) -> None:
    ex.issued(shop)
    from_platform = ExchangeMessage.objects.create(
        direction="in", kind="status", state="failed", name="a.xml", error="Illisible", sha256="a" * 64
    )
    with pytest.raises(IllegalMove, match="vient de la plateforme"):
        send_again(from_platform, actor=None, at=LATER)
    with pytest.raises(IllegalMove, match="Seul un message à envoyer"):
        mark_deposited(from_platform, actor=None, at=LATER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "taken"},
        {"state": "sent"},
        {"state": "failed"},
        {"state": "set_aside"},
        {"kind": "status"},
        {"kind": "purchase"},
        {"direction": "in"},
        {"sha256": "zz"},
        {"state": "lost"},
    ],
)
def test_the_database_has_the_last_word(shop: Activity, wrong: dict[str, Any]) -> None:
    invoice = ex.issued(shop)
    row = {"direction": "out", "kind": "invoice", "state": "waiting", "name": "a.pdf", "invoice": invoice}
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeMessage.objects.create(**row | wrong)


def test_one_message_a_document_and_none_is_erased(shop: Activity) -> None:
    invoice, message = ex.packaged(shop)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeMessage.objects.create(
            direction="out", kind="invoice", state="waiting", name="b.pdf", invoice=invoice
        )
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        message.delete()
