"""Resolutions in versions, those of members, amendments, candidates, questions (GOV-20, GOV-21, GOV-15)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice, OutgoingEmail
from governance.calculations.draws import drawn
from governance.models import Assembly, Associate, Body, Resolution, Vote
from governance.selectors.additions import additions_to, support_needed, takes_additions
from governance.selectors.assemblies import agenda_of, text_of
from governance.services import additions, amendments, candidates, member_questions, resolutions
from governance.services.amendments import AmendmentData
from governance.services.candidates import CandidateData
from governance.services.resolutions import ResolutionData
from people.models import User
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_resolution,
)
from tests.factories.governance_assemblies import in_days, make_draft, make_item
from tests.factories.people import make_person
from tests.refusals import refused

pytestmark = pytest.mark.django_db
TEXT = "Un deux trois quatre.\n\nLe capital est variable."


@pytest.fixture
def draft() -> Assembly:
    return make_draft()


def data_of(assembly: Assembly, **changes: Any) -> ResolutionData:
    return replace(ResolutionData("Budget", "ordinary", assembly.items.first()), **changes)


def put(assembly: Assembly, actor: User, text: str = TEXT, **changes: Any) -> Resolution:
    return resolutions.put_resolution(assembly, data=data_of(assembly, **changes), text=text, actor=actor)


def test_a_resolution_has_its_number_and_its_first_version(draft: Assembly, actor: User) -> None:
    row = put(draft, actor, text=" Un deux trois quatre. \r\n\r\n\r\nLe capital est variable.")
    assert (row.number, text_of(row)) == (2, TEXT)
    assert len(row.versions.get().sha256) == 64


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": " "}, Code.VALUE_MISSING, "title"),
        ({"item": None}, Code.VALUE_MISSING, "item"),
        ({"decision_kind": "magic"}, Code.VALUE_INVALID, "decision_kind"),
        ({"method": "dice"}, Code.VALUE_INVALID, "method"),
        ({"amount": Decimal(-1)}, Code.AMOUNT_INVALID, "amount"),
        ({"method": "names"}, Code.VALUE_MISSING, "body"),
    ],
)
def test_what_a_resolution_may_not_be(
    draft: Assembly, actor: User, changes: Any, code: Code, field: str
) -> None:
    with refused(code, field):
        put(draft, actor, **changes)


def test_what_an_election_may_not_be(draft: Assembly, actor: User) -> None:
    body = Body.objects.create(name="Conseil", kind="board")
    with refused(Code.VALUE_INVALID, "seats"):
        put(draft, actor, method="schulze", body=body, seats=2)
    with refused(Code.VALUE_INVALID, "seats"):
        put(draft, actor, method="names", body=body, seats=0)
    with refused(Code.VALUE_INVALID, "electorate"):
        put(draft, actor, method="names", body=body, electorate="moon")


def test_each_version_stays(draft: Assembly, actor: User) -> None:
    row = put(draft, actor)
    how: dict[str, Any] = {"reason": "clarté", "actor": actor}
    resolutions.write_version(row, text="Autre texte", version=1, **how)
    assert text_of(row) == "Autre texte"
    assert list(row.versions.order_by("number").values_list("text", flat=True)) == [TEXT, "Autre texte"]
    with refused(Code.STALE_FORM):
        resolutions.write_version(row, text="Encore", version=1, **how)
    with refused(Code.ALREADY_DONE, "text"):
        resolutions.write_version(row, text=" Autre texte ", version=2, **how)
    with refused(Code.VALUE_MISSING, "text"):
        resolutions.write_version(row, text=" ", version=2, **how)
    with refused(Code.TEXT_TOO_LONG, "text"):
        resolutions.write_version(row, text="x" * 5001, version=2, **how)


def test_a_resolution_withdrawn_leaves_the_numbers_in_order(draft: Assembly, actor: User) -> None:
    first, second = draft.resolutions.get(), put(draft, actor)
    with refused(Code.VALUE_MISSING, "reason"):
        resolutions.withdraw_resolution(first, reason=" ", actor=actor)
    resolutions.withdraw_resolution(first, reason="Reportée", actor=actor)
    second.refresh_from_db()
    assert second.number == 1
    assert [one.resolutions for one in agenda_of(draft)] == [[second]]
    with refused(Code.ILLEGAL_MOVE):
        resolutions.withdraw_resolution(first, reason="encore", actor=actor)


def test_a_vote_opened_freezes_its_resolution(actor: User) -> None:
    assembly = make_assembly(state="open")
    row = make_resolution(assembly, TEXT)
    Vote.objects.create(assembly=assembly, resolution=row, state="open", opened_at=timezone.now())
    with refused(Code.ILLEGAL_MOVE):
        resolutions.withdraw_resolution(row, reason="trop tard", actor=actor)
    with refused(Code.ILLEGAL_MOVE, said="ouvert"):
        amend(row, actor)


# Resolutions that members add.


def convened(days: int, members: int = 1) -> tuple[Assembly, list[Associate]]:
    """An assembly so many days ahead that called these members: additions are open from D-15 to D-5."""
    associates = [make_associate() for _one in range(members)]
    assembly = make_assembly(starts_at=in_days(days), associates=tuple(associates))
    make_item(assembly)
    return assembly, associates


def propose(assembly: Assembly, associate: Associate, actor: User, **how: Any) -> Resolution:
    said: dict[str, Any] = {"title": "Crèche", "text": "Une crèche est étudiée.", "at": timezone.now()}
    return additions.propose_resolution(assembly, associate=associate, actor=actor, **said | how)


@pytest.mark.parametrize(("days", "is_open"), [(16, False), (15, True), (5, True), (4, False)])
def test_members_add_resolutions_within_their_days(actor: User, days: int, is_open: bool) -> None:
    assembly, (associate,) = convened(days)
    assert takes_additions(assembly, timezone.localdate()) is is_open
    if is_open:
        assert propose(assembly, associate, actor).state == "proposed"
    else:
        with refused(Code.DATE_INVALID):
            propose(assembly, associate, actor)


def test_the_same_resolution_is_proposed_once(actor: User) -> None:
    """A second click, another tab."""
    assembly, (first, second) = convened(10, members=2)
    propose(assembly, first, actor)
    with refused(Code.DUPLICATE, "title"):
        propose(assembly, first, actor, title=" Crèche  ")
    assert assembly.resolutions.count() == 1
    propose(assembly, second, actor)
    assert assembly.resolutions.count() == 2


def test_who_was_not_called_adds_nothing(actor: User) -> None:
    assembly, _associates = convened(10)
    stranger = make_associate()
    with refused(Code.NOT_ALLOWED):
        propose(assembly, stranger, actor)


def test_enough_support_puts_a_resolution_on_the_agenda(actor: User) -> None:
    assembly, associates = convened(10, members=21)
    make_resolution(assembly, item=assembly.items.get())
    row = propose(assembly, associates[0], actor)
    assert support_needed(assembly) == 2
    how: dict[str, Any] = {
        "item": assembly.items.get(),
        "decision_kind": "ordinary",
        "supported": False,
        "actor": actor,
    }
    with refused(Code.VALUE_INVALID, said="Il faut le soutien de 2"):
        additions.accept_addition(row, **how)
    now = timezone.now()
    additions.support_resolution(row, associate=associates[1], actor=actor, at=now)
    with refused(Code.DUPLICATE):
        additions.support_resolution(row, associate=associates[1], actor=actor, at=now)
    assert [one.supports for one in additions_to(assembly)] == [2]
    accepted = additions.accept_addition(row, **how)
    assert (accepted.state, accepted.number, accepted.supported) == ("on_agenda", 2, False)
    with refused(Code.ILLEGAL_MOVE):
        additions.accept_addition(row, **how)


def test_a_support_is_taken_back(actor: User) -> None:
    assembly, (associate,) = convened(10)
    row = propose(assembly, associate, actor)
    how: dict[str, Any] = {"associate": associate, "actor": actor, "at": timezone.now()}
    additions.unsupport_resolution(row, **how)
    with refused(Code.ALREADY_DONE):
        additions.unsupport_resolution(row, **how)


def test_a_refusal_says_why(actor: User) -> None:
    assembly, (associate,) = convened(10)
    row = propose(assembly, associate, actor)
    with refused(Code.VALUE_MISSING, "reason"):
        additions.refuse_addition(row, reason=" ", actor=actor)
    answered = additions.refuse_addition(row, reason="Hors de l’objet social", actor=actor)
    assert (answered.state, answered.state_reason) == ("refused", "Hors de l’objet social")
    with refused(Code.ILLEGAL_MOVE):
        additions.support_resolution(row, associate=associate, actor=actor, at=timezone.now())


def test_what_is_added_is_told_to_those_called(actor: User) -> None:
    _user, associate = make_member(email="nina@example.org")
    assembly = make_assembly(starts_at=in_days(10), associates=(associate,))
    item = make_item(assembly)
    row = propose(assembly, associate, actor)
    additions.accept_addition(row, item=item, decision_kind="ordinary", supported=True, actor=actor)
    email = OutgoingEmail.objects.get(cause="governance.assembly_added")
    assert "la résolution n° 1, « Crèche »" in email.text


# Amendments.


def amend(row: Resolution, actor: User, author: Associate | None = None, **how: Any) -> Any:
    said = {"kind": "replace", "paragraph": 1, "text": "Un deux trois cinq."}
    return amendments.propose_amendment(
        row, data=AmendmentData(**said | how), author=author, actor=actor, at=timezone.now()
    )


def test_an_amendment_is_measured_and_makes_the_adopted_text(actor: User) -> None:
    row = make_resolution(make_assembly(), TEXT)
    amendment = amend(row, actor)
    assert (amendment.distance, amendment.version) == (250, row.versions.get())
    type(amendment).objects.update(state="adopted")
    assert text_of(row) == "Un deux trois cinq.\n\nLe capital est variable."


@pytest.mark.parametrize(
    ("how", "code", "field"),
    [
        ({"kind": "sing"}, Code.VALUE_INVALID, "kind"),
        ({"paragraph": 3}, Code.VALUE_INVALID, "paragraph"),
        ({"paragraph": 0}, Code.VALUE_INVALID, "paragraph"),
        ({"text": " "}, Code.VALUE_MISSING, "text"),
        ({"text": "x" * 5001}, Code.TEXT_TOO_LONG, "text"),
        ({"text": " Un deux trois quatre. "}, Code.ALREADY_DONE, "text"),
    ],
)
def test_what_an_amendment_may_not_be(actor: User, how: Any, code: Code, field: str) -> None:
    row = make_resolution(make_assembly(), TEXT)
    with refused(code, field):
        amend(row, actor, **how)


def test_the_same_amendment_twice_is_once(actor: User) -> None:
    row = make_resolution(make_assembly(), TEXT)
    first = amend(row, actor, kind="delete", text="oublié")
    assert (first.text, first.distance) == ("", 1000)
    with refused(Code.DUPLICATE):
        amend(row, actor, kind="delete")
    amendments.withdraw_amendment(first, actor=actor)
    assert amend(row, actor, kind="delete").state == "proposed"
    with refused(Code.ILLEGAL_MOVE):
        amendments.withdraw_amendment(first, actor=actor)


def test_nothing_is_amended_before_the_convocation_or_after_the_close(draft: Assembly, actor: User) -> None:
    row = draft.resolutions.get()
    closed = make_resolution(make_assembly(state="closed", rule_set=draft.rule_set))
    for one in (row, closed):
        with refused(Code.ILLEGAL_MOVE):
            amend(one, actor)


# Candidates.


def election(draft: Assembly, actor: User) -> Resolution:
    body = Body.objects.create(name="Cogérance", kind="management")
    return put(draft, actor, text="", method="names", body=body, decision_kind="manager_election")


def test_the_order_is_drawn_once_from_a_published_seed(draft: Assembly, actor: User) -> None:
    row = election(draft, actor)
    with refused(Code.EMPTY_DOCUMENT):
        candidates.draw_order(row, actor=actor)
    person = make_person()
    rows = [
        candidates.add_candidate(row, data=CandidateData(name, who), actor=actor)
        for name, who in (("Ada", person), ("Bob", None), ("Chloé", None))
    ]
    with refused(Code.DUPLICATE, "label"):
        candidates.add_candidate(row, data=CandidateData("ada"), actor=actor)
    with refused(Code.DUPLICATE, "person"):
        candidates.add_candidate(row, data=CandidateData("Ada bis", person), actor=actor)
    with refused(Code.TEXT_TOO_LONG, "statement"):
        candidates.add_candidate(row, data=CandidateData("Driss", statement="x" * 1501), actor=actor)
    with refused(Code.VALUE_MISSING, "label"):
        candidates.change_candidate(rows[1], data=CandidateData(" "), actor=actor)
    assert candidates.change_candidate(rows[1], data=CandidateData("Robert"), actor=actor).label == "Robert"
    order = candidates.draw_order(row, actor=actor)
    row.refresh_from_db()
    assert [one.label for one in order] == drawn(row.draw_seed, ["Ada", "Robert", "Chloé"])
    assert [one.position for one in order] == [1, 2, 3]
    with refused(Code.ILLEGAL_MOVE):
        candidates.draw_order(row, actor=actor)
    with refused(Code.ILLEGAL_MOVE):
        candidates.add_candidate(row, data=CandidateData("Driss"), actor=actor)
    gone = candidates.withdraw_candidate(rows[0], actor=actor, at=timezone.now())
    assert gone.withdrawn_at is not None
    with refused(Code.ALREADY_DONE):
        candidates.withdraw_candidate(rows[0], actor=actor, at=timezone.now())


def test_only_an_election_has_candidates(draft: Assembly, actor: User) -> None:
    row = draft.resolutions.get()
    with refused(Code.ILLEGAL_MOVE, said="pas une élection"):
        candidates.add_candidate(row, data=CandidateData("Ada"), actor=actor)
    withdrawn = resolutions.withdraw_resolution(election(draft, actor), reason="Reportée", actor=actor)
    with refused(Code.ILLEGAL_MOVE, said="pas à l’ordre du jour"):
        candidates.add_candidate(withdrawn, data=CandidateData("Ada"), actor=actor)


# Questions.


def test_a_question_is_asked_and_answered(actor: User) -> None:
    user, associate = make_member()
    assembly = make_assembly(associates=(associate,), convened_by=actor)
    how: dict[str, Any] = {"associate": associate, "actor": user, "at": timezone.now()}
    with refused(Code.VALUE_MISSING, "text"):
        member_questions.ask_question(assembly, text=" ", **how)
    question = member_questions.ask_question(assembly, text="Pourquoi ?", **how)
    assert Notice.objects.get(user=actor).kind == "governance.question_asked"
    with refused(Code.DUPLICATE, "text"):
        member_questions.ask_question(assembly, text="Pourquoi ? ", **how)
    with refused(Code.VALUE_MISSING, "answer"):
        member_questions.answer_question(question, answer=" ", actor=actor, at=timezone.now())
    member_questions.answer_question(question, answer="Parce que.", actor=actor, at=timezone.now())
    assert Notice.objects.get(user=user).kind == "governance.question_answered"
    stranger = make_associate()
    with refused(Code.NOT_ALLOWED):
        member_questions.ask_question(assembly, text="Et moi ?", **how | {"associate": stranger})
    opened = make_assembly(state="open", rule_set=assembly.rule_set, associates=(associate,))
    with refused(Code.ILLEGAL_MOVE):
        member_questions.ask_question(opened, text="Trop tard ?", **how)
