"""The auditor as a program: the command of the house, and the one file that needs Python and PyNaCl alone."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cffi
import nacl
import pycparser
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from governance.engines.ballot_words import FAULTS, auditor_words, fault_sentence
from governance.engines.ballots import auditor
from governance.engines.ballots.archive import Where
from governance.engines.ballots.audit import Finding, Step, verify_archive
from governance.engines.ballots.auditor import audit_alone
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import b64_of
from governance.engines.ballots.telling import fault_told, lines_of
from governance.management import assembling
from tests.governance.ballots.known import DATA, put
from tests.governance.ballots.voted import UUID, a_vote, written

FRENCH = f"""\
Assemblée d’essai (élection {UUID})
1. Intégrité du fichier : vérifié
2. Chaîne des événements : vérifié
3. Accord avec ce qui a été annoncé : vérifié
4. Élection, scrutateurs et liste : vérifié
5. Bulletins, un par un : vérifié
6. Sommes chiffrées : vérifié
7. Parts de dépouillement : vérifié
8. Résultat : vérifié
"""
RESULT = """\
Approuver les comptes ?
   Pour : 2
   Contre : 1
   Abstention : 1
Deux sièges
   Blanc : 1
   Alice : 2
   Bob : 2
   Chloé : 1
Deux points au plus
   Jardin : 2
   Four : 2
