"""Closed lists of files and mails that come in, and the moves of a file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class FileSource(TextChoices):
    UPLOAD = "upload", _("Déposé")
    MAIL = "mail", _("Reçu par e-mail")
    PLATFORM = "platform", _("Reçu de la plateforme")


class FileState(TextChoices):
    TO_SORT = "to_sort", _("À trier")
    READ = "read", _("Achat ouvert")
    UNREADABLE = "unreadable", _("À saisir")
    ATTACHED = "attached", _("Saisi")
    SET_ASIDE = "set_aside", _("Mis de côté")


class MailInKind(TextChoices):
    """What an address takes in: receipts of a person, or invoices of the suppliers of an activity."""

    VOUCHERS = "vouchers", _("Justificatifs")
    PURCHASES = "purchases", _("Factures fournisseurs")


class MailOutcome(TextChoices):
    KEPT = "kept", _("Pièces gardées")
    STRAY = "stray", _("Adresse inconnue : pièces à trier")
    EMPTY = "empty", _("Sans pièce jointe")
    AUTOMATIC = "automatic", _("Message automatique")
    TOO_LARGE = "too_large", _("Trop volumineux")
    REPORT = "report", _("Avis de non-remise")


# They wait for somebody.
WAITING: tuple[str, ...] = (FileState.TO_SORT, FileState.UNREADABLE)
# Both, in the address of a list.
WAITING_STATES = "waiting"

MAX_FILES_AT_ONCE = 50
MAX_NOTE = 250
MAX_TROUBLE = 300
MAX_DETAIL = 300
# Of a message: what is beyond is left out, and said.
MAX_MAIL_ATTACHMENTS = 20
MAX_MAIL_BYTES = 25 * 1024 * 1024
# Letters and digits that nobody mistakes for one another, in an address read aloud.
LETTERS_OF_ADDRESSES = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH_OF_ADDRESSES = 12

INCOMING_FLOW = Workflow(
    "invoicing.IncomingFile",
    field="state",
    moves=[
        Move(
            "open",
            (FileState.TO_SORT,),
            FileState.READ,
            right="invoicing.sort_incoming_file",
            label=_("Ouvrir l’achat"),
        ),
        Move(
            "give_up",
            (FileState.TO_SORT,),
            FileState.UNREADABLE,
            right="invoicing.sort_incoming_file",
            label=_("Noter illisible"),
        ),
        Move(
            "attach",
            WAITING,
            FileState.ATTACHED,
            right="invoicing.sort_incoming_file",
            label=_("Rattacher à un achat"),
        ),
        Move(
            "set_aside",
            WAITING,
            FileState.SET_ASIDE,
            right="invoicing.sort_incoming_file",
            label=_("Mettre de côté"),
        ),
        Move(
            "bring_back",
            (FileState.SET_ASIDE,),
            FileState.TO_SORT,
            right="invoicing.sort_incoming_file",
            label=_("Reprendre"),
        ),
    ],
)
