"""Two hundred voters who cast twenty resolutions each on one web process: ballots a second, none missing."""

from __future__ import annotations

import time
from unittest import mock

from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from cae.core.canonical import sha256_of
from cae.demonstration.bench import sitting
from cae.demonstration.bench.report import Rate
from governance.models import Assembly, NamedBallot, Proxy, Resolution, ResolutionVersion, Voice, Vote
from governance.services.voting import open_vote, prepare_vote
from governance.states.rules import DecisionKind
from governance.states.votes import VoteWay
from people.models import User

VOTERS, RESOLUTIONS = 200, 20
# What counting asks of the rules, besides what a sitting does.
MORE = {"blank_ballots": "outside", "casting_vote": "none", "ballot_final": "last"}


def measure_voting(*, voters: int = VOTERS, resolutions: int = RESOLUTIONS) -> Rate:
    """Each voter opens the cards, sends them to be read again, casts: three pages, one after the other.

    All go through one handler, as in a web process: its middlewares are loaded, and a first page drawn,
    before the clock starts. What is measured is middlewares, views and database; no socket, no browser.
    A gap is a ballot that was sent and is not there."""
    with mock.patch.dict(sitting.VALUES, MORE):
        assembly = sitting.open_sitting(voters, now=timezone.now())
    Proxy.objects.filter(assembly=assembly).delete()
    sitting.move(assembly, assembly.convocations.count())
    votes = _open_votes(assembly, resolutions)
    process = ClientHandler(enforce_csrf_checks=False)
    clients = [(_client(user, process), user) for user in _accounts(assembly)[:voters]]
    voices = _voices(votes)
    clients[0][0].get(reverse("governance:vote_cards", args=[assembly.pk]))
    start = time.perf_counter()
    for client, user in clients:
        _vote(client, assembly, voices[user.person_id or 0])
    seconds = time.perf_counter() - start
    cast = NamedBallot.objects.filter(voice__vote__in=votes).count()
    sent = len(clients) * resolutions
    return Rate("ballots by name", 1, cast, seconds, gaps=sent - cast)


def _open_votes(assembly: Assembly, count: int) -> list[Vote]:
    organiser = User.objects.get(email=sitting.ORGANISER)
    resolutions = [
        Resolution.objects.create(
            assembly=assembly, number=rank + 2, title=f"Mesure {rank}", decision_kind=DecisionKind.ORDINARY
        )
        for rank in range(count)
    ]
    for one in resolutions:
        ResolutionVersion.objects.create(
            resolution=one, number=1, text=sitting.TEXT, sha256=sha256_of([sitting.TEXT])
        )
    prepared = [prepare_vote(one, way=VoteWay.SCREEN, actor=organiser) for one in resolutions]
    return [open_vote(vote, actor=organiser, at=timezone.now()) for vote in prepared]


def _accounts(assembly: Assembly) -> list[User]:
    """An account for each of those called who has none."""
    known = set(User.objects.exclude(person=None).values_list("person_id", flat=True))
    called = [
        one.person for one in assembly.convocations.select_related("person") if one.person_id not in known
    ]
    return User.objects.bulk_create(
        User(email=f"voix-{person.pk}@demo.coop", person=person) for person in called
    )


def _client(user: User, process: ClientHandler) -> Client:
    client = Client()
    client.handler = process
    client.force_login(user)
    return client


def _voices(votes: list[Vote]) -> dict[int, list[int]]:
    """{person: the voices of their own}."""
    found: dict[int, list[int]] = {}
    rows = Voice.objects.filter(vote__in=votes).values_list("associate__person_id", "pk")
    for person, voice in rows:
        found.setdefault(person, []).append(voice)
    return found


def _vote(client: Client, assembly: Assembly, voices: list[int]) -> None:
    typed = {f"voix-{voice}": "pour" for voice in voices}
    check = reverse("governance:vote_check", args=[assembly.pk])
    client.get(reverse("governance:vote_cards", args=[assembly.pk]))
    client.post(check, typed)
    client.post(check, typed | {"confirm": "1"})
