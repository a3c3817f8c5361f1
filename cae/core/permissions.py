"""Rights by name: each room registers a table of predicates, each view says the right it asks.

A view is one of three kinds, and a test walks every address to find a silent one: it names a right
(`@requires`), it is for anybody signed in (`@signed_in`), or it is open (`@public`).
"""

import functools
from collections.abc import Callable
from typing import Any

import rules
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden

View = Callable[..., HttpResponseBase]

RIGHTS: dict[str, rules.Predicate] = {}


def register(room: str, table: dict[str, rules.Predicate]) -> None:
    """Adds the rights of one room; a name starts with its room and is written once."""
    for right, predicate in table.items():
        if not right.startswith(f"{room}.") or right in RIGHTS:
            raise ValueError(f"right {right!r} is misnamed or registered twice")
        RIGHTS[right] = predicate


def merged(*tables: dict[str, rules.Predicate]) -> dict[str, rules.Predicate]:
    """Gives the rights of a room out of those of its subjects. Raises ValueError when two declare the same:
    the second would silently win."""
    whole: dict[str, rules.Predicate] = {}
    for table in tables:
        if twice := whole.keys() & table.keys():
            raise ValueError(f"rights declared twice: {sorted(twice)}")
        whole |= table
    return whole


def can(user: Any, right: str, obj: Any = None) -> bool:
    """Tells whether the person has the right, on this object if one is given.

    Raises LookupError for a right that no room registered: a misspelt right must not mean « no ».
    """
    try:
        predicate = RIGHTS[right]
    except KeyError:
        raise LookupError(f"no room registered the right {right!r}") from None
    return bool(user.is_active) and predicate.test(user, obj)


def kept(user: Any, obj: Any, question: str, ask: Callable[[], bool]) -> bool:
    """Tells what a predicate asks the database about an object. A yes stays with the object in hand, which
    lives as long as the request: a page asks the same right for each of its buttons."""
    answers: set[tuple[str, int]] = obj.__dict__.setdefault("_rights_kept", set())
    key = (question, user.pk)
    if key not in answers and ask():
        answers.add(key)
    return key in answers


def require(user: Any, right: str, obj: Any = None) -> None:
    """Raises Forbidden (the page answers 403) unless the person has the right."""
    if not can(user, right, obj):
        raise Forbidden(_("Vous n’avez pas le droit de faire cela ici."))


def require_in_person(request: HttpRequest) -> None:
    """Raises Forbidden when somebody acts here in another’s name (`request.assistance`, set by `people`)."""
    if getattr(request, "assistance", None) is not None:
        raise Forbidden(
            _("Cela ne se fait qu’en personne : vous ne pouvez pas le faire au nom de quelqu’un d’autre.")
        )


def in_person(view: View) -> View:
    """Marks a view that nobody opens in another’s name: secrets, sessions, ballots, signatures (PEO-04).

    Stands above or below the mark of the right, which it keeps."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_in_person(request)
        return view(request, *args, **kwargs)

    guarded.in_person = True  # type: ignore[attr-defined]
    return guarded


def _signed_in(view: View) -> View:
    """Sends a stranger to the login; a part of a page asked by htmx answers 401, never another page in it."""
    guarded = login_required(view)

    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "htmx", False) and not request.user.is_authenticated:
            return HttpResponse(status=401)
        return guarded(request, *args, **kwargs)

    return door


def requires(right: str) -> Callable[[View], View]:
    """Marks a view with the right it asks; without it the page answers 403, or sends to the login.

    A right that depends on an object is asked again by the view, with `require(user, right, obj)`.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not can(request.user, right):
                raise PermissionDenied(right)
            return view(request, *args, **kwargs)

        guarded_in = _signed_in(guarded)
        guarded_in.right = right  # type: ignore[attr-defined]
        return guarded_in

    return decorate


def signed_in(view: View) -> View:
    """Marks a view open to every person with an account (their own things only)."""
    marked = _signed_in(view)
    marked.right = "SIGNED_IN"  # type: ignore[attr-defined]
    return marked


def public(view: View) -> View:
    """Marks a view open to the world."""

    @functools.wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    marked.right = "PUBLIC"  # type: ignore[attr-defined]
    return marked
