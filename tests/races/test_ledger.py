"""Two hands on the same month and on the same draft, at the same instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from accounting.models import Closing, Entry, EntryModel, ManualEntry, Period
from accounting.selectors.closing import closing_faults
from accounting.services.entry_models import ModelContent, ModelLineContent, create_model, post_due
from accounting.services.manual import create_manual, save_manual, validate_manual
from accounting.services.reversals import reverse_due
from accounting.states.manual import LineSide
from cae.core.errors import Code, Refused
from tests.factories.accounting_ledger import (
    TODAY,
    close,
    make_manual,
    make_model,
    make_recurring,
    post,
    written,
)
from tests.factories.kernel import make_cooperative
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def house() -> None:
    """Certificates are printed in its name."""
    make_cooperative()


def codes(results: list[Any]) -> list[Code]:
    return [one.code for one in results if isinstance(one, Refused)]


def test_a_form_sent_several_times_at_once_is_kept_once(race: Race) -> None:
    key, content = uuid4(), written()
    drafts = race([partial(create_manual, content, form_key=key, actor=None)] * 4)
    assert {draft.pk for draft in drafts} == {ManualEntry.objects.get().pk}
    first = content.lines[0]
    lines = tuple(
        ModelLineContent(first.account, first.analytic, side, amount=Decimal(5)) for side in LineSide.values
    )
    model = ModelContent("Frais", content.journal, "Frais", lines)
    kept = race([partial(create_model, model, form_key=key, actor=None)] * 3)
    assert {one.pk for one in kept} == {EntryModel.objects.get().pk}
    # Another form of the same name is told so.
    other = replace(model, name="Loyer")
    assert (
        codes(race([lambda: create_model(other, form_key=uuid4(), actor=None)] * 3)) == [Code.DUPLICATE] * 2
    )


def test_two_hands_validate_one_draft_once(race: Race) -> None:
    draft = make_manual()
    results = race([partial(validate_manual, draft, version=1, actor=None)] * 4)
    assert codes(results) == [Code.ILLEGAL_MOVE] * 3
    assert Entry.objects.count() == 1


def test_a_draft_saved_by_one_hand_is_not_validated_as_another_read_it(race: Race) -> None:
    draft = make_manual()
    content = written(label="Frais relus")
    save = partial(save_manual, draft, content, version=1, actor=None)
    results = race([save, partial(validate_manual, draft, version=1, actor=None), save])
    assert len(codes(results)) == 2
    assert {entry.label for entry in Entry.objects.all()} <= {"Frais"}


def test_a_month_is_closed_once_with_one_certificate(race: Race) -> None:
    post(date(2026, 9, 4))
    results = race([partial(close, "2026-09")] * 3)
    assert codes(results) == [Code.ALREADY_DONE] * 2
    assert (Period.objects.count(), Closing.objects.count()) == (1, 1)


def test_no_entry_slips_into_a_month_being_closed(race: Race) -> None:
    """One posts and keeps its transaction open; whoever closes waits for it, and counts it. Whoever read the
    month open and writes once it is closed is refused."""
    post(date(2026, 9, 4))
    written_down, closing = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            post(date(2026, 9, 5), "20.00")
            written_down.set()
            closing.wait(1)

    def shut() -> None:
        assert written_down.wait(30)
        close("2026-09")
        closing.set()

    def late() -> list[Refused]:
        found = []
        for _turn in range(40):
            try:
                post(date(2026, 9, 6), "1.00")
            except Refused as refusal:
                found.append(refusal)
        return found

    refusals = race([slow, shut, late])[2]
    assert set(codes(refusals)) <= {Code.PERIOD_CLOSED}
    certificate = Closing.objects.get()
    booked = Entry.objects.count()
    assert certificate.entry_count == booked
    assert certificate.total == Decimal("120.00") + (booked - 2)
    assert list(closing_faults()) == []


def test_two_workers_post_each_date_once(race: Race) -> None:
    make_recurring(make_model(), first_on=date(2026, 8, 31))
    validate_manual(make_manual(on=date(2026, 11, 1), reverse_on=TODAY), version=1, actor=None)
    assert sum(race([partial(post_due, today=TODAY)] * 3)) == 3
    assert sum(race([partial(reverse_due, today=TODAY)] * 3)) == 1
    assert Entry.objects.count() == 5
