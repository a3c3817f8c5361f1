"""A logo is an image and nothing else: read by its content, drawn anew, harmless on screen and in PDF/A."""

from __future__ import annotations

import re
from io import BytesIO

from lxml import etree

from cae.core.uploads import kind_of
from invoicing.engines.pictures import Picture, on_paper, picture_fault

# Printed at 55 mm at most: 300 points an inch and some more.
MOST_SIDE = 900
# What a drawing comes to once every reference is followed: a few lines that repeat one another may be a bomb.
MOST_SHAPES = 3000
# A long outline is worth several shapes; nothing nests deeper in an honest drawing.
_SIGNS_OF_A_SHAPE, _DEEPEST = 50, 60

_SVG = "http://www.w3.org/2000/svg"
# Shapes and their paints: neither text (no font of ours), nor picture, nor script, nor style sheet.
_SHAPES = frozenset(
    {"svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline"}
    | {"polygon", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "use", "symbol"}
)
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|@import|expression\(|\\", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:^|url\(\s*['\"]?)\s*#([^)'\"\s]+)")


def logo_fault(content: bytes) -> str:
    """Why a file is no logo: programme, unknown, broken, huge, active; or nothing."""
    kind = kind_of(content)
    if kind == "programme":
        return "programme"
    if kind in ("png", "jpeg"):
        return picture_fault(content)
    if kind == "text" and b"<svg" in content[:4096]:
        return _drawing_fault(content)
    return "unknown"


def printable_logo(content: bytes) -> Picture:
    """The logo drawn anew: an opaque RGB picture without metadata, or the drawing as it is."""
    if kind_of(content) == "text":
        return Picture(content, "image/svg+xml", "svg")
    kept = BytesIO()
    on_paper(content, side=MOST_SIDE).save(kept, "PNG", optimize=True)
    return Picture(kept.getvalue(), "image/png", "png")


def _drawing_fault(content: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return "broken"
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in content:
        return "active"
    elements = list(root.iter())
    if len(elements) > MOST_SHAPES:
        return "huge"
    if not all(_is_shape(one) for one in elements):
        return "active"
    named = {str(one.get("id")): one for one in elements if one.get("id")}
    return "huge" if _worth(root, named, {}, 0) > MOST_SHAPES else ""


def _worth(
    element: etree._Element, named: dict[str, etree._Element], known: dict[str, int], deep: int
) -> int:
    """How many shapes an element draws, those that it refers to included; too many for a circle."""
    if deep > _DEEPEST:
        return MOST_SHAPES + 1
    values = [str(value) for value in element.attrib.values()]
    total = 1 + max(map(len, values), default=0) // _SIGNS_OF_A_SHAPE
    for name in (name for value in values for name in _REFERENCE.findall(value)):
        if name in named and name not in known:
            known[name] = MOST_SHAPES + 1
            known[name] = _worth(named[name], named, known, deep + 1)
        total += known.get(name, 0)
    return total + sum(_worth(child, named, known, deep + 1) for child in element)


def _is_shape(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return element.tag is etree.Comment
    name = etree.QName(element)
    if name.namespace != _SVG or name.localname not in _SHAPES:
        # What a drawing program notes for itself is harmless inside « metadata » alone.
        return any(etree.QName(one).localname == "metadata" for one in element.iterancestors())
    return all(_is_harmless(str(key), str(value)) for key, value in element.attrib.items())


def _is_harmless(key: str, value: str) -> bool:
    plain = etree.QName(key).localname.lower()
    if plain.startswith("on"):
        return False
    if plain == "href":
        return value.startswith("#")
    return _ELSEWHERE.search(value) is None
