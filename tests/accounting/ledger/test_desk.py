"""The desk of the accountant: what waits, in five lists, with its age, its amount and its activity."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounting.models import BooksControl, Closing, PlannedReversal
from accounting.selectors.desk import SHOWN, DeskList, DeskPile, Found, ShownPile, desk_on, register_pile
from accounting.services.manual import validate_manual
from accounting.services.periods import lock_month
from cae.core.facts import todos_of
from cae.core.periods import Month
from invoicing.selectors.accountant_desk import claims_left, purchases_left
from people.states import RoleKind
from tests.factories.accounting_bank import make_line
from tests.factories.accounting_ledger import TODAY, close, make_manual, make_model, make_recurring, post
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_purchases import make_checking
from tests.factories.kernel import make_cooperative
from tests.factories.payments import make_order
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def piles_on(today: date, where: DeskList) -> dict[str, Found]:
    shown = next(one for one in desk_on(today) if one.code == where)
    return {str(pile.title): pile.found for pile in shown.piles}


def test_an_empty_house_has_nothing_on_its_desk() -> None:
    assert [(one.count, one.amount) for one in desk_on(TODAY)] == [(0, None)] * 5


def test_each_list_tells_how_many_for_how_much_since_when_and_for_whom() -> None:
    owner = make_activity(name="Atelier Nord")
    control = BooksControl.objects.create(entry_count=2, faults=["L’écriture VE 1 a été modifiée."])
    purchase = make_checking(owner)
    order = make_order("40.00", due_on=TODAY - timedelta(days=3))
    bank_line = make_line()
    make_manual()
    make_recurring(make_model(), first_on=date(2026, 11, 1))
    late = validate_manual(make_manual(), version=1, actor=None).entry
    PlannedReversal.objects.create(entry=late, on=date(2026, 11, 20), reason="Extourne")

    check = piles_on(TODAY, DeskList.CHECK)
    fault = check["Anomalies des livres"].lines[0]
    assert (fault.label, fault.since) == (control.faults[0], timezone.localdate(control.ended_at))
    bought = check["Achats"]
    assert (bought.count, bought.amount) == (1, purchase.total_gross)
    assert (bought.lines[0].activity, bought.lines[0].url) == ("Atelier Nord", purchase.get_absolute_url())

    posted = piles_on(TODAY, DeskList.POST)
    assert posted["Écritures en préparation"].amount == Decimal("12.50")
    assert posted["Abonnements en retard"].lines[0].since == date(2026, 11, 1)
    seen = posted["Lignes de banque"]
    assert (seen.amount, seen.lines[0].url) == (bank_line.amount, bank_line.get_absolute_url())
    assert posted["Contre-passations en retard"].count == 1

    due = piles_on(TODAY, DeskList.PAY)["Ordres de paiement"]
    assert (due.count, due.amount, due.lines[0].since) == (1, Decimal("40.00"), order.due_on)


def test_a_pile_shows_its_oldest_and_says_how_many_more() -> None:
    for day in range(1, SHOWN + 4):
        make_order("10.00", due_on=date(2026, 11, 20) - timedelta(days=day))
    shown = next(one for one in desk_on(TODAY) if one.code == DeskList.PAY)
    pile = shown.piles[0]
    assert (pile.found.count, pile.found.amount, pile.more) == (7, Decimal("70.00"), 3)
    dates = [line.since for line in pile.found.lines]
    assert (dates[0], dates) == (date(2026, 11, 13), sorted(dates))  # type: ignore[type-var]
    assert (shown.count, shown.amount) == (7, Decimal("70.00"))


def test_months_that_are_over_wait_to_be_closed_and_years_once_their_months_are_locked() -> None:
    post(date(2025, 11, 4))
    waiting = piles_on(date(2026, 1, 5), DeskList.CLOSE)["Mois finis"]
    assert [line.label for line in waiting.lines] == ["Novembre 2025", "Décembre 2025"]
    assert waiting.lines[0].since == date(2025, 12, 1)
    for text in ("2025-11", "2025-12"):
        close(text)
        lock_month(Month.parse(text), actor=None)
    closing = piles_on(date(2026, 1, 5), DeskList.CLOSE)
    assert [line.label for line in closing["Exercices finis"].lines] == ["Exercice 2025"]
    assert ("Mois finis" in closing, Closing.objects.count()) == (False, 2)
    told = {todo.label: todo for todo in todos_of(make_user(RoleKind.ACCOUNTANT), date(2026, 1, 5))}
    assert told["Clore 1 exercice"].since == date(2025, 12, 31)
    assert "Clore 1 exercice" not in [
        todo.label for todo in todos_of(make_user(RoleKind.ENTREPRENEUR), date(2026, 1, 5))
    ]


def test_what_rooms_above_find_missing_is_told_before_a_month_is_closed() -> None:
    assert (claims_left(Month(2026, 11)), purchases_left(Month(2026, 11))) == (None, None)
    purchase = make_checking(make_activity())
    missing = purchases_left(Month.of(purchase.on))
    assert missing is not None
    assert (missing.sentence, missing.amount, missing.since) == (
        "1 achat est à approuver.",
        purchase.total_gross,
        purchase.on,
    )
    assert purchases_left(Month.of(purchase.on).previous()) is None


def test_a_pile_is_registered_once() -> None:
    pile = DeskPile("accounting.orders", DeskList.PAY, "", "", "accounting:home", lambda _today: Found())
    with pytest.raises(ValueError, match="registered twice"):
        register_pile(pile)
    assert ShownPile("", "", pile.url, Found(count=3)).more == 3


def test_the_page_asks_as_much_of_the_database_whatever_waits(client: Client) -> None:
    make_cooperative()
    client.force_login(make_user(RoleKind.ACCOUNTANT))
    page = reverse("accounting:home")

    def fill(count: int) -> int:
        for _turn in range(count):
            make_manual()
            make_order("10.00", due_on=timezone.localdate())
            make_checking(make_activity())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    client.get(page)
    assert fill(1) == fill(5)
    assert "Ordres de paiement : 2 autres" in client.get(page).content.decode().replace("\n", " ")
