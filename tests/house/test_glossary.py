"""One French term, one identifier: the glossary says what the code says."""

import re
from pathlib import Path

from django.apps import apps
from django.utils.translation import override

ROOMS = ("core", "people", "entrepreneurs", "accounting", "invoicing", "governance", "coworking")
GLOSSARY = (Path(__file__).parent.parent.parent / "docs/glossary.md").read_text()


def test_every_model_has_its_term_and_every_term_one_model() -> None:
    written = re.findall(r"^\| (.+?) \| `(\w+\.\w+)` \|", GLOSSARY, flags=re.MULTILINE)
    with override("fr"):
        models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
        coded = {
            (str(model._meta.verbose_name), f"{model._meta.app_label}.{model.__name__}") for model in models
        }
    assert set(written) == coded
    terms = [term for term, _identifier in written]
    assert len(terms) == len(set(terms))
