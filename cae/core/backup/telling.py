"""Tells the administrators that last night's backup went wrong."""

from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.notices import notify, watchers

FAILED = "core.backup_failed"


def tell(fault: str) -> bool:
    """Does: one line under the bell of each administrator, and a mail. Gives whether it could be written:
    a database that is down makes both fail."""
    try:
        with transaction.atomic():
            notify(
                watchers(),
                FAILED,
                subject=lambda: _("La sauvegarde de la nuit signale un problème"),
                text=lambda: _("Réponse du service de sauvegarde : %(fault)s") % {"fault": fault},
                url=reverse("core:document_list"),
            )
    except DatabaseError:
        return False
    return True
