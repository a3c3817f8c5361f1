"""What the files of people hold: statuses that no contract makes, civil status, situations, skills."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cae.core.options import OptionData, decide_option, decide_rule
from cae.core.periods import after_months
from cae.demonstration.loading.cooperative import Grounds
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population, key_of
from people.models import Person, User
from people.options import GLOSSARY, SOCIAL_STATUSES, STUDY_LEVELS
from people.services.civil import CivilData, save_civil_record
from people.services.persons import PersonData, create_person
from people.services.situations import JobData, SituationData, save_situation
from people.services.skills import Proof, SkillData, check_skill, save_skill
from people.services.statuses import correct_status, open_status, record_status
from people.services.territories import count_territory
from people.states.situations import Moment, SkillKind, ZoneKind
from people.states.statuses import StatusKind

SOURCE = "INSEE, populations de référence, arrondies"
COUNTS: dict[str, tuple[int, str]] = {
    "FR": (68_000_000, ZoneKind.URBAN),
    "NAQ": (6_069_000, ZoneKind.RURAL),
    "PDL": (3_873_000, ZoneKind.RURAL),
    "40": (422_000, ZoneKind.RURAL),
    "33": (1_654_000, ZoneKind.URBAN),
    "44": (1_457_000, ZoneKind.URBAN),
    "40-MDM": (54_000, ZoneKind.RURAL),
    "33-BDX": (261_800, ZoneKind.URBAN),
    "44-NTE": (323_000, ZoneKind.URBAN),
}
PAPER = b"%PDF-1.4\n% justificatif (demonstration)\n%%EOF"


def fill_files(population: Population, *, grounds: Grounds, today: date, now: Any) -> None:
    """Does: gives statuses, civil status, situations and skills to some. Refuses: nothing.
    Leaves behind: each status at least once, one of them corrected, one to come."""
    officer = population.accounts["hr"]
    _count(grounds, population.accounts["admin"], today)
    _decide(population.accounts["admin"], today)
    _newcomers(grounds, officer, today)
    _beside(population, officer, today)
    _describe(population, officer, today)
    _learn(population, officer, today, now)


def _count(grounds: Grounds, actor: User, today: date) -> None:
    for code, (population, zone) in COUNTS.items():
        count_territory(
            grounds.territories[code],
            population=population,
            zone=zone,
            valid_from=date(today.year - 3, 1, 1),
            source=SOURCE,
            actor=actor,
        )


def _decide(actor: User, today: date) -> None:
    """A word of one's own, another said otherwise, a rule of entry."""
    since = days_ago(today, 300)
    decide_option(
        GLOSSARY, None, data=OptionData("Rucher", "Le lieu où l’on se retrouve, à Mont-de-Marsan.", 70),
        valid_from=since, reason="Le mot revient à chaque réunion d’accueil.", actor=actor,
    )  # fmt: skip
    decide_option(
        SOCIAL_STATUSES, None, data=OptionData("Salarié·e en portage ailleurs", "", 45),
        valid_from=since, reason="Trois arrivées cette année.", actor=actor,
    )  # fmt: skip
    decide_rule(
        STUDY_LEVELS, rule="Le plus haut diplôme obtenu ; une équivalence se note dans les compétences.",
        valid_from=since, reason="Demande du financeur.", actor=actor,
    )  # fmt: skip


def _newcomers(grounds: Grounds, officer: User, today: date) -> None:
    """People of the house without activity, and one who left."""
    mireille = _person(
        "camguilhem", "Mireille", "Camguilhem", place="40-MDM", grounds=grounds, officer=officer
    )
    record_status(
        mireille, kind=StatusKind.COMMUNITY_MEMBER, starts_on=days_ago(today, 90), ends_on=None,
        reason="Anime les repas du mardi", actor=officer,
    )  # fmt: skip
    adam = _person("diarra", "Adam", "Diarra", place="40-MDM", grounds=grounds, officer=officer)
    for kind, reason in (
        (StatusKind.COMMUNITY_MEMBER, "Mutuelle de travail"),
        (StatusKind.COWORKER, "Un bureau au Rucher"),
    ):
        record_status(
            adam, kind=kind, starts_on=days_ago(today, 60), ends_on=None, reason=reason, actor=officer
        )
    celestine = _person("vergez", "Célestine", "Vergez", place="33-BDX", grounds=grounds, officer=officer)
    left = days_ago(today, 430)
    open_status(
        celestine, kind=StatusKind.PROJECT_HOLDER, starts_on=days_ago(today, 800),
        ends_on=left - timedelta(days=1), reason="CAPE", actor=officer,
    )  # fmt: skip
    open_status(
        celestine, kind=StatusKind.LEAVER, starts_on=left, reason="A trouvé un emploi salarié", actor=officer
    )


