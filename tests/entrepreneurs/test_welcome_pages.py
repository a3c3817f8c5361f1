"""The pages of the welcome: who reaches them, what they do, as many queries for thirty as for one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cae.core import permissions
from cae.core.errors import Code, Refused
from entrepreneurs.models import (
    Application,
    ApplicationDecision,
    Committee,
    CommitteeVoice,
    CriteriaSet,
    EconomicWaiver,
    FeasibilityFinding,
    Mark,
    SlotInvitation,
    StageMove,
    WelcomeStage,
    WelcomeTarget,
)
from entrepreneurs.selectors.committees import seats_offered, voices_owed
from entrepreneurs.selectors.stages import board_of, stage_of
from entrepreneurs.services.committees import give_voice
from entrepreneurs.services.feasibility import ask_opinions
from entrepreneurs.services.stages import StageData, end_stage, move_application, save_stage
from entrepreneurs.services.welcome import refuse_application
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.feasibility import OpinionKind
from people.services.scopes import rename_scope
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_role, make_territory, make_user, scope_of_territory
from tests.factories.welcome import (
    GROUNDS,
    candidature,
    committee,
    convened,
    criteria,
    insurer,
    manager,
    review,
    stages,
)
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def page(name: str, *keys: Any) -> str:
    return reverse(f"entrepreneurs:{name}", args=keys)


def test_the_board_asks_as_much_for_thirty_cards_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    stages()
    client = client_of(manager())
    candidature()
    for name in ("board", "candidate_list", "funnel"):
        client.get(page(name))
        with django_assert_max_num_queries(60) as one:
            client.get(page(name))
        for _n in range(4):
            candidature()
        with django_assert_max_num_queries(len(one.captured_queries)):
            assert client.get(page(name)).status_code == 200


def test_a_card_says_who_which_trade_where_and_what_to_watch() -> None:
    stages()
    candidature(now=timezone.now() - timedelta(days=20), territory=make_territory("Drôme"))
    said = text(client_of(manager()).get(page("board")))
    for words in ("Céramique", "Drôme", "20 jours ici", "En retard dans cette colonne", "Passer"):
        assert words in said


def test_the_board_without_columns_offers_to_lay_them() -> None:
    admin = client_of(make_user(RoleKind.ADMINISTRATOR))
    assert "Poser les colonnes habituelles" in text(admin.get(page("board")))
    admin.post(page("board_lay"))
    assert WelcomeStage.objects.count() == 5
    assert client_of(manager()).post(page("board_lay")).status_code == 403


def test_a_card_moves_by_its_button_and_comes_back() -> None:
    first, second, *_ = stages()
    client, sent = client_of(manager()), candidature()
    facts = {"stage": second.pk, "seen_in": first.pk}
    said = text(client.post(page("application_move", sent.pk), facts, follow=True))
    assert "passe dans « Premier entretien »" in said
    assert stage_of(sent) == second
    client.post(page("application_undo", sent.pk))
    assert stage_of(sent) == first
    again = client.post(page("application_move", sent.pk), {"stage": "x"})
    assert again.status_code == 404


def test_the_list_filtered_by_a_column_shows_what_the_board_shows_in_it() -> None:
    first, second, third, *_ = stages()
    boss, today = manager(), timezone.localdate()
    never, moved, lost, decided = (candidature() for _n in range(4))
    north = make_territory("Vosges")
    own = save_stage(None, data=StageData("Vœux"), starts_on=BEGINNING, territory=north, actor=None)
    there = candidature(territory=north)
    for sent, stage in ((moved, second), (lost, third), (decided, third)):
        move_application(sent, stage=stage, actor=boss, on=today)
    refuse_application(decided, grounds=GROUNDS, now=timezone.now(), actor=boss)
    end_stage(third, last_day=today - timedelta(days=1), actor=None)
    client = client_of(boss)
    for stage, held in ((first, {never, lost}), (second, {moved}), (third, {decided}), (own, {there})):
        said = text(client.get(page("candidate_list"), {"stage": stage.pk}))
        for sent in (never, moved, lost, decided, there):
            assert (sent.full_name in said) == (sent in held), (stage, sent)
    columns = board_of(boss, territory=None, today=today).columns
    assert [len(column.cards) for column in columns] == [2, 1, 0, 0]


def test_who_does_not_welcome_reaches_nothing() -> None:
    stages()
    sent = candidature(territory=make_territory("Drôme"))
    elsewhere = make_user(RoleKind.ADVISOR, scope=scope_of_territory(make_territory("Isère")))
    for user, status in ((make_user(RoleKind.ENTREPRENEUR), 403), (elsewhere, 404)):
        client = client_of(user)
        for name in ("candidate_file", "grid_mark", "candidate_invite", "slip_send"):
            assert client.get(page(name, sent.pk)).status_code == status
    assert Client().get(page("board")).status_code == 302
    administrator = client_of(make_user(RoleKind.ADMINISTRATOR))
    assert administrator.get(page("candidate_file", sent.pk)).status_code == 200
    assert administrator.get(page("grid_mark", sent.pk)).status_code == 403


def test_the_file_shows_everything_in_one_place() -> None:
    stages()
    criteria()
    said = text(client_of(manager()).get(page("candidate_file", candidature().pk)))
    for words in (
        "Ne pas rester seule",
        "Critère économique",
        "Faisabilité",
        "Assureur",
        "Messages",
        "Passages",
    ):
        assert words in said


def test_marks_are_given_on_the_page_alone_then_shown() -> None:
    known, sent, user = criteria(), candidature(), manager()
    review(sent, manager(), 4, 4, 4, 4, comment="Bravo à elle")
    client, url = client_of(user), page("grid_mark", sent.pk)
    assert "Bravo à elle" not in text(client.get(url))
    assert "Bravo à elle" not in text(client.get(page("candidate_file", sent.pk)))
    assert client.post(url, {"comment": ""}).status_code == 422
    client.post(url, {f"mark_{row.pk}": "1" for row in known.criteria.all()})
    assert "Bravo à elle" in text(client.get(url))
    mark = Mark.objects.filter(review__reviewer=user).first()
    assert mark is not None
    client.post(page("mark_change", mark.pk), {"value": "3", "reason": "Vu l’atelier"})
    assert Mark.objects.filter(replaces=mark, value=3).exists()
    assert client_of(manager()).get(page("mark_change", mark.pk)).status_code == 404


@pytest.mark.parametrize(
    ("word", "facts", "state"),
    [
        ("refuser", {"reason_code": "capacity"}, ApplicationState.REFUSED),
        ("reorienter", {"reason_code": "elsewhere", "reason": "Une couveuse"}, ApplicationState.REDIRECTED),
        ("vivier", {"reason_code": "capacity"}, ApplicationState.POOLED),
        ("reporter", {"reason_code": "too_early", "again_on": "2199-01-01"}, ApplicationState.SUBMITTED),
    ],
)
def test_an_outcome_is_decided_on_its_page(word: str, facts: dict[str, str], state: str) -> None:
    sent, client = candidature(), client_of(manager())
    url = page("application_outcome", sent.pk, word)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert not ApplicationDecision.objects.exists()
    assert client.post(url, facts).status_code == 302
    sent.refresh_from_db()
    assert sent.state == state
    if state != ApplicationState.SUBMITTED:
        client.post(page("application_outcome", sent.pk, "rouvrir"), {"reason": "Une place"})
        sent.refresh_from_db()
        assert sent.state == ApplicationState.SUBMITTED
    assert client.get(page("application_outcome", sent.pk, "autre")).status_code == 404


def test_many_are_acted_on_at_once_for_one_reason() -> None:
    client, rows = client_of(manager()), [candidature() for _n in range(3)]
    keys = {"ids": [row.pk for row in rows]}
    url = page("application_bulk", "vivier")
    assert "3 candidatures" in text(client.post(url, keys))
    assert client.post(url, keys | {"confirmer": "1"}).status_code == 422
    client.post(url, keys | {"confirmer": "1", "reason_code": "capacity"})
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.POOLED}
    assert "Roy" in text(client.get(page("pool_list")))
    assert client.post(url, {}).status_code == 302


def test_feasibility_insurer_and_opinions_by_their_pages() -> None:
    make_cooperative()
    insurer()
    town, colleague = make_territory("Crest"), make_user()
    activity = make_activity(colleague, trade="Céramique")
    rename_scope(activity.scope, label=activity.name, territory=town, actor=None)
    sent, client = candidature(territory=town), client_of(manager())
    client.post(page("finding_record", sent.pk), {"point": "lease", "finding": "no"})
    assert FeasibilityFinding.objects.count() == 1
    client.post(page("slip_send", sent.pk), {"trade_name": "Céramique", "description": "Tournage"})
    slip = sent.slips.get()
    answer = {"answered_on": timezone.localdate().isoformat(), "verdict": "limit", "answer": "Hors chantiers"}
    assert client.post(page("slip_answer", slip.pk), answer | {"answer": ""}).status_code == 422
    client.post(page("slip_answer", slip.pk), answer)
    other = make_activity(trade="Céramique")
    rename_scope(other.scope, label=other.name, territory=town, actor=None)
    ask = page("opinions_ask", sent.pk)
    assert client.get(f"{ask}?titre=voisin").status_code == 404
    assert client.post(ask, {}).status_code == 422
    assert colleague.person is not None
    assert client.post(ask, {"people": [colleague.person.pk]}).status_code == 302
    opinion = sent.opinions.get()
    assert colleague.person.full_name not in text(client.get(ask)), "nobody is asked twice"
    given = page("opinion_give", opinion.pk)
    assert client.get(given).status_code == 404, "asked of somebody else"
    mine = client_of(colleague)
    assert "Céramique" in text(mine.get(given))
    mine.post(given, {"opinion": "for"})
    assert sent.opinions.get().opinion == "for"
    assert "Hors chantiers" in text(client.get(page("candidate_file", sent.pk)))


def test_inviting_stopping_transferring_and_noting_the_meeting() -> None:
    boss, sent = manager(), candidature()
    client = client_of(boss)
    client.post(page("candidate_invite", sent.pk), {"advisor": boss.person_id})
    invitation = SlotInvitation.objects.get()
    client.post(page("reminders_stop", sent.pk, invitation.pk), {"reason": "Vu par téléphone"})
    invitation.refresh_from_db()
    assert invitation.state == "stopped"
    today = timezone.localdate().isoformat()
    client.post(page("information_note", sent.pk), {"held_on": today, "presence": "came"})
    client.post(page("application_transfer", sent.pk), {"advisor": boss.person_id, "reason": "Congé"})
    sent.refresh_from_db()
    assert (sent.information.presence, sent.advisor_id) == ("came", boss.person_id)


def test_a_committee_from_its_plan_to_a_voice_and_a_decision() -> None:
    make_cooperative()
    boss, member = manager(), make_user(RoleKind.COMMITTEE_MEMBER)
    client, sent = client_of(boss), candidature()
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    facts = {"held_on": day, "mode": "consent", "chair": boss.pk, "members": [member.pk]}
    client.post(page("committee_plan"), facts)
    made = Committee.objects.get()
    client.post(page("committee_change", made.pk), facts | {"place": "La Filature"})
    client.post(page("committee_add", made.pk), {"application": sent.pk})
    file = made.files.get()
    assert client_of(member).get(page("committee_file", file.pk)).status_code == 404, "not frozen yet"
    client.post(page("committee_remove", file.pk))
    client.post(page("committee_add", made.pk), {"application": sent.pk})
    client.post(page("committee_convene", made.pk))
    file = made.files.get()
    seat = client_of(member)
    assert "La Filature" in text(seat.get(page("committee_detail", made.pk)))
    assert sent.full_name in text(seat.get(page("committee_file", file.pk)))
    assert seat.post(page("committee_file", file.pk), {"voice": "objection"}).status_code == 422
    seat.post(page("committee_file", file.pk), {"voice": "for"})
    assert CommitteeVoice.objects.count() == 1
    assert seat.get(page("committee_decide", file.pk)).status_code == 403
    assert seat.get(page("candidate_file", sent.pk)).status_code == 403
    client.post(page("committee_decide", file.pk), {"fit": "yes", "verdict": "accepted"})
    sent.refresh_from_db()
    assert sent.state == ApplicationState.ACCEPTED
    client.post(page("committee_close", made.pk))
    made.refresh_from_db()
    assert made.minutes_id
    assert seat.get(reverse("core:document", args=[made.minutes_id])).status_code == 200
    other = client_of(make_user(RoleKind.COMMITTEE_MEMBER))
    for name, key in (("committee_detail", made.pk), ("committee_file", file.pk)):
        assert other.get(page(name, key)).status_code == 404


def test_a_file_frozen_for_a_committee_leads_to_it_and_counts_no_days_once_decided() -> None:
    stages()
    sent, boss = candidature(), manager()
    held, _files = convened(sent, chair=boss)
    client, file = client_of(boss), page("candidate_file", sent.pk)
    there = client.get(file)
    assert f'href="{page("committee_detail", held.pk)}">Voir le comité' in there.content.decode()
    assert "Voir le comité" not in text(client_of(make_user(RoleKind.HUMAN_RESOURCES)).get(file))
    assert "Toute la coopérative" in text(client.get(page("committee_list")))
    figures = text(client.get(page("funnel")))
    assert "Acceptées" in figures
    assert "Acceptée " not in figures


def test_a_committee_is_cancelled_for_a_reason() -> None:
    boss = manager()
    made = committee(candidature(), chair=boss)
    client = client_of(boss)
    assert client.post(page("committee_cancel", made.pk), {"reason": ""}).status_code == 422
    client.post(page("committee_cancel", made.pk), {"reason": "Quorum"})
    made.refresh_from_db()
    assert made.state == "cancelled"


def test_nobody_decides_of_their_own_application() -> None:
    sent = candidature()
    assert sent.person is not None
    oneself = make_user(RoleKind.CO_MANAGER, person=sent.person)
    assert client_of(oneself).get(page("application_outcome", sent.pk, "refuser")).status_code == 403
    waiver = client_of(oneself).post(page("criterion_waive", sent.pk), {"reason": "Je me dispense"})
    assert waiver.status_code == 403
    assert not EconomicWaiver.objects.exists()


def test_nobody_reads_nor_judges_their_own_file_in_a_committee() -> None:
    sent, other = candidature(), candidature()
    assert sent.person is not None
    for kind in (RoleKind.COMMITTEE_MEMBER, RoleKind.CO_MANAGER):
        make_role(sent.person, kind)
    oneself = make_user(person=sent.person)
    _held, (own, their) = convened(sent, other, members=(oneself,))
    client = client_of(oneself)
    assert client.get(page("committee_file", their.pk)).status_code == 200
    for name in ("committee_file", "committee_decide"):
        assert client.get(page(name, own.pk)).status_code == 404
    assert client.post(page("committee_file", own.pk), {"voice": "for"}).status_code == 404
    assert not permissions.can(oneself, "entrepreneurs.give_voice", own)
    with pytest.raises(Refused) as refusal:
        give_voice(own, voice="for", note="", actor=oneself)
    assert refusal.value.code == Code.NOT_ALLOWED
    assert list(voices_owed(oneself)) == [their]
    assert not CommitteeVoice.objects.exists()


def test_a_seat_is_offered_to_who_holds_its_role_today() -> None:
    today = timezone.localdate()
    held, over, later = (make_user() for _one in range(3))
    days = ((held, today, None), (over, today - timedelta(days=9), today - timedelta(days=1)))
    for user, starts_on, ends_on in (*days, (later, today + timedelta(days=1), None)):
        make_role(user.person, RoleKind.COMMITTEE_MEMBER, starts_on=starts_on, ends_on=ends_on)
    make_role(held.person, RoleKind.ASSOCIATE)
    assert list(seats_offered()) == [held]


def test_settings_of_columns_criteria_and_targets() -> None:
    admin, today = client_of(make_user(RoleKind.ADMINISTRATOR)), timezone.localdate().isoformat()
    column = {"label": "Reçue", "kind": "entry", "order": "1", "starts_on": today}
    admin.post(page("stage_add"), column)
    stage = WelcomeStage.objects.get()
    admin.post(page("stage_change", stage.pk), {"label": "Arrivée", "kind": "entry", "order": "1"})
    assert client_of(manager()).get(page("stage_list")).status_code == 403
    assert admin.post(page("stage_end", stage.pk), {"last_day": today}).status_code == 422, "the last one"
    assert "Arrivée" in text(admin.get(page("stage_list")))
    admin.post(page("criteria_lay"))
    version = {"valid_from": today, "reason": "Vote"}
    for wrong in ("Ancrage", "Ancrage | ²", "Ancrage | 0", "Ancrage | 101", "Ancrage | -1"):
        assert admin.post(page("criteria_new"), version | {"lines": wrong}).status_code == 422
    admin.post(page("criteria_new"), version | {"lines": "Ancrage | 2 | ici\nSobriété | 1"})
    assert "Sobriété" in text(admin.get(page("criteria_list")))
    assert CriteriaSet.objects.count() == 2
    admin.post(page("target_set"), {"kind": "entries", "year": "2026", "value": "12"})
    assert WelcomeTarget.objects.get().value == 12


def test_each_figure_opens_its_list() -> None:
    stages()
    candidature()
    client = client_of(manager())
    assert "Reçues" in text(client.get(page("funnel")))
    for step in ("received", "interview", "committee", "accepted", "waiting", "refused"):
        assert client.get(page("funnel_rows", step)).status_code == 200
    assert client.get(page("funnel_rows", "draft")).status_code == 404
    assert client.get(page("funnel"), {"since": "x"}).status_code == 422


def test_what_waits_is_on_the_first_page() -> None:
    stages()
    criteria()
    boss, colleague = manager(), make_user()
    candidature(now=timezone.now() - timedelta(days=30))
    activity = make_activity(colleague, trade="Céramique")
    town = make_territory("Crest")
    rename_scope(activity.scope, label=activity.name, territory=town, actor=None)
    ask_opinions(candidature(territory=town), kind=OpinionKind.TRADE, on=timezone.localdate(), actor=boss)
    convened(candidature(), chair=boss)
    said = text(client_of(boss).get(reverse("portal:home")))
    for words in ("Donner votre voix sur 1 dossier du comité", "Avancer 1 candidature en retard"):
        assert words in said
    assert "Donner votre avis sur une candidature" in text(client_of(colleague).get(reverse("portal:home")))
    assert not StageMove.objects.exists()
