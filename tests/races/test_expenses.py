"""A photo sent twice at once, first expenses of a month at once, a line taken out as its claim leaves."""

from __future__ import annotations

import uuid
from functools import partial

import pytest

from cae.core.errors import Refused
from cae.core.models import Document
from invoicing.models import ExpenseClaim, ExpenseLine, Voucher
from invoicing.services.claiming import submit_claim
from invoicing.services.expenses import remove_expense
from invoicing.states.expenses import ClaimState
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_expenses import DAY, claim, content, expense, voucher
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_the_same_photo_sent_at_once_is_kept_once(race: Race) -> None:
    user, _activity = make_entrepreneur()
    found = race([partial(voucher, user) for _ in range(6)])
    assert len({one.pk for one in found}) == 1
    assert sorted(one.was_known for one in found) == [False, *[True] * 5]
    assert Voucher.objects.count() == 1
    assert Document.objects.filter(sha256=found[0].sha256).count() == 1


def test_first_expenses_at_once_make_one_claim(race: Race) -> None:
    user, activity = make_entrepreneur()
    key = uuid.uuid4()
    acts = [partial(expense, user, activity, content(label=f"Achat {rank}")) for rank in range(4)]
    found = race([*acts, *[partial(expense, user, activity, form_key=key) for _ in range(3)]])
    assert not [one for one in found if isinstance(one, Refused)]
    assert ExpenseClaim.objects.count() == 1
    assert ExpenseLine.objects.count() == 5


def test_a_claim_leaves_whole_or_its_line_goes_first(race: Race) -> None:
    """Never a claim handed over without the line that its author took out."""
    for rank in range(4):
        user, activity = make_entrepreneur(name=f"Activité {rank}")
        made = claim(user, activity)
        line = made.lines.get()
        sent, _removed = race(
            [
                partial(submit_claim, made, actor=user, on=DAY),
                partial(remove_expense, line, today=DAY, actor=user),
            ]
        )
        made.refresh_from_db()
        handed_over = made.state == ClaimState.SUBMITTED
        assert handed_over == (not isinstance(sent, Refused))
        assert made.lines.exists() == handed_over
