"""Mails that come in: their pieces land where the address says, the rest where somebody looks (INV-47)."""

from __future__ import annotations

import imaplib
import sys
from email.message import EmailMessage
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, ProgrammingError, transaction

from cae.core.errors import Code, Refused
from cae.core.models import EmailState, OutgoingEmail
from cae.core.permanence import ERASED, erasing
from entrepreneurs.models import Activity
from invoicing.engines.letters import read_letter
from invoicing.management.commands import receive_mail
from invoicing.models import IncomingFile, IncomingMail, MailInAddress, Voucher
from invoicing.selectors.mail_addresses import places_of, written
from invoicing.services import mail_in
from invoicing.services.erasing_mails import erase_mails, held_of_mails
from invoicing.services.mail_addresses import make_address, withdraw_address
from invoicing.services.mail_in import NoLetter, fetch_letters, receive_letter
from invoicing.services.voucher_answers import ANSWER
from invoicing.states.incoming import MAX_MAIL_ATTACHMENTS, MAX_MAIL_BYTES, FileState, MailOutcome
from invoicing.tasks import fetch_mail
from people.models import User
from tests.core.test_mail_pages import written as sent_mail
from tests.core.test_returned import LetterBox, report
from tests.factories.invoicing_incoming import NOW
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.incoming.letters import DOMAIN, letter, picture

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4\nrien"


@pytest.fixture(autouse=True)
def domain(settings: Any) -> None:
    settings.MAIL_IN_DOMAIN = DOMAIN
    make_cooperative()


@pytest.fixture
def receipts(seller: User) -> str:
    return written(make_address(seller.person, actor=seller))


@pytest.fixture
def invoices(shop: Activity, seller: User) -> str:
    return written(make_address(shop, actor=seller))


def receive(raw: bytes, **facts: Any) -> IncomingMail:
    return receive_letter(raw, at=NOW, **facts)


def test_receipts_mailed_by_a_person_are_kept_and_counted_back(receipts: str, seller: User) -> None:
    assert receipts.startswith("justificatifs+")
    assert receipts.endswith(f"@{DOMAIN}")
    pieces = [("a.jpg", picture("red")), ("b.jpg", picture("blue")), ("c.jpg", picture("green"))]
    mail = receive(letter(receipts, *pieces, Subject="Nantes"))
    assert (mail.outcome, mail.kept, mail.known, mail.left_out) == (MailOutcome.KEPT, 3, 0, "")
    assert Voucher.objects.filter(person=seller.person, source="mail").count() == 3
    [answer] = OutgoingEmail.objects.filter(cause=ANSWER)
    assert (answer.to, answer.subject) == (seller.email, "3 justificatifs reçus")
    assert "« Nantes »" in answer.text
    assert not IncomingFile.objects.exists()


def test_what_was_known_or_cannot_be_a_receipt_is_said(receipts: str) -> None:
    receive(letter(receipts, ("a.jpg", picture("red"))))
    mail = receive(
        letter(receipts, ("a.jpg", picture("red")), ("contrat.docx", b"PK\x03\x04"), ("virus.exe", b"MZ\0\0"))
    )
    assert (mail.outcome, mail.kept, mail.known) == (MailOutcome.KEPT, 0, 1)
    assert mail.left_out.splitlines() == ["virus.exe", "contrat.docx"]
    answer = OutgoingEmail.objects.filter(cause=ANSWER).latest("pk")
    assert answer.subject == "Aucun nouveau justificatif reçu"
    assert "1 était déjà arrivé." in answer.text
    assert "Non gardé : virus.exe, contrat.docx." in answer.text


def test_suppliers_files_go_to_the_activity_and_nobody_is_answered(invoices: str, shop: Activity) -> None:
    assert invoices.startswith("factures+")
    mail = receive(letter(invoices, ("scan.pdf", SCAN)))
    [file] = IncomingFile.objects.all()
    assert (file.activity, file.state, file.source) == (shop, FileState.UNREADABLE, "mail")
    assert (file.sender, file.mail, file.created_by) == ("compta@papeterie.example", mail, None)
    assert (mail.outcome, mail.kept, mail.subject) == (MailOutcome.KEPT, 1, "Votre facture")
    assert not OutgoingEmail.objects.exists()


def test_the_same_message_twice_is_once(invoices: str) -> None:
    raw = letter(invoices, ("scan.pdf", SCAN))
    assert receive(raw) == receive(raw)
    assert (IncomingMail.objects.count(), IncomingFile.objects.count()) == (1, 1)
    again = receive(letter(invoices, ("scan.pdf", SCAN), Subject="Relance"))
    assert (again.kept, again.known) == (1, 1)
    assert IncomingFile.objects.get(mail=again).state == FileState.SET_ASIDE


@pytest.mark.parametrize("to", ["factures+inconnu23456@x.example", "compta@coop.example"])
def test_an_unknown_address_loses_nothing(to: str) -> None:
    mail = receive(letter(to, ("scan.pdf", SCAN)))
    [file] = IncomingFile.objects.all()
    assert (mail.outcome, mail.address, file.activity, file.state) == (
        MailOutcome.STRAY,
        None,
        None,
        FileState.UNREADABLE,
    )


