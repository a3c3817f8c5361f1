"""What candidates do themselves in the demonstration: the charter, drafts, one sent by an account, one taken
back, papers in each state, an entry that has begun."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cae.core.signing import Origin
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population
from entrepreneurs.calculations.steps import StepCode, questions_of
from entrepreneurs.models import Application, DocumentRequest
from entrepreneurs.selectors.applications import charter_on, fingerprint, papers_of
from entrepreneurs.services.applications import save_step, start_application, type_charter
from entrepreneurs.services.charters import publish_charter
from entrepreneurs.services.entry import open_checklist
from entrepreneurs.services.papers import accept_paper, ask_paper, receive_paper, refuse_paper, waive_paper
from entrepreneurs.services.sending_applications import submit_application, withdraw_application
from entrepreneurs.states.applications import Door
from entrepreneurs.states.entry import EntryKind
from people.models import Person, Territory, User

ORIGIN = Origin("203.0.113.21", "Navigateur de démonstration")
SCAN = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
CHARTER = """Nous travaillons chacun de notre métier, dans une entreprise que nous possédons ensemble.

Personne n’y est seul. Nous répondons à qui demande de l’aide, et nous osons en demander.

Nous disons ce que nous gagnons et ce que nous contribuons : ses comptes sont ouverts à tous.

Nous choisissons nos clients et nos façons de faire en pensant au territoire où nous vivons.

Une personne, une voix : les décisions se préparent, se discutent et se tiennent."""


def write_charter(*, today: date, actor: User) -> None:
    """The version that every candidate of the demonstration signs."""
    founded = date(today.year - 2, 1, 1)
    publish_charter(
        text=CHARTER, valid_from=founded, reason="Adoptée par l’assemblée", on=founded, actor=actor
    )


def apply_alone(population: Population, *, today: date, now: datetime) -> None:
    """Drafts, sendings and papers that no member of the team touched, or barely."""
    _drafts(now)
    _withdrawn(now)
    _by_account(population, today=today, now=now)
    _entry(population, today=today, now=now)


def _drafts(now: datetime) -> None:
    idea = _start(Door.IDEA, "Elsa", "Mounier", now - timedelta(days=3))
    _answer(idea, {"phone": "06 00 00 01 01", "city": "Dax"}, now - timedelta(days=3))
    _start(Door.ACTIVITY, "Tom", "Garcia", now - timedelta(days=1))


def _withdrawn(now: datetime) -> None:
    application = _send(
        _start(Door.COLLECTIVE, "Rose", "Delmas", now - timedelta(days=30)),
        {"collective_name": "La Fabrique du Haut-Pays", "collective_part": "L’accueil et les ateliers."},
        now - timedelta(days=30),
    )
    withdraw_application(application, reason="Un emploi près de chez moi", now=now - timedelta(days=12))


def _by_account(population: Population, *, today: date, now: datetime) -> None:
    """The account of the candidate: an application that waits, a paper to check, another sent back."""
    account = population.accounts.get("candidate")
    if account is None or account.person is None:
        return
    names = account.person
    then = now - timedelta(days=6)
    draft = _start(Door.ACTIVITY, names.first_name, names.last_name, then, actor=account)
    application = _send(draft, {}, then)
    staff = population.accounts["advisor"]
    kinds = {paper.kind: paper for paper in papers_of(application)}
    _bring(kinds["cv"], "cv.pdf", now)
    proof = _bring(kinds["sales_proof"], "ventes.pdf", now)
    refuse_paper(proof, reason="La deuxième page est illisible : renvoyez-la seule.", actor=staff)


def _entry(population: Population, *, today: date, now: datetime) -> None:
    """Somebody accepted comes in: lines done and to do, papers in the other states."""
    person, staff = population.persons["haddad"], population.accounts["hr"]
    due = today + timedelta(days=9)
    identity = _ask(person, "identity", staff, today=today)
    accept_paper(
        _bring(identity, "carte.pdf", now), valid_until=today + timedelta(days=900), on=today, actor=staff
    )
    _ask(person, "bank_details", staff, today=today, due_on=due)
    waive_paper(
        _ask(person, "health_card", staff, today=today), reason="Attestation déjà vue sur place", actor=staff
    )
    open_checklist(person, kind=EntryKind.ACTIVITY, actor=staff, now=now - timedelta(days=4))


def _ask(
    person: Person, kind: str, staff: User, *, today: date, due_on: date | None = None
) -> DocumentRequest:
    return ask_paper(
        person=person, kind=kind, about=person, due_on=due_on, actor=staff, on=days_ago(today, 4)
    )


def _bring(paper: DocumentRequest, name: str, now: datetime) -> DocumentRequest:
    return receive_paper(paper, content=SCAN, name=name, actor=None, now=now)


def _start(
    door: str, first_name: str, last_name: str, now: datetime, *, actor: User | None = None
) -> Application:
    email = actor.email if actor else f"{first_name}.{last_name}@courriel.example".lower()
    return start_application(
        door=door, first_name=first_name, last_name=last_name, email=email, now=now, actor=actor
    )


def _answer(application: Application, told: dict[str, object], now: datetime) -> Application:
    for step in StepCode:
        values = {name: told[name] for name in questions_of(step, application.door) if name in told}
        if values:
            shown = fingerprint(application, step)
            application = save_step(application, step, values=values, shown=shown, now=now)
    return application


def _send(application: Application, more: dict[str, object], now: datetime) -> Application:
    told: dict[str, object] = {
        "first_name": application.first_name,
        "last_name": application.last_name,
        "phone": "06 00 00 02 02",
        "postcode": "40100",
        "city": "Dax",
        "entry_status": "job_seeker",
        "referral": "member",
        "trade_text": "Ébénisterie",
        "summary": "Du mobilier réparé plutôt que remplacé, pour les particuliers et les écoles.",
        "customers": "Deux écoles et une vingtaine de voisins, déjà.",
        "career": "Douze ans en atelier, puis trois ans d’enseignement.",
        "skills": "Restauration, placage, vernis au tampon.",
        "is_tested": False,
        "motivation": "Garder le métier sans porter seul l’entreprise.",
        "relation_to_work": "Du temps long, et des collègues à qui parler.",
        "territory": Territory.objects.get(code="40"),
        "sends_papers_later": True,
    }
    application = _answer(application, told | more, now)
    charter = charter_on(now.date())
    if charter is not None:
        application = type_charter(application, name=application.full_name, number=charter.number, now=now)
    return submit_application(application, consents=True, origin=ORIGIN, now=now)
