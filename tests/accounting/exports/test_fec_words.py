"""Each fault of a FEC is one sentence, which survives being kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounting.calculations.fec.check import Fault, FaultKind
from accounting.selectors.fec_words import fault_words, faults_as_kept, faults_kept


def test_a_sentence_names_the_line_the_column_and_what_stands_there() -> None:
    fault = Fault(FaultKind.ACCOUNT, 40_000, "CompteNum", "client")
    said = fault_words(fault).replace("\u202f", " ").replace("\u00a0", " ")
    assert said == "Ligne 40 000, colonne CompteNum : « client » ne commence pas par trois chiffres."
    assert fault_words(Fault(FaultKind.FIELDS, 7, "", "3")).endswith("il y a 3 champs au lieu de 18.")
    gap = fault_words(Fault(FaultKind.ENTRY_BALANCE, what="VE 1", gap=Decimal("-0.01")))
    assert gap.startswith("Fichier entier")
    assert "l’écriture VE 1 n’est pas équilibrée, de 0,01" in gap


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_has_its_words_and_comes_back_as_it_was(kind: FaultKind) -> None:
    fault = Fault(kind, 2, "Debit", "100 %", Decimal("1.10"))
    assert fault_words(fault).startswith("Ligne 2, colonne Debit")
    assert faults_kept(faults_as_kept([fault])) == [fault]
