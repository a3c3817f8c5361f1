"""A text with fields is merged exactly, or refused in words that say what to put right (ENT-22)."""

from __future__ import annotations

from datetime import date

import pytest

from cae.core import letters
from cae.core.errors import Code, Refused
from cae.core.letters import (
    Block,
    LetterField,
    LetterSubject,
    check_letter,
    draft_letter,
    example_letter,
    merge_letter,
    provide_fields,
)

ON = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def fields(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Two rooms that give fields; what they hold is changed by the test."""
    held = {"prenom": "Anne", "nom": "Lenoir", "fin": "", "objectifs": ""}
    monkeypatch.setattr(letters, "GROUPS", {})
    provide_fields(
        "personne",
        label="La personne",
        fields={"prenom": LetterField("Prénom", "Claire"), "nom": LetterField("Nom", "Dupouy")},
        provider=lambda subject: held,
    )
    provide_fields(
        "contrat",
        label="Le contrat",
        fields={"fin": LetterField("Fin", "31 mai"), "objectifs": LetterField("Objectifs", "Trois clients")},
        provider=lambda subject: held,
    )
    return held


def merged(body: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in merge_letter(body, LetterSubject(None, ON))]


def test_a_text_becomes_titles_paragraphs_and_lists() -> None:
    body = "# Contrat\r\n\r\nBonjour {{ personne.prenom }},\nà vous."
    body += "\n\n## Moyens\n- Un bureau\n- Une aide\nVoilà."
    assert merged(body) == [
        ("title", "Contrat"),
        ("paragraph", "Bonjour Anne,\nà vous."),
        ("heading", "Moyens"),
        ("item", "Un bureau"),
        ("item", "Une aide"),
        ("paragraph", "Voilà."),
    ]


def test_a_vowel_joins_the_word_before_it() -> None:
    assert merged("Le contrat de {{ personne.prenom }}") == [("paragraph", "Le contrat d’Anne")]


@pytest.mark.parametrize(
    ("end", "said"), [("", "Sans terme."), ("31 mai", "Jusqu’au 31 mai."), ("<b>", "Jusqu’au <b>.")]
)
def test_a_passage_stands_when_its_field_holds_something(fields: dict[str, str], end: str, said: str) -> None:
    fields["fin"] = end
    body = "{% si contrat.fin %}Jusqu’au {{ contrat.fin }}.{% sinon %}Sans terme.{% fin %}"
    assert merged(body) == [("paragraph", said)]


def test_a_value_may_hold_paragraphs_and_a_list_but_no_heading_nor_field(fields: dict[str, str]) -> None:
    fields["objectifs"] = "Vendre.\n- un\n- deux\n\n# pas un titre {{ personne.nom }} {% si x %}"
    assert merged("{{ contrat.objectifs }}") == [
        ("paragraph", "Vendre."),
        ("item", "un"),
        ("item", "deux"),
        ("paragraph", "# pas un titre {{ personne.nom }} {% si x %}"),
    ]


def test_nothing_is_printed_with_a_hole() -> None:
    with pytest.raises(Refused) as refusal:
        merged("Jusqu’au {{ contrat.fin }}.")
    assert refusal.value.code == Code.VALUE_MISSING
    assert "Fin (contrat.fin)" in str(refusal.value)
    assert draft_letter("Au {{ contrat.fin }}.", LetterSubject(None, ON)) == [
        Block("paragraph", "Au [contrat.fin].")
    ]


def test_examples_stand_for_nobody() -> None:
    assert example_letter("{{ personne.prenom }} {{ personne.nom }}") == [Block("paragraph", "Claire Dupouy")]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("  ", "Écrivez le texte"),
        (
            "{{ personne.prenomm }}",
            "Ligne 1, champ inconnu : personne.prenomm — vouliez-vous dire personne.prenom ?",
        ),
        ("{{ zzz.qqqqqq }}", "Ligne 1, champ inconnu : zzz.qqqqqq. Choisissez-en un"),
        ("{% si contrat.fim %}x{% fin %}", "vouliez-vous dire contrat.fin"),
        ("{% si contrat.fin %}x", "n’est pas fermée"),
        ("x{% fin %}", "aucune condition n’est ouverte"),
        ("x{% sinon %}", "aucune condition n’est ouverte"),
        ("{% si contrat.fin %}{% si personne.nom %}x{% fin %}{% fin %}", "ne s’ouvre pas dans une autre"),
        ("{{ personne.nom }", "accolades"),
        ("{% include 'secret' %}", "accolades"),
        ("{{ personne.nom|upper }}", "accolades"),
        ("{# note #}", "accolades"),
        (
            "# Titre\n\n{{ personne.nom }} et {{ zzz.qqqqqq }}\n{% si aaaa.b %}x{% fin %}",
            "Ligne 4, champ inconnu",
        ),
        (
            "# Titre\n\n{{ personne.nom }} et {{ zzz.qqqqqq }}\n{% si aaaa.b %}x{% fin %}",
            "Ligne 3, champ inconnu",
        ),
        ("Un\n\n{{ personne.nom }", "Ligne 3, «"),
        ("Un\n{% si contrat.fin %}\nx", "Ligne 2, la condition"),
    ],
)
def test_what_cannot_be_merged_is_told_in_plain_words(body: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_letter(body)
    assert said in str(refusal.value)
    assert refusal.value.field == "body"


def test_a_whole_text_is_taken() -> None:
    check_letter("# {{ personne.nom }}\n\n{% si contrat.fin %}{{ contrat.fin }}{% fin %}")


def test_a_prefix_is_provided_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        provide_fields("personne", label="", fields={}, provider=lambda subject: {})
