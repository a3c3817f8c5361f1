"""The curve in plain Python, from its equation: to check libsodium by, and to imitate an old one."""

from __future__ import annotations

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

Point = tuple[int, int]


def read(data: bytes) -> Point | None:
    """The point that RFC 8032 writes so; None where there is none, or where it has another writing."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return (P - x if x % 2 != sign else x), y


def write(point: Point) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def plus(left: Point, right: Point) -> Point:
    (x1, y1), (x2, y2) = left, right
    product = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + y1 * x2) * pow(1 + product, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P)
    return x % P, y % P


def times(k: int, point: Point) -> Point:
    total = (0, 1)
    while k:
        if k & 1:
            total = plus(total, point)
        point, k = plus(point, point), k >> 1
    return total


def lax_is_valid_point(data: bytes) -> bool:
    """What libsodium answered before CVE-2025-69277 was mended: it looked only whether the x of q·P was 0."""
    point = read(data)
    return point is not None and times(8, point) != (0, 1) and times(Q, point)[0] == 0


def lax_scalarmult(k: bytes, data: bytes) -> bytes:
    point = read(data)
    if point is None or not lax_is_valid_point(data):
        raise RuntimeError
    product = times(int.from_bytes(k, "little"), point)
    if product == (0, 1):
        raise RuntimeError
    return write(product)
