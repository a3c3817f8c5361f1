"""A new version of the rules of pay, judged on worked cases before it is taken in (pay design §14)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounting.calculations.pay.judging import (
    Key,
    Moved,
    figures_of_cases,
    figures_of_snapshots,
    moved,
    refused,
)
from accounting.calculations.pay.situations import PaySituation
from accounting.calculations.pay.vocabulary import GROSS, READ, USED, per_month, told
from accounting.engines.pay_archives import Archive, read_archive, write_folder
from accounting.engines.pay_rules import (
    Change,
    Engine,
    Rules,
    RulesUnreadable,
    Source,
    UnknownRule,
    changed,
    read_rules,
)
from accounting.models import PayrollOverride, PayrollRuleset
from accounting.selectors.pay_rules import change_of, rules_of
from accounting.services.pay_rules import draft_ruleset
from cae.core.errors import Code, Refused
from cae.core.periods import Month

# The month of the worked cases: a version that covers it is compared with the one that it follows.
CASES_MONTH = Month(2026, 11)
_RATE, _ONE_THOUSAND = Decimal("0.011"), Decimal(1000)
# Below the minimum wage, at it, between it and three of it, at the ceiling, above.
_PROBES = ("500", "1867.02", "2500", "4005", "6000")
_CONTRIBUTIONS = "salarié . cotisations . "


@dataclass(frozen=True)
class Judgement:
    """What a published version changes, as read from the worked cases."""

    archive: Archive
    former: str
    moved: tuple[Moved, ...]
    needless: tuple[PayrollOverride, ...]
    vanished: tuple[str, ...]
    appeared: tuple[str, ...]


@contextmanager
def _engine(source: Source, rules: Rules) -> Iterator[Engine]:
    engine = Engine(source, rules)
    try:
        yield engine
    finally:
        engine.close()


def judge_rules(
    path: Path, sha256: str, *, cases: Mapping[str, Any], snapshots: Mapping[str, Any] | None, today: date
) -> Judgement:
    """Does: plays the worked cases under the rules in force and under those of an archive. Refuses: a file
    that is not the announced one, or holds no rules. Leaves behind: nothing."""
    try:
        archive = read_archive(path, sha256)
    except (OSError, RulesUnreadable) as error:
        raise Refused(
            Code.FILE_REFUSED,
            _("Cette archive n’est pas celle qui était annoncée, ou ne contient pas de règles : %(what)s.")
            % {"what": str(error)},
            field="archive",
        ) from error
    try:
        return _judged(archive, cases, snapshots, today)
    except (RulesUnreadable, UnknownRule) as error:
        raise Refused(
            Code.FILE_REFUSED,
            _("Ces règles ne se chargent pas, ou ne connaissent plus un cas : %(what)s.")
            % {"what": str(error).strip().partition("\n")[0]},
            field="archive",
        ) from error


def _judged(
    archive: Archive, cases: Mapping[str, Any], snapshots: Mapping[str, Any] | None, today: date
) -> Judgement:
    current = rules_of(CASES_MONTH)
    overrides = list(PayrollOverride.objects.in_force(CASES_MONTH.first).order_by("code"))
    applicable = [row for row in overrides if _applies(archive.rules, change_of(row))]
    source = Source(current.source.folder, tuple(change_of(row) for row in applicable))
    with _engine(current.source, read_rules(current.source.folder)) as engine:
        old = _figures(engine, cases, snapshots)
    with _engine(source, archive.rules) as engine:
        vanished = tuple(name for name in USED if not _knows(engine, name))
        new = {} if vanished else _figures(engine, cases, snapshots)
        probed = [_read(engine, gross) for gross in _PROBES]
    return Judgement(
        archive=archive,
        former=current.version,
        moved=() if vanished else tuple(moved(old, new)),
        needless=tuple(
            row
            for row in overrides
            if (row.ends_on is None or row.ends_on >= today)
            and (row not in applicable or _read_without(row, applicable, source, archive.rules) == probed)
        ),
        vanished=vanished,
        appeared=_appeared(read_rules(current.source.folder), archive.rules),
    )


def _figures(engine: Engine, cases: Mapping[str, Any], snapshots: Mapping[str, Any] | None) -> dict[Key, Any]:
    found = figures_of_cases(engine.compute, cases)
    return found | figures_of_snapshots(engine.compute, snapshots) if snapshots else found


def _applies(rules: Rules, change: Change) -> bool:
    try:
        changed(rules, [change])
    except RulesUnreadable:
        return False
    return True


def _read_without(
    row: PayrollOverride, applicable: Sequence[PayrollOverride], source: Source, rules: Rules
) -> list[dict[str, Any]]:
    """What these rules say, without this override, of pays of each kind."""
    others = Source(source.folder, tuple(change_of(one) for one in applicable if one.pk != row.pk))
    with _engine(others, rules) as engine:
        return [_read(engine, gross) for gross in _PROBES]


def _read(engine: Engine, gross: str) -> dict[str, Any]:
    words = told(PaySituation(300, _RATE, cadre=True), CASES_MONTH)
    return engine.compute({**words, GROSS: f"{gross} €/mois"}, READ)


def _knows(engine: Engine, name: str) -> bool:
    words = told(PaySituation(300, _RATE), CASES_MONTH) | {GROSS: per_month(_ONE_THOUSAND)}
    try:
        engine.compute(words, [name])
    except UnknownRule:
        return False
    return True


def _appeared(old: Rules, new: Rules) -> tuple[str, ...]:
    return tuple(name for name in new if name.startswith(_CONTRIBUTIONS) and name not in old)


def take_in_rules(
    judgement: Judgement, *, accepted: Mapping[str, str], vendor: Path, actor: Any
) -> PayrollRuleset:
    """Does: keeps a judged version with the program, as a draft. Refuses: a name that we use and that is no
    longer there; an override that is no longer needed; a difference that nobody accepted with a reason; a
    version already there. Leaves behind: the folder, the draft, audit; no month uses it yet."""
    if judgement.vanished:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ces règles ne connaissent plus : %(names)s.") % {"names": ", ".join(judgement.vanished)},
        )
    if judgement.needless:
        raise Refused(
            Code.VALUE_INVALID,
            _("Cette version rend inutile une correction : arrêtez d’abord « %(label)s ».")
            % {"label": judgement.needless[0].label},
        )
    wrong = refused(judgement.moved, accepted)
    if wrong:
        names = sorted({one.case for one in wrong})
        raise Refused(
            Code.VALUE_INVALID,
            _("Des montants changent de plus de 0,05 € : acceptez chaque cas avec son motif (%(cases)s).")
            % {"cases": ", ".join(names)},
        )
    archive, folder = judgement.archive, vendor / judgement.archive.version
    try:
        digest = write_folder(folder, archive, vendor / judgement.former)
    except FileExistsError as error:
        raise Refused(
            Code.DUPLICATE, _("Cette version des règles de paie est déjà connue."), field="version"
        ) from error
    try:
        return draft_ruleset(
            archive.version,
            dated_on=archive.dated_on,
            sha256=digest,
            accepted={one.case: accepted[one.case] for one in judgement.moved if one.case in accepted},
            actor=actor,
        )
    except Refused:
        shutil.rmtree(folder)
        raise
