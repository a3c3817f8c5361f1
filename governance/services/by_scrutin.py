"""A vote that a secret ballot asks moves with it alone: its questions open and close together."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from governance.models import SecretVote
from governance.states.votes import VoteWay


def refuse_beside(way: str, scrutin: SecretVote | None) -> None:
    """Raises Refused when a secret vote is moved by another hand than that of its scrutin."""
    if (way == VoteWay.SECRET) == (scrutin is None):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Ce vote se fait au scrutin secret : il s’ouvre, se clôt et se proclame avec son scrutin."),
        )
