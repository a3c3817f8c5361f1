"""Asks the checker process for its verdict on one XML."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from invoicing.engines.checker.protocol import (
    HEADER,
    ISSUE,
    Finding,
    ProtocolError,
    Verdict,
    body_length,
    decode,
    encode,
)

DEFAULT_SECONDS = 10.0


class CheckerUnavailable(Exception):
    """No verdict: the checker is absent, too slow or talks nonsense. Nothing may be issued meanwhile."""


def check(xml: bytes, url: str, timeout: float = DEFAULT_SECONDS, *, rules: str = ISSUE) -> Verdict:
    """The verdict of the schematrons of these rules; `url` is `unix:/path` or `tcp://host:port`."""
    answer = _ask({"xml": _text(xml), "rules": rules}, url, timeout)
    try:
        findings = tuple(Finding(**finding) for finding in answer["findings"])
        accepted = answer["accepted"]
    except (KeyError, TypeError) as error:
        raise CheckerUnavailable(f"unexpected answer: {answer.get('error', answer)}") from error
    return Verdict(accepted is True and not findings, findings)


def _text(xml: bytes) -> str:
    """An XML as text: what comes in is not always in UTF-8, and says so itself."""
    try:
        return xml.decode()
    except UnicodeDecodeError:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return str(etree.tostring(etree.fromstring(xml, parser), encoding="unicode"))


def is_ready(url: str, timeout: float = 1.0) -> bool:
    try:
        return _ask({"ping": True}, url, timeout).get("ready") is True
    except CheckerUnavailable:
        return False


def _ask(message: dict[str, Any], url: str, timeout: float) -> dict[str, Any]:
    try:
        with closing(_connect(url, timeout)) as connection:
            connection.sendall(encode(message))
            return decode(_receive(connection, body_length(_receive(connection, HEADER.size))))
    except (OSError, ProtocolError, ValueError) as error:
        raise CheckerUnavailable(f"{url}: {error}") from error


def _connect(url: str, timeout: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(timeout)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    if parts.scheme == "tcp" and parts.hostname and parts.port:
        return socket.create_connection((parts.hostname, parts.port), timeout)
    raise ValueError("address of the checker: unix:/path or tcp://host:port")


def _receive(connection: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        part = connection.recv(min(65536, size - len(received)))
        if not part:
            raise ProtocolError("the checker closed the connection")
        received += part
    return bytes(received)
