"""Rules of the house that a machine can read in the files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("cae", "people", "entrepreneurs", "accounting", "invoicing", "governance", "coworking")
MODULES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# The few modules that may import inside a function, each saying why beside the import (architecture 3).
LAZY = {
    "cae/core/pdf.py": {"_press"},
    "cae/core/stylesheet.py": {"compiled"},
}
# `ready()` is the moment when models exist: what it imports could not be imported above.
READY = "ready"
# Measured times and screen coordinates are not money.
FLOATS_ALLOWED = (
    "cae/embedded/",
    "cae/core/charts.py",
    "cae/demonstration/bench/",
    "invoicing/engines/checker/",
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_opens_with_one_sentence_and_stays_short(path: Path) -> None:
    text = path.read_text()
    if not text.strip():
        return
    assert ast.get_docstring(ast.parse(text)), "a module opens with a sentence that says why it exists"
    assert text.count("\n") <= 400, "over 400 lines: is it still one room?"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_import_inside_a_function_and_no_star(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for function in functions(tree):
        inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
        allowed = function.name in LAZY.get(relative(path), set()) or (
            path.name == "apps.py" and function.name == READY
        )
        assert not inner or allowed, f"{function.name} imports inside"
    stars = [
        n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and any(a.name == "*" for a in n.names)
    ]
    assert not stars or "settings" in path.parts


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_float_where_money_passes(path: Path) -> None:
    if relative(path).startswith(FLOATS_ALLOWED):
        return
    for node in ast.walk(ast.parse(path.read_text())):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
        assert not any((literal, called, field)), f"line {getattr(node, 'lineno', '?')}: a float"


def test_a_sentence_is_translated_under_a_name_that_the_collector_knows() -> None:
    """`gettext as _now` works, but its sentences are collected by nothing and have no English."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                odd = [name.asname for name in node.names if name.asname not in (None, "_")]
                assert not odd, f"{relative(path)}: {odd}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_signal_handler(path: Path) -> None:
    if relative(path).startswith("cae/embedded/"):
        return
    assert not re.search(r"django\.db\.models\.signals|@receiver\b", path.read_text())


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_day_is_asked_by_the_field_that_knows_what_a_day_may_be(path: Path) -> None:
    """Year 1 or 9999 is a slip of the finger: taken as it is, it shuts out every day before or after it."""
    if relative(path) not in {"cae/core/forms.py", "cae/core/views/components.py"}:
        assert "forms.DateField(" not in path.read_text(), "cae.core.forms.DayField"


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_a_template_is_short_and_writes_no_style_nor_script(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 150
    if "emails" in path.parts:  # mail programs read nothing but inline styles
        return
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|hx-on|javascript:", text)


# « – » parts a day from another, a title from a name: « — » alone says that there is nothing.
ALONE = re.compile(r"""(["'])–\1|>\s*–\s*<|%\}–\{%|^\s*–\s*$""", re.MULTILINE)


def test_nothing_is_written_one_way() -> None:
    written = [*MODULES, *TEMPLATES, *sorted((ROOT / "static/js").glob("*.js"))]
    assert [relative(path) for path in written if ALONE.search(path.read_text())] == []
    assert [
        text for text in ('"–"', "<td>–</td>", "{% if a %}–{% endif %}", "\n  –\n") if not ALONE.search(text)
    ] == []
