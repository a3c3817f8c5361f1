"""What the house writes in a row is kept apart from any language, and said in that of whoever reads it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, override

from cae.core.kept_words import house_words, in_french, kept, translated

ASSOCIATE = gettext_lazy("Entrée au sociétariat")


def test_a_sentence_of_ours_is_said_in_each_language_whoever_wrote_it() -> None:
    with override("en"):
        row = kept(gettext_lazy("%(name)s, période %(number)d"), name=ASSOCIATE, number=2)
    with override("fr"):
        assert translated(row) == "Entrée au sociétariat, période 2"
    with override("en"):
        assert translated(row) == "Becoming an associate, period 2"
        assert in_french(row) == "Entrée au sociétariat, période 2"


def test_what_somebody_typed_is_never_translated() -> None:
    row = kept(gettext_lazy("Fin de l’assurance %(cover)s"), cover="Entrée au sociétariat")
    with override("en"):
        assert translated(kept("Entrée au sociétariat")) == "Entrée au sociétariat"
        assert translated(row).endswith("Entrée au sociétariat")
        assert translated(row) != in_french(row)
    assert kept(row) is row
    assert translated(kept("50 %")) == "50 %"
    assert translated({}) == ""


def test_a_line_of_a_text_column_is_french_and_its_parts_are_said() -> None:
    with override("en"):
        line = house_words(ASSOCIATE, "Claire Dupont")
        assert line == "Entrée au sociétariat · Claire Dupont"
        assert translated(line) == "Becoming an associate · Claire Dupont"
        assert translated("") == ""
        assert translated("Parce que") == "Parce que"
