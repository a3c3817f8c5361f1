"""A name that begins with a vowel takes « d’ » and « qu’ », in French only."""

import pytest
from django.template import Context, Template
from django.utils.translation import gettext_lazy, override

from cae.core.elision import elided


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Association Les Mouettes", "Réponse d’Association Les Mouettes"),
        ("Émile Roussel", "Réponse d’Émile Roussel"),
        ("Hélène Marchand", "Réponse d’Hélène Marchand"),
        ("Yves Delmas", "Réponse d’Yves Delmas"),
        ("Yann Le Goff", "Réponse de Yann Le Goff"),
        ("Œuvres et Bois", "Réponse d’Œuvres et Bois"),
        ("Çelik", "Réponse de Çelik"),
        ("3D Atelier", "Réponse de 3D Atelier"),
        ("100 % bois", "Réponse de 100 % bois"),
        ("", "Réponse de "),
    ],
)
def test_the_name_decides(name: str, said: str) -> None:
    assert elided("Réponse de %(name)s", {"name": name}) == said


def test_only_what_stands_before_a_name_is_joined() -> None:
    values = {"kind": "devis", "activity": "Atelier", "customer": "Anne"}
    said = "De %(activity)s : %(kind)s de %(customer)s, parce que %(activity)s le veut ; inde %(activity)s"
    assert elided(said, values) == "D’Atelier : devis d’Anne, parce qu’Atelier le veut ; inde Atelier"


def test_other_languages_join_nothing() -> None:
    assert elided("Reply from %(name)s", {"name": "Anne"}) == "Reply from Anne"


def test_a_sentence_waits_for_its_language() -> None:
    assert elided(gettext_lazy("Réponse de %(name)s"), {"name": "Anne"}) == "Réponse d’Anne"


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "une activité d’Anne &amp; Cie"), ("en", "an activity of Anne &amp; Cie")]
)
def test_a_template_says_it_in_the_language_of_its_page(language: str, said: str) -> None:
    template = Template('{% load formats %}{% elided _("une activité de %(name)s") name=name %}')
    with override(language):
        assert template.render(Context({"name": "Anne & Cie"})) == said
