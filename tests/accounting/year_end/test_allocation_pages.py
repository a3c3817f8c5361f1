"""The pages of an allocation: proposed, its parts decided within bounds, voted, posted, paid (ACC-47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounting.models import AllocationRight, PaymentOrder, ResultAllocation
from accounting.services.allocation_proposing import Wished, decide_parts, read_books_again
from accounting.services.year_end import carry_result
from cae.core.facts import personal_data, sources_of, todos_of
from people.models import User
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.accounting_allocation import (
    DECISION,
    give_bank,
    make_proposed,
    make_worked_year,
    move,
    posted,
)
from tests.factories.people import make_person, make_user
from tests.factories.person_files import make_status
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
D = Decimal


@pytest.fixture
def accountant(client: Client) -> User:
    user = make_user(RoleKind.ACCOUNTANT)
    client.force_login(user)
    return user


def test_the_worked_case_by_its_pages(client: Client, accountant: User) -> None:
    year, users = make_worked_year()
    give_bank(users["Anne"])
    listed = client.get(reverse("accounting:allocation_list"))
    assert "Résultat à affecter : exercice 2025" in text(listed)
    here = reverse("accounting:allocation", args=["2025-01"])
    assert here in listed.content.decode()
    assert "Proposer une affectation" in text(client.get(here))

    client.post(reverse("accounting:allocation_propose", args=["2025-01"]))

    row = ResultAllocation.objects.get()
    page = text(client.get(here))
    for words in (
        "Proposée",
        "Réserve légale 15 000,00 € 15 000,00 €",
        "Part travail 25 000,00 € 84 999,99 € 25 000,00 €",
        "Capital le plus élevé atteint 60 000,00 €",
        "Anne Lavigne",
        "réserve légale : 15 000,00 € ;",
    ):
        assert words in page, words

    typed = {"legal": "15 000", "interest": "0", "participation": "0", "version": row.version}
    tried = client.post(reverse("accounting:allocation_try", args=[row.pk]), {**typed, "labour": "24 999,99"})
    assert "au moins 25 000,00 €, le quart de l’excédent" in text(tried)
    decide = reverse("accounting:allocation_decide", args=[row.pk])
    refused = client.post(decide, {**typed, "labour": "24 999,99", "by_time": "10"})
    assert refused.status_code == 422
    assert "au moins 25 000,00 €" in text(refused)
    assert 'value="24 999,99"' in refused.content.decode()
    row.refresh_from_db()
    assert row.labour == D(25000)

    answer = client.post(decide, {**typed, "labour": "45 000", "by_time": "", "by_equal": ""})

    assert answer.status_code == 302
    page = text(client.get(here))
    for words in ("19 180,33 €", "14 754,10 €", "11 065,57 €", "45 000,00 €", "rémunération 100 %"):
        assert words in page, words
    sheet = client.get(reverse("accounting:allocation_file", args=[row.pk, "csv"])).content.decode()
    assert "Anne Lavigne;31200,00;365;2;19180,33;0,00;19180,33;0,00;19180,33" in sheet
    assert client.get(reverse("accounting:allocation_file", args=[row.pk, "txt"])).status_code == 404
    printed = client.get(reverse("accounting:allocation_file", args=[row.pk, "pdf"]))
    assert b"".join(printed).startswith(b"%PDF") if printed.streaming else printed.content[:4] == b"%PDF"

    def act(name: str, **sent: str) -> int:
        return client.post(reverse(f"accounting:allocation_{name}", args=[row.pk]), sent).status_code

    assert act("join", decision="") == 422
    assert act("join", decision=DECISION) == 302
    assert act("take_back", reason="Reportée") == 302
    assert "Reportée" in text(client.get(here))
    assert act("join", decision=DECISION) == 302
    assert act("vote", decision=DECISION, on="2025-12-31") == 422
    assert act("vote", decision=DECISION, on="2026-06-12") == 302
    assert act("reconsider", reason="Mal noté") == 302
    assert act("vote", decision=DECISION, on="2026-06-12") == 302
    [todo] = [one for one in todos_of(accountant, timezone.localdate()) if "affectation votée" in one.label]
    assert todo.url == reverse("accounting:allocation_list")
    assert act("post", on="2026-06-12") == 422
    carry_result(year, actor=None)
    assert act("post", on="2026-06-12") == 302
    assert act("undo", on="2026-06-13", reason="Date") == 302
    assert act("post", on="2026-06-13") == 302
    paying = {"due_on": "2026-07-01", "on": "2026-07-01", "labour_rate": "9,7", "interest_rate": "31,4"}
    assert act("pay", **{**paying, "labour_rate": "100"}) == 422
    assert act("pay", **paying) == 302
    assert PaymentOrder.objects.get().amount == D("17319.84")
    page = text(client.get(here))
    for words in ("Net à verser", "40 635,00 €", "2 parts attendent des coordonnées bancaires", DECISION):
        assert words in page, words
    give_bank(users["Bruno"])
    assert act("pay_rest") == 302
    assert PaymentOrder.objects.count() == 2
    assert act("unpay", on="2026-07-01", reason="Date") == 302
    assert "Passée en écritures" in text(client.get(reverse("accounting:allocation_list")))


def test_facts_and_rights_are_put_right_with_a_reason(client: Client, accountant: User) -> None:
    row, _users = make_proposed()
    facts = {
        "legal_reserve": "20 000",
        "capital": "55 000",
        "highest_capital": "70 000",
        "losses": "0",
        "kept_out": "0",
        "interest_rate": "4,5",
    }
    url = reverse("accounting:allocation_facts", args=[row.pk])
    assert "Capital le plus élevé" in text(client.get(url))
    assert client.post(url, facts).status_code == 422
    assert client.post(url, {**facts, "reason": "Capital de 2009"}).status_code == 302
    page = text(client.get(row.get_absolute_url()))
    for words in ("lu dans les livres : 60 000,00 €", "4,5 %", "Capital de 2009"):
        assert words in page, words
    right = AllocationRight.objects.get(person__first_name="Anne")
    url = reverse("accounting:allocation_right", args=[right.pk])
    said = {"pay": "0", "days": "60", "seniority": "0", "reason": "Deux mois"}
    assert client.post(url, {**said, "reason": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    page = text(client.get(row.get_absolute_url()))
    assert "sans droit à la part travail" in page
    assert "Corrigé : Deux mois" in page
    move("611000", "bank", "1000.00", row.year.ends_on)
    client.post(reverse("accounting:allocation_read", args=[row.pk]))
    row.refresh_from_db()
    assert (row.result, row.highest_capital) == (D(99000), D(70000))


def test_who_reads_it_and_who_does_not(client: Client, django_assert_num_queries: object) -> None:
    row, users = make_proposed()
    manager = client_of(make_user(RoleKind.CO_MANAGER))
    page = manager.get(row.get_absolute_url())
    assert "Où va le résultat" in text(page)
    assert "Enregistrer les parts" not in text(page)
    assert manager.post(reverse("accounting:allocation_decide", args=[row.pk])).status_code == 403
    anne = client_of(users["Anne"])
    assert anne.get(row.get_absolute_url()).status_code == 403
    assert sources_of(users["Anne"], [("accounting.resultallocation", str(row.pk))]) == {}
    assert manager.get(reverse("accounting:allocation", args=["2019-01"])).status_code == 404
    assert manager.get(reverse("accounting:allocation", args=["nothing"])).status_code == 404
    [held] = [one for one in personal_data() if one.code == "accounting.allocations"]
    rights, shares = held.held(users["Anne"].person, users["Anne"])
    assert (len(rights.rows), len(shares.rows)) == (1, 0)
    posted(row)
    _rights, shares = held.held(users["Anne"].person, users["Anne"])
    assert shares.rows[0][2] == D("19180.33")
    # On one's own page of pay too.
    assert "Part travail, exercice 2025 19 180,33 €" in text(anne.get(reverse("accounting:my_pay")))


def test_a_page_of_thirty_people_asks_no_more_than_one_of_three(client: Client, accountant: User) -> None:
    row, _users = make_proposed()
    joined_page = row.get_absolute_url()

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(joined_page).status_code == 200
        return len(seen)

    asked()
    few = asked()
    for _rank in range(30):
        make_status(make_person(), StatusKind.STAFF, date(2024, 1, 1), None, "Contrat")
    row = decide_parts(
        read_books_again(row, actor=None), wished=Wished(D(45000), by_equal=D(1)), version=None, actor=None
    )
    assert row.shares.count() == 33
    assert asked() == few
