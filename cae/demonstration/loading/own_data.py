"""Own data in the demonstration: consents, a protected record, doublets, what the data officer decides."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population, key_of
from people.models import Person, RetentionProposal, User
from people.services.consents import give_consent, withdraw_consent
from people.services.data_requests import answer_data_request, receive_data_request, refuse_data_request
from people.services.incidents import IncidentData, close_incident, notify_incident, open_incident
from people.services.merging import merge_persons
from people.services.persons import PersonData, create_person
from people.services.processings import ProcessingData, save_processing
from people.services.retention import approve_erasure, keep_file, propose_erasures
from people.services.sensitive import read_sensitive, write_sensitive
from people.states.consents import ConsentPurpose
from people.states.data_requests import DataRequestKind, LegalBasis
from people.states.sensitive import SensitivePurpose

REGISTER: tuple[ProcessingData, ...] = (
    ProcessingData(
        "Candidatures",
        "Instruire les demandes d’entrée et répondre à chacune.",
        LegalBasis.CONTRACT,
        "Candidates et candidats",
        "Identité, coordonnées, parcours, projet",
        "Équipe d’accompagnement, comité d’entrée",
        "Deux ans après le dernier contact",
        "Accès par périmètre, journal scellé",
    ),
    ProcessingData(
        "Paie et déclarations sociales",
        "Payer les salaires et déclarer les cotisations.",
        LegalBasis.LEGAL_DUTY,
        "Salarié·es",
        "Identité, numéro de sécurité sociale, salaire",
        "Urssaf, caisses de retraite, mutuelle",
        "Cinq ans ; bulletins : cinquante ans",
        "Fiche protégée chiffrée, chaque lecture notée",
    ),
    ProcessingData(
        "Facturation des activités",
        "Émettre, envoyer et encaisser devis et factures.",
        LegalBasis.LEGAL_DUTY,
        "Clients, contacts de clients",
        "Identité, coordonnées, achats",
        "Comptabilité, administration fiscale",
        "Dix ans",
    ),
    ProcessingData(
        "Annuaire de la coopérative",
        "Faire connaître les métiers des membres.",
        LegalBasis.CONSENT,
        "Membres qui y ont consenti",
        "Nom, métier, territoire, coordonnées",
        "Membres, public",
        "Jusqu’au retrait du consentement",
    ),
)
FORGOTTEN = (("Élodie", "Bergeron"), ("Samuel", "Montagne"), ("Inès", "Vasseur"))


def keep_own_data(population: Population, *, today: date, now: datetime) -> None:
    """Writes all of it through the services, so that each page has something to show in each state."""
    _consent(population, today=today)
    _protect(population, today=today)
    _merge(population.accounts["admin"], now=now)
    officer = population.accounts["officer"]
    _ask(population, officer, today=today, now=now)
    _report(officer, now=now)
    for line in REGISTER:
        save_processing(None, data=line, actor=officer)
    _forget(officer, today=today, now=now)


def _consent(population: Population, *, today: date) -> None:
    for slug in ("entrepreneur", "associate"):
        account, person = population.accounts[slug], population.persons[slug]
        since = days_ago(today, 200)
        give_consent(person, purpose=ConsentPurpose.DIRECTORY, on=since, actor=account)
        give_consent(person, purpose=ConsentPurpose.PHOTO, on=since, actor=account)
    withdraw_consent(
        population.persons["entrepreneur"],
        purpose=ConsentPurpose.PHOTO,
        on=days_ago(today, 30),
        actor=population.accounts["entrepreneur"],
    )
    give_consent(
        population.persons["project-holder"],
        purpose=ConsentPurpose.PRESCRIBER,
        on=days_ago(today, 80),
        actor=population.accounts["hr"],
        proof="Formulaire d’entrée signé, dossier papier",
    )


def _protect(population: Population, *, today: date) -> None:
    hr, person = population.accounts["hr"], population.persons["entrepreneur"]
    visited = days_ago(today, 60)
    health = {
        "medical_visit_on": visited,
        "medical_result": "adjusted",
        "medical_limits": "Pas de port de charges de plus de 15 kg.",
        "medical_next_on": today + timedelta(days=300),
    }
    write_sensitive(person, purpose=SensitivePurpose.HEALTH, values=health, actor=hr)
    write_sensitive(person, purpose=SensitivePurpose.PAY, values={"nir": "295109912611193"}, actor=hr)
    funder = {"rsa_since": days_ago(today, 900), "income_before": Decimal("780.00"), "priority_zone": "frr"}
    write_sensitive(person, purpose=SensitivePurpose.FUNDER, values=funder, actor=hr)
    read_sensitive(person, purpose=SensitivePurpose.PAY, actor=population.accounts["accountant"])
    read_sensitive(person, purpose=SensitivePurpose.HEALTH, actor=hr)


def _merge(admin: User, *, now: datetime) -> None:
    """A pair that waits, and one that was merged and may still be given back."""

    def written(first: str, last: str, email: str) -> Person:
        return create_person(
            PersonData(first, last, email=email), actor=admin, form_key=key_of("twin", email)
        )

    written("Mathilde", "Etcheverry", "m.etcheverry@courriel.example")
    written("Mathilde", "Etcheverri", "mathilde.etch@courriel.example")
    kept = written("Adrien", "Lafitte", "adrien.lafitte@courriel.example")
    merged = written("Adrien", "Laffitte", "a.laffitte@courriel.example")
    merge_persons(
        kept, merged=merged, reason="Inscrit deux fois à la réunion d’information", actor=admin, now=now
    )


def _ask(population: Population, officer: User, *, today: date, now: datetime) -> None:
    asker, person = population.accounts["entrepreneur"], population.persons["entrepreneur"]
    receive_data_request(
        person=person,
        kind=DataRequestKind.CORRECTION,
        text="Mon nom de naissance s’écrit « Le Noir » sur ma carte d’identité.",
        received_on=days_ago(today, 6),
        actor=asker,
        on=today,
    )
    answered = receive_data_request(
        person=population.persons["associate"],
        kind=DataRequestKind.ACCESS,
        text="Je voudrais savoir tout ce que vous gardez à mon sujet.",
        received_on=days_ago(today, 50),
        actor=officer,
        on=today,
    )
    answer_data_request(
        answered, answer="Fichier complet disponible dans « Mes données ».", actor=officer, now=now
    )
    refused = receive_data_request(
        person=None,
        asker="Garage Duvignau",
        kind=DataRequestKind.ERASURE,
        text="Supprimez toutes mes factures.",
        received_on=days_ago(today, 20),
        actor=officer,
        on=today,
    )
    refuse_data_request(
        refused, answer="Les factures se conservent dix ans (C. com. L123-22).", actor=officer, now=now
    )


def _report(officer: User, *, now: datetime) -> None:
    open_incident(
        IncidentData(
            "E-mail envoyé à la mauvaise liste",
            now - timedelta(hours=20),
            "Une convocation est partie avec toutes les adresses visibles.",
            "Noms et adresses e-mail",
            34,
        ),
        actor=officer,
        now=now,
    )
    lost = open_incident(
        IncidentData(
            "Ordinateur volé",
            now - timedelta(days=40),
            "Vol d’un ordinateur dont le disque est chiffré.",
            "Dossiers de candidature",
            12,
            "Faibles : disque chiffré.",
            "Sessions fermées à distance, mots de passe changés.",
        ),
        actor=officer,
        now=now,
    )
    notified = notify_incident(lost, notified_at=now - timedelta(days=39), actor=officer, now=now)
    close_incident(
        notified, conclusion="Aucun accès constaté ; dossier classé par la CNIL.", actor=officer, now=now
    )


def _forget(officer: User, *, today: date, now: datetime) -> None:
    """Candidates of long ago: one erased, one kept for a reason, one to decide."""
    for first, last in FORGOTTEN:
        person = create_person(
            PersonData(first, last, email=f"{last.lower()}@courriel.example"),
            actor=officer,
            form_key=key_of("forgotten", last),
        )
        Person.objects.filter(pk=person.pk).update(created_at=now - timedelta(days=800))
    propose_erasures(on=today)
    waiting = list(RetentionProposal.objects.order_by("pk")[:2])
    approve_erasure(waiting[0], actor=officer, now=now)
    keep_file(
        waiting[1],
        reason="Recours en cours devant le conseil de prud’hommes",
        keep_until=today + timedelta(days=180),
        actor=officer,
        now=now,
    )
