"""Declares what the casting of secret ballots needs: the mail of the codes, the notice of those who voted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core.notices import register_notice
from governance.services.ballot_notices import RECEIVED
from governance.services.code_mails import register_code_mails


def register_ballots() -> None:
    """Called once, when models are ready."""
    register_code_mails()
    # Not to be muted: it finds out a ballot that its voter did not cast.
    register_notice(RECEIVED, label=_("Un bulletin secret a été reçu pour ma voix"), mutable=False)
