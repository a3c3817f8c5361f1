"""Asks the checker which rules of EN 16931 a supplier's file breaks: told as warnings, never a refusal.

Many real invoices break current rules and carry right totals (e-invoicing.md §6). Runs outside any
transaction, after the file is kept: nobody waits for it.
"""

from __future__ import annotations

from django.conf import settings

from cae.core.documents import read_document
from invoicing.engines.checker import client
from invoicing.engines.incoming import Read, Unreadable, read_invoice
from invoicing.engines.incoming.schemas import rules_of
from invoicing.models import IncomingFile

MOST_FINDINGS = 30
# How many a sweep asks for: the checker serves those who issue first.
_SWEEP = 50


def judge_file(file_id: int) -> bool:
    """Does: keeps what the rules say of a file that was read, once. Refuses: nothing; without checker it is
    left for later. Leaves behind: the findings; gives whether the file is judged."""
    file = IncomingFile.objects.filter(pk=file_id, reading__isnull=False).first()
    if file is None or file.findings is not None:
        return file is not None
    try:
        read = read_invoice(read_document(file.document), file.name)
        found = _findings(read)
    except (Unreadable, client.CheckerUnavailable):
        return False
    IncomingFile.objects.filter(pk=file.pk).update(findings=found)
    return True


def judge_waiting() -> int:
    """Does: judges the files left without findings, as long as the checker answers. Refuses: nothing. Leaves
    behind: their findings; gives how many."""
    waiting = IncomingFile.objects.filter(reading__isnull=False, findings__isnull=True)
    count = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:_SWEEP]):
        if not judge_file(pk):
            break
        count += 1
    return count


def _findings(read: Read) -> list[dict[str, str]]:
    verdict = client.check(read.xml, settings.CHECKER_URL, rules=rules_of(read.syntax, read.profile))
    one_each = {finding.rule: finding for finding in reversed(verdict.findings)}
    kept = sorted(one_each.values(), key=lambda finding: finding.rule)[:MOST_FINDINGS]
    return [{"rule": finding.rule, "text": finding.text} for finding in kept]
