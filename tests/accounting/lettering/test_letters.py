"""Lettering by hand, taken back, by thread, by reversal; what the database refuses by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounting.models import Account, AnalyticAccount, LetteredLine, Lettering
from accounting.selectors.accounts import section_of
from accounting.services import lettering
from accounting.services.lettering import letter_entries, letter_lines, unletter
from accounting.services.reversing import reverse_entry
from cae.core.errors import Code
from cae.core.models import AuditEntry
from tests.factories.accounting_lettering import DAY, left, third
from tests.factories.entrepreneurs import make_activity
from tests.refusals import refused

pytestmark = pytest.mark.django_db
LATER = date(2026, 4, 1)


@pytest.fixture
def section() -> AnalyticAccount:
    return section_of(make_activity())


def test_a_part_then_the_rest_then_back(section: AnalyticAccount) -> None:
    owed, first = third(section, "120.00"), third(section, "-100.00", on=LATER)
    partial = letter_lines([owed, first], actor=None, on=LATER)
    assert (str(partial), partial.left, left("customer")) == (partial.code.lower(), 20, ["20.00"])
    # On a day before the money, the whole was owed.
    assert left("customer", on=DAY) == ["120.00"]
    last = third(section, "-20.00", on=LATER)
    whole = letter_lines([owed, last], actor=None, on=LATER)
    assert (str(whole), whole.line_count, left("customer")) == (whole.code, 3, [])
    assert left("customer", on=DAY) == ["120.00"]
    partial.refresh_from_db()
    assert (partial.is_live, partial.undone_reason) == (False, "Repris avec d’autres lignes")
    with refused(Code.VALUE_MISSING, "reason"):
        unletter(whole, reason=" ", actor=None, at=timezone.now())
    unletter(whole, reason="Erreur de client", actor=None, at=timezone.now())
    assert left("customer") == ["120.00", "-100.00", "-20.00"]
    with refused(Code.ALREADY_DONE, "reason", "déjà défait"):
        unletter(whole, reason="Encore", actor=None, at=timezone.now())
    assert AuditEntry.objects.filter(verb="accounting.unletter").count() == 1


def test_one_undone_meanwhile_by_another_hand_keeps_its_reason(
    section: AnalyticAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed, first, last = (third(section, amount) for amount in ("120.00", "-100.00", "-20.00"))
    partial = letter_lines([owed, first], actor=None, on=DAY)
    gather = lettering._with_theirs

    def undone_meanwhile(*told: Any) -> Any:
        found = gather(*told)
        unletter(partial, reason="Erreur de client", actor=None, at=timezone.now())
        return found

    monkeypatch.setattr(lettering, "_with_theirs", undone_meanwhile)
    whole = letter_lines([owed, last], actor=None, on=DAY)
    partial.refresh_from_db()
    assert (partial.undone_reason, whole.line_count, left("customer")) == ("Erreur de client", 3, [])


def test_what_does_not_answer_is_refused(section: AnalyticAccount) -> None:
    owed, paid = third(section, "120.00"), third(section, "-120.00")
    elsewhere = third(section_of(make_activity()), "-120.00")
    supplier = third(section, "-120.00", account="supplier")
    bank = paid.entry.lines.exclude(pk=paid.pk).get()
    other_bank = owed.entry.lines.exclude(pk=owed.pk).get()
    same_side = third(section, "5.00")
    for lines, code, said in (
        ([owed], Code.VALUE_MISSING, "deux lignes"),
        ([owed, owed], Code.VALUE_MISSING, "deux lignes"),
        ([owed, same_side], Code.VALUE_INVALID, "un crédit"),
        ([owed, elsewhere], Code.VALUE_INVALID, "section"),
        ([owed, supplier], Code.VALUE_INVALID, "compte"),
        ([bank, other_bank], Code.VALUE_INVALID, "lettrable"),
    ):
        with refused(code, "lines", said):
            letter_lines(lines, actor=None, on=DAY)
    letter_lines([owed, paid], actor=None, on=DAY)
    again = third(section, "-120.00")
    with refused(Code.ALREADY_DONE, "lines", "déjà lettrée"):
        letter_lines([owed, again], actor=None, on=DAY)


def test_a_reversal_comes_out_and_the_rest_stays_together(section: AnalyticAccount) -> None:
    owed, one, other = (third(section, amount) for amount in ("120.00", "-100.00", "-20.00"))
    whole = letter_lines([owed, one, other], actor=None, on=DAY)
    back = reverse_entry(other.entry, on=LATER, reason="Chèque impayé", actor=None)
    whole.refresh_from_db()
    assert whole.undone_reason == f"Contre-passée par · {back}"
    assert left("customer") == ["20.00"]
    live = Lettering.objects.filter(undone_at=None, account__role="customer").order_by("pk")
    assert [(row.left, row.line_count) for row in live] == [(20, 2), (0, 2)]
    # Nothing of it was lettered: nothing else happens than the pair.
    alone = third(section, "7.00")
    reverse_entry(alone.entry, on=LATER, reason="Erreur", actor=None)
    assert left("customer") == ["20.00"]


def test_the_thread_of_a_document_grows_and_leaves_the_rest_alone(section: AnalyticAccount) -> None:
    owed, paid, other = (
        third(section, "120.00"),
        third(section, "-50.00"),
        third(section, "-70.00", label="F-9"),
    )
    entries = [owed.entry, paid.entry, other.entry]
    roles = ("customer",)
    letter_entries(entries, roles=roles, names={"F-1"}, actor=None)
    (partial,) = Lettering.objects.all()
    letter_entries(entries, roles=roles, names={"F-1"}, actor=None)
    letter_entries(entries, roles=("supplier",), actor=None)
    assert (partial.left, Lettering.objects.count()) == (70, 1)
    letter_entries(entries, roles=roles, actor=None)
    assert left("customer") == []
    # What is answered stays so, whatever is said again.
    letter_entries([*entries, third(section, "-3.00").entry], roles=roles, actor=None)
    assert left("customer") == ["-3.00"]
    Account.objects.filter(role="customer").update(is_lettered=False)
    assert left("customer") == []


def test_postgresql_has_the_last_word(section: AnalyticAccount) -> None:
    owed, paid, more = third(section, "120.00"), third(section, "-120.00"), third(section, "1.00")
    made = letter_lines([owed, paid], actor=None, on=DAY)
    check = connection.check_constraints
    check()
    for statement in (
        lambda: LetteredLine.objects.create(lettering=made, line=owed),
        lambda: LetteredLine.objects.create(lettering=made, line=more) and check(),
        lambda: (
            Lettering.objects.filter(pk=made.pk).update(undone_at=timezone.now(), undone_reason="x")
            and check()
        ),
        lambda: Lettering.objects.filter(pk=made.pk).update(left=5),
        lambda: connection.cursor().execute("DELETE FROM accounting_letteredline"),
        lambda: connection.cursor().execute("DELETE FROM accounting_lettering"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
    unletter(made, reason="Erreur", actor=None, at=timezone.now())
    check()
    with pytest.raises(DatabaseError), transaction.atomic():
        made.lines.update(is_live=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Lettering.objects.filter(pk=made.pk).update(undone_reason="Autre")
