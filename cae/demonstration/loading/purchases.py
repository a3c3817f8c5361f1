"""What activities buy: suppliers with their bank details, orders received in parts, a rent shared by square
metres, invoices to recognise, disputed, approved, to pay (INV-45 to INV-49)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from schwifty import IBAN

from accounting.models import Account
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.payments import cash_left
from cae.core.money import cents
from cae.demonstration.loading import numbers
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population
from invoicing.models import Purchase, PurchaseOrder, SplitKey, Supplier
from invoicing.services.purchase_inputs import (
    CallBack,
    KeyContent,
    OrderContent,
    OrderLineContent,
    PurchaseContent,
    PurchaseLineContent,
    SupplierContent,
)
from invoicing.services.purchase_moves import approve_purchase, dispute_purchase, take_purchase
from invoicing.services.purchase_orders import (
    approve_order,
    create_order,
    receive_delivery,
    send_order,
    submit_order,
)
from invoicing.services.purchase_payments import impute_credit, order_payment
from invoicing.services.purchases import create_purchase
from invoicing.services.split_keys import create_key
from invoicing.services.supplier_banks import confirm_bank, propose_bank
from invoicing.services.suppliers import create_supplier
from invoicing.states.purchases import PurchaseKind, SplitKind
from people.models import User

_MAIN, _OTHER = "LENOIR", "TRAITLIBRE"
_NORMAL = Decimal("0.2000")
_COMPUTER = Decimal("949.00")
# Bank 99999 exists nowhere; keys are right.
_BANK, _BRANCH, _FIRST = "99999", "00002", 700


class Purchases:
    """The purchases of a house: who writes, who approves, who vouches for bank details."""

    def __init__(self, population: Population, *, today: date, now: datetime) -> None:
        self.accountant = population.accounts["accountant"]
        self.manager = population.accounts["manager"]
        self.today, self.now = today, now

    def supplier(self, rank: int, name: str, city: str, account: str, **details: Any) -> Supplier:
        """A supplier vouched for, with an IBAN that two persons confirmed."""
        content = SupplierContent(
            name=name,
            siren=numbers.siren(7200 + rank),
            email=f"compta{rank}@fournisseur.example",
            phone=f"05 56 00 72 {rank:02d}",
            address_line=f"{rank} rue des Ateliers",
            postcode="33000",
            city=city,
            account=Account.objects.get(number=account),
            **details,
        )
        known = create_supplier(
            content=content, form_key=uuid.uuid4(), actor=self.accountant, accepted_at=self.now
        )
        bank = propose_bank(known, iban=_iban(rank), actor=self.accountant, at=self.now)
        call = CallBack(whom="Le service comptable", number=content.phone, on=self.today)
        confirm_bank(bank, call=call, actor=self.manager, at=self.now)
        return known

    def bought(
        self, supplier: Supplier, number: str, label: str, net: str, days: int, **details: Any
    ) -> Purchase:
        """An invoice of one line, received so many days ago."""
        amount, rate = Decimal(net), supplier.vat_rate
        author = details.pop("author", self.accountant)
        line = PurchaseLineContent(label=label, net=amount, rate=rate, account=supplier.account)
        content = PurchaseContent(
            supplier=supplier,
            number=number,
            on=self.today - timedelta(days=days),
            purpose=label,
            lines=(line,),
            gross=amount + cents(amount * rate),
            **details,
        )
        return create_purchase(content=content, form_key=uuid.uuid4(), actor=author, today=self.today)

    def take(self, purchase: Purchase, who: User) -> Purchase:
        return take_purchase(purchase, actor=who, at=self.now)

    def approve(self, purchase: Purchase) -> Purchase:
        return approve_purchase(purchase, actor=self.accountant, at=self.now, looked=True)


def buy(shops: Sequence[Shop], population: Population, *, today: date, now: datetime) -> None:
    """Does: what this module says. Refuses: nothing. Leaves behind: suppliers, orders, purchases, a key."""
    by_code = {shop.plan.code: shop for shop in shops}
    main, other = by_code[_MAIN], by_code[_OTHER]
    house = Purchases(population, today=today, now=now)
    paper = house.supplier(1, "Papeterie des Chartrons", "Bordeaux", "601000")
    landlord = house.supplier(2, "SCI du Port", "Bordeaux", "611000", payment_days=0)
    lab = house.supplier(3, "Laboratoire Lumière & Fils", "Pessac", "604000", payment_days=45)
    _share_rent(house, landlord, shops[:3])
    _of_photographer(house, main, lab, paper)
    _of_others(house, other, paper)
    _propose(house, other)
    _beyond_its_cash(house, shops)


def _share_rent(house: Purchases, landlord: Supplier, shops: Sequence[Shop]) -> None:
    """The rent of the workshop by square metres, three months of it; the last one is to be approved."""
    areas = zip(shops, ("18", "24", "12.5"), strict=False)
    weights = tuple((section_of(shop.activity), Decimal(area)) for shop, area in areas)
    key: SplitKey = create_key(
        content=KeyContent(
            name="Loyer de l’atelier partagé",
            kind=SplitKind.AREA,
            weights=(*weights, (shared_section(), Decimal("9.5"))),
        ),
        form_key=uuid.uuid4(),
        starts_on=house.today - timedelta(days=400),
        actor=house.accountant,
    )
    for months_ago in (2, 1):
        rent = house.bought(
            landlord, f"L-{3 - months_ago}", "Loyer de l’atelier", "960.00", 30 * months_ago, split_key=key
        )
        order_payment(house.approve(house.take(rent, house.accountant)), actor=house.accountant)
    house.take(
        house.bought(landlord, "L-3", "Loyer de l’atelier", "960.00", 1, split_key=key), house.accountant
    )


def _of_photographer(house: Purchases, shop: Shop, lab: Supplier, paper: Supplier) -> None:
    """An order received in parts, its invoice, a credit note imputed, one to recognise, one in dispute."""
    order = _ordered(house, shop, lab)
    line = order.lines.get()
    receive_delivery(
        order,
        quantities={line.pk: Decimal(30)},
        on=house.today,
        form_key=uuid.uuid4(),
        actor=shop.author,
        reference="BL-7781",
    )
    facts = {"activity": shop.activity, "author": shop.author}
    invoice = house.bought(lab, "LF-5520", "Tirages de l’exposition", "420.00", 20, **facts)
    note = house.bought(lab, "LF-A031", "Tirages abîmés", "60.00", 12, kind=PurchaseKind.CREDIT_NOTE, **facts)
    approved = [house.approve(house.take(one, shop.author)) for one in (invoice, note)]
    impute_credit(approved[1], invoice=approved[0], on=house.today, actor=house.accountant)
    order_payment(approved[0], actor=house.accountant)
    house.bought(paper, "PC-1180", "Passe-partout et adhésifs", "118.40", 3, activity=shop.activity)
    disputed = house.bought(lab, "LF-5607", "Encadrements", "310.00", 8, **facts)
    dispute_purchase(
        disputed,
        kind="207",
        code="PU_ERR",
        reason="Le devis disait 26 € l’unité, la facture dit 31 €.",
        actor=shop.author,
        at=house.now,
        tells_supplier=True,
    )
    late = house.bought(paper, "PC-0987", "Papier d’archive", "245.00", 50, **facts)
    house.approve(house.take(late, shop.author))


def _ordered(house: Purchases, shop: Shop, lab: Supplier) -> PurchaseOrder:
    lines = (
        OrderLineContent(
            label="Tirages barytés 30 × 40", quantity=Decimal(50), unit_price=Decimal("8.40"), rate=_NORMAL
        ),
    )
    order = create_order(
        shop.activity,
        content=OrderContent(supplier=lab, purpose="Tirages de l’exposition", lines=lines),
        form_key=uuid.uuid4(),
        actor=shop.author,
        on=house.today,
    )
    approved = approve_order(submit_order(order, actor=shop.author), on=house.today, actor=house.accountant)
    return send_order(approved, to=lab.email, message="", actor=shop.author, at=house.now)


def _of_others(house: Purchases, shop: Shop, paper: Supplier) -> None:
    """A purchase that its activity recognised, one that somebody paid in advance, an order to approve."""
    facts = {"activity": shop.activity, "author": shop.author}
    house.take(house.bought(paper, "PC-1204", "Carnets et encres", "86.30", 5, **facts), shop.author)
    advanced = house.bought(
        paper, "PC-1219", "Fournitures d’atelier", "54.00", 10, advanced_by=shop.author.person, **facts
    )
    house.approve(house.take(advanced, shop.author))
    lines = (
        OrderLineContent(
            label="Écran 27 pouces", quantity=Decimal(1), unit_price=Decimal("389.00"), rate=_NORMAL
        ),
    )
    order = create_order(
        shop.activity,
        content=OrderContent(supplier=paper, purpose="Écran pour l’atelier", lines=lines),
        form_key=uuid.uuid4(),
        actor=shop.author,
        on=house.today,
    )
    submit_order(order, actor=shop.author)


def _beyond_its_cash(house: Purchases, shops: Sequence[Shop]) -> None:
    """A computer whose payment is held: the activity that has the least money buys more than it has."""
    maker = house.supplier(4, "Informatique des Quais", "Bordeaux", "606300")
    sections = {shop.plan.code: section_of(shop.activity) for shop in shops}
    left = cash_left(sections.values(), house.today)
    shop = min(shops, key=lambda one: left[sections[one.plan.code].pk])
    price = max(_COMPUTER, cents(left[sections[shop.plan.code].pk]))
    bought = house.bought(
        maker, "IQ-2214", "Ordinateur portable", str(price), 34, activity=shop.activity, author=shop.author
    )
    order_payment(house.approve(house.take(bought, shop.author)), actor=house.accountant)


def _propose(house: Purchases, shop: Shop) -> None:
    """A supplier that an activity proposes, and a change of bank details that waits for a call."""
    create_supplier(
        content=SupplierContent(name="Encres du Sud-Ouest", city="Agen"),
        form_key=uuid.uuid4(),
        actor=shop.author,
    )
    changed = Supplier.objects.get(name="Papeterie des Chartrons")
    propose_bank(changed, iban=_iban(99), actor=house.manager, at=house.now)


def _iban(rank: int) -> str:
    return str(
        IBAN.generate("FR", bank_code=_BANK, branch_code=_BRANCH, account_code=f"{_FIRST + rank:011d}")
    )
