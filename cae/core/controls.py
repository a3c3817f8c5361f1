"""What can be verified in what the house keeps: each room says how its books and chains are proved whole."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Control:
    """One verification: its name, and what gives a French sentence for each fault it finds."""

    label: str
    faults: Callable[[], Iterator[str]]

    def __str__(self) -> str:
        return self.label


Provider = Callable[[], Iterable[Control]]

_providers: list[Provider] = []


def provide_controls(provider: Provider) -> None:
    """Registers the verifications of a room, in its `apps.py`."""
    _providers.append(provider)


def controls() -> list[Control]:
    """Gives every verification of the house, in the order of the stairs: the kernel's first."""
    return [control for provider in _providers for control in provider()]
