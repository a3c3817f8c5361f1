"""A version is made whole or refused; what was kept never changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounting.calculations.layouts.faults import Fault, Wrong
from accounting.calculations.layouts.layout import Typed
from accounting.models import LayoutLine, StatementLayout
from accounting.selectors.layouts import fault_sentence, in_force, layouts_of
from accounting.services.layouts import create_layout
from cae.core.errors import Code
from cae.core.models import AuditEntry
from people.states import RoleKind
from tests.factories import accounting_layouts as made
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

LINES = (Typed("VENTES", "Ventes", accounts="70"), Typed("DOUBLE", "Double", formula="2 × VENTES"))


def create(**details: Any) -> StatementLayout:
    facts: dict[str, Any] = {
        "code": "resultat",
        "kind": "income",
        "label": "Compte de résultat",
        "lines": LINES,
        "valid_from": date(2026, 3, 1),
        "reason": "Demande du conseil",
        "actor": None,
    }
    return create_layout(**facts | details)


def test_a_version_follows_another() -> None:
    actor = make_user(RoleKind.ACCOUNTANT)
    first, second = made.layout("resultat"), create(actor=actor)
    first.refresh_from_db()
    assert (second.version, second.valid_to, first.valid_to) == (2, None, date(2026, 2, 28))
    assert AuditEntry.objects.get(verb="accounting.create_layout").actor == actor
    known = layouts_of("income")
    assert in_force(known, date(2026, 2, 28)) == first
    assert in_force(known, date(2026, 3, 1)) == second
    other = create(code="synthese", valid_from=date(2020, 1, 1))
    # The layout that was there first stays the one that is shown.
    assert in_force(layouts_of("income"), date(2026, 3, 1)) == second
    assert in_force([other], date(1999, 1, 1)) == other
    assert in_force([], date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    ("details", "code", "field", "said"),
    [
        ({"lines": ()}, Code.VALUE_MISSING, "lines", "au moins une ligne"),
        ({"lines": (*LINES, Typed("X", formula="Y"))}, Code.VALUE_INVALID, "lines.2.formula", "code Y"),
        ({"reason": " "}, Code.VALUE_MISSING, "reason", "pourquoi"),
        ({"valid_from": date(1980, 1, 1)}, Code.PERIOD_INVALID, "valid_from", "couvre déjà"),
        ({"code": "bilan"}, Code.VALUE_INVALID, "code", "autre état"),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(
    details: dict[str, Any], code: Code, field: str, said: str
) -> None:
    with refused(code, field, said), transaction.atomic():
        create(**details)


@pytest.mark.parametrize("wrong", list(Wrong))
@pytest.mark.parametrize("word", ["", "MOT"])
def test_every_fault_has_its_sentence(wrong: Wrong, word: str) -> None:
    said = fault_sentence(Fault(0, "code", wrong, word))
    assert said.endswith((".", ".."))


def test_the_database_keeps_what_was_made() -> None:
    layout = made.layout("resultat")
    line = layout.lines.first()
    assert line is not None
    for change in (
        lambda: StatementLayout.objects.filter(pk=layout.pk).update(label="Autre"),
        lambda: StatementLayout.objects.filter(pk=layout.pk).delete(),
        lambda: LayoutLine.objects.filter(pk=line.pk).update(accounts="6"),
        lambda: LayoutLine.objects.filter(pk=line.pk).delete(),
        lambda: LayoutLine.objects.create(layout=layout, rank=99, code="x", label="x", accounts="6"),
        lambda: LayoutLine.objects.create(
            layout=layout, rank=99, code="X", label="x", accounts="6", formula="A"
        ),
        lambda: LayoutLine.objects.create(
            layout=layout, rank=99, code="X", label="x", accounts="6", in_percent=True
        ),
        lambda: (
            create(code="autre", reason="Ok")
            and StatementLayout.objects.create(
                code="autre", version=2, kind="income", label="x", valid_from=date(2027, 1, 1), reason="x"
            )
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
