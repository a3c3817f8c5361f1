"""Declares what secret ballots need: what they tell, the archive they keep, when their links go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.controls import provide_controls
from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.parameters import register_setting
from governance.selectors.secret_faults import secret_controls
from governance.services.secret_notices import KEY_ASKED, SHARE_ASKED, UNSOUND
from governance.services.secret_publishing import ARCHIVE_FILE, MONTHS_KEPT


def register_secret() -> None:
    """Called once, when models are ready."""
    # Without them there is no vote: nobody mutes them.
    register_notice(KEY_ASKED, label=_("Je dois faire une clé de scrutin secret"), mutable=False)
    register_notice(SHARE_ASKED, label=_("Je dois donner une part de dépouillement"), mutable=False)
    register_notice(UNSOUND, label=_("Une urne est altérée"), mutable=False, urgent=True)
    register_document_kind(
        ARCHIVE_FILE, right="governance.open_secret_archive", label=_("Archive d’un scrutin secret")
    )
    register_setting(
        MONTHS_KEPT,
        kind="integer",
        default="24",
        within=(2, 120),
        label=_("Scrutin secret : mois après lesquels les liens sont détruits"),
        help=_("Qui a voté, par qui et dans quel quart d’heure : gardé le temps des recours."),
        source=_("Prescription des actions en nullité : C. civ. art. 1844-14 (à confirmer)"),
    )
    provide_controls(secret_controls)
