"""What the kernel holds of a person: what they wrote and were told, signatures, mails and files (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.documents import forget_document
from cae.core.facts import Held, PersonalData
from cae.core.models import (
    Document,
    Message,
    Notice,
    NoticeChoice,
    OutgoingEmail,
    PersonalLink,
    SavedView,
    Signature,
)

# The address of a mail whose receiver was erased: nothing is ever sent there (RFC 2606).
NOBODY = "personne-effacee@personne.invalid"


def held(person: Any, _reader: Any) -> Iterator[Held]:
    account = getattr(person, "user", None)
    yield Held(
        _("Fichiers à mon sujet"),
        (_("fichier"), _("déposé le"), _("conservé jusqu’au")),
        [(row.name, row.created_at, row.retention_until) for row in files_about(person)],
        files=list(files_about(person)),
        kept=_("Chaque fichier porte sa date : passé ce jour, il peut être effacé."),
    )
    mails = _mails_to(person).order_by("-created_at")
    yield Held(
        _("E-mails qui m’ont été envoyés"),
        (_("écrit le"), _("adresse"), _("objet"), _("état")),
        [(row.created_at, row.to, row.subject, row.get_state_display()) for row in mails],
    )
    if account is None:
        return
    notices = Notice.objects.filter(user=account)
    yield Held(
        _("Avis reçus"),
        (_("reçu le"), _("objet"), _("texte"), _("lu le")),
        [(row.created_at, row.subject, row.text, row.read_at) for row in notices],
    )
    yield Held(
        _("Messages que j’ai écrits"),
        (_("écrit le"), _("message"), _("lu par")),
        [(row.created_at, row.text, row.get_audience_display()) for row in _messages_of(account)],
        kept=_("Gardés avec ce dont ils parlent : un message ne se réécrit pas."),
    )
    signatures = Signature.objects.filter(signer=account)
    yield Held(
        _("Mes signatures"),
        (_("signé le"), _("concerne"), _("nom"), _("manière"), _("adresse IP"), _("navigateur")),
        [
            (
                row.signed_at,
                row.about_label,
                row.signer_name,
                row.get_way_display(),
                row.ip,
                row.user_agent,
            )
            for row in signatures
        ],
        kept=_("Gardées aussi longtemps que ce qui a été signé : elles en sont la preuve."),
    )


def erase(person: Any, on: date) -> int:
    """Empties mails, deletes notices, choices, views, links, and the files whose date has passed."""
    accounts = list(_accounts_of(person))
    blank = {"to": NOBODY, "subject": _("E-mail effacé"), "text": "", "html": "", "secret": ""}
    done = _mails_to(person).update(**blank)
    done += PersonalLink.objects.filter(**_about(person)).delete()[0]
    done += sum(forget_document(row, on=on) for row in files_about(person))
    done += Notice.objects.filter(user__in=accounts).delete()[0]
    done += NoticeChoice.objects.filter(user__in=accounts).delete()[0]
    return done + SavedView.objects.filter(owner__in=accounts).delete()[0]


def forget_told(model: type[Model], keys: Iterable[Any]) -> int:
    """Does: deletes the notices about these rows, whoever they told, and empties the mails about them or
    about those notices. Refuses: nothing. Leaves behind: to whom a mail went, and when; gives how many."""
    about = {"about_type": model._meta.label_lower, "about_id__in": [str(key) for key in keys]}
    notices = Notice.objects.filter(**about)
    told = {
        "about_type": Notice._meta.label_lower,
        "about_id__in": [str(key) for key in notices.values_list("pk", flat=True)],
    }
    mails = OutgoingEmail.objects.filter(Q(**about) | Q(**told))
    done = mails.update(subject=_("E-mail effacé"), text="", html="", secret="")
    return done + notices.delete()[0]


def files_about(person: Any) -> QuerySet[Document]:
    """The files tied to the person, files merged into theirs included; the latest first."""
    return Document.objects.filter(**_about(person)).order_by("-created_at", "-pk")


def _about(person: Any) -> dict[str, Any]:
    keys = [str(one.pk) for one in _files_of(person)]
    return {"about_type": person._meta.label_lower, "about_id__in": keys}


def _files_of(person: Any) -> list[Any]:
    """The file of the person and those merged into it, one after the other."""
    found = level = [person]
    while level:
        level = list(type(person)._base_manager.filter(merged_into__in=level))
        found = found + level
    return found


def _accounts_of(person: Any) -> QuerySet[Any]:
    return get_user_model()._base_manager.filter(person__in=_files_of(person))


def _mails_to(person: Any) -> QuerySet[OutgoingEmail]:
    """What was sent to any address that one of their files or accounts bears."""
    addresses = {one.email for one in (*_files_of(person), *_accounts_of(person))} - {""}
    return OutgoingEmail.objects.filter(to__in=addresses)


def _messages_of(account: Any) -> QuerySet[Message]:
    return Message.objects.filter(author=account)


PERSONAL_DATA = PersonalData(
    "core.kept", gettext_lazy("Échanges, signatures et fichiers"), held=held, erase=erase
)
