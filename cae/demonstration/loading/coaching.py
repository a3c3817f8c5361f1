"""Coaching in the demonstration: contacts, meetings, reports, interviews, plans, sheets, alerts, support."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.core.periods import Month
from cae.core.signing import Hand, Origin
from cae.core.threads import post_message
from cae.demonstration.loading.days import days_ago, days_ahead
from cae.demonstration.loading.people import Population, key_of
from entrepreneurs.models import Alert, Interview, Meeting, MeetingReport
from entrepreneurs.selectors.follow_ups import interview_figures
from entrepreneurs.services import follow_ups, interviews, meetings, plans, reports, signals, slots, support
from entrepreneurs.services.projects import save_project
from entrepreneurs.services.referents import name_referent
from entrepreneurs.states.interviews import InterviewHeading
from entrepreneurs.states.meetings import MeetingMode, MeetingPurpose
from entrepreneurs.states.plans import GoalKind
from entrepreneurs.states.referents import COACH
from people.models import Organisation, Person, User
from people.services.organisations import OrganisationData, save_organisation
from people.states import OrganisationKind, RelationKind

# Who coaches whom.
COACHES: dict[str, tuple[str, ...]] = {
    "advisor": ("entrepreneur", "checked", "dubroca", "darrieux", "goyeneche", "hourcade", "peyrelongue"),
    "advisor2": ("project-holder", "trusted", "associate", "castaing", "laborde", "haddad", "candidate"),
}
PLACE = "12 rue du Maréchal-Bosquet, Mont-de-Marsan"
VIDEO = "https://visio.exemple.fr/accompagnement"
OPEN_FOR = (MeetingPurpose.FOLLOW_UP, MeetingPurpose.FIRST_INTERVIEW, MeetingPurpose.YEARLY_INTERVIEW)
SAID = (
    "Les ventes de l’automne tiennent, mais les prix du reportage ne couvrent plus les déplacements. On a"
    " refait le calcul à partir du temps réel, trajets compris."
)
DECIDED = "Nouveau tarif au 1er du mois ; les anciens devis restent honorés."
PRIVATE = "Parle de fatigue. À reprendre au prochain rendez-vous, sans insister."
HELD: dict[InterviewHeading, str] = {
    InterviewHeading.REVIEW: "L’objectif de l’année est atteint aux trois quarts ; deux clients reviennent.",
    InterviewHeading.EVOLUTION: "Un site à refaire, une clientèle d’entreprises à développer.",
    InterviewHeading.OBJECTIVES: "1 500 € de ventes par mois, deux contrats réguliers.",
    InterviewHeading.NEEDS: "Un appui à la prospection, une formation au devis.",
    InterviewHeading.ACTIONS: "Rejoindre le groupe « vendre ensemble », revoir les prix.",
    InterviewHeading.HEALTH: "Port de charges : un chariot est acheté. Rien d’autre à signaler.",
    InterviewHeading.ASSOCIATESHIP: "La candidature au sociétariat se prépare pour l’assemblée de juin.",
    InterviewHeading.LEAVE: "Dix jours pris, quinze restants, posés en août.",
}
# What the interviews before this one aimed at.
AIMS = ("900 €", "1 100 €", "1 300 €")
IDEA = {
    "idea": "Réparer plutôt que jeter : un atelier mobile de petite menuiserie.",
    "targets": "Particuliers de l’agglomération et copropriétés.",
    "costs": "Outillage 2 400 €, véhicule partagé, assurance.",
    "prices": "38 € de l’heure, forfait de déplacement.",
}


def coach_people(population: Population, *, today: date, now: datetime) -> None:
    """Does: lays a year of coaching upon the people who are there. Refuses: nothing.
    Leaves behind: each state at least once; notices of the past, read."""
    for advisor, slugs in COACHES.items():
        _name(population, advisor, slugs, today)
        _open_slots(population.accounts[advisor], today)
    claire, malik = population.persons["entrepreneur"], population.persons["project-holder"]
    helene, guillaume = population.accounts["advisor"], population.accounts["advisor2"]
    _meet(claire, helene, population.accounts["entrepreneur"], today, now)
    _meet(malik, guillaume, population.accounts["project-holder"], today, now)
    _plan(claire, helene, today)
    _test(malik, guillaume, population.accounts["project-holder"], today)
    _offer(population, today)
    _interviews(population, today)
    signals.raise_alerts(on=today)
    _answer_alerts(helene, today)
    read_notices(Notice.objects.filter(kind__startswith="entrepreneurs."), at=now)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _person(user: User) -> Person:
    """Accounts of the demonstration all have one."""
    return Person.objects.get(user=user)


def _name(population: Population, advisor: str, slugs: tuple[str, ...], today: date) -> None:
    coach, hr = population.persons[advisor], population.accounts["hr"]
    for rank, slug in enumerate(slugs):
        person = population.persons[slug]
        name_referent(
            person,
            advisor=coach,
            function=COACH,
            starts_on=days_ago(today, 200 - rank * 20),
            actor=hr,
            tell=False,
        )
        if rank < 3:
            name_referent(
                person,
                advisor=population.persons["accountant"],
                function="accountant",
                starts_on=days_ago(today, 150),
                actor=hr,
                tell=False,
            )


def _open_slots(advisor: User, today: date) -> None:
    """Two mornings a week on the spot or by video, a day of leave next month."""
    coach = _person(advisor)
    for weekday in (1, 3):
        slots.offer_slots(
            coach,
            offer=slots.Offer(
                weekday=weekday,
                starts_on=days_ago(today, 60),
                opens_at=time(9),
                closes_at=time(12),
                slot_minutes=60,
                purposes=OPEN_FOR,
                place=PLACE,
                link=VIDEO,
                by_phone=True,
            ),
            actor=advisor,
        )
    leave = today + timedelta(days=24)
    slots.close_days(coach, starts_on=leave, ends_on=leave + timedelta(days=4), label="Congés", actor=advisor)


def _arrange(person: Person, advisor: User, at: datetime, purpose: str = MeetingPurpose.FOLLOW_UP) -> Meeting:
    return meetings.arrange_meeting(
        person,
        advisor=_person(advisor),
        purpose=purpose,
        starts_at=at,
        minutes=60,
        mode=MeetingMode.PLACE,
        place=PLACE,
        actor=advisor,
        now=at - timedelta(days=6),
    )


def _report(person: Person, advisor: User, meeting: Meeting, on: date, **more: object) -> MeetingReport:
    facts = {"said": SAID, "decisions": DECIDED, "themes": ["prices", "sales"], "private": PRIVATE} | more
    return reports.write_report(
        person,
        content=reports.ReportContent(
            met_on=timezone.localdate(meeting.starts_at),
            mode=meeting.mode,
            minutes=60,
            **facts,  # type: ignore[arg-type]
        ),
        author=_person(advisor),
        form_key=key_of("report", str(meeting.pk)),
        actor=advisor,
        on=on,
        meeting=meeting,
    )


def _meet(person: Person, advisor: User, account: User, today: date, now: datetime) -> None:
    """One shared report with its answer, a draft, an absence, a cancellation, one today, one to come."""
    first = _arrange(person, advisor, _at(days_ago(today, 40), 10))
    action = reports.NewAction("Refaire la grille de prix", today + timedelta(days=12))
    shared = reports.share_report(
        _report(person, advisor, first, today, actions=[action]), actor=advisor, now=now
    )
    reports.add_to_report(
        shared, text="Le tarif du dimanche est de 20 % de plus.", author=_person(advisor), actor=advisor
    )
    post_message(shared, text="Merci, la grille est presque prête.", actor=account, tell=False)
    second = _arrange(person, advisor, _at(days_ago(today, 15), 11))
    _report(person, advisor, second, today, private="", said="Point rapide sur la trésorerie.", decisions="")
    missed = _arrange(person, advisor, _at(days_ago(today, 70), 9))
    meetings.miss_meeting(missed, actor=advisor, now=now)
    given_up = _arrange(person, advisor, _at(days_ago(today, 25), 14))
    meetings.cancel_meeting(given_up, reason="Chantier avancé d’un jour", actor=account)
    _arrange(person, advisor, _at(today, 16))
    _arrange(person, advisor, _at(days_ahead(today, 10), 15))
    _arrange(person, advisor, _at(days_ago(today, 4), 16))


def _plan(person: Person, advisor: User, today: date) -> None:
    past = days_ago(today, 60)
    goal = plans.set_goal(
        person,
        kind=GoalKind.DEVELOPMENT,
        label="Vendre aux entreprises",
        due_on=today + timedelta(days=120),
        actor=advisor,
        on=today,
    )
    labels = ("Lister vingt entreprises", "Écrire l’offre en une page", "Appeler les cinq premières")
    for rank, label in enumerate(labels):
        action = plans.add_action(
            person,
            label=label,
            owner=person,
            due_on=past + timedelta(days=30 * rank),
            actor=advisor,
            on=past,
            goal=goal,
        )
        if rank == 0:
            plans.finish_action(action, actor=advisor)
        elif rank == 2:
            plans.start_action(action, actor=advisor)
    reached = plans.set_goal(
        person, kind=GoalKind.SKILLS, label="Tenir sa gestion", due_on=None, actor=advisor, on=today
    )
    plans.reach_goal(reached, actor=advisor)


def _test(person: Person, advisor: User, account: User, today: date) -> None:
    """A test phase: two versions of the sheet, goals and what was counted."""
    save_project(person, texts=IDEA, label="Première idée", base=0, actor=account)
    better = IDEA | {
        "prices": "46 € de l’heure, déplacement compris à moins de 15 km.",
        "communication": "Une page, des cartes chez les syndics.",
        "model": "Douze heures vendues par semaine couvrent les charges.",
    }
    save_project(person, texts=better, label="Après le calcul du prix de revient", base=1, actor=account)
    month = Month.of(today)
    for step in range(3):
        for measure, aimed, counted in (("hours", "60", "52"), ("prospects", "12", "9")):
            follow_ups.set_follow_goal(
                person,
                measure=measure,
                rhythm="month",
                month=month,
                amount=Decimal(aimed),
                actor=advisor,
            )
            follow_ups.count_figure(
                person,
                measure=measure,
                month=month,
                amount=Decimal(counted) - step,
                actor=account,
                on=today,
            )
        follow_ups.set_follow_goal(
            person, measure="sales", rhythm="month", month=month, amount=Decimal(1200), actor=advisor
        )
        month = month.previous()
    follow_ups.note_period(
        person,
        rhythm="month",
        month=Month.of(today).previous(),
        text="Les heures y sont, les ventes suivent ; prospecter chaque semaine.",
        author=_person(advisor),
        actor=advisor,
    )


def _offer(population: Population, today: date) -> None:
    """The catalogue, what people asked of it, a funded action."""
    admin, advisor2 = population.accounts["admin"], population.accounts["advisor2"]
    kinds = [
        support.offer_support(
            name=name,
            what=what,
            audience=audience,
            given_by=who,
            where=where,
            starts_on=days_ago(today, 300),
            actor=admin,
        )
        for name, what, audience, who, where in (
            ("Fixer ses prix", "Deux heures pour partir du temps réel et des charges.", "Qui démarre",
             "Accompagnement", "À Mont-de-Marsan ou par visio"),
            ("Lire ses comptes", "Le relevé, la trésorerie, ce qui reste.", "Tout le monde",
             "Comptabilité", "Par visio"),
            ("Trouver ses premiers clients", "Un atelier en petit groupe.", "Porteurs de projet",
             "Une associée du métier", "À Bordeaux"),
        )
    ]  # fmt: skip
    for slug, rank in (("project-holder", 0), ("project-holder", 1), ("trusted", 2)):
        support.ask_support(
            kinds[rank],
            person=population.persons[slug],
            words="Avant la fin du mois si possible.",
            actor=population.accounts[slug],
            on=today,
        )
    asked = list(population.persons["project-holder"].support_requests.order_by("pk"))
    support.plan_support(asked[0], answer="Mardi en huit, à 10 h.", actor=advisor2)
    support.decline_support(asked[1], answer="La comptable en parle déjà avec vous.", actor=advisor2)
    support.open_funded_action(
        name="Appui à la création 2026",
        funder=_funder(admin),
        reference="FSE-2026-114",
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year, 12, 31),
        hours=Decimal(240),
        hours_each=Decimal(20),
        places=30,
        actor=admin,
    )


def _funder(actor: User) -> Organisation:
    data = OrganisationData(
        "Conseil départemental des Landes",
        kind=OrganisationKind.PUBLIC_BODY,
        relations=[RelationKind.FUNDER],
    )
    known = Organisation.objects.filter(name=data.name).first()
    return known or save_organisation(None, data=data, actor=actor)


def _interviews(population: Population, today: date) -> None:
    """Those owed by the contracts signed: the latest waits for the person to sign, the one before was
    forgotten, the earlier ones were held within days and signed by both."""
    interviews.plan_interviews(on=today)
    accounts = {account.person_id: account for account in population.accounts.values()}
    past = Interview.objects.filter(due_on__lt=today, person__in=list(accounts)).order_by("due_on")
    *earlier, _forgotten, latest = past
    advisor = population.accounts["advisor"]
    for row, aim in zip(earlier, AIMS, strict=True):
        said = HELD | {InterviewHeading.OBJECTIVES: f"{aim} de ventes par mois, deux contrats réguliers."}
        day = days_ago(row.due_on, 2)
        interviews.sign_interview(
            _hold(row, said, day, advisor, today),
            hand=Hand(row.person.full_name, typed=row.person.full_name),
            origin=Origin("203.0.113.8", "démonstration"),
            at=_at(days_ahead(day, 2), 17),
            actor=accounts[row.person_id],
        )
    _hold(latest, HELD, days_ago(latest.due_on, -10), advisor, today)


def _hold(
    row: Interview, said: dict[InterviewHeading, str], day: date, advisor: User, today: date
) -> Interview:
    """Written and signed by the advisor on the day it was held."""
    coach = _person(advisor)
    written = interviews.write_interview(
        row,
        texts={str(name): text for name, text in said.items()},
        held_on=day,
        wants_amendment=row.rank == len(AIMS),
        version=row.version,
        actor=advisor,
        on=today,
    )
    return interviews.propose_interview(
        written,
        advisor=coach,
        figures=interview_figures(row.person, day),
        hand=Hand(coach.full_name, "accompagnatrice", typed=coach.full_name),
        origin=Origin("203.0.113.7", "démonstration"),
        at=_at(day, 15),
        actor=advisor,
    )


def _answer_alerts(advisor: User, today: date) -> None:
    """One taken, one muted, one closed; the others wait."""
    rows = list(Alert.objects.filter(person__referents__advisor=advisor.person_id).distinct()[:3])
    if rows:
        signals.take_alert(rows[0], actor=advisor, by=_person(advisor))
    if len(rows) > 1:
        until = today + timedelta(days=20)
        signals.mute_alert(rows[1], until=until, reason="En congé maternité", actor=advisor, on=today)
    if len(rows) > 2:
        signals.close_alert(rows[2], reason="Vu ensemble au téléphone", actor=advisor)
