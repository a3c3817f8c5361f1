"""What a vote freezes when it opens: its rule in words and in figures, what is offered, its warnings."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cae.core.errors import Code, Refused
from governance.calculations.rules import RuleMissing, decision_key
from governance.models import Associate, CorrespondenceForm, RuleLine, Vote
from governance.selectors.assemblies import text_of
from governance.selectors.elections import warnings_of
from governance.selectors.rules import decision_words, labels, majority_words, rules_of
from governance.selectors.vote_papers import amendment_text, answers_of, candidates_offered, method_of
from governance.selectors.votes import first_round, last_result
from governance.states.assemblies import AmendmentState
from governance.states.rules import DecisionKind
from governance.states.votes import Method

_EVERYWHERE = ("blank_ballots", "casting_vote", "ballot_final")
_OF_METHOD: dict[str, tuple[str, ...]] = {
    Method.LIST: ("tie",),
    Method.NAMES: ("tie",),
    Method.TRANSFERABLE: ("tie",),
    Method.MAJORITY_JUDGMENT: ("median",),
    Method.SCHULZE: ("schulze_strength",),
    Method.CONSENT: ("consent_minimum",),
}
# The tie rule of the statutes also parts those whom these methods leave together, where there is one.
_IF_ANY = (Method.MAJORITY_JUDGMENT, Method.SCHULZE)
_OF_COLLEGES = ("college_weights", "college_report", "empty_college", "college_abstentions")
WEIGHTED = (Method.RESOLUTION, Method.LIST, Method.NAMES)
RELATIVE = "relative"


def new_seed() -> str:
    """The seed of a public draw, published with the vote: nobody knows it before."""
    return secrets.token_hex(16)


def refuse_rules_missing(vote: Vote) -> None:
    """Raises Refused when the vote needs a convention that the frozen rules leave empty."""
    try:
        _settings(vote)
    except RuleMissing as missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("Les règles de cette assemblée ne disent rien de : %(rule)s. Ce vote ne peut pas s’ouvrir.")
            % {"rule": labels(missing.code)},
        ) from None


def _settings(vote: Vote) -> dict[str, str]:
    rules, method = rules_of(vote.assembly), method_of(vote)
    rule_key = decision_key(vote.resolution.decision_kind, vote.assembly.call_number)
    found = {"key": rule_key, "decision": rules.text(rule_key)}
    for code in (*_EVERYWHERE, *_OF_METHOD.get(method, ()), "quorum_base", "quorum_moment"):
        found[code] = rules.text(code)
    if method in WEIGHTED and rules.weights():
        found |= {code: rules.text(code) for code in _OF_COLLEGES}
    if method in _IF_ANY:
        found |= _if_decided(rules, "tie")
    if method == Method.CONSENT and vote.resolution.minimum_participation is not None:
        found["consent_minimum"] = str(vote.resolution.minimum_participation)
    return found


def _if_decided(rules: Any, code: str) -> dict[str, str]:
    try:
        return {code: rules.text(code)}
    except RuleMissing:
        return {}


def frozen_rule(vote: Vote, electors: Counter[int | None], members: int, there: int) -> dict[str, Any]:
    """Gives what the count will read: settings, how many had the right to vote and were there, the rule in
    words, what the minutes must warn of. `electors`: those with the right to vote, by college."""
    rules, found = rules_of(vote.assembly), dict[str, Any](_settings(vote))
    decision = rules.decision(vote.resolution.decision_kind, vote.assembly.call_number)
    relative = _is_relative(vote)
    with override(settings.LANGUAGE_CODE):
        words = _("le plus grand nombre de voix") if relative else majority_words(decision)
        if (apart := _apart_words(vote)) is not None:
            words = apart
        found |= {"words": words, "whole": decision_words(decision), "warnings": _warnings(vote)}
    if relative:
        found["majority"] = RELATIVE
    return found | {
        "seats": seats_of(vote),
        "members": members,
        "there": there,
        "members_by_college": {str(college): count for college, count in electors.items() if college},
        "article": _article(vote, found["key"]),
    }


def _apart_words(vote: Vote) -> str | None:
    """Methods that no majority of the rules decides say their own rule."""
    said = {
        Method.MAJORITY_JUDGMENT: _("la meilleure mention majoritaire"),
        Method.SCHULZE: _("le premier du classement par la méthode de Schulze"),
        Method.TRANSFERABLE: _("le quotient de Droop, les reports faits"),
        Method.CONSENT: _("aucune objection, participation minimale atteinte"),
    }
    return said.get(Method(method_of(vote)))


def _is_relative(vote: Vote) -> bool:
    """The second round goes to the most voices; for the management the law asks its majority at every
    round (à confirmer)."""
    kinds = (DecisionKind.MANAGER_ELECTION, DecisionKind.MANAGER_REMOVAL)
    return vote.round == 2 and vote.resolution.decision_kind not in kinds


def _article(vote: Vote, key: str) -> str:
    line = RuleLine.objects.filter(rule_set=vote.assembly.rule_set_id, key=key).first()
    return line.article if line else ""


def seats_of(vote: Vote) -> int:
    """The seats of this round: those that the first one left."""
    if vote.round == 1:
        return vote.resolution.seats
    return int(_first_facts(vote).get("seats_left", vote.resolution.seats))


def _first_facts(vote: Vote) -> dict[str, Any]:
    first = first_round(vote.resolution)
    result = last_result(first) if first else None
    return dict(result.facts) if result else {}


def frozen_text(vote: Vote) -> str:
    """Gives what is put to the vote, in the language of the house whoever opens it."""
    with override(settings.LANGUAGE_CODE):
        return amendment_text(vote.amendment) if vote.amendment else text_of(vote.resolution)


def frozen_choices(vote: Vote) -> list[dict[str, Any]]:
    """Gives what is offered: answers, or candidates with what may part them. Raises Refused without
    candidate, or when the tie rule needs a birth date that nobody wrote."""
    method = method_of(vote)
    if answers := answers_of(method):
        with override(settings.LANGUAGE_CODE):
            return [{"key": key, "label": str(label)} for key, label in answers]
    elected = frozenset(_first_facts(vote).get("elected", ())) if vote.round == 2 else frozenset[str]()
    standing = candidates_offered(vote.resolution, elected)
    if not standing:
        raise Refused(Code.EMPTY_DOCUMENT, _("Aucune candidature : il n’y a personne à élire."))
    people = [one.person_id for one in standing if one.person_id]
    since = dict(
        Associate.objects.filter(person__in=people, left_on=None).values_list("person_id", "admitted_on")
    )
    by_age = rules_of(vote.assembly).text("tie") == "age" if "tie" in _settings(vote) else False
    unknown = [one.label for one in standing if by_age and one.person_id and one.born_on is None]
    if unknown:
        raise Refused(
            Code.VALUE_MISSING,
            _("L’âge départage les ex æquo : il manque la date de naissance de %(names)s.")
            % {"names": ", ".join(unknown)},
        )
    return [
        {
            "key": str(one.pk),
            "label": one.label,
            "born_on": one.born_on.isoformat() if one.born_on else "",
            "since": since[one.person_id].isoformat() if one.person_id in since else "",
        }
        for one in standing
    ]


def _warnings(vote: Vote) -> list[str]:
    """What differs from the statutes, and what a member could not know."""
    found = warnings_of(vote.resolution) if vote.amendment_id is None else []
    if rules_of(vote.assembly).weights() and method_of(vote) not in WEIGHTED:
        found.append(_("Ce mode de scrutin compte les voix ensemble : les collèges ne sont pas pondérés."))
    amended = vote.resolution.amendments.filter(state=AmendmentState.ADOPTED).exists()
    if vote.amendment_id is None and amended:
        forms = CorrespondenceForm.objects.filter(assembly=vote.assembly_id, replaced_at=None).count()
        if forms:
            found.append(
                ngettext(
                    "%(count)d vote par correspondance porte sur le texte d’avant les amendements.",
                    "%(count)d votes par correspondance portent sur le texte d’avant les amendements.",
                    forms,
                )
                % {"count": forms}
            )
    return found
