"""Who knocks at the door: candidates in every column, marks, the insurer’s answers, committees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from cae.core.settings import set_setting
from cae.core.signing import Origin
from cae.demonstration.loading.cooperative import Grounds as Lands
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population
from entrepreneurs.calculations.steps import BY_PRESCRIBER, StepCode, questions_of
from entrepreneurs.models import Application, Committee, WelcomeStage
from entrepreneurs.selectors.applications import charter_on, fingerprint
from entrepreneurs.selectors.reviews import criteria_for
from entrepreneurs.services.applications import save_step, start_application, type_charter
from entrepreneurs.services.committees import (
    CommitteeData,
    add_file,
    close_committee,
    convene_committee,
    decide_file,
    give_voice,
    plan_committee,
)
from entrepreneurs.services.feasibility import INSURER_ADDRESS, agree_slip, record_finding, send_slip
from entrepreneurs.services.reviews import ask_review, give_review, lay_first_criteria
from entrepreneurs.services.sending_applications import submit_application
from entrepreneurs.services.slot_invitations import invite_candidate
from entrepreneurs.services.stages import (
    lay_first_stages,
    move_application,
    note_information,
    set_target,
    transfer_application,
)
from entrepreneurs.services.welcome import (
    Grounds,
    pool_application,
    postpone_application,
    redirect_application,
    refuse_application,
)
from entrepreneurs.states.applications import Door
from entrepreneurs.states.committees import Fit, Verdict, Voice
from entrepreneurs.states.feasibility import FeasibilityPoint, Finding
from entrepreneurs.states.stages import Presence, TargetKind
from people.models import User

ORIGIN = Origin("203.0.113.20", "Navigateur de démonstration")


@dataclass(frozen=True)
class Candidate:
    """One line of the table: who, from where, which trade, how long ago, which column they reached."""

    first_name: str
    last_name: str
    territory: str
    city: str
    trade: str
    summary: str
    sent: int
    column: int
    source: str = "web"
    door: str = Door.IDEA
    sales: str = ""
    hours: int = 35


CANDIDATES: tuple[Candidate, ...] = (
    Candidate("Salomé", "Artiguebieille", "40-MDM", "40000 Mont-de-Marsan", "Graphisme",
              "Identités visuelles pour les associations du département.", 2, 0, "event"),
    Candidate("Bastien", "Cazaubon", "40", "40190 Villeneuve-de-Marsan", "Menuiserie d’agencement",
              "Mobilier sur mesure en pin des Landes, à l’atelier partagé.", 12, 0, "friends",
              Door.ACTIVITY, "11800", 28),
    Candidate("Inès", "Larrouy", "33-BDX", "33000 Bordeaux", "Traduction",
              "Traduction juridique de l’espagnol.", 15, 1, "member", Door.ACTIVITY, "23400"),
    Candidate("Maxime", "Dupeyron", "40", "40100 Dax", "Paysagisme",
              "Jardins sobres en eau, sans produit.", 34, 1, "prescriber"),
    Candidate("Awa", "Ndiaye", "33", "33600 Pessac", "Couture",
              "Retouches et petites séries dans un tissu de récupération.", 26, 2, "member", Door.ACTIVITY,
              "9600", 20),
    Candidate("Gaël", "Kermarrec", "44-NTE", "44000 Nantes", "Développement web",
              "Sites sobres pour des collectivités.", 41, 2, "web", Door.ACTIVITY, "31200"),
    Candidate("Fanny", "Darricau", "40-MDM", "40280 Saint-Pierre-du-Mont", "Céramique",
              "Vaisselle tournée à la main pour les tables de la région.", 48, 3, "event", Door.ACTIVITY,
              "14100", 30),
    Candidate("Rodolphe", "Beyris", "33", "33400 Talence", "Formation",
              "Prévention des gestes lourds dans les petites entreprises.", 55, 3, "member", Door.ACTIVITY,
              "20500"),
    Candidate("Camille", "Ferrand", "44", "44400 Rezé", "Cuisine à domicile",
              "Repas de fête à domicile, produits du marché.", 120, 3, "member", Door.ACTIVITY, "21700"),
    Candidate("Lucas", "Etcheverry", "40", "40990 Saint-Paul-lès-Dax", "Électricité du bâtiment",
              "Rénovation électrique de maisons anciennes.", 118, 3, "prescriber"),
    Candidate("Nour", "Belkacem", "33-BDX", "33800 Bordeaux", "Ostéopathie",
              "Séances au cabinet, puis à domicile.", 90, 1, "web"),
    Candidate("Tiphaine", "Roussel", "44-NTE", "44300 Nantes", "Librairie",
              "Une librairie de quartier, avec un bail commercial.", 75, 2, "press"),
    Candidate("Youri", "Lafitte", "40", "40230 Tosse", "Photographie",
              "Portraits de métiers, pour des expositions.", 60, 2, "friends"),
)  # fmt: skip


class Welcome:
    """The welcome of the year, act by act; `at` gives a moment so many days ago."""

    def __init__(self, population: Population, lands: Lands, *, today: date, now: datetime) -> None:
        self.accounts, self.lands, self.today, self.now = population.accounts, lands, today, now
        self.manager: User = self.accounts["manager"]
        self.sent: dict[str, Application] = {}

    def at(self, days: int) -> datetime:
        return self.now - timedelta(days=(self.today - days_ago(self.today, days)).days)

    def load(self) -> None:
        founded = date(self.today.year - 1, 1, 1)
        stages = lay_first_stages(on=founded, actor=self.accounts["admin"])
        lay_first_criteria(on=founded, actor=self.accounts["admin"])
        set_setting(
            INSURER_ADDRESS,
            value="acceptation@assureur.example",
            valid_from=founded,
            actor=self.accounts["admin"],
            reason="Contrat de responsabilité civile de la coopérative.",
        )
        for candidate in CANDIDATES:
            self._apply(candidate, stages)
        self._invite()
        self._judge()
        self._decide_alone()
        self._past_committee()
        self._coming_committee()
        self._aim()

    def _apply(self, candidate: Candidate, stages: list[WelcomeStage]) -> None:
        now = self.at(candidate.sent)
        told = self._answers(candidate)
        application = start_application(
            door=candidate.door,
            email=f"{slugify(candidate.first_name)}.{slugify(candidate.last_name)}@courriel.example",
            first_name=candidate.first_name,
            last_name=candidate.last_name,
            actor=None,
            now=now,
        )
        for step in StepCode:
            values = {name: told[name] for name in questions_of(step, candidate.door) if name in told}
            shown = fingerprint(application, step)
            application = save_step(application, step, values=values, shown=shown, now=now, actor=None)
        charter = charter_on(timezone.localdate(now))
        if charter is not None:
            name = f"{candidate.first_name} {candidate.last_name}"
            application = type_charter(application, name=name, number=charter.number, now=now, actor=None)
        application = submit_application(application, consents=True, origin=ORIGIN, now=now, actor=None)
        advisor = "advisor" if candidate.territory.startswith("40") else "advisor2"
        if candidate.sent > 10:
            person = self.accounts[advisor].person
            transfer_application(application, advisor=person, reason="Secteur", actor=self.manager)
        for rank, stage in enumerate(stages[1 : candidate.column + 1], start=1):
            day = days_ago(self.today, max(candidate.sent - 9 * rank, 1))
            move_application(application, stage=stage, actor=self.accounts[advisor], on=day)
        application.refresh_from_db()
        self.sent[candidate.last_name] = application

    def _answers(self, candidate: Candidate) -> dict[str, Any]:
        postcode, _space, city = candidate.city.partition(" ")
        tested = bool(candidate.sales)
        return {
            "first_name": candidate.first_name,
            "last_name": candidate.last_name,
            "phone": "06 00 00 00 00",
            "postcode": postcode,
            "city": city,
            "entry_status": "self_employed" if tested else "job_seeker",
            "referral": candidate.source,
            "prescriber_name": "France Travail" if candidate.source == BY_PRESCRIBER else "",
            "trade_text": candidate.trade,
            "summary": candidate.summary,
            "customers": "Des particuliers d’abord, puis des entreprises du bassin.",
            "progress": "Des ventes régulières." if tested else "Une étude et deux essais.",
            "career": "Dix ans salariée, puis un bilan de compétences.",
            "skills": "Le métier, la relation, un peu de gestion.",
            "is_tested": tested,
            "tested_as": "micro" if tested else "",
            "tested_from": days_ago(self.today, 700) if tested else None,
            "sales_12_months": Decimal(candidate.sales) if tested else None,
            "weekly_hours": candidate.hours if tested else None,
            "is_time_chosen": True if tested else None,
            "motivation": "Travailler à mon compte sans rester seule, et décider avec d’autres.",
            "relation_to_work": "Un rythme choisi, du temps pour le reste.",
            "territory": self.lands.territories[candidate.territory],
            "collective_name": "",
            "sends_papers_later": True,
        }

    def _invite(self) -> None:
        advisor = self.accounts["advisor"]
        invite_candidate(self.sent["Dupeyron"], advisor=_person(advisor), now=self.at(6), actor=advisor)
        for name, presence in (("Larrouy", Presence.CAME), ("Ndiaye", Presence.MISSED)):
            note_information(
                self.sent[name],
                held_on=days_ago(self.today, 10),
                presence=presence,
                today=self.today,
                actor=self.manager,
            )

    def _judge(self) -> None:
        """Two reviewers for those who go to a committee; one is still awaited for the next."""
        advisor, other = self.accounts["advisor"], self.accounts["manager"]
        for name, first, second in (
            ("Darricau", (4, 4, 2, 3), (3, 4, 3, 3)),
            ("Beyris", (3, 2, 3, 4), (4, 3, 2, 2)),
            ("Ferrand", (3, 3, 3, 4), (4, 2, 3, 4)),
        ):
            self._mark(name, other, first)
            self._mark(name, self.accounts["manager2"], second)
        self._mark("Kermarrec", other, (2, 3, 4, 3))
        ask_review(
            self.sent["Kermarrec"],
            reviewer=self.accounts["manager2"],
            on=days_ago(self.today, 3),
            actor=other,
        )
        for name in ("Darricau", "Beyris", "Ferrand"):
            self._insure(name, agrees=name != "Beyris")
        record_finding(
            self.sent["Roussel"],
            point=FeasibilityPoint.LEASE,
            finding=Finding.YES,
            note="Bail 3-6-9 à signer avant l’ouverture",
            actor=advisor,
        )

    def _mark(self, name: str, reviewer: User, values: tuple[int, ...]) -> None:
        application = self.sent[name]
        criteria = criteria_for(application, on=self.today)
        if criteria is None:
            return
        marks = {row.pk: value for row, value in zip(criteria.criteria.all(), values, strict=True)}
        comment = "Un projet ancré, des clients déjà là."
        give_review(application, marks=marks, comment=comment, on=self.today, actor=reviewer)

    def _insure(self, name: str, *, agrees: bool) -> None:
        application = self.sent[name]
        sent_on = days_ago(self.today, 12)
        slip = send_slip(
            application,
            trade_name=application.trade_label,
            description=application.summary,
            on=sent_on,
            actor=self.manager,
        )
        if agrees:
            agree_slip(slip, answered_on=days_ago(self.today, 5), actor=self.manager, answer="RC générale")

    def _decide_alone(self) -> None:
        now, boss = self.at(20), self.manager
        refuse_application(
            self.sent["Belkacem"],
            grounds=Grounds("regulated", "Ce métier ne peut pas s’exercer dans une coopérative."),
            now=now,
            actor=boss,
        )
        redirect_application(
            self.sent["Roussel"],
            grounds=Grounds("investment", "Le club des créateurs de commerces suit ces projets."),
            now=now,
            actor=boss,
        )
        pool_application(
            self.sent["Lafitte"],
            grounds=Grounds("same_trade", "Trois photographes ici : nous vous rappelons à l’automne."),
            now=now,
            actor=boss,
        )
        postpone_application(
            self.sent["Kermarrec"],
            grounds=Grounds(
                "too_early", "Le temps de finir un contrat.", again_on=self.today + timedelta(days=30)
            ),
            now=self.now,
            actor=boss,
        )

    def _past_committee(self) -> None:
        """Held a month ago: one accepted, one refused; its minutes are written."""
        held_on = days_ago(self.today, 30)
        moment = self.at(30)
        made = self._plan(held_on, held_on - timedelta(days=7), ("Ferrand", "Etcheverry"))
        made = convene_committee(made, now=moment, actor=self.manager)
        first, second = made.files.order_by("order")
        for file in (first, second):
            for member in made.members.select_related("user"):
                give_voice(file, voice=Voice.FOR, note="", actor=member.user)
        decide_file(
            first,
            verdict=Verdict.ACCEPTED,
            fit=Fit.YES,
            grounds=Grounds(reason="Bienvenue.", conditions="Suivre l’atelier d’hygiène."),
            now=moment,
            actor=self.manager,
        )
        decide_file(
            second,
            verdict=Verdict.REFUSED,
            fit=Fit.PARTLY,
            grounds=Grounds("not_insurable", "Notre assureur ne couvre pas ces travaux."),
            now=moment,
            actor=self.manager,
        )
        close_committee(made, now=moment, actor=self.manager)

    def _coming_committee(self) -> None:
        made = self._plan(self.today + timedelta(days=6), self.today, ("Darricau", "Beyris"))
        convene_committee(made, now=self.now, actor=self.manager)
        self._plan(self.today + timedelta(days=34), self.today, ())

    def _plan(self, held_on: date, today: date, names: tuple[str, ...]) -> Committee:
        made = plan_committee(
            data=CommitteeData(held_on=held_on, place="Le Rucher, grande salle", agenda="Points divers"),
            members=[self.accounts["advisor"], self.accounts["manager2"]],
            chair=self.manager,
            today=today,
            actor=self.manager,
        )
        for name in names:
            add_file(made, application=self.sent[name], actor=self.manager)
        return made

    def _aim(self) -> None:
        landes, advisor = self.lands.territories["40"], _person(self.accounts["advisor"])
        for aim in (
            {"kind": TargetKind.ENTRIES, "value": 12},
            {"kind": TargetKind.ENTRIES, "value": 5, "territory": landes},
            {"kind": TargetKind.CAPACITY, "value": 8, "advisor": advisor},
        ):
            set_target(year=self.today.year, actor=self.manager, **aim)


def _person(account: User) -> Any:
    return account.person


def welcome_candidates(population: Population, lands: Lands, *, today: date, now: datetime) -> None:
    """Does: receives the candidates of the year, as far as each went. Refuses: what the services refuse.
    Leaves behind: applications in every column and state, marks, slips, two committees and one to come."""
    Welcome(population, lands, today=today, now=now).load()
