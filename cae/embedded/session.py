"""Runs one command with the embedded servers: those of a living run, or its own for a while."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from cae.embedded.checker import CheckerOnDemand
from cae.embedded.environment import demonstration, uses_outside_servers
from cae.embedded.servers import Servers, start_first_free
from cae.embedded.slots import ROOT, EmbeddedError, Slot, SlotBusy, slot_folders


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    """Ctrl-C belongs to the command; we only wait for it, then put the servers away."""
    child = subprocess.Popen(command, cwd=ROOT, env=environment)
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return child.wait()
    finally:
        signal.signal(signal.SIGINT, former)


def _with_own_servers(servers: Servers, command: Sequence[str]) -> int:
    slot = servers.slot
    checker = CheckerOnDemand(slot.sockets / "checker.sock", slot.folder / "checker.log")
    try:
        addresses = servers.environment | {"CHECKER_URL": os.environ.get("CHECKER_URL") or checker.door.url}
        return _run(command, demonstration(slot) | addresses)
    finally:
        checker.stop()
        servers.stop()


def in_demonstration(command: Sequence[str], *, alone: bool = False) -> int:
    """For `./alveole manage`: the data of the demonstration, whether it runs or not, unless `alone`."""
    slot = Slot(slot_folders("demo")[0])
    servers = Servers(slot)
    try:
        slot.acquire()
    except SlotBusy:
        if alone:
            raise EmbeddedError(f"{slot.folder} is in use: stop ./alveole run first.") from None
        checker = {"CHECKER_URL": f"unix://{slot.sockets}/checker.sock"}
        return _run(command, demonstration(slot) | servers.environment | checker)
    servers.start()
    return _with_own_servers(servers, command)


def outside_environment() -> dict[str, str]:
    """The servers are the person's own. Where they chose no settings either, the rest is that of `run`."""
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        return dict(os.environ)
    return demonstration(Slot(slot_folders("outside")[0]))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m cae.embedded.session", description=__doc__)
    parser.add_argument("--alone", action="store_true", help="refuse while something runs on that data")
    parser.add_argument(
        "slot", help="demo for the data of the demonstration, any other name for throw-away data"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    command = [sys.executable, *options.command]
    try:
        if uses_outside_servers(os.environ):
            return _run(command, outside_environment())
        if options.slot == "demo":
            return in_demonstration(command, alone=options.alone)
        return _with_own_servers(start_first_free(options.slot, throwaway=True), command)
    except EmbeddedError as problem:
        print(f"alveole: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
