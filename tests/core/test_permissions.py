"""A right is registered once, a misspelt one is an error and never a « no », a view says its own."""

from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cae.core import permissions
from cae.core.errors import Code, Forbidden
from tests.factories.kernel import make_author
from tests.factories.people import make_person, make_user


@pytest.fixture(autouse=True)
def _own_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "RIGHTS", {})
    permissions.register("test", {"test.yes": rules.always_true, "test.no": rules.always_false})


@pytest.mark.parametrize("right", ["test.yes", "other.thing"])
def test_a_right_is_registered_once_by_its_room(right: str) -> None:
    with pytest.raises(ValueError, match="misnamed or registered twice"):
        permissions.register("test", {right: rules.always_true})


@pytest.mark.django_db
def test_an_unknown_right_is_an_error() -> None:
    with pytest.raises(LookupError):
        permissions.can(make_author(), "test.oui")


@pytest.mark.django_db
def test_a_closed_account_has_no_right() -> None:
    user = make_author()
    assert permissions.can(user, "test.yes")
    user.is_active = False
    assert not permissions.can(user, "test.yes")
    assert not permissions.can(AnonymousUser(), "test.yes")


@pytest.mark.django_db
def test_requiring_raises_what_the_page_answers_403_for() -> None:
    user = make_author()
    permissions.require(user, "test.yes")
    with pytest.raises(Forbidden) as refusal:
        permissions.require(user, "test.no")
    assert refusal.value.code == Code.NOT_ALLOWED


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("vu")


@pytest.mark.django_db
def test_a_marked_view_sends_to_the_login_refuses_or_answers() -> None:
    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    assert permissions.requires("test.yes")(view)(request).status_code == 302
    assert permissions.signed_in(view)(request).status_code == 302
    assert permissions.public(view)(request).status_code == 200
    request.user = make_author()
    assert permissions.requires("test.yes")(view)(request).status_code == 200
    with pytest.raises(PermissionDenied):
        permissions.requires("test.no")(view)(request)


def test_each_mark_is_readable_by_the_house_test() -> None:
    marks = [permissions.requires("test.yes")(view), permissions.signed_in(view), permissions.public(view)]
    assert [mark.right for mark in marks] == ["test.yes", "SIGNED_IN", "PUBLIC"]


def test_a_right_declared_by_two_subjects_is_refused() -> None:
    one, two = {"room.see": rules.always_allow}, {"room.change": rules.always_deny}
    assert permissions.merged(one, two) == one | two
    with pytest.raises(ValueError, match=r"room\.see"):
        permissions.merged(one, {"room.see": rules.always_deny})


@pytest.mark.django_db
def test_a_yes_about_an_object_in_hand_is_asked_once_and_a_no_again() -> None:
    user, other, thing = make_user(), make_user(), make_person()
    answers, asked = {user.pk: False, other.pk: True}, []

    def kept(who: Any) -> bool:
        def ask() -> bool:
            asked.append(who.pk)
            return answers[who.pk]

        return permissions.kept(who, thing, "sees", ask)

    assert (kept(user), kept(other)) == (False, True)
    answers |= {user.pk: True, other.pk: False}
    assert (kept(user), kept(other), kept(user)) == (True, True, True)
    assert asked == [user.pk, other.pk, user.pk]
    # Another question, and the same thing read again, are asked afresh.
    assert not permissions.kept(other, thing, "changes", lambda: False)
    assert not permissions.kept(other, type(thing).objects.get(pk=thing.pk), "sees", lambda: False)
