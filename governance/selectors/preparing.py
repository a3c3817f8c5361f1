"""What stands between an assembly and its convocation, its calendar, who is to be called (GOV-19, GOV-20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.errors import Code
from cae.core.templatetags.formats import day as shown_day
from governance.calculations.delays import earliest_assembly, last_day_to_convene
from governance.models import Assembly, Associate, Representative, RuleSet
from governance.selectors import elections
from governance.selectors.assemblies import (
    day_of,
    papers_of,
    resolutions_of,
    text_of,
)
from governance.selectors.register import associates_on
from governance.selectors.rules import (
    days_or_none,
    is_beyond,
    is_out_of_date,
    labels,
    missing_for,
    rule_set_of,
    rules_in_force,
    rules_of,
    text_or,
)
from governance.selectors.sections import fault_of, section_meetings_of, sections_of_first_call
from governance.states.assemblies import AssemblyMode, AssemblyState, Channel
from governance.states.rules import RuleSetState
from people.models import Person

# So many names are said; the page of the register has the others.
NAMED = 5


@dataclass(frozen=True)
class Obstacle:
    """Why an assembly can't be convened yet: the code and the sentence of the refusal, its field if any."""

    code: Code
    sentence: str
    field: str | None = None


@dataclass(frozen=True)
class Called:
    """An associate to call: the person who acts for them on the day, and by which door."""

    associate: Associate
    person: Person
    channel: str
    to: str


def obstacles(assembly: Assembly, at: datetime) -> list[Obstacle]:
    """Gives all that keeps an assembly from being convened at an instant, in the order to settle it."""
    rule_set = rule_set_of(assembly)
    return [
        *_of_rules(assembly, rule_set),
        *_of_the_day(assembly, rule_set, at),
        *_of_the_sections(assembly, at),
        *_of_the_agenda(assembly),
        *_of_the_called(assembly, rule_set),
    ]


def _of_rules(assembly: Assembly, rule_set: RuleSet | None) -> Iterator[Obstacle]:
    if rule_set is None:
        yield Obstacle(
            Code.VALUE_MISSING, _("Aucune version des règles n’est en vigueur ce jour-là."), "rule_set"
        )
        return
    if rule_set.state != RuleSetState.CONFIRMED:
        sentence = _("%(rules)s : chaque ligne doit d’abord être confirmée.") % {"rules": rule_set}
        yield Obstacle(Code.VALUE_MISSING, sentence, "rule_set")
    elif is_out_of_date(assembly, rule_set):
        in_force = rules_in_force(day_of(assembly))
        sentence = (
            _("Les règles en vigueur ce jour-là sont : %(rules)s. Choisissez-les.") % {"rules": in_force}
            if in_force
            else _("Aucune version des règles n’est en vigueur ce jour-là.")
        )
        yield Obstacle(Code.VALUE_INVALID, sentence, "rule_set")
    if missing := missing_for(assembly):
        sentence = ngettext(
            "Les règles ne disent rien de ce que cette assemblée demande : %(lines)s.",
            "Les règles ne disent rien de %(count)d points que cette assemblée demande : %(lines)s.",
            len(missing),
        )
        said = {"count": len(missing), "lines": named(map(labels, missing))}
        yield Obstacle(Code.VALUE_MISSING, sentence % said, "rule_set")
    if assembly.mode != AssemblyMode.ROOM and text_or(rules_of(assembly), "remote") == "refused":
        sentence = _("Les règles ne comptent pas la présence à distance : tenez l’assemblée en salle.")
        yield Obstacle(Code.VALUE_INVALID, sentence, "mode")


def _of_the_day(assembly: Assembly, rule_set: RuleSet | None, at: datetime) -> Iterator[Obstacle]:
    if assembly.starts_at <= at:
        yield Obstacle(Code.DATE_INVALID, _("La date de cette assemblée est passée."), "starts_at")
    days = days_or_none(rules_of(assembly), "notice_days") if rule_set is not None else None
    today = timezone.localdate(at)
    if days is not None and last_day_to_convene(day_of(assembly), days) < today:
        sentence = ngettext(
            "Il faut %(count)d jour entre la convocation et l’assemblée : convoquée aujourd’hui, elle peut"
            " se tenir le %(day)s au plus tôt.",
            "Il faut %(count)d jours entre la convocation et l’assemblée : convoquée aujourd’hui, elle peut"
            " se tenir le %(day)s au plus tôt.",
            days,
        )
        said = {"count": days, "day": shown_day(earliest_assembly(today, days))}
        yield Obstacle(Code.DATE_INVALID, sentence % said, "starts_at")


