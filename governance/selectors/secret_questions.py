"""The questions of a secret ballot in the words of the house, as its election publishes them (GOV-26)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core.errors import Code, Refused
from governance.calculations import secret_questions
from governance.calculations.secret_questions import (
    EQUAL,
    MOST_RANKED,
    NO_DUEL,
    RANKED_ONE_BY_ONE,
    TOO_MANY_DUELS,
)
from governance.engines.ballots.elections import Question
from governance.models import Resolution, SecretVote, Vote
from governance.selectors.secret_totals import votes_asked
from governance.selectors.vote_papers import GRADE_WORDS, labels_of, paper_of
from governance.selectors.vote_rules import frozen_choices, seats_of
from governance.selectors.votes import title_of
from governance.states.votes import Method, VoteState


def why_not_secret(resolution: Resolution) -> str:
    """Tells why a secret ballot cannot decide this resolution; nothing where it can. Candidates are read for
    a ranking only."""
    ranks = resolution.method == Method.SCHULZE
    standing = resolution.candidates.filter(withdrawn_at=None).count() if ranks else 0
    reason = secret_questions.why_not(resolution.method, standing)
    sentences = {
        RANKED_ONE_BY_ONE: _(
            "Le vote unique transférable se dépouille classement par classement : votez-le nominativement ou"
            " sur papier."
        ),
        TOO_MANY_DUELS: _("Un classement secret va jusqu’à %(most)d candidatures : au-delà, trop de duels.")
        % {"most": MOST_RANKED},
        NO_DUEL: _("Un classement demande au moins deux candidatures."),
    }
    return sentences.get(reason, "")


def not_asked(resolution: Resolution, why_not: str) -> str:
    """The sentence that refuses this resolution to a secret ballot."""
    return _("« %(title)s » : %(why)s") % {"title": resolution.title, "why": why_not}


def questions_of(secret_vote: SecretVote) -> tuple[Question, ...]:
    """Gives all that a ballot of this scrutin answers, in order. Raises Refused without candidate."""
    return tuple(asked for vote in votes_asked(secret_vote) for asked in ballot_questions(vote))


def ballot_questions(vote: Vote) -> tuple[Question, ...]:
    """Gives what the election asks for this vote, in the language of the house whoever prepares it. Raises
    Refused without candidate, or where those who are left are too few or too many for its method."""
    vote = _as_offered(vote)
    with override(settings.LANGUAGE_CODE):
        labels = {EQUAL: _("À égalité")} | {key: str(label) for key, label in GRADE_WORDS.items()}
        labels |= labels_of(vote)
        return tuple(
            Question(
                question=_asked(title_of(vote), asked, labels),
                answers=tuple(labels[key] for key in asked.answers),
                minimum=1,
                maximum=asked.maximum,
                blank=asked.blank,
            )
            for asked in secret_questions.questions(paper_of(vote))
        )


def _as_offered(vote: Vote) -> Vote:
    """The vote with what was frozen at its opening, or, before it, with what it would offer now."""
    if vote.state != VoteState.DRAFT:
        return vote
    if why_not := why_not_secret(vote.resolution):
        raise Refused(Code.VALUE_INVALID, not_asked(vote.resolution, why_not))
    found = copy(vote)
    found.choices, found.rule = frozen_choices(vote), {"seats": seats_of(vote)}
    return found


def _asked(title: str, asked: secret_questions.Question, labels: Mapping[str, str]) -> str:
    """What a question asks: the vote, then whom it is about where it is not about all."""
    if not asked.about:
        return title
    about = _(" ou ").join(labels[key] for key in asked.about)
    return _("%(title)s : %(about)s") % {"title": title, "about": about}
