"""Places on a drawing: where each stands to the others, north above (COW-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians

# Points left free around the drawing, for pins and names.
MARGIN = 40
# Less than that apart, two places would be drawn on each other: the drawing never shows less land.
LEAST_DEGREES = Decimal("0.05")
# As high as a name is written, as wide as a letter of it, as far from the middle of its spot; half a spot.
LINE, LETTER, BESIDE, PIN = Decimal(18), Decimal("7.5"), Decimal(12), Decimal(6)


@dataclass(frozen=True)
class Frame:
    """How land is laid on a drawing: one scale both ways, degrees of longitude narrowed as they are at the
    middle latitude."""

    west: Decimal
    north: Decimal
    narrowing: Decimal
    scale: Decimal
    left: Decimal
    top: Decimal

    def at(self, latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal]:
        """Gives (x, y) in points of the drawing; what lies outside of it, outside."""
        across = longitude * self.narrowing - self.west
        return self.left + across * self.scale, self.top + (self.north - latitude) * self.scale


def frame_of(coordinates: Sequence[tuple[Decimal, Decimal]], width: int, height: int) -> Frame:
    """The largest frame that holds these (latitude, longitude), in the middle of a drawing of this size."""
    north, south = max(lat for lat, _lon in coordinates), min(lat for lat, _lon in coordinates)
    narrowing = Decimal(str(round(cos(radians(float((north + south) / 2))), 6)))
    across = [lon * narrowing for _lat, lon in coordinates]
    west, east = min(across), max(across)
    room_x, room_y = Decimal(width - 2 * MARGIN), Decimal(height - 2 * MARGIN)
    scale = min(room_x / max(east - west, LEAST_DEGREES), room_y / max(north - south, LEAST_DEGREES))
    left = (Decimal(width) - (east - west) * scale) / 2
    top = (Decimal(height) - (north - south) * scale) / 2
    return Frame(west, north, narrowing, scale, left, top)


@dataclass(frozen=True)
class Label:
    """Where a name is written: at which height, at the left or at the right of its spot."""

    y: Decimal
    to_left: bool


Box = tuple[Decimal, Decimal, Decimal, Decimal]


def labels(spots: Sequence[tuple[Decimal, Decimal]], lengths: Sequence[int], width: int) -> list[Label]:
    """Gives where the names of these spots are written, in their order: each at the right of its spot, else
    at its left, else lower, as soon as it touches no name and no spot; `lengths` in letters."""
    taken: list[Box] = [(x - PIN, y - PIN, x + PIN, y + PIN) for x, y in spots]
    found: dict[int, Label] = {}
    for rank in sorted(range(len(spots)), key=lambda rank: (spots[rank][1], rank)):
        x, y = spots[rank]
        for step in range(len(spots) + 1):
            tried = [Label(y + step * LINE, to_left) for to_left in (False, True)]
            boxes = [_box(x, label, lengths[rank]) for label in tried]
            free = [
                (label, box)
                for label, box in zip(tried, boxes, strict=True)
                if box[0] >= 0 and box[2] <= width and not any(_meet(box, other) for other in taken)
            ]
            if free:
                found[rank] = free[0][0]
                taken.append(free[0][1])
                break
        else:
            found[rank] = Label(y, x > width // 2)
    return [found[rank] for rank in range(len(spots))]


def _box(x: Decimal, label: Label, letters: int) -> Box:
    wide = letters * LETTER
    left = x - BESIDE - wide if label.to_left else x + BESIDE
    return left, label.y - LINE / 2, left + wide, label.y + LINE / 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