def _of_the_sections(assembly: Assembly, at: datetime) -> Iterator[Obstacle]:
    """The assembly may have changed its day since, or a meeting be over before anybody is called to it."""
    for meeting in section_meetings_of(assembly):
        if sentence := fault_of(meeting, at):
            named_one = _("Réunion de section « %(name)s » à revoir. %(sentence)s")
            yield Obstacle(Code.DATE_INVALID, named_one % {"name": meeting, "sentence": sentence})


def _of_the_agenda(assembly: Assembly) -> Iterator[Obstacle]:
    if not assembly.items.exists():
        yield Obstacle(Code.EMPTY_DOCUMENT, _("L’ordre du jour est vide."))
    resolutions = list(resolutions_of(assembly))
    if apart := [one for one in resolutions if one.item_id is None]:
        sentence = _("Ces résolutions ne sont sous aucun point de l’ordre du jour : %(names)s.")
        yield Obstacle(Code.VALUE_MISSING, sentence % {"names": named(map(str, apart))})
    if beyond := [one for one in resolutions if is_beyond(assembly, one.decision_kind)]:
        sentence = _("Ces résolutions demandent une assemblée extraordinaire ou mixte : %(names)s.")
        yield Obstacle(Code.VALUE_INVALID, sentence % {"names": named(map(str, beyond))}, "kind")
    if silent := [one for one in resolutions if not text_of(one)]:
        sentence = _("Ces résolutions n’ont pas de texte : %(names)s.")
        yield Obstacle(Code.EMPTY_DOCUMENT, sentence % {"names": named(map(str, silent))})
    if awaited := [f"{title} ({item})" for item, title in papers_awaited(assembly)]:
        sentence = _("Ces documents ne sont pas encore joints : %(names)s.")
        yield Obstacle(Code.EMPTY_DOCUMENT, sentence % {"names": named(awaited)})


def papers_awaited(assembly: Assembly) -> list[tuple[Any, str]]:
    """Gives (point, title) of each paper that a point awaits and that has no file yet."""
    there = {(paper.item_id, paper.title.casefold()) for paper in papers_of(assembly)}
    return [
        (item, title)
        for item in assembly.items.order_by("position")
        for title in titles_of(item.awaited)
        if (item.pk, title.casefold()) not in there
    ]


def titles_of(awaited: str) -> list[str]:
    """Gives the titles typed one a line."""
    return [" ".join(line.split()) for line in awaited.splitlines() if line.strip()]


def _of_the_called(assembly: Assembly, rule_set: RuleSet | None) -> Iterator[Obstacle]:
    rows = list(associates_to_call(assembly))
    if not rows:
        yield Obstacle(Code.VALUE_MISSING, _("Le registre n’a aucun·e associé·e à convoquer ce jour-là."))
    silent = [str(row) for row in rows if person_of(row) is None]
    if silent:
        sentence = _("Personne ne représente ces associé·es ce jour-là : %(names)s.")
        yield Obstacle(Code.VALUE_MISSING, sentence % {"names": named(silent)})
    form = text_or(rules_of(assembly), "notice_form", "either") if rule_set is not None else "either"
    called = called_of(rows, form)
    if lost := [str(one.associate) for one in called if not one.to]:
        sentence = _("Il manque une adresse pour convoquer : %(names)s.")
        yield Obstacle(Code.VALUE_MISSING, sentence % {"names": named(lost)})


def associates_to_call(assembly: Assembly) -> QuerySet[Associate]:
    """Gives the associates of the day of the assembly, with who represents each legal person then: those
    whose right to vote is suspended are called too, since they take part and may have it back by then."""
    on = day_of(assembly)
    acting = Representative.objects.in_force(on).select_related("person__user")
    return (
        associates_on(on)
        .select_related("person__user", "organisation")
        .prefetch_related(Prefetch("representatives", acting, to_attr="acting_then"))
    )


