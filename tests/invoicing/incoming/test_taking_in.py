"""Files kept, read, opened as purchases, sorted: each once, none lost (INV-47)."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from cae.core.documents import read_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Document, Job
from entrepreneurs.models import Activity
from invoicing.engines.incoming import Unreadability
from invoicing.models import IncomingFile, Purchase
from invoicing.selectors.incoming import attachments_of, purchase_of
from invoicing.selectors.routing import routing_address_of
from invoicing.services.incoming import (
    assign_file,
    attach_file,
    bring_file_back,
    open_file,
    read_file,
    set_file_aside,
    take_in,
)
from invoicing.services.judging_files import judge_file, judge_waiting
from invoicing.services.taking_files import deposit_files, read_files
from invoicing.states.incoming import MAX_FILES_AT_ONCE, FileState
from people.models import User
from tests.factories import invoicing_incoming as make
from tests.factories import invoicing_purchases as purchases
from tests.factories.kernel import make_cooperative
from tests.invoicing.incoming.samples import cii, facturx, own

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(make.NOW)


def refused(code: Code) -> Any:
    return pytest.raises(Refused, match=None, check=lambda error: error.code == code)


def test_a_facturx_deposited_for_an_activity_becomes_its_purchase(shop: Activity, seller: User) -> None:
    file = make.received(facturx(), activity=shop, name="facture.pdf", actor=seller)
    assert (file.state, file.reason, file.trouble) == (FileState.READ, "", "")
    purchase = purchase_of(file)
    assert purchase is not None
    assert (purchase.activity, purchase.number, str(purchase.total_gross)) == (
        shop,
        "FACT-2026-118",
        "585.00",
    )
    assert purchase.document == file.document
    assert read_document(file.document) == facturx()
    verbs = set(AuditEntry.objects.filter(actor=seller).values_list("verb", flat=True))
    assert {"invoicing.take_in_file", "invoicing.IncomingFile.open"} <= verbs


def test_the_address_of_the_buyer_tells_the_activity(shop: Activity) -> None:
    make_cooperative()
    xml = own("facture-ubl.xml").replace(b"552100554_LENOIR", routing_address_of(shop, on=TODAY).encode())
    file = make.received(xml)
    assert (file.activity, file.state) == (shop, FileState.READ)
    assert file.read is not None
    assert file.read.invoice.number == "PAP-2026-0311"
    assert [(one.name, read_document(one)) for one in attachments_of(file)] == [
        ("bon-de-livraison.csv", b"rames;10\n")
    ]


def test_the_number_of_our_order_tells_it_too(shop: Activity) -> None:
    order = purchases.make_approved_order(shop)
    xml = own("facture-ubl.xml").replace(b"BC2026-0007", order.number.lower().encode())
    assert make.received(xml).activity == shop


def test_without_any_of_them_it_waits_then_goes_where_it_is_put(shop: Activity, seller: User) -> None:
    file = make.stray(actor=seller)
    assert (file.state, file.activity, purchase_of(file)) == (FileState.TO_SORT, None, None)
    done = assign_file(file, activity=shop, actor=seller, on=TODAY)
    assert (done.state, done.activity) == (FileState.READ, shop)
    with refused(Code.ALREADY_DONE):
        assign_file(file, activity=shop, actor=seller, on=TODAY)
    assert Purchase.objects.count() == 1


def test_a_cost_of_several_is_opened_without_activity(seller: User) -> None:
    file = open_file(make.stray(), actor=seller, on=TODAY)
    purchase = purchase_of(file)
    assert purchase is not None
    assert (file.state, purchase.activity) == (FileState.READ, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\nrien", Unreadability.DAMAGED_PDF),
        (own("bombe.xml"), Unreadability.DOCTYPE),
        (b"Bonjour", Unreadability.UNKNOWN_FORMAT),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 30, Unreadability.PICTURE),
    ],
)
def test_what_cannot_be_read_is_kept_to_be_typed(shop: Activity, content: bytes, reason: str) -> None:
    file = make.received(content, activity=shop)
    assert (file.state, file.reason, file.reading) == (FileState.UNREADABLE, reason, None)
    assert read_document(file.document) == content
    assert not Purchase.objects.exists()


def test_a_pdf_of_sixty_pages_is_kept(shop: Activity) -> None:
    pdf = pikepdf.new()
    for _page in range(60):
        pdf.add_blank_page()
    made = BytesIO()
    pdf.save(made)
    file = make.received(made.getvalue(), activity=shop)
    assert (file.state, file.reason) == (FileState.UNREADABLE, Unreadability.NO_DATA)


@pytest.mark.parametrize("content", [b"", b" \n", b"\x7fELF" + b"0" * 9, b"%PDF-" + b"0" * 20 * 1024 * 1024])
def test_what_is_no_file_at_all_is_refused_whole(content: bytes) -> None:
    make_cooperative()
    with refused(Code.FILE_REFUSED):
        take_in(content, name="x", source="upload", activity=None, actor=None, received_at=make.NOW)
    assert not IncomingFile.objects.exists()
    assert not Document.objects.exists()


def test_the_same_bytes_twice_are_set_aside_beside_the_first(shop: Activity) -> None:
    first = make.received(activity=shop)
    again = make.received(activity=shop, name="copie.xml")
    assert (again.state, again.same_as, again.name) == (FileState.SET_ASIDE, first, "copie.xml")
    assert Purchase.objects.count() == 1
    with refused(Code.DUPLICATE):
        bring_file_back(again, actor=None)


def test_the_same_invoice_in_another_file_waits_with_the_reason(shop: Activity) -> None:
    make.received(cii(), activity=shop)
    other = make.received(facturx(), activity=shop)
    assert other.state == FileState.TO_SORT
    assert other.trouble
    assert IncomingFile.objects.get(pk=other.pk).trouble == other.trouble
    assert Purchase.objects.count() == 1


def test_a_file_set_aside_says_why_and_comes_back(shop: Activity) -> None:
    file = make.unreadable(shop)
    with refused(Code.VALUE_MISSING):
        set_file_aside(file, note=" ", actor=None)
    aside = set_file_aside(file, note="Publicité", actor=None)
    assert (aside.state, aside.note) == (FileState.SET_ASIDE, "Publicité")
    with pytest.raises(IllegalMove):
        set_file_aside(file, note="Encore", actor=None)
    back = read_file(bring_file_back(aside, actor=None), actor=None, on=TODAY)
    assert (back.state, back.note, back.reason) == (FileState.UNREADABLE, "", Unreadability.DAMAGED_PDF)


def test_a_file_that_was_typed_is_attached_to_its_purchase(shop: Activity) -> None:
    file, purchase = make.unreadable(), purchases.make_purchase(shop)
    done = attach_file(file, purchase=purchase, actor=None)
    assert (done.state, done.activity, purchase_of(done)) == (FileState.ATTACHED, shop, purchase)
    other = make.received(b"Bonjour")
    with refused(Code.ALREADY_DONE):
        attach_file(other, purchase=purchase, actor=None)
    assert IncomingFile.objects.get(pk=other.pk).state == FileState.UNREADABLE


def test_a_file_that_was_not_read_opens_nothing() -> None:
    make_cooperative()
    file = make.received(activity=None, reads=False)
    with refused(Code.EMPTY_DOCUMENT):
        open_file(file, actor=None, on=TODAY)


def test_one_file_is_read_at_once_and_the_form_twice_keeps_it_once(shop: Activity, seller: User) -> None:
    make_cooperative()
    key = uuid.uuid4()
    facts: dict[str, Any] = {"activity": shop, "form_key": key, "actor": seller, "at": make.NOW}
    done = deposit_files([("a.xml", cii())], **facts)
    assert (done.job, done.files[0].state) == (None, FileState.READ)
    again = deposit_files([("a.xml", cii())], **facts)
    assert again.files == done.files
    assert IncomingFile.objects.count() == 1


def test_several_are_read_by_a_job_that_tells_each(shop: Activity, seller: User) -> None:
    make_cooperative()
    contents = [
        ("a.xml", cii("F-1")),
        ("b.xml", cii("F-2")),
        ("c.pdf", b"%PDF-1.4\nrien"),
        ("a2.xml", cii("F-1")),
    ]
    done = deposit_files(contents, activity=shop, form_key=uuid.uuid4(), actor=seller, at=make.NOW)
    assert done.job is not None
    assert done.job.total == 3
    read_files(done.job.pk)
    job = Job.objects.get(pk=done.job.pk)
    states = list(IncomingFile.objects.order_by("position").values_list("state", flat=True))
    assert states == [FileState.READ, FileState.READ, FileState.UNREADABLE, FileState.SET_ASIDE]
    assert [failure["label"] for failure in job.failures] == ["c.pdf"]
    read_files(done.job.pk)
    assert Purchase.objects.count() == 2


def test_a_deposit_with_one_bad_file_keeps_none(shop: Activity, seller: User) -> None:
    make_cooperative()
    facts: dict[str, Any] = {"activity": shop, "actor": seller, "at": make.NOW}
    with pytest.raises(Refused, match=r"« vide\.xml »"):
        deposit_files([("a.xml", cii()), ("vide.xml", b"")], form_key=uuid.uuid4(), **facts)
    with refused(Code.VALUE_MISSING):
        deposit_files([], form_key=uuid.uuid4(), **facts)
    many = [("a.xml", b"x")] * (MAX_FILES_AT_ONCE + 1)
    with refused(Code.VALUE_INVALID):
        deposit_files(many, form_key=uuid.uuid4(), **facts)
    assert not IncomingFile.objects.exists()


def test_rules_are_judged_later_and_never_forbid(shop: Activity, judges: Any) -> None:
    file = make.received(activity=shop)
    judges.down = True
    assert not judge_file(file.pk)
    assert judge_waiting() == 0
    assert IncomingFile.objects.get(pk=file.pk).findings is None
    judges.down = False
    judges.verdict = judges.rejecting("BR-CO-15", "BR-CO-15", "STRUCTURE")
    assert judge_waiting() == 1
    kept = IncomingFile.objects.get(pk=file.pk)
    assert [one["rule"] for one in kept.findings] == ["BR-CO-15", "STRUCTURE"]
    assert kept.state == FileState.READ
    calls = judges.calls
    assert judge_file(file.pk)
    assert judges.calls == calls
    assert not judge_file(make.unreadable().pk)


def test_the_database_has_the_last_word(shop: Activity) -> None:
    file = make.unreadable(shop)
    for wrong in (
        {"state": "lost"},
        {"state": FileState.READ},
        {"reason": ""},
        {"reason": "else"},
        {"state": FileState.SET_ASIDE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            IncomingFile.objects.filter(pk=file.pk).update(**wrong)
    for frozen in ({"sha256": "0" * 64}, {"name": "autre"}, {"source": "mail"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            IncomingFile.objects.filter(pk=file.pk).update(**frozen)
    with pytest.raises(ProgrammingError), transaction.atomic():
        file.delete()
