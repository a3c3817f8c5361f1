"""Voices that vote on paper beside the box: noted, they are expected on no screen any more (GOV-26)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from governance.models import RollEntry, SecretVote
from governance.selectors.secret_totals import takes_paper
from governance.selectors.secret_voices import whose
from governance.services.pulse import beat
from governance.services.secret_locks import held_vote
from governance.states.secret import RUNNING, Channel, CodeMode
from people.models import User


@transaction.atomic
def note_paper(entry: RollEntry, *, actor: User, at: datetime) -> RollEntry:
    """Does: notes that a voice votes on paper: its code opens the box no more. Refuses: a scrutin that is not
    running, its closing time past, a question that hands cannot count; a voice that voted, on a screen or on
    paper. Leaves behind: the mark; who noted it, unless who handed its card over stands there; audit, which
    says so in any case."""
    vote, row = _held(entry, at)
    if not takes_paper(vote):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Une question de ce scrutin ne se compte pas à la main : tout le monde y vote sur un écran."),
        )
    if row.channel == Channel.SCREEN:
        raise Refused(
            Code.ALREADY_DONE, _("%(name)s a voté sur son écran : sa voix est dans l’urne.") % {"name": row}
        )
    if row.channel == Channel.PAPER:
        raise Refused(Code.ALREADY_DONE, _("%(name)s est déjà noté·e sur papier.") % {"name": row})
    row.channel, row.noted_by = Channel.PAPER, row.noted_by if _has_card(row, vote) else actor
    audit.record(actor, "governance.secret.note_paper", whose(row), detail={"name": str(vote)})
    return _saved(row, vote)


@transaction.atomic
def strike_paper(entry: RollEntry, *, actor: User, at: datetime) -> RollEntry:
    """Does: takes back a voice noted on paper by mistake. Refuses: a scrutin that is not running, its closing
    time past; a voice that is not noted. Leaves behind: the voice, which may vote on its screen; audit."""
    vote, row = _held(entry, at)
    if row.channel != Channel.PAPER:
        raise Refused(Code.ALREADY_DONE, _("%(name)s n’est pas noté·e sur papier.") % {"name": row})
    row.channel, row.noted_by = "", row.noted_by if _has_card(row, vote) else None
    audit.record(actor, "governance.secret.strike_paper", whose(row), detail={"name": str(vote)})
    return _saved(row, vote)


def _held(entry: RollEntry, at: datetime) -> tuple[SecretVote, RollEntry]:
    vote = held_vote(entry.box.secret_vote_id)
    if vote.state not in RUNNING or (vote.closes_at is not None and at >= vote.closes_at):
        raise IllegalMove(_("On ne note une voix sur papier que pendant le scrutin."))
    return vote, RollEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def _has_card(row: RollEntry, vote: SecretVote) -> bool:
    """Somebody handed it over, whom nothing else remembers: a mail is handed over by nobody."""
    return vote.mode == CodeMode.CARDS and row.code_sent_at is not None


def _saved(row: RollEntry, vote: SecretVote) -> RollEntry:
    row.save(update_fields=["channel", "noted_by"])
    beat(vote.assembly_id)
    return row
