"""Makes the script by which anyone verifies an election with Python and PyNaCl alone: the modules of the
engine that the auditor needs, one after the other in one file, and its sentences in both languages."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from governance.engines import ballots
from governance.engines.ballot_words import auditor_words
from governance.engines.ballots.auditor import LANGUAGES

TARGET = Path(settings.BASE_DIR) / "docs" / "verify" / "verify_election.py"
_PACKAGE = ballots.__name__
_FOLDER = Path(next(iter(ballots.__path__)))
_FIRST = "auditor"
_LIBRARY = "nacl"

_HEAD = '''#!/usr/bin/env python3
"""Verifies the public archive (.bel) of a secret vote held with Alvéole, or with Belenios on the group
Ed25519: Python 3.11 or later, PyNaCl, and nothing else.

    python3 -m pip install pynacl
    python3 verify_election.py --help            (in English: --lang en --help)

What it verifies, what it proves and what it does not: README.md beside it. These are the modules of
governance/engines/ballots that the auditor needs, word for word, put together by `manage.py write_verifier`.
Licence: AGPL-3.0-or-later.
"""

from __future__ import annotations
'''

_WITHOUT_LIBRARY = """except ImportError:
    sys.exit("PyNaCl est nécessaire / is needed: python3 -m pip install pynacl")
"""

_TAIL = """
if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    sys.exit(audit_alone(WORDS, sys.argv[1:]))
"""


class CannotAssemble(Exception):
    """Two modules give one name to two things, or import one another in a way that a single file cannot."""


def assembled() -> str:
    """The text of the script: the same for the same sources and the same translations."""
    modules = {name: ast.parse(_source(name)) for name in _in_order(_FIRST, ())}
    _refuse_names_given_twice(modules)
    imports = [_imports_of(modules.values()), *(_body(name, module) for name, module in modules.items())]
    return "\n\n".join([_HEAD + "\n" + imports[0], *imports[1:], _words(), _TAIL.lstrip()])


def _source(name: str) -> str:
    return (_FOLDER / f"{name}.py").read_text()


def _in_order(name: str, above: tuple[str, ...]) -> list[str]:
    """This module after all that it imports of ours."""
    if name in above:
        raise CannotAssemble(f"{name} imports itself")
    found: list[str] = []
    for node in _imports(ast.parse(_source(name))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_PACKAGE):
            found += _in_order(_short(node), (*above, name))
    return list(dict.fromkeys([*found, name]))


def _short(node: ast.ImportFrom) -> str:
    """Only `from …ballots.module import name`: a single file has no other way to name a thing."""
    package, _, short = (node.module or "").rpartition(".")
    if package != _PACKAGE or any(one.asname for one in node.names):
        raise CannotAssemble(f"line {node.lineno}: import names from a module of {_PACKAGE}, as they are")
    return short


def _imports(module: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in module.body if isinstance(node, ast.Import | ast.ImportFrom)]


def _imports_of(modules: Iterable[ast.Module]) -> str:
    """What all of them import from elsewhere: the standard library, then PyNaCl, which may be missing."""
    plain: set[str] = set()
    named: dict[str, set[str]] = {}
    for node in (node for module in modules for node in _imports(module)):
        if isinstance(node, ast.Import):
            plain |= {one.name for one in node.names}
        elif node.module and node.module != "__future__" and not node.module.startswith(_PACKAGE):
            named.setdefault(node.module, set()).update(one.name for one in node.names)
    library = {name: named.pop(name) for name in sorted(named) if name.split(".")[0] == _LIBRARY}
    lines = [f"import {name}" for name in sorted(plain)]
    lines += [_import(name, names) for name, names in sorted(named.items())]
    guarded = [_indented(_import(name, names)) for name, names in library.items()]
    return "\n".join([*lines, "", "try:", *guarded, _WITHOUT_LIBRARY])


def _import(module: str, names: set[str]) -> str:
    line = f"from {module} import {', '.join(sorted(names))}"
    if len(line) <= 100:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in sorted(names)), ")"])


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines())


def _body(name: str, module: ast.Module) -> str:
    """The module without its imports, under its name and its first sentence."""
    opening = ast.get_docstring(module) or ""
    comment = [f"# {'-' * 20} {name}", *(f"# {line}".rstrip() for line in opening.splitlines())]
    lines = _source(name).splitlines()
    last = max(node.end_lineno or 0 for node in [module.body[0], *_imports(module)])
    return "\n".join([*comment, "", *lines[last:]]).strip("\n").replace("\n\n\n\n", "\n\n\n") + "\n"


def _refuse_names_given_twice(modules: dict[str, ast.Module]) -> None:
    owners: dict[str, str] = {}
    for name, module in modules.items():
        for given in _names_given(module):
            if owners.setdefault(given, name) != name:
                raise CannotAssemble(f"{owners[given]} and {name} both give the name {given}")


def _names_given(module: ast.Module) -> list[str]:
    """What the module names at its top, private names too."""
    found = []
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets += [node.target] if isinstance(node, ast.AnnAssign) else []
        found += [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
    return found


def _words() -> str:
    lines = ["# The sentences, by language.", "WORDS = {"]
    for language in LANGUAGES:
        with override(language):
            words = auditor_words()
        lines.append(f"    {json.dumps(language)}: {{")
        lines += [f"        {json.dumps(name)}: {_literal(words[name])}," for name in words]
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def _literal(sentence: str) -> str:
    return json.dumps(sentence, ensure_ascii=False)
