"""Services lock rows in one order, so that two of them never wait for each other: an assembly before an
associate, a subscription before its associate, the draft of rules before the turn of the sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.calculations.amendments import order
from governance.models import Associate
from governance.selectors.mandates import mandate_end
from governance.services.amendments import AmendmentData, propose_amendment
from governance.services.associates import (
    Entry,
    change_category,
    enter_associate,
    lose_status,
    restore_status,
)
from governance.services.mandates import ElectedTerm, Seating, seat_elected
from governance.services.proclaiming import proclaim
from governance.services.rule_sets import RuleSetData, change_rule_set, confirm_rule_set, draft_from_preset
from governance.services.voting import close_vote, open_vote, prepare_vote
from governance.services.voting_rights import give_back, notify_late, suspend
from governance.states.register import Category
from governance.states.secret import SecretState
from tests.factories.governance import make_assembly, make_organiser, make_resolution, make_rule_set
from tests.factories.governance_bodies import make_body, make_election
from tests.factories.governance_bodies import proclaim as proclaim_election
from tests.factories.governance_secret import make_scrutin
from tests.factories.governance_votes import make_sitting
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

_LOCK = re.compile(r'FROM "(\w+)".* FOR UPDATE|^UPDATE "(\w+)"|pg_advisory_xact_lock\(hashtext\(\'(\S+)\'')
ASSEMBLY, ASSOCIATE, PERSON = "governance_assembly", "governance_associate", "people_person"


def locked_by(act: Callable[[], Any]) -> list[str]:
    """The tables whose rows an act locks and the turns it takes, each once, in their order."""
    with CaptureQueriesContext(
        connection,
    ) as said:
        act()
    found = [_LOCK.search(query["sql"]) for query in said]
    return list(dict.fromkeys(next(filter(None, one.groups())) for one in found if one))


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def who(today: date) -> Associate:
    """An associate of long standing, while an assembly sits."""
    make_assembly(state="open", rule_set=make_rule_set(suspension_days="0"))
    entry = Entry("employee", today - timedelta(days=90), "AG", person=make_person())
    return enter_associate(entry, actor=None, on=today)


def test_the_assemblies_that_sit_come_before_the_associate(who: Associate, today: date) -> None:
    """Whoever signs somebody in holds the assembly, then asks for the associate."""
    entry = Entry("employee", today, "AG", person=make_person())
    note = {"at": timezone.now(), "actor": None}
    notify_late(who, reason="Retard", **note)
    change = {"college": None, "on": today, "reason": "Embauche", "actor": None}
    acts: list[Callable[[], Any]] = [
        lambda: enter_associate(entry, actor=None, on=today),
        lambda: change_category(who, category=Category.FORMER_EMPLOYEE, **change),
        lambda: suspend(who, reason="Rien n’est payé", **note | {"at": timezone.now()}),
        lambda: give_back(who, reason="Payé", **note | {"at": timezone.now()}),
        lambda: lose_status(who, cause="resignation", on=today, decision="", actor=None),
        lambda: restore_status(who, reason="Erreur", actor=None),
    ]
    for act in acts:
        locked = locked_by(act)
        after = [locked.index(table) for table in (ASSOCIATE, PERSON) if table in locked]
        assert locked.index(ASSEMBLY) < min(after), locked


def test_subscriptions_come_before_the_associate(who: Associate) -> None:
    """Whoever frees shares holds the subscription, then gives the associate a number."""
    locked = locked_by(lambda: notify_late(who, at=timezone.now(), reason="Retard", actor=None))
    assert locked.index("governance_subscription") < locked.index(ASSOCIATE)


def test_the_assembly_comes_before_its_amendments() -> None:
    """Whoever withdraws an amendment holds the assembly, while another one of the text is proclaimed."""
    sitting, at = make_sitting(3), timezone.now()
    resolution = make_resolution(sitting.assembly)
    said = {"author": None, "actor": sitting.actor, "at": at}
    texts = ("Autre texte.", "Un troisième.")
    one, other = [
        propose_amendment(resolution, data=AmendmentData("replace", 1, text), **said) for text in texts
    ]
    first = order([one, other])[0]
    vote = prepare_vote(resolution, way="screen", amendment=first, actor=sitting.actor)
    close_vote(open_vote(vote, actor=sitting.actor, at=at), actor=sitting.actor, at=at)
    locked = locked_by(lambda: proclaim(vote, actor=sitting.actor, at=at))
    assert locked.index(ASSEMBLY) < locked.index("governance_amendment"), locked


def test_mandates_wait_for_the_vote_that_they_rest_on(today: date) -> None:
    """Whoever puts a result right holds its vote, then looks for mandates."""
    person, body = make_person(), make_body()
    election = make_election(body, [person], rule_set=make_rule_set())
    proclaim_election(election, [person])
    said = {"seats": [Seating(person, "Cogérant·e")], "term": ElectedTerm(today, mandate_end(today, 24))}
    locked = locked_by(lambda: seat_elected(election, **said, despite=True, actor=make_organiser()))
    assert locked.index("governance_vote") < locked.index("governance_body")


def test_the_draft_of_rules_comes_before_their_turn(today: date) -> None:
    data, actor = RuleSetData(valid_from=today, reason="statuts"), make_organiser()
    draft = draft_from_preset(form="scop_sarl", data=data, actor=actor)
    draft.lines.update(confirmed_at=timezone.now(), confirmed_by=actor)
    changed = locked_by(lambda: change_rule_set(draft, data=data, actor=actor))
    confirmed = locked_by(lambda: confirm_rule_set(draft, actor=actor))
    for locked in (changed, confirmed):
        assert locked.index("governance_ruleset") < locked.index("governance.rule_sets"), locked


def test_a_scrutin_is_locked_before_its_votes_its_boxes_and_the_assembly() -> None:
    scrutin = make_scrutin(SecretState.TESTED)
    order = ["governance_secretvote", "governance_vote", "governance_ballotbox", ASSEMBLY]
    assert locked_by(scrutin.open)[:4] == order
    locked = locked_by(scrutin.close)
    assert [table for table in locked if table in order] == order
