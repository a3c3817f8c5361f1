"""Requests to the staff: sent once, moved by those who may, measured; the queue of each function."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cae.core import facts
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.facts import awaited_in
from cae.core.models import Message, Notice
from cae.core.threads import messages_of, post_message
from entrepreneurs.services.papers import ask_paper, receive_paper
from entrepreneurs.services.referents import name_referent
from people.models import Request, User
from people.selectors.desk_todo import AWAITED
from people.selectors.requests import answered_by, answerers_of, delays, departments_of
from people.services import requests as verbs
from people.states import RoleKind
from people.states.requests import REQUEST_FLOW, RequestState
from tests.factories.applications import PDF
from tests.factories.coaching import coach, make_advisor
from tests.factories.desk import DAY, make_deadline, make_request
from tests.factories.people import make_member, make_person, make_scope, make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db

MOVES: dict[str, Any] = {
    "take": lambda row, actor: verbs.take_request(row, actor=actor),
    "release": lambda row, actor: verbs.release_request(row, actor=actor),
    "hand_over": lambda row, actor: verbs.hand_over_request(
        row, department="training", text="Pour vous", actor=actor, on=DAY
    ),
    "ask": lambda row, actor: verbs.ask_for_more(row, text="Laquelle ?", actor=actor),
    "answer": lambda row, actor: verbs.answer_request(row, text="Voilà.", actor=actor),
    "close": lambda row, actor: verbs.close_request(row, actor=actor),
    "specify": lambda row, actor: verbs.specify_request(row, text="Celle de mars", actor=actor, on=DAY),
    "reopen": lambda row, actor: verbs.reopen_request(row, text="Toujours pas", actor=actor, on=DAY),
}
# How to bring a request to each state.
WAY: dict[str, tuple[str, ...]] = {
    RequestState.NEW: (),
    RequestState.TAKEN: ("take",),
    RequestState.WAITING: ("ask",),
    RequestState.ANSWERED: ("answer",),
    RequestState.CLOSED: ("close",),
    RequestState.REOPENED: ("answer", "reopen"),
}


@pytest.fixture
def claire() -> User:
    return make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Lenoir")


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


def in_state(state: str, claire: User, hr: User) -> Request:
    row = make_request(claire)
    for move in WAY[state]:
        row = MOVES[move](row, hr)
    assert row.state == state
    return row


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_goes_or_is_refused_and_leaves_all_as_it_was(
    move: str, state: str, claire: User, hr: User
) -> None:
    row = in_state(state, claire, hr)
    known = REQUEST_FLOW.move(move)
    before = (list(Request.objects.values()), Message.objects.count(), Notice.objects.count())
    if state in known.sources:
        assert MOVES[move](row, hr).state == known.target
    else:
        with pytest.raises(IllegalMove):
            MOVES[move](row, hr)
        assert (list(Request.objects.values()), Message.objects.count(), Notice.objects.count()) == before


@pytest.mark.parametrize("field", ["text", "title"])
def test_a_request_without_words_is_refused(claire: User, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_request(claire, **{field: "  "})
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_MISSING, field)
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"department": "x"}, "department"), ({"kind": "x"}, "kind"), ({"title": "x" * 121}, "title")],
)
def test_a_wrong_request_is_refused(claire: User, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_request(claire, **wrong)
    assert refusal.value.field == field
    assert not Request.objects.exists()


def test_the_same_form_twice_sends_one(claire: User) -> None:
    key = uuid.uuid4()
    assert make_request(claire, form_key=key).pk == make_request(claire, form_key=key).pk
    assert Message.objects.count() == 1


def test_it_is_due_by_its_kind_and_those_who_answer_are_told(claire: User, hr: User) -> None:
    row = make_request(claire, kind="pay")
    assert row.due_on == DAY + timedelta(days=3)
    assert make_request(claire, kind="other").due_on == DAY + timedelta(days=5)
    assert Notice.objects.filter(user=hr, kind="people.request").count() == 2


@pytest.mark.parametrize("move", ["ask", "answer", "specify", "reopen"])
def test_an_empty_word_is_refused(move: str, claire: User, hr: User) -> None:
    state = next(state for state in WAY if state in REQUEST_FLOW.move(move).sources)
    row = in_state(state, claire, hr)
    perform = {
        "ask": lambda: verbs.ask_for_more(row, text=" ", actor=hr),
        "answer": lambda: verbs.answer_request(row, text=" ", actor=hr),
        "specify": lambda: verbs.specify_request(row, text=" ", actor=claire, on=DAY),
        "reopen": lambda: verbs.reopen_request(row, text=" ", actor=claire, on=DAY),
    }[move]
    with pytest.raises(Refused) as refusal:
        perform()
    assert refusal.value.field == "text"
    assert Request.objects.get().state == state


def test_it_is_handed_to_another_department_only(claire: User, hr: User) -> None:
    row = make_request(claire)
    for department in ("human_resources", "x"):
        with pytest.raises(Refused):
            verbs.hand_over_request(row, department=department, text="", actor=hr, on=DAY)
    assert Request.objects.get().department == "human_resources"


def test_it_is_confided_to_who_answers_there(claire: User, hr: User) -> None:
    other = make_user(RoleKind.HUMAN_RESOURCES)
    row = make_request(claire)
    with pytest.raises(Refused) as refusal:
        verbs.assign_request(row, owner=claire, actor=hr, on=DAY)
    assert refusal.value.field == "owner"
    assert Request.objects.get().owner is None
    for _twice in range(2):
        assert verbs.assign_request(row, owner=other, actor=hr, on=DAY).owner == other
    assert Notice.objects.filter(user=other, subject__contains="confiée").count() == 1
    verbs.close_request(Request.objects.get(), actor=other)
    with pytest.raises(Refused):
        verbs.assign_request(row, owner=hr, actor=hr, on=DAY)


def test_the_answer_is_told_and_may_serve_everybody(claire: User, hr: User) -> None:
    row = make_request(claire)
    with pytest.raises(Refused):
        verbs.mark_useful(row, useful=True, actor=hr)
    row = verbs.answer_request(row, text="Voilà.", actor=hr, useful=True)
    assert row.is_useful
    assert row.answered_at is not None
    assert Notice.objects.get(user=claire, kind="people.request_answered").text == "Voilà."
    assert not verbs.mark_useful(row, useful=False, actor=hr).is_useful


def test_a_note_of_the_staff_stays_among_them(claire: User, hr: User) -> None:
    row = make_request(claire)
    verbs.hand_over_request(row, department="training", text="À voir", actor=hr, on=DAY)
    row.refresh_from_db()
    assert [one.text for one in messages_of(row, claire)] == ["Bonjour, où est mon contrat ?"]


def test_a_note_about_one_of_the_team_is_not_for_them(hr: User, demonstration: None) -> None:
    colleague = make_user(RoleKind.HUMAN_RESOURCES)
    row = make_request(colleague)
    post_message(row, text="À voir entre nous", actor=hr, internal=True)
    assert [one.text for one in messages_of(row, hr)][-1] == "À voir entre nous"
    assert [one.text for one in messages_of(row, colleague)] == ["Bonjour, où est mon contrat ?"]
    assert not Notice.objects.filter(user=colleague, text__contains="entre nous").exists()
    page = reverse("core:thread", args=["people.request", row.pk])
    answer = client_of(colleague).post(page, {"text": "Et moi", "audience": "staff"})
    assert (answer.status_code, Message.objects.filter(text="Et moi").exists()) == (403, False)


def test_what_the_database_refuses(claire: User) -> None:
    row = make_request(claire)
    for wrong in ({"state": "taken"}, {"state": "answered"}, {"state": "x"}, {"department": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Request.objects.filter(pk=row.pk).update(**wrong)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        Request.objects.filter(pk=row.pk).update(title="Autre")
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        row.delete()


def test_who_answers_what(claire: User, hr: User) -> None:
    assert departments_of(hr) == ["human_resources"]
    assert departments_of(claire) == []
    assert len(departments_of(make_user(RoleKind.CO_MANAGER))) == 6


def test_an_advisor_answers_as_far_as_the_role_reaches(claire: User, demonstration: None) -> None:
    scope = make_scope()
    assert claire.person
    make_member(claire.person, scope)
    near = make_user(RoleKind.ADVISOR, scope=scope)
    far = make_user(RoleKind.ADVISOR, scope=make_scope("Ailleurs"))
    whole = make_user(RoleKind.ADVISOR)
    row = make_request(claire, department="advice")
    assert Notice.objects.filter(kind="people.request").get().user == near
    for user, status in ((near, 200), (whole, 200), (far, 404), (claire, 200)):
        assert client_of(user).get(f"/demandes/{row.pk}/").status_code == status
    assert len(facts.queue_of(near, "advice", DAY)) == 1
    assert facts.queue_of(far, "advice", DAY) == []


def test_delays_are_measured(claire: User, hr: User) -> None:
    verbs.answer_request(make_request(claire, on=timezone.localdate()), text="Voilà.", actor=hr)
    make_request(claire, on=timezone.localdate())
    (found,) = delays(timezone.localdate() - timedelta(days=1))
    assert (found.count, found.answered, found.mean_days, found.on_time) == (2, 1, 0.0, 1)


def test_the_first_page_says_what_waits(claire: User, hr: User) -> None:
    row = make_request(claire)
    verbs.take_request(row, actor=hr)
    (answer,) = [todo for todo in awaited_in(AWAITED, hr, DAY) if todo.label == "Répondre à 1 demande"]
    assert answer.due == row.due_on
    # Beside dates of other subjects: days are compared with days.
    make_deadline(row.person, DAY)
    assert facts.todos_of(hr, DAY)
    row.refresh_from_db()
    verbs.ask_for_more(row, text="Laquelle ?", actor=hr)
    assert "Préciser 1 demande à l’équipe" in [todo.label for todo in awaited_in(AWAITED, claire, DAY)]


# Pages.


def test_it_is_written_from_any_page(claire: User, hr: User, demonstration: None) -> None:
    client = client_of(claire)
    page = client.get("/demandes/ecrire/?page=/aide/&titre=Aide").content.decode()
    assert "Depuis la page « Aide »" in page
    typed = {
        "kind": "contract",
        "department": "human_resources",
        "title": "Mon CESA",
        "text": "Quand ?",
        "page": "/aide/",
        "page_title": "Aide",
        "form_key": str(uuid.uuid4()),
    }
    assert client.post("/demandes/ecrire/", typed | {"text": ""}).status_code == 422
    assert not Request.objects.exists()
    assert client.post("/demandes/ecrire/", typed).status_code == 302
    row = Request.objects.get()
    assert (row.page, row.page_title) == ("/aide/", "Aide")
    for elsewhere in ("//ailleurs.example/", "/\\ailleurs.example/", "javascript:x"):
        client.post("/demandes/ecrire/", typed | {"page": elsewhere, "form_key": str(uuid.uuid4())})
        assert Request.objects.latest("pk").page == ""
    assert Request.objects.count() == 4
    assert "Mon CESA" in client.get("/mes-demandes/").content.decode()
    assert "Mon CESA" not in client_of(hr).get("/mes-demandes/").content.decode()


def test_the_buttons_follow_the_table_and_the_right(claire: User, hr: User, demonstration: None) -> None:
    row = make_request(claire)
    url = f"/demandes/{row.pk}/"
    staff, own = client_of(hr), client_of(claire)
    assert 'value="take"' in staff.get(url).content.decode()
    assert 'value="take"' not in own.get(url).content.decode()
    assert own.post(url, {"do": "take"}).status_code == 403
    assert staff.post(url, {"do": "answer", "answer-text": ""}).status_code == 422
    assert staff.post(url, {"do": "", "next": "rien"}).headers["Location"] == url
    assert Request.objects.get().state == RequestState.NEW
    for do, extra, state in (
        ("take", {}, "taken"),
        ("ask", {"answer-text": "Laquelle ?"}, "waiting"),
        ("answer", {"answer-text": "Voilà.", "answer-useful": "on"}, "answered"),
    ):
        assert staff.post(url, {"do": do} | extra).status_code == 302
        assert Request.objects.get().state == state
    assert own.post(url, {"do": "reopen", "reopen-text": "Non"}).status_code == 302
    assert staff.post(url, {"do": "close"}, follow=True).status_code == 200
    assert "n’est plus possible" in staff.post(url, {"do": "close"}, follow=True).content.decode()
    assert staff.post(url, {"do": "unheard-of"}, follow=True).status_code == 200


def test_a_stranger_sees_nothing(claire: User, demonstration: None) -> None:
    row = make_request(claire)
    client = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert client.get(f"/demandes/{row.pk}/").status_code == 404
    assert client.post(f"/demandes/{row.pk}/", {"do": "reopen", "reopen-text": "x"}).status_code == 404
    assert client.get("/equipe/file/").status_code == 403


def test_the_queue_is_flat_and_acts_in_bulk(
    claire: User, hr: User, demonstration: None, django_assert_max_num_queries: Any
) -> None:
    client = client_of(hr)
    url = "/equipe/file/ressources-humaines/"
    assert "Tout est traité" in client.get(url).content.decode()
    first = make_request(claire)

    def queries() -> int:
        with django_assert_max_num_queries(80) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    queries()
    before = queries()
    rows = [make_request(make_user(person=make_person()), title=f"Demande {rank}") for rank in range(20)]
    assert queries() <= before
    page = client.get(f"{url}{rows[3].pk}/").content.decode()
    assert 'data-key="j"' in page
    assert client.get("/equipe/file/formation/").status_code == 404
    ids = [first.pk, rows[0].pk]
    client.post(f"{url}traiter/", {"do": "take", "ids": ids})
    assert Request.objects.filter(state="taken", owner=hr).count() == 2
    page = client.post(f"{url}traiter/", {"do": "take", "ids": ids}, follow=True).content.decode()
    assert "n’est plus possible" in page
    client.post(f"{url}traiter/", {"do": "close", "ids": ids})
    assert Request.objects.filter(state="closed").count() == 2
    empty = client.post(f"{url}traiter/", {"do": "close"}, follow=True).content.decode()
    assert "Cochez au moins une demande" in empty


def test_papers_to_check_stand_in_the_queue_of_those_who_advise(claire: User) -> None:
    assert claire.person
    advisor = make_user(RoleKind.ADVISOR)
    about = {"person": claire.person, "about": claire.person, "due_on": None, "actor": advisor}
    paper = ask_paper(kind="diploma", **about)
    assert facts.queue_of(advisor, "advice", DAY) == []
    receive_paper(paper, content=PDF, name="carte.pdf", actor=claire, now=timezone.now())
    (item,) = facts.queue_of(advisor, "advice", DAY)
    assert (item.url, item.key) == (paper.get_absolute_url(), None)
    assert facts.queue_of(claire, "advice", DAY) == []


def test_the_contact_named_is_told_first_and_opens_it(claire: User, hr: User, demonstration: None) -> None:
    """An advisor whose role reaches others: being named is what opens the request."""
    everywhere = make_user(RoleKind.ADVISOR)
    named = make_advisor()
    assert claire.person
    first = make_request(claire, department="advice")
    assert answerers_of(first, DAY) == [everywhere]
    assert not answered_by(named, DAY).exists()
    coach(claire, named)
    second = make_request(claire, department="advice")
    assert answerers_of(second, DAY) == [named]
    told = Notice.objects.filter(kind=verbs.NOTICE, about_id=str(second.pk))
    assert [notice.user for notice in told] == [named]
    assert client_of(named).get(second.get_absolute_url()).status_code == 200
    assert first in answered_by(named, DAY)
    # A colleague of the department may still be handed it; a contact who lost the role is not told.
    assert verbs.assign_request(second, owner=everywhere, actor=named, on=DAY).owner == everywhere
    named.person.roles.update(ends_on=DAY - timedelta(days=1))  # type: ignore[union-attr]
    assert answerers_of(first, DAY) == [everywhere]
    other = make_user(RoleKind.HUMAN_RESOURCES)
    assert set(answerers_of(make_request(claire), DAY)) == {hr, other}
    name_referent(
        claire.person,
        advisor=other.person,  # type: ignore[arg-type]
        function="human_resources",
        starts_on=DAY,
        actor=None,
        tell=False,
    )
    assert answerers_of(make_request(claire), DAY) == [other]
