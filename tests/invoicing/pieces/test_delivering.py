"""Delivery notes: what is left of an order, numbers, signatures, cancellations; the database says so too
(INV-26)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice, OutgoingEmail, Signature
from entrepreneurs.models import Activity
from invoicing.engines.delivery import DeliveryPaper
from invoicing.models import DeliveryLine, DeliveryNote
from invoicing.selectors.deliveries import how_far_delivered, order_lines
from invoicing.services.converting import invoice_quote
from invoicing.services.deliveries import cancel_delivery, create_delivery, issue_delivery, save_delivery
from invoicing.services.delivery_files import archive_delivery_pdf, archive_signed_delivery
from invoicing.services.delivery_signing import Received, Scan, sign_delivery
from invoicing.services.piece_letters import letter_of_piece
from invoicing.services.piece_sending import copy_piece_link, send_piece
from invoicing.states.pieces import DeliveryState
from tests.factories import invoicing, quotes
from tests.factories import invoicing_pieces as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def owner() -> Activity:
    return make_activity()


def left_of(order: object) -> list[Decimal]:
    return [one.left for one in order_lines(order)]  # type: ignore[arg-type]


def test_an_order_is_delivered_in_parts(owner: Activity) -> None:
    quote = make.ordered(owner, order_reference="BC-4471")
    assert left_of(quote) == [D(10), D(2)]
    first = make.note(quote, "4", with_prices=True)
    assert (first.order_reference, first.number, left_of(quote)[0]) == ("BC-4471", None, D(10))
    first = issue_delivery(first, actor=None, at=timezone.now())
    assert first.number is not None
    assert first.number.startswith("BL")
    assert first.facts is not None
    paper = DeliveryPaper.from_json(first.facts)
    (line,) = paper.lines
    assert (line.quantity, line.ordered, line.left, line.net) == (D(4), D(10), D(6), D("160.00"))
    assert (paper.net, paper.order_reference, paper.number) == (D("160.00"), "BC-4471", first.number)
    assert left_of(quote) == [D(6), D(2)]
    second = make.issued(quote, "6", "2")
    assert second.facts is not None
    assert DeliveryPaper.from_json(second.facts).net is None
    assert how_far_delivered(order_lines(quote)) == "whole"
    # The day of the last delivery dates the invoice made from the quote.
    assert invoice_quote(quote, form_key=uuid.uuid4(), actor=None).delivered_on == second.delivered_on


def test_prices_of_partial_notes_add_up_to_the_line(owner: Activity) -> None:
    third = invoicing.line("0.3333", label="Vis", quantity=D(3), discount_amount=D("0.02"))
    invoice = invoicing.issued(owner, third)
    nets = []
    for _turn in range(3):
        facts = make.issued(invoice, "1", with_prices=True).facts
        assert facts is not None
        nets.append(DeliveryPaper.from_json(facts).net)
    assert nets == [D("0.33"), D("0.32"), D("0.33")]


def test_the_same_form_sent_twice_begins_one_note(owner: Activity) -> None:
    quote, key = make.ordered(owner), uuid.uuid4()
    notes = {
        create_delivery(quote, content=make.content(quote, "1"), form_key=key, actor=None).pk
        for _turn in range(2)
    }
    assert len(notes) == 1


def test_what_is_refused_of_a_note(owner: Activity) -> None:
    quote = make.ordered(owner)
    chair = order_lines(quote)[0].key
    make.issued(quote, "9")
    with refused(Code.VALUE_MISSING, said="d’une ligne au moins"):
        make.note(quote, "0")
    with refused(Code.VALUE_INVALID, f"line_{chair}", "il ne reste que 1 à livrer"):
        make.note(quote, "2")
    with refused(Code.VALUE_INVALID, f"line_{chair}", "positive"):
        make.note(quote, "-1", "1")
    with refused(Code.DATE_INVALID, "delivered_on", "ne précède pas l’accord"):
        make.note(quote, "1", delivered_on=timezone.localdate() - timedelta(days=1))
    foreign = replace(make.content(quote, "1"), quantities={0: D(1)})
    with refused(Code.VALUE_INVALID, "line_0", "pas de cette commande"):
        create_delivery(quote, content=foreign, form_key=uuid.uuid4(), actor=None)
    make.issued(quote, "1")
    with refused(Code.VALUE_INVALID, f"line_{chair}", "tout est déjà livré"):
        make.note(quote, "1")


def test_only_what_was_agreed_is_delivered(owner: Activity) -> None:
    sent, draft = quotes.approved(owner), invoicing.draft(owner)
    with refused(Code.ILLEGAL_MOVE, said="Seul un devis accepté se livre"):
        make.note(sent, "1")
    with refused(Code.ILLEGAL_MOVE, said="facture émise"):
        make.note(draft, "1")
    quote = make.ordered(owner)
    made = invoicing.issue(invoice_quote(quote, form_key=uuid.uuid4(), actor=None), on=timezone.localdate())
    with refused(Code.ILLEGAL_MOVE, said="vient du devis"):
        make.note(made, "1")


def test_options_left_and_variants_not_chosen_are_not_delivered(owner: Activity) -> None:
    lines = (
        invoicing.line(label="Table"),
        invoicing.line(label="Nappe", optional=True),
        invoicing.line(label="Vase", optional=True),
    )
    quote, token = make.sendings.sent_quote(owner, *lines)
    vase = quote.lines.get(label="Vase")
    make.sendings.accept(quote, token, options=(vase.pk,))
    quote.refresh_from_db()
    assert [one.sold.label for one in order_lines(quote)] == ["Table", "Vase"]


def test_a_draft_changes_and_a_note_issued_does_not(owner: Activity) -> None:
    quote = make.ordered(owner)
    draft = make.note(quote, "1")
    said = make.content(quote, "2", "1", message="Par le quai 3", address="Entrepôt\n12 rue du Port")
    draft = save_delivery(draft, content=said, version=1, actor=None)
    assert [(one.label, one.quantity) for one in draft.lines.all()] == [("Chaise", D(2)), ("Pose", D(1))]
    with refused(Code.STALE_FORM):
        save_delivery(draft, content=said, version=1, actor=None)
    issued = issue_delivery(draft, actor=None, at=timezone.now())
    with refused(Code.ILLEGAL_MOVE, said="annulez ce bon"):
        save_delivery(issued, content=said, version=2, actor=None)
    # In raw SQL too: neither its lines nor what it says.
    for act in (
        lambda: DeliveryLine.objects.filter(note=issued).update(quantity=D(1)),
        lambda: DeliveryLine.objects.filter(note=issued).delete(),
        lambda: DeliveryNote.objects.filter(pk=issued.pk).update(delivered_on="2026-01-01"),
        lambda: DeliveryNote.objects.filter(pk=issued.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_note_issued_first_leaves_nothing_to_the_other(owner: Activity) -> None:
    quote = make.ordered(owner)
    one, two = make.note(quote, "6"), make.note(quote, "6")
    issue_delivery(one, actor=None, at=timezone.now())
    chair = order_lines(quote)[0].key
    with refused(Code.VALUE_INVALID, f"line_{chair}", "il ne reste que 4"):
        issue_delivery(two, actor=None, at=timezone.now())
    # The database refuses it, whoever writes.
    with pytest.raises(DatabaseError, match="was not ordered"), transaction.atomic():
        DeliveryNote.objects.filter(pk=two.pk).update(
            state=DeliveryState.ISSUED,
            number="BL-X",
            issued_on=timezone.localdate(),
            facts={},
            content_sha256="0" * 64,
        )
    cancel_delivery(one, reason="Camion en panne", actor=None, at=timezone.now())
    assert issue_delivery(two, actor=None, at=timezone.now()).state == DeliveryState.ISSUED


def test_a_note_is_signed_by_its_link() -> None:
    seller = make_user()
    owner = make_activity(seller)
    quote = make.ordered(owner)
    note = make.issued(quote, "4")
    token = make.sent(note)
    mail = OutgoingEmail.objects.latest("pk")
    assert (mail.subject, mail.cause) == (
        f"Bon de livraison {note.number} – {owner.name}",
        "invoicing.mail_delivery",
    )
    with refused(Code.STALE_FORM, said="relisez-le"):
        make.sign(note, token, shown_sha256="0" * 64)
    make.sign(note, token, reserves="Deux chaises rayées")
    note.refresh_from_db()
    signature = Signature.objects.get(purpose="invoicing.delivery_signed")
    assert (note.state, note.signature, note.signer_name) == ("signed", signature, "Jeanne Durand")
    assert (note.reserves, signature.content_sha256) == ("Deux chaises rayées", note.content_sha256)
    told = Notice.objects.filter(kind="invoicing.delivery_signed")
    assert [one.user_id for one in told] == [seller.pk]
    with refused(Code.ALREADY_DONE, said="déjà signé"):
        make.sign(note, token)
    with refused(Code.ILLEGAL_MOVE):
        cancel_delivery(note, reason="Trop tard", actor=None, at=timezone.now())
    archive_delivery_pdf(note.pk)
    first = archive_signed_delivery(note.pk)
    assert first is not None
    assert archive_signed_delivery(note.pk) == first
    note.refresh_from_db()
    assert (note.pdf is not None, note.signed_pdf) == (True, first)
    for change in ({"reserves": ""}, {"signer_name": "Un autre"}, {"state": "cancelled"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DeliveryNote.objects.filter(pk=note.pk).update(**change)


def test_a_signature_on_paper_is_noted_with_its_scan(owner: Activity) -> None:
    keeper = make_user(scope=owner.scope)
    note, today = make.issued(make.ordered(owner), "4"), timezone.localdate()
    at = timezone.now()

    def noted(name: str, on: object, scan: Scan | None = None) -> DeliveryNote:
        received = Received(name, on)  # type: ignore[arg-type]
        return sign_delivery(note, received=received, scan=scan, actor=keeper, at=at)

    with refused(Code.VALUE_MISSING, "name"):
        noted(" ", today)
    with refused(Code.DATE_INVALID, "on"):
        noted("Paul", today + timedelta(days=1))
    with refused(Code.DATE_INVALID, "on"):
        noted("Paul", today - timedelta(days=1))
    with refused(Code.FILE_REFUSED, "scan"):
        noted("Paul", today, Scan(b"MZ programme", "bon.pdf"))
    picture = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    signed = noted("Paul Martin", today, Scan(picture, "C:\\bons\\bl.pdf"))
    assert (signed.noted_by, signed.signature, signed.signer_name) == (keeper, None, "Paul Martin")
    assert signed.scan is not None
    assert (signed.scan.name, signed.scan.kind) == ("bl.pdf", "invoicing.delivery_scan")


def test_a_cancelled_note_gives_back_and_closes_its_links(owner: Activity) -> None:
    quote = make.ordered(owner)
    note = make.issued(quote, "10")
    token = make.sent(note)
    with refused(Code.VALUE_MISSING, "reason"):
        cancel_delivery(note, reason=" ", actor=None, at=timezone.now())
    number = note.number
    cancelled = cancel_delivery(note, reason="Refusée au quai", actor=None, at=timezone.now())
    assert (cancelled.number, cancelled.cancel_reason, left_of(quote)[0]) == (
        number,
        "Refusée au quai",
        D(10),
    )
    with refused(Code.LINK_WITHDRAWN):
        make.sign(note, token)
    letter = letter_of_piece(cancelled, on=timezone.localdate())
    with refused(Code.ILLEGAL_MOVE, said="une fois émis"):
        send_piece(
            cancelled, to=["a@b.example"], letter=letter, form_key=uuid.uuid4(), actor=None, at=timezone.now()
        )
    with refused(Code.ILLEGAL_MOVE, said="une fois émis"):
        copy_piece_link(cancelled, actor=None, at=timezone.now())
    again = make.issued(quote, "10")
    assert again.number != number


def test_a_letter_leaves_once_for_a_form_sent_twice(owner: Activity) -> None:
    note, key = make.issued(make.ordered(owner), "1"), uuid.uuid4()
    letter = letter_of_piece(note, on=timezone.localdate())
    for _turn in range(2):
        send_piece(
            note,
            to=["a@b.example", "c@d.example"],
            letter=letter,
            form_key=key,
            actor=None,
            at=timezone.now(),
        )
    assert note.sendings.count() == 2
    with refused(Code.VALUE_INVALID, "to"):
        send_piece(
            note, to=["nulle part"], letter=letter, form_key=uuid.uuid4(), actor=None, at=timezone.now()
        )
