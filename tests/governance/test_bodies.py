"""Bodies, mandates with their terms and dates, decisions: each act, each refusal that changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice
from governance.models import Associate, Body, Decision, Mandate, Resolution, RuleSet
from governance.selectors.decisions import decisions_visible_to
from governance.selectors.elections import elected_of, elections_to_seat, warnings_of
from governance.selectors.governance_search import find_governance
from governance.selectors.mandates import alerts, handover_calendar, mandate_end, mandates_on
from governance.services.bodies import BodyData, change_body, close_body, open_body, reopen_body
from governance.services.decisions import (
    ENTRUSTED,
    DecisionData,
    FollowUp,
    change_decision,
    drop_decision,
    entrust_decision,
    finish_decision,
    note_decision,
    reopen_decision,
    settle_decision,
    undo_decision,
    write_decision,
)
from governance.services.mandates import (
    ElectedTerm,
    MandateChange,
    MandateData,
    Seating,
    change_mandate,
    end_mandate,
    open_mandate,
    seat_elected,
)
from governance.states.assemblies import AssemblyState
from governance.states.bodies import BodyKind, DecisionState, Electorate, MandateEnd
from governance.states.register import LossCause
from people.models import Deadline
from people.states import RoleKind
from people.states.deadlines import DeadlineKind
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_bodies import make_body, make_election, make_mandate, proclaim
from tests.factories.people import make_person, make_user
from tests.refusals import refusal_of, refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
BOARD = BodyData(name="Cogérance", kind=BodyKind.MANAGEMENT, seats_least=2, seats_most=3, term_months=24)


def end_of(mandate: Mandate) -> Deadline:
    return Deadline.objects.get(about_type="governance.mandate", about_id=str(mandate.pk))


def test_a_body_is_what_the_statutes_say() -> None:
    actor = make_organiser()
    body = open_body(data=BOARD, actor=actor)
    assert (body.name, body.seats_most, body.handover_days, body.is_active) == ("Cogérance", 3, 30, True)
    more = BodyData(**(vars(BOARD) | {"seats_most": 4}))
    changed = change_body(body, data=more, version=1, actor=actor)
    assert (changed.seats_most, changed.version) == (4, 2)
    with refused(Code.STALE_FORM):
        change_body(body, data=BOARD, version=1, actor=actor)
    close_body(body, today=TODAY(), actor=actor)
    with refused(Code.ALREADY_DONE):
        close_body(body, today=TODAY(), actor=actor)
    assert reopen_body(body, actor=actor).is_active
    with refused(Code.ALREADY_DONE):
        reopen_body(body, actor=actor)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"name": " "}, Code.VALUE_MISSING, "name"),
        ({"name": "conseil"}, Code.DUPLICATE, "name"),
        ({"kind": "club"}, Code.VALUE_INVALID, "kind"),
        ({"electorate": "nobody"}, Code.VALUE_INVALID, "electorate"),
        ({"seats_most": 1}, Code.VALUE_INVALID, "seats_most"),
        ({"term_months": 0}, Code.VALUE_INVALID, "term_months"),
        ({"terms_most": 0}, Code.VALUE_INVALID, "terms_most"),
        ({"purpose": "x" * 2001}, Code.TEXT_TOO_LONG, "purpose"),
    ],
)
def test_what_is_no_body(more: dict[str, Any], code: Code, field: str) -> None:
    actor = make_organiser()
    make_body(name="Conseil")
    with refused(code, field):
        open_body(data=BodyData(**(vars(BOARD) | more)), actor=actor)


def test_a_body_where_somebody_sits_stays_in_service() -> None:
    actor, mandate = make_organiser(), make_mandate(make_body())
    with refused(Code.NOT_ALLOWED):
        close_body(mandate.body, today=TODAY(), actor=actor)
    coming = make_mandate(make_body(name="Autre"), starts_on=TODAY() + timedelta(days=40))
    with refused(Code.NOT_ALLOWED):
        close_body(coming.body, today=TODAY(), actor=actor)


def test_a_mandate_has_its_date_told_before_it_ends() -> None:
    body, person = make_body(term_months=24), make_person()
    mandate = make_mandate(body, person)
    assert (mandate.term, mandate.ends_on) == (1, mandate_end(TODAY(), 24))
    due = end_of(mandate)
    assert (due.kind, due.due_on, due.person, due.closed_at) == (
        DeadlineKind.MANDATE,
        mandate.ends_on,
        person,
        None,
    )
    assert due.label == "Fin de mandat : Cogérant·e, Cogérance"
    assert due.page == f"/gouvernance/organes/{body.pk}/"
    # Renewed: the first date is met, the second waits.
    again = make_mandate(body, person, starts_on=mandate.ends_on + timedelta(days=1))
    assert again.term == 2
    assert end_of(mandate).closed_at is not None
    assert end_of(again).closed_at is None
    # A body that reads its handover shorter still counts them in a row.
    assert make_mandate(body, make_person(), starts_on=again.starts_on).term == 1


def test_mandates_that_cannot_be() -> None:
    body, person, other, actor = make_body(), make_person(), make_person(), make_organiser()
    make_mandate(body, person)
    start, end = TODAY(), mandate_end(TODAY(), 24)

    def opening(**more: Any) -> Any:
        known = {
            "person": other,
            "role": "Membre",
            "starts_on": start,
            "ends_on": end,
            "decision": "AG",
        }
        data = MandateData(**(known | more))
        return open_mandate(body, data=data, despite=False, actor=actor)

    with refused(Code.VALUE_MISSING, "role"):
        opening(role=" ")
    with refused(Code.VALUE_MISSING, "decision"):
        opening(decision=" ")
    with refused(Code.PERIOD_INVALID, "ends_on"):
        opening(ends_on=start - timedelta(days=1))
    with refused(Code.DATE_INVALID, "handover_on"):
        opening(handover_on=end + timedelta(days=1))
    with refused(Code.DUPLICATE, "person"):
        opening(person=person)
    Body.objects.filter(pk=body.pk).update(is_active=False)
    with refused(Code.NOT_ALLOWED):
        opening()


def test_beyond_the_statutes_one_says_so() -> None:
    body, person, actor = (
        make_body(terms_most=1, term_months=12, seats_most=1),
        make_person(),
        make_organiser(),
    )
    first = make_mandate(body, person, months=12)
    start = first.ends_on + timedelta(days=10)
    data = MandateData(person, "Membre", start, mandate_end(start, 24), "AG")
    said = refusal_of(lambda: open_mandate(body, data=data, despite=False, actor=actor))
    assert (said.code, said.field) == (Code.NOT_ALLOWED, "despite")
    assert "mandat de suite n° 2" in str(said)
    assert "12 mois" in str(said)
    assert open_mandate(body, data=data, despite=True, actor=actor).term == 2
    other = MandateData(make_person(), "Membre", start, mandate_end(start, 12), "AG")
    with refused(Code.NOT_ALLOWED, "despite", "que prévu (1 au plus)"):
        open_mandate(body, data=other, despite=False, actor=actor)


def test_a_mandate_is_put_right_while_it_runs() -> None:
    body, person, actor = make_body(), make_person(), make_organiser()
    mandate = make_mandate(body, person)
    later = make_mandate(body, person, starts_on=mandate.ends_on + timedelta(days=5))
    known = {"role": "Gérante", "ends_on": mandate.ends_on + timedelta(days=2), "decision": "AG"}
    row = change_mandate(mandate, data=MandateChange(**known), version=1, actor=actor)
    assert (row.role, row.ends_on, end_of(row).due_on) == ("Gérante", known["ends_on"], known["ends_on"])
    stale = MandateChange(**(known | {"role": "Autre"}))
    with refused(Code.STALE_FORM):
        change_mandate(mandate, data=stale, version=1, actor=actor)
    far = MandateChange(**(known | {"ends_on": later.starts_on}))
    with refused(Code.DUPLICATE, "ends_on"):
        change_mandate(row, data=far, version=2, actor=actor)
    row.refresh_from_db()
    assert (row.role, row.version) == ("Gérante", 2)


def test_a_mandate_ends_with_its_cause() -> None:
    mandate, actor = make_mandate(make_body()), make_organiser()
    on = TODAY() + timedelta(days=3)

    def ending(**more: Any) -> Any:
        known = {"on": on, "cause": MandateEnd.RESIGNATION, "note": "", "version": None, "actor": actor}
        return end_mandate(mandate, **(known | more))

    with refused(Code.VALUE_INVALID, "cause"):
        ending(cause="tired")
    with refused(Code.DATE_INVALID, "on"):
        ending(on=mandate.starts_on - timedelta(days=1))
    with refused(Code.DATE_INVALID, "on"):
        ending(on=mandate.ends_on + timedelta(days=1))
    with refused(Code.DATE_INVALID, "on"):
        ending(cause=MandateEnd.TERM)
    with refused(Code.VALUE_MISSING, "note"):
        ending(cause=MandateEnd.OTHER)
    assert end_of(mandate).closed_at is None
    row = ending()
    assert (row.last_day, row.end_cause) == (on, MandateEnd.RESIGNATION)
    assert end_of(mandate).closed_at is not None
    with refused(Code.ALREADY_DONE):
        ending()
    change = MandateChange("Gérante", mandate.ends_on, "AG")
    with refused(Code.ALREADY_DONE):
        change_mandate(mandate, data=change, version=None, actor=actor)
    assert not mandates_on(on + timedelta(days=1)).exists()
    assert mandates_on(on).exists()


def test_who_sits_without_being_an_associate_any_more_is_shown() -> None:
    body, associate = make_body(), make_associate()
    make_mandate(body, associate.person)
    assert not any("n’est plus associé·e" in alert.sentence for alert in alerts(TODAY()))
    Associate.objects.filter(pk=associate.pk).update(left_on=TODAY(), loss_cause=LossCause.RESIGNATION)
    said = [alert.sentence for alert in alerts(TODAY())]
    assert [f"{associate.person} n’est plus associé·e" in sentence for sentence in said].count(True) == 1
    # Who came back is an associate again.
    make_associate(associate.person, admitted_on=TODAY())
    assert not any("n’est plus associé·e" in alert.sentence for alert in alerts(TODAY()))


def test_empty_seats_and_the_calendar_of_handovers() -> None:
    body = make_body(seats_least=2, handover_days=15)
    one = make_mandate(body, make_person(last_name="Aubry"), months=2)
    make_mandate(body, make_person(), months=5, handover_on=TODAY() + timedelta(days=20))
    found = alerts(TODAY())
    assert [(alert.on, alert.body) for alert in found] == [
        (one.ends_on + timedelta(days=1), body),
        (mandate_end(TODAY(), 5) + timedelta(days=1), body),
    ]
    assert "sièges pourvus : 1, pour 2 au moins" in found[0].sentence
    assert found[1].sentence.startswith("À partir du")
    days = [(row.on, row.what) for row in handover_calendar(TODAY())]
    assert days == sorted(days, key=lambda day: day[0])
    assert days[0] == (TODAY() + timedelta(days=20), "Le siège est transmis")
    assert (one.ends_on - timedelta(days=15), "La passation commence") in days
    assert (one.ends_on, "Le mandat finit") in days
    # A body where nobody ever sat waits for its first election, not for an alarm.
    make_body(name="Neuf")
    assert {alert.body for alert in alerts(TODAY())} == {body}


def test_somebody_twice_at_once_is_shown() -> None:
    body, person = make_body(seats_most=1), make_person()
    make_mandate(body, person)
    Mandate.objects.create(
        body=body,
        person=person,
        role="Membre",
        starts_on=TODAY() + timedelta(days=30),
        ends_on=TODAY() + timedelta(days=60),
        decision="AG",
    )
    make_mandate(body, make_person(), despite=True)
    sentences = [alert.sentence for alert in alerts(TODAY())]
    assert any("deux mandats en même temps" in said for said in sentences)
    assert any("que prévu (1 au plus)" in said for said in sentences)


def test_warnings_of_an_election() -> None:
    body = make_body(seats_most=2, terms_most=2, term_months=24)
    outgoing, member = make_person(last_name="Sortante"), make_person(last_name="Restant")
    make_mandate(body, outgoing, starts_on=TODAY() - timedelta(days=400), months=13)
    make_mandate(body, member)
    rule_set = make_rule_set(manager_ballot="secret", manager_terms_most="1")
    election = make_election(
        body,
        [outgoing, member],
        rule_set=rule_set,
        electorate=Electorate.ENTREPRENEURS,
        term_months=36,
        seats=2,
    )
    assert warnings_of(election) == [
        "Électorat : les entrepreneur·es, alors que les statuts disent : les associé·es.",
        "Les règles demandent un scrutin secret pour la gérance ; ce vote est nominatif.",
        "Durée du mandat : 36 mois, alors que les statuts disent : 24 mois.",
        "Sièges à pourvoir : 2 ; sièges libres dans cet organe : 1.",
        *warnings_of(election)[4:],
    ]
    assert any("Restant y a déjà un mandat" in said for said in warnings_of(election))
    assert any("mandat de suite n° 2 de" in said for said in warnings_of(election))


def test_an_election_like_the_statutes_warns_of_nothing() -> None:
    body = make_body(seats_most=2, term_months=24)
    election = make_election(body, [make_person()], rule_set=make_rule_set())
    assert warnings_of(election) == []
    plain = make_resolution(election.assembly)
    assert warnings_of(plain) == []


def test_a_proclaimed_election_opens_its_mandates_at_once() -> None:
    body, actor = make_body(seats_most=3), make_organiser()
    people = [make_person(), make_person(), make_person()]
    election = make_election(body, people, rule_set=make_rule_set())
    term = ElectedTerm(TODAY(), mandate_end(TODAY(), 24), powers="Ensemble")
    seats = [Seating(people[0], "Cogérant·e", 1), Seating(people[1], "Cogérant·e", 2)]

    def seating(*chosen: Seating) -> Any:
        return seat_elected(election, seats=chosen, term=term, despite=False, actor=actor)

    with refused(Code.NOT_ALLOWED):
        seating(*seats)
    proclaim(election, people[:2])
    assert list(elections_to_seat()) == [election]
    assert [one.person for one in elected_of(election)] == people[:2]
    with refused(Code.NOT_ALLOWED):
        seating(Seating(people[2], "Cogérant·e"))
    with refused(Code.VALUE_MISSING):
        seating()
    assert not Mandate.objects.exists()
    made = seating(*seats)
    assert {(one.person, one.resolution, one.rotation, one.powers) for one in made} == {
        (people[0], election, 1, "Ensemble"),
        (people[1], election, 2, "Ensemble"),
    }
    assert made[0].decision == f"{election.assembly}, résolution n° {election.number}"
    assert not elections_to_seat().exists()
    with refused(Code.DUPLICATE):
        seating(*seats)
    assert Mandate.objects.count() == 2


def adopted() -> Resolution:
    rule_set = RuleSet.objects.first() or make_rule_set()
    return make_resolution(make_assembly(state=AssemblyState.OPEN, rule_set=rule_set))


def test_an_adopted_resolution_enters_the_book_once() -> None:
    resolution, actor = adopted(), make_organiser()
    row = note_decision(resolution, on=TODAY(), text="Les comptes sont approuvés.", actor=actor)
    assert (row.title, row.assembly, row.state) == (
        resolution.title,
        resolution.assembly,
        DecisionState.TO_DO,
    )
    assert (row.body.name, row.body.kind) == ("Assemblée générale", BodyKind.ASSEMBLY)
    Decision.objects.update(state_since=timezone.now() - timedelta(days=9))
    again = note_decision(resolution, on=TODAY(), text="Texte amendé.", actor=actor)
    assert (again.pk, again.text) == (row.pk, "Texte amendé.")
    note_decision(adopted(), on=TODAY(), text="Autre.", actor=actor)
    assert (Decision.objects.count(), Body.objects.count()) == (2, 1)
    undo_decision(resolution, reason="Résultat corrigé", actor=actor)
    row.refresh_from_db()
    assert (row.state, row.outcome) == (DecisionState.DROPPED, "Résultat corrigé")
    assert timezone.localdate(row.state_since) == TODAY()
    Decision.objects.update(state_since=timezone.now() - timedelta(days=9))
    once_more = note_decision(resolution, on=TODAY(), text="Texte.", actor=actor)
    assert (once_more.state, timezone.localdate(once_more.state_since)) == (DecisionState.TO_DO, TODAY())
    undo_decision(adopted(), reason="rien", actor=actor)
    assert Decision.objects.count() == 2


def test_a_decision_is_followed_to_its_end() -> None:
    actor, owner = make_organiser(), make_person()
    data = DecisionData(on=TODAY(), body=make_body(), title="Ouvrir un lieu à Bègles")
    row = write_decision(data=data, today=TODAY(), actor=actor)
    due = TODAY() + timedelta(days=60)
    row = entrust_decision(row, data=FollowUp(owner, due), version=1, actor=actor)
    assert (row.owner, row.due_on, row.version) == (owner, due, 2)
    with refused(Code.STALE_FORM):
        entrust_decision(row, data=FollowUp(None, None), version=1, actor=actor)
    early = FollowUp(owner, TODAY() - timedelta(days=1))
    with refused(Code.DATE_INVALID, "due_on"):
        entrust_decision(row, data=early, version=2, actor=actor)
    with refused(Code.VALUE_MISSING, "outcome"):
        finish_decision(row, outcome=" ", actor=actor)
    with refused(Code.VALUE_MISSING, "outcome"):
        drop_decision(row, outcome="", actor=actor)
    with refused(Code.TEXT_TOO_LONG, "outcome"):
        finish_decision(row, outcome="x" * 2001, actor=actor)
    row.refresh_from_db()
    assert (row.state, row.outcome) == (DecisionState.TO_DO, "")
    done = finish_decision(row, outcome="Bail signé.", actor=actor)
    assert (done.state, done.outcome) == (DecisionState.DONE, "Bail signé.")
    with refused(Code.ILLEGAL_MOVE):
        finish_decision(row, outcome="Encore", actor=actor)
    with refused(Code.ILLEGAL_MOVE):
        entrust_decision(row, data=FollowUp(None, None), version=None, actor=actor)
    assert reopen_decision(row, actor=actor).state == DecisionState.TO_DO
    assert settle_decision(row, actor=actor).state == DecisionState.NONE


def test_a_decision_sent_twice_is_written_once() -> None:
    actor, data = make_organiser(), DecisionData(on=TODAY(), body=make_body(), title="Ouvrir un lieu")
    write_decision(data=data, today=TODAY(), actor=actor)
    with refused(Code.DUPLICATE, "title"):
        write_decision(data=data, today=TODAY(), actor=actor)


def test_who_is_newly_in_charge_is_told_once() -> None:
    actor, doer = make_organiser(), make_user(RoleKind.ENTREPRENEUR)
    data = DecisionData(on=TODAY(), body=make_body(), title="Ouvrir un lieu", owner=doer.person)
    row = write_decision(data=data, today=TODAY(), actor=actor)
    told = Notice.objects.filter(user=doer, kind=ENTRUSTED)
    assert told.get().url == row.get_absolute_url()
    later = FollowUp(doer.person, TODAY() + timedelta(days=9))
    entrust_decision(row, data=later, version=1, actor=actor)
    assert told.count() == 1
    entrust_decision(row, data=FollowUp(actor.person, None), version=2, actor=actor)
    assert Notice.objects.count() == 1


def test_the_search_everywhere_finds_decisions_within_sight() -> None:
    note_decision(adopted(), on=TODAY(), text="Ouvrir un lieu à Bègles", actor=make_organiser())
    assert [hit.detail for hit in find_governance(make_member()[0], "begles", 5)] == ["Assemblée générale"]
    assert not list(find_governance(make_user(RoleKind.ENTREPRENEUR), "begles", 5))


def test_what_is_no_decision() -> None:
    actor, body = make_organiser(), make_body()
    for more, code, field in (
        ({"title": " "}, Code.VALUE_MISSING, "title"),
        ({"title": "x" * 201}, Code.TEXT_TOO_LONG, "title"),
        ({"on": TODAY() + timedelta(days=1)}, Code.DATE_INVALID, "on"),
        ({"due_on": TODAY() - timedelta(days=1)}, Code.DATE_INVALID, "due_on"),
    ):
        data = DecisionData(**({"on": TODAY(), "body": body, "title": "Décider"} | more))
        with refused(code, field):
            write_decision(data=data, today=TODAY(), actor=actor)
    assert not Decision.objects.exists()


def test_the_text_of_a_vote_is_not_rewritten() -> None:
    actor = make_organiser()
    row = note_decision(adopted(), on=TODAY(), text="Adopté.", actor=actor)
    data = DecisionData(on=TODAY(), body=row.body, title="Autre chose")
    with refused(Code.NOT_ALLOWED):
        change_decision(row, data=data, today=TODAY(), version=None, actor=actor)
    mine = write_decision(data=data, today=TODAY(), actor=actor)
    new = DecisionData(on=TODAY(), body=row.body, title="Mieux dite")
    assert change_decision(mine, data=new, today=TODAY(), version=1, actor=actor).title == "Mieux dite"
    row.refresh_from_db()
    assert row.text == "Adopté."


def test_who_reads_the_book() -> None:
    row = note_decision(adopted(), on=TODAY(), text="Adopté.", actor=make_organiser())
    member, _associate = make_member()
    stranger = make_user(RoleKind.ENTREPRENEUR)
    assert list(decisions_visible_to(member)) == [row]
    assert not decisions_visible_to(stranger).exists()
    Decision.objects.filter(pk=row.pk).update(owner=stranger.person)
    assert list(decisions_visible_to(stranger)) == [row]
