"""What a label of a bank says: plain words, numbers of pieces, names cut short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NOT_WORD = re.compile(r"[^A-Z0-9]+")
_DIGITS = re.compile(r"[0-9]+")
# Words that banks print on every line, and those that many names share: they tell nobody from anybody.
_IDLE = frozenset(
    word
    for line in (
        "VIR VIRT VIREMENT VIREMENTS SEPA INST INSTANTANE RECU EMIS FAVEUR PRLV PRELEVEMENT PRELVT CB CARTE",
        "PAIEMENT ACHAT REF MOTIF FACT FACTURE FAC FA NO NUM REGLEMENT RGLT REMISE CHQ CHEQUE CHEQUES MANDAT",
        "RUM PAR POUR SUR DE DU DES LA LE LES ET AU AUX EN UN UNE MR MME MLLE MONSIEUR MADAME SARL SAS SASU",
        "SA SCI EURL EARL SCIC SCOP ASSOCIATION ASSO CABINET SOCIETE STE ETS BV GMBH LTD",
    )
    for word in line.split()
)
_LEAST_NAME, _LEAST_CUT, _LEAST_NUMBER, _LEAST_TAIL = 2, 3, 5, 3


def plain(text: str) -> str:
    """Capitals without accents, one space between words: how banks write."""
    bare = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", letters.upper()).strip()


def words_of(text: str) -> list[str]:
    return plain(text).split()


def naming_words(name: str) -> tuple[str, ...]:
    """The words that tell this name from others; all its words when it has none of its own."""
    words = words_of(name)
    kept = tuple(word for word in words if word not in _IDLE and len(word) >= _LEAST_NAME)
    return kept or tuple(words)


def named_share(name: Iterable[str], text: list[str]) -> tuple[int, int]:
    """How many of the words of a name stand in a text, out of how many. A word cut by the bank counts when
    its beginning stands there as the last word of a name that is otherwise found (« LYCEE JULES RIE »)."""
    wanted = list(name)
    present = set(text)
    found, cut = 0, False
    for word in wanted:
        if word in present:
            found += 1
        elif not cut and any(len(said) >= _LEAST_CUT and word.startswith(said) for said in text):
            found, cut = found + 1, True
    return found, len(wanted)


def compact(number: str) -> str:
    return plain(number).replace(" ", "")


def number_tail(number: str) -> str:
    """What people copy of a number: its last digits without the zeros before them; nothing when too short."""
    runs = _DIGITS.findall(number)
    tail = runs[-1].lstrip("0") if runs else ""
    return tail if len(tail) >= _LEAST_TAIL else ""


def says_number(number: str, text: list[str]) -> bool:
    """The number stands whole in the text, however its parts are separated."""
    wanted = compact(number)
    if len(wanted) < _LEAST_NUMBER:
        return wanted in text
    for start in range(len(text)):
        run = ""
        for word in text[start:]:
            run += word
            if run == wanted or (
                len(text[start]) > 1 and run.endswith(wanted) and run[: -len(wanted)].isalpha()
            ):
                return True
            if len(run) >= len(wanted) + 4:
                break
    return False


def says_tail(number: str, text: list[str]) -> bool:
    """Only the end of the number stands there, as a word of its own."""
    tail = number_tail(number)
    return bool(tail) and any(word.lstrip("0") == tail for word in text if word.isdigit())
