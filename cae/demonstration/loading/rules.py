"""Makes the sales of a workshop from the kit of its trade: the same ones each time, by its code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from cae.demonstration.loading.customers import CUSTOMERS, PRIVATE_PERSONS
from cae.demonstration.loading.plans import Article, Bought, Credit, Plan, Receipt, Sale, buy, paid
from cae.demonstration.loading.trades import KITS, Kit
from cae.demonstration.loading.workshops import WORKSHOPS, Workshop
from invoicing.states import CreditPart, PaymentMode

# How many documents a workshop issues in a year, drawn among these.
COUNTS = (5, 5, 5, 6, 6)
# Private persons buy less than firms.
PRIVATE_SHARE = 0.35
SPAN = 350


def workshop_plans() -> tuple[Plan, ...]:
    return tuple(_plan(workshop) for workshop in WORKSHOPS)


def _plan(workshop: Workshop) -> Plan:
    kit, slug = KITS[workshop.kit], workshop.code.lower()
    return Plan(
        code=workshop.code,
        name=workshop.name,
        trade=kit.trade,
        people=workshop.people,
        territory=workshop.territory,
        portfolio=workshop.portfolio,
        opened_ago=workshop.opened_ago,
        email=f"contact@{slug}.example",
        phone=f"05 36 49 01 {sum(map(ord, slug)) % 100:02d}",
        articles=dict(kit.articles),
        sales=_sales(workshop, kit),
        scheme=workshop.scheme,
    )


def _sales(workshop: Workshop, kit: Kit) -> tuple[Sale, ...]:
    # Not for secrets: the same code always draws the same sales.
    draw = Random(f"co-actions:{workshop.code}")  # noqa: S311
    count, span = draw.choice(COUNTS), min(SPAN, workshop.opened_ago - 12)
    days = [int(span * (rank + draw.uniform(0.1, 0.8)) / count) + 3 for rank in reversed(range(count))]
    sales = [_sale(draw, kit, ago, kit.yearly / count) for ago in days]
    if draw.random() < 0.3:
        sales.append(replace(_sale(draw, kit, 3, kit.yearly / count), ago=None, receipts=(), credits=()))
    return tuple(sales)


def _sale(draw: Random, kit: Kit, ago: int, usual: float) -> Sale:
    customer = draw.choice(kit.customers)
    target = usual * draw.uniform(0.6, 1.4) * (PRIVATE_SHARE if customer in PRIVATE_PERSONS else 1)
    lines = lines_worth(draw, kit, target)
    receipts = _receipts(draw, ago, target, customer)
    return Sale(
        customer,
        lines,
        ago,
        purpose=draw.choice(kit.purposes) if draw.random() < 0.7 else "",
        order=order_of(draw, customer),
        receipts=receipts,
        credits=() if receipts else _credits(draw, ago, lines),
    )


def order_of(draw: Random, customer: str) -> str:
    """Some customers pay nothing that names no order of theirs."""
    return f"BC-{draw.randint(2400, 2999)}" if CUSTOMERS[customer].purchase_order_required else ""


def lines_worth(draw: Random, kit: Kit, target: float) -> tuple[Bought, ...]:
    """One or two lines whose sum is near this amount."""
    # A lump sum dearer than the whole document is left for another day.
    keys = [key for key, article in kit.articles.items() if _price(article) <= max(target, 40)]
    main = draw.choice(keys or [min(kit.articles, key=lambda key: _price(kit.articles[key]))])
    others = [key for key in keys if key != main and _price(kit.articles[key]) <= target * 0.5]
    share = 0.7 if others else 1.0
    first = buy(
        main, _quantity(kit.articles[main], target * share), off="0.05" if draw.random() < 0.1 else None
    )
    if not others:
        return (first,)
    other = draw.choice(others)
    return first, buy(other, _quantity(kit.articles[other], target * (1 - share)))


def _price(article: Article) -> float:
    return float(article.price)


def _quantity(article: Article, worth: float) -> int:
    return max(1, round(worth / _price(article)))


def _receipts(draw: Random, ago: int, target: float, customer: str) -> tuple[Receipt, ...]:
    mode = draw.choice((PaymentMode.CARD, PaymentMode.CHEQUE)) if customer in PRIVATE_PERSONS else None
    chance = draw.random()
    if chance < (0.82 if ago >= 40 else 0.35 if ago >= 20 else 0):
        late = draw.randint(8, 19) if ago < 40 else draw.randint(18, 39)
        return (paid(ago - late, mode=mode or PaymentMode.TRANSFER),)
    if ago >= 40 and chance < 0.9:
        part = max(20, int(target * 0.4) // 10 * 10)
        return (paid(ago - draw.randint(5, 30), f"{part}.00", mode or PaymentMode.TRANSFER),)
    return ()


def _credits(draw: Random, ago: int, lines: tuple[Bought, ...]) -> tuple[Credit, ...]:
    if lines[0].quantity < Decimal(3) or draw.random() > 0.2:
        return ()
    reason = draw.choice(("Prestation écourtée", "Geste commercial convenu", "Erreur de quantité"))
    return (Credit(reason, max(1, ago - draw.randint(2, 25)), CreditPart.LINES, {1: "1"}),)
