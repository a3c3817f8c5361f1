"""What follows an approval on the page of a claim, and advances from the request to the money back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from invoicing.models import ExpenseAdvance, RefundWaiver
from invoicing.services.advances import AdvanceContent, ask_advance
from invoicing.states.claims import AdvanceState
from invoicing.states.expenses import ClaimState
from people.states import RoleKind
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_claims import approved, banked, car, given_advance, pay, submitted, trip
from tests.factories.invoicing_expenses import DAY
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url(name: str, *args: Any) -> str:
    return reverse(f"invoicing:{name}", args=args)


@pytest.fixture
def author():
    return make_entrepreneur()


@pytest.fixture
def checker():
    return make_user(RoleKind.ACCOUNTANT)


class TestClaim:
    def test_the_author_reads_where_their_refund_stands(self, author, checker):
        user, activity = author
        banked(user)
        trip(user, activity, car(user), "10")
        claim = submitted(user, activity)
        assert "l’année passe de 0 à 10 km" in text(client_of(user).get(claim.get_absolute_url()))
        claim = approved(claim, checker)
        assert "30,06 € à virer le 30/11/2026" in text(client_of(user).get(claim.get_absolute_url()))
        pay(claim)
        assert "30,06 € virés." in text(client_of(user).get(claim.get_absolute_url()))

    def test_planned_once_the_bank_details_are_there(self, author, checker):
        user, activity = author
        claim = approved(submitted(user, activity), checker)
        browser = client_of(checker)
        assert "attendent des coordonnées bancaires" in text(browser.get(claim.get_absolute_url()))
        banked(user)
        browser.post(url("claim_order", claim.pk))
        claim.refresh_from_db()
        assert claim.state == ClaimState.ORDERED

    def test_an_approval_taken_back_with_its_reason(self, author, checker):
        claim = approved(submitted(*author), checker)
        browser = client_of(checker)
        assert browser.post(url("claim_reverse", claim.pk), {"reason": ""}).status_code == 422
        assert browser.get(url("claim_reverse", claim.pk)).status_code == 200
        browser.post(url("claim_reverse", claim.pk), {"reason": "TVA à revoir"})
        claim.refresh_from_db()
        assert claim.state == ClaimState.SUBMITTED

    def test_a_refund_given_up_under_one_sentence(self, author, checker):
        user, activity = author
        claim = approved(submitted(user, activity), checker)
        browser, page = client_of(user), url("claim_waive", claim.pk)
        assert "J’abandonne" in text(browser.get(page))
        assert browser.post(page, {"way": "typed", "typed": ""}).status_code == 422
        answer = browser.post(page, {"way": "typed", "typed": "Ana Bé"}, follow=True)
        assert "24,00 € abandonnés" in text(answer)
        assert RefundWaiver.objects.count() == 1

    def test_nobody_gives_up_for_another(self, author, checker):
        claim = approved(submitted(*author), checker)
        assert client_of(checker).get(url("claim_waive", claim.pk)).status_code == 403
        assert client_of(author[0]).get(url("claim_reverse", claim.pk)).status_code == 403


class TestAdvance:
    def ask(self, author) -> ExpenseAdvance:
        user, activity = author
        said = AdvanceContent(amount=Decimal(100), purpose="Salon de Vienne", needed_on=timezone.localdate())
        return ask_advance(
            user.person,
            activity,
            content=said,
            form_key=uuid.uuid4(),
            today=timezone.localdate(),
            actor=user,
        )

    def test_asked_then_granted(self, author, checker):
        user, _activity = author
        banked(user)
        later = timezone.localdate() + timedelta(days=3)
        said = {
            "amount": "120,50",
            "purpose": "Salon de Vienne",
            "needed_on": later.strftime("%d/%m/%Y"),
            "form_key": str(uuid.uuid4()),
        }
        browser = client_of(user)
        assert browser.get(url("advance_new")).status_code == 200
        for _twice in range(2):
            browser.post(url("advance_new"), said)
        advance = ExpenseAdvance.objects.get()
        client_of(checker).post(url("advance_grant", advance.pk))
        advance.refresh_from_db()
        assert advance.state == AdvanceState.ORDERED
        assert "Virement prévu" in text(browser.get(advance.get_absolute_url()))

    def test_refused_with_its_reason(self, author, checker):
        advance = self.ask(author)
        page = url("advance_refuse", advance.pk)
        assert client_of(checker).post(page, {"reason": ""}).status_code == 422
        client_of(checker).post(page, {"reason": "Trésorerie trop basse"})
        assert "Trésorerie trop basse" in text(client_of(author[0]).get(advance.get_absolute_url()))

    def test_what_is_left_comes_back(self, author, checker):
        advance = given_advance(*author)
        said = {"amount": "60", "on": DAY.strftime("%d/%m/%Y"), "form_key": str(uuid.uuid4())}
        answer = client_of(checker).post(url("advance_return", advance.pk), said)
        assert answer.status_code == 422
        assert "Il ne reste que 50,00 €" in text(answer)

    def test_the_author_answers_none_of_it(self, author):
        advance = self.ask(author)
        browser = client_of(author[0])
        assert browser.post(url("advance_grant", advance.pk)).status_code == 403
        assert browser.get(url("advance_refuse", advance.pk)).status_code == 403
        assert browser.get(url("advance_return", advance.pk)).status_code == 403

    def test_a_colleague_does_not_see_it(self, author):
        advance = self.ask(author)
        other, _activity = make_entrepreneur()
        assert client_of(other).get(advance.get_absolute_url()).status_code == 404
        assert advance.purpose not in text(client_of(other).get(url("advance_list")))

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_list_asks_the_same_questions(self, author, checker, count, django_assert_max_num_queries):
        for _turn in range(count):
            self.ask(author)
        browser = client_of(checker)
        browser.get(url("advance_list"))
        with django_assert_max_num_queries(25):
            assert browser.get(url("advance_list")).status_code == 200


def test_the_page_of_an_advance_opens_to_its_own_and_to_those_who_check(author, checker):
    user, activity = author
    page = url("advance_detail", given_advance(user, activity).pk)
    stranger, _elsewhere = make_entrepreneur()
    answers = [client_of(one).get(page).status_code for one in (user, checker, stranger)]
    assert answers == [200, 200, 404]
