"""Letters lines of one account that answer each other, and undoes it (ACC-06; docs/lettering.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.lettering import code_of, faces, total
from accounting.models import Entry, EntryLine, LetteredLine, Lettering
from accounting.selectors.lettering import mark_of
from accounting.states.lettering import LetteringOrigin
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from people.services.changes import one_line

MOST_REASON = 250
_TAKEN_UP = gettext_lazy("Repris avec d’autres lignes")
Lines = list[EntryLine]


@transaction.atomic
def letter_lines(
    lines: Sequence[EntryLine], *, actor: Any, on: date, origin: str = LetteringOrigin.HAND
) -> Lettering:
    """Does: letters these lines; one that is in a partial lettering brings the others of it. Refuses: fewer
    than two, several accounts or sections, an account that is not lettered, a line already answered, one side
    only. Leaves behind: the lettering, partial when something is left; audit."""
    held = _held({line.pk for line in lines})
    if len(held) < 2:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins deux lignes à lettrer."), field="lines")
    _require_one_place(held)
    live = _live(held)
    done = next((of for of in live.values() if not of.left), None)
    if done is not None:
        raise Refused(
            Code.ALREADY_DONE,
            _("Une de ces lignes est déjà lettrée (%(code)s) : quelqu’un vient de s’en occuper.")
            % {"code": done},
            field="lines",
        )
    held = _with_theirs(held, live.values())
    if not faces(map(mark_of, held)):
        raise Refused(
            Code.VALUE_INVALID,
            _("Un lettrage réunit au moins un débit et un crédit."),
            field="lines",
        )
    _undo(live.values(), reason=house_words(_TAKEN_UP), actor=actor)
    made = _make(held, actor=actor, on=on, origin=origin)
    audit.record(actor, "accounting.letter_lines", made, detail={"code": str(made)})
    return made


@transaction.atomic
def unletter(lettering: Lettering, *, reason: str, actor: Any, at: datetime) -> Lettering:
    """Does: undoes a lettering. Refuses: one already undone, no reason. Leaves behind: its lines open again;
    audit."""
    row = Lettering.objects.select_for_update(of=("self",)).get(pk=lettering.pk)
    if not row.is_live:
        raise Refused(
            Code.ALREADY_DONE, _("Le lettrage %(code)s est déjà défait.") % {"code": row}, field="reason"
        )
    why = one_line(reason, "reason", _("Dites pourquoi ce lettrage est défait."), most=MOST_REASON)
    _undo([row], reason=why, actor=actor, at=at)
    audit.record(actor, "accounting.unletter", row, detail={"code": str(row), "reason": why})
    return row


@transaction.atomic
def letter_entries(
    entries: Iterable[int | Entry], *, roles: Collection[str], actor: Any, names: Collection[str] = ()
) -> None:
    """Does: letters what entries of one matter (by key or row) say of accounts of these roles, account by
    account and section by section; with `names`, a line that names another document is left out. Refuses:
    nothing: what is answered stays so. Leaves behind: letterings, partial ones taken into larger ones."""
    keys = {getattr(entry, "pk", entry) for entry in entries}
    chosen = EntryLine.objects.filter(entry__in=keys, account__role__in=roles, account__is_lettered=True)
    if names:
        chosen = chosen.filter(label__in=["", *names])
    held = _held(chosen.order_by().values_list("pk", flat=True))
    live = _live(held)
    free = [line for line in held if line.pk not in live or live[line.pk].left]
    for group in _by_place(free):
        _letter_thread(group, {live[line.pk] for line in group if line.pk in live}, actor=actor)


def letter_reversal(reversing: Entry, *, actor: Any) -> None:
    """Does: takes the lines of an entry that another reverses out of their letterings and letters the two
    together; the caller holds the transaction. Refuses: nothing. Leaves behind: letterings; what is left of
    former ones is lettered again when it still has two sides."""
    pair = Q(entry=reversing) | Q(entry=reversing.reverses_id)
    both = EntryLine.objects.filter(pair, account__is_lettered=True).order_by().values_list("pk", flat=True)
    held = _held(both)
    if not held:
        return
    _take_out(held, reason=house_words(gettext_lazy("Contre-passée par"), reversing), actor=actor)
    for group in _by_place(held):
        if not total(map(mark_of, group)):
            _make(group, actor=actor)


@transaction.atomic
def loosen_entries(
    entries: Iterable[int | Entry], *, roles: Collection[str], reason: str, actor: Any
) -> None:
    """Does: takes the lines of entries, of accounts of these roles, out of their letterings: the document is
    free again. Refuses: nothing. Leaves behind: those letterings undone with the reason; what is left of them
    is lettered again when it still has two sides."""
    keys = {getattr(entry, "pk", entry) for entry in entries}
    chosen = EntryLine.objects.filter(entry__in=keys, account__role__in=roles, account__is_lettered=True)
    _take_out(_held(chosen.order_by().values_list("pk", flat=True)), reason=reason, actor=actor)


def _held(keys: Iterable[int]) -> Lines:
    """These lines, locked together with all those of the letterings that hold them: whoever took the others
    after its own would wait for whoever took them the other way round."""
    chosen = set(keys)
    if not chosen:
        return []
    letterings = LetteredLine.objects.filter(line__in=chosen, is_live=True).order_by().values("lettering")
    others = LetteredLine.objects.filter(lettering__in=letterings, is_live=True).order_by()
    whole = _locked({*chosen, *others.values_list("line", flat=True)})
    return [line for line in whole if line.pk in chosen]


def _locked(keys: Iterable[int]) -> Lines:
    """These lines, locked in the order of their keys."""
    rows = EntryLine.objects.select_for_update(of=("self",)).select_related("account")
    return list(rows.filter(pk__in=list(keys)).order_by("pk"))


def _live(lines: Iterable[EntryLine]) -> dict[int, Lettering]:
    """The live lettering of each of these lines that has one."""
    rows = LetteredLine.objects.filter(line__in=[line.pk for line in lines], is_live=True)
    return {row.line_id: row.lettering for row in rows.select_related("lettering").order_by()}


def _with_theirs(lines: Lines, letterings: Iterable[Lettering]) -> Lines:
    """These lines and the others of letterings that hold some of them."""
    known = {line.pk for line in lines}
    others = LetteredLine.objects.filter(lettering__in=set(letterings), is_live=True).exclude(line__in=known)
    keys = list(others.order_by().values_list("line", flat=True))
    return [*lines, *_locked(keys)] if keys else lines


def _by_place(lines: Lines) -> list[Lines]:
    groups: dict[tuple[int, int], Lines] = {}
    for line in lines:
        groups.setdefault((line.account_id, line.analytic_id), []).append(line)
    return list(groups.values())


def _letter_thread(lines: Lines, partial: set[Lettering], *, actor: Any) -> None:
    held = _with_theirs(lines, partial) if partial else lines
    stands = len(partial) == 1 and len(held) == sum(one.line_count for one in partial)
    if stands or not faces(map(mark_of, held)):
        return
    _undo(partial, reason=house_words(_TAKEN_UP), actor=actor)
    _make(held, actor=actor)


def _take_out(lines: Lines, *, reason: str, actor: Any) -> None:
    """Undoes the letterings that hold these lines; the others of each are lettered again if they can be."""
    out, letterings = {line.pk for line in lines}, set(_live(lines).values())
    if not letterings:
        return
    rests = LetteredLine.objects.filter(lettering__in=letterings, is_live=True).exclude(line__in=out)
    by_lettering: dict[int, list[int]] = {}
    for lettering, line in rests.order_by().values_list("lettering", "line"):
        by_lettering.setdefault(lettering, []).append(line)
    _undo(letterings, reason=reason, actor=actor)
    for keys in by_lettering.values():
        rest = _locked(keys)
        if faces(map(mark_of, rest)):
            _make(rest, actor=actor)


def _make(
    lines: Lines, *, actor: Any, on: date | None = None, origin: str = LetteringOrigin.ITSELF
) -> Lettering:
    rank, last = _next_rank(), max(line.on for line in lines)
    made = Lettering(
        pk=rank,
        code=code_of(rank),
        account=lines[0].account,
        analytic_id=lines[0].analytic_id,
        left=total(map(mark_of, lines)),
        line_count=len(lines),
        last_on=last,
        on=on or last,
        origin=origin,
        created_by=actor,
    )
    made.save(force_insert=True)
    LetteredLine.objects.bulk_create(LetteredLine(lettering=made, line=line) for line in lines)
    return made


def _next_rank() -> int:
    """The key of the lettering to come, which gives its code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('accounting_lettering', 'id'))")
        (rank,) = cursor.fetchone()
    return int(rank)


