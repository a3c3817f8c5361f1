"""What mail-in addresses hold of a person, and how it goes with their file (GDPR art. 15 and 17)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.permanence import erase_words
from invoicing.models import IncomingMail, MailInAddress
from invoicing.selectors.mail_addresses import written
from people.models import Person
from people.selectors.merging import file_keys


def held_of_mails(person: Person, _reader: Any) -> Iterator[Held]:
    """One's addresses, and the messages that came to them: their text is never kept."""
    keys = file_keys(person)
    yield Held(
        _("Mes adresses de dépôt"),
        (_("adresse"), _("créée le"), _("retirée le")),
        [
            (written(one) or one.token, one.created_at, one.withdrawn_at)
            for one in MailInAddress.objects.filter(person__in=keys)
        ],
    )
    yield Held(
        _("E-mails reçus à mes adresses de dépôt"),
        (_("objet"), _("expéditeur"), _("reçu le")),
        [
            (one.subject, one.sender, one.received_at)
            for one in IncomingMail.objects.filter(address__person__in=keys)
        ],
        kept=_("Tant que l’adresse sert ; ensuite, l’objet et l’expéditeur s’effacent avec votre dossier."),
    )


def erase_mails(person: Person, on: date) -> int:
    """Does: withdraws the addresses of a person and empties what the messages said. Refuses: nothing. Leaves
    behind: the addresses, dead, and the figures of the messages; gives how many rows."""
    keys = file_keys(person)
    live = MailInAddress.objects.filter(person__in=keys, withdrawn_at=None)
    withdrawn = live.update(withdrawn_at=timezone.now())
    mails = IncomingMail.objects.filter(address__person__in=keys)
    return withdrawn + erase_words(mails, "sender", "subject", "left_out")
