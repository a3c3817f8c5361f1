"""French joins « de » and « que » to a vowel: a name put into a sentence reads « d’Atelier Bois »."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

# In the msgid, the little word and the value that follows it; other languages have none.
_JOINT = re.compile(r"\b([Dd]|[Qq]u)e %\((\w+)\)s")
# A name in H is nearly always mute (« d’Hélène »); Y joins before a consonant only (« d’Yves », « de Yann »).
_JOINED = re.compile(r"[aeiouhœæ]|y[^aeiouy]")


def elided(sentence: Any, values: Mapping[str, Any]) -> str:
    """Gives the sentence filled in: « compte de %(name)s » with Anne is « compte d’Anne »."""
    return _JOINT.sub(lambda joint: _join(joint, values), str(sentence)) % values


def _join(joint: re.Match[str], values: Mapping[str, Any]) -> str:
    word, name = joint.groups()
    return f"{word}’%({name})s" if is_joined(values[name]) else joint[0]


def is_joined(name: object) -> bool:
    """« de » and « que » lose their vowel before this name."""
    plain = unicodedata.normalize("NFD", str(name).strip()).lower()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return bool(_JOINED.match(letters))
