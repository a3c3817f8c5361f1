"""A version is drafted, confirmed line by line with its article, then in force; what is refused changes
nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.canonical import sha256_of
from cae.core.errors import Code
from cae.core.models import AuditEntry
from governance.calculations.rules import KEYS, RuleMissing, canonical_lines
from governance.models import College, FoundingText, RuleLine, RuleSet
from governance.selectors.rule_sets import (
    before,
    doubts_of,
    next_line,
    rule_sets_visible_to,
    sections_of,
    statutes_in_force,
    unchanged_lines,
)
from governance.selectors.rules import (
    freeze,
    labels,
    missing_for,
    occasion_of,
    rule_set_of,
    rules_in_force,
    rules_of,
    value_words,
)
from governance.services.founding_texts import MEGABYTES, file_text
from governance.services.rule_sets import (
    RuleSetData,
    change_line,
    change_rule_set,
    confirm_line,
    confirm_rule_set,
    confirm_unchanged,
    discard_rule_set,
    draft_from_last,
    draft_from_preset,
)
from governance.states.assemblies import AssemblyMode, AssemblyState, ResolutionState
from governance.states.rules import DecisionKind, RuleForm, RuleSetState, TextKind
from governance.states.votes import Method
from people.states import RoleKind
from tests.factories.governance import (
    VALUES,
    make_assembly,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

DAY = date(2027, 1, 1)
DATA = RuleSetData(valid_from=DAY, reason="statuts du 12 juin")
NOW = timezone.now


def draft(form: str = RuleForm.SCOP_SARL) -> RuleSet:
    return draft_from_preset(form=form, data=DATA, actor=make_organiser())


def filled(row: RuleSet, **values: str) -> RuleSet:
    """Every line confirmed as the factory’s statutes say; the version is still a draft."""
    actor = make_organiser()
    for line in row.lines.all():
        value = values.get(line.key.replace(".", "__"), VALUES.get(line.key, ""))
        confirm_line(line, value=value, article="art. 1" if value else "", actor=actor, at=NOW())
    return row


def confirmed(row: RuleSet, **values: str) -> RuleSet:
    """Every line confirmed as the factory’s statutes say, then the version."""
    return confirm_rule_set(filled(row, **values), actor=make_organiser())


def test_a_preset_opens_a_draft_of_which_nothing_is_confirmed() -> None:
    row = draft()
    assert (row.number, row.state, row.form) == (1, RuleSetState.DRAFT, RuleForm.SCOP_SARL)
    assert [line.key for line in row.lines.all()] == [key.code for key in KEYS]
    assert not row.lines.filter(confirmed_at__isnull=False).exists()
    line = row.lines.get(key="decision.ordinary.1")
    assert (line.value, line.article, line.to_check) == (
        "none all_members 1/2 strict",
        "Statuts types de Scop SARL, art. 26-31",
        False,
    )
    assert row.lines.get(key="tie").value == ""
    assert rules_in_force(DAY) is None
    assert AuditEntry.objects.filter(verb="governance.ruleset.draft", about_id=str(row.pk)).exists()


def test_what_is_no_draft() -> None:
    actor = make_organiser()
    with refused(Code.VALUE_INVALID, "form"):
        draft_from_preset(form="gie", data=DATA, actor=actor)
    silent = RuleSetData(valid_from=DAY, reason=" ")
    with refused(Code.VALUE_MISSING, "reason"):
        draft_from_preset(form="scop_sa", data=silent, actor=actor)
    with refused(Code.VALUE_MISSING):
        draft_from_last(data=DATA, actor=actor)
    draft()
    with refused(Code.DUPLICATE):
        draft_from_preset(form="scop_sa", data=DATA, actor=actor)


def test_a_version_begins_after_the_one_in_force() -> None:
    actor = make_organiser()
    make_rule_set(valid_from=DAY)
    with refused(Code.DATE_BEFORE_LAST, "valid_from"):
        draft_from_preset(form=RuleForm.SCOP_SARL, data=DATA, actor=actor)
    later = RuleSetData(valid_from=DAY + timedelta(days=1), reason="révision")
    row = draft_from_last(data=later, actor=actor)
    with refused(Code.DATE_BEFORE_LAST, "valid_from"):
        change_rule_set(row, data=DATA, actor=actor)


def test_a_line_is_confirmed_with_its_article() -> None:
    row, actor = draft(), make_organiser()
    line = row.lines.get(key="notice_days")
    for value in ("quinze", "-3", "1/4", "9" * 201):
        with refused(Code.VALUE_INVALID, "value"):
            confirm_line(line, value=value, article="art. 1", actor=actor, at=NOW())
    with refused(Code.VALUE_MISSING, "article"):
        confirm_line(line, value="21", article=" ", actor=actor, at=NOW())
    line.refresh_from_db()
    assert (line.value, line.confirmed_at) == ("15", None)
    confirm_line(line, value=" 21 ", article=" art. 27 ", actor=actor, at=NOW())
    line.refresh_from_db()
    assert (line.value, line.article, line.confirmed_by, line.to_check) == ("21", "art. 27", actor, False)
    change_line(line, value="22", article="art. 27", actor=actor)
    line.refresh_from_db()
    assert (line.value, line.confirmed_at, line.confirmed_by) == ("22", None, None)
    # What the statutes do not decide is confirmed empty, without article.
    tie = confirm_line(row.lines.get(key="tie"), value="", article="", actor=actor, at=NOW())
    assert tie.confirmed_by == actor


def test_a_version_comes_into_force_once_every_line_is_confirmed() -> None:
    row, actor = draft(), make_organiser()
    with refused(Code.VALUE_MISSING):
        confirm_rule_set(row, actor=actor)
    done = confirmed(row)
    assert done.state == RuleSetState.CONFIRMED
    values = {line.key: line.value for line in row.lines.all() if line.value}
    assert values == VALUES
    assert freeze(done) == (values, sha256_of(list(canonical_lines(values))))
    assert done.sha256 == freeze(done)[1]
    assert rules_in_force(DAY) == done
    assert rules_in_force(DAY - timedelta(days=1)) is None


def test_a_version_decided_changes_no_more() -> None:
    row = confirmed(draft())
    line, actor = row.lines.get(key="tie"), make_organiser()
    for act in (
        lambda: change_line(line, value="draw", article="art. 2", actor=actor),
        lambda: confirm_line(line, value="draw", article="art. 2", actor=actor, at=NOW()),
        lambda: change_rule_set(row, data=DATA, actor=actor),
        lambda: confirm_unchanged(row, actor=actor, at=NOW()),
        lambda: confirm_rule_set(row, actor=actor),
        lambda: discard_rule_set(row, actor=actor),
    ):
        with refused(Code.ILLEGAL_MOVE):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleLine.objects.filter(pk=line.pk).update(value="draw")
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSet.objects.filter(pk=row.pk).update(reason="autre")
    assert freeze(row)[1] == row.sha256


def test_lines_that_do_not_hold_together_are_not_put_in_force() -> None:
    row, actor = filled(draft(), additions_open_days="5", additions_close_days="15"), make_organiser()
    with refused(Code.VALUE_INVALID):
        confirm_rule_set(row, actor=actor)
    assert [(doubt.key, doubt.is_fault) for doubt in doubts_of(row)] == [("additions_close_days", True)]


def test_weights_are_those_of_the_colleges() -> None:
    one, two = College.objects.create(name="Salarié·es"), College.objects.create(name="Bénéficiaires")
    row, actor = draft(), make_organiser()
    for weights in (f"{one.pk}:100", f"{one.pk}:60 {two.pk}:30"):
        filled(row, college_weights=weights)
        with refused(Code.VALUE_INVALID):
            confirm_rule_set(row, actor=actor)
    RuleSet.objects.filter(pk=row.pk).update(form=RuleForm.SCIC_SARL)
    row.refresh_from_db()
    assert [doubt.sentence for doubt in doubts_of(row)] == [
        "Une SCIC a au moins 3 collèges (art. 19 octies, à confirmer).",
        "Un collège pèse au plus 50 % des voix (art. 19 octies, à confirmer).",
        "Les poids des collèges font 90 en tout : ils doivent faire 100.",
    ]
    done = confirmed(row, college_weights=f"{one.pk}:60 {two.pk}:40")
    assert rules_in_force(DAY) == done
    words = value_words("college_weights", f"{one.pk}:60 {two.pk}:40")
    assert words == "Salarié·es : 60, Bénéficiaires : 40"


def test_a_new_version_starts_from_the_last_and_shows_what_changed() -> None:
    first = confirmed(draft())
    later = RuleSetData(valid_from=DAY + timedelta(days=365), reason="révision")
    row = draft_from_last(data=later, actor=make_organiser())
    assert not row.lines.filter(confirmed_at__isnull=False).exists()
    assert before(row) == first
    assert len(unchanged_lines(row)) == len(KEYS)
    change_line(row.lines.get(key="notice_days"), value="21", article="art. 27", actor=make_organiser())
    shown = [line for section in sections_of(row, first) for line in section.lines if line.former is not None]
    assert [(one.line.key, one.former, one.words) for one in shown] == [
        ("notice_days", "15 jours", "21 jours")
    ]
    actor = make_organiser()
    assert confirm_unchanged(row, actor=actor, at=NOW()) == len(KEYS) - 1
    with refused(Code.ALREADY_DONE):
        confirm_unchanged(row, actor=actor, at=NOW())
    last = row.lines.get(confirmed_at__isnull=True)
    assert next_line(row, row.lines.get(key="tie")) == last
    assert next_line(row, last) is None
    confirm_line(last, value="21", article="art. 27", actor=make_organiser(), at=NOW())
    confirm_rule_set(row, actor=make_organiser())
    assert rules_in_force(DAY) == first
    assert rules_in_force(later.valid_from) == row


def test_a_draft_given_up_makes_room_for_another() -> None:
    row = discard_rule_set(draft(), actor=make_organiser())
    assert row.state == RuleSetState.DISCARDED
    assert draft().number == 2


def test_associates_see_confirmed_versions_only() -> None:
    member, _associate = make_member()
    row = draft()
    assert not rule_sets_visible_to(member).exists()
    assert rule_sets_visible_to(make_user(RoleKind.AUDITOR)).get() == row
    confirmed(row)
    assert rule_sets_visible_to(member).get() == row


def test_an_assembly_reads_frozen_rules_once_convened() -> None:
    rules = make_rule_set(valid_from=BEGINNING)
    preparing = make_assembly(state=AssemblyState.DRAFT)
    assert rule_set_of(preparing) == rules
    assert rules_of(preparing).integer("notice_days") == 15
    called = make_assembly(rule_set=rules)
    called.rules = called.rules | {"notice_days": "8"}
    assert rules_of(called).integer("notice_days") == 8


def test_what_an_assembly_misses_follows_its_agenda() -> None:
    make_rule_set(without=("tie", "remote"))
    assembly = make_assembly(state=AssemblyState.DRAFT, mode=AssemblyMode.ROOM)
    make_resolution(assembly)
    assert missing_for(assembly) == []
    make_resolution(assembly, method=Method.NAMES, decision_kind=DecisionKind.BOARD_ELECTION)
    make_resolution(assembly, method=Method.SCHULZE, state=ResolutionState.WITHDRAWN)
    occasion = occasion_of(assembly)
    assert occasion.methods == {Method.RESOLUTION, Method.NAMES}
    assert occasion.decisions == {DecisionKind.ORDINARY, DecisionKind.BOARD_ELECTION}
    assert (occasion.call, occasion.colleges, occasion.remote) == (1, False, False)
    assert missing_for(assembly) == ["tie"]
    assembly.mode = AssemblyMode.BOTH
    assert missing_for(assembly) == ["tie", "remote"]


def test_an_assembly_without_rules_misses_everything_it_needs() -> None:
    assembly = make_assembly(state=AssemblyState.DRAFT)
    assert "notice_days" in missing_for(assembly)
    with pytest.raises(RuleMissing):
        rules_of(assembly).integer("notice_days")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (
            "decision.ordinary.1",
            "none all_members 1/2 strict",
            "sans quorum ; plus de la moitié du total des associé·es",
        ),
        (
            "decision.extraordinary.1",
            "3/4 present_or_represented 3/4 at_least",
            "quorum : au moins les trois quarts des associé·es ; au moins les trois quarts des associé·es "
            "présent·es ou représenté·es",
        ),
        (
            "decision.ordinary.2",
            "1/7 expressed 3/5 strict",
            "quorum : au moins 1/7 des associé·es ; plus de 3/5 des suffrages exprimés",
        ),
        (
            "decision.ordinary.2",
            "none expressed 3/5 at_least",
            "sans quorum ; au moins 3/5 des suffrages exprimés",
        ),
        ("tie", "age", "la personne la plus âgée l’emporte"),
        ("tie", "", "non décidé"),
        ("tie", "luck", "luck"),
        ("proxy_cap", "legal", "le plafond légal : 1 sous 20 associé·es, puis un vingtième des associé·es"),
        ("proxy_cap", "2", "2 pouvoirs"),
        ("notice_days", "15", "15 jours"),
        ("additions_open_days", "15", "15 jours avant l’assemblée"),
        ("correspondence_days", "1", "1 jour avant l’assemblée"),
        ("additions_threshold", "1/20", "1/20 des associé·es"),
        ("capital_floor", "1/4", "1/4 du capital le plus haut atteint"),
        ("manager_term_months", "24", "24 mois"),
        ("manager_terms_most", "3", "3 mandats"),
        ("refund_years", "5", "5 ans"),
        ("consent_minimum", "1", "1 personne"),
    ],
)
def test_a_value_reads_as_a_sentence(key: str, value: str, words: str) -> None:
    assert value_words(key, value, {}) == words


def test_labels_name_the_call() -> None:
    assert labels("decision.manager_election.2") == "Élection de la gérance, deuxième convocation"
    assert labels("tie") == "Égalité dans une élection"


PDF = b"%PDF-1.7\n%%EOF"


def filed(**more: Any) -> FoundingText:
    known = {
        "kind": TextKind.STATUTES,
        "title": "Statuts du 12 juin",
        "valid_from": DAY,
        "decision": "AGE du 12 juin",
        "content": PDF,
        "name": "statuts.pdf",
        "today": timezone.localdate(),
        "actor": more.get("actor") or make_organiser(),
    }
    return file_text(**(known | more))


def test_founding_texts_are_kept_by_version() -> None:
    make_cooperative()
    first = filed()
    assert (first.document.mime, first.document.name) == ("application/pdf", "statuts.pdf")
    second = filed(valid_from=DAY + timedelta(days=400), title="Statuts de 2028")
    other = filed(kind=TextKind.INTERNAL_RULES, title="Règlement intérieur")
    assert statutes_in_force(DAY) == [other, first]
    assert statutes_in_force(second.valid_from) == [other, second]


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"kind": "poem"}, Code.VALUE_INVALID, "kind"),
        ({"title": " "}, Code.VALUE_MISSING, "title"),
        ({"content": b"MZ\x00\x00"}, Code.FILE_REFUSED, "file"),
        ({"content": b"bonjour"}, Code.FILE_REFUSED, "file"),
        ({"content": PDF + b"0" * MEGABYTES * 1024 * 1024}, Code.FILE_REFUSED, "file"),
        ({"valid_from": DAY}, Code.DUPLICATE, "valid_from"),
    ],
)
def test_what_is_no_founding_text(more: dict[str, Any], code: Code, field: str) -> None:
    make_cooperative()
    if code == Code.DUPLICATE:
        filed()
    actor = make_organiser()
    with refused(code, field):
        filed(actor=actor, **more)
