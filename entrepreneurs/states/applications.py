"""An application: its three doors, its states and moves, and the lists of words the cooperative edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The purpose of the personal links by which a candidate comes back, and of the signature of the charter.
APPLICATION_LINK = "entrepreneurs.application"
CHARTER_SIGNATURE = "entrepreneurs.charter"
# The kind of the thread, of the numbers and of the notice to those who welcome.
REFERENCE_SERIES = "entrepreneurs.application"
APPLICATION_SENT = "entrepreneurs.application_sent"


class Door(models.TextChoices):
    """How one comes in (ENT-01, ENT-03)."""

    ACTIVITY = "activity", _("J’ai une activité")
    IDEA = "idea", _("J’ai une idée")
    COLLECTIVE = "collective", _("Je viens avec mes compétences, dans un collectif")


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("Envoyée")
    ACCEPTED = "accepted", _("Acceptée")
    REFUSED = "refused", _("Refusée")
    REDIRECTED = "redirected", _("Réorientée")
    POOLED = "pooled", _("Au vivier")
    WITHDRAWN = "withdrawn", _("Retirée")


# Somebody of the cooperative still owes an answer, or will take the file up again.
OPEN_APPLICATIONS = (ApplicationState.SUBMITTED, ApplicationState.POOLED)

_DECIDE = "entrepreneurs.decide_application"

APPLICATION_FLOW = Workflow(
    "entrepreneurs.application",
    (
        Move("submit", ("draft",), "submitted", "entrepreneurs.submit_application", _("Envoyer")),
        Move(
            "withdraw",
            ("draft", "submitted", "pooled"),
            "withdrawn",
            "entrepreneurs.withdraw_application",
            _("Retirer ma candidature"),
        ),
        Move("accept", ("submitted",), "accepted", _DECIDE, _("Accepter")),
        Move("refuse", ("submitted", "pooled"), "refused", _DECIDE, _("Refuser")),
        Move("redirect", ("submitted", "pooled"), "redirected", _DECIDE, _("Réorienter")),
        Move("pool", ("submitted",), "pooled", _DECIDE, _("Mettre au vivier")),
        Move("reopen", ("pooled", "refused", "redirected"), "submitted", _DECIDE, _("Rouvrir")),
    ),
)

# Lists of words edited by the cooperative: (code, label), the record keeps the code.
ENTRY_STATUS = "entrepreneurs.entry_status"
ENTRY_STATUSES = (
    ("job_seeker", _("En recherche d’emploi")),
    ("long_job_seeker", _("En recherche d’emploi depuis plus d’un an")),
    ("employee", _("Salarié·e")),
    ("self_employed", _("À mon compte")),
    ("student", _("En formation ou en études")),
    ("retired", _("À la retraite")),
    ("parental", _("En congé parental ou de proche aidant")),
    ("other", _("Autre situation")),
)
REFERRAL = "entrepreneurs.referral"
REFERRALS = (
    ("member", _("Un·e entrepreneur·e de la coopérative")),
    ("prescriber", _("Un conseiller ou un organisme")),
    ("event", _("Une réunion, un salon, un événement")),
    ("web", _("Internet")),
    ("press", _("La presse, la radio")),
    ("friends", _("Le bouche à oreille")),
    ("other", _("Autrement")),
)
TESTED_AS = "entrepreneurs.tested_as"
TESTED_FORMS = (
    ("micro", _("En micro-entreprise")),
    ("company", _("Dans une société")),
    ("association", _("Dans une association")),
    ("employee", _("Comme salarié·e")),
    ("other_cae", _("Dans une autre coopérative d’activité")),
    ("informal", _("Sans statut, autour de moi")),
)
OPTION_LISTS = (
    (ENTRY_STATUS, _("Situations à l’entrée"), ENTRY_STATUSES),
    (REFERRAL, _("Comment les candidats nous connaissent"), REFERRALS),
    (TESTED_AS, _("Cadres d’une activité déjà testée"), TESTED_FORMS),
)
