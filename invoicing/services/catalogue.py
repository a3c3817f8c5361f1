"""Keeps the catalogue: the items of an activity, and those that the cooperative shares (INV-06)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.money import cents
from entrepreneurs.models import Activity
from entrepreneurs.states.trades import Unit
from invoicing.engines.pictures import photo_fault, printable_photo
from invoicing.models import CatalogueItem, InvoiceLine, QuoteLine
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.services.inputs import ItemContent
from invoicing.states.sales import MAX_DESCRIPTION, MAX_LABEL, MAX_UNIT_PRICE, SaleNature

PHOTO_KIND = "invoicing.item_photo"
# As a phone takes them; what is kept is far smaller.
MAX_PHOTO = 8 * 1024 * 1024
# A numbered quote may be printed again as long as the cooperative lives.
FOR_EVER = date(9999, 12, 31)
_FOUR_DECIMALS = Decimal("0.0001")
_LONGEST = {"label": MAX_LABEL, "description": MAX_DESCRIPTION, "reference": 40, "category": 80}


def create_item(
    activity: Activity | None,
    *,
    content: ItemContent,
    on: date,
    actor: Any,
    photo: bytes | None = None,
    form_key: UUID | None = None,
) -> CatalogueItem:
    """Does: adds an item to an activity, or to all of them; the same form sent twice gives the same item.
    Refuses: no name, a price or a cost out of bounds, a rate that is not in force, a reference already used
    there, a file that is no photo. Leaves behind: the row, its photo as a document, audit."""
    content = checked_item(content, on=on)
    item = CatalogueItem(activity=activity, form_key=form_key or uuid4())
    with transaction.atomic():
        try:
            _fill(item, content)
        except Refused:
            made = CatalogueItem.objects.filter(activity=activity, form_key=item.form_key).first()
            if made is None:
                raise
            return made
        _set_photo(item, photo, actor=actor)
        audit.record(actor, "invoicing.create_item", item)
        return item


def save_item(
    item: CatalogueItem,
    *,
    content: ItemContent,
    version: int,
    on: date,
    actor: Any,
    photo: bytes | None = None,
    without_photo: bool = False,
) -> CatalogueItem:
    """Does: changes an item; documents already written keep what they say. Refuses: what `create_item`
    refuses, a form older than the row (stale_form). Leaves behind: the row, its photo, audit."""
    content = checked_item(content, on=on)
    with transaction.atomic():
        row = CatalogueItem.objects.select_for_update().get(pk=item.pk)
        if row.version != version:
            raise Refused(
                Code.STALE_FORM,
                _("Cet article a été modifié entre-temps : rouvrez-le, votre saisie reste affichée ici."),
            )
        row.version += 1
        if without_photo:
            row.photo = None
        _fill(row, content)
        _set_photo(row, photo, actor=actor)
        audit.record(actor, "invoicing.save_item", row)
        return row


def duplicate_item(item: CatalogueItem, *, activity: Activity | None, on: date, actor: Any) -> CatalogueItem:
    """Does: copies an item and its photo, without its reference, into an activity or the shared catalogue.
    Refuses: a rate that is no longer in force. Leaves behind: the new row, audit."""
    label = _("%(label)s (copie)") % {"label": item.label}
    content = ItemContent(**stored_item(item) | {"reference": "", "label": label[:MAX_LABEL]})
    photo = read_document(item.photo) if item.photo else None
    return create_item(activity, content=content, on=on, actor=actor, photo=photo)


def archive_item(item: CatalogueItem, *, actor: Any, at: datetime) -> CatalogueItem:
    """Does: takes an item out of the choices. Refuses: one already archived. Leaves behind: the row,
    audit."""
    return _set_archived(item, at, actor=actor, verb="invoicing.archive_item")


def restore_item(item: CatalogueItem, *, actor: Any) -> CatalogueItem:
    """Does: puts an item back in the choices. Refuses: one not archived. Leaves behind: the row, audit."""
    return _set_archived(item, None, actor=actor, verb="invoicing.restore_item")


def remove_item(item: CatalogueItem, *, actor: Any) -> bool:
    """Does: erases an item that no line names. Refuses: nothing; a used one is left, and the answer is False.
    Leaves behind: audit."""
    with transaction.atomic():
        row = CatalogueItem.objects.select_for_update().get(pk=item.pk)
        if any(lines.objects.filter(item=row).exists() for lines in (InvoiceLine, QuoteLine)):
            return False
        audit.record(actor, "invoicing.remove_item", row, detail={"name": row.label})
        row.delete()
        return True


def stored_item(item: CatalogueItem) -> dict[str, Any]:
    """What an item says, by the names of `ItemContent`."""
    return {name: getattr(item, name) for name in ItemContent.__dataclass_fields__}


def checked_item(content: ItemContent, *, on: date) -> ItemContent:
    """The content with its texts trimmed, or a refusal at its field."""
    texts = {name: getattr(content, name).strip() for name in _LONGEST}
    if not texts["label"]:
        raise Refused(Code.VALUE_MISSING, _("Donnez un nom à cet article."), field="label")
    for name, most in _LONGEST.items():
        if len(texts[name]) > most:
            raise Refused(
                Code.TEXT_TOO_LONG, _("Ce texte dépasse %(most)d caractères.") % {"most": most}, field=name
            )
    if content.unit not in Unit.values:
        raise Refused(Code.VALUE_INVALID, _("Cette unité n’existe pas."), field="unit")
    if content.nature not in SaleNature.values:
        raise Refused(Code.VALUE_INVALID, _("Cette nature de vente n’existe pas."), field="nature")
    _check_amounts(content)
    if not vat_rates_in_force(on).filter(code=content.vat_code).exists():
        raise Refused(
            Code.VAT_RATE_NOT_IN_FORCE,
            _("Ce taux de TVA n’est plus en vigueur : choisissez-en un autre."),
            field="vat_code",
        )
    return ItemContent(**asdict(content) | texts)


def _check_amounts(content: ItemContent) -> None:
    price, cost = content.unit_price, content.cost
    sound = price.is_finite() and 0 <= price <= MAX_UNIT_PRICE and price == price.quantize(_FOUR_DECIMALS)
    if not sound:
        raise Refused(
            Code.AMOUNT_INVALID, _("Un prix est positif, avec quatre décimales au plus."), field="unit_price"
        )
    if cost is not None and not (cost.is_finite() and 0 <= cost <= MAX_UNIT_PRICE and cost == cents(cost)):
        raise Refused(
            Code.AMOUNT_INVALID, _("Un coût est positif, avec deux décimales au plus."), field="cost"
        )


def _set_archived(item: CatalogueItem, at: datetime | None, *, actor: Any, verb: str) -> CatalogueItem:
    with transaction.atomic():
        row = CatalogueItem.objects.select_for_update().get(pk=item.pk)
        if row.is_archived == (at is not None):
            raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
        row.archived_at = at
        row.save(update_fields=["archived_at"])
        audit.record(actor, verb, row)
        return row


def _set_photo(item: CatalogueItem, content: bytes | None, *, actor: Any) -> None:
    """Keeps the photo, drawn anew; nothing changes without one."""
    if not content:
        return
    if len(content) > MAX_PHOTO:
        raise Refused(Code.FILE_REFUSED, _("Cette photo dépasse 8 Mo : réduisez-la d’abord."), field="photo")
    fault = photo_fault(content)
    if fault:
        raise Refused(Code.FILE_REFUSED, _PHOTO_FAULTS[fault](), field="photo")
    photo = printable_photo(content)
    item.photo = store_document(
        photo.content,
        kind=PHOTO_KIND,
        name=f"article-{item.pk}.{photo.extension}",
        mime=photo.mime,
        about=item,
        actor=actor,
        retention_until=FOR_EVER,
    )
    item.save(update_fields=["photo"])


_PHOTO_FAULTS = {
    "programme": lambda: _("Ce fichier est un programme, malgré son nom : il n’est pas accepté."),
    "unknown": lambda: _("Une photo est une image PNG ou JPEG."),
    "broken": lambda: _("Cette image ne se lit pas : enregistrez-la de nouveau en JPEG."),
    "huge": lambda: _("Cette image a trop de points : réduisez-la d’abord."),
}


def _fill(item: CatalogueItem, content: ItemContent) -> None:
    for name, value in asdict(content).items():
        setattr(item, name, value)
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise Refused(
            Code.DUPLICATE,
            _("La référence « %(reference)s » est déjà celle d’un autre article.")
            % {"reference": content.reference},
            field="reference",
        ) from error
