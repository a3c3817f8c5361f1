"""Requests to become an associate, made through their services."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.models import Admission
from governance.services.admissions import Asked, open_admission, put_to_vote, submit_admission
from people.models import Person
from tests.factories.governance import make_share_class


def make_asked(**fields: Any) -> Asked:
    return Asked(
        **(
            {
                "share_class": make_share_class(),
                "share_count": 2,
                "letter": "Trois ans ici : je veux décider avec les autres.",
            }
            | fields
        )
    )


def make_request(
    person: Person, *, on: date, actor: Any = None, to_vote: bool = False, **fields: Any
) -> Admission:
    """A request sent on a day, put to the vote if asked."""
    admission = open_admission(person, asked=make_asked(**fields), actor=actor, on=on)
    admission = submit_admission(admission, actor=actor, on=on)
    return put_to_vote(admission, actor=actor) if to_vote else admission
