"""What the house tells people: under the bell at once, by mail at the rhythm that each chose (CAE-08)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, Refused
from cae.core.models import Notice, NoticeChoice, Rhythm
from cae.core.questions import Given, Question
from cae.core.rhythms import due_at, quiet_on

# Several of one kind within this time make one mail.
GROUPED = timedelta(minutes=15)
# The first page shows so many.
LATEST = 3
# The bell counts no further: « 99+ ».
COUNTED = 100

# A sentence, or what gives it once the language of its reader is in force.
Words = str | Promise | Callable[[], str]


@dataclass(frozen=True)
class Kind:
    """A sort of notice: its name in the preferences, the rhythm of its mails until somebody chooses."""

    code: str
    label: Any
    default: str = Rhythm.NOW
    # Not mutable: the law, or the safety of the account, wants it told at once, each by a mail of its own.
    mutable: bool = True
    # Urgent: leaves in quiet hours too (safety, a visitor at the door).
    urgent: bool = False

    @property
    def room(self) -> str:
        return self.code.partition(".")[0]


KINDS: dict[str, Kind] = {}

_watchers: list[Callable[[], Iterable[Any]]] = []


def register_notice(
    code: str, *, label: Any, default: str = "now", mutable: bool = True, urgent: bool = False
) -> Kind:
    """Declares a kind of notice, once, in the `apps.py` of the room that tells it."""
    if code in KINDS:
        raise ValueError(f"notice {code!r} is registered twice")
    if not mutable and default != Rhythm.NOW:
        raise ValueError(f"notice {code!r} can't be muted, so it is told at once")
    KINDS[code] = Kind(code, label, str(Rhythm(default)), mutable, urgent)
    return KINDS[code]


def provide_watchers(provider: Callable[[], Iterable[Any]]) -> None:
    """Registers who watches over the house: told when it fails (the kernel knows no role)."""
    _watchers.append(provider)


def watchers() -> list[Any]:
    return [user for provider in _watchers for user in provider()]


def notify(
    users: Iterable[Any],
    kind: str,
    *,
    subject: Words,
    text: Words = "",
    url: str,
    about: models.Model | None = None,
    actor: Any = None,
) -> None:
    """Does: tells each of these people, once, in their language; whoever acted is told nothing that can be
    muted, and a closed account nothing at all. Refuses: an unknown kind (LookupError).
    Leaves behind: a line under each bell, in the transaction of the act; its mail by the rhythm chosen."""
    known, now = _kind(kind), timezone.now()
    people = {
        user.pk: user for user in users if user.is_active and not (known.mutable and _acted(user, actor))
    }
    if not people:
        return
    rhythms, last = _rhythms(known, people), _last_mails(known, people, now)
    quiet = quiet_on(timezone.localdate(now))
    rows = []
    for pk, user in people.items():
        due = due_at(rhythms[pk], now, quiet, urgent=known.urgent)
        if due is not None and pk in last:
            due = max(due, last[pk] + GROUPED)
        with override(getattr(user, "language", settings.LANGUAGE_CODE)):
            words = {"subject": " ".join(spoken(subject).split())[:200], "text": spoken(text)}
        named = audit.about(about) if about is not None else {}
        rows.append(
            Notice(
                user=user, kind=kind, url=url, actor=actor, created_at=now, mail_due_at=due, **words, **named
            )
        )
    Notice.objects.bulk_create(rows)
    if any(row.mail_due_at is not None and row.mail_due_at <= now for row in rows):
        run_later("core.mail_notices")


def _acted(user: Any, actor: Any) -> bool:
    """They did it themselves: it was not done in their name by somebody else."""
    return actor is not None and user.pk == actor.pk and audit.real_actor_of(actor) is None


def _kind(code: str) -> Kind:
    try:
        return KINDS[code]
    except KeyError:
        raise LookupError(f"no room registered the notice {code!r}") from None


def spoken(words: Words) -> str:
    """Gives words in the language of the moment: that of who reads, not of who acts."""
    return str(words()) if callable(words) else str(words)


def _rhythms(kind: Kind, people: Mapping[int, Any]) -> dict[int, str]:
    """The rhythm of each person for this kind, in one query; none for what can't be muted."""
    rhythms = dict.fromkeys(people, kind.default)
    if kind.mutable:
        chosen = NoticeChoice.objects.filter(kind=kind.code, user__in=list(people))
        rhythms |= dict(chosen.values_list("user_id", "rhythm"))
    return rhythms


