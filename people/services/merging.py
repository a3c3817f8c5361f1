"""Makes one file of two that are one person, and undoes it within thirty days (PEO-17).

What moves is found from the models themselves: every key that names a person, in every room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from cae.core import audit, links
from cae.core.errors import Code, Refused
from people.models import Deadline, MergeRecord, Person, SensitiveRecord, User
from people.selectors.merging import columns_naming_persons
from people.services.changes import require_text
from people.states import INVITATION

# What says who was merged with whom, or goes by rules of its own, below.
STAYS: frozenset[str] = frozenset(
    {
        "people.mergerecord.kept",
        "people.mergerecord.merged",
        "people.person.merged_into",
        "people.user.person",
    }
)
# Two of them for the same days are no contradiction: those of the file that stays go on, the others rest.
MAY_REST: frozenset[str] = frozenset(
    {"people.consent.person", "people.personbank.person", "people.retentionproposal.person"}
)
ABOUT_DEADLINE = "people.deadline.about"


@dataclass(frozen=True)
class Movement:
    """How many rows of a kind would change file, and how many stay and are read through both."""

    label: str
    moved: int
    followed: int


@dataclass(frozen=True)
class _Key:
    """A column of some room that names a person."""

    model: type[models.Model]
    column: str

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    @property
    def is_append_only(self) -> bool:
        """No row of this table ever changes: those that name the former file are read through it."""
        return any(
            isinstance(trigger, pgtrigger.Protect) and str(trigger.name).endswith("_append_only")
            for trigger in _triggers(self.model)
        )


class _Rehearsed(Exception):
    """What a rehearsal found; raising it undoes everything."""

    def __init__(self, movements: list[Movement]) -> None:
        super().__init__()
        self.movements = movements


def rehearse_merge(kept: Person, *, merged: Person, actor: User, now: datetime) -> list[Movement]:
    """Does: merges, counts what moved and undoes it all: the preview says what merging does, or refuses what
    it refuses. Refuses: as `merge_persons`. Leaves behind: nothing."""
    try:
        with transaction.atomic():
            record = merge_persons(kept, merged=merged, reason="…", actor=actor, now=now)
            raise _Rehearsed(list(_movements(record)))
    except _Rehearsed as rehearsed:
        return rehearsed.movements


@transaction.atomic
def merge_persons(kept: Person, *, merged: Person, reason: str, actor: User, now: datetime) -> MergeRecord:
    """Does: moves to the first file all that names the second, which answers with the first from then on.
    Refuses: one file twice, a file already merged or erased, two open accounts, two protected records, roles,
    statuses or memberships of the same days. Leaves behind: the record of what moved, audit; rows that never
    change stay and are read through both; an invitation of the second file is withdrawn."""
    require_text(reason, "reason", _("Dites pourquoi ces deux fiches sont la même personne."))
    if kept.pk == merged.pk:
        raise Refused(Code.DUPLICATE, _("C’est deux fois la même fiche."))
    first, second = _locked(kept, merged)
    _refuse_out_of_use(first, second)
    _refuse_two_accounts(first, second)
    if SensitiveRecord.objects.filter(person__in=(first, second)).count() > 1:
        raise Refused(
            Code.DUPLICATE,
            _("Chacune a une fiche protégée : elles ne se mêlent pas. Videz d’abord l’une des deux."),
        )
    moved = {key.label: _move(key, second, first) for key in person_keys()}
    moved[ABOUT_DEADLINE] = _move_deadlines(second, first)
    moved["people.user.person"] = _move_account(second, first)
    for link in links.live_links_of(second, INVITATION):
        links.withdraw_link(link, actor=actor, at=now)
    Person.objects.filter(pk=second.pk).update(merged_into=first)
    record = MergeRecord.objects.create(
        kept=first,
        merged=second,
        reason=reason.strip(),
        by=actor,
        at=now,
        moved={label: keys for label, keys in moved.items() if keys},
    )
    audit.record(actor, "people.person.merge", record, detail={"reason": reason.strip()})
    return record


@transaction.atomic
def undo_merge(record: MergeRecord, *, actor: User, now: datetime) -> MergeRecord:
    """Does: gives back to the second file what the merge took from it. Refuses: after thirty days, twice, or
    when what was done since cannot be told apart. Leaves behind: both files as they were, audit; what was
    written since stays with the file that was kept."""
    row = MergeRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if row.undone_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette fusion est déjà annulée."))
    if not row.can_be_undone(now):
        raise Refused(Code.DATE_INVALID, _("Une fusion s’annule dans les trente jours : ce délai est passé."))
    first, second = _locked(row.kept, row.merged)
    if first.merged_into_id or first.erased_at:
        raise Refused(
            Code.NOT_ALLOWED, _("La fiche gardée n’est plus en usage : annulez d’abord ce qui a suivi.")
        )
    for key in (*person_keys(), _Key(User, "person")):
        _set(key, row.moved.get(key.label, []), first, second)
    about = Deadline.objects.filter(pk__in=row.moved.get(ABOUT_DEADLINE, []), about_id=str(first.pk))
    about.update(about_id=str(second.pk))
    Person.objects.filter(pk=second.pk).update(merged_into=None)
    row.undone_at, row.undone_by = now, actor
    row.save(update_fields=["undone_at", "undone_by"])
    audit.record(actor, "people.person.unmerge", row)
    return row


def person_keys() -> list[_Key]:
    """Every column of every room that names a person and may change file, in one order."""
    keys = [_Key(model, column) for model, column in columns_naming_persons()]
    return [key for key in keys if key.label not in STAYS]


def _locked(one: Person, other: Person) -> tuple[Person, Person]:
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=(one.pk, other.pk)).order_by("pk")
    by_key = {row.pk: row for row in rows}
    return by_key[one.pk], by_key[other.pk]


def _refuse_out_of_use(*files: Person) -> None:
    for one in files:
        if one.merged_into_id:
            raise Refused(Code.ALREADY_DONE, _("Une de ces fiches est déjà fusionnée avec une autre."))
        if one.erased_at:
            raise Refused(Code.NOT_ALLOWED, _("Une de ces fiches est effacée : elle n’est plus à personne."))


def _refuse_two_accounts(first: Person, second: Person) -> None:
    accounts = {account.person_id: account for account in User.objects.filter(person__in=(first, second))}
    if len(accounts) < 2 or not accounts[second.pk].is_active:
        return
    if accounts[first.pk].is_active:
        sentence = _("Chaque fiche a un compte ouvert : fermez d’abord celui qui ne sert plus.")
    else:
        sentence = _("Le compte ouvert est celui de l’autre fiche : c’est elle qu’il faut garder.")
    raise Refused(Code.DUPLICATE, sentence)


def _move(key: _Key, source: Person, target: Person) -> list[Any]:
    """Moves the rows of one column; gives their keys. One that never changes stays."""
    if key.is_append_only:
        return []
    rows = key.model._base_manager.filter(**{key.column: source}).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    if key.label in MAY_REST:
        return [one for one in keys if _moves_alone(key, one, source, target)]
    _set(key, keys, source, target)
    return keys


def _moves_alone(key: _Key, one: Any, source: Person, target: Person) -> bool:
    try:
        _set(key, [one], source, target)
    except Refused:
        return False
    return True


def _set(key: _Key, keys: Iterable[Any], source: Person, target: Person) -> None:
    """Changes the file of rows, whose content stays frozen; says which kind contradicts another."""
    rows = key.model._base_manager.filter(**{key.column: source}, pk__in=list(keys))
    try:
        with _unfrozen(key.model), transaction.atomic():
            rows.update(**{key.column: target})
    except IntegrityError as error:
        words = {"what": key.model._meta.verbose_name_plural}
        raise Refused(
            Code.DUPLICATE,
            _(
                "Les deux fiches portent des %(what)s qui se recouvrent : arrêtez ou corrigez l’une des deux"
                " avant de continuer."
            )
            % words,
        ) from error


@contextmanager
def _unfrozen(model: type[models.Model]) -> Iterator[None]:
    """Whose row it is changes here and nowhere else; the other triggers of the table go on."""
    frozen = [
        f"{model._meta.label}:{trigger.name}"
        for trigger in _triggers(model)
        if isinstance(trigger, pgtrigger.Protect) and "UPDATE" in str(trigger.operation)
    ]
    with ExitStack() as stack:
        if frozen:
            stack.enter_context(pgtrigger.ignore(*frozen))
        yield


def _triggers(model: type[models.Model]) -> list[Any]:
    return list(getattr(model._meta, "triggers", []))


def _move_deadlines(source: Person, target: Person) -> list[int]:
    """A date about the person themselves is found again from the file that stays, unless it has its own."""
    said, wanted = audit.about(source), audit.about(target)
    own = Deadline.objects.filter(**wanted).values_list("kind", flat=True)
    rows = Deadline.objects.filter(**said).exclude(kind__in=list(own)).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    Deadline.objects.filter(pk__in=keys).update(about_id=wanted["about_id"])
    return keys


def _move_account(source: Person, target: Person) -> list[int]:
    if User.objects.filter(person=target).exists():
        return []
    keys = list(User.objects.filter(person=source).values_list("pk", flat=True))
    User.objects.filter(pk__in=keys).update(person=target)
    return keys


def _movements(record: MergeRecord) -> Iterator[Movement]:
    moved: Counter[type[models.Model]] = Counter()
    followed: Counter[type[models.Model]] = Counter()
    for key in (*person_keys(), _Key(User, "person")):
        moved[key.model] += len(record.moved.get(key.label, []))
        followed[key.model] += key.model._base_manager.filter(**{key.column: record.merged}).count()
    for model in sorted(moved | followed, key=lambda one: str(one._meta.verbose_name_plural)):
        yield Movement(str(model._meta.verbose_name_plural), moved[model], followed[model])
