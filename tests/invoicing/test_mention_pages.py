"""The library kept by the accountant and the administrator: a text that changes is a new row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from invoicing.models import Mention
from invoicing.services.inputs import MentionContent
from invoicing.services.mentions import add_mention, change_mention, confirm_mention, end_mention
from people.models import User
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def own(**values: Any) -> Mention:
    content = MentionContent(**{"title": "Éco-participation", "text": "Comprise."} | values)
    return add_mention(content=content, valid_from=DAY, actor=None)


def change(mention: Mention, *, valid_from: date = DAY + timedelta(days=30), **values: str) -> Mention:
    given = {"title": mention.title, "text": "Un autre texte.", "source": ""} | values
    return change_mention(mention, valid_from=valid_from, actor=None, **given)


def test_a_new_text_ends_the_former() -> None:
    former = Mention.objects.get(code="late-penalties")
    fresh = change(former)
    former.refresh_from_db()
    assert former.valid_to == fresh.valid_from - timedelta(days=1)
    assert (fresh.code, fresh.note, fresh.audience) == ("late-penalties", "PMD", "professionals")
    assert [
        Mention.objects.in_force(day).get(code="late-penalties").pk for day in (DAY, fresh.valid_from)
    ] == [
        former.pk,
        fresh.pk,
    ]
    with pytest.raises(Refused) as refusal:
        change(former)
    assert refusal.value.code == Code.ALREADY_DONE


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"text": " "}, Code.VALUE_MISSING, "text"),
        ({"title": ""}, Code.VALUE_MISSING, "title"),
        ({"text": "x" * 2001}, Code.TEXT_TOO_LONG, "text"),
        ({"text": "Numéro {inconnu}"}, Code.VALUE_INVALID, "text"),
        ({"valid_from": DAY}, Code.DATE_INVALID, "valid_from"),
    ],
)
def test_what_a_new_text_refuses(values: dict[str, Any], code: Code, field: str) -> None:
    mention = own()
    before = list(Mention.objects.values())
    with pytest.raises(Refused) as refusal:
        change(mention, **values)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert list(Mention.objects.values()) == before


def test_the_three_notes_of_the_e_invoice_are_neither_added_nor_stopped() -> None:
    for note in ("PMT", "PMD", "AAB", "XXX"):
        with pytest.raises(Refused):
            own(note=note)
    with pytest.raises(Refused):
        end_mention(Mention.objects.get(code="discount"), on=DAY, actor=None)
    assert not Mention.objects.exclude(valid_to=None).exists()


def test_confirmed_once_and_stopped_once() -> None:
    mention = confirm_mention(Mention.objects.get(code="free-quote"), actor=None)
    assert not mention.to_confirm
    with pytest.raises(Refused):
        confirm_mention(mention, actor=None)
    with pytest.raises(Refused):
        end_mention(own(), on=DAY - timedelta(days=1), actor=None)
    end_mention(mention, on=DAY, actor=None)
    with pytest.raises(Refused):
        end_mention(mention, on=DAY, actor=None)


def test_two_notices_of_one_title_have_two_codes() -> None:
    assert [own().code, own(text="En sus.").code] == ["eco-participation", "eco-participation-2"]


@pytest.mark.parametrize("kind", [RoleKind.ACCOUNTANT, RoleKind.ADMINISTRATOR])
def test_the_pages(kind: RoleKind, demonstration: None) -> None:
    make_cooperative()
    client, mention = client_of(make_user(kind)), Mention.objects.get(code="late-penalties")
    page = client.get(url("mention_list")).content.decode()
    for shown in ("Pénalités de retard", "À confirmer", "art. 261-4-4° a du CGI"):
        assert shown in page
    assert "Pénalités" not in client.get(url("mention_list", ended="1")).content.decode()
    assert "majoré de 10 points" in client.get(mention.get_absolute_url()).content.decode()
    assert client.post(url("mention_confirm", mention.pk)).status_code == 302
    today = timezone.localdate().isoformat()
    body = {"title": "Pénalités", "text": "{zut}", "source": "", "valid_from": today}
    assert client.post(url("mention_change", mention.pk), body).status_code == 422
    assert client.post(url("mention_change", mention.pk), body | {"text": "Neuf."}).status_code == 302
    new = {"title": "Neuve", "text": "Texte.", "valid_from": today, "place": "both", "compulsory": "no"}
    answer = client.post(url("mention_new"), new | {"note": "AAI"})
    fresh = Mention.objects.get(code="neuve")
    assert answer["Location"] == fresh.get_absolute_url()
    assert not fresh.compulsory
    assert client.post(url("mention_end", fresh.pk), {"on": today}).status_code == 302
    assert Mention.objects.get(pk=fresh.pk).valid_to == timezone.localdate()


def test_nobody_else_keeps_the_library(seller: User, demonstration: None) -> None:
    mention = Mention.objects.get(code="late-penalties")
    before = list(Mention.objects.values())
    for user in (seller, make_user(RoleKind.ADVISOR), make_user(RoleKind.CO_MANAGER)):
        client = client_of(user)
        for name in ("list", "new"):
            assert client.get(url(f"mention_{name}")).status_code == 403
        for name in ("detail", "change", "confirm", "end"):
            assert client.post(url(f"mention_{name}", mention.pk), {"on": "2026-03-02"}).status_code == 403
    assert list(Mention.objects.values()) == before