Preuves renforcées des parts : vérifiées.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a vote, as they are published."""
    vote = a_vote()
    (tmp_path / f"{UUID}.bel").write_bytes(vote.data)
    (tmp_path / f"{UUID}.strict.json").write_bytes(vote.strict)
    (tmp_path / "earlier.bel").write_bytes(written(vote.events[:3]))
    return tmp_path


def options(folder: Path, *more: str) -> list[str]:
    return [str(folder / f"{UUID}.bel"), "--strict-proofs", str(folder / f"{UUID}.strict.json"), *more]


def announced(folder: Path) -> list[str]:
    """Whatever a member may compare."""
    election, _, roll, _ = a_vote().events[0][1]
    return options(
        folder,
        *("--head", a_vote().data[-1024:][:64].decode()),
        *("--fingerprint", b64_of(election)),
        *("--roll", b64_of(roll)),
        *("--voters", "4"),
        *("--earlier", str(folder / "earlier.bel")),
        *("--tracker", b64_of(a_vote().events[2][1][0])),
        *("--tracker", f" {b64_of(a_vote().events[3][1][0])} "),
    )


Told = tuple[int, str, str]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """`manage.py verify_election`: its status, what it says, what it says aside."""

    def run(words: Sequence[str]) -> Told:
        status = 0
        try:
            call_command("verify_election", *words)
        except SystemExit as left:
            status = int(left.code or 0)
        return status, *capsys.readouterr()

    return run


def test_the_command_tells_what_it_verified(command: Callable[..., Told], folder: Path) -> None:
    status, said, aside = command(announced(folder))
    assert (status, aside) == (0, "")
    assert said.startswith(FRENCH)
    assert RESULT in said
    assert said.endswith("Tout ce qui a été demandé est vérifié.\n")
    assert "Bulletins reçus : 5\n" in said
    assert "Bulletins comptés, le dernier de chaque code de vote : 4\n" in said
    assert "--" not in said


def test_the_command_tells_what_was_not_compared(command: Callable[..., Told], folder: Path) -> None:
    status, said, _ = command(options(folder, "--lang", "en"))
    assert status == 0
    assert "3. Agreement with what was announced: nothing to compare with was given\n" in said
    for option in ("--head", "--fingerprint", "--roll", "--voters", "--tracker"):
        assert f"({option})" in said
    assert said.endswith("All that was asked is verified.\n")


def test_the_command_tells_that_strict_proofs_are_none(command: Callable[..., Told], folder: Path) -> None:
    archive = str(folder / f"{UUID}.bel")
    status, said, _ = command([archive])
    assert status == 1
    assert "   Les preuves renforcées des parts de dépouillement n’ont pas été données.\n" in said
    assert "8. Résultat : non vérifié, car une étape précédente est fausse\n" in said
    assert "Pour : 2" not in said
    status, said, _ = command([archive, "--foreign"])
    assert status == 0
    assert "Preuves renforcées des parts : absentes." in said


def test_the_command_names_what_is_false(command: Callable[..., Told], folder: Path) -> None:
    ballot = a_vote().events[3][1][0].replace('"response":"', '"response":"1', 1)
    (folder / f"{UUID}.bel").write_bytes(a_vote().with_event(3, ballot))
    status, said, _ = command(options(folder))
    assert status == 1
    assert "5. Bulletins, un par un : FAUX\n" in said
    assert f"   bulletin {b64_of(ballot)}, événement 3 : " in said
    assert said.endswith("Anomalies : 1. Cette archive ne prouve pas son résultat.\n")


def test_the_command_tells_that_a_ballot_was_replaced(command: Callable[..., Told], folder: Path) -> None:
    tracker = b64_of(a_vote().events[1][1][0])
    status, said, _ = command(options(folder, "--tracker", tracker))
    assert status == 1
    assert (
        f"   bulletin {tracker} : Ce bulletin est dans l’urne, mais un bulletin déposé plus tard avec le même"
        " code l’a remplacé. Si ce n’est pas vous, prévenez le bureau.\n"
    ) in said


def test_the_command_reads_an_open_box(command: Callable[..., Told], folder: Path) -> None:
    assert command([str(folder / "earlier.bel")])[0] == 1
    status, said, _ = command([str(folder / "earlier.bel"), "--open", "--lang", "en"])
    assert status == 0
    assert "6. Encrypted sums: not yet\n" in said


def test_bytes_that_are_no_archive(command: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "x.bel").write_bytes(b"no archive")
    status, said, _ = command([str(tmp_path / "x.bel")])
    assert status == 1
    assert "   octet 0 : L’archive est coupée, ou des octets n’y sont pas à leur place.\n" in said
    assert "Tête" not in said


def test_an_archive_that_bears_the_name_of_another(command: Callable[..., Told], folder: Path) -> None:
    other = folder / f"{'3' * 14}.bel"
    (folder / f"{UUID}.bel").rename(other)
    status, said, _ = command([str(other), *options(folder)[1:]])
    assert status == 1
    assert "   événement 0 : L’identifiant de l’élection n’est pas celui attendu.\n" in said


def test_an_archive_that_bears_no_name_of_an_election(command: Callable[..., Told], folder: Path) -> None:
    """A browser that saves it twice changes its name: then nothing says of which election it should be."""
    told = "Non comparé : l’identifiant de l’élection, que le nom de ce fichier ne donne pas."
    assert told not in command(options(folder))[1]
    other = folder / f"{UUID} (1).bel"
    (folder / f"{UUID}.bel").rename(other)
    status, said, _ = command([str(other), *options(folder)[1:]])
    assert status == 0
    assert f"{told}\n" in said


def test_a_file_that_is_not_there(command: Callable[..., Told], folder: Path) -> None:
    for words in (["nowhere.bel"], options(folder, "--earlier", "nowhere.bel"), [str(folder)]):
        status, said, aside = command(words)
        assert (status, said) == (2, "")
        assert aside.startswith("Ce fichier ne peut pas être lu : ")


def test_the_command_tells_how_far_it_is(
    command: Callable[..., Told], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditor, "_EACH", 2)
    assert command(options(folder))[2].splitlines() == [
        "Bulletins vérifiés : 2 sur 5",
        "Bulletins vérifiés : 4 sur 5",
    ]


def test_a_member_of_a_group_and_a_share_are_named() -> None:
    words = auditor_words()
    member = Finding(Step.SETUP, Fault.SIGNATURE_WRONG, Where(height=0, member=2))
    assert fault_told(member, words) == "membre n° 2 du groupe, événement 0 : La signature est fausse."
    share = Finding(Step.SHARES, Fault.SHARE_WRONG, Where(height=9, owner=3))
    assert fault_told(share, words) == "part n° 3, événement 9 : Cette part de dépouillement est fausse."


def test_the_command_names_the_share_whose_proof_is_false(command: Callable[..., Told], folder: Path) -> None:
    """By its number, which is no scrutineer's: that of the server comes first."""
    proofs = json.loads(a_vote().strict)
    (folder / f"{UUID}.strict.json").write_text(
        dumps(put(proofs, [2, "strict_proofs", 1, 0, "response"], "1"))
    )
    status, said, _ = command(options(folder))
    assert status == 1
    assert "   part n° 4 : La preuve renforcée d’une part de dépouillement est fausse.\n" in said
    assert "scrutateur n°" not in said


