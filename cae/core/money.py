"""Money is Decimal, rounded half up to the cent in one place, and shared without losing a cent."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ZERO = Decimal("0.00")
CENT = Decimal("0.01")

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")


def cents(amount: Decimal) -> Decimal:
    """Gives `amount` (euros) rounded half up, away from zero: 0.005 → 0.01, -0.005 → -0.01."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def euros(amount: Decimal) -> Decimal:
    """Gives `amount` rounded half up to the euro, as taxes are declared (CGI art. 1724): 12.50 → 13.00."""
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP).quantize(CENT)


def share(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Gives `total` (euros) cut in proportion to `weights`; the parts add up to `total` to the cent.

    Each part is first cut down to the cent, then the cents left go to the largest remainders, the
    first of equals first. Raises ValueError when the weights do not add up to something positive.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be positive")
    sign = -1 if total < 0 else 1
    units = int((abs(total) / CENT).to_integral_exact())
    exact = [units * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: units - sum(parts)]:
        parts[i] += 1
    return [sign * part * CENT for part in parts]


def parse_amount(text: str) -> Decimal:
    """Gives the amount a French or English hand typed: « 12,5 », « 12.5 », « 1 234,56 € ».

    Raises ValueError when it is not a number, or ambiguous (« 1,234.56 »).
    """
    plain = _SPACES.sub("", text).removesuffix("€").replace("−", "-")
    if plain.count(",") + plain.count(".") > 1 or not re.fullmatch(r"[+-]?\d*[.,]?\d+|[+-]?\d+[.,]", plain):
        raise ValueError("not a number")
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError("not a number") from error
