"""`manage.py update_payroll_rules ARCHIVE --sha256 HASH`: judges a published version, then takes it in."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.engines.pay_rules import VENDOR
from accounting.services.pay_updates import Judgement, judge_rules, take_in_rules
from cae.core.errors import Refused

_CASES = Path(settings.BASE_DIR) / "tests" / "data" / "payroll_cases.json"
_SNAPSHOTS = Path(settings.BASE_DIR).parent / "shared" / "data" / "payroll_cases.json"


class Command(BaseCommand):
    help = (
        "Reads a published archive of modele-social, downloaded by a person; plays the worked cases under "
        "the rules in force and under its own; writes its folder and a draft that a person puts in force."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--sha256", required=True, help="hash of the archive, as its publisher gives it")
        parser.add_argument(
            "--accept",
            action="append",
            default=[],
            metavar="CASE=REASON",
            help="a case whose figures may change by more than 0.05 €, and why",
        )
        parser.add_argument("--cases", type=Path, default=_CASES)
        parser.add_argument("--snapshots", type=Path, default=_SNAPSHOTS)
        parser.add_argument("--into", type=Path, default=VENDOR, help="where folders of rules are kept")

    def handle(self, *_args: Any, **options: Any) -> None:
        accepted = dict(_accepted(text) for text in options["accept"])
        try:
            judgement = judge_rules(
                options["archive"],
                options["sha256"],
                cases=_read(options["cases"]),
                snapshots=self._snapshots(options["snapshots"]),
                today=timezone.localdate(),
            )
            self._report(judgement)
            row = take_in_rules(judgement, accepted=accepted, vendor=options["into"], actor=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("Version %(version)s reçue : mettez-la en vigueur dans « Règles de paie ».")
            % {"version": row.version}
        )

    def _snapshots(self, path: Path) -> Mapping[str, Any] | None:
        if path.exists():
            return _read(path)
        self.stderr.write(_("Clichés de l’éditeur absents : seuls nos cas sont joués."))
        return None

    def _report(self, judgement: Judgement) -> None:
        """Old, new and difference, figure by figure; the names that came."""
        for one in judgement.moved:
            mark = "!" if one.matters else " "
            cells = (one.case, one.figure, _shown(one.old), _shown(one.new), f"{one.difference:+}")
            self.stdout.write(f"{mark} {' | '.join(cells)}")
        for name in judgement.appeared:
            self.stdout.write(_("Nouvelle règle : %(name)s") % {"name": name})
        for name in judgement.vanished:
            self.stdout.write(_("Règle disparue : %(name)s") % {"name": name})


def _shown(value: Any) -> str:
    return "∅" if value is None else str(value)


def _accepted(text: str) -> tuple[str, str]:
    case, _sign, reason = text.partition("=")
    if not case.strip() or not reason.strip():
        raise CommandError(_("Écrivez --accept CAS=MOTIF : « %(text)s » n’a pas les deux.") % {"text": text})
    return case.strip(), reason.strip()


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(_("Cas de paie illisibles : %(path)s") % {"path": path}) from error
