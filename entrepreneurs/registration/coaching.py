"""Declares what coaching needs: parameters, notices, kinds of document, entries of the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.documents import register_document_kind
from cae.core.notices import register_notice
from cae.core.parameters import register_setting
from entrepreneurs.emails import MEETING_FILE, MEETING_REMINDER
from entrepreneurs.selectors.slots import HORIZON_DAYS, NOTICE_HOURS
from entrepreneurs.services.meetings import REMINDER_DAYS
from entrepreneurs.services.referents import REFERENT_NOTICE, REFERENT_NOTICE_LABEL

CHOICE = _("Choix de la coopérative")


def register_coaching() -> None:
    """Called once, when models are ready."""
    _register_settings()
    register_notice(REFERENT_NOTICE, label=REFERENT_NOTICE_LABEL)
    register_notice(MEETING_REMINDER, label=_("Rappel de rendez-vous"))
    register_document_kind(
        MEETING_FILE, right="entrepreneurs.open_meeting_file", label=_("Fichier d’agenda")
    )


def _register_settings() -> None:
    register_setting(
        NOTICE_HOURS,
        kind="integer",
        default="24",
        within=(0, 720),
        label=_("Délai avant un rendez-vous (heures)"),
        help=_("Un créneau ne se réserve plus quand il commence dans moins de temps que cela."),
        source=CHOICE,
    )
    register_setting(
        HORIZON_DAYS,
        kind="integer",
        default="60",
        within=(1, 366),
        label=_("Créneaux proposés (jours à l’avance)"),
        help=_("Les créneaux plus lointains ne sont pas encore proposés."),
        source=CHOICE,
    )
    register_setting(
        REMINDER_DAYS,
        kind="integer",
        default="2",
        within=(1, 14),
        label=_("Rappel d’un rendez-vous (jours avant)"),
        help=_("Chaque rendez-vous est rappelé une fois, des deux côtés."),
        source=_("Interface §8 : rappel deux jours avant"),
    )
