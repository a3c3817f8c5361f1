"""What browsers load is ours, pinned, light, readable, and clean under the strict content policy."""

import gzip
import hashlib
import re
import tomllib
from itertools import product
from pathlib import Path

import django_htmx
import pytest

from cae.core import stylesheet

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES, VENDOR = ROOT / "static", ROOT / "templates", ROOT / "static" / "vendor"
ROOMS = ("cae", "people", "entrepreneurs", "accounting", "invoicing", "governance", "coworking")
PAGES = sorted(
    path
    for path in TEMPLATES.rglob("*.html")
    if path.relative_to(TEMPLATES).parts[0] not in {"emails", "pdf"}
)
OURS = sorted(
    [*(STATIC / "js").rglob("*.js"), *(STATIC / "css").rglob("*.css"), *(STATIC / "scss").glob("*.scss")]
)


def listed() -> dict[str, str]:
    packages = tomllib.loads((VENDOR / "vendor.toml").read_text())["package"]
    return {name: digest for package in packages for name, digest in package["files"].items()}


def test_every_vendored_file_is_the_one_that_was_listed() -> None:
    files = [path for path in VENDOR.rglob("*") if path.is_file() and path.name != "vendor.toml"]
    found = {str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == listed()


def test_every_vendored_package_says_its_version_and_licence() -> None:
    for package in tomllib.loads((VENDOR / "vendor.toml").read_text())["package"]:
        assert package["version"]
        assert package["licence"] in {"MIT", "OFL-1.1"}
        assert f"{package['name']}/LICENSE" in package["files"]


def test_the_style_sheet_is_what_its_sources_give() -> None:
    assert stylesheet.built_file().read_text() == stylesheet.compiled(STATIC), "run ./alveole css"


# Of every file in one test, which names those at fault.
LOADS = re.compile(r"""(?:src|href|url|action|import|from)\s*[=(]?\s*["'(]*\s*(?:https?:)?//[\w.-]+""")
NOT_IN_A_PAGE = {
    "style": re.compile(r"""\sstyle\s*=|<style"""),
    "script": re.compile(r"""<[^>]*\son\w+\s*=|<script(?![^>]*\ssrc=)|hx-on"""),
    "no Bootstrap script is loaded": re.compile("data-bs-toggle"),
}


def loads_from_elsewhere(path: Path) -> list[str]:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    return LOADS.findall(text) + (re.findall(r"https?://", text) if path.suffix != ".html" else [])


def test_no_page_asks_anything_from_another_host(tmp_path: Path) -> None:
    files = [*PAGES, *OURS, stylesheet.built_file()]
    assert {path.name: found for path in files if (found := loads_from_elsewhere(path))} == {}
    for name, text in (("a.html", '<img src="//cdn.example/x">'), ("b.css", "/* https://example.org */")):
        (tmp_path / name).write_text(text)
        assert loads_from_elsewhere(tmp_path / name)


@pytest.mark.parametrize("fault", NOT_IN_A_PAGE)
def test_no_template_writes_style_or_script(fault: str) -> None:
    written = NOT_IN_A_PAGE[fault]
    assert [str(path.relative_to(TEMPLATES)) for path in PAGES if written.search(path.read_text())] == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("style", '<p style = "x">'),
        ("style", "<style>"),
        ("script", '<p onclick="x">'),
        ("script", "<script>"),
        ("script", '<p hx-on:click="x">'),
        ("no Bootstrap script is loaded", "<p data-bs-toggle>"),
    ],
)
def test_what_a_template_never_writes_is_seen(fault: str, text: str) -> None:
    assert NOT_IN_A_PAGE[fault].search(text)
    assert not NOT_IN_A_PAGE[fault].search('<script src="/static/x.js"></script><p class="style on">')


def test_every_static_file_that_a_template_names_exists() -> None:
    names = {
        name for path in PAGES for name in re.findall(r"""{% static ["']([^"']+)["']""", path.read_text())
    }
    assert names
    assert [name for name in sorted(names) if not (STATIC / name).is_file()] == []


def source_text() -> str:
    parts = [path.read_text() for path in TEMPLATES.rglob("*.html")]
    parts += [path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return "\n".join(parts)


def test_every_icon_that_a_page_names_is_in_the_sprite_and_none_lies_idle() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "bootstrap-icons" / "sprite.svg").read_text()))
    text = source_text()
    named = set(re.findall(r"""{%-? icon ["']([\w-]+)["']""", text))
    named |= set(re.findall(r"""\bicon(?:"\s*:|=)\s*["']([\w-]+)["']""", text))
    assert named - drawn == set()
    assert {name for name in drawn if f'"{name}"' not in text} == set()


def modules_of(entry: Path) -> set[Path]:
    """The module, and all that it brings; those that other pages load for themselves are not among them."""
    found: set[Path] = set()
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            brought = re.findall(r"""from "(\.{1,2}/[^"]+)";""", path.read_text())
            waiting += [(path.parent / name).resolve() for name in brought]
    return found


def test_the_first_page_is_light() -> None:
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    sprite = VENDOR / "bootstrap-icons" / "sprite.svg"
    modules = modules_of(STATIC / "js" / "alveole.js")
    assert STATIC / "js" / "palette.js" in modules
    loaded = [stylesheet.built_file(), htmx, sprite, *modules]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in loaded)
    assert weight < 120_000, "150 KB with the page itself, fonts aside (interface.md §7)"


def test_every_module_is_short() -> None:
    assert [
        path.name for path in (STATIC / "js").rglob("*.js") if len(path.read_text().splitlines()) > 190
    ] == []


def tokens() -> dict[str, tuple[str, str]]:
    text = (STATIC / "css" / "tokens.css").read_text()
    return {
        name: (light, dark)
        for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", text)
    }


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("ground", "sheet", "raised", "sunken", "hover")
TEXTS = ("ink", "ink-soft", "primary", "link", "success", "info", "warning", "danger", "neutral")
TINTED = [(name, f"{name}-tint") for name in ("primary", "success", "info", "warning", "danger", "neutral")]
ON_TINTS = [("ink", f"{name}-tint") for name in ("success", "info", "warning", "danger", "primary")]
FILLED = [("on-primary", "primary-fill"), ("on-primary", "primary-fill-hover"), ("on-danger", "danger-fill")]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*product(TEXTS, GROUNDS), *TINTED, *ON_TINTS, *FILLED])
def test_words_are_readable(text: str, ground: str, theme: int) -> None:
    assert contrast(tokens()[text][theme], tokens()[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("edge", "ground"),
    [
        *product(("line-strong", "primary", "danger"), ("sheet", "ground")),
        *product([f"chart-{n}" for n in range(1, 9)], ("sheet",)),
    ],
)
def test_edges_of_controls_and_bars_stand_out(edge: str, ground: str, theme: int) -> None:
    assert contrast(tokens()[edge][theme], tokens()[ground][theme]) >= 3
