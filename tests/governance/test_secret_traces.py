"""Nothing joins a member to a ballot: neither keys, nor instants, nor the order of rows, journals, files or
logs (GOV-33). Each test looks where a copy of the whole place would be searched."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cae.core.models import AuditEntry, Notice
from cae.embedded.programs import program_named
from governance.models import Assembly, Ballot, BallotBox, BoxEvent, PublicCredential, RollEntry
from governance.services.ballot_casting import cast_ballot
from governance.services.ballot_notices import RECEIVED
from governance.services.paper_voices import note_paper
from governance.services.secret_votes import cancel_secret_vote
from governance.states.secret import SecretState
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.kernel import make_cooperative
from tests.governance.dumping import dumped, files, numbers, remembered

BOX, BALLOT, CREDENTIAL, EVENT, ROLL = (
    model._meta.db_table for model in (BallotBox, Ballot, PublicCredential, BoxEvent, RollEntry)
)


def asked(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


class TestSchema:
    @pytest.mark.django_db
    def test_no_path_of_keys_leads_from_a_ballot_to_a_person_but_through_its_box(self) -> None:
        """Both ways along each foreign key that the database knows."""
        joined: dict[str, set[str]] = {}
        named = "conrelid::regclass::text, confrelid::regclass::text"
        for one, other in asked(f"SELECT {named} FROM pg_constraint WHERE contype = 'f'"):  # noqa: S608
            joined.setdefault(one, set()).add(other)
            joined.setdefault(other, set()).add(one)
        assert {BALLOT, CREDENTIAL, EVENT, ROLL} <= joined[BOX]
        assert reached({BALLOT, CREDENTIAL}, joined, without=BOX) == {BALLOT, CREDENTIAL}
        assert reached({EVENT}, joined, without=BOX) == {EVENT}
        assert "people_person" in reached({ROLL}, joined, without=BOX), "the walk goes somewhere"

    @pytest.mark.django_db
    def test_a_ballot_has_neither_instant_nor_number_of_its_writing(self) -> None:
        columns = asked(
            "SELECT table_name, column_name, data_type, is_identity FROM information_schema.columns"
            " WHERE table_name = ANY(%s)",
            [BALLOT, CREDENTIAL, EVENT, ROLL],
        )
        kinds = {(table, name): kind for table, name, kind, _identity in columns}
        assert {kind for (table, name), kind in kinds.items() if name == "id"} == {"uuid"}
        assert {identity for *_column, identity in columns} == {"NO"}
        dated = {key for key, kind in kinds.items() if kind.startswith(("timestamp", "date", "time"))}
        assert dated == {(ROLL, "quarter"), (ROLL, "code_sent_at")}
        assert {name for table, name in kinds if table == BALLOT} == {
            "id",
            "box_id",
            "credential_id",
            "text",
            "tracker",
            "body_hash",
            "height",
        }
        assert {name for table, name in kinds if table == CREDENTIAL} == {"id", "box_id", "value"}


def reached(start: set[str], joined: dict[str, set[str]], *, without: str) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for one in joined.get(waiting.pop(), set()) - found - {without}:
            found.add(one)
            waiting.append(one)
    return found


def test_the_web_server_writes_no_line_for_a_request() -> None:
    words = {*program_named("web").server_words, *program_named("web").laptop_words(web=3)}
    assert "cae.wsgi" in words
    assert not [word for word in words if "access" in word]


@pytest.mark.django_db
def test_the_database_writes_no_statement_down() -> None:
    assert asked("SHOW log_statement") == [("none",)]
    assert asked("SHOW log_min_duration_statement") == [("-1",)]


def open_to_twenty() -> Scrutin:
    make_cooperative()
    return make_scrutin(SecretState.OPEN, present=20)


def arrivals(made: Scrutin) -> list[int]:
    """An order of arrival that is neither that of names nor that of keys."""
    ranks = list(range(len(made.sitting.members)))
    random.Random(33).shuffle(ranks)  # noqa: S311 - the same at each run
    return ranks


def vote_all(made: Scrutin, ranks: Iterable[int]) -> list[str]:
    """Gives the trackers, in the order of the ranks."""
    trackers = []
    for rank in ranks:
        entry = made.entry_of(rank)
        text = made.ballot(entry, [[1, 0, 0]])
        cast = cast_ballot(entry, text=text, actor=made.sitting.users[rank], at=timezone.now())
        trackers.append(cast.tracker)
    return trackers


def by_key(rows: list[str]) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in map(json.loads, rows)}


@pytest.mark.django_db
def test_twenty_ballots_write_ballots_events_and_marks_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = open_to_twenty()
    before, given, kept, cached = dumped(), numbers(), files(), remembered()
    with caplog.at_level(logging.DEBUG):
        trackers = vote_all(made, arrivals(made))
    after = dumped()
    changed = {name for name in after if sorted(after[name]) != sorted(before[name])}
    assert changed == {BALLOT, EVENT, ROLL, Assembly._meta.db_table}
    assert (numbers(), files(), remembered()) == (given, kept, cached)
    assert caplog.records == []
    # Of the assembly, the number that makes its pages draw themselves anew; of the roll, the marks.
    assert differing(before, after, Assembly._meta.db_table) == {"pulse"}
    assert differing(before, after, ROLL) == {"channel", "quarter"}
    quarters = {datetime.fromisoformat(row["quarter"]) for row in by_key(after[ROLL]).values()}
    assert {(at.minute % 15, at.second, at.microsecond) for at in quarters} == {(0, 0, 0)}
    # What names a ballot stands in its box, and nowhere else.
    credentials = [row["value"] for row in by_key(after[CREDENTIAL]).values()]
    keys = [*by_key(after[BALLOT]), *by_key(after[CREDENTIAL])]
    for word in (*trackers, *credentials, *keys):
        assert {name for name, rows in after.items() if any(word in row for row in rows)} <= {
            BALLOT,
            CREDENTIAL,
            EVENT,
            BOX,
        }


def differing(before: dict[str, list[str]], after: dict[str, list[str]], table: str) -> set[str]:
    """The columns of a table that changed in a row that was there."""
    old, new = by_key(before[table]), by_key(after[table])
    assert old.keys() == new.keys()
    return {name for key in old for name in old[key] if old[key][name] != new[key][name]}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_once_closed_neither_place_nor_key_nor_transaction_of_the_roll_tells_an_order() -> None:
    made = open_to_twenty()
    ranks = arrivals(made)
    absent, on_paper, *voters = ranks
    vote_all(made, voters)
    note_paper(made.entry_of(on_paper), **made.by())
    former = set(RollEntry.objects.values_list("pk", flat=True))
    marks = marked(made)
    # While it is open, the number of a transaction joins a mark to its ballot: the live database alone.
    joined = f'SELECT count(*) FROM "{ROLL}" one JOIN "{BALLOT}" two ON one.xmin = two.xmin'  # noqa: S608
    assert asked(joined) == [(18,)]
    acts, told = AuditEntry.objects.count(), Notice.objects.count()
    made.close()

    assert asked(joined) == [(0,)]
    assert len(asked(f'SELECT DISTINCT xmin::text FROM "{ROLL}"')) == 1  # noqa: S608
    assert former.isdisjoint(RollEntry.objects.values_list("pk", flat=True))
    assert marked(made) == marks
    named = alphabetical(made, ranks)
    assert named != ranks
    whose = {one.pk: rank for rank, one in enumerate(made.sitting.members)}
    on_disk = [whose[json.loads(row)["associate_id"]] for row in dumped()[ROLL]]
    assert on_disk == named

    told_of = [rank for rank in named if rank != absent]
    lines = AuditEntry.objects.order_by("pk")[acts:]
    said = [one for one in lines if one.verb == "governance.secret.took_part"]
    assert [whose[int(one.about_id)] for one in said] == told_of
    assert {one.actor for one in said} == {None}
    accounts = {user.pk: rank for rank, user in enumerate(made.sitting.users)}
    notices = Notice.objects.order_by("pk")[told:]
    received = [accounts[one.user_id] for one in notices if one.kind == RECEIVED]
    # The bureau’s note of a paper is told in other words, before: one call for all the others.
    assert received == [on_paper, *(rank for rank in told_of if rank != on_paper)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nor_once_it_was_given_up_while_ballots_entered() -> None:
    made = open_to_twenty()
    voters = arrivals(made)
    vote_all(made, voters)
    former = set(RollEntry.objects.values_list("pk", flat=True))
    marks = marked(made)
    joined = f'SELECT count(*) FROM "{ROLL}" one JOIN "{BALLOT}" two ON one.xmin = two.xmin'  # noqa: S608
    assert asked(joined) == [(20,)]
    cancel_secret_vote(made.vote, reason="Panne de la salle", **made.by())
    assert asked(joined) == [(0,)]
    assert former.isdisjoint(RollEntry.objects.values_list("pk", flat=True))
    assert marked(made) == marks
    assert not AuditEntry.objects.filter(verb="governance.secret.took_part").exists()


def marked(made: Scrutin) -> set[tuple[Any, ...]]:
    entries = RollEntry.objects.filter(box__secret_vote=made.vote)
    return set(entries.values_list("associate", "holder", "channel", "quarter", "code_sent_at", "noted_by"))


def alphabetical(made: Scrutin, ranks: Iterable[int]) -> list[int]:
    names = {rank: made.sitting.members[rank].person for rank in ranks}
    for person in names.values():
        assert person is not None
        person.refresh_from_db()
    return sorted(names, key=lambda rank: names[rank].sort_name)  # type: ignore[union-attr]


@pytest.mark.django_db
def test_the_same_is_told_of_a_voice_that_another_casts() -> None:
    """The owner and the mandatary both: either finds out a ballot that they did not want."""
    made = make_scrutin(SecretState.KEYS_READY, present=3)
    owner, holder = made.sitting.members[:2]
    RollEntry.objects.filter(associate=owner).update(holder=holder)
    made.reach(SecretState.OPEN)
    vote_all_held(made)
    made.close()
    told = {one.user: one.subject for one in Notice.objects.filter(kind=RECEIVED).order_by("pk")}
    assert str(holder) in told[made.sitting.users[0]]
    words = Notice.objects.filter(kind=RECEIVED, user=made.sitting.users[1]).values_list("subject", flat=True)
    assert len(words) == 2
    assert any(str(owner) in one for one in words)


def vote_all_held(made: Scrutin) -> None:
    """The second member casts their own voice and that of the first."""
    for rank in (0, 1):
        entry = made.entry_of(rank)
        text = made.ballot(entry, [[1, 0, 0]])
        cast_ballot(entry, text=text, actor=made.sitting.users[1], at=timezone.now())
