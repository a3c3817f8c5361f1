"""The nets that the contribution counts: by category of sale, the discount on the whole shared out."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from invoicing.calculations.categories import Sold, nets_by_category
from invoicing.calculations.totals import Adjustment

FULL, REDUCED = ("S", Decimal("0.2000")), ("S", Decimal("0.1000"))
nets = st.decimals(min_value="0.01", max_value="5000", places=2)


def test_a_discount_falls_on_the_lines_of_its_rate() -> None:
    lines = [
        Sold("ordinary", FULL, Decimal("300.00")),
        Sold("training", FULL, Decimal("100.00")),
        Sold("ordinary", REDUCED, Decimal("50.00")),
    ]
    found = nets_by_category(lines, [Adjustment(Decimal("40.00"), *FULL)])
    assert found == {"ordinary": Decimal("320.00"), "training": Decimal("90.00")}


@given(st.lists(nets, min_size=1, max_size=6), st.decimals(min_value="0", max_value="1", places=2))
def test_the_nets_add_up_to_the_document(amounts: list[Decimal], part: Decimal) -> None:
    lines = [Sold("training" if rank % 2 else "ordinary", FULL, net) for rank, net in enumerate(amounts)]
    off = (sum(amounts) * part).quantize(Decimal("0.01"))
    found = nets_by_category(lines, [Adjustment(off, *FULL)] if off else [])
    assert sum(found.values()) == sum(amounts) - off