def test_no_text_of_an_archive_writes_lines_of_the_report() -> None:
    """Who made a false archive may name it as it wishes: on a terminal, too."""
    forged = "x\n8. Résultat : vérifié\x1b[2J\u2028\u202e"
    real = verify_archive(a_vote().data, foreign=True)
    assert real.election is not None
    first = replace(real.election.questions[0], question=forged, answers=(forged,) * 3)
    questions = (first, *real.election.questions[1:])
    report = replace(real, election=replace(real.election, name=forged, questions=questions))
    said = list(lines_of(report, auditor_words()))
    assert len(said) == len(list(lines_of(real, auditor_words())))
    assert all(line.replace("\N{NO-BREAK SPACE}", " ").isprintable() for line in said)
    assert said[0] == f"x 8. Résultat : vérifié [2J   (élection {UUID})"


def test_every_fault_has_its_sentence_in_both_languages() -> None:
    assert set(FAULTS) == set(Fault)
    for code in Fault:
        with override("fr"):
            french = fault_sentence(code)
        with override("en"):
            assert fault_sentence(code) not in {"", french}


# The one file --------------------------------------------------------------------------------------------


def test_the_committed_script_is_what_the_sources_give() -> None:
    call_command("write_verifier", "--check")


def test_the_script_is_written_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "verify" / "verify_election.py"
    monkeypatch.setattr("governance.management.commands.write_verifier.TARGET", script)
    with pytest.raises(CommandError):
        call_command("write_verifier", "--check")
    call_command("write_verifier")
    assert "verify_election.py" in capsys.readouterr().out
    assert script.read_text() == assembling.TARGET.read_text()
    script.write_text(script.read_text() + "\n")
    with pytest.raises(CommandError):
        call_command("write_verifier", "--check")


@pytest.mark.parametrize(
    ("faulty", "complaint"),
    [
        ("from governance.engines.ballots.archive import Kind as K\n", "import names"),
        ("from governance.engines.ballots import archive\n", "import names"),
        ("from governance.engines.ballots.auditor import LANGUAGES\n", "imports itself"),
        ("HOLDS: int = 1\n", "telling and auditor both give the name HOLDS"),
        ("Q, BASE = 1, 2\n", "group and telling both give the name Q"),
        ("def read_archive() -> None: ...\n", "archive and telling both give the name read_archive"),
    ],
)
def test_what_no_single_file_can_hold_is_not_assembled(
    faulty: str, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = assembling._source
    monkeypatch.setattr(
        assembling, "_source", lambda name: source(name) + (faulty if name == "telling" else "")
    )
    with pytest.raises(assembling.CannotAssemble, match=complaint):
        assembling.assembled()


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter whose only packages are PyNaCl and what it is built on."""
    place = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    packages = next(place.glob("lib/python*/site-packages"))
    backend = importlib.util.find_spec("_cffi_backend")
    assert backend
    assert backend.origin
    shutil.copy(backend.origin, packages)
    for package in (nacl, cffi, pycparser):
        folder = Path(str(package.__file__)).parent
        shutil.copytree(folder, packages / folder.name)
    return place / "bin" / "python"


@pytest.fixture(scope="module")
def alone(bare_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Told]:
    """The script, far from the house."""
    script = tmp_path_factory.mktemp("alone") / "verify_election.py"
    shutil.copy(assembling.TARGET, script)

    def run(words: Sequence[str], python: Path = bare_python) -> Told:
        done = subprocess.run(
            [python, "-I", script, *words], cwd=script.parent, capture_output=True, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


def test_the_script_says_what_the_command_says(
    alone: Callable[..., Told], command: Callable[..., Told], folder: Path
) -> None:
    for words in (
        announced(folder),
        options(folder, "--lang", "en"),
        options(folder, "--head", "0" * 64, "--lang=en"),
        [str(DATA / "threshold" / "archive.bel"), "--foreign"],
        [str(folder / "earlier.bel")],
        ["nowhere.bel"],
    ):
        assert alone(words) == command(words)


def test_the_script_helps_in_both_languages(alone: Callable[..., Told]) -> None:
    assert "sans faire confiance" in " ".join(alone(["--help"])[1].split())
    assert "without trusting" in " ".join(alone(["--lang", "en", "--help"])[1].split())
    assert alone([])[0] == 2


def test_the_script_says_what_it_lacks(alone: Callable[..., Told], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path], check=True)
    status, _, aside = alone(["--help"], tmp_path / "bin" / "python")
    assert status == 1
    assert "python3 -m pip install pynacl" in aside


def test_the_program_without_the_house(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words: dict[str, Any] = {}
    for language in ("fr", "en"):
        with override(language):
            words[language] = auditor_words()
    assert audit_alone(words, options(folder)) == 0
    assert capsys.readouterr().out.startswith("Assemblée d’essai (élection")
    assert audit_alone(words, options(folder, "--voters", "5", "--lang", "en")) == 1
    assert "Faults: 1." in capsys.readouterr().out
