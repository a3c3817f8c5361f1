"""Minutes say every figure that was counted, are frozen, signed by each of the bureau, numbered (GOV-34)."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from cae.core.canonical import sha256_of
from cae.core.documents import read_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice, OutgoingEmail
from cae.core.signing import Hand
from governance.models import College, Minutes, Vote
from governance.selectors.minutes_facts import facts_of
from governance.services.minutes import (
    draft_minutes,
    hand_over_minutes,
    take_back_minutes,
    write_minutes,
)
from governance.services.minutes_files import archive_minutes, archive_waiting_minutes
from governance.services.minutes_mails import SIGNED, TAKEN_BACK, TO_SIGN, tell_published
from governance.services.minutes_signing import send_minutes_code
from governance.states.assemblies import AssemblyState, MinutesState
from governance.states.votes import Method, VoteState
from tests.factories import governance as make
from tests.factories.contracts import no_code
from tests.factories.governance_minutes import (
    CLOSED,
    OPENED,
    QUORUM_FACTS,
    RESOLUTION_FACTS,
    come,
    declare,
    make_held,
    make_minutes,
    make_result,
    make_voted,
    note_incident,
    sign_as,
    signed_minutes,
)

pytestmark = pytest.mark.django_db

ELECTION_FACTS: dict[str, Any] = {
    "rule": "plus de la moitié du total des associé·es",
    "roll": 61,
    "cast": 58,
    "not_cast": 3,
    "counts": {"11": 37, "12": 19, "expressed": 56, "blanc": 2},
    "by_door": {"screen": {"11": 30, "12": 16, "expressed": 46}},
    "expressed": 56,
    "seats": 1,
    "base": 61,
    "need": 31,
    "elected": ["11"],
    "seats_left": 0,
    "verdict": "elected",
}
CANDIDATES = [{"key": "11", "label": "Ana Roy"}, {"key": "12", "label": "Bob Sy"}]
JUDGMENT_FACTS: dict[str, Any] = {
    "rule": "jugement majoritaire",
    "roll": 21,
    "cast": 20,
    "not_cast": 1,
    "counts": {"expressed": 20},
    "by_door": {"screen": {"expressed": 20}},
    "grades": {
        "11": {"excellent": 9, "good": 6, "fair": 3, "poor": 1, "reject": 1},
        "12": {"excellent": 2, "good": 8, "fair": 7, "poor": 2, "reject": 1},
    },
    "median": "lower",
    "medians": {"11": "good", "12": "fair"},
    "ranking": [["11"], ["12"]],
    "seats": 1,
    "elected": ["11"],
    "seats_left": 0,
    "verdict": "elected",
}
DUEL_FACTS: dict[str, Any] = {
    "rule": "Schulze",
    "roll": 33,
    "cast": 32,
    "not_cast": 1,
    "counts": {"expressed": 32},
    "by_door": {"screen": {"expressed": 32}},
    "duels": {"11": {"12": 19}, "12": {"11": 13}},
    "ranking": [["11"], ["12"]],
    "seats": 1,
    "elected": ["11"],
    "seats_left": 0,
    "verdict": "elected",
}


def pages_of(document: Any) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(read_document(document))).pages)
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").replace("\u2011", "-").split())


def leaves(facts: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Every value of a result with the path that leads to it."""
    if isinstance(facts, dict):
        return [leaf for key, value in facts.items() for leaf in leaves(value, (*path, key))]
    if isinstance(facts, list):
        return [leaf for n, value in enumerate(facts, 1) for leaf in leaves(value, (*path, str(n)))]
    return [(path, facts)]


