"""What people write about an object: who may, who reads it, who is told; nothing is lost on a refusal."""

from __future__ import annotations

from typing import Any

import pytest
import rules
from django.db import transaction
from django.db.utils import Error

from cae.core import permissions, threads
from cae.core.errors import Code, Refused
from cae.core.models import Audience, Cooperative, Message, Notice
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

CODE = "core.cooperative"
URL = "/messages/core.cooperative/{}/"
CARRIED: list[str] = []


def register(**more: Any) -> None:
    threads.THREADS.pop(CODE, None)
    threads.register_thread(
        CODE, read="test.read", write="test.write", url=lambda obj: "/reglages/cooperative/", **more
    )


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """People write about the cooperative: all but strangers read, all but readers write."""
    monkeypatch.setattr(threads, "THREADS", dict(threads.THREADS))
    monkeypatch.setattr(permissions, "RIGHTS", dict(permissions.RIGHTS))
    CARRIED.clear()
    reads = rules.predicate(lambda user: not user.email.startswith("stranger"))
    writes = rules.predicate(lambda user: not user.email.startswith("reader"))
    permissions.register("test", {"test.read": reads, "test.write": writes})
    register(carry=lambda obj, message: CARRIED.append(message.text))


@pytest.fixture
def coop() -> Cooperative:
    return make_cooperative()


def named(email: str, kind: str = "") -> Any:
    user = make_user(kind) if kind else make_user()
    user.email = f"{email}@exemple.fr"
    user.save()
    return user


def told() -> list[int]:
    return [notice.user_id for notice in Notice.objects.order_by("pk")]


def test_a_thread_is_declared_once_and_an_unknown_one_is_an_error(coop: Cooperative) -> None:
    with pytest.raises(ValueError, match="twice"):
        threads.register_thread(CODE, read="test.read", write="test.write")
    with pytest.raises(LookupError):
        threads.post_message(make_user(), text="Bonjour", actor=make_user())


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"text": "  "}, Code.VALUE_MISSING),
        ({"text": "x" * 4001}, Code.TEXT_TOO_LONG),
        ({"text": "Bonjour", "actor": None}, Code.VALUE_MISSING),
        ({"text": "Bonjour", "internal": True, "outside": True}, Code.NOT_ALLOWED),
    ],
)
def test_a_message_refused_leaves_nothing(facts: dict[str, Any], code: Code, coop: Cooperative) -> None:
    threads.post_message(coop, text="D’avant", actor=named("writer"))
    with pytest.raises(Refused) as refusal:
        threads.post_message(coop, **({"actor": named("other")} | facts))
    assert refusal.value.code == code
    assert Message.objects.count() == 1
    assert told() == []
    assert CARRIED == []


def test_nothing_goes_outside_where_nobody_carries_it(coop: Cooperative) -> None:
    register()
    with pytest.raises(Refused):
        threads.post_message(coop, text="Bonjour", actor=named("writer"), outside=True)
    assert not Message.objects.exists()


def test_each_reads_what_was_meant_for_them(coop: Cooperative) -> None:
    writer, staff = named("writer"), named("staff", RoleKind.ACCOUNTANT)
    threads.post_message(coop, text="Entre nous", actor=writer)
    threads.post_message(coop, text="Équipe", actor=staff, internal=True)
    threads.post_message(coop, text="Au client", actor=writer, outside=True)
    threads.post_message(coop, text="Du client", author_name="Jeanne Durand")

    def seen(user: Any) -> list[str]:
        return [message.text for message in threads.messages_of(coop, user)]

    assert seen(writer) == ["Entre nous", "Au client", "Du client"]
    assert seen(staff) == ["Entre nous", "Équipe", "Au client", "Du client"]
    assert seen(None) == ["Au client", "Du client"], "who holds a link to the object"
    assert seen(named("stranger")) == []
    assert CARRIED == ["Au client"], "what the customer wrote is not carried back to them"
    outsider = Message.objects.get(text="Du client")
    assert (outsider.author, outsider.author_name) == (None, "Jeanne Durand")
    assert outsider.audience == Audience.OUTSIDE


