"""Items of the catalogue brought in from a sheet: what each line would do, how it is done and undone
(INV-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Code, Refused
from cae.core.importing import Column, Fate, Import, Made, Outcome, Row, Target
from cae.core.money import parse_amount
from cae.core.permissions import can
from entrepreneurs.models import Activity
from entrepreneurs.states.trades import Unit
from invoicing.calculations.pasting import plain
from invoicing.models import CatalogueItem, VatRate
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.services.catalogue import (
    archive_item,
    checked_item,
    create_item,
    remove_item,
    save_item,
    stored_item,
)
from invoicing.services.import_targets import activity_of, targets_of
from invoicing.services.inputs import ItemContent
from invoicing.states.sales import SaleNature, VatCategory

IMPORT_CODE = "invoicing.catalogue"
EDIT = "invoicing.edit_item"
# The key of the shared catalogue among the targets; an activity is named by its number.
SHARED = "commun"

COLUMNS = (
    Column("label", gettext_lazy("Désignation"), required=True, aliases=("nom", "article", "libellé")),
    Column("unit_price", gettext_lazy("Prix unitaire"), required=True, aliases=("prix", "prix ht", "tarif")),
    Column(
        "price_includes_tax",
        gettext_lazy("Prix TTC"),
        aliases=("ttc",),
        help=gettext_lazy("« oui » pour un prix avec taxe. Vide : hors taxe."),
    ),
    Column(
        "vat_code",
        gettext_lazy("TVA"),
        aliases=("taux", "taux de tva"),
        help=gettext_lazy("« 20 % », « 5,5 » ou le nom d’un taux. Vide : le taux normal."),
    ),
    Column("reference", gettext_lazy("Référence"), aliases=("code", "ref", "sku")),
    Column("category", gettext_lazy("Famille"), aliases=("catégorie", "rayon")),
    Column("unit", gettext_lazy("Unité"), help=gettext_lazy("heure, jour, forfait, m²… Vide : unité.")),
    Column("nature", gettext_lazy("Nature de vente"), aliases=("nature", "type")),
    Column("cost", gettext_lazy("Coût de revient"), aliases=("coût", "prix d’achat")),
    Column("description", gettext_lazy("Description"), aliases=("détail", "texte")),
)

_NATURES = {
    "prestation": SaleNature.SERVICES,
    "service": SaleNature.SERVICES,
    "formation": SaleNature.TRAINING,
    "bien": SaleNature.GOODS,
    "vente": SaleNature.GOODS,
    "marchandise": SaleNature.GOODS,
    "frais": SaleNature.REBILLED,
}
_UNITS = {"h": Unit.HOUR, "j": Unit.DAY, "u": Unit.ONE, "piece": Unit.ONE, "m2": Unit.SQUARE_METRE}
_YES, _NO = (
    ("oui", "o", "1", "x", "ttc", "vrai", "yes", "true"),
    ("", "non", "n", "0", "ht", "faux", "no", "false"),
)


@dataclass
class KnownItems:
    """The catalogue that receives, its items by reference and by name, and the rates of the day."""

    activity: Activity | None
    by_reference: dict[str, CatalogueItem]
    by_label: dict[str, CatalogueItem]
    rates: list[VatRate]
    on: date

    def like(self, reference: str, label: str) -> CatalogueItem | None:
        """The item that a line is about: its reference decides, else its name."""
        if reference:
            return self.by_reference.get(reference)
        return self.by_label.get(plain(label))


def known_items(target: str, actor: Any) -> KnownItems:
    activity = None if target == SHARED else activity_of(target, actor, EDIT)
    today = timezone.localdate()
    items = list(CatalogueItem.objects.filter(activity=activity))
    return KnownItems(
        activity,
        {one.reference: one for one in items if one.reference},
        {plain(one.label): one for one in items if not one.reference},
        list(vat_rates_in_force(today)),
        today,
    )


def catalogues_to_import_into(user: Any) -> Sequence[Target]:
    own = targets_of(user, EDIT)
    if can(user, "invoicing.share_item"):
        return [*own, Target(SHARED, str(_("Catalogue commun")))]
    return own


def plan_item(row: Row, known: KnownItems) -> Fate:
    """Does: says what the line would do. Refuses: what creating or changing the item would refuse.
    Leaves behind: nothing."""
    typed = _typed(row, known)
    item = known.like(typed.get("reference", ""), typed["label"])
    content = checked_item(_content_after(item, typed), on=known.on)
    key = content.reference or plain(content.label)
    if item is None:
        return Fate.new(content.label, key=key)
    before = {name: _kept(getattr(item, name)) for name in typed}
    after = {name: _kept(getattr(content, name)) for name in typed}
    return Fate.update(item, before=before, after=after, key=key)


def import_item(row: Row, fate: Fate, known: KnownItems, actor: Any) -> CatalogueItem:
    """Does: creates or changes the item of a line. Refuses and leaves behind: as the services of its page."""
    item = fate.about if isinstance(fate.about, CatalogueItem) else None
    content = _content_after(item, _typed(row, known))
    if item is None:
        return create_item(known.activity, content=content, on=known.on, actor=actor)
    return save_item(item, content=content, version=item.version, on=known.on, actor=actor)


def undo_item(made: Made, actor: Any) -> Outcome:
    """Does: takes back what a line did: an item unused since is erased, a used one archived, a changed one
    put back. Refuses: nothing; a row changed since is left and said. Leaves behind: audit."""
    item = CatalogueItem.objects.get(pk=made.about_id)
    if made.created:
        if remove_item(item, actor=actor):
            return Outcome.REMOVED
        if not item.is_archived:
            archive_item(item, actor=actor, at=timezone.now())
        return Outcome.ARCHIVED
    if any(_kept(getattr(item, name)) != value for name, value in made.after.items()):
        return Outcome.CHANGED_SINCE
    before = {name: _read_back(name, value) for name, value in made.before.items()}
    content = _content_after(item, before)
    save_item(item, content=content, version=item.version, on=timezone.localdate(), actor=actor)
    return Outcome.PUT_BACK


_AMOUNTS = ("unit_price", "cost")


def _kept(value: Any) -> Any:
    """A value as the report keeps it: an amount without the zeros that the database adds."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _read_back(name: str, value: Any) -> Any:
    return Decimal(value) if name in _AMOUNTS and value is not None else value


