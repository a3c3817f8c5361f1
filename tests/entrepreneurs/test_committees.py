"""Committees freeze, hear and decide; outcomes keep the step reached; what is refused changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.models import OutgoingEmail
from entrepreneurs.models import (
    Application,
    ApplicationDecision,
    Committee,
    CommitteeFile,
    CommitteeVoice,
    Contract,
    EntryChecklist,
)
from entrepreneurs.selectors.committees import committees_visible_to, tally_of
from entrepreneurs.services.committees import (
    CommitteeData,
    add_file,
    cancel_committee,
    change_committee,
    close_committee,
    convene_committee,
    decide_file,
    give_voice,
    plan_committee,
    remove_file,
)
from entrepreneurs.services.feasibility import ask_opinions, give_opinion
from entrepreneurs.services.stages import move_application
from entrepreneurs.services.welcome import (
    Grounds,
    accept_application,
    pool_application,
    postpone_application,
    redirect_application,
    refuse_application,
    reopen_application,
)
from entrepreneurs.states.applications import ApplicationState, Door
from entrepreneurs.states.committees import CommitteeState, DecisionMode, Fit, Verdict, Voice
from entrepreneurs.states.feasibility import Opinion, OpinionKind
from people.models import PersonScope
from people.selectors.statuses import statuses_on
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.factories.welcome import (
    GROUNDS,
    candidature,
    committee,
    convened,
    criteria,
    manager,
    review,
    stages,
)

pytestmark = pytest.mark.django_db

NOW, TODAY = timezone.now, timezone.localdate


def decide(file: CommitteeFile, verdict: str = Verdict.ACCEPTED, **more: Any) -> ApplicationDecision:
    grounds = more.pop("grounds", Grounds(reason="Bienvenue", conditions="Suivre l’atelier"))
    return decide_file(
        file, verdict=verdict, fit=more.pop("fit", Fit.YES), grounds=grounds, now=NOW(), actor=manager()
    )


def test_convening_freezes_what_members_read() -> None:
    criteria()
    sent, boss = candidature(), manager()
    review(sent, boss, 4, 4, 4, 4)
    _made, (file,) = convened(sent, chair=boss)
    assert file.frozen is not None
    assert file.frozen_hash == sha256_of(file.frozen)
    assert (file.frozen["name"], file.frozen["grid"]["exact"]) == (sent.full_name, "4")
    with pytest.raises(DatabaseError), transaction.atomic():
        CommitteeFile.objects.filter(pk=file.pk).update(frozen={})
    with pytest.raises(DatabaseError), transaction.atomic():
        file.delete()


def test_a_member_sees_only_committees_where_they_sit() -> None:
    member = make_user(RoleKind.COMMITTEE_MEMBER)
    mine, _files = convened(candidature(), members=(member,))
    convened(candidature())
    assert list(committees_visible_to(member)) == [mine]
    assert committees_visible_to(manager()).count() == 2
    assert not committees_visible_to(make_user(RoleKind.CANDIDATE)).exists()


def test_what_cannot_be_planned_or_convened() -> None:
    boss, today = manager(), TODAY()
    past = CommitteeData(held_on=today - timedelta(days=1))
    with pytest.raises(Refused):
        plan_committee(data=past, members=(), chair=boss, today=today, actor=boss)
    with pytest.raises(Refused):
        plan_committee(
            data=CommitteeData(held_on=today, mode="x"), members=(), chair=boss, today=today, actor=boss
        )
    assert not Committee.objects.exists()
    empty = committee(chair=boss)
    with pytest.raises(Refused) as refusal:
        convene_committee(empty, now=NOW(), actor=boss)
    assert refusal.value.code == Code.EMPTY_DOCUMENT
    sent = candidature()
    file = add_file(empty, application=sent, actor=boss)
    with pytest.raises(Refused) as refusal:
        add_file(committee(chair=boss), application=sent, actor=boss)
    assert refusal.value.code == Code.DUPLICATE
    remove_file(file, actor=boss)
    add_file(empty, application=sent, actor=boss)
    with pytest.raises(Refused) as refusal:
        convene_committee(empty, now=NOW() + timedelta(days=30), actor=boss)
    assert refusal.value.code == Code.DATE_INVALID
    convene_committee(empty, now=NOW(), actor=boss)
    late = {"data": CommitteeData(held_on=today), "members": [], "chair": boss, "today": today, "actor": boss}
    for act in (
        lambda: convene_committee(empty, now=NOW(), actor=boss),
        lambda: change_committee(empty, **late),
        lambda: add_file(empty, application=candidature(), actor=boss),
        lambda: remove_file(empty.files.get(), actor=boss),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == Code.ILLEGAL_MOVE
    assert empty.files.count() == 1


@pytest.mark.parametrize(
    ("mode", "voices", "proposes"),
    [
        (DecisionMode.VOTE, [Voice.FOR, Voice.FOR, Voice.AGAINST], True),
        (DecisionMode.VOTE, [Voice.FOR, Voice.AGAINST], False),
        (DecisionMode.CONSENT, [Voice.FOR, Voice.ABSTAIN], True),
        (DecisionMode.CONSENT, [Voice.FOR, Voice.OBJECTION], False),
        (DecisionMode.VOTE, [], None),
    ],
)
def test_voices_propose_and_the_latest_of_each_counts(
    mode: str, voices: list[str], proposes: bool | None
) -> None:
    members = tuple(make_user(RoleKind.COMMITTEE_MEMBER) for _voice in voices)
    made, (file,) = convened(candidature(), members=members, mode=mode)
    for member, voice in zip(members, voices, strict=True):
        give_voice(file, voice=Voice.ABSTAIN, note="", actor=member)
        give_voice(file, voice=voice, note="Parce que", actor=member)
    assert tally_of(file, made.mode).proposes is proposes
    assert CommitteeVoice.objects.count() == 2 * len(voices)


def test_voices_that_are_not_heard() -> None:
    boss = manager()
    planned = committee(candidature(), chair=boss)
    _made, (file,) = convened(candidature(), chair=boss)
    for target, voice, note, who, code in (
        (planned.files.get(), Voice.FOR, "", boss, Code.ILLEGAL_MOVE),
        (file, Voice.FOR, "", manager(), Code.NOT_ALLOWED),
        (file, Voice.AGAINST, "", boss, Code.VALUE_INVALID),
        (file, Voice.OBJECTION, " ", boss, Code.VALUE_MISSING),
    ):
        with pytest.raises(Refused) as refusal:
            give_voice(target, voice=voice, note=note, actor=who)
        assert refusal.value.code == code
    assert not CommitteeVoice.objects.exists()


def test_an_acceptance_opens_what_comes_next_and_minutes_close_the_meeting() -> None:
    make_cooperative()
    steps, boss, sent = stages(), manager(), candidature()
    move_application(sent, stage=steps[3], actor=boss, on=TODAY())
    made, (file,) = convened(sent, chair=boss)
    with pytest.raises(Refused) as refusal:
        decide(file)
    assert refusal.value.code == Code.NOT_ALLOWED, "nobody spoke"
    give_voice(file, voice=Voice.FOR, note="", actor=boss)
    with pytest.raises(Refused):
        decide(file, fit="")
    with pytest.raises(Refused):
        close_committee(made, now=NOW(), actor=boss)
    assert not ApplicationDecision.objects.exists()
    decision = decide(file)
    sent.refresh_from_db()
    assert (sent.state, decision.stage) == (ApplicationState.ACCEPTED, steps[3])
    assert Contract.objects.get().person == sent.person
    assert EntryChecklist.objects.get().application == sent
    with pytest.raises(Refused) as refusal:
        decide(file)
    assert refusal.value.code == Code.ALREADY_DONE
    closed = close_committee(made, now=NOW(), actor=boss)
    assert closed.minutes is not None
    assert closed.minutes.file.read()[:5] == b"%PDF-"
    for act in (
        lambda: close_committee(closed, now=NOW(), actor=boss),
        lambda: cancel_committee(closed, reason="x", actor=boss),
        lambda: decide(file),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == Code.ILLEGAL_MOVE


def test_by_the_door_of_a_collective_members_are_heard_then_a_membership_is_made() -> None:
    make_cooperative()
    boss, member = manager(), make_user()
    collective = make_activity(member)
    sent = candidature(door=Door.COLLECTIVE)
    with pytest.raises(Refused):
        accept_application(sent, grounds=Grounds(), now=NOW(), actor=boss)
    Application.objects.filter(pk=sent.pk).update(collective=collective)
    sent.refresh_from_db()
    _made, (file,) = convened(sent, chair=boss)
    give_voice(file, voice=Voice.FOR, note="", actor=boss)
    with pytest.raises(Refused):
        decide(file)
    sent.refresh_from_db()
    assert sent.state == ApplicationState.SUBMITTED
    (opinion,) = ask_opinions(sent, kind=OpinionKind.COLLECTIVE, on=TODAY(), actor=boss)
    give_opinion(opinion, value=Opinion.FOR, text="", actor=member)
    decide(file)
    assert PersonScope.objects.filter(scope=collective.scope, person=sent.person).exists()
    assert not Contract.objects.exists()


def test_a_cancelled_committee_frees_its_files() -> None:
    boss, sent = manager(), candidature()
    made, _files = convened(sent, chair=boss)
    with pytest.raises(Refused):
        cancel_committee(made, reason=" ", actor=boss)
    assert cancel_committee(made, reason="Quorum", actor=boss).state == CommitteeState.CANCELLED
    assert committee(sent, chair=boss).files.count() == 1


OUTCOMES = [
    (refuse_application, ApplicationState.REFUSED),
    (redirect_application, ApplicationState.REDIRECTED),
    (pool_application, ApplicationState.POOLED),
]


@pytest.mark.parametrize(("act", "state"), OUTCOMES)
def test_an_outcome_keeps_the_step_tells_the_person_and_is_reopened(act: Any, state: str) -> None:
    steps, boss, sent = stages(), manager(), candidature()
    move_application(sent, stage=steps[2], actor=boss, on=TODAY())
    before = OutgoingEmail.objects.filter(to=sent.email).count()
    for wrong in (Grounds(reason="x"), Grounds(reason_code="inconnu", reason="x")):
        with pytest.raises(Refused):
            act(sent, grounds=wrong, now=NOW(), actor=boss)
    assert not ApplicationDecision.objects.exists()
    done = act(sent, grounds=GROUNDS, now=NOW(), actor=boss)
    decision = ApplicationDecision.objects.get()
    assert (done.state, decision.stage, decision.reason_code) == (state, steps[2], "capacity")
    assert OutgoingEmail.objects.filter(to=sent.email).count() == before + 1
    assert done.retention_until > TODAY() + timedelta(days=700)
    with pytest.raises(Refused):
        reopen_application(done, grounds=Grounds(), now=NOW(), actor=boss)
    again = reopen_application(done, grounds=Grounds(reason="Une place se libère"), now=NOW(), actor=boss)
    assert again.state == ApplicationState.SUBMITTED
    assert again.person is not None
    assert statuses_on(again.person, TODAY()).filter(kind=StatusKind.CANDIDATE).exists()


def test_a_second_decision_is_refused() -> None:
    boss, sent = manager(), candidature()
    refuse_application(sent, grounds=GROUNDS, now=NOW(), actor=boss)
    for act in (accept_application, refuse_application, redirect_application, pool_application):
        with pytest.raises(Refused):
            act(sent, grounds=GROUNDS, now=NOW(), actor=boss)
    waiting = candidature()
    with pytest.raises(Refused) as refusal:
        reopen_application(waiting, grounds=GROUNDS, now=NOW(), actor=boss)
    assert refusal.value.code == Code.ILLEGAL_MOVE
    assert ApplicationDecision.objects.count() == 1


def test_a_postponed_application_stays_on_the_board() -> None:
    boss, sent = manager(), candidature()
    with pytest.raises(Refused):
        postpone_application(sent, grounds=GROUNDS, now=NOW(), actor=boss)
    later = Grounds(reason_code="too_early", reason="Après l’été", again_on=TODAY() + timedelta(days=60))
    postpone_application(sent, grounds=later, now=NOW(), actor=boss)
    sent.refresh_from_db()
    assert sent.state == ApplicationState.SUBMITTED
    assert ApplicationDecision.objects.get().verdict == Verdict.POSTPONED
