"""Rules of the house that a machine can read in the files."""

import ast
import functools
import re
from collections.abc import Callable, Iterable
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
    "coworking/calculations/maps.py",
    "invoicing/engines/checker/",
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports_of(node: ast.AST) -> list[ast.Import | ast.ImportFrom]:
    return [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]


def opens_without_a_word(path: Path) -> bool:
    """A module opens with a sentence that says why it exists."""
    return bool(path.read_text().strip()) and not ast.get_docstring(tree_of(path))


def is_long(path: Path) -> bool:
    """Over so many lines, is it still one room?"""
    return path.read_text().count("\n") > (150 if path.suffix == ".html" else 400)


def imports_inside(path: Path) -> list[str]:
    lazy = LAZY.get(relative(path), set()) | ({READY} if path.name == "apps.py" else set())
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]
    return [one.name for one in functions if imports_of(one) and one.name not in lazy]


def imports_all(path: Path) -> bool:
    names = [name.name for node in imports_of(tree_of(path)) for name in node.names]
    return "*" in names and "settings" not in path.parts


def has_floats(path: Path) -> list[str]:
    if relative(path).startswith(FLOATS_ALLOWED):
        return []
    return [f"line {getattr(node, 'lineno', '?')}" for node in ast.walk(tree_of(path)) if is_float(node)]


def is_float(node: ast.AST) -> bool:
    literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
    return literal or called or field


def translates_under_another_name(path: Path) -> list[str]:
    """`gettext as _now` works, but its sentences are collected by nothing and have no English."""
    return [
        name.asname
        for node in imports_of(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.asname not in (None, "_")
    ]


def handles_signals(path: Path) -> bool:
    if relative(path).startswith("cae/embedded/"):
        return False
    return bool(re.search(r"django\.db\.models\.signals|@receiver\b", path.read_text()))


def asks_any_day(path: Path) -> bool:
    """Year 1 or 9999 is a slip of the finger: taken as it is, it shuts out every day before or after it
    (cae.core.forms.DayField knows)."""
    own = {"cae/core/forms.py", "cae/core/views/components.py"}
    return relative(path) not in own and "forms.DateField(" in path.read_text()


def writes_style_or_script(path: Path) -> bool:
    if "emails" in path.parts:  # mail programs read nothing but inline styles
        return False
    written = r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|hx-on|javascript:"
    return bool(re.search(written, path.read_text()))


# One test a rule, which names every file at fault: one for each of three thousand files and each rule was
# half of the suite by number, and minutes of nothing but being called.
Rule = Callable[[Path], object]
OF_MODULES: list[Rule] = [
    opens_without_a_word,
    is_long,
    imports_inside,
    imports_all,
    has_floats,
    translates_under_another_name,
    handles_signals,
    asks_any_day,
]
OF_TEMPLATES: list[Rule] = [is_long, writes_style_or_script]


def at_fault(rule: Rule, paths: Iterable[Path]) -> list[str]:
    return [f"{relative(path)}: {fault}" for path in paths if (fault := rule(path))]


@pytest.mark.parametrize("rule", OF_MODULES)
def test_no_module(rule: Rule) -> None:
    assert at_fault(rule, MODULES) == []


@pytest.mark.parametrize("rule", OF_TEMPLATES)
def test_no_template(rule: Rule) -> None:
    assert at_fault(rule, TEMPLATES) == []


SINS = """from os import *
from django.utils.translation import gettext as _now
from django.db.models.signals import post_save
day = forms.DateField()
half = 0.5
def late():
    import re
""" + ("\n" * 400)


def test_each_rule_sees_what_it_forbids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    sinner, saint = tmp_path / "sinner.py", tmp_path / "saint.py"
    sinner.write_text(SINS)
    saint.write_text('"""Why it exists."""\n\nhalf = "0.5"\n')
    assert [rule for rule in OF_MODULES if not at_fault(rule, [sinner])] == []
    assert [rule for rule in OF_MODULES if at_fault(rule, [saint])] == []
    page, good = tmp_path / "page.html", tmp_path / "good.html"
    page.write_text('<p style="color: red">' + "\n" * 151)
    good.write_text('<p class="muted">\n')
    assert [rule for rule in OF_TEMPLATES if not at_fault(rule, [page])] == []
    assert [rule for rule in OF_TEMPLATES if at_fault(rule, [good])] == []


# « – » parts a day from another, a title from a name: « — » alone says that there is nothing.
ALONE = re.compile(r"""(["'])–\1|>\s*–\s*<|%\}–\{%|^\s*–\s*$""", re.MULTILINE)


def test_nothing_is_written_one_way() -> None:
    written = [*MODULES, *TEMPLATES, *sorted((ROOT / "static/js").rglob("*.js"))]
    assert [relative(path) for path in written if ALONE.search(path.read_text())] == []
    assert [
        text for text in ('"–"', "<td>–</td>", "{% if a %}–{% endif %}", "\n  –\n") if not ALONE.search(text)
    ] == []