def _undo(letterings: Iterable[Lettering], *, reason: str, actor: Any, at: datetime | None = None) -> None:
    known = {one.pk for one in letterings}
    if not known:
        return
    # One that somebody undid meanwhile stays as it is: its lines are free already.
    live = Lettering.objects.select_for_update(of=("self",)).filter(pk__in=known, undone_at=None)
    keys = list(live.order_by("pk").values_list("pk", flat=True))
    LetteredLine.objects.filter(lettering__in=keys, is_live=True).update(is_live=False)
    Lettering.objects.filter(pk__in=keys).update(
        undone_at=at or timezone.now(), undone_by=actor, undone_reason=reason[:MOST_REASON]
    )


def _require_one_place(lines: Lines) -> None:
    if len({line.account_id for line in lines}) > 1:
        raise Refused(Code.VALUE_INVALID, _("Un lettrage tient dans un seul compte."), field="lines")
    if len({line.analytic_id for line in lines}) > 1:
        raise Refused(
            Code.VALUE_INVALID, _("Un lettrage tient dans une seule section analytique."), field="lines"
        )
    account = lines[0].account
    if not account.is_lettered:
        raise Refused(
            Code.VALUE_INVALID,
            _("Le compte %(number)s ne se lettre pas : dites-le lettrable dans le plan comptable.")
            % {"number": account.number},
            field="lines",
        )
