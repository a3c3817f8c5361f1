"""Training of the demonstration: three courses of the cooperative and one that an activity sells, a session
over, one to come, the origin of what was sold (COW-42 to 49)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cae.core.signing import Hand, Origin
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago, days_ahead
from cae.demonstration.loading.people import Population
from coworking.models import CourseVersion, Enrolment, Evaluation, HalfDay, Trainer, TrainingSession
from coworking.selectors.training_statement import sold_lines, training_invoices
from coworking.services.certificates import make_certificate
from coworking.services.courses import CourseData, open_course, publish_version
from coworking.services.enrolments import EnrolmentData, ask_enrolment, drop_enrolment, enter_enrolment
from coworking.services.evaluations import (
    ComplaintData,
    answer_complaint,
    answer_evaluation,
    ask_evaluations,
    hear_complaint,
)
from coworking.services.sessions import (
    SessionData,
    add_half_day,
    begin_session,
    finish_session,
    open_session,
    plan_session,
)
from coworking.services.sheets import sign_half_day
from coworking.services.trainers import TrainerData, add_qualification, enter_trainer
from coworking.services.training_papers import make_paper, sign_paper
from coworking.services.training_statements import open_statement, set_charges, set_origin
from coworking.states.training import Origin as MoneyOrigin
from coworking.states.training import Payer, TraineeType, TrainerKind
from people.models import Person, User

SIGNED_FROM = Origin("192.0.2.44", "Téléphone")
MORNING, NOON, AFTERNOON, EVENING = time(9), time(12, 30), time(13, 30), time(17)
SELLER = "DECLIC"
ACCESS = "Locaux de plain-pied ; dites-nous ce qu’il vous faut, nous l’adaptons ensemble."
METHODS = "Apports courts, cas des stagiaires, travail en petits groupes. Salle, tableau, supports remis."

LEADING = CourseData(
    title="Diriger une activité dans une coopérative",
    aims=(
        "Lire ses comptes de mois en mois.\n"
        "Fixer un prix qui paie son temps.\n"
        "Prévoir sa trésorerie et son salaire."
    ),
    audience="Entrepreneur·es salarié·es de la coopérative, porteur·ses de projet.",
    prerequisites="Avoir ouvert son activité.",
    content="Jour 1 : du chiffre d’affaires au salaire, la contribution, les charges.\n"
    "Jour 2 : le prix, la trésorerie, le plan des six mois qui viennent.",
    methods=METHODS,
    assessment="Plan de trésorerie fait sur sa propre activité.",
    access=ACCESS,
    hours=Decimal(14),
    price_excl_tax=Decimal("560.00"),
    speciality="310",
)
TELLING = CourseData(
    title="Bâtir sa stratégie de communication",
    aims=(
        "Choisir à qui l’on parle.\n"
        "Écrire un message qui tient en une phrase.\n"
        "Tenir un calendrier de publication."
    ),
    audience="Entrepreneur·es, animateur·rices de lieux.",
    content="Matin : publics et messages. Après-midi : supports, rythme, mesure.",
    methods=METHODS,
    assessment="Une stratégie d’une page, relue par le groupe.",
    access=ACCESS,
    hours=Decimal(7),
    price_excl_tax=Decimal("290.00"),
    speciality="320",
)
MODELS = CourseData(
    title="Trouver son modèle économique",
    aims=(
        "Décrire ce que l’on vend et à qui.\n"
        "Comparer trois modèles de revenus.\n"
        "Choisir ce que l’on essaie d’abord."
    ),
    audience="Porteur·ses de projet et entrepreneur·es en changement.",
    content="Vendre son temps, un forfait, un abonnement, une licence : ce que chacun demande.",
    methods=METHODS,
    assessment="Un modèle décrit et chiffré.",
    access=ACCESS,
    hours=Decimal(7),
    price_excl_tax=Decimal("290.00"),
    speciality="310",
)
BACKS = CourseData(
    title="Prévenir les troubles du dos",
    aims=("Repérer les gestes qui blessent.\nPorter et déplacer sans se faire mal."),
    audience="Salarié·es qui portent ou déplacent.",
    content="Anatomie utile, gestes au poste, aménagements simples.",
    methods="Démonstration et mise en situation au poste de travail.",
    assessment="Grille d’observation au poste.",
    access=ACCESS,
    hours=Decimal(7),
    price_excl_tax=Decimal("310.00"),
    speciality="344",
)


def teach(shops: Sequence[Shop], population: Population, *, today: date, now: datetime) -> None:
    """Does: fills the catalogue, holds a session, opens another, sells one; says where the money of most
    lines comes from. Refuses: nothing. Leaves behind: certificates, opinions, a request to answer, a sheet
    and a paper to sign."""
    keeper = population.accounts["training"]
    leading, telling, _models = (
        _published(one, days_ago(today, 210), keeper) for one in (LEADING, TELLING, MODELS)
    )
    trainer = _trainer("training", "Ingénierie de formation, gestion", population, today, keeper)
    adviser = _trainer("advisor", "Gestion, prix, trésorerie", population, today, keeper)
    _held(leading, adviser, population, today=today, now=now, keeper=keeper)
    _coming(telling, trainer, population, today=today, keeper=keeper)
    seller = next(one for one in shops if one.activity.code == SELLER)
    _sold(seller, population, today=today, now=now, keeper=keeper)
    _told(today=today, keeper=keeper)
    _charged(today=today, keeper=keeper)


def _published(data: CourseData, on: date, keeper: User, shop: Shop | None = None) -> CourseVersion:
    version = open_course(data=data, activity=shop.activity if shop else None, actor=keeper)
    return publish_version(version, on=on, actor=keeper)


def _trainer(slug: str, specialities: str, population: Population, today: date, keeper: User) -> Trainer:
    person = population.persons[slug]
    data = TrainerData(
        str(person), TrainerKind.OWN, person=person, email=person.email, specialities=specialities
    )
    row = enter_trainer(data=data, actor=keeper)
    begun = days_ago(today, 700)
    add_qualification(
        row,
        label="Titre professionnel de formateur·rice d’adultes",
        obtained_on=begun,
        ends_on=begun + timedelta(days=5 * 365),
        actor=keeper,
    )
    return row


def _planned(
    course: CourseVersion, days: Sequence[date], trainer: Trainer, *, keeper: User, shop: Shop | None = None
) -> TrainingSession:
    place = "Salle des Tilleuls, 4 rue des Écoles, La Réole"
    data = SessionData(
        elsewhere=place,
        capacity=8,
        budget_excl_tax=Decimal("900.00"),
        practical="Accueil dès 8 h 45, repas partagé. Règlement intérieur remis à l’accueil.",
    )
    session = plan_session(course, data=data, activity=shop.activity if shop else None, actor=keeper)
    for on in days:
        for starts, ends in ((MORNING, NOON), (AFTERNOON, EVENING)):
            add_half_day(session, on=on, starts=starts, ends=ends, trainer=trainer, actor=keeper)
    return open_session(session, actor=keeper)


def _held(
    course: CourseVersion,
    trainer: Trainer,
    population: Population,
    *,
    today: date,
    now: datetime,
    keeper: User,
) -> None:
    """Two days of last month: three of ours to the end, one who gave up after the first."""
    first = days_ago(today, 40)
    session = _planned(course, [first, days_ago(today, 33)], trainer, keeper=keeper)
    people = [
        population.accounts[slug].person for slug in ("entrepreneur", "trusted", "associate", "collective")
    ]
    trainees = [
        enter_enrolment(session, data=_ours(one), person=one, actor=keeper)
        for one in people
        if one is not None
    ]
    session = begin_session(session, at=now, actor=keeper)
    days = list(session.half_days.order_by("starts_at"))
    for one in trainees[:-1]:
        _sign(days, one)
    _sign(days[:2], trainees[-1])
    _sign(days, trainer)
    drop_enrolment(
        trainees[-1],
        reason="Un chantier avancé d’une semaine.",
        on=timezone.localdate(days[2].starts_at),
        today=today,
        actor=keeper,
    )
    session = finish_session(session, at=now, actor=keeper)
    for one in trainees[:-1]:
        make_certificate(one, actor=keeper)
    ask_evaluations(session, moment="end", at=now, actor=keeper)
    marks = ((5, 4, 4, 5, 4, 5), (4, 4, 3, 5, 3, 4))
    codes = ("aims", "content", "pace", "trainer", "place", "advice")
    asked = Evaluation.objects.filter(enrolment__session=session).order_by("pk")
    for row, given in zip(asked[: len(marks)], marks, strict=True):
        comment = "Enfin un prix que je sais expliquer." if given == marks[0] else ""
        answer_evaluation(row, answers=dict(zip(codes, given, strict=True)), comment=comment, at=now)
    cold = ComplaintData("Zoé Larrieu", days_ago(today, 32), "La salle était froide le second matin.")
    complaint = hear_complaint(session, data=cold, today=today, actor=keeper)
    answer_complaint(
        complaint, answer="Chauffage réglé avec la mairie ; radiateur prêté depuis.", actor=keeper
    )


def _coming(
    course: CourseVersion, trainer: Trainer, population: Population, *, today: date, keeper: User
) -> None:
    """One day of next month: somebody enrolled, somebody who asks."""
    session = _planned(course, [days_ahead(today, 20)], trainer, keeper=keeper)
    person = population.accounts["entrepreneur"].person
    if person is not None:
        enter_enrolment(session, data=_ours(person), person=person, actor=keeper)
    needs = "Faire connaître mes vidéos aux communes du territoire."
    ask_enrolment(session, needs=needs, actor=population.accounts["trusted"])


def _sold(shop: Shop, population: Population, *, today: date, now: datetime, keeper: User) -> None:
    """What an activity sells: two trainees of a customer, an agreement signed, one sheet to complete."""
    course = _published(BACKS, days_ago(today, 300), keeper, shop)
    author = shop.author
    person = population.persons[shop.plan.people[0]]
    data = TrainerData(str(person), TrainerKind.OWN, person=person, specialities="Santé au travail")
    trainer = enter_trainer(data=data, actor=keeper)
    session = _planned(course, [days_ago(today, 1)], trainer, keeper=author, shop=shop)
    payer = next(one.organisation for one in shop.customers.values() if one.organisation is not None)
    paid: dict[str, Any] = {
        "payer": Payer.ORGANISATION,
        "organisation": payer,
        "price_excl_tax": Decimal("310.00"),
    }
    trainees = [
        enter_enrolment(
            session,
            data=EnrolmentData(first, last, kind=TraineeType.EMPLOYEE, **paid),
            actor=author,
        )
        for first, last in (("Mehdi", "Cazeaux"), ("Solène", "Duprat"))
    ]
    for one in trainees:
        paper = make_paper(one, at=now, actor=author)
        if one == trainees[0]:
            hand = Hand("Brigitte Labat", "Directrice", typed="Brigitte Labat")
            sign_paper(paper, hand=hand, origin=SIGNED_FROM, at=now, shown=paper.document.sha256)
    session = begin_session(session, at=now, actor=author)
    days = list(session.half_days.order_by("starts_at"))
    _sign(days, trainees[0])
    _sign(days[:1], trainees[1])
    _sign(days, trainer)


def _told(*, today: date, keeper: User) -> None:
    """Where the money comes from: of all that was invoiced, but the last lines."""
    for year in (today.year - 1, today.year):
        lines = sold_lines(training_invoices(year))
        known = lines if year < today.year else lines[:-2]
        for one in known:
            name = one.invoice.customer.name.lower()
            funded = any(word in name for word in ("opco", "atlas", "akto"))
            origin = MoneyOrigin.SKILLS_PLAN if funded else MoneyOrigin.FIRMS
            set_origin(one.line, origin=origin, actor=keeper)


def _charged(*, today: date, keeper: User) -> None:
    """What the trainings of the year cost so far."""
    row = open_statement(today.year, actor=keeper)
    spent = {"total": Decimal("9840.00"), "pay": Decimal("6200.00"), "purchases": Decimal("1480.00")}
    set_charges(row, **spent, seen=row.version, actor=keeper)


def _ours(person: Person) -> EnrolmentData:
    return EnrolmentData(
        first_name=person.first_name,
        last_name=person.shown_last_name,
        email=person.email,
        kind=TraineeType.EMPLOYEE,
        needs="Savoir ce que je peux me verser chaque mois.",
    )


def _sign(days: Sequence[HalfDay], who: Enrolment | Trainer) -> None:
    """Each half-day as it ended."""
    hand = Hand(str(who), typed=str(who))
    for day in days:
        sign_half_day(day, who, hand=hand, origin=SIGNED_FROM, at=day.ends_at, actor=None)
