"""A personal link opens one thing, for a time, until somebody withdraws it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cae.core import links
from cae.core.errors import Code, Refused
from cae.core.models import PersonalLink
from tests.factories.kernel import make_author, make_cooperative

pytestmark = pytest.mark.django_db


def made(*, days: int = 7) -> tuple[PersonalLink, str]:
    return links.create_link(
        make_cooperative(),
        purpose="essai",
        ends_at=timezone.now() + timedelta(days=days),
        actor=make_author(),
    )


def refusal_of(token: str, purpose: str = "essai") -> Code:
    with pytest.raises(Refused) as refusal:
        links.find_link(token, purpose)
    return refusal.value.code


def test_the_secret_opens_and_is_not_kept() -> None:
    link, token = made()
    assert links.find_link(token, "essai") == link
    assert token not in str(PersonalLink.objects.values().get())


def test_what_became_of_a_link_is_known_of_its_secret_alone() -> None:
    link, token = made()
    links.withdraw_link(link, actor=link.created_by, at=timezone.now())
    assert links.link_of(token) == link
    assert links.link_of("autre") is None


def test_another_purpose_or_a_misspelt_secret_opens_nothing() -> None:
    _link, token = made()
    assert refusal_of(token, "autre") == Code.LINK_UNKNOWN
    assert refusal_of(token[:-1]) == Code.LINK_UNKNOWN


def test_a_link_ends() -> None:
    _link, token = made(days=-1)
    assert refusal_of(token) == Code.LINK_EXPIRED


def test_a_used_link_does_not_open_twice() -> None:
    link, token = made()
    links.use_link(link, at=timezone.now())
    assert refusal_of(token) == Code.ALREADY_DONE


def test_a_withdrawn_link_is_closed_and_withdrawing_twice_is_once() -> None:
    link, token = made()
    first = timezone.now()
    links.withdraw_link(link, actor=link.created_by, at=first)
    links.withdraw_link(link, actor=link.created_by, at=first + timedelta(hours=1))
    assert refusal_of(token) == Code.LINK_WITHDRAWN
    assert PersonalLink.objects.get().withdrawn_at == first
    assert not links.live_links_of(make_cooperative(valid_from=first.date()), "essai").exists()
