"""Receipts are kept as they come, once, and never lost (INV-50)."""

from __future__ import annotations

import hashlib
import uuid
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document
from invoicing.engines import vouchers
from invoicing.models import Voucher
from invoicing.services.claiming import submit_claim
from invoicing.services.vouchers import set_voucher_aside, take_voucher_up
from invoicing.states.expenses import MAX_VOUCHER_BYTES, VoucherState
from people.models import User
from people.states import RoleKind
from tests.factories.coaching import make_advisor
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_expenses import DAY, content, expense, pdf, picture, voucher
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

HEIC = Path(__file__).parents[2] / "data" / "vouchers" / "ticket.heic"


@pytest.fixture
def user() -> User:
    return make_entrepreneur()[0]


def test_the_file_is_kept_as_it_came(user: User) -> None:
    made = voucher(user)
    assert read_document(made.document) == picture()
    assert made.sha256 == made.document.sha256 == hashlib.sha256(picture()).hexdigest()
    assert made.state == VoucherState.TO_COMPLETE
    assert not made.was_known
    assert made.document.retention_until.isoformat() == "2036-12-31"
    assert AuditEntry.objects.filter(verb="invoicing.keep_voucher").count() == 1


def test_the_same_file_again_gives_the_first(user: User) -> None:
    first, again = voucher(user), voucher(user)
    assert again == first
    assert again.was_known
    assert Document.objects.filter(sha256=first.sha256).count() == 1


def test_the_same_form_again_gives_the_first(user: User) -> None:
    key = uuid.uuid4()
    assert voucher(user, 1, form_key=key) == voucher(user, 1, form_key=key)
    assert Voucher.objects.count() == 1


def test_the_form_of_somebody_else_is_refused_and_gives_nothing_away(user: User) -> None:
    other, key = make_entrepreneur(name="Autre activité")[0], uuid.uuid4()
    first = voucher(other, 1, form_key=key)
    for shade in (1, 2):
        with pytest.raises(Refused, match="a déjà servi à une autre personne") as refused:
            voucher(user, shade, form_key=key)
        assert (refused.value.code, refused.value.field) == (Code.STALE_FORM, "file")
    assert list(Voucher.objects.all()) == [first]
    assert set(Document.objects.values_list("pk", flat=True)) == {first.document_id}


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("kind", ["owner", "advisor", "accountant"])
def test_its_file_opens_for_those_who_see_it(client: Client, kind: str) -> None:
    owner, activity = make_entrepreneur()
    said = content(voucher=voucher(owner, content=HEIC.read_bytes(), name="ticket.heic"))
    line = expense(owner, activity, said)
    submit_claim(line.claim, actor=owner, on=DAY)
    readers = {
        "owner": owner,
        "accountant": make_user(RoleKind.ACCOUNTANT),
        "advisor": make_user(RoleKind.ADVISOR, scope=activity.scope),
    }
    client.force_login(readers[kind])
    assert line.voucher is not None
    for file in (line.voucher.document, line.voucher.preview):
        answer = client.get(reverse("core:document", args=[file.pk]))
        assert (answer.status_code, b"".join(answer)) == (200, read_document(file))


@pytest.mark.usefixtures("demonstration")
def test_its_file_does_not_exist_for_a_stranger(client: Client, user: User) -> None:
    kept = voucher(user)
    for stranger in (make_entrepreneur(name="Autre activité")[0], make_advisor()):
        client.force_login(stranger)
        assert client.get(reverse("core:document", args=[kept.document.pk])).status_code == 404


def test_the_same_file_of_two_people_is_two_receipts(user: User) -> None:
    other = make_entrepreneur(name="Autre activité")[0]
    assert voucher(other) != voucher(user)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"MZ" + b"\0" * 60, "programme"),
        (b"#!/bin/sh\nrm", "programme"),
        (b"bonjour", "photo (JPEG, PNG, WebP, HEIC) ou un PDF"),
        (b"%PDF-1.4 rien", "ne se lit pas"),
        (pdf(0), "ne se lit pas"),
        (pdf(1, password="secret"), "protégé par un mot de passe"),
        (picture()[:-40], "ne se lit pas"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "ne se lit pas"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * MAX_VOUCHER_BYTES, "dépasse 15 Mo"),
    ],
)
def test_what_is_no_receipt_is_refused_in_one_sentence(user: User, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")) as refused:
        voucher(user, content=content)
    assert refused.value.code == Code.FILE_REFUSED
    assert not Voucher.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize("pages", [1, 60])
def test_a_pdf_is_kept_without_picture(user: User, pages: int) -> None:
    made = voucher(user, content=pdf(pages), name="facture.pdf")
    assert made.document.mime == "application/pdf"
    assert made.preview is None
    assert not made.is_picture


def test_webp_is_drawn_as_jpeg_beside_the_original(user: User) -> None:
    came = picture(form="WEBP")
    made = voucher(user, content=came, name="ticket.webp")
    assert read_document(made.document) == came
    assert made.preview is not None
    drawn = Image.open(BytesIO(read_document(made.preview)))
    assert drawn.format == "JPEG"
    assert made.shown == made.preview


def test_a_photo_of_an_iphone_is_drawn_as_jpeg_beside_the_original(user: User) -> None:
    came = HEIC.read_bytes()
    made = voucher(user, content=came, name="IMG_0001.HEIC")
    assert (made.document.mime, read_document(made.document)) == ("image/heic", came)
    assert made.preview is not None
    drawn = Image.open(BytesIO(read_document(made.preview)))
    assert (drawn.format, drawn.size) == ("JPEG", (96, 144))
    paper = drawn.convert("RGB").getpixel((90, 140))
    assert isinstance(paper, tuple)
    assert all(abs(one - wanted) < 12 for one, wanted in zip(paper, (244, 241, 232), strict=True))


def test_an_iphone_photo_cut_short_is_refused(user: User) -> None:
    with pytest.raises(Refused, match="ne se lit pas"):
        voucher(user, content=HEIC.read_bytes()[:-60])
    assert not Voucher.objects.exists()


def test_too_many_points_are_refused(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vouchers, "MOST_POINTS", 1000)
    for sent in (picture(), HEIC.read_bytes()):
        with pytest.raises(Refused, match="trop de points"):
            voucher(user, content=sent)
    assert not Voucher.objects.exists()


def test_a_heavy_photo_is_shown_lighter_without_its_place(user: User) -> None:
    noise = Image.effect_noise((2400, 1800), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Appareil"
    came = BytesIO()
    noise.save(came, "JPEG", quality=95, exif=exif)
    made = voucher(user, content=came.getvalue())
    assert made.preview is not None
    drawn = Image.open(BytesIO(read_document(made.preview)))
    assert max(drawn.size) == 1600
    assert not drawn.getexif()
    assert read_document(made.document) == came.getvalue()


def test_set_aside_then_taken_up(user: User) -> None:
    made = set_voucher_aside(voucher(user), actor=user)
    assert made.state == VoucherState.SET_ASIDE
    with pytest.raises(Refused, match="déjà fait"):
        set_voucher_aside(made, actor=user)
    assert take_voucher_up(made, actor=user).state == VoucherState.TO_COMPLETE


def test_a_used_receipt_is_not_set_aside() -> None:
    user, activity = make_entrepreneur()
    used = voucher(user)
    expense(user, activity, content(voucher=used))
    with pytest.raises(Refused, match="retirez d’abord sa ligne"):
        set_voucher_aside(used, actor=user)
    used.refresh_from_db()
    assert used.state == VoucherState.USED
