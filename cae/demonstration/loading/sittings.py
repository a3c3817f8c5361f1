"""What every assembly of the demonstration has: its texts, its place, who leads it, who is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from cae.demonstration.loading.people import Population
from governance.models import AgendaItem, Assembly, Associate, Body
from governance.services.agenda import ItemData, add_item, add_paper
from governance.services.assemblies import AssemblyData, create_assembly, seat_bureau
from governance.services.convening import convene
from governance.services.resolutions import ResolutionData, put_resolution
from governance.services.sections import SectionData, add_section_meeting
from governance.states.assemblies import AssemblyKind, ItemKind
from governance.states.rules import DecisionKind
from governance.states.votes import Method
from people.models import User

PAPER = b"%PDF-1.4\n% document de l'assemblee (demonstration)\n%%EOF"
PLACE = "Salle du Marsan, Mont-de-Marsan"
LINK = "https://visio.example.org/assemblee"


@dataclass(frozen=True)
class Text:
    """A point of the agenda and its resolution, if it decides; the body of which it elects one member."""

    title: str
    text: str = ""
    resolution: str = ""
    kind: str = ItemKind.DECISION
    amount: Decimal | None = None
    paper: str = ""
    body: Body | None = None

    def decided(self, item: AgendaItem) -> ResolutionData:
        if self.body is None:
            return ResolutionData(self.resolution, DecisionKind.ORDINARY, item=item, amount=self.amount)
        return ResolutionData(
            self.resolution, DecisionKind.BOARD_ELECTION, item=item, method=Method.NAMES, body=self.body
        )


@dataclass(frozen=True)
class Room:
    """Who leads, who was called, by slug."""

    population: Population
    associates: dict[str, Associate]
    today: date

    @property
    def manager(self) -> User:
        return self.population.accounts["manager"]

    @property
    def second(self) -> User:
        """Who writes at the sittings."""
        return self.population.accounts["manager2"]

    @property
    def life(self) -> User:
        return self.population.accounts["life"]

    def account_of(self, slug: str) -> User | None:
        return self.population.accounts.get(slug)

    def on(self, day: date) -> dict[str, Associate]:
        """The associates of a day, as the register has them now: some have left since they were entered."""
        rows = Associate.objects.in_bulk([row.pk for row in self.associates.values()])
        known = {slug: rows[row.pk] for slug, row in self.associates.items()}
        return {slug: row for slug, row in known.items() if row.is_associate_on(day)}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day, by the clock of the place."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def prepare_sitting(
    room: Room,
    texts: Sequence[Text],
    *,
    title: str,
    starts_at: datetime,
    now: datetime,
    sections: Sequence[SectionData] = (),
    scrutineers: Sequence[str] = ("associate", "trusted"),
) -> Assembly:
    """Does: prepares an ordinary assembly of these texts, names its bureau, convenes it. Refuses: nothing.
    Leaves behind: the assembly, convened at this instant."""
    data = AssemblyData(
        kind=AssemblyKind.ORDINARY,
        title=title,
        starts_at=starts_at,
        place=PLACE,
        remote_link=LINK,
        introduction="Un café vous attend une demi-heure avant. Venez, ou donnez votre pouvoir.",
    )
    assembly = create_assembly(data=data, actor=room.life, at=now)
    for section in sections:
        add_section_meeting(assembly, data=section, actor=room.life, at=now)
    for text in texts:
        item = add_item(assembly, data=ItemData(text.title, kind=text.kind), actor=room.life)
        if text.paper:
            add_paper(
                assembly,
                item=item,
                title=text.paper,
                content=PAPER,
                name="document.pdf",
                actor=room.life,
                on=timezone.localdate(now),
            )
        if text.resolution:
            put_resolution(assembly, data=text.decided(item), text=text.text, actor=room.life)
    accounts = room.population.accounts
    seat_bureau(
        assembly,
        chair=room.manager.person,
        secretary=room.second.person,
        scrutineers=[one for slug in scrutineers if (one := accounts[slug].person)],
        actor=room.life,
    )
    return convene(assembly, actor=room.life, at=now)