def test_a_withdrawn_address_takes_nothing_in_for_its_owner(receipts: str, seller: User) -> None:
    address = MailInAddress.objects.get()
    withdraw_address(address, actor=seller, at=NOW)
    mail = receive(letter(receipts, ("a.jpg", picture())))
    assert (mail.outcome, mail.address) == (MailOutcome.STRAY, address)
    assert not Voucher.objects.exists()
    assert IncomingFile.objects.get().activity is None
    assert not OutgoingEmail.objects.exists()
    with pytest.raises(Refused) as caught:
        withdraw_address(address, actor=seller, at=NOW)
    assert caught.value.code == Code.ALREADY_DONE


def test_the_envelope_counts_before_the_heads(invoices: str, shop: Activity) -> None:
    receive(letter("liste@ailleurs.example", ("scan.pdf", SCAN)), recipient=invoices.upper())
    assert IncomingFile.objects.get().activity == shop


def test_automatic_messages_are_kept_for_their_pieces_and_never_answered(receipts: str) -> None:
    bare = receive(letter(receipts, Auto_Submitted="auto-replied"))
    assert bare.outcome == MailOutcome.AUTOMATIC
    bulk = receive(letter(receipts, ("a.jpg", picture()), Precedence="bulk"))
    assert (bulk.outcome, bulk.kept) == (MailOutcome.KEPT, 1)
    no_return = receive(letter(receipts, Return_Path="<>"))
    assert no_return.outcome == MailOutcome.AUTOMATIC
    assert not OutgoingEmail.objects.exists()


def test_one_of_our_own_mails_coming_round_is_left_alone(receipts: str) -> None:
    ours = sent_mail(EmailState.SENT)
    mail = receive(letter(receipts, ("a.jpg", picture()), Message_ID=ours.message_id))
    assert mail.outcome == MailOutcome.AUTOMATIC
    assert not Voucher.objects.exists()


def test_a_report_of_non_delivery_is_noted_on_its_mail() -> None:
    row = sent_mail(EmailState.SENT)
    mail = receive(report(row.message_id))
    row.refresh_from_db()
    assert (mail.outcome, row.state) == (MailOutcome.REPORT, EmailState.BOUNCED)
    assert row.error.startswith("cette adresse n’existe pas")


def test_a_message_without_piece_is_answered_so(receipts: str) -> None:
    mail = receive(letter(receipts))
    assert mail.outcome == MailOutcome.EMPTY
    assert OutgoingEmail.objects.get(cause=ANSWER).subject == "Aucun nouveau justificatif reçu"


def test_too_many_pieces_or_too_heavy_a_message(invoices: str) -> None:
    many = [(f"{number}.pdf", f"%PDF-1.4\n{number}".encode()) for number in range(MAX_MAIL_ATTACHMENTS + 2)]
    mail = receive(letter(invoices, *many))
    assert (mail.kept, mail.left_out.splitlines()) == (MAX_MAIL_ATTACHMENTS, ["20.pdf", "21.pdf"])
    heavy = letter(invoices) + b"x" * MAX_MAIL_BYTES
    huge = receive(heavy)
    assert (huge.outcome, huge.sender, huge.subject) == (
        MailOutcome.TOO_LARGE,
        "compta@papeterie.example",
        "Votre facture",
    )


def test_pieces_are_found_wherever_they_hide() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "factures+abc234@x.example"
    message.set_content("Bonjour")
    message.add_related(
        picture(size=10),
        maintype="image",
        subtype="jpeg",
        filename="logo.jpg",
        cid="<1>",
        disposition="inline",
    )
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"] = "b@example.org", "=?utf-8?q?Re=C3=A7u?="
    forwarded.set_content("Voir pièce")
    forwarded.add_attachment(SCAN, maintype="application", subtype="pdf")
    message.add_attachment(forwarded)
    message.add_attachment(b"sceau", maintype="application", subtype="pgp-signature", filename="s.asc")
    found = read_letter(message.as_bytes())
    assert [(piece.name[:5], piece.content) for piece in found.pieces] == [("piece", SCAN)]
    assert found.tokens == ("abc234",)


def test_a_head_that_cannot_be_read_breaks_nothing() -> None:
    found = read_letter(
        b"From: a@example.org\nTo: undisclosed-recipients:;\nMessage-ID: <[\nSubject: =?x?q?\n\nx"
    )
    assert (found.sender, found.recipients, found.pieces) == ("a@example.org", (), ())


@pytest.mark.parametrize("raw", [b"", b"bonjour", b"\0\1\2"])
def test_what_is_no_message_is_refused(raw: bytes) -> None:
    with pytest.raises(NoLetter):
        receive(raw)
    assert not IncomingMail.objects.exists()


def piped(monkeypatch: pytest.MonkeyPatch, raw: bytes, *options: str) -> tuple[int, str]:
    class Pipe:
        buffer = BytesIO(raw)

    monkeypatch.setattr(sys, "stdin", Pipe)
    said = StringIO()
    try:
        call_command("receive_mail", *options, stdout=said, stderr=said)
    except SystemExit as stop:
        return int(str(stop.code)), said.getvalue()
    return 0, said.getvalue()