def _person(slug: str, first: str, last: str, *, place: str, grounds: Grounds, officer: User) -> Person:
    data = PersonData(first, last, email=f"{slug}@courriel.example", territory=grounds.territories[place])
    return create_person(data, actor=officer, form_key=key_of("person", slug))


def _beside(population: Population, officer: User, today: date) -> None:
    """Staff for a time beside one's activity; associate since a day first read wrong."""
    persons = population.persons
    record_status(
        persons["goyeneche"], kind=StatusKind.STAFF, starts_on=days_ago(today, 120),
        ends_on=today + timedelta(days=30), reason="Remplacement d’un congé parental, à mi-temps",
        actor=officer,
    )  # fmt: skip
    first = days_ago(today, 200)
    wrong = open_status(
        persons["castaing"], kind=StatusKind.ASSOCIATE, starts_on=first, ends_on=None,
        reason="Agrément de l’assemblée", actor=officer,
    )  # fmt: skip
    correct_status(
        wrong, starts_on=after_months(first, 1), ends_on=None,
        reason="Date de l’assemblée lue de travers", actor=officer,
    )  # fmt: skip


def _describe(population: Population, officer: User, today: date) -> None:
    claire, malik = population.persons["entrepreneur"], population.persons["project-holder"]
    save_civil_record(
        claire,
        data=CivilData(
            "mrs", date(today.year - 38, 4, 17), "Dax", "FR", "FR", "claire.photo@courriel.example",
            "06 00 00 42 01", "Paul Lenoir", "frère", "06 00 00 42 02",
        ),
        actor=officer,
        on=today,
    )  # fmt: skip
    save_civil_record(
        malik,
        data=CivilData("mr", date(today.year - 29, 9, 3), "Tours", "FR", "FR", mobile="06 00 00 42 03"),
        actor=officer,
        on=today,
    )
    job = JobData("fixed_term", Decimal("12.0"), "Collège de Hagetmau", Decimal("720.00"))
    for moment, day, statuses, level, jobs in (
        (Moment.ENTRY, days_ago(today, 1125), ["jobseeker_paid", "employee"], "level_5", (job,)),
        (Moment.TODAY, days_ago(today, 20), ["other"], "level_6", ()),
    ):
        data = SituationData(day, statuses, "couple", 1, level)
        save_situation(claire, moment=moment, data=data, jobs=jobs, actor=officer, on=today)
    save_situation(
        malik,
        moment=Moment.ENTRY,
        data=SituationData(days_ago(today, 84), ["jobseeker_paid"], "single", 0, "level_4"),
        actor=officer,
        on=today,
    )


def _learn(population: Population, officer: User, today: date, now: Any) -> None:
    """A diploma checked, an authorisation that ends soon, a proof to check, a skill to share."""
    persons, proof = population.persons, Proof(PAPER, "justificatif.pdf")
    photo = SkillData(
        "CAP photographe", SkillKind.DIPLOMA, "", "Greta Sud Aquitaine", date(today.year - 12, 7, 1)
    )
    checked = save_skill(
        None, person=persons["entrepreneur"], data=photo, proof=proof, actor=officer, on=today
    )
    check_skill(checked, actor=officer, now=now)
    drone = SkillData(
        "Télépilote de drone, catégorie ouverte", SkillKind.AUTHORISATION, "", "DGAC",
        after_months(today, -58), today + timedelta(days=50),
    )  # fmt: skip
    save_skill(None, person=persons["entrepreneur"], data=drone, proof=proof, actor=officer, on=today)
    share = SkillData("Tirage noir et blanc", level="expert")
    save_skill(None, person=persons["entrepreneur"], data=share, actor=officer, on=today)
    save_skill(
        None, person=persons["checked"], data=SkillData(
            "Certiphyto", SkillKind.AUTHORISATION, "", "DRAAF", after_months(today, -61), days_ago(today, 20)
        ), proof=proof, actor=officer, on=today,
    )  # fmt: skip
