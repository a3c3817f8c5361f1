"""Two hands on the same VAT: a line in one return, one filing, one payment."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from accounting.models import Entry, VatCounted, VatReturn, VatRuling
from accounting.selectors.vat import lines_to_count
from accounting.services.vat_returns import open_return, pay_return, prepare_return
from accounting.services.vat_rulings import Ruling, rule_line
from accounting.states.vat import VatState
from cae.core.errors import Code, Refused
from people.states import RoleKind
from tests.factories.accounting_vat import MARCH, TODAY, filed, make_section, opened, prepared, sold
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def codes(results: list[object]) -> list[Code]:
    return [one.code for one in results if isinstance(one, Refused)]


def test_a_period_is_opened_once(race: Race) -> None:
    results = race([partial(open_return, day=MARCH, today=TODAY, actor=None)] * 3)
    assert codes(results) == [Code.DUPLICATE] * 2
    assert VatReturn.objects.count() == 1


def test_a_line_is_counted_once_whoever_prepares_while_another_sells(race: Race) -> None:
    section = make_section()
    sold(section, ("20", "1000.00", "200.00"))
    row = opened()
    results = race(
        [
            partial(prepare_return, row, actor=None),
            partial(sold, section, ("20", "50.00", "10.00"), number="F-2"),
            partial(prepare_return, row, actor=None),
        ]
    )
    assert codes(results) == [Code.ILLEGAL_MOVE]
    # The second sale is in the return, or waits for the next: never both, never neither.
    assert VatCounted.objects.count() + lines_to_count(row).count() == 2
    row.refresh_from_db()
    assert row.state == VatState.READY
    taxed = sum(one.tax for one in VatCounted.objects.all())
    assert row.figures.get(box__code="08").exact_tax == taxed


def test_a_line_is_counted_or_put_out_never_both(race: Race) -> None:
    line = sold(make_section(), ("20", "1000.00", "200.00")).lines.get(account__role="vat_collected")
    row = opened()
    race(
        [
            partial(prepare_return, row, actor=None),
            partial(rule_line, line, Ruling(True, "Déclarée ailleurs"), actor=None),
        ]
    )
    assert VatCounted.objects.filter(line=line).exists() != VatRuling.objects.filter(line=line).exists()


def test_a_return_is_filed_and_paid_once(race: Race) -> None:
    sold(make_section(), ("20", "1000.00", "200.00"))
    row, hands = prepared(), [make_user(RoleKind.ACCOUNTANT) for _rank in range(2)]
    results = race([partial(filed, row, hand, on=date(2026, 4, 20)) for hand in hands])
    assert codes(results) == [Code.ILLEGAL_MOVE]
    settled = VatReturn.objects.get()
    assert Entry.objects.filter(label__startswith="Déclaration de TVA").count() == 1
    results = race([partial(pay_return, settled, on=TODAY, today=TODAY, actor=hand) for hand in hands])
    assert codes(results) == [Code.ILLEGAL_MOVE]
    assert Entry.objects.filter(label__startswith="Paiement de la TVA").count() == 1