def _content_after(item: CatalogueItem | None, changes: dict[str, Any]) -> ItemContent:
    stored = stored_item(item) if item else {}
    return ItemContent(**stored | changes)


def _typed(row: Row, known: KnownItems) -> dict[str, Any]:
    """The columns that the sheet has, read; a new line without a rate bears the normal one."""
    found: dict[str, Any] = {column.code: row[column.code] for column in COLUMNS if column.code in row}
    found["unit_price"] = _amount(row["unit_price"], "unit_price")
    if "cost" in found:
        found["cost"] = _amount(found["cost"], "cost") if found["cost"] else None
    if "price_includes_tax" in found:
        found["price_includes_tax"] = _yes(found["price_includes_tax"])
    if "unit" in found:
        found["unit"] = _unit(found["unit"])
    if "nature" in found:
        found["nature"] = _nature(found["nature"])
    if "vat_code" in found or known.like(row["reference"], row["label"]) is None:
        found["vat_code"] = _vat_code(row["vat_code"], known.rates)
    return found


def _amount(text: str, name: str) -> Decimal:
    try:
        return parse_amount(text)
    except ValueError:
        raise Refused(
            Code.NOT_A_NUMBER, _("« %(text)s » n’est pas un montant.") % {"text": text}, field=name
        ) from None


def _yes(text: str) -> bool:
    word = plain(text)
    if word not in _YES and word not in _NO:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(text)s » : écrivez oui ou non.") % {"text": text},
            field="price_includes_tax",
        )
    return word in _YES


def _unit(text: str) -> str:
    word = plain(text)
    if not word:
        return Unit.ONE
    known = _UNITS | {plain(str(label)): code for code, label in Unit.choices}
    found = known.get(word) or known.get(word.removesuffix("s")) or (text if text in Unit.values else None)
    if found is None:
        raise Refused(
            Code.VALUE_INVALID, _("L’unité « %(text)s » n’est pas connue.") % {"text": text}, field="unit"
        )
    return str(found)


def _nature(text: str) -> str:
    word = plain(text)
    if not word:
        return SaleNature.SERVICES
    found = next((nature for start, nature in _NATURES.items() if word.startswith(start)), None)
    if found is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(text)s » n’est pas une nature de vente : prestation, formation, biens ou frais.")
            % {"text": text},
            field="nature",
        )
    return found


def _vat_code(text: str, rates: Sequence[VatRate]) -> str:
    if not text:
        return "normal"
    named = next((one for one in rates if plain(text) in (plain(one.label), one.code)), None)
    if named is not None:
        return named.code
    try:
        percent = parse_amount(text.replace("%", "").strip())
    except ValueError:
        percent = None
    taxed = [one for one in rates if one.category == VatCategory.STANDARD]
    found = next((one for one in taxed if one.percent == percent), None)
    if found is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(text)s » n’est pas un taux de TVA en vigueur.") % {"text": text},
            field="vat_code",
        )
    return found.code


CATALOGUE_IMPORT = Import(
    code=IMPORT_CODE,
    label=gettext_lazy("Importer un catalogue"),
    right=EDIT,
    columns=COLUMNS,
    context=known_items,
    plan=plan_item,
    apply=import_item,
    undo=undo_item,
    targets=catalogues_to_import_into,
    target_label=gettext_lazy("Catalogue"),
    example=(
        {
            "label": "Journée de reportage",
            "unit_price": "620,00",
            "vat_code": "20 %",
            "reference": "REP-J",
            "category": "Reportage",
            "unit": "jour",
            "cost": "180",
        },
        {
            "label": "Tirage 30 × 40",
            "unit_price": "45",
            "price_includes_tax": "oui",
            "nature": "Vente de biens",
        },
    ),
    back_url_name="invoicing:catalogue_list",
)
