"""Words that the house writes in a row: kept apart from any language, said in that of whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override

# What somebody typed, or a name: read as it is. What is ours: a French sentence, and the facts in it.
TYPED, OURS, FACTS = "typed", "ours", "facts"
# Parts of a line are told apart by it, on every page.
BETWEEN = " · "


def house_words(*parts: Any) -> str:
    """Gives a line as a text column keeps it: in French whoever acts, each lazy part being its own msgid."""
    with override(settings.LANGUAGE_CODE):
        return BETWEEN.join(str(part) for part in parts)


def kept(words: Any, **facts: Any) -> dict[str, Any]:
    """Gives what a row keeps of a sentence: a lazy one is ours and will be translated, its facts too when
    they are lazy; anything else was typed by somebody and stays as it is."""
    if isinstance(words, dict):
        return words
    if not isinstance(words, Promise):
        return {TYPED: str(words)}
    with override(settings.LANGUAGE_CODE):
        sentence: dict[str, Any] = {OURS: str(words)}
    if facts:
        sentence[FACTS] = {
            name: fact if isinstance(fact, int) else kept(fact) for name, fact in facts.items()
        }
    return sentence


def in_french(words: Mapping[str, Any]) -> str:
    """Gives a kept sentence in French, for what is searched or sorted."""
    with override(settings.LANGUAGE_CODE):
        return translated(words)


def translated(words: str | Mapping[str, Any]) -> str:
    """Gives kept words in the language of the moment. Of a text column, which also holds what people type,
    the parts that the catalogue knows are translated."""
    if isinstance(words, str):
        return BETWEEN.join(gettext(part) if part else "" for part in words.split(BETWEEN))
    if OURS not in words:
        return str(words.get(TYPED, ""))
    facts = {
        name: fact if isinstance(fact, int) else translated(fact)
        for name, fact in words.get(FACTS, {}).items()
    }
    sentence = gettext(words[OURS])
    return sentence % facts if facts else sentence


def _fact(fact: Any) -> Any:
    return fact if isinstance(fact, int) else translated(fact)
