"""What a new version says that it changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.calculations.versions import Change, SaidLine, changes
from invoicing.selectors.versions import changes_of
from invoicing.services.inputs import DraftContent
from invoicing.services.quoting import save_quote_draft
from tests.factories import invoicing as make
from tests.factories import quotes

D = Decimal
NBSP, THIN = "\xa0", "\u202f"


def said(label: str, net: str = "10", **details: object) -> SaidLine:
    return SaidLine(label, D(1), D(net), D(net), **details)  # type: ignore[arg-type]


def test_what_comes_what_goes_what_changes() -> None:
    before = [said("A"), said("B"), said("C")]
    after = [said("C"), said("B", "20"), said("D")]
    assert changes(before, after) == (
        Change(said("B"), said("B", "20")),
        Change(None, said("D")),
        Change(said("A"), None),
    )
    assert changes(before, before) == ()
    with pytest.raises(ValueError, match="about a line"):
        _ = Change(None, None).line


def test_namesakes_are_taken_in_order() -> None:
    before = [said("A", "1"), said("A", "2")]
    assert changes(before, [said("A", "2"), said("A", "3")]) == (Change(said("A", "1"), said("A", "3")),)


some = st.lists(st.builds(said, st.sampled_from("ABC"), st.sampled_from(["1", "2", "3"])), max_size=8)


@given(some, some)
def test_applying_the_changes_gives_the_new_version(before: list[SaidLine], after: list[SaidLine]) -> None:
    found = changes(before, after)
    rebuilt = list(before)
    for change in found:
        if change.before is not None:
            rebuilt.remove(change.before)
        if change.after is not None:
            rebuilt.append(change.after)
    assert sorted(rebuilt, key=str) == sorted(after, key=str)


@pytest.mark.django_db
def test_the_sentences_of_a_version() -> None:
    first = quotes.approved(
        None, make.line("100", label="Séance"), make.line("50", label="Tirage"), valid_until=date(2026, 4, 1)
    )
    assert changes_of(first, on=make.DAY) is None
    new = quotes.revision(first)
    content = DraftContent(
        customer=new.customer,
        lines=(
            make.line("100", label="Séance", quantity=D(3)),
            make.line("90", label="Cadre", optional=True),
        ),
        valid_until=date(2026, 5, 1),
        discount_amount=D("30.00"),
    )
    new = save_quote_draft(new, content=content, version=new.version, actor=None)
    found = changes_of(new, on=make.DAY)
    assert found is not None
    plain = [sentence.replace(NBSP, " ").replace(THIN, " ") for sentence in found.sentences]
    assert plain == [
        "Modifié : Séance, 100,00 € HT → 3 × 100,00 € = 300,00 € HT.",
        "Ajouté : Cadre, 90,00 € en option, HT.",
        "Retiré : Tirage, 50,00 € HT.",
        "Valable jusqu’au : 01/04/2026 → 01/05/2026.",
        "Remise sur le total : 0,00 € → 30,00 €.",
        "Total HT : 150,00 € → 270,00 €.",
        "Total TTC : 180,00 € → 324,00 €.",
    ]
