"""What the house verifies of its secret ballots: their journals are those that were written (GOV-33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cae.core.controls import Control
from governance.models import SecretVote
from governance.selectors.secret_journal import is_sealed


def journal_faults() -> Iterator[str]:
    """Gives a sentence for each journal whose chain is broken."""
    for vote in SecretVote.objects.order_by("pk").iterator():
        if not is_sealed(vote):
            yield _("Journal du scrutin « %(title)s » : un acte a été modifié, ou manque.") % {
                "title": vote.title
            }


def secret_controls() -> Iterable[Control]:
    return [Control(_("Journaux des scrutins secrets"), journal_faults)]
