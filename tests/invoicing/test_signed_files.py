"""The signed PDF is an archive that any reader opens, and says the whole acceptance."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from django.utils import timezone

from cae.core.documents import read_document
from cae.core.signing import Hand
from entrepreneurs.models import Activity
from invoicing.models import Quote
from invoicing.selectors.answers import options_of
from invoicing.services.quote_files import archive_quote_pdf
from invoicing.services.signed_files import archive_signed_quote
from tests.core.test_signing import png
from tests.factories import invoicing as sales
from tests.factories import sendings as make
from tests.judges import judge_archives

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AWKWARD = "Œuvre « L’Été » 李小龍 مرحبا 🐝 <&>"


def signed(shop: Activity, hand: Hand) -> Quote:
    lines = (sales.line("1000.00", label="Reportage"), sales.line("250.00", label="Tirages", optional=True))
    quote, token = make.sent_quote(shop, *lines)
    [option] = options_of(quote)
    return make.accept(quote, token, hand=hand, options=(option.pk,))


def content_of(quote: Quote) -> bytes:
    kept = archive_signed_quote(quote.pk)
    assert kept is not None
    return read_document(kept)


def test_what_is_signed_passes_the_judge_of_archives(shop: Activity) -> None:
    drawn = signed(shop, Hand("Jeanne Durand", "Directrice", drawing=png(size=(640, 200))))
    typed = signed(shop, Hand(AWKWARD, AWKWARD, typed=AWKWARD))
    plain = archive_quote_pdf(make.ready_quote(shop).pk)
    assert plain is not None
    files = {"drawn": content_of(drawn), "typed": content_of(typed), "plain": read_document(plain)}
    assert judge_archives(files) == {"drawn": [], "typed": [], "plain": []}


def test_the_acceptance_and_its_proof_are_printed(shop: Activity) -> None:
    quote = signed(shop, Hand("Jeanne Durand", "Directrice", typed="J. Durand"))
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(content_of(quote))).pages]
    first, last = " ".join(pages[:-1]), pages[-1]
    for part in ("Bon pour accord", "Jeanne Durand", "Directrice", "J. Durand", "Tirages", "1\u202f250,00"):
        assert part in first
    assert f"{timezone.localdate():%d/%m/%Y}" in first
    signature = quote.answer.signature
    assert signature is not None
    for part in ("Preuve d’acceptation", quote.content_sha256, signature.seal, "203.0.113.7"):
        assert part in "".join(last.split("\n")) or part in last
