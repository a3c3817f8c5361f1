"""Messages on any object: who may read them, who may write, who is told (staff, house, somebody outside)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.models import MAX_TEXT, Audience, Message
from cae.core.notices import notify
from cae.core.permissions import can
from cae.core.questions import Given, Question
from cae.core.turns import take_turn

NOTICE = "core.message"
# Who reads what the staff write among themselves, unless the room asks more.
STAFF_RIGHT = "core.read_staff_messages"
# Longer than a hesitant double click, shorter than a second « Merci ».
TWICE = timedelta(minutes=1)


@dataclass(frozen=True)
class ThreadKind:
    """How people write to each other about the objects of one model (« invoicing.quote »)."""

    code: str
    read: str
    write: str
    # Who reads and writes what the staff say among themselves.
    staff: str = STAFF_RIGHT
    # Whom a message concerns beside those who already wrote; only those who may read are told.
    participants: Callable[[Any], Iterable[Any]] | None = None
    # The page of the object; without it, its `get_absolute_url`.
    url: Callable[[Any], str] | None = None
    # Carries to somebody outside (a customer) what was written for them; without it, nothing goes out.
    carry: Callable[[Any, Message], None] | None = None

    def address(self, obj: Any) -> str:
        return self.url(obj) if self.url else str(obj.get_absolute_url())


@dataclass(frozen=True)
class Thread:
    """What `components/thread.html` draws for one person."""

    kind: ThreadKind
    pk: Any
    messages: list[Message]
    may_write: bool
    # For whom this person may write: (value, words).
    audiences: list[tuple[str, Any]]
    text: str = ""
    error: str = ""
    audience: str = Audience.HOUSE


THREADS: dict[str, ThreadKind] = {}


def register_thread(code: str, *, read: str, write: str, **more: Any) -> ThreadKind:
    """Declares, in a room's `apps.py`, that people write about the objects of a model: `code` is its label in
    lower case, `read` and `write` are rights asked with the object; see ThreadKind for the rest."""
    if code in THREADS:
        raise ValueError(f"thread {code!r} is registered twice")
    THREADS[code] = ThreadKind(code, read, write, **more)
    return THREADS[code]


def thread_kind(obj: models.Model) -> ThreadKind:
    """Gives how people write about this object. Raises LookupError when no room said."""
    try:
        return THREADS[obj._meta.label_lower]
    except KeyError:
        raise LookupError(f"no thread is registered for {obj._meta.label_lower!r}") from None


def post_message(
    obj: models.Model,
    *,
    text: str,
    actor: Any = None,
    author_name: str = "",
    internal: bool = False,
    outside: bool = False,
    tell: bool = True,
) -> Message:
    """Does: writes a message about the object, by an account, or by somebody outside known by their name.
    The same words from the same hand within a minute are one message: a button pressed twice.
    Refuses: no text, more than 4 000 characters, no name, staff's words sent outside.
    Leaves behind: the message, for ever; those whom it concerns are told, unless the caller tells them in
    words of its own (`tell`)."""
    kind, text = thread_kind(obj), text.strip()
    name = author_name.strip() or (actor.get_full_name() if actor else "")
    _check(text, name, kind, internal=internal, outside=outside)
    if internal:
        audience = Audience.STAFF
    elif outside or actor is None:
        audience = Audience.OUTSIDE
    else:
        audience = Audience.HOUSE
    said = {"text": text, "author": actor, "author_name": name[:120], "audience": audience}
    with transaction.atomic():
        former = _just_said(said | audit.about(obj))
        if former is not None:
            return former
        message = Message.objects.create(**said, **audit.about(obj))
        if tell:
            _tell(kind, obj, message)
        if audience == Audience.OUTSIDE and actor is not None and kind.carry:
            kind.carry(obj, message)
        return message


def _just_said(message: dict[str, Any]) -> Message | None:
    """The same message, written a moment ago; those who write about this object at once wait their turn."""
    take_turn(f"core.thread.{message['about_type']}.{message['about_id']}")
    return Message.objects.filter(**message, created_at__gte=timezone.now() - TWICE).first()


def _check(text: str, name: str, kind: ThreadKind, *, internal: bool, outside: bool) -> None:
    if not text:
        raise Refused(Code.VALUE_MISSING, _("Écrivez votre message."), field="text")
    if len(text) > MAX_TEXT:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce message compte %(count)d caractères : le maximum est de %(most)d.")
            % {"count": len(text), "most": MAX_TEXT},
            field="text",
        )
    if not name:
        raise Refused(Code.VALUE_MISSING, _("Indiquez votre nom."), field="author_name")
    if internal and outside:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Un message de l’équipe ne part pas hors de la coopérative."),
            field="audience",
        )
    if outside and kind.carry is None:
        raise Refused(Code.NOT_ALLOWED, _("Personne, hors de la coopérative, ne lit ces messages."))


def _tell(kind: ThreadKind, obj: models.Model, message: Message) -> None:
    """Tells those who wrote here and those whom the room names, if they may read it."""
    wrote = Message.objects.filter(author__isnull=False, **audit.about(obj)).values("author")
    people = {user.pk: user for user in get_user_model().objects.filter(pk__in=wrote, is_active=True)}
    people |= {user.pk: user for user in (kind.participants(obj) if kind.participants else ())}
    readers = [
        user
        for user in people.values()
        if can(user, kind.read, obj) and (message.audience != Audience.STAFF or can(user, kind.staff, obj))
    ]
    facts = {"name": message.author_name, "object": str(obj)}
    notify(
        readers,
        NOTICE,
        subject=lambda: _("%(name)s vous écrit : %(object)s") % facts,
        text=message.text,
        url=f"{kind.address(obj)}#messages",
        about=obj,
        actor=message.author,
    )


def messages_about(model: type[models.Model], keys: Iterable[Any]) -> QuerySet[Message]:
    """Gives every message about these rows of a model, whoever may read it."""
    return Message.objects.filter(about_type=model._meta.label_lower, about_id__in=[str(key) for key in keys])


def messages_of(obj: models.Model, user: Any) -> list[Message]:
    """Gives what this person may read about the object, the oldest first: nothing without the right. Without
    user: what somebody outside may read, who holds a link to the object."""
    if user is None:
        return [row for row in _MESSAGES(**audit.about(obj)) if row.audience == Audience.OUTSIDE]
    kind = thread_kind(obj)
    if not can(user, kind.read, obj):
        return []
    rows, is_staff = _MESSAGES(**audit.about(obj)), can(user, kind.staff, obj)
    return [row for row in rows if is_staff or row.audience != Audience.STAFF]


_MESSAGES = Question(
    lambda: Message.objects.filter(about_type=Given("about_type"), about_id=Given("about_id")).select_related(
        "author__person"
    )
)


def thread_of(
    obj: models.Model, user: Any, *, text: str = "", error: str = "", audience: str = Audience.HOUSE
) -> Thread:
    """Gives the thread of an object as one person sees it; `text` and `error` come back from a refusal."""
    kind = thread_kind(obj)
    audiences = [(Audience.HOUSE, _("Ceux qui suivent ce dossier"))]
    if can(user, kind.staff, obj):
        audiences.append((Audience.STAFF, _("L’équipe seulement")))
    if kind.carry is not None:
        audiences.append((Audience.OUTSIDE, _("Aussi la personne hors de la coopérative")))
    return Thread(
        kind=kind,
        pk=obj.pk,
        messages=messages_of(obj, user),
        may_write=can(user, kind.write, obj),
        audiences=[(str(value), words) for value, words in audiences],
        text=text,
        error=error,
        audience=audience,
    )
