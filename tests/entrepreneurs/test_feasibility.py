"""The insurer's word, the points, colleagues of the same trade, invitations left without an answer."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import OutgoingEmail
from entrepreneurs.models import ColleagueOpinion, FeasibilityFinding, InsurerSlip, SlotInvitation
from entrepreneurs.selectors.feasibility import insurer_agrees, points_of, same_trade
from entrepreneurs.services.feasibility import (
    agree_slip,
    ask_opinions,
    give_opinion,
    limit_slip,
    record_finding,
    refuse_slip,
    send_slip,
)
from entrepreneurs.services.slot_invitations import invite_candidate, stop_reminders, watch_invitations
from entrepreneurs.states.feasibility import FeasibilityPoint, Finding, Opinion, OpinionKind, SlipState
from entrepreneurs.states.stages import InvitationState
from people.services.scopes import rename_scope
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_territory, make_user
from tests.factories.welcome import candidature, insurer, manager

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def slip_of(application: object, trade: str = "Céramique") -> InsurerSlip:
    return send_slip(application, trade_name=trade, description="Tournage", on=TODAY(), actor=None)  # type: ignore[arg-type]


def test_the_slip_goes_to_the_insurer_and_its_yes_opens_the_way() -> None:
    make_cooperative()
    insurer()
    sent = candidature()
    slip = slip_of(sent)
    mail = OutgoingEmail.objects.get(to="avis@assureur.example")
    assert slip.document is not None
    assert list(mail.attachments.all()) == [slip.document]
    assert not insurer_agrees(application=sent)
    agree_slip(slip, answered_on=TODAY(), actor=manager())
    assert insurer_agrees(application=sent)
    assert insurer_agrees(person=sent.person)
    assert not insurer_agrees(application=sent, trade=make_trade("Graphisme"))
    assert insurer_agrees(application=sent, trade=make_trade("Céramique"))
    with pytest.raises(DatabaseError), transaction.atomic():
        InsurerSlip.objects.filter(pk=slip.pk).update(state=SlipState.REFUSED)
    with pytest.raises(ValueError, match="person"):
        insurer_agrees()


def test_a_later_no_takes_the_yes_back() -> None:
    make_cooperative()
    insurer()
    sent = candidature()
    agree_slip(slip_of(sent), answered_on=TODAY(), actor=None)
    refuse_slip(slip_of(sent), answered_on=TODAY(), answer="Four à bois", actor=None)
    assert not insurer_agrees(application=sent)


def test_what_the_insurer_cannot_be_asked_leaves_nothing() -> None:
    make_cooperative()
    sent = candidature()
    mails = OutgoingEmail.objects.count()
    with pytest.raises(Refused):
        slip_of(sent)
    insurer()
    for trade, text in ((" ", "x"), ("x", " ")):
        with pytest.raises(Refused):
            send_slip(sent, trade_name=trade, description=text, on=TODAY(), actor=None)
    assert (InsurerSlip.objects.count(), OutgoingEmail.objects.count()) == (0, mails)
    slip = slip_of(sent)
    with pytest.raises(Refused) as refusal:
        slip_of(sent)
    assert refusal.value.code == Code.ALREADY_DONE
    for act in (
        lambda: agree_slip(slip, answered_on=TODAY() + timedelta(days=1), actor=None),
        lambda: limit_slip(slip, answered_on=TODAY(), answer=" ", actor=None),
        lambda: refuse_slip(slip, answered_on=TODAY(), answer="", actor=None),
    ):
        with pytest.raises(Refused):
            act()
    assert InsurerSlip.objects.get().state == SlipState.SENT
    limit_slip(slip, answered_on=TODAY(), answer="Hors chantiers", actor=None)
    for again in (agree_slip, limit_slip, refuse_slip):
        with pytest.raises(Refused) as refusal:
            again(slip, answered_on=TODAY(), answer="x", actor=None)
        assert refusal.value.code == Code.ILLEGAL_MOVE


def test_the_latest_finding_of_a_point_counts() -> None:
    sent = candidature()
    record_finding(sent, point=FeasibilityPoint.LEASE, finding=Finding.YES, note="Bail 3-6-9", actor=None)
    points = {point.code: point for point in points_of(sent)}
    assert points[FeasibilityPoint.LEASE].blocks
    assert points[FeasibilityPoint.HIRING].is_open
    record_finding(sent, point=FeasibilityPoint.LEASE, finding=Finding.NO, actor=None)
    assert not {point.code: point for point in points_of(sent)}[FeasibilityPoint.LEASE].blocks
    with pytest.raises(Refused):
        record_finding(sent, point="x", finding=Finding.NO, actor=None)
    assert FeasibilityFinding.objects.count() == 2


def test_the_same_trade_nearby_is_told_the_nearest_first() -> None:
    region = make_territory("Drôme")
    town, other = make_territory("Crest", parent=region), make_territory("Isère")
    trade = make_trade("Céramique")
    for code, place in (("LOIN", other), ("HAUT", region), ("ICI", town)):
        activity = make_activity(code=code, trade=trade)
        rename_scope(activity.scope, label=activity.name, territory=place, actor=None)
    make_activity(code="AUTRE", trade="Couture")
    sent = candidature(territory=town, trade_text="ceramique")
    found = same_trade(sent, on=TODAY())
    assert [one.activity.code for one in found] == ["ICI", "HAUT"]
    assert all(one.people for one in found)
    assert found[0].sales == 0


def test_colleagues_are_asked_once_and_answer_once() -> None:
    town = make_territory("Crest")
    user = make_user()
    activity = make_activity(user, trade="Céramique")
    rename_scope(activity.scope, label=activity.name, territory=town, actor=None)
    sent = candidature(territory=town)
    (opinion,) = ask_opinions(sent, kind=OpinionKind.TRADE, on=TODAY(), actor=manager())
    for kind in OpinionKind:
        with pytest.raises(Refused):
            ask_opinions(sent, kind=kind, on=TODAY(), actor=None)
    for value, text, code in (("x", "", Code.VALUE_MISSING), (Opinion.AGAINST, " ", Code.VALUE_MISSING)):
        with pytest.raises(Refused) as refusal:
            give_opinion(opinion, value=value, text=text, actor=user)
        assert refusal.value.code == code
    give_opinion(opinion, value=Opinion.RESERVED, text="Peu de clients", actor=user)
    with pytest.raises(Refused) as refusal:
        give_opinion(opinion, value=Opinion.FOR, text="", actor=user)
    assert refusal.value.code == Code.ALREADY_DONE
    assert ColleagueOpinion.objects.get().opinion == Opinion.RESERVED


def test_a_candidate_is_reminded_then_the_file_comes_back() -> None:
    sent, boss = candidature(), manager()
    assert boss.person is not None
    start = timezone.now()
    invitation = invite_candidate(sent, advisor=boss.person, now=start, actor=boss)
    with pytest.raises(Refused):
        invite_candidate(sent, advisor=boss.person, now=start, actor=boss)
    sent.refresh_from_db()
    assert sent.advisor == boss.person
    mails = OutgoingEmail.objects.filter(to=sent.email)
    before = mails.count()
    assert [watch_invitations(now=start + timedelta(days=day)) for day in (1, 3, 3, 11, 12)] == [
        0,
        1,
        0,
        1,
        0,
    ]
    assert mails.count() == before + 2
    assert watch_invitations(now=start + timedelta(days=14)) == 1
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.NO_ANSWER
    assert invitation.ended_at is not None
    with pytest.raises(Refused):
        stop_reminders(invitation, reason="x", now=start, actor=boss)


def test_reminders_stop_for_a_reason() -> None:
    sent, boss = candidature(), manager()
    assert boss.person is not None
    invitation = invite_candidate(sent, advisor=boss.person, now=timezone.now(), actor=boss)
    with pytest.raises(Refused):
        stop_reminders(invitation, reason=" ", now=timezone.now(), actor=boss)
    assert SlotInvitation.objects.get().state == InvitationState.WAITING
    stopped = stop_reminders(invitation, reason="Vu par téléphone", now=timezone.now(), actor=boss)
    assert stopped.state == InvitationState.STOPPED
    assert watch_invitations(now=timezone.now() + timedelta(days=30)) == 0
