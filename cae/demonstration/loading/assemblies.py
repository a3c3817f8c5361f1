"""Assemblies of the demonstration: one of spring, held, voted, its minutes signed and published; one
convened, whose proxies are open, and whose sections meet before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.core.signing import Hand, Origin
from cae.demonstration.loading.days import assembly_before, days_ago, days_ahead
from cae.demonstration.loading.people import Population
from cae.demonstration.loading.secret_ballots import (
    begin_scrutin,
    count_scrutin,
    open_scrutin,
    vote_in_secret,
)
from cae.demonstration.loading.sittings import LINK, PLACE, Room, Text, at, prepare_sitting
from cae.demonstration.loading.voting_rules import lay_voting_rules
from governance.models import Amendment, Assembly, Associate, Resolution, Vote
from governance.selectors.votes import voices_of
from governance.services.amendments import AmendmentData, propose_amendment
from governance.services.assemblies import publish_assembly
from governance.services.attendance import arrive, connect, leave
from governance.services.casting import cast, enter_roll_call
from governance.services.correspondence import enter_paper_form
from governance.services.member_questions import answer_question, ask_question
from governance.services.minutes import draft_minutes, hand_over_minutes, write_minutes
from governance.services.minutes_signing import sign_minutes
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.proxies import ProxyData, Signing, enter_paper_proxy, give_proxy
from governance.services.sections import SectionData
from governance.services.sitting import close_sitting, note_incident, open_sitting, set_item
from governance.services.voting import close_vote, open_vote, prepare_vote
from governance.states.assemblies import AmendmentKind, ItemKind
from governance.states.votes import CountKind, VoteWay

ORIGIN = Origin("192.0.2.10", "Demonstration")
# A past assembly lies at least so many days back: its minutes are signed.
SETTLED = 40
FOR, AGAINST, ABSTENTION = "pour", "contre", "abstention"
# Of the secret ballot, in the order of the voices.
SAID_IN_JUNE = {4: AGAINST, 9: AGAINST, 13: ABSTENTION, 17: AGAINST}


SPRING: tuple[Text, ...] = (
    Text("Rapport de gestion", kind=ItemKind.INFORMATION, paper="Rapport de gestion"),
    Text(
        "Comptes de l’exercice",
        "L’assemblée approuve les comptes de l’exercice clos, tels qu’ils lui ont été présentés.\n\n"
        "Elle donne quitus à la cogérance de sa gestion.",
        "Approbation des comptes et quitus",
        paper="Comptes annuels",
    ),
    Text(
        "Résultat de l’exercice",
        "Le résultat est partagé entre la réserve légale, la part travail et le fonds de développement,"
        " comme le dit le projet joint.\n\n"
        "Aucun intérêt n’est versé aux parts sociales.",
        "Affectation du résultat",
        paper="Projet d’affectation du résultat",
    ),
    Text(
        "Accueil des nouvelles activités",
        "Chaque nouvelle activité est suivie pendant un an par un binôme d’associé·es.\n\n"
        "Un premier bilan est présenté à la prochaine assemblée.",
        "Un binôme pour chaque nouvelle activité",
    ),
    Text(
        "Rémunération de la cogérance",
        "La rémunération de chaque cogérant·e est portée à 3 050 € brut par mois à compter du 1er juillet.",
        "Rémunération de la cogérance",
    ),
)  # fmt: skip
WINTER: tuple[Text, ...] = (
    Text("Point d’activité de la cogérance", kind=ItemKind.INFORMATION, paper="Point d’activité"),
    Text(
        "Un atelier partagé à Mont-de-Marsan",
        "La coopérative loue pour trois ans un atelier de 120 m², ouvert à toutes les activités.\n\n"
        "Les travaux et les machines ne dépassent pas 42 000 €.",
        "Ouverture d’un atelier partagé",
        amount=Decimal("42000.00"),
        paper="Projet d’atelier et budget",
    ),
    Text(
        "Télétravail et déplacements",
        "Les trajets de moins de 500 km se font en train, sauf impossibilité.",
        "Règle commune des déplacements",
    ),
    Text("Questions diverses", kind=ItemKind.DEBATE),
)  # fmt: skip


def hold_assemblies(
    population: Population, associates: dict[str, Associate], *, today: date, now: datetime
) -> None:
    """Does: holds the assembly of spring to its published minutes, convenes that of winter. Refuses: nothing.
    Leaves behind: both, what was told of the first one read."""
    room = Room(population, associates, today)
    lay_voting_rules(today=today, now=now, actor=room.manager)
    _hold(room, _settled_day(today))
    read_notices(Notice.objects.filter(kind__startswith="governance."), at=now)
    _convene_next(room, now)


def _settled_day(today: date) -> date:
    """The last assembly of June that is far enough behind."""
    this_year = assembly_before(today, years=0)
    return this_year if this_year <= today - timedelta(days=SETTLED) else assembly_before(today, years=1)


def _hold(room: Room, day: date) -> None:
    """Convened three weeks before; the proxies and the forms, the sitting and its votes, the minutes."""
    title = f"Assemblée générale de juin {day.year}"
    called = day - timedelta(days=22)
    assembly = prepare_sitting(room, SPRING, title=title, starts_at=at(day, 18), now=at(called, 10))
    members = room.on(day)
    slugs = [slug for slug in members if room.account_of(slug) is None]
    resolutions = list(assembly.resolutions.order_by("number"))
    _send_before(room, assembly, members, slugs, at(day - timedelta(days=5), 11))
    scrutin = begin_scrutin(
        room, assembly, "Rémunération de la cogérance", resolutions[3:], at(day - timedelta(days=4), 10)
    )
    # The rest of them: one in seven stays at home.
    coming = [slug for place, slug in enumerate(slugs[6:]) if place % 7 != 3]
    for slug in [slug for slug in members if room.account_of(slug) is not None]:
        arrive(assembly, associate=members[slug], now=at(day, 17, 42), actor=room.life)
    for place, slug in enumerate(coming):
        came = connect if place % 6 == 5 else arrive
        came(assembly, associate=members[slug], now=at(day, 17, 45), actor=room.life)
    assembly = open_sitting(assembly, actor=room.manager, at=at(day, 18, 6))
    items = list(assembly.items.order_by("position"))
    _vote_on_screens(room, assembly, resolutions[0], day)
    set_item(assembly, item=items[2], actor=room.manager, at=at(day, 18, 50))
    _vote_by_hands(room, resolutions[1], day)
    set_item(assembly, item=items[3], actor=room.manager, at=at(day, 19, 10))
    leave(assembly, associate=members[coming[0]], now=at(day, 19, 12), actor=room.life)
    _amend(room, resolutions[2], members, day)
    note_incident(
        assembly,
        text="La visioconférence s’interrompt quatre minutes ; aucun vote n’est ouvert.",
        happened_at=at(day, 19, 20),
        actor=room.manager,
        at=at(day, 19, 25),
    )
    set_item(assembly, item=items[4], actor=room.manager, at=at(day, 19, 46))
    open_scrutin(scrutin, at=at(day, 19, 50))
    vote_in_secret(scrutin, lambda _vote, rank: {"answer": SAID_IN_JUNE.get(rank, FOR)}, at=at(day, 19, 55))
    count_scrutin(scrutin, at=at(day, 20, 5))
    close_sitting(assembly, actor=room.manager, at=at(day, 20, 15), confirmed=True)
    assembly.refresh_from_db()
    _sign_minutes(room, assembly, day)
    assembly.refresh_from_db()
    publish_assembly(assembly, actor=room.life)


def _send_before(
    room: Room,
    assembly: Assembly,
    members: dict[str, Associate],
    slugs: list[str],
    sent: datetime,
) -> None:
    """Four proxies, of which one without name, and two forms by correspondence."""
    holders = ("associate", "trusted", "manager2", None)
    for slug, holder in zip(slugs, holders, strict=False):
        data = ProxyData(members[holder] if holder else None)
        enter_paper_proxy(assembly, principal=members[slug], data=data, now=sent, actor=room.life)
    answers = {str(one.pk): {"answer": FOR} for one in assembly.resolutions.all()}
    for slug in slugs[4:6]:
        enter_paper_form(
            assembly, associate=members[slug], answers=answers, scan=None, now=sent, actor=room.life
        )


def _opened(room: Room, resolution: Resolution, way: str, moment: datetime, **more: Any) -> Vote:
    vote = prepare_vote(resolution, way=way, actor=room.manager, **more)
    return open_vote(vote, actor=room.manager, at=moment)


def _ended(room: Room, vote: Vote, moment: datetime) -> None:
    vote = Vote.objects.get(pk=vote.pk)
    proclaim(vote, actor=room.manager, at=moment + timedelta(minutes=1))


def _vote_on_screens(room: Room, assembly: Assembly, resolution: Resolution, day: date) -> None:
    """Those who have an account on their phone, the others at the desk: each voice by name."""
    vote = _opened(room, resolution, VoteWay.SCREEN, at(day, 18, 35))
    for slug in ("manager", "manager2", "associate", "trusted"):
        user = room.population.accounts[slug]
        choices = {voice.pk: {"answer": FOR} for voice in voices_of(user, vote)}
        if choices:
            cast(vote, choices=choices, actor=user, at=at(day, 18, 37))
    silent = vote.voices.filter(ballots=None, is_blank_proxy=False, is_by_correspondence=False)
    for place, voice in enumerate(silent.order_by("pk")):
        answer = {7: AGAINST, 11: ABSTENTION}.get(place, FOR)
        enter_roll_call(voice, choice={"answer": answer}, actor=room.life, at=at(day, 18, 38))
    close_vote(vote, actor=room.manager, at=at(day, 18, 40))
    _ended(room, vote, at(day, 18, 41))


def _vote_by_hands(room: Room, resolution: Resolution, day: date) -> None:
    """Counted by the bureau: two against, one abstention."""
    vote = _opened(room, resolution, VoteWay.HANDS, at(day, 18, 58))
    _count_hands(room, vote, against=2, abstentions=1, moment=at(day, 19))
    close_vote(vote, actor=room.manager, at=at(day, 19, 1))
    _ended(room, vote, at(day, 19, 2))


def _count_hands(room: Room, vote: Vote, *, against: int, abstentions: int, moment: datetime) -> None:
    """The voices that no form or blank proxy gave; nobody of the rest is silent."""
    raised = vote.voices.filter(is_blank_proxy=False, is_by_correspondence=False).count()
    counts = {FOR: raised - against - abstentions, AGAINST: against, ABSTENTION: abstentions}
    declare_counts(vote, kind=CountKind.HANDS, college=None, counts=counts, actor=room.manager, at=moment)


def _amend(room: Room, resolution: Resolution, members: dict[str, Associate], day: date) -> None:
    """An amendment to the second paragraph, adopted; then the text, as it became."""
    amendment: Amendment = propose_amendment(
        resolution,
        data=AmendmentData(
            kind=AmendmentKind.REPLACE,
            paragraph=2,
            text="Un bilan écrit est adressé aux associé·es au bout de six mois.",
            reason="Un an est trop long pour corriger.",
        ),
        author=members["associate"],
        actor=room.population.accounts["associate"],
        at=at(day, 19, 18),
    )
    vote = _opened(room, resolution, VoteWay.HANDS, at(day, 19, 30), amendment=amendment)
    _count_hands(room, vote, against=2, abstentions=2, moment=at(day, 19, 32))
    close_vote(vote, actor=room.manager, at=at(day, 19, 33))
    _ended(room, vote, at(day, 19, 34))
    vote = _opened(room, resolution, VoteWay.HANDS, at(day, 19, 40))
    _count_hands(room, vote, against=1, abstentions=2, moment=at(day, 19, 42))
    close_vote(vote, actor=room.manager, at=at(day, 19, 43))
    _ended(room, vote, at(day, 19, 44))


def _sign_minutes(room: Room, assembly: Assembly, day: date) -> None:
    secretary = room.population.accounts["manager2"]
    minutes = draft_minutes(assembly, actor=secretary)
    items = list(assembly.items.order_by("position"))
    minutes = write_minutes(
        minutes,
        opening="Le président ouvre la séance et constate que le bureau est au complet.",
        closing="L’ordre du jour étant épuisé, le président lève la séance.",
        notes={
            items[0].pk: "La cogérance présente l’année : dix activités nouvelles, trois départs.",
            items[1].pk: "Deux questions sur les charges communes ; réponse est donnée en séance.",
            items[3].pk: "Le débat porte sur le temps demandé aux binômes.",
        },
        version=minutes.version,
        actor=secretary,
    )
    minutes = hand_over_minutes(minutes, actor=secretary)
    for slug in ("manager", "manager2", "associate", "trusted"):
        user = room.population.accounts[slug]
        if user.person is not None:
            sign_minutes(
                minutes,
                person=user.person,
                hand=Hand(str(user.person), typed=str(user.person)),
                origin=ORIGIN,
                at=at(day + timedelta(days=3), 9),
                actor=user,
                shown_sha256=minutes.content_sha256,
            )


def _convene_next(room: Room, now: datetime) -> None:
    """Convened two days ago: proxies given and open, one question answered and one waiting."""
    sent = at(days_ago(room.today, 2), 10)
    day = days_ahead(room.today, 24)
    title = f"Assemblée générale du {day:%d/%m/%Y}"
    # Fourteen days before, then a week before: the same day of the week.
    sections = (
        SectionData("Mont-de-Marsan", at(day - timedelta(days=14), 18), PLACE),
        SectionData("Dax", at(day - timedelta(days=7), 18), "Maison des associations, Dax", LINK),
    )
    assembly = prepare_sitting(room, WINTER, title=title, starts_at=at(day, 18), now=sent, sections=sections)
    members = room.on(room.today)
    trusted = room.population.accounts["trusted"]
    give_proxy(
        assembly,
        principal=members["trusted"],
        data=ProxyData(members["manager"], message="Je suis en tournage ce jour-là."),
        signing=Signing(Hand(str(trusted), typed=str(trusted)), ORIGIN),
        now=sent + timedelta(hours=5),
        actor=trusted,
    )
    slugs = [slug for slug in members if room.account_of(slug) is None]
    for slug, holder in zip(slugs[2:5], ("associate", "manager2", None), strict=False):
        data = ProxyData(members[holder] if holder else None)
        moment = sent + timedelta(hours=6)
        enter_paper_proxy(assembly, principal=members[slug], data=data, now=moment, actor=room.life)
    asker = room.population.accounts["associate"]
    for text in ("L’atelier sera-t-il ouvert le samedi ?", "Combien coûte la location par an ?"):
        question = ask_question(
            assembly, associate=members["associate"], text=text, actor=asker, at=sent + timedelta(hours=7)
        )
        if "samedi" in text:
            moment = min(now, sent + timedelta(hours=9))
            said = "Oui, de 9 h à 18 h, avec une personne référente."
            answer_question(question, answer=said, actor=room.life, at=moment)
