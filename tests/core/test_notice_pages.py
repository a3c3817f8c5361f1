"""The bell on every page, « Mes avis », the choice of mails: each person’s own, without JavaScript too."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cae.core import notices
from cae.core.models import AuditEntry, Notice, NoticeChoice
from people.states import RoleKind
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def tell(user: Any, count: int = 1, kind: str = "core.message") -> list[Notice]:
    for number in range(count):
        notices.notify([user], kind, subject=f"Message {number}", url="/aide/")
    return list(Notice.objects.filter(user=user).order_by("pk"))


@pytest.mark.parametrize(
    ("count", "said"), [(0, "aucun non lu"), (1, "1 non lu"), (3, "3 non lus"), (101, "plus de 99 non lus")]
)
def test_the_bell_of_every_page_says_how_many_wait(count: int, said: str) -> None:
    user = make_user(RoleKind.ADMINISTRATOR)
    if count:
        Notice.objects.bulk_create(
            Notice(user=user, kind="core.message", subject="x", url="/") for _number in range(count)
        )
    for page in ("/aide/", "/journal/"):
        assert f"Mes avis : {said}" in text(client_of(user).get(page))


def test_the_bell_costs_one_question_whatever_it_counts(django_assert_num_queries: Any) -> None:
    user = make_user()
    tell(user, 30)
    with django_assert_num_queries(1):
        assert notices.unread_count(user) == 30


def test_whoever_signed_out_is_told_to_ask_no_more() -> None:
    assert Client().get("/avis/cloche/", headers={"HX-Request": "true"}).status_code == 286
    user = make_user()
    tell(user, 2)
    answer = client_of(user).get("/avis/cloche/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "2 non lus" in text(answer)
    assert "no-store" in answer["Cache-Control"]


def test_a_part_of_a_page_asked_by_a_stranger_is_never_the_page_of_signing_in() -> None:
    for url in ("/avis/derniers/", "/travaux/", "/journal/"):
        assert Client().get(url, headers={"HX-Request": "true"}).status_code == 401
        assert Client().get(url).status_code == 302


def test_the_panel_shows_the_last_ten() -> None:
    user = make_user()
    tell(user, 12)
    shown = text(client_of(user).get("/avis/derniers/"))
    assert "Message 11" in shown
    assert "Message 2 " in shown
    assert "Message 1 " not in shown
    assert "Tout marquer comme lu" in shown
    client_of(user).post("/avis/lus/", {"tous": "oui"})
    assert "Tout marquer comme lu" not in text(client_of(user).get("/avis/derniers/"))


def test_opening_a_notice_reads_it_and_goes_to_its_page() -> None:
    user, other = make_user(), make_user()
    (row,) = tell(user)
    assert client_of(other).get(row.link).status_code == 404
    row.refresh_from_db()
    assert row.read_at is None
    answer = client_of(user).get(row.link)
    assert (answer.status_code, answer["Location"]) == (302, "/aide/")
    row.refresh_from_db()
    assert row.read_at is not None
    first = row.read_at
    client_of(user).get(row.link)
    row.refresh_from_db()
    assert row.read_at == first, "read once"


def test_everything_is_marked_read_but_what_others_were_told() -> None:
    user, other = make_user(), make_user()
    tell(user, 3)
    tell(other)
    client = client_of(user)
    for elsewhere in ("rien", "https://ailleurs.example/"):
        answer = client.post("/avis/lus/", {"ids": [0], "retour": elsewhere})
        assert answer["Location"] == "/avis/"
    answer = client.post("/avis/lus/", {"tous": "oui", "retour": "https://ailleurs.example/"})
    assert answer["Location"] == "/avis/"
    assert "3 avis marqués comme lus" in text(client.get("/avis/"))
    assert (notices.unread_count(user), notices.unread_count(other)) == (0, 1)
    client.post("/avis/lus/", {"tous": "oui", "retour": "/aide/"})
    assert "Tout était déjà lu" in text(client.get("/aide/"))


def test_the_ticked_ones_alone_are_marked_read() -> None:
    user, other = make_user(), make_user()
    first, second = tell(user, 2)
    (foreign,) = tell(other)
    client_of(user).post("/avis/lus/", {"ids": [first.pk, foreign.pk]})
    unread = set(Notice.objects.filter(read_at=None).values_list("pk", flat=True))
    assert unread == {second.pk, foreign.pk}


def test_the_list_filters_what_is_not_read() -> None:
    user = make_user()
    first, _second = tell(user, 2)
    notices.read_notices(Notice.objects.filter(pk=first.pk), at=timezone.now())
    client = client_of(user)
    assert "Message 0" not in text(client.get("/avis/?read=no"))
    assert "Message 1" in text(client.get("/avis/?read=no"))
    assert "Message 0" in text(client.get("/avis/?read=yes"))
    assert "Aucun avis pour l’instant" in text(client_of(make_user()).get("/avis/"))


@pytest.fixture
def legal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "KINDS", dict(notices.KINDS))
    notices.register_notice("people.convened", label="Convocation", mutable=False)


def test_each_kind_has_its_rhythm_on_one_page(legal: None) -> None:
    user = make_user()
    client = client_of(user)
    page = client.get("/avis/preferences/").content.decode()
    assert 'name="core.job_ended"' in page
    assert 'name="people.convened"' not in page, "what the law wants told is not a choice"
    assert "Toujours, tout de suite" in page
    assert client.post("/avis/preferences/", {"core.message": "weekly"}).status_code == 302
    assert NoticeChoice.objects.get().rhythm == "weekly"
    assert AuditEntry.objects.get(verb="core.notices.choose").actor == user


@pytest.mark.parametrize("typed", [{"people.convened": "none"}, {"core.message": "parfois"}])
def test_a_choice_that_is_not_offered_is_refused_and_nothing_is_kept(
    legal: None, typed: dict[str, str]
) -> None:
    client = client_of(make_user())
    answer = client.post("/avis/preferences/", {"core.job_ended": "now"} | typed)
    assert answer.status_code == 422
    assert "part toujours tout de suite" in text(answer)
    assert '<option value="now" selected>' in answer.content.decode().partition("core.job_ended")[2]
    assert not NoticeChoice.objects.exists()


def test_who_helps_does_not_read_in_the_name_of_who_is_helped(rf: Any) -> None:
    from cae.core.views.notices import notice  # noqa: PLC0415

    user = make_user()
    (row,) = tell(user)
    request = rf.get(row.link)
    request.user, request.assistance = user, object()
    assert notice(request, row.pk).status_code == 302
    row.refresh_from_db()
    assert row.read_at is None
