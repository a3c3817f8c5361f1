"""Training: its closed lists, the codes of the yearly statement, the moves of its rows (COW-42 to 49).

Codes of the statement: Cerfa 10443*17 and its notice 50199#17 (domain.md 7.3).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The bar of tabs of « Formation ».
TRAINING_BAR = "training"


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Au catalogue")
    WITHDRAWN = "withdrawn", _("Retirée")


class SessionState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("Inscriptions ouvertes")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminée")
    CANCELLED = "cancelled", _("Annulée")


class EnrolmentState(models.TextChoices):
    ASKED = "asked", _("Demandée")
    ENROLLED = "enrolled", _("Inscrit·e")
    DONE = "done", _("Terminée")
    DROPPED = "dropped", _("Abandonnée")
    REFUSED = "refused", _("Refusée")
    CANCELLED = "cancelled", _("Annulée")


class StatementState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    FILED = "filed", _("Déposé")


class ComplaintState(models.TextChoices):
    OPEN = "open", _("À traiter")
    ANSWERED = "answered", _("Traitée")


class Delivery(models.TextChoices):
    ON_SITE = "on_site", _("En présence")
    REMOTE = "remote", _("À distance")
    MIXED = "mixed", _("En présence et à distance")


class Objective(models.TextChoices):
    """Frame F-3."""

    RNCP_6_8 = "rncp_6_8", _("Diplôme ou titre RNCP, niveaux 6 à 8")
    RNCP_5 = "rncp_5", _("Diplôme ou titre RNCP, niveau 5")
    RNCP_4 = "rncp_4", _("Diplôme ou titre RNCP, niveau 4")
    RNCP_3 = "rncp_3", _("Diplôme ou titre RNCP, niveau 3")
    RNCP_2 = "rncp_2", _("Diplôme ou titre RNCP, niveau 2")
    RNCP_CQP = "rncp_cqp", _("CQP inscrit au RNCP, sans niveau")
    RS = "rs", _("Certification ou habilitation du répertoire spécifique (RS)")
    CQP = "cqp", _("CQP non inscrit au RNCP ni au RS")
    OTHER = "other", _("Autre formation professionnelle")
    REVIEW = "review", _("Bilan de compétences")
    VAE = "vae", _("Accompagnement à la VAE")


class TraineeType(models.TextChoices):
    """Frame F-1."""

    EMPLOYEE = "employee", _("Salarié·e d’un employeur privé, hors apprenti·es")
    APPRENTICE = "apprentice", _("Apprenti·e")
    JOB_SEEKER = "job_seeker", _("Personne en recherche d’emploi")
    INDIVIDUAL = "individual", _("Particulier, à ses frais")
    OTHER = "other", _("Autre stagiaire")


class Origin(models.TextChoices):
    """Frame C: where the money of a line of training comes from."""

    FIRMS = "1", _("Entreprises, pour leurs salarié·es")
    APPRENTICESHIP = "2a", _("Contrats d’apprentissage")
    PROFESSIONALISATION = "2b", _("Contrats de professionnalisation")
    RECONVERSION = "2c", _("Reconversion ou promotion par alternance")
    TRANSITION = "2d", _("Projets de transition professionnelle")
    CPF = "2e", _("Compte personnel de formation")
    JOB_SEEKERS = "2f", _("Dispositifs pour personnes en recherche d’emploi")
    NON_SALARIED = "2g", _("Dispositifs pour travailleur·ses non-salarié·es")
    SKILLS_PLAN = "2h", _("Plan de développement des compétences et autres")
    PUBLIC_STAFF = "3", _("Pouvoirs publics, pour leurs agent·es")
    EU = "4", _("Instances européennes")
    STATE = "5", _("État")
    REGIONS = "6", _("Conseils régionaux")
    FRANCE_TRAVAIL = "7", _("France Travail")
    OTHER_PUBLIC = "8", _("Autres ressources publiques")
    INDIVIDUALS = "9", _("Particuliers, à leurs frais")
    TRAINING_BODIES = "10", _("Autres organismes de formation, CFA compris")
    OTHER = "11", _("Autres produits de la formation")


class Funding(models.TextChoices):
    """What is asked of whom, beside the payer."""

    NONE = "none", _("Aucun")
    OPCO = "opco", _("OPCO")
    CPF = "cpf", _("Compte personnel de formation")
    FRANCE_TRAVAIL = "france_travail", _("France Travail")
    NON_SALARIED = "non_salaried", _("Fonds des non-salarié·es")
    REGION = "region", _("Région")
    OTHER = "other", _("Autre")


class FundingState(models.TextChoices):
    NONE = "none", _("Sans objet")
    TO_ASK = "to_ask", _("À demander")
    ASKED = "asked", _("Demandé")
    GRANTED = "granted", _("Accordé")
    REFUSED = "refused", _("Refusé")


class Payer(models.TextChoices):
    ORGANISATION = "organisation", _("Un organisme : convention")
    TRAINEE = "trainee", _("Le ou la stagiaire, à ses frais : contrat")
    COOPERATIVE = "cooperative", _("La coopérative, pour ses membres")


class PaperKind(models.TextChoices):
    AGREEMENT = "agreement", _("Convention de formation")
    CONTRACT = "contract", _("Contrat de formation")


class SheetWay(models.TextChoices):
    SIGNED = "signed", _("Signée en ligne")
    PAPER = "paper", _("Sur papier")
    MANAGER = "manager", _("Ajoutée par la responsable")


class EvaluationMoment(models.TextChoices):
    BEFORE = "before", _("Avant")
    END = "end", _("À la fin")
    LATER = "later", _("Trois mois après")


class TrainerKind(models.TextChoices):
    OWN = "own", _("De la coopérative")
    EXTERNAL = "external", _("Extérieur·e")


# What an agreement asks of whom pays: with a legal person (L6353-1), with an individual (L6353-3).
PAPER_OF: dict[str, str] = {
    Payer.ORGANISATION: PaperKind.AGREEMENT,
    Payer.TRAINEE: PaperKind.CONTRACT,
}
# Their place in a session is taken.
SEATED: tuple[str, ...] = (EnrolmentState.ENROLLED, EnrolmentState.DONE, EnrolmentState.DROPPED)

VERSION_SHAPES: dict[str, tuple[str, str]] = {
    VersionState.DRAFT: ("neutral", "◇"),
    VersionState.PUBLISHED: ("success", "●"),
    VersionState.WITHDRAWN: ("neutral", "✕"),
}
SESSION_SHAPES: dict[str, tuple[str, str]] = {
    SessionState.DRAFT: ("neutral", "◇"),
    SessionState.OPEN: ("info", "●"),
    SessionState.RUNNING: ("success", "●"),
    SessionState.DONE: ("neutral", "✔"),
    SessionState.CANCELLED: ("danger", "✕"),
}
ENROLMENT_SHAPES: dict[str, tuple[str, str]] = {
    EnrolmentState.ASKED: ("warning", "▲"),
    EnrolmentState.ENROLLED: ("info", "●"),
    EnrolmentState.DONE: ("success", "✔"),
    EnrolmentState.DROPPED: ("danger", "■"),
    EnrolmentState.REFUSED: ("neutral", "✕"),
    EnrolmentState.CANCELLED: ("neutral", "✕"),
}
STATEMENT_SHAPES: dict[str, tuple[str, str]] = {
    StatementState.DRAFT: ("warning", "▲"),
    StatementState.FILED: ("success", "✔"),
}
COMPLAINT_SHAPES: dict[str, tuple[str, str]] = {
    ComplaintState.OPEN: ("warning", "▲"),
    ComplaintState.ANSWERED: ("success", "✔"),
}

_DRAFT, _PUBLISHED, _WITHDRAWN = (
    VersionState.DRAFT.value,
    VersionState.PUBLISHED.value,
    VersionState.WITHDRAWN.value,
)
_CATALOGUE = "coworking.write_courses"
VERSION_FLOW = Workflow(
    "coworking.CourseVersion",
    (
        Move("publish", (_DRAFT,), _PUBLISHED, _CATALOGUE, _("Mettre au catalogue")),
        Move("withdraw", (_PUBLISHED,), _WITHDRAWN, _CATALOGUE, _("Retirer du catalogue")),
    ),
)
_PREPARED, _OPEN, _RUNNING, _OVER = (
    SessionState.DRAFT.value,
    SessionState.OPEN.value,
    SessionState.RUNNING.value,
    SessionState.DONE.value,
)
_HOLDS = "coworking.hold_session"
SESSION_FLOW = Workflow(
    "coworking.TrainingSession",
    (
        Move("open", (_PREPARED,), _OPEN, _HOLDS, _("Ouvrir les inscriptions")),
        Move("begin", (_OPEN,), _RUNNING, _HOLDS, _("Commencer")),
        Move("finish", (_RUNNING,), _OVER, _HOLDS, _("Terminer")),
        Move("cancel", (_PREPARED, _OPEN), SessionState.CANCELLED.value, _HOLDS, _("Annuler")),
    ),
)
_ASKED, _ENROLLED = EnrolmentState.ASKED.value, EnrolmentState.ENROLLED.value
_ENROLS = "coworking.keep_enrolment"
ENROLMENT_FLOW = Workflow(
    "coworking.Enrolment",
    (
        Move("enrol", (_ASKED,), _ENROLLED, _ENROLS, _("Inscrire")),
        Move("refuse", (_ASKED,), EnrolmentState.REFUSED.value, _ENROLS, _("Refuser")),
        Move("cancel", (_ASKED, _ENROLLED), EnrolmentState.CANCELLED.value, _ENROLS, _("Annuler")),
        Move("finish", (_ENROLLED,), EnrolmentState.DONE.value, _ENROLS, _("Terminer")),
        Move("drop", (_ENROLLED,), EnrolmentState.DROPPED.value, _ENROLS, _("Noter un abandon")),
    ),
)
COMPLAINT_FLOW = Workflow(
    "coworking.Complaint",
    (
        Move(
            "answer",
            (ComplaintState.OPEN.value,),
            ComplaintState.ANSWERED.value,
            "coworking.answer_complaint",
            _("Noter la réponse"),
        ),
    ),
)
STATEMENT_FLOW = Workflow(
    "coworking.TrainingStatement",
    (
        Move(
            "file",
            (StatementState.DRAFT.value,),
            StatementState.FILED.value,
            "coworking.file_statement",
            _("Noter le dépôt"),
        ),
    ),
)

# The words of the questions (calculations/evaluating.py).
QUESTION_WORDS: dict[str, Any] = {
    "level": _("Ma connaissance du sujet aujourd’hui"),
    "need": _("L’utilité de cette formation pour mon activité"),
    "aims": _("Les objectifs sont atteints"),
    "content": _("Le contenu répond à mes besoins"),
    "pace": _("Le rythme et la durée conviennent"),
    "trainer": _("La clarté et l’écoute de la personne qui forme"),
    "place": _("Le lieu, l’accueil ou l’outil à distance"),
    "advice": _("Je recommanderais cette formation"),
    "use": _("J’utilise ce que j’ai appris"),
    "effect": _("Mon activité en va mieux"),
}
