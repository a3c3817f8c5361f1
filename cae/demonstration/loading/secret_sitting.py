"""The assembly that sits on the day of the demonstration: its secret ballot is open, and a paper gives
visitors the keys of its three scrutineers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from cae.core.letters import LetterSubject, merge_letter
from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population
from cae.demonstration.loading.secret_ballots import (
    KEEPERS,
    Scrutin,
    begin_scrutin,
    open_scrutin,
    vote_in_secret,
)
from cae.demonstration.loading.sittings import Room, Text, at, prepare_sitting
from entrepreneurs.documents.letters import letter_pdf
from governance.engines.ballots.credentials import tidy_code
from governance.models import Assembly, Associate, Body, Resolution, Vote
from governance.services.agenda import add_paper
from governance.services.attendance import arrive
from governance.services.candidates import CandidateData, add_candidate, draw_order
from governance.services.proxies import ProxyData, enter_paper_proxy
from governance.services.secret_notices import KEY_ASKED
from governance.services.sitting import open_sitting, set_item
from governance.states.assemblies import ItemKind
from governance.states.bodies import BodyKind
from people.models import User

SEASONS = ("de l’hiver", "du printemps", "de l’été", "de l’automne")
# How many days before the sitting it was called, its keys were made.
CALLED, KEYS = 22, 2
# Who stands for the board, born when: age parts those who have as many voices; the first one has most.
CANDIDATES = (
    ("sallenave", date(1979, 4, 2)),
    ("tauzin", date(1986, 11, 19)),
    ("lafargue", date(1971, 7, 30)),
)
STATEMENT = "Je lirai les comptes avant chaque réunion, et j’en rendrai compte à l’assemblée suivante."
# Who stays away gives one proxy to each of these: the law allows no more.
HOLDERS = ("associate", "trusted", "manager", "manager2", "brethes", "larrouy")
# These have not voted yet: a visitor votes as one of them.
SILENT = ("associate", "trusted")
# What is not « pour », nor the first candidate, by the rank of the voice.
ANSWERS = {2: "contre", 6: "abstention", 15: "contre", 20: "contre"}
NAMES = {1: 1, 5: 2, 9: 1, 18: 1}
BLANK = 12

TRIAL = """# Essayer le scrutin secret

Cette assemblée est en séance et son scrutin secret est ouvert : {ballots} bulletins sont déjà dans l’urne, \
chiffrés, et personne n’a encore leurs totaux. Vous pouvez le mener à son terme. Chaque compte s’ouvre d’un \
clic sur la page de connexion.

## 1. Voter

- Entrez avec le compte de {voter} et ouvrez « {title} », puis « Voter ».
- Le code de vote arrive par e-mail. La démonstration n’en envoie pas : la page de vote montre celui-ci.
- Votez, ou faites ouvrir votre bulletin pour le contrôler, puis refaites-en un. Gardez le numéro de suivi.

## 2. Clore

- {chair} préside : c’est son compte qui clôt le scrutin, puis publie les sommes chiffrées.

## 3. Ouvrir avec deux clés sur trois

Entrez avec le compte de qui garde une clé, ouvrez le scrutin, puis « Donner ma part » : la page demande la \
clé. Deux suffisent, n’importe lesquelles ; avec une seule, personne n’ouvre rien.

{keys}

Ces clés ne protègent rien : elles sont imprimées ici pour l’essai. Dans un vrai scrutin, le navigateur de \
chaque gardien·ne fait la sienne, et personne d’autre ne la voit.

## 4. Vérifier

