"""Checks a FEC brought from elsewhere: nothing of it is kept, neither the file nor the report (ACC-48)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from accounting.calculations.fec.check import Report, check, split_lines
from cae.core.errors import Code, Refused

MOST_MEGABYTES = 64
_MEGABYTE = 1024 * 1024


def check_brought(
    blocks: Iterable[bytes], *, size: int, charset: str, starts_on: date | None, ends_on: date | None
) -> Report:
    """Does: reads a file block by block. Refuses: one above the bound, before it is read. Leaves behind:
    nothing; the books of somebody else are no business of this house."""
    if size > MOST_MEGABYTES * _MEGABYTE:
        raise Refused(
            Code.FILE_REFUSED,
            _("Ce fichier dépasse %(most)d Mo : demandez-le coupé par mois.") % {"most": MOST_MEGABYTES},
            field="file",
        )
    return check(split_lines(blocks), starts_on=starts_on, ends_on=ends_on, charset=charset)
