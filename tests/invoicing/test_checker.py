"""The checker process: it judges, it survives bad callers, and its absence is never an approval."""

import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from invoicing.engines.checker.client import CheckerUnavailable, check, is_ready
from invoicing.engines.checker.protocol import HEADER, MAX_MESSAGE, Finding, decode, encode
from invoicing.engines.cii import build_xml
from invoicing.engines.findings import advices
from invoicing.engines.model import DocumentKind, VatCategory
from invoicing.engines.xsd import xsd_findings
from tests.invoicing.einvoices import BUYER, CASES, SELLER, einvoice, exempt_training, line

ROOT = Path(__file__).parent.parent.parent
SERVER = [sys.executable, "-m", "invoicing.engines.checker.server", "--read-seconds", "1"]


def start(*options: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([*SERVER, *options], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture(scope="module")
def checker():
    """A checker of its own, on a unix socket."""
    with TemporaryDirectory() as folder:
        path = f"{folder}/c.sock"
        process = start("--socket", path)
        yield f"unix:{path}"
        process.terminate()
        process.wait(10)


def connect(url: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(10)
    connection.connect(url.removeprefix("unix:"))
    return connection


@pytest.mark.parametrize("case", CASES)
def test_legal_documents_are_accepted(checker, case):
    verdict = check(build_xml(CASES[case]()), checker)
    assert verdict.accepted, verdict.findings
    assert verdict.findings == ()


def broken(**changes):
    return replace(einvoice(line(), line("Deux")), **changes)


def broken_line(**changes):
    invoice = einvoice(line(), line("Deux"))
    return replace(invoice, lines=(invoice.lines[0], replace(invoice.lines[1], **changes)))


BROKEN = {
    "nameless buyer": (broken(buyer=replace(BUYER, name="")), "customer.name", "nom du client"),
    "no SIREN": (broken(buyer=replace(BUYER, siren="", siret="")), "customer.siren", "SIREN du client"),
    "wrong SIRET": (
        broken(buyer=replace(BUYER, siret="12345678900011")),
        "customer.siret",
        "SIRET du client",
    ),
    "wrong VAT number": (
        broken(buyer=replace(BUYER, vat_number="44")),
        "customer.vat_number",
        "numéro de TVA du client",
    ),
    "other's address": (broken(buyer=replace(BUYER, electronic_address="999")), "customer.siren", "SIREN"),
    "no address": (
        broken(buyer=replace(BUYER, electronic_address="", siren="")),
        "customer.email",
        "électronique",
    ),
    "unknown country": (
        broken(buyer=replace(BUYER, address=replace(BUYER.address, country="XX"))),
        "customer.country",
        "pays du client",
    ),
    "seller's SIREN": (broken(seller=replace(SELLER, siren="")), "cooperative.siren", "SIREN"),
    "seller's VAT": (
        broken(seller=replace(SELLER, vat_number="")),
        "cooperative.vat_number",
        "TVA de la coopérative",
    ),
    "seller's address": (
        broken(seller=replace(SELLER, electronic_address="")),
        "activity.routing_suffix",
        "activité",
    ),
    "no line": (broken(lines=()), "lines", "au moins une ligne"),
    "empty line": (broken_line(label=""), "lines.1.label", "Ligne 2 : indiquez ce qui est vendu"),
    "negative price": (broken_line(unit_price=-line().unit_price), "lines.1.unit_price", "Ligne 2"),
    "unknown unit": (broken_line(unit="ZZZ"), "lines.1.unit", "Ligne 2 : choisissez une unité"),
    "strange VAT rate": (
        broken_line(vat_rate=line(rate="19.00").vat_rate),
        "lines.1.vat_rate",
        "Ligne 2 : ce taux",
    ),
    "due too soon": (broken(due_on=einvoice().issued_on.replace(day=1)), "due_on", "échéance"),
    "orphan credit note": (broken(kind=DocumentKind.CREDIT_NOTE), "credited", "avoir doit désigner"),
    "no notes": (broken(notes=()), None, "mention manque"),
    "wrong total": (broken(totals=replace(einvoice().totals, due=einvoice().totals.net)), None, "totaux"),
    "no exemption text": (
        replace(
            exempt_training(),
            vat=(replace(exempt_training().vat[0], exemption_reason="", exemption_code=""),),
        ),
        "lines",
        "mention d’exonération",
    ),
    "reverse charge without text": (
        einvoice(line(category=VatCategory.REVERSE_CHARGE, rate="0.00")),
        "lines",
        "mention d’exonération",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_refusal_names_the_field_to_complete(checker, case):
    invoice, field, words = BROKEN[case]
    xml = build_xml(invoice)
    verdict = check(xml, checker)
    assert not verdict.accepted
    found = {advice.field: advice.sentence for advice in advices([*xsd_findings(xml), *verdict.findings])}
    assert field in found
    assert words in found[field]


def test_a_rule_without_words_is_told_by_its_name():
    (advice,) = advices([Finding("BR-NEW-99", "something new")])
    assert "BR-NEW-99" in advice.sentence
    assert advice.field is None


@pytest.mark.parametrize(
    "xml",
    [
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b'<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><l>&b;</l>',
    ],
)
def test_what_is_no_invoice_is_refused(checker, xml):
    verdict = check(xml, checker)
    assert not verdict.accepted
    assert verdict.findings
    assert "root:" not in verdict.findings[0].text


@pytest.mark.parametrize(
    "frame",
    [
        HEADER.pack(MAX_MESSAGE + 1),
        HEADER.pack(4) + b"\xff\xfe\x00{",
        HEADER.pack(2) + b"[]",
        HEADER.pack(2) + b"{}",
        HEADER.pack(11) + b'{"xml":123}',
    ],
)
def test_a_bad_message_gets_an_error_and_harms_nobody(checker, frame):
    with connect(checker) as connection:
        connection.sendall(frame)
        size = HEADER.unpack(connection.recv(HEADER.size))[0]
        assert "error" in decode(connection.recv(size))
    assert is_ready(checker)


def test_a_silent_client_keeps_nobody_waiting_and_is_dropped(checker):
    with connect(checker) as silent:
        silent.sendall(encode({"xml": "x"})[:6])
        assert check(build_xml(einvoice()), checker, timeout=5).accepted
        assert silent.recv(1) == b""


def test_many_at_once(checker):
    xml = build_xml(einvoice())
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda _: check(xml, checker, timeout=30), range(24)))
    assert all(verdict.accepted for verdict in verdicts)


@pytest.mark.parametrize(
    "url", ["unix:/nonexistent/checker.sock", "tcp://127.0.0.1:1", "", "http://127.0.0.1/", "tcp://"]
)
def test_an_absent_checker_is_no_approval(url):
    with pytest.raises(CheckerUnavailable):
        check(build_xml(einvoice()), url, timeout=1)
    assert not is_ready(url)


@pytest.mark.parametrize(
    "answer", [b"", encode({"ready": True}), encode({"accepted": True}), HEADER.pack(3) + b"abc"]
)
def test_a_nonsense_answer_is_no_approval(answer):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def reply():
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=reply)
        thread.start()
        with pytest.raises(CheckerUnavailable):
            check(b"<a/>", f"tcp://127.0.0.1:{server.getsockname()[1]}", timeout=2)
        thread.join()


def test_a_checker_that_never_answers_is_no_approval():
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(CheckerUnavailable):
        check(b"<a/>", f"tcp://127.0.0.1:{server.getsockname()[1]}", timeout=0.2)


def test_it_ends_cleanly_on_sigterm(tmp_path):
    path = tmp_path / "c.sock"
    process = start("--socket", str(path))
    assert path.stat().st_mode & 0o077 == 0
    with connect(f"unix:{path}"):
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert not path.exists()


def test_it_can_inherit_its_socket(tmp_path):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "c.sock"))
        listener.listen()
        os.set_inheritable(listener.fileno(), True)
        process = subprocess.Popen(
            [*SERVER, "--fd", str(listener.fileno())], stdout=subprocess.DEVNULL, cwd=ROOT, close_fds=False
        )
        assert check(build_xml(einvoice()), f"unix:{tmp_path}/c.sock", timeout=30).accepted
        process.terminate()
        assert process.wait(10) == 0


def test_a_taken_address_is_said_in_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [*SERVER, "--tcp", address], capture_output=True, text=True, cwd=ROOT, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("checker: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_server_knows_no_django():
    code = "import sys, invoicing.engines.checker.server; print([m for m in sys.modules if 'django' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"
