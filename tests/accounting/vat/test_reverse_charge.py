"""Tax that the cooperative owes in place of a supplier: due, deducted, once for a line bought (ACC-40)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.entries import credit, debit
from accounting.selectors.vat import purchases_untaxed, worked
from accounting.services.reversing import reverse_entry
from accounting.services.vat_rulings import self_assess
from cae.core.errors import Code
from cae.core.facts import sources_of
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_vat import IN_MARCH, bought, make_section, opened, post
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def test_reverse_charge_is_due_and_deducted_and_posted_once(accountant: User) -> None:
    section = make_section()
    abroad = bought(section, "218300", "0", "100.00", "0").lines.get(vat_rate=0)
    taxed = bought(section, "606100", "20", "10.00", "2.00").lines.get(account__number="606100")
    facts = {"kind": "eu_goods", "rate": D(20), "recovery": D("0.5"), "on": IN_MARCH, "actor": accountant}
    for changes, code, field in (
        ({"kind": "export"}, Code.VALUE_INVALID, "kind"),
        ({"rate": D(7)}, Code.VALUE_INVALID, "rate"),
        ({"on": date(2026, 3, 1)}, Code.DATE_INVALID, "on"),
        ({"recovery": D("1.5")}, Code.VALUE_INVALID, "recovery"),
        ({"recovery": D("-0.1")}, Code.VALUE_INVALID, "recovery"),
    ):
        with refused(code, field):
            self_assess(abroad, **(facts | changes))
    with refused(Code.ILLEGAL_MOVE):
        self_assess(taxed, **facts)
    entry = self_assess(abroad, **facts)
    posted = {line.account.number: line.debit - line.credit for line in entry.lines.all()}
    assert posted == {"445620": D(10), "218300": D(10), "445200": D(-20)}
    assert [one.is_assessed for one in purchases_untaxed()] == [True]
    with refused(Code.ALREADY_DONE):
        self_assess(abroad, **facts)
    said = {
        code: (one.base, one.tax) for code, one in worked(opened()).figures.items() if one.tax or one.base
    }
    assert said["B2"] == (D(100), D(0))
    assert said["17"] == (D(0), D(20))
    assert (said["19"], said["20"]) == ((D(0), D(10)), (D(0), D(2)))


def test_two_like_lines_of_one_purchase_are_taxed_each_by_its_own(accountant: User) -> None:
    section = make_section()
    lines = [debit(number, section.pk, D(100), vat_rate=D(0)) for number in ("604000", "606100")]
    entry = post(*lines, credit("401000", section.pk, D(200)))
    one, other = entry.lines.filter(vat_rate=0).order_by("position")
    facts = {"kind": "eu_goods", "rate": D(20), "recovery": D("0.5"), "on": IN_MARCH, "actor": accountant}
    made = self_assess(other, **facts)
    assert {row.pk: row.is_assessed for row in purchases_untaxed()} == {one.pk: False, other.pk: True}
    with refused(Code.ALREADY_DONE):
        self_assess(other, **facts)
    self_assess(one, **facts)
    figures = worked(opened()).figures
    assert (figures["B2"].base, figures["17"].tax) == (D(200), D(40))
    source = sources_of(accountant, [("accounting.entryline", str(other.pk))])
    assert [found.url for found in source.values()] == [entry.get_absolute_url()]
    reverse_entry(made, on=IN_MARCH, reason="Erreur", actor=accountant)
    assert {row.pk: row.is_assessed for row in purchases_untaxed()} == {one.pk: True, other.pk: False}
