"""How many rows a list has and which of them a page shows; of a long list, « more than a thousand » until
its sums come and count them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from cae.core.keys import key_in
from cae.core.templatetags import formats

PAGE_SIZE = 50
# Past these, counting every row costs more than drawing the page.
COUNTED_AT_ONCE = 1000


@dataclass(frozen=True)
class RowCount:
    """`rows` were counted; when not `exact`, there are more."""

    rows: int
    exact: bool = True

    @property
    def number(self) -> str:
        """« 1 234 », « plus de 1 000 »."""
        rows = formats.quantity(self.rows)
        return rows if self.exact else gettext("plus de %(rows)s") % {"rows": rows}

    @property
    def words(self) -> str:
        """« 1 ligne », « plus de 1 000 lignes »."""
        return ngettext("%(counter)s ligne", "%(counter)s lignes", self.rows) % {"counter": self.number}

    @property
    def is_long(self) -> bool:
        """Whether the page was drawn before its rows were all counted."""
        return not self.exact or self.rows > COUNTED_AT_ONCE


def count_rows(found: QuerySet[Any]) -> RowCount:
    """Counts every row."""
    return RowCount(found.count())


def count_first_rows(found: QuerySet[Any]) -> RowCount:
    """Counts no further than a thousand, and says whether some are left."""
    counted = found.order_by().values("pk")[: COUNTED_AT_ONCE + 1].count()
    return RowCount(min(counted, COUNTED_AT_ONCE), exact=counted <= COUNTED_AT_ONCE)


def is_within_first_pages(request: HttpRequest, page_field: str) -> bool:
    """Whether the page asked for stands among the rows that are counted at once."""
    asked = request.GET.get(page_field, "")
    page = key_in(asked)
    return page * PAGE_SIZE <= COUNTED_AT_ONCE if page is not None else not asked.isdecimal()


class Pages(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """Pages of rows already counted; a list that was not counted to its end has a page more.

    Asks for a whole page even at the end of a list: for a few rows only, PostgreSQL thinks it shorter to
    read the whole index of dates until it has met them."""

    def __init__(self, *args: Any, row_count: RowCount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_count = row_count

    @cached_property
    def count(self) -> int:
        return self.row_count.rows + (not self.row_count.exact)

    def page(self, number: int | str) -> Any:
        found = self.validate_number(number)
        bottom = (found - 1) * self.per_page
        return Page(self.object_list[bottom : bottom + self.per_page], found, self)
