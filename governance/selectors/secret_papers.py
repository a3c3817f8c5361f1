"""What an election of the protocol is called and what it binds: the texts put to the vote, by their hashes
(GOV-26)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core.canonical import sha256_of
from cae.core.templatetags.formats import day as shown
from governance.models import BallotBox
from governance.selectors.secret_totals import votes_asked
from governance.selectors.vote_rules import frozen_text
from governance.selectors.votes import title_of


def name_of(box: BallotBox) -> str:
    """Gives the scrutin, and the box where there are several."""
    title = box.secret_vote.title
    return f"{title} · {box}" if box.college_id else title


def description_of(box: BallotBox) -> str:
    """Gives the assembly, and the hash of each text that is put to the vote: whoever changes a text after the
    sealing changes the election."""
    assembly = box.secret_vote.assembly
    with override(settings.LANGUAGE_CODE):
        lines = [f"{assembly}, {shown(assembly.starts_at)}"]
        lines += [
            _("%(title)s : SHA-256 du texte %(hash)s")
            % {"title": title_of(one), "hash": sha256_of(frozen_text(one))}
            for one in votes_asked(box.secret_vote)
        ]
        return "\n".join(lines)
