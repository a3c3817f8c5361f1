"""Everything that the minutes of an assembly say, read from what happened (GOV-34): frozen when they are
handed to be signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.templatetags.formats import day, moment
from governance.models import (
    Assembly,
    Associate,
    BureauSeat,
    Incident,
    Minutes,
    Paper,
    RollEntry,
    SectionMeeting,
    Voice,
    Vote,
    VoteResult,
)
from governance.selectors.minutes import frozen_resolutions
from governance.selectors.minutes_secret import scrutins_told
from governance.selectors.minutes_votes import resolutions_told
from governance.selectors.sections import section_meetings_of
from governance.selectors.shares import holdings_on
from governance.selectors.standing import Standing, events_until, standing_at
from governance.states.assemblies import COMING, BureauRole, Channel, Presence
from governance.states.secret import SecretState
from governance.states.votes import VoteState

# The order in which a bureau is read.
ROLES = tuple(BureauRole.values)


def facts_of(minutes: Minutes) -> dict[str, Any]:
    """Gives what the minutes say now, in French whoever reads, in a number of queries that does not grow with
    the assembly: the notes and words of the secretary with the facts."""
    assembly = minutes.assembly
    with translation.override(LANGUAGE):
        resolutions, scrutins = resolutions_told(assembly), scrutins_told(assembly)
        return {
            "cooperative": _cooperative(timezone.localdate(assembly.starts_at)),
            "assembly": _assembly(assembly),
            "convocation": _convocation(assembly),
            "sections": [_section(one) for one in section_meetings_of(assembly)],
            "bureau": bureau_told(assembly),
            "attendance": _attendance(assembly),
            "opening": minutes.opening,
            "papers": [_paper(one) for one in _papers_of(assembly) if one.item_id is None],
            "items": _items(minutes, resolutions),
            "apart": [one for one in resolutions if one["item"] is None],
            "scrutins": scrutins,
            "incidents": _incidents(assembly),
            "warnings": [*_warnings(resolutions), *_of_scrutins(scrutins)],
            "closing": minutes.closing,
        }


def _cooperative(on: date) -> dict[str, str]:
    house = cooperative_on(on)
    return {
        "name": house.legal_name,
        "address": f"{house.address_line}, {house.postcode} {house.city}",
        "siret": house.siret,
        "rcs": house.rcs,
    }


def _assembly(assembly: Assembly) -> dict[str, Any]:
    rule_set = assembly.rule_set
    return {
        "id": assembly.pk,
        "title": assembly.title,
        "kind": assembly.get_kind_display(),
        "call": assembly.call_number,
        "earlier": str(assembly.earlier_call) if assembly.earlier_call_id else "",
        "on": day(assembly.starts_at),
        "mode": assembly.get_mode_display(),
        "place": assembly.place,
        "opened": moment(assembly.opened_at),
        "closed": moment(assembly.closed_at),
        "rules": str(rule_set) if rule_set else "",
        "rules_sha256": assembly.rules_sha256,
    }


def _convocation(assembly: Assembly) -> dict[str, Any]:
    by_channel = {f"by_{channel}": Count("pk", filter=Q(channel=channel)) for channel in Channel.values}
    found: dict[str, Any] = assembly.convocations.aggregate(
        called=Count("pk"), posted=Min("posted_on"), **by_channel
    )
    by = assembly.convened_by
    return found | {
        "on": day(assembly.convened_at),
        "by": str(by.person or by) if by else "",
        "posted": day(found["posted"]) if found["posted"] else "",
    }


def _section(meeting: SectionMeeting) -> dict[str, str]:
    """A section meeting as the convocation told it, or called off since; what is said there is not noted."""
    place = meeting.place or _("à distance")
    called_off = _("%(place)s (annulée : %(reason)s)")
    return {
        "name": meeting.name,
        "on": moment(meeting.starts_at),
        "place": place if meeting.is_held else called_off % {"place": place, "reason": meeting.cancel_reason},
    }


def bureau_told(assembly: Assembly) -> list[dict[str, Any]]:
    """Gives each of the bureau once, the chair first, with every function of theirs."""
    found: dict[int, dict[str, Any]] = {}
    for seat in _seats_of(assembly):
        row = found.setdefault(
            seat.person_id,
            {"person": seat.person_id, "name": str(seat.person), "role": seat.role, "roles": []},
        )
        row["roles"].append(str(seat.get_role_display()))
    return [row | {"roles": ", ".join(row["roles"])} for row in found.values()]


def _seats_of(assembly: Assembly) -> list[BureauSeat]:
    seats = assembly.bureau.select_related("person")
    return sorted(seats, key=lambda seat: (ROLES.index(seat.role), seat.pk))


def _attendance(assembly: Assembly) -> dict[str, Any]:
    """Who was there when it opened, who came and left afterwards, whose voice somebody else cast."""
    opened = assembly.opened_at or assembly.starts_at
    closed = assembly.closed_at or timezone.now()
    opening = standing_at(assembly, opened)
    moves = list(
        events_until(assembly, closed).select_related("associate__person", "associate__organisation")
    )
    return {
        "members": len(opening.members),
        "present": len(opening.present),
        "remote": len(opening.remote),
        "represented": len(opening.represented),
        "correspondence": len(opening.correspondence),
        "voices": opening.total,
        "cap": opening.cap,
        "rows": _rows(assembly, opening, moves),
        "moves": [_move(one) for one in moves if one.at > opened],
    }


def _rows(assembly: Assembly, opening: Standing, moves: list[Any]) -> list[dict[str, Any]]:
    """Each associate present, represented or heard by a form, with the shares held (C. com. R223-24)."""
    how = _ways(assembly, opening, moves)
    held = holdings_on(timezone.localdate(assembly.starts_at))
    rows = _associates(set(how))
    told = [{"name": str(row), "shares": held.get(row.pk, 0), "how": how[row.pk]} for row in rows]
    return sorted(told, key=lambda row: row["name"])


def _ways(assembly: Assembly, opening: Standing, moves: list[Any]) -> dict[int, str]:
    """{associate: how they took part}: there at some time, else represented at the opening or at a vote, else
    by correspondence."""
    how = {key: _("par correspondance") for key in opening.correspondence}
    how |= {key: _("pouvoir sans mandataire désigné") for key in opening.blank}
    holders = {whose: who for whose, who in opening.holder_of.items() if whose != who}
    counted = Voice.objects.filter(vote__assembly=assembly, associate__isnull=False)
    counted = counted.exclude(vote__state=VoteState.CANCELLED).order_by("vote__opened_at", "pk")
    for whose, who, blank, form in counted.values_list(
        "associate", "holder", "is_blank_proxy", "is_by_correspondence"
    ):
        if who is not None:
            holders.setdefault(whose, who)
        elif blank or form:
            how.setdefault(whose, _("pouvoir sans mandataire désigné") if blank else _("par correspondance"))
    for whose, who in _held_in_secret(assembly):
        holders.setdefault(whose, who)
    names = {row.pk: str(row) for row in _associates(set(holders.values()))}
    how |= {whose: _("représenté·e par %(name)s") % {"name": names[who]} for whose, who in holders.items()}
    there = {Presence.ARRIVAL: _("présent·e"), Presence.CONNECTED: _("présent·e à distance")}
    return how | {move.associate_id: there[move.kind] for move in moves if move.kind in COMING}


def _held_in_secret(assembly: Assembly) -> list[tuple[int, int]]:
    """(associate, mandatary) of the rolls of secret ballots that were not given up."""
    held = RollEntry.objects.filter(
        box__secret_vote__assembly=assembly, associate__isnull=False, holder__isnull=False
    ).exclude(box__secret_vote__state=SecretState.CANCELLED)
    rows = held.order_by("box__secret_vote", "associate").values_list("associate", "holder")
    return [(whose, who) for whose, who in rows if whose is not None and who is not None]


def _associates(keys: set[int]) -> QuerySet[Associate]:
    return Associate.objects.filter(pk__in=keys).select_related("person", "organisation")


def _move(event: Any) -> dict[str, str]:
    at: datetime = timezone.localtime(event.at)
    return {"at": f"{at:%H:%M}", "name": str(event.associate), "what": str(event.get_kind_display())}


def _papers_of(assembly: Assembly) -> list[Paper]:
    return list(assembly.papers.select_related("document").order_by("pk"))


def _paper(paper: Paper) -> dict[str, str]:
    return {"title": paper.title, "sha256": paper.document.sha256}


def _items(minutes: Minutes, resolutions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    papers = Paper.objects.select_related("document").order_by("pk")
    notes = dict(minutes.notes.values_list("item_id", "text"))
    items = minutes.assembly.items.prefetch_related(Prefetch("papers", papers, to_attr="papers_read"))
    return [
        {
            "number": number,
            "title": item.title,
            "kind": item.get_kind_display(),
            "speaker": item.speaker,
            "text": item.text,
            "note": notes.get(item.pk, ""),
            "papers": [_paper(one) for one in item.papers_read],
            "resolutions": [one for one in resolutions if one["item"] == item.pk],
        }
        for number, item in enumerate(items.order_by("position"), 1)
    ]


def _incidents(assembly: Assembly) -> list[dict[str, str]]:
    rows = Incident.objects.filter(assembly=assembly).order_by("at", "pk")
    return [{"at": f"{timezone.localtime(row.at):%H:%M}", "text": row.text} for row in rows]


def _warnings(resolutions: list[dict[str, Any]]) -> list[str]:
    """What a reader must not miss: a resolution without vote, a vote called off, a result put right."""
    found = []
    for row in resolutions:
        named = {"number": row["number"]}
        if not row["votes"] and not row["withdrawn"]:
            found.append(_("La résolution n° %(number)s n’a pas été mise aux voix.") % named)
        for vote in row["votes"]:
            if vote["cancelled"]:
                told = named | {"reason": vote["cancelled"]}
                found.append(_("Résolution n° %(number)s : vote annulé (%(reason)s).") % told)
            found += [
                _("Résolution n° %(number)s : résultat corrigé (%(reason)s).")
                % (named | {"reason": result["reason"]})
                for result in vote["results"]
                if result["reason"]
            ]
            found += [
                _("Résolution n° %(number)s : %(warning)s") % (named | {"warning": warning})
                for warning in (vote["results"][-1]["warnings"] if vote["results"] else [])
            ]
    return found


def _of_scrutins(scrutins: list[dict[str, Any]]) -> list[str]:
    """A secret ballot given up, boxes of a few people."""
    found = []
    for one in scrutins:
        if one["cancelled"]:
            told = {"title": one["title"], "reason": one["cancelled"]}
            found.append(_("Scrutin secret « %(title)s » annulé (%(reason)s).") % told)
        found += one["warnings"]
    return found


def votes_unended(assembly: Assembly) -> list[Vote]:
    """Gives the votes that were opened and whose result is not proclaimed: no minutes without them."""
    states = (VoteState.OPEN, VoteState.CLOSED)
    return list(assembly.votes.filter(state__in=states).select_related("resolution").order_by("pk"))


def results_changed(minutes: Minutes) -> bool:
    """Tells whether the results or the incidents of the assembly are no longer those that the frozen facts
    say."""
    if minutes.facts.get("incidents", []) != _incidents(minutes.assembly):
        return True
    told = frozen_resolutions(minutes)
    frozen = {result["sha256"] for row in told for vote in row["votes"] for result in vote["results"]}
    now = VoteResult.objects.filter(vote__assembly=minutes.assembly_id).order_by()
    return frozen != set(now.values_list("sha256", flat=True))
