"""Several hands on one candidate: marks are given once each, a card moves once, a decision is taken once."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from entrepreneurs.models import ApplicationDecision, Mark, Review, StageMove
from entrepreneurs.services.stages import move_application
from entrepreneurs.services.welcome import refuse_application
from tests.factories.welcome import GROUNDS, candidature, criteria, manager, review, stages
from tests.pages import client_of, text
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_reviewers_at_once_both_give_their_marks_and_a_double_click_gives_one(race: Race) -> None:
    known, sent, one, two = criteria(), candidature(), manager(), manager()
    results = race([partial(review, sent, user, 1, 2, 3, 4) for user in (one, two, one, two)])
    refused = [result.code for result in results if isinstance(result, Refused)]
    assert refused == [Code.ALREADY_DONE] * 2
    assert Review.objects.filter(application=sent).count() == 2
    assert Mark.objects.count() == 2 * known.criteria.count()


@pytest.mark.usefixtures("demonstration")
def test_two_reviewers_send_their_grids_at_once_and_one_of_them_twice(race: Race) -> None:
    """At the page itself: both are taken; the second click is told in a sentence, or shown the grid."""
    known, sent, one, two = criteria(), candidature(), manager(), manager()
    page = reverse("entrepreneurs:grid_mark", args=[sent.pk])
    typed = {f"mark_{row.pk}": "3" for row in known.criteria.all()} | {"comment": "Un projet ancré"}
    answers = race([partial(client_of(user).post, page, typed) for user in (one, two, one)])
    taken = [answer for answer in answers if answer.status_code == 302]
    assert len(taken) == 2
    (other,) = [answer for answer in answers if answer not in taken]
    assert other.status_code in (200, 409, 422)
    assert other.status_code == 200 or text(other).count("Vous avez déjà noté cette candidature.")
    assert sorted(Review.objects.values_list("reviewer", flat=True)) == sorted([one.pk, two.pk])
    assert Mark.objects.count() == 2 * known.criteria.count()


def test_a_card_seen_in_one_column_moves_once(race: Race) -> None:
    first, second, third, *_ = stages()
    sent, today = candidature(), timezone.localdate()
    acts = [
        partial(move_application, sent, stage=stage, actor=manager(), on=today, seen_in=first.pk)
        for stage in (second, third, second)
    ]
    results = race(acts)
    assert sum(isinstance(result, StageMove) for result in results) == 1
    assert StageMove.objects.count() == 1


def test_one_decision_from_many_hands(race: Race) -> None:
    sent, now = candidature(), timezone.now()
    results = race(
        [partial(refuse_application, sent, grounds=GROUNDS, now=now, actor=manager()) for _hand in range(3)]
    )
    assert sum(isinstance(result, Refused) for result in results) == 2
    assert ApplicationDecision.objects.count() == 1
