"""A result in words: for the console, the projector after the proclamation, the minutes (GOV-30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.calculations import counting
from governance.calculations.rules import parse_decision
from governance.models import College, Vote, VoteResult
from governance.selectors.rules import labels as rule_label
from governance.selectors.rules import majority_words, value_words
from governance.selectors.vote_papers import GRADE_WORDS, answers_of, method_of
from governance.states.votes import Answer, BallotWay, CountKind, Method, Outcome, VoteWay

_DOORS: dict[str, Any] = {
    **dict((*BallotWay.choices, *CountKind.choices)),
    VoteWay.SECRET.value: VoteWay.SECRET.label,
}


@dataclass(frozen=True)
class ResultWords:
    """What a page shows of a result: its issue with its shape, one sentence, the rule, the figures line by
    line, and what must be said beside them."""

    status: tuple[str, str, Any]
    sentence: str
    rule: str
    lines: list[tuple[str, str]]
    warnings: list[str]


def result_words(result: VoteResult) -> ResultWords:
    """Gives a result in words, in the language of who reads; it costs no query when `vote.resolution` is
    read with it, unless colleges are weighted."""
    vote, facts = result.vote, result.facts
    names = _names(vote)
    return ResultWords(
        status=result.status,
        sentence=_sentence(vote, result.verdict, facts, names),
        rule=_rule(vote),
        lines=list(_lines(vote, facts, names)),
        warnings=_warnings(vote, result.verdict, facts),
    )


def _names(vote: Vote) -> dict[str, str]:
    """The words of what was offered, in the language of who reads."""
    named = {str(one["key"]): str(one["label"]) for one in vote.choices}
    named |= {key: str(label) for key, label in answers_of(method_of(vote))}
    return named | {
        Answer.BLANK.value: _("Blancs"),
        Answer.NULL.value: _("Nuls"),
        counting.EXPRESSED: _("Bulletins exprimés"),
    }


def _rule(vote: Vote) -> str:
    """The rule applied, with its article."""
    words = str(vote.rule.get("words", ""))
    if method_of(vote) in (Method.RESOLUTION, Method.LIST, Method.NAMES):
        relative = vote.rule.get("majority") == "relative"
        decision = parse_decision(vote.rule["decision"])
        words = _("le plus grand nombre de voix") if relative else majority_words(decision)
    article = vote.rule.get("article")
    return f"{words} ({article})" if article else words


def _sentence(vote: Vote, verdict: str, facts: Mapping[str, Any], names: Mapping[str, str]) -> str:
    method, label = method_of(vote), Outcome(verdict).label
    if verdict == Outcome.NO_VOTE_EXPRESSED:
        return _("Aucun suffrage exprimé : rien n’est décidé.")
    if method == Method.CONSENT:
        return _consent_sentence(verdict, facts)
    if method == Method.RESOLUTION:
        if "weighted" in facts:
            return _("%(outcome)s : %(percent)s %% des voix pondérées par collège.") % {
                "outcome": label,
                "percent": decimal(facts["percent"]),
            }
        return _("%(outcome)s : %(votes)d pour ; il en fallait %(need)d sur %(base)d.") % {
            "outcome": label,
            "votes": facts["counts"].get(Answer.FOR, 0),
            "need": facts["need"],
            "base": facts["base"],
        }
    elected = ", ".join(names.get(key, key) for key in facts["elected"])
    left = facts["seats_left"]
    parts = [_("Élu·e : %(names)s.") % {"names": elected}] if elected else []
    if left:
        sentence = ngettext("%(count)d siège reste à pourvoir.", "%(count)d sièges restent à pourvoir.", left)
        parts.append(sentence % {"count": left})
    return " ".join(parts)


def _consent_sentence(verdict: str, facts: Mapping[str, Any]) -> str:
    if verdict == Outcome.TOO_FEW:
        return _(
            "Participation insuffisante : %(count)d personnes se sont exprimées, il en faut %(need)d."
        ) % {
            "count": facts["participants"],
            "need": facts["need"],
        }
    if verdict == Outcome.OBJECTION:
        return _("Une objection est à lever : rien n’est adopté.")
    count = facts["reservations"]
    if not count:
        return _("Adoptée par consentement, sans réserve.")
    return ngettext(
        "Adoptée par consentement, %(count)d réserve à consigner.",
        "Adoptée par consentement, %(count)d réserves à consigner.",
        count,
    ) % {"count": count}


def _lines(vote: Vote, facts: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield _("Voix inscrites"), str(facts["roll"])
    for key, count in facts["counts"].items():
        yield names.get(key, key), str(count)
    yield _("Voix sans bulletin"), str(facts["not_cast"])
    yield from _needed(facts)
    for door, counts in facts["by_door"].items():
        yield str(_DOORS.get(door, door)), _counts_said(counts, names)
    if "by_college" in facts:
        yield from _college_lines(facts, names)
    yield from _rank_lines(facts, names)
    if facts.get("tie"):
        tied = ", ".join(names.get(key, key) for key in facts["tie"])
        yield _("Ex æquo départagés"), f"{tied} ({value_words('tie', facts['tie_rule'])})"
    if facts.get("renoted"):
        yield _("Voix rectifiées par le bureau"), str(facts["renoted"])
    if facts.get("casting_vote"):
        said = names.get(facts["casting_vote"], facts["casting_vote"])
        yield str(rule_label("casting_vote")), said


def _needed(facts: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if "base" in facts:
        yield _("Base du calcul"), str(facts["base"])
    if "need" in facts:
        yield _("Il fallait"), str(facts["need"])
    if "percent" in facts:
        yield _("Total pondéré"), _("%(percent)s %%") % {"percent": decimal(facts["percent"])}
    if "threshold" in facts:
        yield _("Part demandée"), _("%(percent)s %%") % {"percent": decimal(facts["threshold"])}


def _counts_said(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names.get(key, key)} ({count})" for key, count in counts.items() if count) or "0"


def _college_lines(facts: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    known = {str(pk): name for pk, name in College.objects.values_list("pk", "name")}
    for key, part in facts["by_college"].items():
        head = _("%(college)s (poids %(weight)d %%)") % {
            "college": known.get(key, key),
            "weight": part["weight"],
        }
        said = _counts_said(part["counts"], names)
        if "weighted" in part:
            said = _("%(counts)s ; apport : %(percent)s %%") % {
                "counts": said,
                "percent": decimal(part["weighted"]),
            }
        yield head, said


def _rank_lines(facts: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for key, score in facts.get("percents", {}).items():
        yield names.get(key, key), _("%(percent)s %%") % {"percent": decimal(score)}
    for rank, level in enumerate(facts.get("ranking", ()), start=1):
        said = [names.get(key, key) for key in level]
        if "medians" in facts:
            said = [f"{names.get(key, key)} ({GRADE_WORDS[facts['medians'][key]]})" for key in level]
        yield _("Rang %(rank)d") % {"rank": rank}, ", ".join(said)
    for rank, turn in enumerate(facts.get("turns", ()), start=1):
        yield _("Dépouillement, étape %(rank)d") % {"rank": rank}, _turn_said(turn, names)


def _turn_said(turn: Mapping[str, Any], names: Mapping[str, str]) -> str:
    tally = ", ".join(f"{names.get(key, key)} ({decimal(score)})" for key, score in turn["counts"].items())
    if turn["elected"]:
        entered = ", ".join(names.get(key, key) for key in turn["elected"])
        return _("%(tally)s. Élu·e : %(names)s") % {"tally": tally, "names": entered}
    return _("%(tally)s. Éliminé·e : %(name)s") % {
        "tally": tally,
        "name": names.get(turn["excluded"], turn["excluded"]),
    }


def _warnings(vote: Vote, verdict: str, facts: Mapping[str, Any]) -> list[str]:
    found = [*vote.rule.get("warnings", ()), *facts.get("warnings", ())]
    first_call = vote.rule.get("key", "").endswith(".1")
    if verdict == Outcome.REJECTED and first_call and "all_members" in vote.rule.get("decision", ""):
        found.append(
            _("La majorité se comptait sur tous les associé·es : une seconde convocation est possible.")
        )
    return found


def decimal(fraction: str) -> str:
    """A fraction as people read it, to two decimals, cut and never rounded up to a threshold:
    « 60,66 » for 182/3, « 50 » for 50."""
    numerator, _bar, denominator = fraction.partition("/")
    hundredths = int(numerator) * 100 // int(denominator or 1)
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
