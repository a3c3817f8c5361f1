"""Letters on paper: the page that a merged text makes, with or without signatures (ENT-22, ENT-23)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE, Block
from cae.core.pdf import Variant, render_pdf
from entrepreneurs.models import ContractTerms

STYLESHEET = "css/pdf/letter.css"
TEMPLATE = "pdf/entrepreneurs/letter.html"


@dataclass(frozen=True)
class Page:
    """A run of blocks as the page draws them: items stand together in one list."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


def drawn(blocks: Iterable[Block]) -> list[Page]:
    """Gives the blocks as a page draws them."""
    found: list[Page] = []
    for block in blocks:
        if block.kind != "item":
            found.append(Page(block.kind, block.text))
        elif found and found[-1].kind == "items":
            found[-1] = Page("items", items=(*found[-1].items, block.text))
        else:
            found.append(Page("items", items=(block.text,)))
    return found


def terms_pdf(terms: ContractTerms, blocks: Sequence[Block], *, on: date, **how: Any) -> bytes:
    """A contract or an amendment as PDF, with the places of those who sign it, in French whoever asks."""
    with translation.override(LANGUAGE):
        if how.get("proof") is None:
            how["signing"] = [str(terms.contract.person), cooperative_on(on).legal_name]
        return letter_pdf(blocks, title=str(terms), on=on, **how)


def letter_pdf(
    blocks: Sequence[Block],
    *,
    title: str,
    on: date,
    watermark: str = "",
    archive: bool = True,
    signing: Any = None,
    proof: Any = None,
) -> bytes:
    """The letter as PDF under the head of the cooperative; `signing` leaves the places of the signers,
    `proof` adds what was signed and the page that proves it."""
    with translation.override(LANGUAGE):
        html = render_to_string(
            TEMPLATE,
            {
                "title": title,
                "blocks": drawn(blocks),
                "house": cooperative_on(on),
                "on": on,
                "signing": signing,
                "proof": proof,
            },
        )
        return render_pdf(
            html,
            stylesheet=STYLESHEET,
            variant=Variant.ACCESSIBLE_ARCHIVE if archive else Variant.PLAIN,
            watermark=watermark,
        )
