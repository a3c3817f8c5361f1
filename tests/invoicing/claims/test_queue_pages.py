"""The pages of whoever checks claims: the queue, a line decided beside its receipt, the claim answered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from invoicing.states.expenses import ClaimState
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_claims import banked, car, submitted, trip
from tests.factories.invoicing_expenses import content
from tests.factories.people import make_role, make_user
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
QUEUE = reverse("invoicing:claim_queue")


@pytest.fixture
def author():
    user, activity = make_entrepreneur()
    banked(user)
    return user, activity


@pytest.fixture
def checker(client):
    user = make_user(RoleKind.ACCOUNTANT)
    client.force_login(user)
    return user


def page(claim) -> str:
    return reverse("invoicing:claim_check", args=[claim.pk])


def test_the_queue_shows_the_oldest_beside_the_list(client, author, checker):
    claim = submitted(*author)
    found = client.get(QUEUE)
    assert found.status_code == 200
    assert str(claim.person) in found.content.decode()
    assert "Papeterie du Port" in found.content.decode()


def test_an_empty_queue_says_so(client, checker):
    assert "Toutes les notes sont vérifiées." in client.get(QUEUE).content.decode()


def test_a_line_accepted_then_the_claim_approved(client, author, checker):
    claim = submitted(*author)
    line = claim.lines.get()
    unseen = client.post(page(claim), {"do": f"accept:{line.pk}"})
    assert unseen.status_code == 422
    assert "Ouvrez le justificatif" in unseen.content.decode()
    client.post(page(claim), {"do": f"accept:{line.pk}", f"s{line.pk}-seen": "on"})
    line.refresh_from_db()
    assert line.decision == "approved"
    answer = client.post(page(claim), {"do": "approve", "deduct": "on"}, follow=True)
    claim.refresh_from_db()
    assert claim.state == ClaimState.ORDERED
    assert "24,00" in answer.content.decode()


def test_what_was_typed_comes_back_with_the_fault(client, author, checker):
    claim = submitted(*author)
    line = claim.lines.get()
    typed = {
        "do": f"fix:{line.pk}",
        f"c{line.pk}-kind": line.kind_id,
        f"c{line.pk}-gross": "99,00",
        f"c{line.pk}-tax": "4,00",
        f"c{line.pk}-reason": "Moins cher",
    }
    found = client.post(page(claim), typed)
    assert found.status_code == 422
    assert "99,00" in found.content.decode()
    assert "Une correction baisse le montant" in found.content.decode()
    client.post(page(claim), typed | {f"c{line.pk}-gross": "20,00"})
    line.refresh_from_db()
    assert (line.decision, str(line.gross)) == ("corrected", "20.00")


def test_a_trip_is_corrected_by_its_kilometres(client, author, checker):
    user, activity = author
    made = trip(user, activity, car(user), "30")
    claim = submitted(user, activity)
    client.post(
        page(claim),
        {
            "do": f"fix:{made.line.pk}",
            f"c{made.line.pk}-km": "20",
            f"c{made.line.pk}-reason": "Par l’autoroute",
        },
    )
    made.line.refresh_from_db()
    assert str(made.line.amount) == "12.12"
    assert "Demandé : 30 km" in client.get(page(claim)).content.decode()


def test_a_refused_line_says_why_and_comes_back(client, author, checker):
    claim = submitted(*author)
    line = claim.lines.get()
    assert client.post(page(claim), {"do": f"refuse:{line.pk}"}).status_code == 422
    client.post(page(claim), {"do": f"refuse:{line.pk}", f"r{line.pk}-reason": "Achat privé"})
    line.refresh_from_db()
    assert (line.decision, line.reason) == ("refused", "Achat privé")
    client.post(page(claim), {"do": f"reset:{line.pk}"})
    line.refresh_from_db()
    assert line.decision == "pending"


def test_the_right_lines_are_accepted_at_once(client, author, checker):
    claim = submitted(*author, content(), content(gross="9.00", tax="0", label="Stylos"))
    client.post(page(claim), {"do": "right"})
    assert claim.lines.filter(decision="pending").count() == 2
    client.post(page(claim), {"do": "right", "all-seen": "on"})
    assert claim.lines.filter(decision="approved").count() == 2


def test_sent_back_it_is_the_author_s_again(client, author, checker):
    claim = submitted(*author)
    assert client.post(page(claim), {"do": "correct", "reason": ""}).status_code == 422
    client.post(page(claim), {"do": "correct", "reason": "Quel client ?"})
    claim.refresh_from_db()
    assert (claim.state, claim.correction) == (ClaimState.DRAFT, "Quel client ?")


def test_the_ticked_claims_are_approved_once_their_receipts_are_seen(client, author, checker):
    claim, other = submitted(*author), submitted(*make_entrepreneur())
    url = reverse("invoicing:claims_approve")
    client.post(url, {"ids": [claim.pk, other.pk]})
    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED
    client.post(url, {"ids": [claim.pk, other.pk], "seen": "on"})
    states = {type(claim).objects.get(pk=one.pk).state for one in (claim, other)}
    assert states == {ClaimState.ORDERED, ClaimState.APPROVED}


def test_a_claim_answered_meanwhile_says_so(client, author, checker):
    claim = submitted(*author)
    client.post(page(claim), {"do": "correct", "reason": "Quel client ?"})
    found = client.post(page(claim), {"do": "approve"}, follow=True)
    assert found.status_code in {200, 404}
    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAFT


class TestWho:
    def test_the_author_does_not_check(self, client, author):
        claim = submitted(*author)
        client.force_login(author[0])
        assert client.get(QUEUE).status_code == 403
        assert client.post(page(claim), {"do": "approve"}).status_code == 403

    def test_an_advisor_within_reach_reads_and_does_not_answer(self, client, author):
        followed = save_portfolio(None, label="Suivi", scopes=[author[1].scope], actor=None)
        client.force_login(make_user(RoleKind.ADVISOR, scope=followed))
        claim, other = submitted(*author), submitted(*make_entrepreneur())
        found = text(client.get(QUEUE))
        assert str(claim.person) in found
        assert str(other.person) not in found
        assert client.get(page(other)).status_code == 404
        assert client.post(page(claim), {"do": "approve"}).status_code == 403
        assert client.post(reverse("invoicing:claims_approve")).status_code == 403

    def test_an_accountant_does_not_check_their_own(self, client):
        user, activity = make_entrepreneur()
        make_role(user.person, RoleKind.ACCOUNTANT)
        claim = submitted(user, activity)
        client.force_login(user)
        assert client.post(page(claim), {"do": "right", "all-seen": "on"}).status_code == 403
        assert claim.lines.get().decision == "pending"


@pytest.mark.parametrize("count", [1, 12])
def test_any_number_of_lines_asks_the_same_questions(client, checker, count, django_assert_max_num_queries):
    user, activity = make_entrepreneur()
    said = [content(gross=f"{rank}.00", tax="0", label=f"Achat {rank}") for rank in range(1, count + 1)]
    claim = submitted(user, activity, *said)
    client.get(page(claim))
    with django_assert_max_num_queries(45):
        client.get(page(claim))
