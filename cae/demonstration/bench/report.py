"""What the bench says: one line for each measure, or the same as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Comparison:
    """Ours against the least it could take, in milliseconds."""

    name: str
    ours: float
    bare: float
    limit: float
    # What the page asks the database, among a tenth of its rows and among all of them; None: not counted.
    questions: tuple[int, int] | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    @property
    def within(self) -> bool:
        return self.ratio <= self.limit and self.is_flat

    @property
    def is_flat(self) -> bool:
        """The page asks no more because there is more to show."""
        return self.questions is None or self.questions[1] <= self.questions[0]


@dataclass(frozen=True)
class Rate:
    """Documents issued, ballots cast, polls answered by some clients at once."""

    name: str
    clients: int
    documents: int
    seconds: float
    gaps: int

    @property
    def per_second(self) -> float:
        return self.documents / self.seconds


@dataclass(frozen=True)
class Batch:
    """The same documents made by one process, then by two."""

    name: str
    documents: int
    seconds_alone: float
    seconds_both: float
    peak_megabytes: float
    aim: float

    @property
    def ratio(self) -> float:
        return self.seconds_alone / self.seconds_both


@dataclass(frozen=True)
class Step:
    """A part of a work done for so many, then for ten times as many: seconds and questions of each."""

    name: str
    few_seconds: float
    seconds: float
    few_questions: int
    questions: int


@dataclass(frozen=True)
class Work:
    """A long work with its parts, for `few` people, then for `many` others."""

    name: str
    few: int
    many: int
    steps: list[Step]

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)

    @property
    def questions(self) -> int:
        return sum(step.questions for step in self.steps)

    def each(self, step: Step) -> tuple[float, float]:
        """How many milliseconds one person takes, among the few and among the many."""
        return 1000 * step.few_seconds / self.few, 1000 * step.seconds / self.many

    def as_lines(self) -> list[str]:
        heads = f"{'seconds':>8}{'questions':>11}{'ms each':>9}{f'among {self.few}':>12}{'asked each':>12}"
        lines = [f"{self.name:<44}{heads}{f'among {self.few}':>12}"]
        for step in self.steps:
            few, many = self.each(step)
            lines.append(
                f"  {step.name:<42}{step.seconds:>8.1f}{step.questions:>11}{many:>9.1f}{few:>12.1f}"
                f"{step.questions / self.many:>12.1f}{step.few_questions / self.few:>12.1f}"
            )
        return [*lines, f"  {'all of it':<42}{self.seconds:>8.1f}{self.questions:>11}"]


@dataclass(frozen=True)
class Report:
    comparisons: list[Comparison]
    rates: list[Rate]
    loading_seconds: float
    # What comes after its page, in milliseconds.
    sums: dict[str, float] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)

    def as_json(self) -> str:
        facts = {
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "loading_seconds": round(self.loading_seconds, 1),
            "comparisons": [
                _rounded(asdict(one) | {"ratio": one.ratio}) | {"within": one.within}
                for one in self.comparisons
            ],
            "sums": _rounded(dict(self.sums)),
            "batches": [_rounded(asdict(one) | {"ratio": one.ratio}) for one in self.batches],
            "works": [
                {"name": one.name, "people": one.many, "seconds": round(one.seconds, 3)}
                | {"questions": one.questions, "steps": [_rounded(asdict(step)) for step in one.steps]}
                for one in self.works
            ],
            "rates": [_rounded(asdict(one) | {"per_second": one.per_second}) for one in self.rates],
        }
        return json.dumps(facts, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        lines = [f"{'':<44}{'ours':>10}{'bare':>10}{'ratio':>8}{'aim':>8}"]
        for one in self.comparisons:
            verdict = "" if one.within else "  above the aim"
            if one.questions is not None:
                verdict = f"  {one.questions[1]} questions ({one.questions[0]} among a tenth){verdict}"
            lines.append(
                f"{one.name:<44}{one.ours:>7.1f} {one.unit}{one.bare:>7.1f} {one.unit}"
                f"{one.ratio:>7.2f}×{one.limit:>7.2f}×{verdict}"
            )
        lines += [f"{name:<44}{spent:>7.1f} ms" for name, spent in self.sums.items()]
        lines += ["", f"{'':<44}{'clients':>8}{'documents':>11}{'per second':>12}{'gaps':>6}"]
        for rate in self.rates:
            lines.append(
                f"{rate.name:<44}{rate.clients:>8}{rate.documents:>11}{rate.per_second:>12.1f}{rate.gaps:>6}"
            )
        for work in self.works:
            lines += ["", *work.as_lines()]
        for batch in self.batches:
            verdict = "" if batch.ratio >= batch.aim else "  below the aim"
            lines += [
                "",
                f"{batch.name}: {batch.documents} in {batch.seconds_alone:.1f} s alone, "
                f"{batch.seconds_both:.1f} s by two: {batch.ratio:.2f}× (aim {batch.aim:.1f}×), "
                f"{batch.peak_megabytes:.0f} MB at most each{verdict}",
            ]
        lines += ["", f"Loading, tables included: {self.loading_seconds:.1f} s"]
        return "\n".join(lines)


def _rounded(facts: dict[str, object]) -> dict[str, object]:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in facts.items()}
