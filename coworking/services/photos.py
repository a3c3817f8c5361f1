"""The pictures of a place on its public page, each with the words that tell it (COW-01)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from coworking.models import Place, PlacePhoto
from invoicing.engines.pictures import on_paper, photo_fault
from people.models import User
from people.services.changes import one_line

PHOTO_FILE = "coworking.photo"
MOST_PHOTOS, MOST_BYTES, KEPT_YEARS = 12, 10 * 1024 * 1024, 10
# As wide as the widest page shows it.
SIDE, QUALITY = 1280, 82


@transaction.atomic
def add_photo(place: Place, *, content: bytes, text: str, actor: User | None) -> PlacePhoto:
    """Does: adds a picture to a place, drawn anew: nothing else of the file is kept, neither where it was
    taken nor by whom. Refuses: no words for who does not see it, a file that is no PNG or JPEG, broken or
    too large, more than twelve. Leaves behind: the picture, last of all, audit."""
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    text = one_line(text, "text", _("Dites ce que l’image montre, pour qui ne la voit pas."), most=200)
    if row.photos.count() >= MOST_PHOTOS:
        raise Refused(
            Code.NOT_ALLOWED, _("Un lieu a %(most)d photos au plus : retirez-en une.") % {"most": MOST_PHOTOS}
        )
    if len(content) > MOST_BYTES or photo_fault(content):
        raise Refused(
            Code.FILE_REFUSED,
            _("Déposez une photo JPEG ou PNG lisible, de 10 Mo au plus."),
            field="file",
        )
    drawn = BytesIO()
    on_paper(content, side=SIDE).save(drawn, "JPEG", quality=QUALITY, optimize=True)
    document = store_document(
        drawn.getvalue(),
        kind=PHOTO_FILE,
        name=f"{row.slug}.jpg",
        mime="image/jpeg",
        about=row,
        actor=actor,
        retention_until=date(timezone.localdate().year + KEPT_YEARS, 12, 31),
    )
    last = row.photos.aggregate(last=Max("position"))["last"] or 0
    photo = PlacePhoto.objects.create(place=row, document=document, text=text, position=last + 1)
    audit.record(actor, "coworking.photo.add", row, detail={"text": text})
    return photo


@transaction.atomic
def put_photo_first(photo: PlacePhoto, *, actor: User | None) -> None:
    """Does: puts a picture before all the others: the one that lists show. Refuses: nothing. Leaves behind:
    their order, audit."""
    place = Place.objects.select_for_update(of=("self",)).get(pk=photo.place_id)
    rows = sorted(place.photos.all(), key=lambda one: (one.pk != photo.pk, one.position, one.pk))
    for position, row in enumerate(rows):
        row.position = position
    PlacePhoto.objects.bulk_update(rows, ["position"])
    audit.record(actor, "coworking.photo.first", place, detail={"text": photo.text})


@transaction.atomic
def remove_photo(photo: PlacePhoto, *, actor: User | None) -> None:
    """Does: takes a picture off a place; its file goes when its time comes. Refuses: nothing. Leaves behind:
    audit."""
    row = PlacePhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    audit.record(actor, "coworking.photo.remove", row.place, detail={"text": row.text})
    row.delete()
