"""One thing that a person may do to a document, as a button or an entry of a menu."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """A page that opens, or something done at once."""

    word: str
    url: str
    icon: str
    posts: bool = False
    # The id of its form, so that « Reprendre » beside a message may send it.
    form: str = ""