def weighted_facts() -> dict[str, Any]:
    """A resolution of colleges, by their keys."""
    first, second = (College.objects.get_or_create(name=name, rank=n)[0].pk for n, name in enumerate("XY"))
    return {
        "rule": "Scic",
        "roll": 87,
        "cast": 83,
        "not_cast": 4,
        "counts": {"pour": 46, "contre": 30, "abstention": 7},
        "by_door": {"screen": {"pour": 46, "contre": 30, "abstention": 7}},
        "by_college": {
            str(first): {
                "weight": 60,
                "roll": 65,
                "counts": {"pour": 33, "contre": 24, "abstention": 5},
                "base": 57,
                "share": "11/19",
                "weighted": "660/19",
            },
            str(second): {
                "weight": 40,
                "roll": 22,
                "counts": {"pour": 13, "contre": 6, "abstention": 2},
                "base": 19,
                "share": "13/19",
                "weighted": "520/19",
            },
        },
        "weighted": "1180/19",
        "percent": "1180/19",
        "threshold": "50",
        "verdict": "adopted",
    }


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        (lambda: RESOLUTION_FACTS, {}),
        (weighted_facts, {}),
        (lambda: ELECTION_FACTS, {"method": Method.NAMES, "seats": 1}),
        (lambda: JUDGMENT_FACTS, {"method": Method.MAJORITY_JUDGMENT}),
        (lambda: DUEL_FACTS, {"method": Method.SCHULZE}),
    ],
    ids=["resolution", "colleges", "names", "judgment", "duels"],
)
def test_the_pdf_holds_every_figure_of_each_result(facts: Any, fields: dict[str, Any]) -> None:
    assembly, people = make_held()
    told = facts()
    vote = make_voted(assembly, told, choices=CANDIDATES if fields else None, **fields)
    minutes = signed_minutes(assembly, people)
    text = pages_of(archive_minutes(minutes.pk))
    written = numbers(text)
    for path, value in [*leaves(told), *leaves(QUORUM_FACTS)]:
        if isinstance(value, int) and not isinstance(value, bool):
            assert written[str(value)], f"{path} : {value}"
            written[str(value)] -= 1
        elif "/" in str(value):
            assert str(value) in text, f"{path} : {value}"
    result = vote.results.get()
    assert result.sha256 in text.replace(" ", "")
    assert vote.text_sha256 in text.replace(" ", "")


def numbers(text: str) -> Counter[str]:
    """How often each whole number stands in a text, those of dates, hashes and fractions apart."""
    return Counter(re.findall(r"(?<![\w/.:-])\d+(?![\w/.:-]*\w)", text))


def test_the_pdf_says_each_count_beside_its_word() -> None:
    """Written by hand: label and figure, as a reader looks them up."""
    assembly, people = make_held()
    vote = make_voted(assembly, text="Le résultat est affecté aux réserves.")
    declare(vote, "pour", 9, people[1][0], people[2][0])
    note_incident(assembly, "Coupure de courant de dix minutes.")
    minutes = signed_minutes(assembly, people)
    text = pages_of(archive_minutes(minutes.pk))
    for said in (
        "Procès-verbal n° 1 · Assemblée générale de printemps",
        "Le résultat est affecté aux réserves.",
        "Résultat : Adoptée",
        "Adoptée : 31 pour ; il en fallait 25 sur 48.",
        "Règle appliquée : plus de la moitié des suffrages exprimés",
        "Voix inscrites : 57",
        "Voix reçues : 53",
        "Voix sans bulletin : 4",
        "Décompte · Pour : 31",
        "Décompte · Contre : 17",
        "Décompte · Abstention : 5",
        "Base : 48",
        "Il faut : 25",
        "Sur son écran 22 14 3",
        "Mains levées 9 3 2",
        "Présent·es : 41",
        "Représenté·es : 12",
        "Bulletins de papier · Pour : 9, compté par Prénom1 Nom1 et Prénom2 Nom2",
        "Coupure de courant de dix minutes.",
        "Débat sur Point 1.",
        "La séance est ouverte par la présidente.",
        "Prénom0 Nom0, Président·e de séance",
        "Prénom2 Nom2 0 représenté·e par Prénom0 Nom0",
    ):
        assert said in text, said
    assert minutes.content_sha256 in text.replace(" ", "")
    assert assembly.rules_sha256 in text.replace(" ", "")
    assert all(str(user.person) in text for user, _associate in people)


def test_who_comes_late_leaves_or_is_represented_is_written() -> None:
    assembly, people = make_held(5)
    come(assembly, people[4][1], OPENED + timedelta(minutes=40))
    come(assembly, people[1][1], OPENED + timedelta(minutes=50), "departure")
    minutes = make_minutes(assembly, people[0][0])
    told = facts_of(minutes)["attendance"]
    assert (told["members"], told["present"], told["represented"], told["voices"]) == (5, 4, 1, 5)
    assert [(one["at"], one["name"], one["what"]) for one in told["moves"]] == [
        ("18:44", "Prénom4 Nom4", "Arrivée"),
        ("18:54", "Prénom1 Nom1", "Départ"),
    ]
    assert {row["name"]: row["how"] for row in told["rows"]}["Prénom4 Nom4"] == "présent·e"


def test_facts_ask_the_same_number_of_questions_for_one_resolution_and_for_thirty() -> None:
    counts = []
    for number in (1, 30):
        assembly, people = make_held(number + 2, title=f"Assemblée {number}")
        for _n in range(number):
            make_voted(assembly)
        minutes = make_minutes(assembly, people[0][0])
        minutes = Minutes.objects.select_related("assembly").get(pk=minutes.pk)
        with CaptureQueriesContext(connection) as asked:
            facts_of(minutes)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("state", ["draft", "convened", "open"])
