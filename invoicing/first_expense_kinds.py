"""First kinds of expense, with the rule of each: VAT given back, limits and flat amounts of 2026.

Sources: CGI ann. II art. 206-IV (domain.md 5.8) for VAT; limits and flat amounts are those that bear no
contributions (arrêté of 20-12-2002, values of 2026), all « à confirmer ». The accountant adds dated rules in
the application.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
from django.utils.translation import gettext_noop as _

from accounting.states.books import AccountKind
from invoicing.states.expenses import ExpenseWay, FlatUnit, LimitPer

SINCE = date(2026, 1, 1)
VAT_TEXT = "CGI ann. II art. 206-IV"
VAT_RIGHT = "CGI art. 271"
FLAT_TEXT = "Arrêté du 20-12-2002, valeurs 2026"

# number, label, nature of cost: usual subdivisions of the chart that these kinds need.
ACCOUNTS = (
    ("606300", "Fournitures d’entretien et petit équipement", "overheads"),
    ("606400", "Fournitures administratives", "overheads"),
    ("613500", "Locations mobilières", "overheads"),
    ("618100", "Documentation générale", "overheads"),
    ("618500", "Frais de colloques, séminaires, conférences", "overheads"),
    ("623400", "Cadeaux à la clientèle", "mission_costs"),
    ("625600", "Missions", "mission_costs"),
    ("651100", "Redevances pour concessions, brevets, licences, logiciels", "overheads"),
)


@dataclass(frozen=True)
class Kind:
    """A row of ExpenseKind and the rule it starts with."""

    code: str
    label: str
    account: str
    recovery: str = "1"
    source: str = VAT_RIGHT
    way: str = ExpenseWay.ACTUAL
    needs_voucher: bool = True
    needs_guests: bool = False
    usual_share: str = "1"
    limit: tuple[str, str] | None = None
    flat: tuple[str, str] | None = None
    to_confirm: bool = False


def _flat(code: str, label: str, account: str, amount: str, unit: str, **more: Any) -> Kind:
    return Kind(
        code,
        label,
        account,
        recovery="0",
        source=FLAT_TEXT,
        way=ExpenseWay.FLAT,
        needs_voucher=False,
        flat=(amount, unit),
        to_confirm=True,
        **more,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "meal",
        _("Repas en déplacement"),
        "625700",
        source=f"{VAT_TEXT} ; {FLAT_TEXT}",
        limit=("21.40", LimitPer.LINE),
        to_confirm=True,
    ),
    Kind("business-meal", _("Repas d’affaires"), "625700", source=VAT_TEXT, needs_guests=True),
    Kind("hotel", _("Hôtel, pour soi ou une personne de la coopérative"), "625600", "0", VAT_TEXT),
    Kind("hotel-guest", _("Hôtel d’une personne extérieure"), "625600", source=VAT_TEXT, needs_guests=True),
    Kind("transport", _("Train, taxi, avion, transports en commun"), "625100", "0", VAT_TEXT),
    Kind("toll", _("Péage, parking"), "625100", source=VAT_TEXT),
    Kind("car-rental", _("Location d’une voiture"), "613500", "0", VAT_TEXT),
    Kind("fuel-car", _("Carburant, voiture de tourisme"), "606100", "0.8", VAT_TEXT),
    Kind("fuel-utility", _("Carburant, véhicule utilitaire"), "606100", source=VAT_TEXT),
    Kind("charging", _("Recharge électrique, GPL"), "606100", source=VAT_TEXT),
    Kind("phone", _("Téléphone et internet"), "626000", usual_share="0.5", to_confirm=True),
    Kind("postage", _("Envois postaux"), "626000"),
    Kind("stationery", _("Fournitures de bureau"), "606400"),
    Kind("equipment", _("Petit matériel"), "606300"),
    Kind("software", _("Logiciels et abonnements"), "651100"),
    Kind("books", _("Livres et documentation"), "618100"),
    Kind("conference", _("Salons, conférences, formations"), "618500"),
    Kind("materials", _("Matières premières"), "601000"),
    Kind("goods", _("Marchandises à revendre"), "607000"),
    Kind(
        "gift",
        _("Cadeau à un client"),
        "623400",
        "0",
        f"{VAT_TEXT} ; sauf 73 € TTC par an et par personne",
        needs_guests=True,
        to_confirm=True,
    ),
    # Paid in the name of a customer and asked back to the cent: no cost, so no VAT recovered.
    Kind("disbursement", _("Débours : payé au nom d’un client"), "467200", "0", "CGI art. 267-II-2°"),
    _flat("flat-meal", _("Forfait repas au restaurant"), "625600", "21.40", FlatUnit.MEAL),
    _flat("flat-snack", _("Forfait repas hors des locaux"), "625600", "10.40", FlatUnit.MEAL),
    _flat("flat-night-paris", _("Forfait nuit, Paris et petite couronne"), "625600", "76.60", FlatUnit.NIGHT),
    _flat("flat-night", _("Forfait nuit, autres départements"), "625600", "56.80", FlatUnit.NIGHT),
    _flat(
        "flat-home",
        _("Forfait télétravail"),
        "625600",
        "2.70",
        FlatUnit.DAY,
        limit=("59.40", LimitPer.MONTH),
    ),
    # What the cooperative gives for a personal telephone is its own decision: no rule, no offer until then.
    Kind(
        "flat-phone",
        _("Forfait téléphone personnel"),
        "626000",
        "0",
        FLAT_TEXT,
        way=ExpenseWay.FLAT,
        needs_voucher=False,
    ),
    Kind(
        "mileage",
        _("Trajet avec son véhicule"),
        "625150",
        "0",
        VAT_TEXT,
        way=ExpenseWay.MILEAGE,
        needs_voucher=False,
    ),
)


def load_first_kinds(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds the accounts, kinds and rules that are not there yet. Refuses: nothing. Leaves behind: kinds
    ready to be chosen (`get_model` gives the models to use)."""
    accounts, kinds = (
        get_model("accounting", "Account").objects,
        get_model("invoicing", "ExpenseKind").objects,
    )
    costs = {one.code: one for one in get_model("accounting", "CostKind").objects.all()}
    for number, label, cost in ACCOUNTS:
        accounts.get_or_create(
            number=number,
            defaults={"label": label, "kind": AccountKind.EXPENSE, "cost_kind": costs.get(cost)},
        )
    by_number = {one.number: one for one in accounts.all()}
    rules = get_model("invoicing", "ExpenseRule").objects
    for position, kind in enumerate(KINDS, 1):
        row, made = kinds.get_or_create(
            code=kind.code,
            defaults={
                "label": kind.label,
                "way": kind.way,
                "account": by_number[kind.account],
                "needs_voucher": kind.needs_voucher,
                "needs_guests": kind.needs_guests,
                "usual_share": Decimal(kind.usual_share),
                "position": position * 10,
            },
        )
        if made and (kind.flat is not None or kind.way != ExpenseWay.FLAT):
            rules.create(kind=row, valid_from=SINCE, **_rule(kind))


def unload_first_kinds(get_model: Callable[[str, str], Any]) -> None:
    """Does: takes away what was loaded. Refuses (the database does): a kind or an account in use. Leaves
    behind: the chart as the books made it."""
    codes = [kind.code for kind in KINDS]
    with pgtrigger.ignore("invoicing.ExpenseRule:expenserule_kept", "invoicing.ExpenseKind:expensekind_kept"):
        get_model("invoicing", "ExpenseRule").objects.filter(kind__code__in=codes).delete()
        get_model("invoicing", "ExpenseKind").objects.filter(code__in=codes).delete()
    numbers = [number for number, _label, _cost in ACCOUNTS]
    get_model("accounting", "Account").objects.filter(number__in=numbers).delete()


def _rule(kind: Kind) -> dict[str, Any]:
    limit_amount, limit_per = kind.limit or (None, "")
    flat_amount, flat_unit = kind.flat or (None, "")
    return {
        "vat_recovery": Decimal(kind.recovery),
        "limit_amount": limit_amount and Decimal(limit_amount),
        "limit_per": limit_per,
        "flat_amount": flat_amount and Decimal(flat_amount),
        "flat_unit": flat_unit,
        "source": kind.source,
        "to_confirm": kind.to_confirm,
    }
