"""A right is registered once, a misspelt one is an error and never a « no », a view says its own."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cae.core import permissions
from cae.core.errors import Code, Forbidden
from tests.factories.kernel import make_author


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
