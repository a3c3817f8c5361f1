"""Takes a wrong statement of the bank away, while nothing of it was matched (ACC-35)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import BankAccount, BankLine, BankMatch, BankStatement
from accounting.services.bank_matching import MOST_REASON
from cae.core import audit
from cae.core.errors import Code, Refused
from people.services.changes import one_line


@transaction.atomic
def remove_statement(statement: BankStatement, *, reason: str, actor: Any) -> None:
    """Does: takes a wrong statement away, with its lines. Refuses: no reason, a statement that another
    continues, a line that was matched, even undone. Leaves behind: the file received, audit; the account
    stands where the statement before left it."""
    why = one_line(reason, "reason", _("Dites pourquoi ce relevé est retiré."), most=MOST_REASON)
    account = BankAccount.objects.select_for_update(of=("self",)).get(pk=statement.bank_account_id)
    held = BankStatement.objects.filter(pk=statement.pk).first()
    if held is None:
        raise Refused(Code.ALREADY_DONE, _("Ce relevé a déjà été retiré."))
    following = BankStatement.objects.filter(previous=held).first()
    if following is not None:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Le %(statement)s continue celui-ci : retirez-le d’abord.") % {"statement": following},
        )
    lines = BankLine.objects.select_for_update(of=("self",)).filter(statement=held).order_by("pk")
    keys = list(lines.values_list("pk", flat=True))
    count = BankMatch.objects.filter(line__in=keys).values("line").distinct().count()
    if count:
        raise Refused(Code.ILLEGAL_MOVE, _matched_words(count))
    detail = {"number": held.line_count, "account": account.account.number, "reason": why}
    audit.record(actor, "accounting.remove_statement", held, detail=detail)
    BankLine.objects.filter(pk__in=keys).delete()
    held.delete()


def _matched_words(count: int) -> str:
    return ngettext(
        "%(count)d ligne de ce relevé a été rapprochée : il ne se retire plus.",
        "%(count)d lignes de ce relevé ont été rapprochées : il ne se retire plus.",
        count,
    ) % {"count": count}
