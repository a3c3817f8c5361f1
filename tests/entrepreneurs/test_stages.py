"""Columns and moves: dated, per territory, taken back, and nothing changed by what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from entrepreneurs.models import Application, StageMove, WelcomeStage
from entrepreneurs.selectors.stages import board_of, stage_of
from entrepreneurs.selectors.welcome_funnel import targets_of
from entrepreneurs.services.referents import name_referent
from entrepreneurs.services.stages import (
    StageData,
    end_stage,
    lay_first_stages,
    move_application,
    note_information,
    save_stage,
    set_target,
    transfer_application,
    undo_move,
)
from entrepreneurs.services.welcome import refuse_application
from entrepreneurs.states.referents import COACH
from entrepreneurs.states.stages import Presence, TargetKind
from people.states import RoleKind
from tests.factories.coaching import coach
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_territory, make_user, scope_of_territory
from tests.factories.welcome import GROUNDS, candidature, manager, stages

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def test_the_usual_columns_are_laid_once() -> None:
    assert [one.label for one in stages()] == [
        "Reçue",
        "Premier entretien",
        "Instruction",
        "Comité",
        "Convention",
    ]
    assert lay_first_stages(on=BEGINNING, actor=None) == list(WelcomeStage.objects.all())
    assert WelcomeStage.objects.count() == 5


def test_a_card_begins_in_the_first_column_since_it_was_sent() -> None:
    stages()
    sent = candidature(now=timezone.now() - timedelta(days=9))
    board = board_of(manager(), territory=None, today=TODAY())
    (card,) = board.columns[0].cards
    assert (card.application.pk, card.days) == (sent.pk, 9)
    assert "En retard dans cette colonne" in card.alerts
    assert board.count == 1


def test_a_move_keeps_its_history_and_is_taken_back_with_its_day() -> None:
    first, second, *_ = stages()
    actor, sent = manager(), candidature(now=timezone.now() - timedelta(days=5))
    move_application(sent, stage=second, actor=actor, on=TODAY(), seen_in=first.pk)
    assert stage_of(sent) == second
    back = undo_move(sent, actor=actor, now=timezone.now())
    assert stage_of(sent) == first
    assert back.since == timezone.localdate(sent.sent_at)
    assert StageMove.objects.count() == 2
    with pytest.raises(Refused):
        undo_move(sent, actor=manager(), now=timezone.now())


def test_only_who_moved_takes_it_back_and_soon() -> None:
    _first, second, *_ = stages()
    actor, sent = manager(), candidature()
    move_application(sent, stage=second, actor=actor, on=TODAY())
    for who, when in ((manager(), timezone.now()), (actor, timezone.now() + timedelta(hours=1))):
        with pytest.raises(Refused) as refusal:
            undo_move(sent, actor=who, now=when)
        assert refusal.value.code == Code.NOT_ALLOWED
    assert stage_of(sent) == second


def test_what_cannot_be_moved_stays_where_it_is() -> None:
    first, second, third, *_ = stages()
    actor, sent, decided = manager(), candidature(), candidature()
    refuse_application(decided, grounds=GROUNDS, now=timezone.now(), actor=actor)
    elsewhere = WelcomeStage.objects.create(
        territory=make_territory("Ailleurs"), label="Ici", order=1, starts_on=BEGINNING
    )
    before = AuditEntry.objects.count()
    for application, stage, seen, code in (
        (sent, first, None, Code.ALREADY_DONE),
        (sent, elsewhere, None, Code.VALUE_INVALID),
        (sent, second, third.pk, Code.STALE_FORM),
        (decided, second, None, Code.ILLEGAL_MOVE),
    ):
        with pytest.raises(Refused) as refusal:
            move_application(application, stage=stage, actor=actor, on=TODAY(), seen_in=seen)
        assert refusal.value.code == code
    assert not StageMove.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_territory_with_columns_of_its_own_has_a_board_of_its_own() -> None:
    stages()
    region = make_territory("Drôme")
    town = make_territory("Crest", parent=region)
    own = save_stage(None, data=StageData("À lire"), starts_on=BEGINNING, territory=region, actor=None)
    below, other = candidature(territory=town), candidature(territory=make_territory("Isère"))
    boss = manager()
    here = board_of(boss, territory=region, today=TODAY())
    assert [card.application.pk for column in here.columns for card in column.cards] == [below.pk]
    assert stage_of(below) == own
    everywhere = board_of(boss, territory=None, today=TODAY())
    assert [card.application.pk for card in everywhere.columns[0].cards] == [other.pk]


def test_a_closed_column_gives_its_cards_to_the_first() -> None:
    first, second, *_ = stages()
    sent = candidature()
    move_application(sent, stage=second, actor=manager(), on=TODAY())
    end_stage(second, last_day=TODAY() - timedelta(days=1), actor=None)
    assert stage_of(sent) == first


def test_columns_refuse_what_makes_no_board() -> None:
    (only, *rest) = stages()
    for one in rest:
        end_stage(one, last_day=TODAY(), actor=None)
    for act, code in (
        (lambda: end_stage(only, last_day=TODAY(), actor=None), Code.NOT_ALLOWED),
        (lambda: end_stage(rest[0], last_day=TODAY(), actor=None), Code.ALREADY_DONE),
        (lambda: end_stage(only, last_day=BEGINNING - timedelta(days=9), actor=None), Code.PERIOD_INVALID),
        (
            lambda: save_stage(rest[0], data=StageData("X"), starts_on=BEGINNING, actor=None),
            Code.ALREADY_DONE,
        ),
        (lambda: save_stage(None, data=StageData(" "), starts_on=BEGINNING, actor=None), Code.VALUE_MISSING),
        (lambda: save_stage(None, data=StageData("reçue"), starts_on=BEGINNING, actor=None), Code.DUPLICATE),
        (
            lambda: save_stage(None, data=StageData("A", "x"), starts_on=BEGINNING, actor=None),
            Code.VALUE_INVALID,
        ),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == code
    assert WelcomeStage.objects.filter(ends_on=None).get() == only
    renamed = save_stage(only, data=StageData("Arrivée", "entry", 1, 5), starts_on=BEGINNING, actor=None)
    assert (renamed.label, renamed.late_after) == ("Arrivée", 5)


def test_a_file_changes_hands_for_a_reason() -> None:
    sent, advisor = candidature(), make_person()
    moved = transfer_application(sent, advisor=advisor, reason="Congé", actor=manager())
    assert moved.advisor == advisor
    for facts, code in (
        ({"reason": " ", "advisor": advisor}, Code.VALUE_MISSING),
        ({"reason": "x"}, Code.VALUE_MISSING),
    ):
        with pytest.raises(Refused) as refusal:
            transfer_application(sent, actor=manager(), **facts)
        assert refusal.value.code == code


def test_the_information_meeting_is_noted_on_the_application() -> None:
    sent, today = candidature(), TODAY()
    tomorrow = today + timedelta(days=1)
    note_information(sent, held_on=tomorrow, presence=Presence.PLANNED, today=today, actor=None)
    with pytest.raises(Refused):
        note_information(sent, held_on=tomorrow, presence=Presence.CAME, today=today, actor=None)
    noted = note_information(sent, held_on=today, presence=Presence.CAME, today=today, actor=None)
    assert (noted.held_on, noted.presence) == (today, Presence.CAME)


def test_targets_are_said_again_and_the_latest_counts() -> None:
    boss = manager()
    for value in (12, 15):
        set_target(kind=TargetKind.ENTRIES, year=2026, value=value, actor=boss)
    with pytest.raises(Refused):
        set_target(kind=TargetKind.CAPACITY, year=2026, value=3, actor=boss)
    with pytest.raises(Refused):
        set_target(kind=TargetKind.ENTRIES, year=1900, value=3, actor=boss)
    assert (
        set_target(kind=TargetKind.CAPACITY, year=2026, value=3, advisor=boss.person, actor=boss).door == ""
    )


def test_an_advisor_sees_the_cards_of_their_territory_only() -> None:
    stages()
    here, elsewhere = make_territory("Drôme"), make_territory("Isère")
    mine, _other = candidature(territory=here), candidature(territory=elsewhere)
    advisor = make_user(RoleKind.ADVISOR, scope=scope_of_territory(here))
    board = board_of(advisor, territory=None, today=TODAY())
    assert [card.application.pk for column in board.columns for card in column.cards] == [mine.pk]


def test_places_left_count_the_portfolio_and_the_applications_in_hand() -> None:
    stages()
    boss, here = manager(), make_territory("Drôme")
    assert boss.person is not None
    coach(make_user(RoleKind.ENTREPRENEUR), boss)
    for place in (here, make_territory("Isère")):
        Application.objects.filter(pk=candidature(territory=place).pk).update(advisor=boss.person)
    both = candidature(territory=here)
    Application.objects.filter(pk=both.pk).update(advisor=boss.person)
    assert both.person is not None
    name_referent(
        both.person, advisor=boss.person, function=COACH, starts_on=BEGINNING, actor=None, tell=False
    )
    for place, value in ((None, 5), (here, 1)):
        set_target(
            kind=TargetKind.CAPACITY,
            year=2026,
            value=value,
            territory=place,
            advisor=boss.person,
            actor=boss,
        )
    everywhere, there = targets_of(2026, today=TODAY())
    assert (everywhere.coached, everywhere.waiting, everywhere.left) == (2, 2, 1), "nobody counts twice"
    assert (there.waiting, there.left) == (1, 0)