def test_the_command_says_to_the_server_what_became_of_it(
    invoices: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = letter("a@example.org", ("scan.pdf", SCAN))
    assert piped(monkeypatch, raw, "--to", invoices) == (receive_mail.KEPT, "kept 1\n")
    assert piped(monkeypatch, b"rien")[0] == receive_mail.NO_MESSAGE

    def down(*_args: Any, **_facts: Any) -> None:
        raise OperationalError("no server")

    monkeypatch.setattr(receive_mail, "receive_letter", down)
    assert piped(monkeypatch, raw)[0] == receive_mail.TRY_AGAIN


class Box(LetterBox):
    def uid(self, command: str, *words: Any) -> tuple[str, list[Any]]:
        if command == "SEARCH":
            assert words == ("UNSEEN",)
            return "OK", [b" ".join(uid for uid in self.letters if uid not in self.seen)]
        return super().uid(command, *words)


def test_the_letter_box_is_emptied_once(
    invoices: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    raw = letter(invoices, ("scan.pdf", SCAN))
    for name, value in (
        ("letters", {b"1": raw, b"2": b"rien", b"3": letter(invoices)}),
        ("seen", []),
        ("opened", []),
    ):
        monkeypatch.setattr(Box, name, value)
    monkeypatch.setattr(imaplib, "IMAP4_SSL", Box)
    settings.MAIL_IN_URL = ""
    assert fetch_letters(at=NOW) == 0
    assert Box.opened == []
    settings.MAIL_IN_URL = "imaps://depot:secret@mail.example"
    assert fetch_letters(at=NOW) == 2
    assert Box.seen == [b"1", b"2", b"3"]
    fetch_mail()
    said = StringIO()
    call_command("fetch_mail", stdout=said)
    assert said.getvalue() == "0\n"
    assert IncomingMail.objects.count() == 2


def test_a_letter_that_fails_stays_unread(
    invoices: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    for name, value in (("letters", {b"1": letter(invoices)}), ("seen", []), ("opened", [])):
        monkeypatch.setattr(Box, name, value)
    monkeypatch.setattr(imaplib, "IMAP4_SSL", Box)
    settings.MAIL_IN_URL = "imaps://depot:secret@mail.example"

    def down(*_args: Any, **_facts: Any) -> None:
        raise OperationalError("no server")

    monkeypatch.setattr(mail_in, "receive_letter", down)
    with pytest.raises(OperationalError):
        fetch_letters(at=NOW)
    assert Box.seen == []


def test_a_new_address_takes_the_place_of_the_former(receipts: str, shop: Activity, seller: User) -> None:
    again = make_address(seller.person, actor=seller)
    former = MailInAddress.objects.exclude(pk=again.pk).get()
    assert not former.is_live
    places = places_of(seller, [shop])
    assert [(place.owner, place.address) for place in places] == [(seller.person, again), (shop, None)]
    assert (places[0].words, places[1].words, places[1].key) == (written(again), "", str(shop.pk))


def test_the_database_has_the_last_word(shop: Activity, seller: User) -> None:
    address = make_address(shop, actor=seller)
    other: dict[str, Any] = {"created_by": seller, "token": "z23456789abc"}
    for wrong in (
        {"kind": "purchases", "activity": shop},
        {"kind": "vouchers", "activity": shop},
        {"kind": "purchases", "person": seller.person},
        {"kind": "other", "activity": shop},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MailInAddress.objects.create(**other, **wrong)
    with pytest.raises(ProgrammingError), transaction.atomic():
        MailInAddress.objects.filter(pk=address.pk).update(token="autre")
    mail = receive(letter("x@example.org"))
    with pytest.raises(ProgrammingError), transaction.atomic():
        IncomingMail.objects.filter(pk=mail.pk).update(kept=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        IncomingMail.objects.create(sha256="a", size=1, outcome="kept")


def test_what_is_held_of_a_person_is_shown_then_goes_with_their_file(receipts: str, seller: User) -> None:
    mail = receive(letter(receipts, ("a.jpg", picture()), Subject="Nantes"))
    assert seller.person is not None
    addresses, mails = held_of_mails(seller.person, seller)
    assert [row[0] for row in addresses.rows] == [receipts]
    assert [row[:2] for row in mails.rows] == [("Nantes", "compta@papeterie.example")]
    with transaction.atomic(), erasing():
        assert erase_mails(seller.person, NOW.date()) == 2
    mail.refresh_from_db()
    assert (mail.subject, mail.sender, mail.kept) == (ERASED, ERASED, 1)
    assert receive(letter(receipts, ("b.jpg", picture("red")))).outcome == MailOutcome.STRAY


def test_somebody_without_account_is_not_answered(seller: User) -> None:
    to = written(make_address(seller.person, actor=seller))
    User.objects.filter(pk=seller.pk).update(is_active=False)
    assert receive(letter(to, ("a.jpg", picture()))).kept == 1
    assert not OutgoingEmail.objects.exists()
    assert make_user().person != seller.person