def test_minutes_wait_for_the_close(state: str) -> None:
    actor = make.make_organiser()
    with pytest.raises(IllegalMove):
        draft_minutes(make.make_assembly(state=state), actor=actor)
    assert not Minutes.objects.exists()


def test_two_who_begin_have_one_draft() -> None:
    assembly, people = make_held()
    first = draft_minutes(assembly, actor=people[0][0])
    assert draft_minutes(assembly, actor=people[1][0]) == first
    assert AuditEntry.objects.filter(verb="governance.minutes.draft").count() == 1


def test_words_are_kept_and_an_older_form_is_refused() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    minutes = make_minutes(assembly, people[0][0])
    item = assembly.items.get()
    assert minutes.notes.get().text == "Débat sur Point 1."
    told: dict[str, Any] = {"opening": "Autre", "closing": "", "notes": {item.pk: " "}, "actor": people[1][0]}
    with pytest.raises(Refused) as stale:
        write_minutes(minutes, **told, version=minutes.version - 1)
    assert stale.value.code == Code.STALE_FORM
    with pytest.raises(Refused) as long:
        write_minutes(minutes, **told | {"opening": "a" * 8001}, version=minutes.version)
    assert (long.value.code, long.value.field) == (Code.TEXT_TOO_LONG, "opening")
    with pytest.raises(Refused) as note:
        write_minutes(minutes, **told | {"notes": {item.pk: "a" * 8001}}, version=minutes.version)
    assert note.value.field == f"item_{item.pk}"
    minutes.refresh_from_db()
    assert minutes.opening.startswith("La séance est ouverte")
    minutes = write_minutes(minutes, **told, version=minutes.version)
    assert (minutes.opening, minutes.notes.count()) == ("Autre", 0)


def test_handing_over_freezes_what_the_bureau_signs() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    assert minutes.state == MinutesState.TO_SIGN
    assert minutes.content_sha256 == sha256_of(minutes.facts)
    assert [place.person for place in minutes.signatures.all()] == [user.person for user, _one in people]
    told = Notice.objects.filter(kind=TO_SIGN)
    assert {notice.user for notice in told} == {people[1][0], people[2][0]}
    with pytest.raises(IllegalMove):
        write_minutes(minutes, opening="", closing="", notes={}, version=None, actor=people[0][0])
    assert archive_minutes(minutes.pk) == archive_minutes(minutes.pk)


def test_a_vote_not_proclaimed_keeps_minutes_from_being_signed() -> None:
    assembly, people = make_held()
    resolution = make.make_resolution(assembly, title="Affectation")
    Vote.objects.create(
        assembly=assembly,
        resolution=resolution,
        state=VoteState.CLOSED,
        opened_at=OPENED,
        closed_at=CLOSED,
    )
    minutes = make_minutes(assembly, people[0][0])
    with pytest.raises(Refused) as refused:
        hand_over_minutes(minutes, actor=people[0][0])
    assert "Affectation" in str(refused.value)
    minutes.refresh_from_db()
    assert (minutes.state, minutes.facts) == (MinutesState.DRAFT, {})


def test_a_bureau_without_secretary_is_completed_first() -> None:
    assembly, people = make_held()
    assembly.bureau.get(role="secretary").delete()
    minutes = make_minutes(assembly, people[0][0])
    with pytest.raises(Refused) as refused:
        hand_over_minutes(minutes, actor=people[0][0])
    assert "secrétaire" in str(refused.value)
    assert not minutes.signatures.exists()


def test_taken_back_minutes_are_a_draft_without_signatures() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    no_code()
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    archive_minutes(minutes.pk)
    sign_as(minutes, people[0][0])
    minutes = take_back_minutes(minutes, actor=people[0][0])
    assert (minutes.state, minutes.content_sha256, minutes.facts, minutes.pdf) == ("draft", "", {}, None)
    assert not minutes.signatures.exists()
    assert {one.user for one in Notice.objects.filter(kind=TAKEN_BACK)} == {people[1][0], people[2][0]}
    assert hand_over_minutes(minutes, actor=people[0][0]).signatures.count() == 3


def test_the_last_signature_numbers_the_minutes_and_concludes_the_assembly() -> None:
    organiser = make.make_organiser()
    assembly, people = make_held()
    make_voted(assembly)
    no_code()
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    sign_as(minutes, people[2][0])
    sign_as(minutes, people[0][0])
    minutes.refresh_from_db()
    assert (minutes.state, minutes.number) == (MinutesState.TO_SIGN, None)
    sign_as(minutes, people[1][0])
    minutes.refresh_from_db()
    assembly.refresh_from_db()
    assert (minutes.state, minutes.number, assembly.state) == ("signed", 1, AssemblyState.SIGNED)
    assert organiser in {one.user for one in Notice.objects.filter(kind=SIGNED)}
    again, others = make_held(title="Assemblée d’automne")
    assert signed_minutes(again, others).number == 2


