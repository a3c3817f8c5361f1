"""What a person is typing and has not finished, and how they like the editor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from cae.core.questions import Given, Question
from entrepreneurs.models import Activity
from invoicing.models import EditorPreference, Invoice, Quote, TypedForm
from invoicing.states.sales import EditorMode


def typed_form(key: str, *, activity: Activity, kind: str) -> TypedForm | None:
    """What was kept of a form, by its key; None when nothing was, or for another activity."""
    form_key = _uuid(key)
    if form_key is None:
        return None
    return TypedForm.objects.filter(form_key=form_key, activity=activity, kind=kind).first()


def draft_of_form(
    key: str, *, activity: Activity, model: type[Quote] | type[Invoice]
) -> Quote | Invoice | None:
    """The document that a form made, by its key."""
    rows: Any = model._default_manager
    found: Quote | Invoice | None = rows.filter(form_key=_uuid(key), activity=activity).first()
    return found


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def unfinished_forms(user: Any, *, kind: str = "") -> QuerySet[TypedForm]:
    """Forms of this person that made no draft yet, the latest first."""
    made = [Exists(model.objects.filter(form_key=OuterRef("form_key"))) for model in (Quote, Invoice)]
    mine = TypedForm.objects.filter(~made[0], ~made[1], author=user).select_related("activity")
    return (mine.filter(kind=kind) if kind else mine).order_by("-saved_at")


def is_unfinished(document: Quote | Invoice) -> bool:
    """A line of the draft is still half written: what is stored is not what its author sees."""
    return _UNFINISHED.first(form_key=document.form_key) is not None


_UNFINISHED = Question(
    lambda: TypedForm.objects.filter(form_key=Given("form_key")).order_by().values_list("pk", flat=True)[:1]
)


def mode_of(user: Any) -> str:
    """« Rapide » until the person chooses."""
    kept = EditorPreference.objects.filter(user=user).values_list("mode", flat=True).first()
    return kept or EditorMode.QUICK
