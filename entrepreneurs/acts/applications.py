"""What is done to applications, papers and entries, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.application.erase": _("Brouillon de candidature effacé"),
    "entrepreneurs.application.start": _("Candidature commencée"),
    "entrepreneurs.application.submit": _("Candidature envoyée"),
    "entrepreneurs.application.withdraw": _("Candidature retirée"),
    "entrepreneurs.charter.publish": _("Version de la charte écrite"),
    "entrepreneurs.documentrequest.accept": _("Document accepté"),
    "entrepreneurs.documentrequest.ask": _("Document demandé"),
    "entrepreneurs.documentrequest.excuse": _("Motif d’une dispense"),
    "entrepreneurs.documentrequest.expire": _("Document périmé"),
    "entrepreneurs.documentrequest.receive": _("Document déposé"),
    "entrepreneurs.documentrequest.refuse": _("Document refusé"),
    "entrepreneurs.documentrequest.waive": _("Document dispensé"),
    "entrepreneurs.entry.close": _("Entrée achevée"),
    "entrepreneurs.entry.open": _("Entrée commencée"),
    "entrepreneurs.entry.tick": _("Ligne d’entrée cochée"),
    "entrepreneurs.entry.untick": _("Ligne d’entrée rouverte"),
}
