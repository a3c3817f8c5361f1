"""Empties what a person asked the staff, and what was answered, once their file is erased (PEO-38)."""

from __future__ import annotations

from datetime import date

from cae.core.permanence import ERASED, erase_words
from cae.core.personal_data import forget_told
from cae.core.threads import messages_about
from people.models import GuidePage, Person, Request
from people.selectors.merging import file_keys
from people.services.requests import close_requests_of
from people.states.guide import GuideState


def erase_requests(person: Person, _on: date) -> int:
    """Does: closes the open requests of a person, empties their titles and every message of their threads.
    Refuses: nothing. Leaves behind: department, subject, days and delays, which are counted; a page of
    the guide once published; gives how many
    rows lost their words."""
    files = Person.objects.filter(pk__in=file_keys(person))
    for one in files:
        close_requests_of(one, actor=None)
    rows = Request.objects.filter(person__in=files)
    forget_told(Request, rows.values_list("pk", flat=True))
    said = messages_about(Request, rows.values_list("pk", flat=True))
    own = [one.user.pk for one in files.select_related("user") if hasattr(one, "user")]
    said.filter(author__in=own).update(author_name=ERASED)
    drafts = GuidePage.objects.filter(request__in=rows).exclude(state=GuideState.PUBLISHED)
    erase_words(drafts, "title", "text")
    return erase_words(said, "text") + erase_words(rows, "title", "page", "page_title")
