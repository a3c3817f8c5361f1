"""The photo of an article: drawn anew, in the catalogue, on quotes whose look says so (INV-06, INV-14)."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document
from entrepreneurs.models import Activity
from invoicing.documents import draft_file, invoice_page
from invoicing.engines.pictures import PHOTO_SIDE, photo_fault, printable_photo
from invoicing.models import CatalogueItem
from invoicing.selectors.einvoices import einvoice_of, quote_document_of
from invoicing.services.catalogue import MAX_PHOTO, create_item, duplicate_item, save_item
from invoicing.services.inputs import ItemContent, LookContent
from invoicing.services.looks import save_look
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.pages import line, url
from tests.invoicing.test_catalogue import DAY, content, item, typed
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

GPS = 0x8825
ORIENTATION = 0x0112


def taken(kind: str = "JPEG", size: tuple[int, int] = (800, 600)) -> bytes:
    """As a phone takes it: turned, with the place where it was."""
    kept, exif = BytesIO(), Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    more = {"comment": b"secret"} if kind == "JPEG" else {}
    Image.new("RGB", size, "#8a3b12").save(kept, kind, exif=exif, **more)
    return kept.getvalue()


def with_photo(activity: Activity | None, photo: bytes | None = None, **values: Any) -> CatalogueItem:
    return create_item(activity, content=content(**values), on=DAY, actor=None, photo=photo or taken())


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (taken(), ""),
        (taken("PNG"), ""),
        (b"MZ\x90\x00" + b"\0" * 80, "programme"),
        (b"\x7fELF" + b"\0" * 80, "programme"),
        (b"%PDF-1.7", "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
        (b"", "unknown"),
        (taken()[:200], "broken"),
        (taken("PNG")[:60], "broken"),
        (taken("PNG", (8000, 6000)), "huge"),
    ],
)
def test_a_photo_is_an_image_and_nothing_else(given: bytes, fault: str) -> None:
    assert photo_fault(given) == fault


def test_a_photo_is_drawn_anew_the_right_way_up_and_says_nothing_else() -> None:
    kept = printable_photo(taken())
    assert b"secret" not in kept.content
    with Image.open(BytesIO(kept.content)) as drawn:
        assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", (PHOTO_SIDE * 3 // 4, PHOTO_SIDE))
        assert not drawn.getexif()


@pytest.mark.parametrize(
    "photo", [b"MZ\x90\x00" + b"\0" * 80, b"hello", taken()[:200], b"\xff\xd8\xff" + b"x" * MAX_PHOTO]
)
def test_a_file_that_is_no_photo_leaves_nothing(shop: Activity, photo: bytes) -> None:
    stored = item(shop)
    before = AuditEntry.objects.count()
    acts = (
        lambda: create_item(shop, content=content(label="Autre"), on=DAY, actor=None, photo=photo),
        lambda: save_item(
            stored, content=content(label="Changé"), version=1, on=DAY, actor=None, photo=photo
        ),
    )
    for act in acts:
        with pytest.raises(Refused) as raised:
            act()
        assert (raised.value.code, raised.value.field) == (Code.FILE_REFUSED, "photo")
    assert CatalogueItem.objects.values_list("label", "version").get() == ("Reportage", 1)
    assert not Document.objects.exists()
    assert AuditEntry.objects.count() == before


def test_an_executable_named_jpg_is_refused_in_one_sentence(shop: Activity, seller: User) -> None:
    sent = SimpleUploadedFile("chat.jpg", b"MZ\x90\x00" + b"\0" * 80, "image/jpeg")
    page = client_of(seller).post(url("catalogue_new"), typed(label="Chat") | {"photo": sent})
    assert page.status_code == 422
    assert "Ce fichier est un programme, malgré son nom" in text(page)
    assert 'value="Chat"' in page.content.decode()
    assert not CatalogueItem.objects.exists()


def test_a_photo_is_chosen_shown_changed_and_taken_away(shop: Activity, seller: User) -> None:
    client = client_of(seller)
    sent = SimpleUploadedFile("photo.jpg", taken(), "image/jpeg")
    client.post(url("catalogue_new"), typed() | {"photo": sent})
    one = CatalogueItem.objects.get()
    assert one.photo is not None
    for address in (url("catalogue_list"), one.get_absolute_url()):
        assert f'src="{one.photo_address}"' in client.get(address).content.decode()
    answer = client.get(one.photo_address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    client.post(url("catalogue_edit", one.pk), typed(version="1"))
    one.refresh_from_db()
    assert one.photo is not None
    client.post(url("catalogue_edit", one.pk), typed(version="2", without_photo="on"))
    one.refresh_from_db()
    assert (one.photo, one.photo_address) == (None, "")


def test_a_photo_opens_with_its_catalogue(shop: Activity, seller: User, demonstration: None) -> None:
    own, elsewhere, shared = with_photo(shop), with_photo(make_activity()), with_photo(None)
    client = client_of(seller)
    assert [client.get(one.photo_address).status_code for one in (own, elsewhere, shared)] == [200, 404, 200]
    keeper = client_of(make_user(RoleKind.ADMINISTRATOR))
    assert keeper.get(shared.photo_address).status_code == 200


def test_a_copy_has_its_own_photo(shop: Activity) -> None:
    one = with_photo(None)
    copy = duplicate_item(one, activity=shop, on=DAY, actor=None)
    assert copy.photo is not None
    assert copy.photo_id != one.photo_id
    assert duplicate_item(item(shop), activity=shop, on=DAY, actor=None).photo is None


def look(activity: Activity, *, photos: bool, version: int = 0) -> None:
    content = LookContent(colour="#8a3b12", layout="classic", photos=photos)
    save_look(activity, content=content, version=version, actor=None)


def test_a_quote_shows_the_photo_when_its_look_says_so(shop: Activity) -> None:
    one = with_photo(shop)
    lines = (sales.line("10", item=one), sales.line("20", label="Sans article"))
    quote, today = quotes.quote(shop, *lines), timezone.localdate()
    assert [row.photo for row in _rows(quote_document_of(quote, today))] == ["", ""]
    look(shop, photos=True)
    quote.refresh_from_db()
    shown, bare = _rows(quote_document_of(quote, today))
    assert one.photo is not None
    kept = base64.b64decode(shown.photo.removeprefix("data:image/jpeg;base64,"))
    assert (kept, bare.photo) == (one.photo.file.read(), "")
    assert draft_file(quote_document_of(quote, today)).startswith(b"%PDF")
    invoice = sales.draft(shop, *lines)
    assert [row.photo for row in _rows(einvoice_of(invoice, on=today))] == ["", ""]


def test_a_numbered_quote_keeps_the_photo_it_had(shop: Activity) -> None:
    one = with_photo(shop)
    look(shop, photos=True)
    quote = quotes.approved(shop, sales.line("10", item=one))
    before = _rows(quote_document_of(quote, DAY))[0].photo
    save_item(one, content=content(), version=1, on=DAY, actor=None, without_photo=True)
    look(shop, photos=False, version=1)
    assert before
    assert _rows(quote_document_of(quote, DAY))[0].photo == before
    changed = Document.objects.get()
    with changed.file.storage.open(changed.file.name, "wb") as file:
        file.write(b"autre chose")
    assert _rows(quote_document_of(quote, DAY))[0].photo == ""


def test_photos_cost_one_query(shop: Activity, django_assert_num_queries: Any) -> None:
    look(shop, photos=True)
    items = [with_photo(shop, label=f"Article {rank}") for rank in range(5)]
    quote = quotes.approved(shop, *(sales.line("10", item=one) for one in items))
    said = quote_document_of(quote, DAY)
    with django_assert_num_queries(1):
        invoice_page(said)


def test_the_editor_previews_it(shop: Activity, seller: User) -> None:
    make_cooperative()
    one = with_photo(shop)
    look(shop, photos=True)
    form = {"kind": "quote", "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0"}
    sheet = client_of(seller).post(url("live_preview"), form | line(0, item=str(one.pk)))
    assert "data:image/jpeg;base64," in sheet.content.decode()


def _rows(said: Any) -> list[Any]:
    page = invoice_page(said)
    return [row for group in page.groups for row in group.lines]


def test_a_sheet_knows_nothing_of_photos() -> None:
    assert "photo" not in ItemContent.__dataclass_fields__
