"""The desk in the demonstration: dates, requests, absences, the register, a departure: each state once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.files import PAPER
from cae.demonstration.loading.people import Population
from entrepreneurs.models import Absence, RegisterEntry
from entrepreneurs.models.register import Sex
from entrepreneurs.services import absences, exits, register
from entrepreneurs.services.absences import Days
from entrepreneurs.services.exits import ExitData
from people.models import Person, Request, StatusPeriod, User
from people.services import requests
from people.services.deadline_notices import tell_due_deadlines
from people.services.deadlines import close_passed, write_date
from people.services.statuses import record_status
from people.states.deadlines import DeadlineKind
from people.states.statuses import StatusKind

# The team, with what the register says of each.
TEAM = {
    "advisor": "Accompagnatrice",
    "advisor2": "Accompagnateur",
    "accountant": "Comptable",
    "hr": "Chargée de ressources humaines",
}
MEN = {"advisor2", "accountant"}
ASKED: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "entrepreneur",
        "accounts",
        "expense",
        "Train remboursé ?",
        "J’ai payé mon billet pour le salon de Bordeaux : qui le rembourse, la coopérative ou mon activité ?",
    ),
    (
        "project-holder",
        "advice",
        "contract",
        "Prolonger mon CAPE",
        "Mon test marche mieux que prévu. Peut-on prolonger avant l’été ?",
    ),
    (
        "checked",
        "human_resources",
        "pay",
        "Ma fiche de paie de mars",
        "La part variable me semble plus basse que d’habitude. Pouvez-vous regarder ?",
    ),
    (
        "trusted",
        "human_resources",
        "contract",
        "Attestation pour mon propriétaire",
        "Il me faut une attestation d’emploi récente.",
    ),
    (
        "associate",
        "cooperative_life",
        "other",
        "Proposer un point à l’assemblée",
        "Comment fait-on inscrire une question à l’ordre du jour ?",
    ),
    ("entrepreneur", "human_resources", "account", "Changer d’adresse", "Je déménage le mois prochain."),
)


def keep_desk(population: Population, *, today: date, now: datetime) -> None:
    """Does: lays what human resources and the staff keep. Refuses: nothing. Leaves behind: dates told,
    requests at each state, absences answered, the team's register, departures prepared, done, given up."""
    hr = population.accounts["hr"]
    _dates(population, hr, today)
    _requests(population, today)
    _register(population, hr, today)
    _absences(population, hr, today)
    _exits(population, hr, today, now)
    close_passed(on=today)
    tell_due_deadlines(on=today)


def _dates(population: Population, hr: User, today: date) -> None:
    for slug, kind, days in (
        ("entrepreneur", DeadlineKind.MEDICAL_VISIT, 26),
        ("checked", DeadlineKind.RIGHTS_END, 58),
        ("project-holder", DeadlineKind.RESIDENCE_PERMIT, 84),
        ("trusted", DeadlineKind.AAH_END, 210),
    ):
        due_on = today + timedelta(days=days)
        write_date(population.persons[slug], kind=kind, due_on=due_on, actor=hr, on=today)


def _requests(population: Population, today: date) -> None:
    sent: list[Request] = []
    for rank, (slug, department, kind, title, text) in enumerate(ASKED):
        person, sender = population.persons[slug], population.accounts[slug]
        on = days_ago(today, 9 - rank)
        sent.append(
            requests.send_request(
                person, department=department, kind=kind, title=title, text=text, actor=sender, on=on
            )
        )
    _new, waiting, taken, answered, closed, reopened = sent
    accounts = population.accounts
    requests.ask_for_more(waiting, text="Jusqu’à quelle date ?", actor=accounts["advisor2"])
    hr = accounts["hr"]
    requests.take_request(taken, actor=hr)
    requests.answer_request(answered, text="Elle est dans vos documents.", actor=hr, useful=True)
    requests.close_request(closed, actor=accounts["life"])
    done = requests.answer_request(reopened, text="C’est noté.", actor=hr)
    requests.reopen_request(
        done, text="Le courrier part encore à l’ancienne.", actor=accounts["entrepreneur"], on=today
    )


