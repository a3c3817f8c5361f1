"""Bodies of the demonstration: co-managers and a supervisory board, their mandates, a book of decisions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population
from governance.models import Associate, Body, Decision
from governance.selectors.mandates import mandate_end
from governance.services.bodies import BodyData, open_body
from governance.services.decisions import (
    ENTRUSTED,
    DecisionData,
    FollowUp,
    entrust_decision,
    finish_decision,
    settle_decision,
    write_decision,
)
from governance.services.mandates import MandateData, open_mandate
from governance.states.bodies import BodyKind
from people.models import Person, User

MANAGEMENT = BodyData(
    name="Cogérance",
    kind=BodyKind.MANAGEMENT,
    purpose="Dirige et représente la coopérative ; les cogérant·es signent ensemble au-delà de 5 000 €.",
    seats_least=2,
    seats_most=3,
    term_months=24,
    terms_most=3,
    rhythm="Toutes les semaines",
    article="art. 18",
    handover_days=60,
)
SUPERVISORY = BodyData(
    name="Conseil de surveillance",
    kind=BodyKind.SUPERVISORY,
    purpose="Contrôle la gestion et rend un avis à l’assemblée ; obligatoire au-delà de 20 associé·es.",
    seats_least=3,
    seats_most=9,
    term_months=48,
    rhythm="Tous les trois mois",
    quorum="la moitié des membres",
    majority="majorité des présent·es",
    article="art. 23",
)
DECIDED_BY_VOTE = "Assemblée générale ordinaire de juin"


def seat_bodies(
    population: Population, associates: dict[str, Associate], *, today: date, now: datetime
) -> None:
    """Does: writes the bodies, gives their seats, notes what they decided. Refuses: nothing. Leaves behind: a
    management that renews its seats by rank; decisions to do, done and without follow-up, told and read."""
    actor, second = population.accounts["manager"], population.accounts["manager2"]
    members = [row.person for row in associates.values() if row.person and row.is_associate_on(today)]
    others = [person for person in members if person.pk not in (actor.person_id, second.person_id)]
    management, board = open_body(data=MANAGEMENT, actor=actor), open_body(data=SUPERVISORY, actor=actor)
    led = [person for person in (actor.person, second.person) if person is not None]
    _seat(management, led, "Cogérant·e", days_ago(today, 500), actor)
    _seat(board, others[:3], "Membre du conseil", days_ago(today, 500), actor)
    for decision in Decision.objects.filter(assembly__isnull=False).order_by("pk"):
        settle_decision(decision, actor=actor)
    _decide(management, others, today, actor)
    read_notices(Notice.objects.filter(kind=ENTRUSTED), at=now)


def _seat(body: Body, people: list[Person], role: str, starts_on: date, actor: User) -> None:
    for rank, person in enumerate(people, start=1):
        # Seats come up one year after the other: the first ranks end first.
        months = (body.term_months or 24) + (12 * (rank - 1) if body.kind == BodyKind.MANAGEMENT else 0)
        data = MandateData(
            person=person,
            role=role,
            starts_on=starts_on,
            ends_on=mandate_end(starts_on, months),
            decision=DECIDED_BY_VOTE,
            rotation=rank,
        )
        open_mandate(body, data=data, despite=True, actor=actor)


def _decide(body: Body, people: list[Person], today: date, actor: User) -> None:
    lines = (
        ("Ouvrir un atelier partagé à Bègles", 60, people[0], 120),
        ("Revoir la charte graphique des devis", 150, people[1], 170),
        ("Changer d’assureur", 300, people[2], 90),
    )
    for title, age, owner, delay in lines:
        on = days_ago(today, age)
        row = write_decision(data=DecisionData(on=on, body=body, title=title), today=today, actor=actor)
        followed = FollowUp(owner, on + timedelta(days=delay))
        row = entrust_decision(row, data=followed, version=row.version, actor=actor)
        if age == 300:
            finish_decision(
                row, outcome="Contrat signé avec un nouvel assureur, 12 % moins cher.", actor=actor
            )
