"""Keeps what is being typed until it is whole, and how each person likes the editor: nothing typed is lost
(INV-14)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from invoicing.models import EditorPreference, TypedForm
from invoicing.services.drafting import raise_stale, require_current
from invoicing.services.writing import Document
from invoicing.states.sales import EditorMode

MOST_TYPED = 2_000_000


def keep_typed(
    activity: Activity,
    *,
    kind: str,
    form_key: UUID,
    typed: str,
    version: int | None,
    actor: Any,
    document: Document | None = None,
) -> int:
    """Does: keeps a form as typed, beside its draft if it has one; one row a form. Refuses: a form older than
    what is kept (stale_form), a document that is no draft any more, more text than any form holds. Leaves
    behind: the row. Gives the version that the next save must bear; below zero as long as there is no
    draft, so that it is never taken for the version of one."""
    if len(typed) > MOST_TYPED:
        raise Refused(Code.TEXT_TOO_LONG, _("Cette saisie est trop longue pour être gardée."))
    with transaction.atomic():
        # The draft, then its activity, then the form: as whoever saves or issues the draft takes them.
        following = _next_of_draft(document, version) if document is not None else 0
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        row = TypedForm.objects.select_for_update().filter(form_key=form_key).first()
        if row is not None and row.activity_id != activity.pk:
            raise Refused(Code.VALUE_INVALID, _("Cette saisie est celle d’une autre activité."))
        if document is None:
            require_latest(form_key, version)
            following = row.version + 1 if row is not None else 1
        row = row or TypedForm(form_key=form_key, kind=kind, activity=activity)
        row.typed, row.version, row.author, row.saved_at = typed, following, actor, timezone.now()
        row.save()
        return following if document is not None else -following


def require_latest(form_key: UUID, version: int | None) -> None:
    """Refuses a form without draft that another tab has saved meanwhile."""
    row = TypedForm.objects.filter(form_key=form_key).first()
    if row is not None and -row.version != version:
        raise_stale()


def _next_of_draft(document: Document, version: int | None) -> int:
    """The draft itself bears the version, so that a whole save and a kept form wait for each other."""
    locked: Document = type(document).objects.select_for_update(of=("self",)).get(pk=document.pk)
    require_current(locked, version or 0)
    locked.version += 1
    locked.save(update_fields=["version"])
    return locked.version


def forget_typed(form_key: UUID) -> None:
    """Does: drops the kept form, once its draft is whole or its author puts it aside. Refuses: nothing.
    Leaves behind: nothing."""
    TypedForm.objects.filter(form_key=form_key).delete()


def choose_mode(user: Any, *, mode: str) -> None:
    """Does: keeps « rapide » or « complet » for a person. Refuses: another word. Leaves behind: it."""
    if mode not in EditorMode.values or isinstance(user, AnonymousUser):
        raise Refused(Code.VALUE_INVALID, _("Ce choix n’existe pas."))
    EditorPreference.objects.update_or_create(user=user, defaults={"mode": mode})
