"""Contracts of the demonstration: one at each state, an amendment, a decision of passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.core.periods import after_months, last_day
from cae.core.settings import set_setting
from cae.core.signing import Hand, Origin
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population
from entrepreneurs.models import Activity, Contract, ContractDeclaration, ContractTerms
from entrepreneurs.selectors.signing import CODE_SETTING, awaited_signatory
from entrepreneurs.services import signature_rounds, signing
from entrepreneurs.services.clauses import draft_amendment, write_clauses
from entrepreneurs.services.contracts import draft_contract
from entrepreneurs.services.ending import decide_end, settle_contracts
from entrepreneurs.services.passages import decide_passage
from entrepreneurs.services.taking_effect import record_declaration
from people.models import Person, User

CAPE: dict[str, Any] = {
    "programme": "- Deux ateliers de gestion\n- Étude de marché et prix de revient\n- Premiers devis",
    "commitments_before": "Suivre les ateliers et préparer le plan d’activité avec l’accompagnatrice.",
    "commitments_after": "Faire le point chaque mois, passer toute vente par la coopérative.",
    "means": "- Un rendez-vous individuel par mois\n- La comptabilité et la facturation\n- L’assurance",
    "contribution_rule": "La contribution coopérative votée en assemblée, sur la marge.",
    "third_parties_clause": "La coopérative porte seule les engagements envers les tiers, jusqu’à 5 000 €.",
    "accounts_rhythm": "month",
    "early_end_clause": "Par écrit, quinze jours à l’avance, de part et d’autre.",
}
CESA: dict[str, Any] = {
    "objectives": "- Quatre mariages et deux commandes d’entreprise par trimestre\n- Un site à jour",
    "minimum_amount": Decimal("1500.00"),
    "minimum_period": "month",
    "means": "Deux entretiens par an, un rendez-vous à la demande, les ateliers du mardi.",
    "contribution_rule": "La contribution coopérative votée en assemblée, sur la marge.",
    "contribution_scale": "general",
    "fixed_part": Decimal("780.00"),
    "variable_method": "Le résultat de l’activité, après provision pour congés et un mois de trésorerie.",
    "statutes_version": "statuts en vigueur à la signature",
    "customers_clause": "La clientèle apportée, créée ou développée reste à l’entrepreneur·e à son départ.",
    "property_clause": "Les œuvres et les marques restent à l’entrepreneur·e.",
    "associate_clause": "La candidature se dépose par écrit ; l’assemblée se prononce dans l’année.",
    "accounts_rhythm": "month",
}
PAPER = b"%PDF-1.4\n% original sur papier (demonstration)\n%%EOF"


@dataclass
class Desk:
    """Who prepares and signs, and when."""

    today: date
    officer: User
    manager: User

    def at(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(min(day, self.today), time(10)))

    def draft(
        self, person: Person, kind: str, starts_on: date, ends_on: date | None, clauses: dict[str, Any]
    ) -> Contract:
        own = Activity.objects.filter(scope__members__person=person).order_by("opened_on").first()
        contract = draft_contract(
            person, kind=kind, starts_on=starts_on, ends_on=ends_on, activity=own, actor=self.officer
        )
        write_clauses(contract.terms.get(), clauses=clauses, actor=self.officer)
        return contract

    def send(self, terms: ContractTerms, day: date) -> ContractTerms:
        signature_rounds.send(terms, actor=self.officer, at=self.at(day))
        return ContractTerms.objects.get(pk=terms.pk)

    def on_paper(self, contract: Contract, day: date) -> Contract:
        """Signed before the cooperative signed here: the original is scanned."""
        terms = self.send(contract.terms.get(), day)
        at = self.at(day)
        signing.record_paper(terms, scan=PAPER, signed_on=min(day, self.today), actor=self.officer, at=at)
        contract.refresh_from_db()
        return contract

    def sign(self, terms: ContractTerms, user: User, day: date) -> None:
        signatory = awaited_signatory(ContractTerms.objects.get(pk=terms.pk))
        if signatory is not None:
            signing.sign_terms(
                signatory,
                hand=Hand(str(user), typed=str(user)),
                shown_sha256=terms.content_sha256,
                accepted=True,
                origin=Origin("192.0.2.10", "Demonstration"),
                actor=user,
                at=self.at(day),
            )


def ask_no_code(*, today: date, actor: Any) -> None:
    """Does: spares signers the code that a mail brings. Refuses: nothing. Leaves behind: the parameter."""
    set_setting(
        CODE_SETTING,
        value="never",
        valid_from=days_ago(today, 1500),
        actor=actor,
        reason="En démonstration, aucun e-mail ne part",
    )


def sign_contracts(population: Population, *, today: date, now: datetime) -> None:
    """Does: makes contracts that go with what people are. Refuses: nothing. Leaves behind: the contracts, the
    older ones signed on paper; their notices read."""
    accounts = population.accounts
    desk = Desk(today, accounts["hr"], accounts["manager"])
    _photographer(desk, population)
    _landscaper(desk, population)
    _in_test(desk, population)
    _newcomers(desk, population)
    settle_contracts(at=now)
    _declared(desk)
    kinds = ("entrepreneurs.contract_signed", "entrepreneurs.contract_to_sign")
    read_notices(Notice.objects.filter(kind__in=kinds, about_id__in=_settled()), at=now)


def _settled() -> list[str]:
    terms = ContractTerms.objects.exclude(state="to_sign")
    return [str(pk) for pk in terms.values_list("pk", flat=True)]


def _photographer(desk: Desk, population: Population) -> None:
    """A CAPE of six months, a CESA whose time to associate grows short, an amendment signed here."""
    person, user = population.persons["entrepreneur"], population.accounts["entrepreneur"]
    start = days_ago(desk.today, 760)
    first = after_months(start, -6)
    eve = start - timedelta(days=1)
    ends_on = min(eve, last_day(first, months=6))
    desk.on_paper(desk.draft(person, "cape", first, ends_on, CAPE), first)
    contract = desk.on_paper(desk.draft(person, "cesa", start, None, CESA), start - timedelta(days=12))
    day = days_ago(desk.today, 40)
    terms = draft_amendment(
        contract, starts_on=day + timedelta(days=10), subject="Nouveaux objectifs, part fixe relevée",
        actor=desk.officer,
    )  # fmt: skip
    raised = {"minimum_amount": Decimal("1900.00"), "fixed_part": Decimal("920.00")}
    write_clauses(terms, clauses=raised, actor=desk.officer)
    terms = desk.send(terms, day)
    desk.sign(terms, user, day)
    desk.sign(terms, desk.manager, day + timedelta(days=1))


def _landscaper(desk: Desk, population: Population) -> None:
    """A CESA whose text is at the signature."""
    person = population.persons["checked"]
    start = days_ago(desk.today, 260)
    first = after_months(start, -6)
    desk.on_paper(desk.draft(person, "cape", first, start - timedelta(days=1), CAPE), first)
    contract = desk.on_paper(desk.draft(person, "cesa", start, None, CESA), start - timedelta(days=5))
    amended = draft_amendment(
        contract, starts_on=desk.today + timedelta(days=14), subject="Temps partagé avec un emploi",
        actor=desk.officer,
    )  # fmt: skip
    write_clauses(amended, clauses={"working_time": "Trois jours par semaine."}, actor=desk.officer)
    desk.send(amended, desk.today)


def _in_test(desk: Desk, population: Population) -> None:
    """A CAPE in progress; the passage was put off once, with its figures."""
    person = population.persons["project-holder"]
    start = days_ago(desk.today, 84)
    desk.on_paper(desk.draft(person, "cape", start, last_day(start, months=6), CAPE), start)
    day = days_ago(desk.today, 6)
    decide_passage(
        person,
        outcome="postponed",
        reason="Trois mois de ventes de plus, avant d’engager un salaire.",
        decided_on=day,
        actor=desk.manager,
        at=desk.at(day),
    )


def _newcomers(desk: Desk, population: Population) -> None:
    """An agreement to sign by link, a contract given up, a draft, a CAPE that ended early."""
    month = {"programme": CAPE["programme"], "means": CAPE["means"]}
    soon = desk.today + timedelta(days=5)
    haddad = desk.draft(
        population.persons["haddad"], "support_agreement", soon, last_day(soon, months=1), month
    )
    desk.send(haddad.terms.get(), desk.today)
    bidart = desk.draft(
        population.persons["bidart"], "support_agreement", soon, last_day(soon, months=1), month
    )
    signature_rounds.cancel(bidart.terms.get(), actor=desk.officer, at=desk.at(desk.today))
    draft_contract(
        population.persons["peyrelongue"],
        kind="cape",
        starts_on=soon,
        ends_on=last_day(soon, months=6),
        actor=desk.officer,
    )
    former = population.persons["bonnafous"]
    start = days_ago(desk.today, 720)
    cape = desk.on_paper(desk.draft(former, "cape", start, last_day(start, months=10), CAPE), start)
    decide_end(
        cape,
        last_day=after_months(start, 9),
        kind="followed",
        reason="Passage au CESA avancé",
        actor=desk.officer,
        at=desk.at(after_months(start, 9)),
    )


def _declared(desk: Desk) -> None:
    """What is older than three months was declared."""
    old = ContractDeclaration.objects.filter(due_on__lt=days_ago(desk.today, 90), done_on=None)
    for row in old.select_related("contract__person"):
        record_declaration(
            row,
            done_on=row.due_on - timedelta(days=2),
            reference="",
            actor=desk.officer,
            at=desk.at(desk.today),
        )