def not_called_yet(assembly: Assembly) -> QuerySet[Associate]:
    """Gives the associates of the day that no convocation names: admitted since it left."""
    return associates_to_call(assembly).exclude(convocations__assembly=assembly)


def person_of(associate: Associate) -> Person | None:
    """Gives the person who acts for an associate that `associates_to_call` read."""
    if associate.person_id:
        return associate.person
    acting: list[Representative] = associate.acting_then  # type: ignore[attr-defined]
    return acting[0].person if acting else None


def out_of_mail(assembly: Assembly) -> list[str]:
    """Gives the associates called whom no e-mail reaches: what changes is told to them another way."""
    rows = assembly.convocations.select_related(
        "associate__person", "associate__organisation", "person__user"
    )
    return [str(one.associate) for one in rows.order_by("pk") if not address_of(one.person)]


def called_of(rows: Iterable[Associate], form: str) -> list[Called]:
    """Gives by which door each is called: by mail where the rules allow it and there is an address, else by
    letter; an empty `to` when there is neither."""
    return [
        _door(associate, person, form) for associate in rows if (person := person_of(associate)) is not None
    ]


def _door(associate: Associate, person: Person, form: str) -> Called:
    email = address_of(person)
    if email and form != "letter":
        return Called(associate, person, Channel.MAIL, email)
    return Called(associate, person, Channel.LETTER, "\n".join(postal_lines(associate, person)))


def address_of(person: Person) -> str:
    """Gives the e-mail address of the account if it is open, else that of the file."""
    user = getattr(person, "user", None)
    return str(user.email if user is not None and user.is_active else person.email)


def postal_lines(associate: Associate, person: Person) -> list[str]:
    """Gives the lines of the envelope under the name; nothing without a town."""
    place = associate.organisation if associate.organisation is not None else person
    return place.address_lines if place.city else []


def warnings_of(assembly: Assembly) -> list[str]:
    """Gives what does not keep an assembly from being convened, and that its organisers should know."""
    found: list[str] = []
    for one in resolutions_of(assembly).select_related("assembly__rule_set").prefetch_related("candidates"):
        running = [row for row in one.candidates.all() if row.withdrawn_at is None]
        if one.is_election and not running:
            found.append(_("« %(election)s » n’a encore aucune candidature.") % {"election": one})
        elif one.is_election and not one.draw_seed:
            found.append(
                _("L’ordre des candidatures de « %(election)s » n’est pas tiré.") % {"election": one}
            )
        found += elections.warnings_of(one)
    if assembly.mode != AssemblyMode.ROOM and not assembly.remote_link:
        found.append(_("Le lien de visioconférence n’est pas encore donné."))
    people = [seat.person for seat in assembly.bureau.select_related("person__user")]
    if assembly.state == AssemblyState.DRAFT and not people:
        found.append(_("Le bureau de séance n’est pas encore proposé."))
    if forgotten := [str(one) for one in sections_of_first_call(assembly)]:
        sentence = _(
            "La première convocation annonçait des réunions de section (%(names)s) ; la seconde n’en prévoit"
            " aucune. Prévoyez-les de nouveau si elles doivent débattre."
        )
        found.append(sentence % {"names": named(forgotten)})
    if silent := [str(one) for one in dict.fromkeys(people) if not has_account(one)]:
        sentence = _("Sans compte ouvert, ne pourra pas signer le procès-verbal : %(names)s.")
        found.append(sentence % {"names": named(silent)})
    return found


def has_account(person: Person) -> bool:
    """Tells whether somebody may sign by their account."""
    user = getattr(person, "user", None)
    return user is not None and bool(user.is_active)


def named(names: Iterable[str]) -> str:
    """Gives the first names of a list, and how many others there are."""
    every = list(names)
    said = ", ".join(every[:NAMED])
    more = len(every) - NAMED
    if more <= 0:
        return said
    return ngettext("%(names)s et %(count)d autre", "%(names)s et %(count)d autres", more) % {
        "names": said,
        "count": more,
    }
