"""`./alveole run`: servers, then `manage.py prepare`, then web, worker, beat and checker in one terminal."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

from cae.embedded.checker import CHECKER, CheckerDoor
from cae.embedded.console import Console
from cae.embedded.environment import demonstration, uses_outside_servers
from cae.embedded.processes import Child, Lifeline
from cae.embedded.programs import PROGRAMS, program_named
from cae.embedded.servers import Servers, acquire_first_free
from cae.embedded.slots import ROOT, EmbeddedError, Slot

HOST = "127.0.0.1"
FIRST_PORT = "8000"
# A program that dies is started again; one that dies this often within the window brings the house down.
DEATHS_ALLOWED = 4
DEATHS_WINDOW = 60.0


class Interrupted(Exception):
    """Somebody asked for the end: Ctrl-C, or a signal."""


class Failed(Exception):
    """Something the house cannot live without has died; the message says what."""


@dataclass
class Running:
    """One long-lived process of the application, and the instants at which it died."""

    name: str
    argv: list[str]
    keep_open: list[int] = field(default_factory=list)
    child: Child | None = None
    deaths: list[float] = field(default_factory=list)


def open_port(environment: Mapping[str, str]) -> socket.socket:
    """Takes the port before anything else starts, and keeps it: the web server inherits the socket."""
    wanted = environment.get("PORT") or FIRST_PORT
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise EmbeddedError(f"PORT={wanted} is not a port number.")
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, int(wanted)))
        listener.listen(128)
    except PermissionError:
        listener.close()
        raise EmbeddedError(f"Port {wanted} is reserved: choose one with PORT=8001 ./alveole run") from None
    except OSError:
        listener.close()
        other = int(wanted) + 1 if int(wanted) < 65535 else 8000
        raise EmbeddedError(f"Port {wanted} is taken: choose one with PORT={other} ./alveole run") from None
    return listener


def long_lived(slot: Slot, listener: socket.socket) -> list[Running]:
    """Everything but what ends by itself, and the checker, which waits for its first caller."""
    web, beat = listener.fileno(), slot.folder / "beat"
    return [
        Running(one.name, one.laptop_words(web=web, beat=beat), [web] if one.name == "web" else [])
        for one in PROGRAMS
        if one.on_laptop is not None and not one.ends and one is not CHECKER
    ]


class Supervisor:
    def __init__(self, console: Console) -> None:
        self.console = console
        self.programs: list[Running] = []
        self.servers: Servers | None = None
        self.started = time.monotonic()
        self._lifeline = Lifeline()
        self._requests_to_stop = 0
        self._door: CheckerDoor | None = None
        self._children: list[Child] = []

    # -- what the terminal asks

    def listen_to_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note_request)

    def _note_request(self, _number: int, _frame: FrameType | None) -> None:
        self._requests_to_stop += 1

    # -- one life

    def run(self, slot: Slot, listener: socket.socket, *, embedded: bool) -> None:
        self.slot = slot
        self.port = int(listener.getsockname()[1])
        self.environment = demonstration(slot, self.port)
        if embedded:
            self._start_servers()
        self._offer_checker()
        self._prepare()
        self._start(long_lived(slot, listener))
        self._until(self._first_page)
        self._announce()
        self._until(lambda: False)

    def _start_servers(self) -> None:
        self.servers = Servers(self.slot)
        self.servers.start()
        self.environment |= self.servers.environment
        self.console.say(f"PostgreSQL and Valkey are ready after {self._age()} ({self.slot.folder})")

    def _offer_checker(self) -> None:
        if self.environment.get("CHECKER_URL"):
            return
        self._door = CheckerDoor(self.slot.sockets / "checker.sock")
        self.environment["CHECKER_URL"] = self._door.url

    def _prepare(self) -> None:
        child = self._spawn("prepare", program_named("prepare").laptop_words())
        self._until(lambda: child.exit_code is not None)
        child.bury()
        self._children.remove(child)
        if child.exit_code:
            self.console.drain()
            raise Failed("The database could not be prepared: the lines above say why.")
        self.console.say(f"The database is prepared after {self._age()}")

    def _start(self, programs: list[Running]) -> None:
        for stale in self.slot.folder.glob("beat*"):
            stale.unlink()
        for program in programs:
            self.programs.append(program)
            self._launch(program)
            if program.name == "web":  # the first page comes first, on a small machine too
                self._until(self._first_page)
        if self._door and not self._checker_started():
            self._start_checker()

    def _announce(self) -> None:
        self.console.say(f"Ready after {self._age()}: http://{HOST}:{self.port}/")
        accounts = self.slot.folder / "accounts.txt"
        if accounts.exists():
            self.console.say(accounts.read_text())
        self.console.say("Ctrl-C stops everything and keeps the data; ./alveole reset starts afresh.")

    def _age(self) -> str:
        return f"{time.monotonic() - self.started:.1f} s"

    # -- the watch

    def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            if self._requests_to_stop:
                raise Interrupted
            if self.servers and (dead := self.servers.dead()):
                raise Failed(f"{dead[0]} has died: see {self.slot.folder}/{dead[0]}.log")
            if self._door and self._door.somebody_waits() and not self._checker_started():
                self._start_checker()
            self._revive_the_dead()
            time.sleep(0.05)

    def _first_page(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=2)
        try:
            connection.request("GET", "/")
            status = connection.getresponse().status
        except OSError:
            return False
        finally:
            connection.close()
        if status >= 500:
            self.console.say(f"The first page answers {status}: the lines of the web server say why.")
        return True

    def _revive_the_dead(self) -> None:
        now = time.monotonic()
        for program in self.programs:
            child = program.child
            if child and child.exit_code is not None:
                self._children.remove(child)
                child.bury()
                program.child = None
                program.deaths = [at for at in program.deaths if now - at < DEATHS_WINDOW] + [now]
                if len(program.deaths) > DEATHS_ALLOWED:
                    raise Failed(f"{program.name} keeps dying: the lines above say why.")
                self.console.say(f"{program.name} ended with {child.exit_code} and is started again")
            if program.child is None and now >= program.deaths[-1] + len(program.deaths) - 1:
                self._launch(program)

    def _checker_started(self) -> bool:
        return any(program.name == CHECKER.name for program in self.programs)

    def _start_checker(self) -> None:
        assert self._door is not None
        program = Running(CHECKER.name, self._door.command, [self._door.descriptor])
        self.programs.append(program)
        self._launch(program)

    def _launch(self, program: Running) -> None:
        program.child = self._spawn(program.name, program.argv, program.keep_open)

    def _spawn(self, name: str, argv: list[str], keep_open: list[int] | None = None) -> Child:
        assert self.slot.lock is not None, "acquire the slot first"
        kept = [self.slot.lock, *(keep_open or [])]
        child = self._lifeline.spawn(name, argv, cwd=ROOT, env=self.environment, keep_open=kept)
        self._children.append(child)
        self.console.follow(child)
        return child

    # -- the end

    def stop(self) -> None:
        """Applications first, then servers; a second Ctrl-C kills at once what is still alive."""
        for child in self._children:
            child.ask_to_stop()
        asked, deadline = self._requests_to_stop, time.monotonic() + 8
        while any(child.exit_code is None for child in self._children) and time.monotonic() < deadline:
            if self._requests_to_stop > asked:
                break
            time.sleep(0.05)
        for child in self._children:
            if not child.wait_or_kill(0):
                self.console.say("did not stop in time and was killed", child.name)
        self.console.drain()
        if self.servers:
            self.servers.stop()
        self._lifeline.close()


def main() -> int:
    console = Console()
    supervisor = Supervisor(console)
    supervisor.listen_to_signals()
    try:
        embedded = not uses_outside_servers(os.environ)
        slot = acquire_first_free("demo" if embedded else "outside")
        try:
            listener = open_port(os.environ)
        except EmbeddedError:
            slot.discard_if_unused()
            raise
        supervisor.run(slot, listener, embedded=embedded)
    except Interrupted:
        console.say("Stopping")
    except (Failed, EmbeddedError) as problem:
        console.say(str(problem))
        return 1
    finally:
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
