"""What a ballot asks, vote by vote, as its election was published: for the page that fills it (GOV-26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from governance.calculations.secret_questions import questions
from governance.engines.ballots.elections import Election, Question
from governance.models import Vote
from governance.selectors.vote_papers import paper_of
from governance.selectors.votes import title_of


@dataclass(frozen=True)
class Asked:
    """A question, and its place on the ballot from 0."""

    place: int
    question: Question

    @property
    def takes_many(self) -> bool:
        return self.question.maximum > 1

    @property
    def answers(self) -> list[tuple[int, str]]:
        """The answers with their numbers, which the ballot encrypts."""
        return list(enumerate(self.question.answers))


@dataclass(frozen=True)
class Part:
    """One vote of the scrutin: its text, and what the ballot asks to decide it."""

    vote: Vote
    title: str
    asked: list[Asked]

    @property
    def is_said_by_its_question(self) -> bool:
        """The only question bears the title of the vote: it is not told twice."""
        return len(self.asked) == 1 and self.asked[0].question.question == self.title


def parts_of(votes: Iterable[Vote], election: Election) -> list[Part]:
    """Gives the questions of an election by the vote that each decides, in the order of the ballot. `votes`:
    all those of the scrutin, in its order."""
    asked = (Asked(place, question) for place, question in enumerate(election.questions))
    return [Part(vote, title_of(vote), list(islice(asked, len(questions(paper_of(vote)))))) for vote in votes]