def _last_mails(kind: Kind, people: Mapping[int, Any], now: datetime) -> dict[int, datetime]:
    """When each person last had a mail of this kind, if that was a moment ago."""
    if not kind.mutable:
        return {}
    recent = Notice.objects.filter(user__in=list(people), kind=kind.code, mailed_at__gt=now - GROUPED)
    return dict(
        recent.order_by().values("user_id").annotate(last=Max("mailed_at")).values_list("user_id", "last")
    )


_UNREAD = Question(
    lambda: (
        Notice.objects.filter(user_id=Given("user"), read_at=None)
        .order_by()
        .values_list("pk", flat=True)[:COUNTED]
    )
)


def unread_count(user: Any) -> int:
    """Gives how many notices wait under the bell, counted up to a hundred."""
    return len(_UNREAD(user=user.pk))


_LATEST = Question(lambda: Notice.objects.filter(user_id=Given("user"))[:LATEST])


def latest_notices(user: Any) -> list[Notice]:
    """Gives the last few things that a person was told."""
    return _LATEST(user=user.pk)


def notices_of(user: Any) -> models.QuerySet[Notice]:
    """Gives what a person was told, the latest first."""
    return Notice.objects.filter(user_id=user.pk)


def read_notices(rows: models.QuerySet[Notice], *, at: datetime) -> int:
    """Does: marks these notices read. Refuses: nothing. Leaves behind: the instant; gives their count."""
    return rows.filter(read_at=None).update(read_at=at)


def read_about(user: Any, obj: models.Model, *, at: datetime) -> int:
    """Does: marks read what a person was told of an object, whose page they have just opened. Refuses:
    nothing. Leaves behind: the instant."""
    return read_notices(notices_of(user).filter(**audit.about(obj)), at=at)


def forget_notices(objs: models.QuerySet[Any]) -> int:
    """Does: takes away what people were told of these objects, whose names are erased. Refuses: nothing.
    Leaves behind: nothing; gives their count."""
    keys = [str(key) for key in objs.values_list("pk", flat=True)]
    rows = Notice.objects.filter(about_type=objs.model._meta.label_lower, about_id__in=keys)
    return rows.delete()[0]


def rhythms_of(user: Any) -> dict[str, str]:
    """Gives the rhythm of each kind for this person: chosen, or that of the house."""
    chosen = dict(NoticeChoice.objects.filter(user_id=user.pk).values_list("kind", "rhythm"))
    return {
        code: chosen.get(code, kind.default) if kind.mutable else kind.default for code, kind in KINDS.items()
    }


def choose_rhythms(user: Any, rhythms: Mapping[str, str]) -> None:
    """Does: keeps the rhythms that a person chose. Refuses: to mute what the law wants told, an unknown
    rhythm. Leaves behind: the choices; what waits for its mail follows them, audit."""
    before = rhythms_of(user)
    changed = {code: rhythm for code, rhythm in rhythms.items() if before[_kind(code).code] != rhythm}
    for code, rhythm in changed.items():
        if not KINDS[code].mutable or rhythm not in Rhythm.values:
            raise Refused(
                Code.NOT_ALLOWED,
                _("« %(kind)s » : cet avis part toujours tout de suite.") % {"kind": KINDS[code].label},
                field=code,
            )
    if not changed:
        return
    now = timezone.now()
    quiet = quiet_on(timezone.localdate(now))
    with transaction.atomic():
        for code, rhythm in changed.items():
            NoticeChoice.objects.update_or_create(user_id=user.pk, kind=code, defaults={"rhythm": rhythm})
            waiting = notices_of(user).filter(kind=code, mailed_at=None, mail_due_at__isnull=False)
            waiting.update(mail_due_at=due_at(rhythm, now, quiet))
        shown = {code: [before[code], rhythm] for code, rhythm in changed.items()}
        audit.record(user, "core.notices.choose", user, detail=shown)
