"""Makes the sales of a workshop from the kit of its trade: the same ones each time, by its code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from cae.demonstration.loading.customers import CUSTOMERS, PRIVATE_PERSONS
from cae.demonstration.loading.plans import Article, Bought, Credit, Plan, Receipt, Sale, buy, paid
from cae.demonstration.loading.trades import KITS, Kit
from cae.demonstration.loading.workshops import WORKSHOPS, Workshop
from invoicing.states.sales import CreditPart, PaymentMode

# How many documents a workshop issues in a year, drawn among these.
COUNTS = (5, 5, 5, 6, 6)
# Private persons buy less than firms.
PRIVATE_SHARE = Decimal("0.35")
SPAN = 350
MAIN_SHARE = Decimal("0.7")
# Euros: what anybody may add to a document.
CHEAP = 40


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
    days = [
        span * (100 * rank + draw.randint(10, 80)) // (100 * count) + 3 for rank in reversed(range(count))
    ]
    sales = [_sale(draw, kit, ago, kit.yearly // count) for ago in days]
    if _one_in(draw, 3):
        sales.append(replace(_sale(draw, kit, 3, kit.yearly // count), ago=None, receipts=(), credits=()))
    return tuple(sales)


def _sale(draw: Random, kit: Kit, ago: int, usual: int) -> Sale:
    customer = draw.choice(kit.customers)
    target = Decimal(usual * draw.randint(60, 140)) / 100
    if customer in PRIVATE_PERSONS:
        target *= PRIVATE_SHARE
    lines = lines_worth(draw, kit, target)
    receipts = _receipts(draw, ago, target, customer)
    return Sale(
        customer,
        lines,
        ago,
        purpose=draw.choice(kit.purposes) if not _one_in(draw, 3) else "",
        order=order_of(draw, customer),
        receipts=receipts,
        credits=() if receipts else _credits(draw, ago, lines),
    )


def _one_in(draw: Random, many: int) -> bool:
    return not draw.randrange(many)


def order_of(draw: Random, customer: str) -> str:
    """Some customers pay nothing that names no order of theirs."""
    return f"BC-{draw.randint(2400, 2999)}" if CUSTOMERS[customer].purchase_order_required else ""


def lines_worth(draw: Random, kit: Kit, target: Decimal) -> tuple[Bought, ...]:
    """One or two lines whose sum is near this amount."""
    # A lump sum dearer than the whole document is left for another day.
    keys = [key for key, article in kit.articles.items() if _price(article) <= max(target, Decimal(CHEAP))]
    main = draw.choice(keys or [min(kit.articles, key=lambda key: _price(kit.articles[key]))])
    others = [key for key in keys if key != main and _price(kit.articles[key]) <= target / 2]
    share = MAIN_SHARE if others else 1
    first = buy(
        main, _quantity(kit.articles[main], target * share), off="0.05" if _one_in(draw, 10) else None
    )
    if not others:
        return (first,)
    other = draw.choice(others)
    return first, buy(other, _quantity(kit.articles[other], target * (1 - share)))


def _price(article: Article) -> Decimal:
    return Decimal(article.price)


def _quantity(article: Article, worth: Decimal) -> int:
    return max(1, round(worth / _price(article)))


def _receipts(draw: Random, ago: int, target: Decimal, customer: str) -> tuple[Receipt, ...]:
    mode = draw.choice((PaymentMode.CARD, PaymentMode.CHEQUE)) if customer in PRIVATE_PERSONS else None
    chance = draw.randrange(100)
    if chance < (82 if ago >= 40 else 35 if ago >= 20 else 0):
        late = draw.randint(8, 19) if ago < 40 else draw.randint(18, 39)
        return (paid(ago - late, mode=mode or PaymentMode.TRANSFER),)
    if ago >= 40 and chance < 90:
        part = max(20, int(target) // 25 * 10)
        return (paid(ago - draw.randint(5, 30), f"{part}.00", mode or PaymentMode.TRANSFER),)
    return ()


def _credits(draw: Random, ago: int, lines: tuple[Bought, ...]) -> tuple[Credit, ...]:
    if lines[0].quantity < Decimal(3) or not _one_in(draw, 5):
        return ()
    reason = draw.choice(("Prestation écourtée", "Geste commercial convenu", "Erreur de quantité"))
    return (Credit(reason, max(1, ago - draw.randint(2, 25)), CreditPart.LINES, {1: "1"}),)
