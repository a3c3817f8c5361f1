"""An election beside the statutes: what differs, who was elected, what their mandates would be (GOV-13,
15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.templatetags.formats import day as shown
from governance.calculations.mandates import Seat, crowded, term_number
from governance.calculations.rules import Rules
from governance.models import Body, Candidate, Mandate, Resolution, VoteResult
from governance.selectors.mandates import mandate_end, seats_of
from governance.selectors.rules import rules_in_force, rules_of, text_or, values_of
from governance.states.bodies import BodyKind, Electorate
from governance.states.votes import VoteState
from people.models import Person


def warnings_of(resolution: Resolution) -> list[str]:
    """Gives, in sentences, where an election by name differs from the statutes and the rules: electorate,
    secret, term, seats, mandates in a row, mandates at the same time. Nothing for what elects nobody to a
    body."""
    if not resolution.is_election or resolution.body is None:
        return []
    body, rules = resolution.body, rules_of(resolution.assembly)
    mandates = list(body.mandates.select_related("person"))
    candidates = list(standing(resolution))
    return [
        *_electorate(resolution, body, rules),
        *_secret(body, rules),
        *_term(resolution, body, rules),
        *_seats(resolution, body, mandates),
        *_people(resolution, body, mandates, candidates),
    ]


def standing(resolution: Resolution) -> QuerySet[Candidate]:
    """Gives those who stand still."""
    return resolution.candidates.filter(withdrawn_at__isnull=True, person__isnull=False).select_related(
        "person"
    )


def _electorate(resolution: Resolution, body: Body, rules: Rules) -> list[str]:
    known = Electorate(body.electorate)
    if body.kind == BodyKind.MANAGEMENT and (ruled := text_or(rules, "manager_electorate")):
        known = Electorate(ruled)
    if resolution.electorate == known:
        return []
    sentence = _("Électorat : %(chosen)s, alors que les statuts disent : %(known)s.")
    chosen = Electorate(resolution.electorate)
    return [sentence % {"chosen": str(chosen.label).lower(), "known": str(known.label).lower()}]


def _secret(body: Body, rules: Rules) -> list[str]:
    if body.kind == BodyKind.MANAGEMENT and text_or(rules, "manager_ballot") == "secret":
        return [_("Les règles demandent un scrutin secret pour la gérance ; ce vote est nominatif.")]
    return []


def _term(resolution: Resolution, body: Body, rules: Rules) -> list[str]:
    known = _term_months(body, rules)
    if known is None or resolution.term_months in (None, known):
        return []
    sentence = _("Durée du mandat : %(chosen)d mois, alors que les statuts disent : %(known)d mois.")
    return [sentence % {"chosen": resolution.term_months, "known": known}]


def _begins(resolution: Resolution) -> date:
    return timezone.localdate(resolution.assembly.starts_at)


def _seats(resolution: Resolution, body: Body, mandates: Iterable[Mandate]) -> list[str]:
    if body.seats_most is None:
        return []
    # Those whose term goes on well after the assembly; one that ends with it makes room.
    stay = {one.person_id for one in mandates if one.starts_on <= _begins(resolution) < one.last_day}
    free = max(body.seats_most - len(stay), 0)
    if resolution.seats <= free:
        return []
    sentence = _("Sièges à pourvoir : %(seats)d ; sièges libres dans cet organe : %(free)d.")
    return [sentence % {"seats": resolution.seats, "free": free}]


def _people(
    resolution: Resolution, body: Body, mandates: Iterable[Mandate], candidates: Iterable[Candidate]
) -> list[str]:
    begins, seats, found = _begins(resolution), seats_of(mandates), []
    most = _terms_most(body, rules_of(resolution.assembly))
    for candidate in candidates:
        person: Any = candidate.person
        running = [one for one in mandates if one.person_id == person.pk and one.starts_on <= begins]
        lasts = max((one.last_day for one in running), default=begins)
        if lasts > begins:
            sentence = _("%(name)s y a déjà un mandat jusqu’au %(day)s.")
            found.append(sentence % {"name": person, "day": shown(lasts)})
        term = term_number(seats, person=person.pk, starts_on=begins, slack=body.handover_days)
        if most is not None and term > most:
            found.append(_limit_words(person, term, most))
    return found


def _terms_most(body: Body, rules: Rules) -> int | None:
    if body.kind == BodyKind.MANAGEMENT and (ruled := text_or(rules, "manager_terms_most")):
        return int(ruled)
    return body.terms_most


def _term_months(body: Body, rules: Rules) -> int | None:
    if body.kind == BodyKind.MANAGEMENT and (ruled := text_or(rules, "manager_term_months")):
        return int(ruled)
    return body.term_months


def _limit_words(person: Person, term: int, most: int) -> str:
    sentence = _("Ce serait le mandat de suite n° %(term)d de %(name)s, pour %(most)d au plus.")
    return sentence % {"term": term, "name": person, "most": most}


def mandate_doubts(
    body: Body, seats: list[Seat], person: Person, *, term: int, starts_on: date, ends_on: date
) -> list[str]:
    """Gives, in sentences, where one more mandate would go beyond what the statutes say of the body; for the
    managers, what the rules in force on its first day say."""
    rules, found = Rules(values_of(rules_in_force(starts_on))), []
    most, months = _terms_most(body, rules), _term_months(body, rules)
    if most is not None and term > most:
        found.append(_limit_words(person, term, most))
    if months is not None and ends_on > mandate_end(starts_on, months):
        sentence = _("Ce mandat dépasse les %(count)d mois prévus.")
        found.append(sentence % {"count": months})
    more = [*seats, Seat(0, person.pk, starts_on, ends_on)]
    full = crowded(more, most=body.seats_most, first=starts_on, last=ends_on)
    if full is not None:
        sentence = _("Le %(day)s, plus de personnes siégeraient que prévu (%(most)d au plus).")
        found.append(sentence % {"day": shown(full), "most": body.seats_most or 0})
    return found


def results_in_force(resolution: Resolution) -> list[VoteResult]:
    """Gives the last result of each proclaimed round of an election, the first round first."""
    rows = (
        VoteResult.objects.filter(
            vote__resolution=resolution, vote__amendment__isnull=True, vote__state=VoteState.PROCLAIMED
        )
        .order_by("vote__round", "vote_id", "-number")
        .distinct("vote__round", "vote_id")
    )
    return list(rows)


def elected_of(resolution: Resolution) -> list[Candidate]:
    """Gives the candidates whom the proclaimed rounds elected, in their order; only those who are
    somebody."""
    keys = [str(key) for result in results_in_force(resolution) for key in result.facts.get("elected", ())]
    people = {
        str(one.pk): one
        for one in resolution.candidates.filter(person__isnull=False).select_related("person")
    }
    return [people[key] for key in dict.fromkeys(keys) if key in people]


def elections_to_seat() -> QuerySet[Resolution]:
    """Gives the elections to a body that a proclaimed vote filled, by its result in force, and of which no
    mandate was opened."""
    corrected = VoteResult.objects.filter(vote=OuterRef("vote"), number__gt=OuterRef("number"))
    filled = VoteResult.objects.filter(
        ~Exists(corrected),
        vote__resolution=OuterRef("pk"),
        vote__amendment__isnull=True,
        vote__state=VoteState.PROCLAIMED,
        facts__elected__0__isnull=False,
    )
    opened = Mandate.objects.filter(resolution=OuterRef("pk"))
    return (
        Resolution.objects.filter(Exists(filled), ~Exists(opened), body__isnull=False)
        .select_related("assembly", "body")
        .order_by("-assembly__starts_at", "number")
    )