def _register(population: Population, hr: User, today: date) -> None:
    """The team, hired long ago; somebody declared three weeks ago, with the receipt; somebody about to begin,
    whose declaration is to be made."""
    for rank, (slug, job) in enumerate(TEAM.items()):
        person, hired_on = population.persons[slug], days_ago(today, 2400 - 300 * rank)
        if not RegisterEntry.objects.filter(person=person).exists():
            entry = register.enter_register(
                person, job=job, contract_kind="CDI", hired_on=hired_on, actor=hr, declared=True
            )
            sex = Sex.MALE if slug in MEN else Sex.FEMALE
            register.complete_entry(
                entry, birth_date=date(1980 + rank, 3, 9), sex=sex, nationality="FR", actor=hr
            )
        if not StatusPeriod.objects.filter(person=person, kind=StatusKind.STAFF).exists():
            record_status(
                person,
                kind=StatusKind.STAFF,
                starts_on=hired_on,
                ends_on=None,
                reason="Embauche dans l’équipe",
                actor=hr,
            )
    hired_on = days_ago(today, 20)
    recent = register.enter_register(
        population.persons["webmaster"], job="Webmestre", contract_kind="CDI", hired_on=hired_on, actor=hr
    )
    register.declare_hiring(
        recent.declaration,
        receipt="DPAE-4471208",
        made_on=hired_on - timedelta(days=6),
        proof=PAPER,
        proof_name="accusé de réception.pdf",
        actor=hr,
        on=today,
    )
    newcomer = population.persons["training"]
    register.enter_register(
        newcomer,
        job="Responsable formation",
        contract_kind="CDD",
        hired_on=today + timedelta(days=12),
        actor=hr,
    )


def _absences(population: Population, hr: User, today: date) -> None:
    monday = today + timedelta(days=14 - today.weekday())
    week = Days(monday, monday + timedelta(days=4))
    half = Days(monday + timedelta(days=9), monday + timedelta(days=9), from_noon=True)
    later = Days(monday + timedelta(days=28), monday + timedelta(days=32))
    accountant = population.accounts["accountant"]

    def ask(slug: str, kind: str, days: Days) -> Absence:
        return absences.ask_absence(
            population.persons[slug], kind=kind, days=days, note="", actor=population.accounts[slug], on=today
        )

    absences.approve_absence(ask("advisor", "paid_leave", week), answer="Bon repos !", actor=hr)
    ask("advisor", "training", half)
    absences.refuse_absence(
        ask("accountant", "paid_leave", week), answer="C’est la semaine de la paie.", actor=hr
    )
    absences.cancel_absence(ask("accountant", "paid_leave", later), actor=accountant, on=today)
    ask("entrepreneur", "paid_leave", later)
    sick = Days(days_ago(today, 20), days_ago(today, 18))
    absences.record_absence(
        population.persons["checked"], kind="sick", days=sick, note="", actor=hr, on=today
    )


def _exits(population: Population, hr: User, today: date, now: datetime) -> None:
    def prepared(person: Person, kind: str, days: int) -> ExitData:
        last_day = today + timedelta(days=days)
        return ExitData(kind=kind, last_day=last_day, account_closes_on=last_day + timedelta(days=90))

    leaving = exits.open_exit(
        population.persons["trusted"],
        data=prepared(population.persons["trusted"], "job", 45),
        actor=hr,
        on=today,
    )
    for code in ("insurance", "handover"):
        exits.settle_step(leaving, code=code, note="", actor=hr, on=today)
    staying = exits.open_exit(
        population.persons["checked"],
        data=prepared(population.persons["checked"], "own_firm", 60),
        actor=hr,
        on=today,
    )
    exits.cancel_exit(staying, reason="Reste, avec un temps plein", actor=hr)
    # One of the team: the people followed, the meetings and the requests in hand are to be handed over.
    adviser = population.persons["advisor2"]
    exits.open_exit(adviser, data=prepared(adviser, "training", 75), actor=hr, on=today)
    gone = population.persons["lebihan"]
    done = exits.open_exit(gone, data=prepared(gone, "retirement", -40), actor=hr, on=today)
    for code in ("stock", "handover", "insurance", "keys", "papers"):
        exits.settle_step(done, code=code, note="", actor=hr, on=today)
    exits.close_exit(done, confirmed=True, actor=hr, at=now)