def test_signing_refuses_and_leaves_nothing() -> None:
    assembly, people = make_held(4)
    make_voted(assembly)
    no_code()
    minutes = make_minutes(assembly, people[0][0])
    with pytest.raises(IllegalMove):
        sign_as(minutes, people[0][0])
    minutes = hand_over_minutes(minutes, actor=people[0][0])
    for user, how, code in (
        (people[3][0], {}, Code.NOT_ALLOWED),
        (people[0][0], {"shown_sha256": "0" * 64}, Code.STALE_FORM),
        (people[0][0], {"hand": Hand("Prénom0 Nom0")}, Code.VALUE_MISSING),
    ):
        with pytest.raises(Refused) as refused:
            sign_as(minutes, user, **how)
        assert refused.value.code == code
    assert not minutes.signatures.exclude(signature=None).exists()
    sign_as(minutes, people[0][0])
    with pytest.raises(Refused) as twice:
        sign_as(minutes, people[0][0])
    assert twice.value.code == Code.ALREADY_DONE


def test_a_result_put_right_since_must_be_frozen_anew() -> None:
    assembly, people = make_held()
    vote = make_voted(assembly)
    no_code()
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    make_result(vote, RESOLUTION_FACTS | {"need": 26}, number=2, reason="Erreur de base")
    with pytest.raises(Refused) as refused:
        sign_as(minutes, people[0][0])
    assert refused.value.code == Code.STALE_FORM
    minutes = take_back_minutes(minutes, actor=people[0][0])
    minutes = hand_over_minutes(minutes, actor=people[0][0])
    assert "Résolution n° 1 : résultat corrigé (Erreur de base)." in minutes.facts["warnings"]
    sign_as(minutes, people[0][0])


def test_the_house_asks_a_code_by_mail_and_a_wrong_one_signs_nothing() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    user = people[1][0]
    assert user.person is not None
    send_minutes_code(minutes, person=user.person, page="/signer/", actor=user, at=CLOSED)
    mail = OutgoingEmail.objects.get(cause="entrepreneurs.signing.code")
    code = re.search(r"\b(\d{6})\b", mail.text)
    assert code is not None
    with pytest.raises(Refused) as wrong:
        sign_as(minutes, user, code="000000" if code[1] != "000000" else "111111", at=CLOSED)
    assert (wrong.value.code, wrong.value.field) == (Code.VALUE_INVALID, "code")
    assert minutes.signatures.get(person=user.person).signature is None
    sign_as(minutes, user, code=code[1], at=CLOSED)
    assert minutes.signatures.get(person=user.person).signature is not None


def test_the_database_keeps_signed_minutes_as_they_are() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    minutes = signed_minutes(assembly, people)
    changes: list[dict[str, Any]] = [{"opening": "Autre"}, {"facts": {}}, {"number": 7}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Minutes.objects.filter(pk=minutes.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).delete()


def test_a_dead_worker_leaves_no_minutes_without_their_file() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    minutes = signed_minutes(assembly, people)
    assert archive_waiting_minutes() == 1
    minutes.refresh_from_db()
    assert minutes.signed_pdf is not None
    assert archive_waiting_minutes() == 0
    assert archive_minutes(minutes.pk) == minutes.signed_pdf


def test_a_vote_called_off_and_a_resolution_without_vote_are_said() -> None:
    assembly, people = make_held()
    resolution = make.make_resolution(assembly)
    Vote.objects.create(
        assembly=assembly,
        resolution=resolution,
        state=VoteState.CANCELLED,
        opened_at=OPENED,
        cancel_reason="Erreur de texte",
    )
    make.make_resolution(assembly)
    warnings = facts_of(make_minutes(assembly, people[0][0]))["warnings"]
    assert warnings == [
        "Résolution n° 1 : vote annulé (Erreur de texte).",
        "La résolution n° 2 n’a pas été mise aux voix.",
    ]


def test_published_minutes_are_told_to_every_associate_who_has_an_address() -> None:
    assembly, people = make_held()
    make_voted(assembly)
    minutes = signed_minutes(assembly, people)
    make.make_associate(first_name="Sans", last_name="Adresse", email="")
    later, _associate = make.make_member(first_name="Nouvelle")
    assert tell_published(minutes.assembly, actor=people[0][0]) == 4
    mails = OutgoingEmail.objects.filter(cause="governance.minutes_published")
    assert {mail.to for mail in mails} == {later.email, *(user.email for user, _one in people)}
    assert "n° 1" in mails.get(to=later.email).text
