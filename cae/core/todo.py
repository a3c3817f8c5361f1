"""What waits in the kernel: one's own imports and jobs, and for administrators the house itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Todo
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
from cae.core.questions import Given, Question, Tallies, Tally

# What nobody looked at by then is no longer worth a line on the first page.
FORGOTTEN_AFTER = timedelta(days=30)
# Three tries of a mail take some twenty minutes.
STUCK_AFTER = 3


def todos(user: Any, today: date) -> list[Todo]:
    """Imports to finish and failed jobs, for who asked; mails and parameters, for who may act."""
    recent = timezone.now() - FORGOTTEN_AFTER
    mine = _MINE(user=user.pk, recent=recent)
    found = [_imports(user, mine["imports"], recent), _jobs(mine["jobs"])]
    if permissions.can(user, "core.resend_mail"):
        mails = _MAILS(recent=recent)
        found += [_stuck_mails(mails["stuck"]), _lost_mails(mails["lost"])]
    if permissions.can(user, "core.change_settings"):
        found.append(_parameters())
    return [todo for todo in found if todo is not None]


def _imports_begun(author: Any, recent: Any) -> QuerySet[ImportRun]:
    """Sheets that were tried and never imported."""
    states = (ImportState.MAPPING, ImportState.TRIED)
    return ImportRun.objects.filter(author=author, state__in=states, created_at__gte=recent)


_MINE = Tallies(
    lambda: {
        "imports": (_imports_begun(Given("user"), Given("recent")), "created_at"),
        "jobs": (
            Job.objects.filter(author=Given("user"), state=JobState.FAILED, ended_at__gte=Given("recent")),
            "ended_at",
        ),
    }
)
# What nobody decided has waited since the first act in the house.
_BEGAN = Question(lambda: AuditEntry.objects.order_by("at").values_list("at", flat=True)[:1])
_MAILS = Tallies(
    lambda: {
        "lost": (
            OutgoingEmail.objects.filter(
                state__in=(EmailState.FAILED, EmailState.BOUNCED), created_at__gte=Given("recent")
            ),
            "created_at",
        ),
        "stuck": (
            OutgoingEmail.objects.filter(state=EmailState.QUEUED, attempts__gte=STUCK_AFTER),
            "created_at",
        ),
    }
)


def _imports(user: Any, begun: Tally, recent: datetime) -> Todo | None:
    if not begun.count:
        return None
    label, url = _("Finir %(count)d imports") % {"count": begun.count}, reverse("core:import_list")
    run = _imports_begun(user, recent).first() if begun.count == 1 else None
    if run is not None:
        label, url = _("Finir l’import de « %(file)s »") % {"file": run.file_name}, run.get_absolute_url()
    since = timezone.localdate(begun.since)
    return Todo(label, url, since=since, count=begun.count, group=_("Mes travaux"))


def _jobs(failed: Tally) -> Todo | None:
    if not failed.count:
        return None
    label = ngettext("Relancer %(count)d travail échoué", "Relancer %(count)d travaux échoués", failed.count)
    return Todo(
        label % {"count": failed.count},
        reverse("core:job_list") + f"?state={JobState.FAILED}",
        since=timezone.localdate(failed.since),
        count=failed.count,
        group=_("Mes travaux"),
    )


def _lost_mails(lost: Tally) -> Todo | None:
    if not lost.count:
        return None
    label = ngettext(
        "Renvoyer %(count)d e-mail non remis", "Renvoyer %(count)d e-mails non remis", lost.count
    )
    return Todo(
        label % {"count": lost.count},
        reverse("core:mail_list"),
        since=timezone.localdate(lost.since),
        count=lost.count,
        group=_("Réglages"),
    )


def _stuck_mails(stuck: Tally) -> Todo | None:
    """Tried several times in vain: the mail server does not answer, and nothing is lost yet."""
    if not stuck.count:
        return None
    label = ngettext(
        "Vérifier le serveur de messagerie : %(count)d e-mail attend",
        "Vérifier le serveur de messagerie : %(count)d e-mails attendent",
        stuck.count,
    )
    return Todo(
        label % {"count": stuck.count},
        reverse("core:mail_list") + f"?state={EmailState.QUEUED}",
        since=timezone.localdate(stuck.since),
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
