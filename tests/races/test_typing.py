"""A draft that saves itself from several tabs at once: one draft, one winner, nothing half written."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest

from cae.core.errors import Code, Refused
from invoicing.models import Quote, QuoteLine, TypedForm
from invoicing.services.approving import approve_quote
from invoicing.services.inputs import DraftContent
from invoicing.services.keeping import keep_typed
from invoicing.services.quoting import create_quote_draft, revise_quote, save_quote_draft
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def codes(results: list[Any]) -> list[Code]:
    return [found.code for found in results if isinstance(found, Refused)]


def test_a_form_that_saves_itself_twice_makes_one_draft(race: Race) -> None:
    owner, key = make_activity(), uuid.uuid4()
    content = DraftContent(customer=make.firm(owner), lines=(make.line(),))
    act = partial(create_quote_draft, owner, content=content, form_key=key, actor=None)
    assert len({quote.pk for quote in race([act] * 8)}) == 1
    assert (Quote.objects.count(), QuoteLine.objects.count()) == (1, 1)


def test_several_tabs_save_the_same_draft_and_one_wins(race: Race) -> None:
    quote = quotes.quote()
    contents = [DraftContent(customer=quote.customer, lines=(make.line(str(rank + 1)),)) for rank in range(8)]
    acts = [partial(save_quote_draft, quote, content=one, version=1, actor=None) for one in contents]
    assert codes(race(acts)) == [Code.STALE_FORM] * 7
    quote.refresh_from_db()
    assert (quote.version, quote.lines.count()) == (2, 1)


def test_what_is_typed_without_a_draft_is_kept_once(race: Race) -> None:
    owner, key, author = make_activity(), uuid.uuid4(), make_user()
    acts = [
        partial(keep_typed, owner, kind="quote", form_key=key, typed=f"a={n}", version=None, actor=author)
        for n in range(8)
    ]
    assert codes(race(acts)) == [Code.STALE_FORM] * 7
    assert TypedForm.objects.get().version == 1


def test_a_quote_approved_while_its_page_saves_itself(race: Race) -> None:
    """Whoever comes second is told; the frozen content is whole in both orders."""
    quote = quotes.quote(None, make.line("100"))
    content = DraftContent(customer=quote.customer, lines=(make.line("300"),))
    race(
        [
            partial(approve_quote, quote, actor=None, on=make.DAY, version=1),
            partial(save_quote_draft, quote, content=content, version=1, actor=None),
        ]
    )
    quote.refresh_from_db()
    lines = sum(line.net for line in quote.lines.all())
    assert lines == quote.total_excl_tax
    if quote.facts is not None:
        assert quote.facts["totals"]["net"] == str(quote.total_excl_tax) == "100.00"


@pytest.mark.parametrize("turn", range(5))
def test_a_form_kept_half_written_while_it_is_saved_whole(race: Race, turn: int) -> None:
    """The script keeps what is typed at the instant when « Enregistrer » is pressed: one is told, none is
    lost in a lock that waits for the other."""
    quote, author = quotes.quote(), make_user()
    keep = partial(
        keep_typed,
        quote.activity,
        kind="quote",
        form_key=quote.form_key,
        actor=author,
        document=quote,
    )
    assert keep(typed="a=1", version=1) == 2
    content = DraftContent(customer=quote.customer, lines=(make.line("300"),))
    results = race(
        [
            partial(save_quote_draft, quote, content=content, version=2, actor=None),
            partial(keep, typed="a=2", version=2),
        ]
    )
    assert codes(results) == [Code.STALE_FORM]
    quote.refresh_from_db()
    assert quote.version == 3
    saved = quote.total_excl_tax == 300
    assert TypedForm.objects.filter(form_key=quote.form_key).exists() is not saved


def test_a_new_version_asked_by_several_is_one(race: Race) -> None:
    quote = quotes.approved()
    acts = [partial(revise_quote, quote, form_key=uuid.uuid4(), actor=None) for _ in range(8)]
    assert len({found.pk for found in race(acts)}) == 1
    assert Quote.objects.filter(revision=2).count() == 1
