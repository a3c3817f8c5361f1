"""Saves a draft by itself while somebody types: whole, it is stored; half written, it is kept as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.form_drawing import all_errors
from cae.core.forms import refuse
from cae.core.keys import key_in
from cae.core.middleware import status_of
from invoicing.forms.lines import LinesBase
from invoicing.services.inputs import DraftContent
from invoicing.services.keeping import keep_typed, require_latest
from invoicing.views.editing import Editor
from invoicing.views.kinds import Document

# Never kept: they say nothing of the document, or change at each page.
_NOT_TYPED = ("csrfmiddlewaretoken", "do", "pasted", "paste_at", "removed")


def receive(editor: Editor) -> HttpResponse:
    """Answers a script: what was done, the sentence to show, and with what the next save must come."""
    try:
        return _answer(*_save(editor))
    except Forbidden:
        raise
    except Refused as refusal:
        state = "stale" if refusal.code == Code.STALE_FORM or isinstance(refusal, IllegalMove) else "refused"
        content = {"state": state, "sentence": str(refusal)}
        return JsonResponse(content, status=status_of(refusal))


def _save(editor: Editor) -> tuple[str, Editor, Document | None, int]:
    request = editor.request
    editor.draw(data=request.POST)
    key = _key(request.POST.get("form_key", ""))
    if editor.document is None:
        editor.document = editor.kind.model._default_manager.filter(
            form_key=key, activity=editor.activity
        ).first()
    whole = editor.form.is_valid() & editor.lines.is_valid()
    version = _version(request.POST.get("version", ""))
    if whole:
        try:
            document = _store(editor, editor.form.content(editor.lines.contents()), key, version)
        except Refused as refusal:
            if refusal.code == Code.STALE_FORM or isinstance(refusal, IllegalMove):
                raise
            if not editor.lines.refuse(refusal):
                refuse(editor.form, editor.form.placed(refusal))
        else:
            return "saved", editor, document, document.version
    if editor.document is None and editor.form.cleaned_data.get("customer"):
        editor.document = _begin(editor, key, version)
        version = editor.document.version if editor.document is not None else version
    following = keep_typed(
        editor.activity,
        kind=editor.kind.code,
        form_key=key,
        typed=_typed(request.POST),
        version=version,
        actor=request.user,
        document=editor.document,
    )
    return "kept", editor, editor.document, following


def _store(editor: Editor, content: DraftContent, key: UUID, version: int | None) -> Any:
    kind, actor = editor.kind, editor.request.user
    if editor.document is None or version is None:
        # A first save: sent twice, it finds the draft that it made.
        require_latest(key, version)
        return kind.create(editor.activity, content=content, form_key=key, actor=actor)
    return kind.save(editor.document, content=content, version=version, actor=actor, by_itself=True)


def _begin(editor: Editor, key: UUID, version: int | None) -> Any:
    """Opens the draft of a form not yet whole: its customer, and the lines that can be read; None when even
    that is refused."""
    customer = editor.form.cleaned_data["customer"]
    bare = DraftContent(customer=customer, purpose=editor.form.cleaned_data.get("purpose") or "")
    for content in (replace(bare, lines=_readable(editor.lines)), bare):
        try:
            return _store(editor, content, key, version)
        except Refused as refusal:
            if refusal.code == Code.STALE_FORM:
                raise
    return None


def _readable(lines: LinesBase) -> Any:
    return tuple(form.content() for _place, form in lines.written if not form.errors)


def _answer(state: str, editor: Editor, document: Document | None, version: int) -> HttpResponse:
    at = timezone.localtime().strftime("%H:%M")
    faults = all_errors(editor.form, editor.lines) if state == "kept" else []
    sentence = _("Brouillon enregistré à %(time)s") % {"time": at}
    if state == "kept":
        sentence = _("Saisie gardée à %(time)s, encore incomplète") % {"time": at}
    if document is not None:
        address = reverse(editor.kind.url("edit"), args=[document.pk])
    else:
        address = (
            f"{reverse(editor.kind.url('new'))}?activite={editor.activity.pk}&saisie={_sent_key(editor)}"
        )
    said = {"state": state, "sentence": sentence, "faults": faults}
    return JsonResponse(said | {"version": version, "address": address})


def _sent_key(editor: Editor) -> UUID:
    return _key(editor.request.POST.get("form_key", ""))


def _typed(data: Any) -> str:
    kept = data.copy()
    for name in _NOT_TYPED:
        kept.pop(name, None)
    text: str = kept.urlencode()
    return text


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(Code.STALE_FORM, _("Ce formulaire est incomplet : rechargez la page.")) from error


def _version(text: str) -> int | None:
    found = key_in(text.removeprefix("-"))
    return -found if found is not None and text.startswith("-") else found
