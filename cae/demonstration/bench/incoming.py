"""What comes in: suppliers' files kept, read and opened as purchases; photos of receipts kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from random import Random
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from cae.demonstration.bench.issuing import AUTHOR
from cae.demonstration.bench.report import Rate
from entrepreneurs.models import Activity
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice, Purchase
from invoicing.services.incoming import take_in
from invoicing.services.vouchers import keep_voucher
from invoicing.states.expenses import VoucherSource
from invoicing.states.incoming import FileSource
from people.models import User

FILES, PDFS, PHOTOS = 200, 10, 40
# As many points as a phone sends once the page has made its photo smaller.
PHOTO = (1600, 1200)
_SEED = 20261127


def measure_incoming(author_email: str = AUTHOR) -> list[Rate]:
    """XML files, Factur-X files (the same PDF with another XML each time is another file), photos."""
    author, today = User.objects.get(email=author_email), timezone.localdate()
    activity = Activity.objects.owned_by(author, on=today)[0]
    before = Purchase.objects.count()

    def take(content: bytes) -> None:
        take_in(
            content,
            name="facture",
            source=FileSource.UPLOAD,
            activity=activity,
            actor=author,
            received_at=timezone.now(),
        )

    def keep(content: bytes) -> None:
        keep_voucher(
            content,
            name="recu.jpg",
            person=author.person,  # type: ignore[arg-type]  # an entrepreneur is somebody
            source=VoucherSource.PHOTO,
            taken_at=timezone.now(),
            form_key=uuid4(),
            actor=author,
        )

    facts = _facts()
    xmls = [build_xml(replace(facts, number=f"BANC-{number}")) for number in range(FILES)]
    page = invoice_html(facts)
    pdfs = [
        facturx_pdf(page, build_xml(replace(facts, number=f"BANC-PDF-{number}"))) for number in range(PDFS)
    ]
    rates = [_rate("suppliers’ XML files", xmls, take), _rate("suppliers’ Factur-X files", pdfs, take)]
    opened = Purchase.objects.count() - before
    if opened != len(xmls) + len(pdfs):
        raise RuntimeError(f"{opened} purchases opened out of {len(xmls) + len(pdfs)} files")
    return [*rates, _rate("photos of receipts", _photos(), keep)]


def _rate(name: str, contents: Sequence[bytes], act: Callable[[bytes], None]) -> Rate:
    start = time.perf_counter()
    for content in contents:
        act(content)
    seconds = time.perf_counter() - start
    a_minute = round(60 * len(contents) / seconds)
    return Rate(f"{name} ({a_minute} a minute)", 1, len(contents), seconds, gaps=0)


def _facts() -> EInvoice:
    """An invoice of our own, as a supplier of ours would send it."""
    rows = Invoice.objects.issued().invoices().filter(facts__isnull=False)
    return EInvoice.from_json(rows.order_by("issued_on", "pk")[0].facts)  # type: ignore[arg-type]


def _photos() -> list[bytes]:
    """Noise: what a JPEG makes smaller least."""
    chance = Random(_SEED)  # noqa: S311  # no secret is drawn
    return [_photo(chance) for _number in range(PHOTOS)]


def _photo(chance: Random) -> bytes:
    small = Image.frombytes(
        "RGB", (PHOTO[0] // 8, PHOTO[1] // 8), chance.randbytes(PHOTO[0] * PHOTO[1] * 3 // 64)
    )
    made = BytesIO()
    small.resize(PHOTO).save(made, "JPEG", quality=85)
    return made.getvalue()
