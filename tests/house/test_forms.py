"""Every form of the house, drawn as a page draws it: no chooser offers dashes for nothing."""

from __future__ import annotations

import copy
import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from cae.core import form_drawing

ROOMS = ("cae.core", "cae.portal", "people", "entrepreneurs", "accounting", "invoicing", "governance")
OPTION = re.compile(r"<option value=\"\"[^>]*>([^<]*)</option>")


def forms_of_the_rooms() -> list[type[forms.BaseForm]]:
    """Those that a page may draw: all modules are read first, a form being known once written."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    found = {each for each in below(forms.BaseForm) if each.__module__.startswith(ROOMS)}
    return sorted(found, key=lambda each: f"{each.__module__}.{each.__qualname__}")


def below(parent: type[Any]) -> Iterator[type[Any]]:
    for child in parent.__subclasses__():
        yield child
        yield from below(child)


@pytest.mark.django_db
@pytest.mark.parametrize("required", [True, False])
def test_no_chooser_offers_dashes_for_nothing(required: bool) -> None:
    faults, drawn = [], 0
    for each in forms_of_the_rooms():
        bare = forms.Form()
        for name, field in getattr(each, "base_fields", {}).items():
            if isinstance(field, forms.ChoiceField):
                bare.fields[name] = copy.deepcopy(field)
                bare.fields[name].required = required
                parts = form_drawing.parts(bare[name])
                words = OPTION.findall(str(parts["control"]))
                words += [str(choice.choice_label) for choice in parts["choices"]]
                drawn += len(words)
                if any(not word.strip("- ") for word in words):
                    faults.append(f"{each.__module__}.{each.__qualname__}.{name}: {words}")
    assert drawn > 100
    assert faults == []


@pytest.mark.parametrize(("required", "word"), [(True, "Choisir…"), (False, "Non renseigné")])
def test_a_chooser_says_in_a_word_that_nothing_is_chosen(required: bool, word: str) -> None:
    class Choosers(forms.Form):
        dashed = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], required=required)
        blank = forms.ChoiceField(choices=[("", ""), ("a", "A")], required=required)
        said = forms.ChoiceField(choices=[("", "Toutes"), ("a", "A")], required=required)
        radio = forms.ChoiceField(
            choices=[("", "---------"), ("a", "A")], required=required, widget=forms.RadioSelect
        )

    form = Choosers()
    shown = {name: form_drawing.parts(form[name]) for name in form.fields}
    assert OPTION.findall(str(shown["dashed"]["control"])) == [word]
    assert OPTION.findall(str(shown["blank"]["control"])) == [word]
    assert OPTION.findall(str(shown["said"]["control"])) == ["Toutes"]
    assert [each.choice_label for each in shown["radio"]["choices"]] == [word, "A"]