def test_those_who_wrote_are_told_unless_they_may_no_longer_read(coop: Cooperative) -> None:
    writer, staff, gone = named("writer"), named("staff", RoleKind.ACCOUNTANT), named("gone")
    for person in (writer, staff, gone):
        threads.post_message(coop, text="Bonjour", actor=person)
    gone.email = "stranger@exemple.fr"
    gone.save()
    Notice.objects.all().delete()
    threads.post_message(coop, text="Suite", actor=writer)
    assert told() == [staff.pk]
    assert Notice.objects.get().url == "/reglages/cooperative/#messages"
    threads.post_message(coop, text="Entre nous", actor=staff, internal=True)
    assert told() == [staff.pk], "of what the team writes, the team alone is told"
    threads.post_message(coop, text="Question", author_name="Jeanne Durand")
    assert "Jeanne Durand" in Notice.objects.get(user=writer).subject


def test_the_room_names_those_whom_it_concerns(coop: Cooperative) -> None:
    concerned, stranger = named("concerned"), named("stranger")
    register(participants=lambda obj: [concerned, stranger])
    threads.post_message(coop, text="Bonjour", actor=named("writer"))
    assert told() == [concerned.pk]


def test_a_message_is_written_for_ever(coop: Cooperative) -> None:
    message = threads.post_message(coop, text="Bonjour", actor=named("writer"))
    message.text = "Autre"
    with pytest.raises(Error), transaction.atomic():
        message.save()
    with pytest.raises(Error), transaction.atomic():
        message.delete()
    assert Message.objects.get().text == "Bonjour"


def test_posting_goes_back_to_the_page_of_the_object(coop: Cooperative) -> None:
    typed = "Bonjour\n<b>vous</b> https://exemple.fr/a javascript:alert(1)"
    answer = client_of(named("writer")).post(URL.format(coop.pk), {"text": typed})
    assert (answer.status_code, answer["Location"]) == (302, "/reglages/cooperative/#messages")
    page = client_of(named("other")).get(URL.format(coop.pk)).content.decode()
    assert "&lt;b&gt;vous&lt;/b&gt;" in page
    assert '<a href="https://exemple.fr/a" rel="nofollow">' in page
    assert 'href="javascript' not in page
    assert "Bonjour<br>" in page


def test_a_refused_message_comes_back_with_what_was_typed(coop: Cooperative) -> None:
    client = client_of(named("staff", RoleKind.ACCOUNTANT))
    long = "mot " * 1001
    answer = client.post(URL.format(coop.pk), {"text": long, "audience": "staff"})
    assert answer.status_code == 422
    assert long.strip() in text(answer)
    assert "le maximum est de 4000" in text(answer)
    assert 'value="staff"' in answer.content.decode().partition("checked")[0].rpartition("<input")[2]
    part = client.post(URL.format(coop.pk), {"text": " \x00"}, headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert "<html" not in part.content.decode()
    assert not Message.objects.exists()
    again = client.post(URL.format(coop.pk), {"text": "Bonjour"}, headers={"HX-Request": "true"})
    assert again.status_code == 200
    assert "Bonjour" in again.content.decode()


@pytest.mark.parametrize(
    ("who", "facts", "status"),
    [
        ("stranger", {"text": "x"}, 404),
        ("reader", {"text": "x"}, 403),
        ("writer", {"text": "x", "audience": "staff"}, 403),
    ],
)
def test_whoever_has_no_right_writes_nothing(
    who: str, facts: dict[str, str], status: int, coop: Cooperative
) -> None:
    client = client_of(named(who))
    assert client.post(URL.format(coop.pk), facts).status_code == status
    assert not Message.objects.exists()
    assert client.get(f"/messages/core.unknown/{coop.pk}/").status_code == 404


def test_whoever_reads_only_has_no_form(coop: Cooperative) -> None:
    assert "Votre message" not in text(client_of(named("reader")).get(URL.format(coop.pk)))
    writer = text(client_of(named("writer")).get(URL.format(coop.pk)))
    assert "Votre message" in writer
    assert "L’équipe seulement" not in writer
