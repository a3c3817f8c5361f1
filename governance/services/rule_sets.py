"""Rule sets: drafted from a preset or from the set in force, confirmed line by line, then in force
(GOV-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.turns import take_turn
from cae.core.workflow import performs
from governance.calculations.presets import preset_of
from governance.calculations.rules import BY_CODE, KEYS, is_valid
from governance.models import FoundingText, RuleLine, RuleSet
from governance.selectors.rule_sets import doubts_of, last_confirmed, unchanged_lines
from governance.selectors.rules import freeze
from governance.states.rules import RULE_SET_FLOW, RuleForm, RuleSetState
from people.models import User
from people.services.changes import refuse_long, require_text, write


@dataclass(frozen=True)
class RuleSetData:
    """What is typed of a version."""

    valid_from: date
    reason: str
    statutes: FoundingText | None = None


@transaction.atomic
def draft_from_preset(*, form: str, data: RuleSetData, actor: User) -> RuleSet:
    """Does: opens a version with the lines of a legal form, none of them confirmed. Refuses: an unknown form,
    another draft, no reason, a day before the set in force. Leaves behind: the draft, its lines, audit."""
    if form not in RuleForm.values:
        raise Refused(Code.VALUE_INVALID, _("Cette forme n’existe pas."), field="form")
    row = _draft(form, data, actor)
    RuleLine.objects.bulk_create(
        RuleLine(rule_set=row, key=key, value=line.value, article=line.source[:160], to_check=line.to_check)
        for key, line in preset_of(form).items()
    )
    audit.record(actor, "governance.ruleset.draft", row, detail={"kind": form})
    return row


@transaction.atomic
def draft_from_last(*, data: RuleSetData, actor: User) -> RuleSet:
    """Does: opens a version with the lines of the last one confirmed, all to be confirmed again. Refuses: no
    set confirmed yet, another draft, no reason, a day before that set’s. Leaves behind: the draft, its lines,
    audit."""
    last = last_confirmed()
    if last is None:
        raise Refused(Code.VALUE_MISSING, _("Aucune version n’est encore confirmée : partez d’un modèle."))
    row = _draft(last.form, data, actor)
    held = {line.key: line for line in last.lines.all()}
    empty = RuleLine()
    RuleLine.objects.bulk_create(
        RuleLine(
            rule_set=row,
            key=key.code,
            value=held.get(key.code, empty).value,
            article=held.get(key.code, empty).article,
            to_check=held.get(key.code, empty).to_check,
        )
        for key in KEYS
    )
    audit.record(actor, "governance.ruleset.draft", row, detail={"of": house_words(last)})
    return row


def _draft(form: str, data: RuleSetData, actor: User) -> RuleSet:
    take_turn("governance.rule_sets")
    if RuleSet.objects.filter(state=RuleSetState.DRAFT).exists():
        raise Refused(
            Code.DUPLICATE, _("Une version est déjà en préparation : terminez-la ou abandonnez-la d’abord.")
        )
    _check(data)
    number = (RuleSet.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    return RuleSet.objects.create(number=number, form=form, created_by=actor, **vars(data))


def _check(data: RuleSetData) -> None:
    require_text(data.reason, "reason", _("Dites d’où viennent ces règles : statuts, décision d’assemblée…"))
    refuse_long(data.reason, "reason", 250)
    last = last_confirmed()
    if last is not None and data.valid_from <= last.valid_from:
        raise Refused(
            Code.DATE_BEFORE_LAST,
            _("La version %(number)d vaut déjà à partir de ce jour ou d’un jour plus récent.")
            % {"number": last.number},
            field="valid_from",
        )


@transaction.atomic
def change_rule_set(rule_set: RuleSet, *, data: RuleSetData, actor: User) -> RuleSet:
    """Does: changes the day, the reason, the statutes of a draft. Refuses: a version decided, no reason, a
    day before the set in force. Leaves behind: audit with the values before and after."""
    row = _locked_draft(rule_set)
    # After the row, as whoever confirms it.
    take_turn("governance.rule_sets")
    _check(data)
    changed = write(row, data)
    row.save()
    audit.record(actor, "governance.ruleset.change", row, detail=changed)
    return row


@transaction.atomic
def change_line(line: RuleLine, *, value: str, article: str, actor: User) -> RuleLine:
    """Does: writes the value of a line and its article; its confirmation, if any, falls. Refuses: a version
    decided, a value that is not of its shape, too long an article. Leaves behind: the line to be confirmed,
    audit."""
    row = _locked_line(line)
    _write_line(row, value, article)
    row.confirmed_by, row.confirmed_at = None, None
    row.save()
    _record(row, "governance.ruleline.change", actor)
    return row


@transaction.atomic
def confirm_line(line: RuleLine, *, value: str, article: str, actor: User, at: datetime) -> RuleLine:
    """Does: writes a line as somebody read it in the statutes, and confirms it; an empty value says that the
    statutes decide nothing. Refuses: a version decided, a value that is not of its shape, a value without its
    article. Leaves behind: who confirmed and when, audit."""
    row = _locked_line(line)
    _write_line(row, value, article)
    if row.value:
        require_text(
            row.article, "article", _("Citez l’article des statuts ou du règlement dont elle vient.")
        )
    row.confirmed_by, row.confirmed_at, row.to_check = actor, at, False
    row.save()
    _record(row, "governance.ruleline.confirm", actor)
    return row


@transaction.atomic
def confirm_unchanged(rule_set: RuleSet, *, actor: User, at: datetime) -> int:
    """Does: confirms in one gesture the lines that say, of the same article, what the set in force says.
    Refuses: a version decided, nothing to confirm. Leaves behind: who and when on each, audit; gives how
    many."""
    row = _locked_draft(rule_set)
    same = [line for line in unchanged_lines(row) if line.confirmed_at is None]
    if not same:
        raise Refused(Code.ALREADY_DONE, _("Aucune règle inchangée n’attend d’être confirmée."))
    RuleLine.objects.filter(pk__in=[line.pk for line in same]).update(confirmed_by=actor, confirmed_at=at)
    audit.record(actor, "governance.ruleset.confirm_unchanged", row)
    return len(same)


@performs(RULE_SET_FLOW, "confirm")
def confirm_rule_set(rule_set: RuleSet, *, actor: User) -> None:
    """Does: puts a version in force from its day. Refuses: a line that nobody confirmed, lines that do not
    hold together, a day that another version already has. Leaves behind: the hash that assemblies freeze,
    audit."""
    take_turn("governance.rule_sets")
    waiting = rule_set.lines.filter(confirmed_at__isnull=True).count()
    if waiting:
        raise Refused(
            Code.VALUE_MISSING,
            _("Confirmez d’abord chaque règle : il en reste %(count)d.") % {"count": waiting},
        )
    _check(RuleSetData(rule_set.valid_from, rule_set.reason, rule_set.statutes))
    faults = [doubt.sentence for doubt in doubts_of(rule_set) if doubt.is_fault]
    if faults:
        raise Refused(Code.VALUE_INVALID, faults[0])
    rule_set.confirmed_by = actor
    _values, rule_set.sha256 = freeze(rule_set)


@performs(RULE_SET_FLOW, "discard")
def discard_rule_set(rule_set: RuleSet, *, actor: User) -> None:
    """Does: gives up a draft; it stays to be read. Refuses: nothing more than the state. Leaves behind:
    audit."""


def _locked_draft(rule_set: RuleSet) -> RuleSet:
    row = RuleSet.objects.select_for_update(of=("self",)).get(pk=rule_set.pk)
    if row.state != RuleSetState.DRAFT:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cette version est décidée : préparez-en une nouvelle pour changer une règle."),
        )
    return row


def _locked_line(line: RuleLine) -> RuleLine:
    _locked_draft(line.rule_set)
    return RuleLine.objects.select_for_update(of=("self",)).select_related("rule_set").get(pk=line.pk)


def _write_line(row: RuleLine, value: str, article: str) -> None:
    value = " ".join(value.split())
    refuse_long(article, "article", 160)
    if len(value) > 200 or not is_valid(BY_CODE[row.key], value):
        raise Refused(Code.VALUE_INVALID, _("Cette valeur n’a pas la forme attendue."), field="value")
    row.value, row.article = value, article.strip()


def _record(row: RuleLine, verb: str, actor: User) -> None:
    audit.record(actor, verb, row.rule_set, detail={"name": row.key, "value": row.value})
