"""The checklist of an entry: dated lines, facts that tick, hands that have names (ENT-20)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Notice
from cae.core.settings import set_setting
from entrepreneurs.models import EntryChecklist, EntryLine
from entrepreneurs.selectors.entry import balls_of, facts_of, lines_shown
from entrepreneurs.services.entry import (
    open_checklist,
    refresh_checklists,
    tick_by_facts,
    tick_line,
    untick_line,
)
from entrepreneurs.services.papers import accept_paper, ask_paper, receive_paper
from entrepreneurs.states.entry import ENTRY_LINES, LINES_OF, Ball, EntryFact, EntryKind, lines_setting
from people.states import RoleKind
from tests.factories import applications as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def world() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (EntryChecklist, EntryLine)]


def opened(kind: str = EntryKind.ACTIVITY, **more: Any) -> EntryChecklist:
    return open_checklist(more.pop("person", None) or make_person(), kind=kind, actor=None, **more)


def test_a_list_has_the_lines_of_its_kind_and_keeps_them() -> None:
    checklist = opened()
    assert [line.code for line in checklist.lines.all()] == [line.code for line in ENTRY_LINES]
    collective = opened(EntryKind.COLLECTIVE)
    assert "trade_name" not in collective.lines.values_list("code", flat=True)
    set_setting(
        lines_setting(EntryKind.ACTIVITY),
        value="agreement,welcome_days",
        valid_from=TODAY(),
        actor=make_user(RoleKind.ADMINISTRATOR),
        reason="Moins de lignes",
    )
    assert opened().lines.count() == 2
    assert checklist.lines.count() == len(ENTRY_LINES)


def test_one_list_is_open_for_a_person_and_asked_twice_it_is_the_same() -> None:
    application = make.submitted()
    first = open_checklist(application, kind=EntryKind.ACTIVITY, actor=None)
    assert first.application == application
    assert open_checklist(application, kind=EntryKind.COLLECTIVE, actor=None) == first


def test_a_draft_or_an_unknown_entry_opens_nothing() -> None:
    before = world()
    with pytest.raises(Refused) as refusal:
        open_checklist(make.draft(), kind=EntryKind.ACTIVITY, actor=None)
    assert refusal.value.code == Code.VALUE_INVALID
    with pytest.raises(Refused):
        open_checklist(make_person(), kind="window", actor=None)
    assert world() == before


def test_the_records_tick_what_they_show() -> None:
    user = make_user(RoleKind.CANDIDATE)
    assert user.person is not None
    checklist = opened(person=user.person)
    done = checklist.lines.filter(done_at__isnull=False)
    assert set(done.values_list("code", flat=True)) == {"account", "papers"}
    assert not done.exclude(done_by__isnull=True).exists()
    assert Notice.objects.filter(user=user, about_id=str(checklist.pk)).exists()
    paper = ask_paper(person=user.person, kind="bank_details", about=user.person, due_on=None, actor=None)
    assert EntryFact.PAPERS_SETTLED not in facts_of(user.person, TODAY())
    receive_paper(paper, content=make.PDF, name="rib.pdf", actor=user, now=timezone.now())
    accept_paper(paper, valid_until=None, on=TODAY(), actor=None)
    make_activity(user)
    assert tick_by_facts(checklist, now=timezone.now()) == 3
    assert set(done.values_list("code", flat=True)) >= {"bank_details", "trade_name", "analytic"}
    assert refresh_checklists(timezone.now()) == 0


def test_a_hand_ticks_once_and_takes_back_its_own_line_only() -> None:
    user = make_user(RoleKind.HUMAN_RESOURCES)
    checklist = opened(person=make_user(RoleKind.CANDIDATE).person)
    line = checklist.lines.get(code="welcome_days")
    tick_line(line, note="Les deux jours", actor=user, now=timezone.now())
    before = world()
    with pytest.raises(Refused):
        tick_line(line, note="", actor=user, now=timezone.now())
    with pytest.raises(Refused):
        untick_line(checklist.lines.get(code="account"), actor=user, now=timezone.now())
    assert world() == before
    untick_line(line, actor=user, now=timezone.now())
    line.refresh_from_db()
    assert (line.done_at, line.done_by, line.note) == (None, None, "")


def test_the_list_closes_with_its_last_line_and_opens_again_with_it() -> None:
    user = make_user(RoleKind.HUMAN_RESOURCES)
    checklist = opened()
    for line in checklist.lines.filter(done_at__isnull=True):
        tick_line(line, note="", actor=user, now=timezone.now())
    checklist.refresh_from_db()
    assert checklist.closed_on == TODAY()
    untick_line(checklist.lines.get(code="welcome_days"), actor=user, now=timezone.now())
    checklist.refresh_from_db()
    assert checklist.closed_on is None


def test_a_list_that_another_followed_opens_no_more() -> None:
    user = make_user(RoleKind.HUMAN_RESOURCES)
    checklist = opened()
    for line in checklist.lines.filter(done_at__isnull=True):
        tick_line(line, note="", actor=user, now=timezone.now())
    opened(person=checklist.person)
    before = world()
    with pytest.raises(Refused) as refusal:
        untick_line(checklist.lines.get(code="welcome_days"), actor=user, now=timezone.now())
    assert refusal.value.code == Code.DUPLICATE
    assert world() == before


@pytest.mark.parametrize(
    ("kind", "balls"),
    [
        (RoleKind.ADVISOR, {Ball.ADVISOR, Ball.PERSON}),
        (RoleKind.ACCOUNTANT, {Ball.ACCOUNTANT}),
        (RoleKind.HUMAN_RESOURCES, set(Ball)),
        (RoleKind.CO_MANAGER, set()),
    ],
)
def test_each_plays_its_balls(kind: str, balls: set[str]) -> None:
    assert balls_of(make_user(kind), opened()) == balls


def test_a_person_ticks_their_own_lines() -> None:
    user = make_user(RoleKind.CANDIDATE)
    checklist = opened(person=user.person, now=timezone.now() - timedelta(days=1))
    may = {shown.line.code for shown in lines_shown(checklist, user) if shown.may_tick}
    assert may == {code for code, line in LINES_OF.items() if line.ball == Ball.PERSON} - {
        "account",
        "papers",
    }
