"""What waits in the kernel: one's own imports and jobs, and for administrators the house itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Todo
from cae.core.models import EmailState, ImportRun, ImportState, Job, JobState, OutgoingEmail, Setting
from cae.core.parameters import PARAMETERS

# What nobody looked at by then is no longer worth a line on the first page.
FORGOTTEN_AFTER = timedelta(days=30)
# Three tries of a mail take some twenty minutes.
STUCK_AFTER = 3


def todos(user: Any, today: date) -> list[Todo]:
    """Imports to finish and failed jobs, for who asked; mails and parameters, for who may act."""
    found = [_imports(user), _jobs(user)]
    if permissions.can(user, "core.resend_mail"):
        found += [_stuck_mails(), _mails()]
    if permissions.can(user, "core.change_settings"):
        found.append(_parameters())
    return [todo for todo in found if todo is not None]


def _imports(user: Any) -> Todo | None:
    """A sheet that was tried and never imported."""
    begun = ImportRun.objects.filter(
        author=user,
        state__in=(ImportState.MAPPING, ImportState.TRIED),
        created_at__gte=timezone.now() - FORGOTTEN_AFTER,
    )
    run, count = begun.order_by("created_at").first(), begun.count()
    if run is None:
        return None
    if count == 1:
        label, url = _("Finir l’import de « %(file)s »") % {"file": run.file_name}, run.get_absolute_url()
    else:
        label, url = _("Finir %(count)d imports") % {"count": count}, reverse("core:import_list")
    return Todo(label, url, since=timezone.localdate(run.created_at), count=count, group=_("Mes travaux"))


def _jobs(user: Any) -> Todo | None:
    failed = Job.objects.filter(
        author=user, state=JobState.FAILED, ended_at__gte=timezone.now() - FORGOTTEN_AFTER
    ).aggregate(count=Count("pk"), since=Min("ended_at"))
    if not failed["count"]:
        return None
    label = ngettext(
        "Relancer %(count)d travail échoué", "Relancer %(count)d travaux échoués", failed["count"]
    )
    return Todo(
        label % {"count": failed["count"]},
        reverse("core:job_list") + f"?state={JobState.FAILED}",
        since=timezone.localdate(failed["since"]),
        count=failed["count"],
        group=_("Mes travaux"),
    )


def _mails() -> Todo | None:
    lost = OutgoingEmail.objects.filter(
        state__in=(EmailState.FAILED, EmailState.BOUNCED), created_at__gte=timezone.now() - FORGOTTEN_AFTER
    ).aggregate(count=Count("pk"), since=Min("created_at"))
    if not lost["count"]:
        return None
    label = ngettext(
        "Renvoyer %(count)d e-mail non remis", "Renvoyer %(count)d e-mails non remis", lost["count"]
    )
    return Todo(
        label % {"count": lost["count"]},
        reverse("core:mail_list"),
        since=timezone.localdate(lost["since"]),
        count=lost["count"],
        group=_("Réglages"),
    )


def _stuck_mails() -> Todo | None:
    """Tried several times in vain: the mail server does not answer, and nothing is lost yet."""
    stuck = OutgoingEmail.objects.filter(state=EmailState.QUEUED, attempts__gte=STUCK_AFTER).aggregate(
        count=Count("pk"), since=Min("created_at")
    )
    if not stuck["count"]:
        return None
    label = ngettext(
        "Vérifier le serveur de messagerie : %(count)d e-mail attend",
        "Vérifier le serveur de messagerie : %(count)d e-mails attendent",
        stuck["count"],
    )
    return Todo(
        label % {"count": stuck["count"]},
        reverse("core:mail_list") + f"?state={EmailState.QUEUED}",
        since=timezone.localdate(stuck["since"]),
        count=stuck["count"],
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
    return Todo(label % {"count": count}, reverse("core:setting_list"), count=count, group=_("Réglages"))
