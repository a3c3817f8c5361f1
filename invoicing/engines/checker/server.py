"""The checker: one single-threaded process that owns SaxonC and answers over a socket.

    python -m invoicing.engines.checker.server --socket PATH
    python -m invoicing.engines.checker.server --tcp HOST:PORT
    python -m invoicing.engines.checker.server --fd NUMBER    (a listening unix socket of the parent)
    python -m invoicing.engines.checker.server --fd NUMBER    (a listening unix socket it inherits)

Prints `ready` once both schematrons are compiled and the socket listens. A client that hangs holds
its own connection only, and loses it after a few seconds. No Django import.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from invoicing.engines.checker.judges import Judges
from invoicing.engines.checker.protocol import (
    HEADER,
    ISSUE,
    READING,
    ProtocolError,
    body_length,
    decode,
    encode,
)

READ_SECONDS = 5.0
MOST_CLIENTS = 64

logger = logging.getLogger("alveole.checker")


class Checker:
    """Answers one client after the other: reading is shared, judging is not."""

    def __init__(self, judges: Judges, read_seconds: float = READ_SECONDS) -> None:
        self._judges = judges
        self._read_seconds = read_seconds
        self._clients = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients += 1
        try:
            if self._clients <= MOST_CLIENTS:
                await self._converse(reader, writer)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            logger.debug("a client went away or kept silent")
        except ProtocolError as error:
            await self._say(writer, {"error": str(error)})
        finally:
            self._clients -= 1
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            async with asyncio.timeout(self._read_seconds):
                header = await reader.readexactly(HEADER.size)
                body = await reader.readexactly(body_length(header))
            await self._say(writer, self._answer(body))

    def _answer(self, body: bytes) -> dict[str, object]:
        message = decode(body)
        if message.get("ping"):
            return {"ready": True}
        xml = message.get("xml")
        if not isinstance(xml, str):
            raise ProtocolError("neither ping nor xml")
        rules = message.get("rules", ISSUE)
        if rules != ISSUE and rules not in READING:
            raise ProtocolError("unknown rules")
        verdict = self._judges.judge(xml.encode(), rules)
        return {"accepted": verdict.accepted, "findings": [f.to_json() for f in verdict.findings]}

    async def _say(self, writer: asyncio.StreamWriter, message: dict[str, object]) -> None:
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(self._read_seconds):
                writer.write(encode(message))
                await writer.drain()


async def run(arguments: argparse.Namespace) -> None:
    """Does: listens until SIGTERM or SIGINT, then removes its socket."""
    checker = Checker(Judges(), arguments.read_seconds)
    server = await _listen(checker, arguments)
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await stop.wait()
    server.close()
    if arguments.socket:
        Path(arguments.socket).unlink(missing_ok=True)


async def _listen(checker: Checker, arguments: argparse.Namespace) -> asyncio.Server:
    if arguments.socket:
        os.umask(0o177)
        return await asyncio.start_unix_server(checker.serve, path=arguments.socket)
    if arguments.fd is not None:
        return await asyncio.start_server(checker.serve, sock=socket.socket(fileno=arguments.fd))
    host, _, port = arguments.tcp.rpartition(":")
    return await asyncio.start_server(checker.serve, host=host.strip("[]"), port=int(port))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="checker", description="Judges invoices by schematron.")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--socket", help="path of a unix socket")
    where.add_argument("--tcp", metavar="HOST:PORT")
    where.add_argument("--fd", type=int, help="number of an inherited socket that already listens")
    parser.add_argument("--read-seconds", type=float, default=READ_SECONDS, help="patience with a client")
    try:
        asyncio.run(run(parser.parse_args(arguments)))
    except OSError as error:
        sys.stderr.write(f"checker: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
