"""What an allocation of result says in words: each limit it breaks, the resolutions it drafts (ACC-47)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from accounting.calculations.allocation.parts import Breach, Rule
from accounting.calculations.allocation.people import Criterion
from accounting.models import AllocationShare, ResultAllocation
from accounting.states.allocation import ShareKind
from cae.core.letters import LANGUAGE
from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money, percent

_CRITERIA = {
    Criterion.PAY: gettext_lazy("rémunération"),
    Criterion.TIME: gettext_lazy("temps de présence"),
    Criterion.EQUAL: gettext_lazy("parts égales"),
}
# The sentence of each rule, and the field where it stands.
_BROKEN: dict[Rule, tuple[Any, str]] = {
    Rule.WHOLE: (gettext_lazy("Les parts font %(amount)s : le résultat est de %(bound)s."), "labour"),
    Rule.NEGATIVE: (
        gettext_lazy("Les parts dépassent l’excédent de %(over)s : baissez la part travail ou l’intérêt."),
        "labour",
    ),
    Rule.LEGAL_LEAST: (
        gettext_lazy("La réserve légale reçoit au moins %(bound)s (%(article)s)."),
        "legal",
    ),
    Rule.STATUTORY_LEAST: (
        gettext_lazy(
            "Le fonds de développement reçoit au moins %(bound)s, il aurait %(amount)s (%(article)s)."
        ),
        "labour",
    ),
    Rule.LABOUR_NONE: (gettext_lazy("Une Scic ne verse pas de part travail."), "labour"),
    Rule.LABOUR_LEAST: (
        gettext_lazy("La part travail est d’au moins %(bound)s, le quart de l’excédent (%(article)s)."),
        "labour",
    ),
    Rule.KEPT_OUT: (
        gettext_lazy("%(bound)s au plus peuvent être partagés : le reste va aux réserves (%(article)s)."),
        "labour",
    ),
    Rule.INTEREST_LABOUR: (
        gettext_lazy("L’intérêt aux parts ne dépasse pas la part travail, %(bound)s (%(article)s)."),
        "interest",
    ),
    Rule.INTEREST_RESERVES: (
        gettext_lazy("L’intérêt aux parts ne dépasse pas les deux réserves, %(bound)s (%(article)s)."),
        "interest",
    ),
    Rule.INTEREST_RATE: (
        gettext_lazy("L’intérêt aux parts est plafonné à %(bound)s par le taux légal (%(article)s)."),
        "interest",
    ),
    Rule.PARTICIPATION: (
        gettext_lazy("La participation est prise dans la part travail : %(bound)s au plus."),
        "participation",
    ),
}
_SCOP_ARTICLES = {
    Rule.LEGAL_LEAST: "loi 78-763 art. 33, 1°",
    Rule.STATUTORY_LEAST: "loi 78-763 art. 33, 2°",
    Rule.LABOUR_LEAST: "loi 78-763 art. 33, 3°",
    Rule.KEPT_OUT: "loi 78-763 art. 32",
    Rule.INTEREST_LABOUR: "loi 78-763 art. 33, 4°",
    Rule.INTEREST_RESERVES: "loi 78-763 art. 33, 4°",
    Rule.INTEREST_RATE: "loi 47-1775 art. 14",
}
_SCIC_ARTICLES = {
    Rule.LEGAL_LEAST: "loi 47-1775 art. 16",
    Rule.STATUTORY_LEAST: "loi 47-1775 art. 19 nonies",
    Rule.KEPT_OUT: "loi 47-1775 art. 19 nonies",
    Rule.INTEREST_RATE: "loi 47-1775 art. 14",
}
# What nothing of the law says is broken in a Scic stands at the interest, which alone may move.
_SCIC_FIELDS = {Rule.NEGATIVE: "interest", Rule.STATUTORY_LEAST: "interest", Rule.KEPT_OUT: "interest"}


@dataclass(frozen=True)
class Draft:
    """A resolution to be put to the vote: its title and its text, paragraphs parted by an empty line."""

    title: str
    text: str


def criterion_words(criterion: Criterion) -> str:
    return str(_CRITERIA[criterion])


def breach_words(breach: Breach, row: ResultAllocation) -> tuple[str, str]:
    """The sentence of a limit that is broken, and the field where it is said."""
    is_scic = row.law == "scic"
    sentence, field = _BROKEN[breach.rule]
    articles = _SCIC_ARTICLES if is_scic else _SCOP_ARTICLES
    said = {
        "amount": money(breach.amount),
        "bound": money(breach.bound),
        "over": money(breach.bound - breach.amount),
        "article": articles.get(breach.rule, ""),
    }
    return str(sentence) % said, _SCIC_FIELDS.get(breach.rule, field) if is_scic else field


def key_words(row: ResultAllocation) -> str:
    """How the part travail is shared: « rémunération 70 %, parts égales 30 % »."""
    said = [f"{criterion_words(one)} {percent(weight)}" for one, weight in row.key.items() if weight]
    if row.seniority_step:
        step = _("majoration de %(rate)s par année d’ancienneté") % {"rate": percent(row.seniority_step)}
        said.append(step)
    return ", ".join(said)


def approval_draft(row: ResultAllocation) -> Draft:
    """The resolution that approves the accounts."""
    with override(LANGUAGE):
        words = {"end": day(row.year.ends_on), "amount": money(abs(row.result))}
        sentence = (
            _(
                "L’assemblée approuve les comptes de l’exercice clos le %(end)s, tels qu’ils lui ont été"
                " présentés, qui font apparaître une perte de %(amount)s."
            )
            if row.result < ZERO
            else _(
                "L’assemblée approuve les comptes de l’exercice clos le %(end)s, tels qu’ils lui ont été"
                " présentés, qui font apparaître un bénéfice de %(amount)s."
            )
        )
        title = _("Approbation des comptes de l’exercice clos le %(end)s") % words
        return Draft(title, sentence % words)


def allocation_draft(row: ResultAllocation) -> Draft:
    """The resolution that allocates the result, every amount said."""
    with override(LANGUAGE):
        words = {"end": day(row.year.ends_on), "amount": money(abs(row.result))}
        title = _("Affectation du résultat de l’exercice clos le %(end)s") % words
        if row.result == ZERO:
            return Draft(title, _("L’assemblée constate que l’exercice n’a ni bénéfice ni perte."))
        if row.result < ZERO:
            text = _(
                "L’assemblée décide de porter la perte de l’exercice, %(amount)s, aux pertes antérieures à"
                " imputer sur les excédents à venir."
            )
            return Draft(title, text % words)
        opening = (
            _("L’assemblée décide d’affecter le bénéfice de l’exercice, %(amount)s, comme suit :") % words
        )
        lines = [
            _("%(label)s : %(amount)s") % {"label": label, "amount": money(amount)}
            for label, amount in destinations(row)
            if amount
        ]
        paragraphs = ["\n".join([opening, *(f"• {line} ;" for line in lines)])[:-2] + "."]
        return Draft(title, "\n\n".join([*paragraphs, *_shared(row)]))


def destinations(row: ResultAllocation) -> list[tuple[str, Any]]:
    """Where the result goes, in the order of the law."""
    return [
        (_("pertes antérieures absorbées"), row.absorbed),
        (_("réserve légale"), row.legal),
        (_("fonds de développement, réserve statutaire"), row.statutory),
        (_("part travail"), row.labour),
        (_("intérêt aux parts sociales"), row.interest),
    ]


def _shared(row: ResultAllocation) -> list[str]:
    """How what people receive is shared between them."""
    found = []
    people = AllocationShare.objects.filter(allocation=row, kind=ShareKind.LABOUR).count()
    if row.labour:
        sentence = ngettext(
            "La part travail revient à %(count)d personne qui y a droit. Clé : %(key)s.",
            "La part travail revient aux %(count)d personnes qui y ont droit. Clé : %(key)s.",
            people,
        )
        found.append(sentence % {"count": people, "key": key_words(row)})
    if row.participation:
        told = _("Sur la part travail, %(amount)s relèvent de l’accord de participation.")
        found.append(told % {"amount": money(row.participation)})
    if row.interest:
        found.append(_("L’intérêt est réparti selon le capital détenu au dernier jour de l’exercice."))
    return found
