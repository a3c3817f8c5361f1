"""A page of the guide: drafted from an answer useful to all, written by the staff, read once published."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.permanence import ERASED, erasing
from cae.core.threads import post_message
from cae.portal.handbook import find_help
from people.models import GuidePage, User
from people.selectors.guide import published_pages
from people.services import guide as verbs
from people.services.erasing_requests import erase_requests
from people.services.requests import answer_request, mark_useful
from people.states import RoleKind
from people.states.guide import GUIDE_FLOW, MAX_PAGE, GuideState
from tests.factories.desk import DAY, make_request
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db

MOVES: dict[str, Any] = {
    "publish": lambda page, actor: verbs.publish_page(page, actor=actor),
    "withdraw": lambda page, actor: verbs.withdraw_page(page, actor=actor),
}
WAY = {GuideState.DRAFT: (), GuideState.PUBLISHED: ("publish",), GuideState.WITHDRAWN: ("withdraw",)}


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


@pytest.fixture
def claire() -> User:
    return make_user(RoleKind.ENTREPRENEUR)


def page_from(claire: User, hr: User) -> GuidePage:
    asked = make_request(claire, title="Comment poser un congé ?")
    answer_request(asked, text="Par « Mes absences ».", actor=hr, useful=True)
    return GuidePage.objects.get(request=asked)


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_goes_or_is_refused(move: str, state: str, claire: User, hr: User) -> None:
    page = page_from(claire, hr)
    for step in WAY[GuideState(state)]:
        page = MOVES[step](page, hr)
    before = GuidePage.objects.values().get()
    if state in GUIDE_FLOW.move(move).sources:
        assert MOVES[move](page, hr).state == GUIDE_FLOW.move(move).target
    else:
        with pytest.raises(IllegalMove):
            MOVES[move](page, hr)
        assert GuidePage.objects.values().get() == before


def test_an_answer_useful_to_all_drafts_one_page(claire: User, hr: User) -> None:
    page = page_from(claire, hr)
    assert (page.title, page.text, page.state) == (
        "Comment poser un congé ?",
        "Par « Mes absences ».",
        "draft",
    )
    assert not published_pages().exists()
    assert page.request is not None
    mark_useful(page.request, useful=False, actor=hr)
    page.refresh_from_db()
    assert page.state == "withdrawn"
    mark_useful(page.request, useful=True, actor=hr)
    assert GuidePage.objects.count() == 1
    # Marked afterwards: the words of the staff, neither their notes nor the person’s own words.
    other = make_request(claire)
    answer_request(other, text="Réponse", actor=hr)
    post_message(other, text="Entre nous", actor=hr, internal=True)
    mark_useful(other, useful=True, actor=hr)
    assert GuidePage.objects.get(request=other).text == "Réponse"
    silent = make_request(claire)
    assert verbs.draft_page(silent, actor=hr) is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": " "}, "title"), ({"text": ""}, "text"), ({"text": "x" * (MAX_PAGE + 1)}, "text")],
)
def test_a_page_that_says_nothing_or_too_much_is_refused(wrong: dict[str, str], field: str, hr: User) -> None:
    page = verbs.write_page(None, title="Question", text="Réponse", actor=hr)
    with pytest.raises(Refused) as refusal:
        verbs.write_page(page, **{"title": "Q", "text": "R"} | wrong, actor=hr, version=1)
    assert refusal.value.field == field
    verbs.write_page(page, title="Q", text="R", actor=hr, version=1)
    with pytest.raises(Refused) as stale:
        verbs.write_page(page, title="A", text="B", actor=hr, version=1)
    assert stale.value.code == Code.STALE_FORM
    assert GuidePage.objects.get().title == "Q"


def test_words_of_an_erased_file_are_not_published(claire: User, hr: User) -> None:
    page, kept = page_from(claire, hr), page_from(claire, hr)
    verbs.publish_page(kept, actor=hr)
    assert claire.person
    with transaction.atomic(), erasing():
        erase_requests(claire.person, DAY)
    page.refresh_from_db()
    kept.refresh_from_db()
    assert (page.text, kept.text) == (ERASED, "Par « Mes absences ».")
    with pytest.raises(Refused):
        verbs.publish_page(page, actor=hr)


def test_what_the_database_refuses(hr: User) -> None:
    page = verbs.write_page(None, title="Question", text="Réponse", actor=hr)
    for wrong in ({"state": "x"}, {"title": ""}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GuidePage.objects.update(**wrong)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        page.delete()


def test_from_the_answer_to_the_help(claire: User, hr: User, demonstration: None) -> None:
    client, page = client_of(hr), page_from(claire, hr)
    assert page.request is not None
    link = page.get_absolute_url()
    assert link in client.get(page.request.get_absolute_url()).content.decode()
    assert page.title in client.get(reverse("people:guide_list")).content.decode()
    typed = {"title": "Poser un congé", "text": "Par « Mes absences », puis « Demander ».", "version": 1}
    assert client.post(link, typed | {"text": ""}).status_code == 422
    assert client.post(link, typed).status_code == 302
    assert client.post(link, typed).status_code == 422
    act = reverse("people:guide_act", args=[page.pk])
    assert list(find_help(claire, "poser", 5)) == []
    for stranger in (claire, make_user(RoleKind.CANDIDATE)):
        assert client_of(stranger).get(link).status_code == 403
        assert client_of(stranger).post(act, {"do": "publish"}).status_code == 403
    client.post(act, {"do": "x"})
    client.post(act, {"do": "publish"})
    client.post(act, {"do": "publish"})
    assert GuidePage.objects.get().state == "published"
    assert "Poser un congé" in client_of(claire).get(reverse("portal:help")).content.decode()
    assert [hit.label for hit in find_help(claire, "poser", 5)] == ["Poser un congé"]
    client.post(act, {"do": "withdraw"})
    assert "Poser un congé" not in client_of(claire).get(reverse("portal:help")).content.decode()
    new = client.post(reverse("people:guide_new"), typed | {"title": "Une autre"})
    assert GuidePage.objects.get(title="Une autre").get_absolute_url() == new.url
