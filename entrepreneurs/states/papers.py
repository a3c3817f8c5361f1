"""A paper asked from somebody: its states and moves, and the kinds that the cooperative edits (ENT-21)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The kind of the files that are brought in answer.
PAPER_DOCUMENT = "entrepreneurs.paper"


class PaperState(models.TextChoices):
    ASKED = "asked", _("Demandé")
    RECEIVED = "received", _("Reçu, à vérifier")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")
    EXPIRED = "expired", _("Périmé")
    WAIVED = "waived", _("Dispensé")


# Tone and shape beside the word.
LOOKS: dict[str, tuple[str, str]] = {
    PaperState.ASKED: ("neutral", "◇"),
    PaperState.RECEIVED: ("info", "●"),
    PaperState.ACCEPTED: ("success", "✔"),
    PaperState.REFUSED: ("danger", "▲"),
    PaperState.EXPIRED: ("warning", "▲"),
    PaperState.WAIVED: ("neutral", "✕"),
}

# What waits for the person who was asked.
MISSING_PAPERS = (PaperState.ASKED, PaperState.REFUSED, PaperState.EXPIRED)
# What no longer holds anything up.
SETTLED_PAPERS = (PaperState.ACCEPTED, PaperState.WAIVED)

_CHECK = "entrepreneurs.check_paper"

PAPER_FLOW = Workflow(
    "entrepreneurs.documentrequest",
    (
        Move(
            "receive",
            ("asked", "received", "refused", "expired"),
            "received",
            "entrepreneurs.bring_paper",
            _("Déposer"),
        ),
        Move("accept", ("received",), "accepted", _CHECK, _("Accepter")),
        Move("refuse", ("received", "accepted"), "refused", _CHECK, _("Refuser")),
        Move("expire", ("accepted",), "expired", _CHECK, _("Déclarer périmé")),
        Move("waive", ("asked", "received", "refused", "expired"), "waived", _CHECK, _("Dispenser")),
    ),
)

PAPER_KIND = "entrepreneurs.paper_kind"
PAPER_KINDS = (
    ("cv", _("CV ou parcours")),
    ("sales_proof", _("Justificatif de vos ventes")),
    ("project_paper", _("Présentation du projet")),
    ("diploma", _("Diplôme ou qualification")),
    ("identity", _("Pièce d’identité")),
    ("residence_permit", _("Titre de séjour autorisant à travailler")),
    ("health_card", _("Attestation de droits à l’assurance maladie")),
    ("bank_details", _("Relevé d’identité bancaire")),
    ("insurance_sheet", _("Fiche de l’assureur")),
    ("licence", _("Carte ou autorisation professionnelle")),
    ("vehicle", _("Documents du véhicule")),
    ("confidentiality", _("Accord de confidentialité")),
    ("other", _("Autre document")),
)
