"""A colour that can be read: its contrast with paper, a darker tone when it is too pale, its tints (INV-29).

Computed on whole numbers and decimals: relative luminance and contrast as WCAG 2.2 defines them."""

from __future__ import annotations

import re
from decimal import Decimal

# Text smaller than 18 points, white on the colour or the colour on white (WCAG 1.4.3).
LEAST_CONTRAST = Decimal("4.5")

_PLAIN = re.compile(r"#[0-9a-f]{6}")
_LIGHT = Decimal("0.05")


def is_colour(text: str) -> bool:
    """« #1f5f5b »: six hexadecimal digits in lower case."""
    return _PLAIN.fullmatch(text) is not None


def contrast_with_white(colour: str) -> Decimal:
    """From 1 (white) to 21 (black)."""
    return (1 + _LIGHT) / (_luminance(colour) + _LIGHT)


def is_readable(colour: str) -> bool:
    return contrast_with_white(colour) >= LEAST_CONTRAST


def darkened(colour: str) -> str:
    """The same hue, as light as reading allows: black at the end is always readable."""
    tones = (_mixed(colour, "#000000", hundredths) for hundredths in range(100, -1, -1))
    return next(filter(is_readable, tones))


def tint(colour: str) -> str:
    """A ground on which dark text stands out."""
    return _mixed(colour, "#ffffff", 7)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _mixed(colour: str, other: str, hundredths: int) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(
        f"{(one * hundredths + two * (100 - hundredths) + 50) // 100:02x}" for one, two in pairs
    )


def _luminance(colour: str) -> Decimal:
    weights = (Decimal("0.2126"), Decimal("0.7152"), Decimal("0.0722"))
    return sum((w * _linear(c) for w, c in zip(weights, _channels(colour), strict=True)), Decimal(0))


def _linear(channel: int) -> Decimal:
    share = Decimal(channel) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
