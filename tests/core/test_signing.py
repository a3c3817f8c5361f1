"""A signature is kept with its circumstances under one seal, and only an honest drawing is one."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image, ImageDraw, PngImagePlugin

from cae.core import signing
from cae.core.drawings import MAX_BYTES, PREFIX, clean_drawing, decode_drawing, encode_drawing
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document, Signature, SigningWay
from cae.core.signing import Hand, Origin
from tests.factories.kernel import make_author, make_cooperative

pytestmark = pytest.mark.django_db

ORIGIN = Origin("2001:db8::7", "Mozilla/5.0 Firefox")
CONTENT = "ab" * 32


def png(*, size: tuple[int, int] = (64, 20), ink: bool = True, **details: Any) -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    if ink:
        ImageDraw.Draw(image).line((2, 2, size[0] - 3, size[1] - 3), fill="black", width=2)
    written = BytesIO()
    image.save(written, "PNG", **details)
    return written.getvalue()


def signed(hand: Hand | None = None, **details: Any) -> Signature:
    given: dict[str, Any] = {
        "purpose": "essai",
        "hand": hand or Hand(" Jeanne   Durand ", "Directrice", typed="J. Durand"),
        "content_sha256": CONTENT,
        "at": timezone.now(),
        "origin": ORIGIN,
    }
    return signing.sign(make_cooperative(), **given | details)


def refused(hand: Hand) -> Refused:
    make_cooperative()
    before = (Signature.objects.count(), Document.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as refusal:
        signed(hand)
    assert (Signature.objects.count(), Document.objects.count(), AuditEntry.objects.count()) == before
    return refusal.value


def test_a_typed_signature_keeps_who_when_and_from_where() -> None:
    signature = signed(terms="Mes conditions")
    assert (signature.signer_name, signature.way, signature.typed) == (
        "Jeanne Durand",
        SigningWay.TYPED,
        "J. Durand",
    )
    assert (signature.ip, signature.user_agent) == ("2001:db8::7", "Mozilla/5.0 Firefox")
    assert signature.terms_sha256 == hashlib.sha256(b"Mes conditions").hexdigest()
    assert signing.evidence_of(signature).intact
    assert AuditEntry.objects.get(verb="core.sign").detail == {"seal": signature.seal}


def test_the_seal_covers_everything_that_a_signature_says() -> None:
    signature = signed(Hand("Jeanne Durand", drawing=png()), terms="Mes conditions", actor=make_author())
    others: dict[str, Any] = {
        "about_type": "people.person",
        "about_id": "0",
        "about_label": "Autre",
        "purpose": "autre",
        "signer_name": "Jeanne Dupont",
        "signer_function": "Gérante",
        "terms": "D’autres conditions",
        "terms_sha256": "0" * 64,
        "way": SigningWay.TYPED,
        "typed": "J. Durand",
        "drawing": None,
        "content_sha256": "cd" * 32,
        "signed_at": signature.signed_at + timedelta(seconds=1),
        "ip": "203.0.113.9",
        "user_agent": "curl",
        "signer_id": None,
    }
    assert set(others) | {"id", "seal"} >= {field.attname for field in Signature._meta.concrete_fields} - {
        "drawing_id"
    }
    for name, value in others.items():
        changed = Signature.objects.get(pk=signature.pk)
        setattr(changed, name, value)
        assert signing.seal_of(changed) != signature.seal, name
    assert signing.seal_of(Signature.objects.get(pk=signature.pk)) == signature.seal


def test_a_drawing_of_new_year_s_night_is_kept_ten_years_from_here() -> None:
    """Half past midnight in Paris on 1 January is still the year before in Greenwich."""
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    signature = signed(Hand("Jeanne Durand", drawing=png()), at=at)
    assert signature.drawing is not None
    assert signature.drawing.retention_until == date(2037, 12, 31)


def test_a_drawn_signature_is_kept_as_a_document() -> None:
    signature = signed(Hand("Jeanne Durand", drawing=png()))
    assert signature.drawing is not None
    assert (signature.way, signature.typed, signature.drawing.mime) == (SigningWay.DRAWN, "", "image/png")
    assert signing.evidence_of(signature).drawing.startswith(PREFIX)
    assert signature.about_label == str(make_cooperative())


def test_a_drawing_is_written_anew_without_what_it_carried() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    clean = clean_drawing(png(pnginfo=notes) + b"MZ\0 a programme after the image")
    assert b"script" not in clean
    assert b"MZ" not in clean
    with Image.open(BytesIO(clean)) as image:
        assert (image.mode, image.size) == ("RGB", (64, 20))


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0 a programme named signature.pdf",
        b"%PDF-1.7 not a drawing",
        b"\x89PNG\r\n\x1a\n cut short",
        b"\x89PNG\r\n\x1a\n" + b"\0" * MAX_BYTES,
        png(size=(2001, 10)),
        b"",
    ],
    ids=["programme", "pdf", "broken", "heavy", "wide", "empty"],
)
def test_anything_else_is_no_drawing(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        clean_drawing(content)
    assert refusal.value.code == Code.FILE_REFUSED


def test_a_programme_signs_nothing() -> None:
    assert refused(Hand("Jeanne", drawing=b"MZ\x90\0")).code == Code.FILE_REFUSED


def test_a_blank_sheet_signs_nothing() -> None:
    assert refused(Hand("Jeanne", drawing=png(ink=False))).code == Code.VALUE_MISSING


@pytest.mark.parametrize(
    ("hand", "field"),
    [
        (Hand("", typed="x"), "name"),
        (Hand("Jeanne"), "typed"),
        (Hand("J" * 121, typed="x"), "name"),
        (Hand("Jeanne", "f" * 121, typed="x"), "function"),
    ],
)
def test_who_signs_says_who_they_are(hand: Hand, field: str) -> None:
    assert refused(hand).field == field


def test_an_address_of_a_canvas_is_read_and_nothing_else() -> None:
    assert decode_drawing(encode_drawing(png())) == png()
    for text in ("", "data:text/html;base64,AAAA", PREFIX + "%%%", PREFIX + "A" * (MAX_BYTES * 2)):
        with pytest.raises(Refused):
            decode_drawing(text)
    assert base64.b64decode(encode_drawing(b"x")[len(PREFIX) :]) == b"x"


def test_a_signature_never_changes() -> None:
    signature = signed()
    for act in (
        lambda: Signature.objects.update(signer_name="Autre"),
        lambda: Signature.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Signature.objects.get() == signature


def test_a_change_behind_the_back_of_the_house_is_seen() -> None:
    signature = signed()
    assert list(signing.faults()) == []
    signature.signer_name = "Autre"
    assert not signing.evidence_of(signature).intact


def test_an_instant_told_in_the_hour_of_paris_keeps_its_seal() -> None:
    signature = signed(at=timezone.localtime(timezone.now()))
    signature.refresh_from_db()
    assert signing.evidence_of(signature).intact
