"""What the cooperative keeps is written in its language, whoever acts; who is told reads their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from cae.core.models import AuditEntry, Notice
from governance.models import Proxy
from governance.selectors.mandates import mandate_end
from governance.services.amendments import AmendmentData, propose_amendment
from governance.services.assemblies import call_again, seat_bureau
from governance.services.associates import Entry, enter_associate, lose_status
from governance.services.mandates import ElectedTerm, Seating, seat_elected
from governance.services.proxies import ProxyData, enter_paper_proxy
from governance.services.voting import open_vote, prepare_vote
from people.models import User
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_assemblies import in_days, make_draft, make_item
from tests.factories.governance_bodies import make_body, make_election, proclaim
from tests.factories.governance_votes import make_sitting
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Whoever acts reads English."""
    with override("en"):
        yield


def test_an_amendment_is_put_to_the_vote_in_french() -> None:
    sitting, at = make_sitting(3), timezone.now()
    said = {"author": None, "actor": sitting.actor, "at": at}
    data = AmendmentData("replace", 1, "Un autre texte.")
    amendment = propose_amendment(make_resolution(sitting.assembly), data=data, **said)
    vote = prepare_vote(amendment.resolution, way="screen", amendment=amendment, actor=sitting.actor)
    assert open_vote(vote, actor=sitting.actor, at=at).text.startswith("Remplacer le paragraphe 1 par :")


def test_a_paper_proxy_refused_says_why_in_french_and_to_its_giver_in_theirs(actor: User) -> None:
    rule_set = make_rule_set()
    assembly = make_assembly(starts_at=timezone.now() + timedelta(days=10), rule_set=rule_set)
    holder, (reader, giver) = make_associate(), make_member()
    User.objects.filter(pk=reader.pk).update(language="en")
    for principal in (make_associate(), giver):
        proxy = enter_paper_proxy(
            assembly, principal=principal, data=ProxyData(holder), now=timezone.now(), actor=actor
        )
    assert Proxy.objects.get(pk=proxy.pk).reason.endswith("choisissez quelqu’un d’autre.")
    told = Notice.objects.get(user=reader)
    assert told.text != proxy.reason
    assert "choisissez" not in told.text


def test_what_an_assembly_decides_is_named_in_french(actor: User) -> None:
    first = make_assembly(state="closed")
    make_resolution(first, item=make_item(first))
    keys = list(first.resolutions.values_list("pk", flat=True))
    second = call_again(first, starts_at=in_days(40), keys=keys, actor=actor, at=timezone.now())
    assert second.title.endswith("(seconde convocation)")
    person, today = make_person(), timezone.localdate()
    election = make_election(make_body(), [person], rule_set=first.rule_set)
    proclaim(election, [person])
    term = ElectedTerm(today, mandate_end(today, 24))
    seats = [Seating(person, "Cogérant·e")]
    (mandate,) = seat_elected(election, seats=seats, term=term, despite=True, actor=actor)
    assert mandate.decision == f"{election.assembly}, résolution n° {election.number}"


def test_the_journal_and_the_statuses_are_in_french(actor: User) -> None:
    assembly, chair = make_draft(), make_person()
    seat_bureau(assembly, chair=chair, secretary=None, scrutineers=(), actor=actor)
    said = AuditEntry.objects.get(verb="governance.assembly.bureau").detail["value"]
    assert said == f"Président·e de séance : {chair}"
    today = timezone.localdate()
    entry = Entry("employee", today - timedelta(days=90), "AG", person=make_person())
    who = enter_associate(entry, actor=actor, on=today)
    lose_status(who, cause="resignation", on=today, decision="", actor=actor)
    ended = AuditEntry.objects.filter(verb="people.status.end").latest("pk")
    assert ended.detail["reason"] == "Démission"
