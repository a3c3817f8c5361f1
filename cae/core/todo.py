"""What waits in the kernel: one's own imports and jobs, and for administrators the house itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Awaited, Todo
from cae.core.models import (
    AuditEntry,
    EmailState,
    ImportRun,
    ImportState,
    Job,
    JobState,
    OutgoingEmail,
    Setting,
)
from cae.core.parameters import PARAMETERS
from cae.core.questions import Given, Pile, Question, Tally

# What nobody looked at by then is no longer worth a line on the first page.
FORGOTTEN_AFTER = timedelta(days=30)
# Three tries of a mail take some twenty minutes.
STUCK_AFTER = 3
# Of one's own mails that came back, so many are named.
MOST_RETURNED = 5


def todos(user: Any, today: date) -> list[Todo]:
    """Parameters that the trade is not sure of, for who decides them."""
    found = _parameters() if permissions.can(user, "core.change_settings") else None
    return [found] if found else []


def _imports_begun(author: Any, recent: Any) -> QuerySet[ImportRun]:
    """Sheets that were tried and never imported."""
    states = (ImportState.MAPPING, ImportState.TRIED)
    return ImportRun.objects.filter(author=author, state__in=states, created_at__gte=recent)


def _jobs_failed() -> QuerySet[Job]:
    return Job.objects.filter(author=Given("user"), state=JobState.FAILED, ended_at__gte=Given("recent"))


def _mails_stuck() -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(state=EmailState.QUEUED, attempts__gte=STUCK_AFTER)


def _mails_lost() -> QuerySet[OutgoingEmail]:
    lost = (EmailState.FAILED, EmailState.BOUNCED)
    return OutgoingEmail.objects.filter(state__in=lost, created_at__gte=Given("recent"))


def _mails_returned() -> QuerySet[OutgoingEmail]:
    """One's own that did not arrive, unless another one left since about the same thing."""
    later = OutgoingEmail.objects.filter(
        about_type=OuterRef("about_type"),
        about_id=OuterRef("about_id"),
        created_at__gt=OuterRef("created_at"),
    )
    lost = OutgoingEmail.objects.filter(
        created_by=Given("user"),
        state__in=(EmailState.FAILED, EmailState.BOUNCED),
        created_at__gte=Given("recent"),
    )
    return lost.exclude(~Q(about_id="") & Exists(later)).order_by("-created_at", "-pk")


_RETURNED = Question(lambda: _mails_returned()[:MOST_RETURNED])


# What nobody decided has waited since the first act in the house.
_BEGAN = Question(lambda: AuditEntry.objects.order_by("at").values_list("at", flat=True)[:1])


def _of_author(user: Any, today: date) -> dict[str, Any]:
    return {"user": user.pk, "recent": timezone.now() - FORGOTTEN_AFTER}


def _of_mails(user: Any, today: date) -> dict[str, Any] | None:
    may = permissions.can(user, "core.resend_mail")
    return {"recent": timezone.now() - FORGOTTEN_AFTER} if may else None


def _of_sender(user: Any, today: date) -> dict[str, Any] | None:
    """Whoever sends again the mails of all has them in one line."""
    return None if permissions.can(user, "core.resend_mail") else _of_author(user, today)


def _returned(user: Any, today: date, lost: Tally) -> Iterator[Todo]:
    for mail in _RETURNED(**_of_author(user, today)):
        came_back = mail.bounced_at or mail.created_at
        yield Todo(
            _("Vérifier l’adresse %(to)s : « %(subject)s » n’est pas arrivé")
            % {"to": mail.to, "subject": mail.subject},
            mail.link,
            since=timezone.localdate(came_back),
            group=_("Mes envois"),
        )


def _imports(user: Any, today: date, begun: Tally) -> Iterator[Todo]:
    label, url = _("Finir %(count)d imports") % {"count": begun.count}, reverse("core:import_list")
    recent = timezone.now() - FORGOTTEN_AFTER
    run = _imports_begun(user, recent).first() if begun.count == 1 else None
    if run is not None:
        label, url = _("Finir l’import de « %(file)s »") % {"file": run.file_name}, run.get_absolute_url()
    yield Todo(label, url, since=begun.since, count=begun.count, group=_("Mes travaux"))


def _jobs(user: Any, today: date, failed: Tally) -> Iterator[Todo]:
    label = ngettext("Relancer %(count)d travail échoué", "Relancer %(count)d travaux échoués", failed.count)
    yield Todo(
        label % {"count": failed.count},
        reverse("core:job_list") + f"?state={JobState.FAILED}",
        since=failed.since,
        count=failed.count,
        group=_("Mes travaux"),
    )


def _lost_mails(user: Any, today: date, lost: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Renvoyer %(count)d e-mail non remis", "Renvoyer %(count)d e-mails non remis", lost.count
    )
    yield Todo(
        label % {"count": lost.count},
        reverse("core:mail_list"),
        since=lost.since,
        count=lost.count,
        group=_("Réglages"),
    )


def _stuck_mails(user: Any, today: date, stuck: Tally) -> Iterator[Todo]:
    """Tried several times in vain: the mail server does not answer, and nothing is lost yet."""
    label = ngettext(
        "Vérifier le serveur de messagerie : %(count)d e-mail attend",
        "Vérifier le serveur de messagerie : %(count)d e-mails attendent",
        stuck.count,
    )
    yield Todo(
        label % {"count": stuck.count},
        reverse("core:mail_list") + f"?state={EmailState.QUEUED}",
        since=stuck.since,
        count=stuck.count,
        group=_("Réglages"),
    )


def _parameters() -> Todo | None:
    """Values that the trade is not sure of, and that nobody decided yet."""
    doubtful = {code for code, parameter in PARAMETERS.items() if parameter.to_confirm}
    decided = Setting.objects.filter(code__in=doubtful).values_list("code", flat=True)
    count = len(doubtful.difference(decided)) if doubtful else 0
    if not count:
        return None
    label = ngettext("Confirmer %(count)d paramètre", "Confirmer %(count)d paramètres", count)
    began = _BEGAN.first()
    return Todo(
        label % {"count": count},
        reverse("core:setting_list"),
        since=timezone.localdate(began) if began else None,
        count=count,
        group=_("Réglages"),
    )


AWAITED = (
    Awaited(
        Pile("core.imports", lambda: (_imports_begun(Given("user"), Given("recent")), "created_at")),
        _of_author,
        _imports,
    ),
    Awaited(Pile("core.jobs", lambda: (_jobs_failed(), "ended_at")), _of_author, _jobs),
    Awaited(Pile("core.stuck_mails", lambda: (_mails_stuck(), "created_at")), _of_mails, _stuck_mails),
    Awaited(Pile("core.returned_mails", lambda: (_mails_returned(), "created_at")), _of_sender, _returned),
    Awaited(Pile("core.lost_mails", lambda: (_mails_lost(), "created_at")), _of_mails, _lost_mails),
)