- {chair} vérifie le résultat, le proclame, publie l’archive.
- Sur le tableau public, retrouvez votre numéro de suivi, téléchargez l’archive et les preuves des parts.
- « Comment vérifier » y donne un programme d’un seul fichier, qui refait tous les calculs chez vous : \
python3 verify_election.py ARCHIVE.bel --strict-proofs PREUVES.json
"""


def sit_today(
    population: Population, associates: dict[str, Associate], *, today: date, now: datetime
) -> None:
    """Does: opens an assembly called three weeks ago, its secret ballot, in which most have voted; explains
    to visitors how to go on. Refuses: nothing. Leaves behind: an open scrutin and its paper."""
    room = Room(population, associates, today)
    starts_at = _quarter_before(now - timedelta(minutes=45))
    assembly = _convened(room, starts_at)
    members = room.on(today)
    _give_proxies(room, assembly, members, starts_at - timedelta(days=3))
    election, allowance = assembly.resolutions.order_by("number")
    _stand(room, election, members)
    title = "Conseil de surveillance : siège et indemnité"
    scrutin = begin_scrutin(room, assembly, title, [election, allowance], starts_at - timedelta(days=KEYS))
    for slug in sorted(members.keys() & population.persons.keys()):
        arrive(assembly, associate=members[slug], now=starts_at - timedelta(minutes=12), actor=room.life)
    assembly = open_sitting(assembly, actor=room.manager, at=starts_at + timedelta(minutes=4))
    for item in assembly.items.filter(title=election.item.title if election.item else ""):
        set_item(assembly, item=item, actor=room.manager, at=starts_at + timedelta(minutes=15))
    open_scrutin(scrutin, at=starts_at + timedelta(minutes=20))
    silent = [population.accounts[slug] for slug in SILENT]
    vote_in_secret(scrutin, _says, at=starts_at + timedelta(minutes=30), silent=silent)
    _explain(scrutin, on=today)
    read_notices(Notice.objects.filter(kind=KEY_ASKED), at=now)


def _quarter_before(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def _convened(room: Room, starts_at: datetime) -> Assembly:
    board = Body.objects.get(kind=BodyKind.SUPERVISORY)
    texts = (
        Text("Ouverture de la séance", kind=ItemKind.INFORMATION),
        Text(
            "Un siège au conseil de surveillance",
            "L’assemblée élit une personne au conseil de surveillance, pour quatre ans.",
            "Élection au conseil de surveillance",
            body=board,
        ),
        Text(
            "Indemnité du conseil",
            "Chaque membre du conseil de surveillance reçoit 60 € par réunion à laquelle il assiste.",
            "Indemnité des membres du conseil de surveillance",
        ),
        Text("Questions diverses", kind=ItemKind.DEBATE),
    )
    return prepare_sitting(
        room,
        texts,
        title=f"Assemblée ordinaire {SEASONS[room.today.month % 12 // 3]}",
        starts_at=starts_at,
        now=at(days_ago(room.today, CALLED), 10),
        scrutineers=KEEPERS,
    )


def _give_proxies(room: Room, assembly: Assembly, members: dict[str, Associate], sent: datetime) -> None:
    """Those who do not work here stay away."""
    away = [slug for slug in members if slug not in room.population.persons]
    for slug, holder in zip(away, HOLDERS, strict=False):
        data = ProxyData(members[holder])
        enter_paper_proxy(assembly, principal=members[slug], data=data, now=sent, actor=room.life)


def _stand(room: Room, election: Resolution, members: dict[str, Associate]) -> None:
    for slug, born_on in CANDIDATES:
        person = members[slug].person
        data = CandidateData(str(person), person=person, statement=STATEMENT, born_on=born_on)
        add_candidate(election, data=data, actor=room.life)
    draw_order(election, actor=room.life, seed=election.title)


def _says(vote: Vote, rank: int) -> dict[str, Any]:
    if not vote.resolution.is_election:
        return {"answer": ANSWERS.get(rank, "pour")}
    if rank == BLANK:
        return {"names": [], "blank": True}
    candidate = vote.resolution.candidates.order_by("pk")[NAMES.get(rank, 0)]
    return {"names": [str(candidate.pk)]}


def _explain(scrutin: Scrutin, *, on: date) -> None:
    """The paper of the assembly that a visitor reads first."""
    accounts = scrutin.room.population.accounts
    seeds = zip(scrutin.keepers, scrutin.group.seeds, strict=True)
    words = TRIAL.format(
        ballots=sum(box.ballots.count() for box in scrutin.vote.boxes.all()),
        title=scrutin.vote.title,
        voter=_named(accounts["associate"]),
        chair=_named(accounts["manager"]),
        keys="\n".join(f"- {_named(user)} : {tidy_code(seed)}" for user, seed in seeds),
    )
    subject = LetterSubject(person=accounts["associate"].person, on=on)
    add_paper(
        scrutin.vote.assembly,
        item=None,
        title="Essayer le scrutin secret",
        content=letter_pdf(merge_letter(words, subject), title="Essayer le scrutin secret", on=on),
        name="essayer-le-scrutin-secret.pdf",
        actor=scrutin.room.life,
        on=on,
    )


def _named(user: User) -> str:
    return f"{user.person} ({user.email})"
