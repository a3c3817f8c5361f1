"""Drafts pages of the guide from answers useful to all, writes, publishes and withdraws them (CAE-11)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.models import Audience
from cae.core.permanence import ERASED
from cae.core.threads import messages_about
from cae.core.workflow import performs
from people.models import GuidePage, Request, User
from people.services.changes import refuse_stale, require_text
from people.states.guide import GUIDE_FLOW, MAX_PAGE, GuideState


@transaction.atomic
def draft_page(request: Request, *, actor: User) -> GuidePage | None:
    """Does: drafts a page from what the staff last answered to a request; once for each request. Refuses:
    nothing; without an answer there is no page. Leaves behind: the draft, audit; nobody but the staff reads
    it before it is published."""
    known = GuidePage.objects.filter(request=request).first()
    if known is not None:
        return known
    said = messages_about(Request, [request.pk]).exclude(audience=Audience.STAFF)
    answer = said.exclude(author__person=request.person).order_by("-created_at", "-pk").first()
    if answer is None:
        return None
    page = GuidePage.objects.create(title=request.title, text=answer.text, request=request, written_by=actor)
    audit.record(actor, "people.guide.draft", page)
    return page


@transaction.atomic
def write_page(page: GuidePage | None, *, title: str, text: str, actor: User, version: int = 1) -> GuidePage:
    """Does: writes a page of the guide, or a new one. Refuses: no title, no text, too long ones, a page
    changed by somebody else meanwhile. Leaves behind: the page, its author, audit."""
    require_text(title, "title", _("Écrivez la question."))
    require_text(text, "text", _("Écrivez la réponse."))
    if len(title.strip()) > 120 or len(text) > MAX_PAGE:
        raise Refused(Code.TEXT_TOO_LONG, _("Cette page est trop longue."), field="text")
    row = GuidePage() if page is None else GuidePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if page is not None:
        refuse_stale(row, version)
        row.version += 1
    row.title, row.text = title.strip(), text.strip()
    row.written_by, row.changed_at = actor, timezone.now()
    row.save()
    audit.record(actor, "people.guide.write", row)
    return row


@performs(GUIDE_FLOW, "publish")
def publish_page(page: GuidePage, *, actor: User) -> None:
    """Does: shows a page to everybody, in the help and in the search. Refuses: one already published, one
    whose words were erased with a file. Leaves behind: the state, audit."""
    if page.request_id and page.text == ERASED:
        raise Refused(Code.VALUE_MISSING, _("Écrivez la réponse."), field="text")


@performs(GUIDE_FLOW, "withdraw")
def withdraw_page(page: GuidePage, *, actor: User) -> None:
    """Does: takes a page off the help; a draft is given up. Refuses: one already withdrawn.
    Leaves behind: the page, which may be published again; audit."""


def drop_draft(request: Request, *, actor: User) -> None:
    """Does: gives up the draft of an answer that is no longer marked useful. Refuses: nothing; a page that
    was published stays. Leaves behind: the draft, withdrawn; audit."""
    page = GuidePage.objects.filter(request=request, state=GuideState.DRAFT).first()
    if page is not None:
        withdraw_page(page, actor=actor)
