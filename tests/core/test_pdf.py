"""The press: which characters it prints, and what it may read."""

from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from cae.core.pdf import REPLACEMENT, SPACES, Variant, _press, printable, render_pdf

STYLE = "css/pdf/invoice.css"


@pytest.fixture(scope="module")
def covered():
    return _press().covered


@pytest.mark.parametrize(
    "text", ["Élodie Œuvrard", "Ελλάδα", "Привет", "مكتبة", "北京书店", "東京デザイン", "Łódź €½→", "🎨☕🐝"]
)
def test_names_of_the_world_are_printed_as_they_are(covered, text):
    assert printable(text, covered) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00b\x07c\x1b", "abc"),
        ("e\u0301te\u0301", "été"),
        ("Ma\u200dri\u200be\ufeff\u00ad", "Marie"),
        ("\u202egnal\u202c", "gnal"),
        ("❤\ufe0f👍🏽", "❤👍"),
        ("un\u2028deux\r\ntrois", "un\ndeux\ntrois"),
        ("\U00013000", REPLACEMENT),
        ("\ue000\uffff\U0010ffff", REPLACEMENT * 3),
        ("a\u1680b\u3000c", "a b c"),
    ],
)
def test_what_no_font_draws_is_replaced(covered, text, printed):
    assert printable(text, covered) == printed


def test_the_replacement_itself_is_drawn(covered):
    assert ord(REPLACEMENT) in covered


def test_common_han_is_covered(covered):
    level_one = {
        ord(bytes((first, second)).decode("gb2312"))
        for first in range(0xB0, 0xD7)
        for second in range(0xA1, 0xFF)
    }
    assert len(level_one) > 3600
    assert not level_one - covered


def test_every_font_draws_the_spaces():
    """A space takes the font of the character before it; without glyph it would spoil the archive."""
    for path in Path(finders.find("fonts/pdf/Inter-Regular.ttf")).parent.glob("*.ttf"):
        assert {ord(space) for space in SPACES} <= set(TTFont(path).getBestCmap()), path.name


def test_only_files_and_data_are_read():
    fetcher = _press().fetcher
    with pytest.raises(ValueError, match="http"):
        fetcher.fetch("http://example.org/logo.png")


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "{static}/../../manage.py", "{static}/../pdf/../../../README.md", "{static}/../base.css"],
)
def test_no_other_file_of_the_machine_is_read(path):
    address = "file://" + path.format(static=finders.find("css/pdf"))
    with pytest.raises(ValueError, match="not a file of the press"):
        _press().fetcher.fetch(address)
    html = f'<p>x<img src="{address}"><a rel="attachment" href="{address}">y</a></p>'
    pdf = render_pdf(html, stylesheet=STYLE, variant=Variant.PLAIN)
    assert not PdfReader(BytesIO(pdf)).attachments


def test_each_font_has_its_licence_and_all_stay_light():
    folder = Path(finders.find("fonts/pdf/Inter-Regular.ttf")).parent
    assert len(list(folder.glob("LICENSE-*.txt"))) == 4
    assert sum(path.stat().st_size for path in folder.iterdir()) < 4_500_000


def test_fonts_are_embedded_and_shipped_ones_only():
    html = '<html lang="fr"><p>Été 北京 مكتبة 🎨 fin</p>'
    pdf = render_pdf(html, stylesheet=STYLE, variant=Variant.ACCESSIBLE_ARCHIVE)
    fonts = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert {name.partition("+")[2] for name in names} == {"Print", "Print-Wide", "Print-Han", "Print-Emoji"}


def test_the_watermark_cannot_carry_css():
    pdf = render_pdf(
        "<p>x</p>", stylesheet=STYLE, variant=Variant.PLAIN, watermark='A"; } body { content: "B\\'
    )
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
