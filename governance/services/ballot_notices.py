"""Tells, once the box is closed, each voice that voted: who finds a ballot that they did not cast says so
(governance.md §6.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.notices import Words, notify
from governance.models import RollEntry, SecretVote
from governance.selectors.secret_voices import accounts_of, voices_of
from governance.states.secret import Channel
from people.models import User

RECEIVED = "governance.ballot_received"

_CHECK = gettext_lazy(
    "Cherchez son numéro de suivi au tableau de l’urne. Si vous n’avez pas voté, dites-le au bureau."
)


def tell_voters(vote: SecretVote) -> None:
    """Does: tells each voice that voted that its ballot was received, and whoever casts it for another. For
    the close alone, once the roll is written anew: before, the instant would tell the ballot.
    Refuses: nothing. Leaves behind: notices, in alphabetical order."""
    entries = [one for one in voices_of(vote) if one.has_voted]
    accounts = accounts_of(entries, timezone.localdate())
    own: list[User] = []
    for one in entries:
        if one.channel == Channel.SCREEN and one.holder is None:
            own += accounts.of_owner(one)
        else:
            _tell(accounts.of_owner(one), partial(_of_owner, one), vote)
            _tell(accounts.of_holder(one), partial(_of_holder, one), vote)
    _tell(own, gettext_lazy("Votre bulletin est dans l’urne"), vote)


def _tell(users: Iterable[User], subject: Words, vote: SecretVote) -> None:
    notify(
        users,
        RECEIVED,
        subject=subject,
        text=lambda: f"{vote.title}. {_CHECK}",
        url=vote.get_absolute_url(),
        about=vote,
    )


def _of_owner(entry: RollEntry) -> str:
    if entry.channel == Channel.PAPER:
        return _("Le bureau a noté que vous avez voté sur papier")
    return _("%(name)s a voté en votre nom") % {"name": entry.holder}


def _of_holder(entry: RollEntry) -> str:
    if entry.channel == Channel.PAPER:
        return _("Le bureau a noté que la voix de %(name)s a voté sur papier") % {"name": entry}
    return _("Le bulletin de %(name)s est dans l’urne") % {"name": entry}
