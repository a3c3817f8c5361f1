"""The pages of scrutineers as templates draw them, and a server that keeps a ceremony by the engine alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from governance.engines.ballots import ceremony, decryption, sharing
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.faults import BallotFault
from governance.engines.ballots.group import random_scalar
from governance.engines.ballots.tally import open_tally, read_result
from governance.engines.ballots.trustees import read_trustees
from tests.browser.ballots.opening import SINGLE, UUID, Box, checked, context, trustees_of
from tests.browser.ballots.origin import HTML, Answer, Origin, Sent

WORDS = {
    "failed": "Une erreur est survenue.",
    "unreachable": "Le serveur ne répond pas.",
    "expired": "Votre session est terminée.",
    "working": "Calcul en cours : {n} sur {of}.",
    "sending": "Envoi en cours.",
    "sent": "C’est envoyé.",
    "wait": "En attente de {n} : {who}.",
    "checking": "Vérification de l’urne.",
    "checked": "L’urne est vérifiée.",
    "qr": "Code QR de la clé",
    "file": "cle-{n}.json",
    "key_needed": "Donnez votre clé.",
    "key_other": "Ce n’est pas la clé de cette cérémonie.",
    "file_malformed": "Ce fichier n’est pas une clé.",
    "seed_malformed": "Ce n’est pas une clé : 22 signes.",
    "trustee_wrong": "Ce qu’a envoyé le n° {n} ne tient pas ({code}).",
    "archive_wrong": "L’archive ne tient pas, événement {place} ({code}).",
    "box_open": "L’urne n’est pas close.",
    "tally_missing": "Le dépouillement n’a pas commencé.",
    "check_todo": "à vérifier",
    "check_right": "vérifié",
    "check_wrong": "ne tient pas",
}
CEREMONY = ("certificate", "commitment", "polynomial", "verification", "trial")
COLUMNS = {"certificates": "certificate", "commitments": "commitment", "polynomials": "polynomial"}
STEPS = ("commitment", "polynomial", "verification", "trial", "wait", "kept", "done", "over")
CHECKS = ("chain", "announced", "keys", "closed", "ballots", "sums")


def words_of(words: dict[str, str]) -> str:
    return " ".join(f'data-word-{name.replace("_", "-")}="{text}"' for name, text in words.items())


def document(body: str, script: str) -> Answer:
    return Answer(
        f"""<!doctype html><html lang="fr"><head><title>Clés</title>
        <script type="module" src="/static/js/{script}.js"></script></head><body>{body}</body></html>""",
        HTML,
    )


def scrutineer_page(index: int) -> Answer:
    plain = "".join(
        f"""<div data-step="{step}" hidden><h2>{step}</h2><code data-hash="certificates"></code>
        <button type="button" data-act="send">Continuer</button></div>"""
        for step in STEPS
    )
    checks = "".join(f'<li data-check="{name}">{name} <b data-verdict-said></b></li>' for name in CHECKS)
    keepers = "".join(
        f"""<li data-keeper="{number}" data-name="Gardien {number}">
        <progress max="5" value="0"></progress><b data-said></b></li>"""
        for number in (1, 2, 3)
    )
    return document(
        f"""<h1>Ma clé</h1>
        <form data-scrutineer data-state-url="/state/{index}" data-send-url="/send/{index}" {words_of(WORDS)}>
          <p role="status" data-status></p>
          <p role="alert" data-error="page" hidden></p>
          <div data-step="certificate" hidden><h2>Ma clé</h2>
            <button type="button" data-act="make">Créer ma clé</button></div>
          <div data-step="keep" hidden><h2>Garder ma clé</h2>
            <code data-seed></code><div data-qr></div>
            <button type="button" data-act="download">Télécharger</button>
            <button type="button" data-act="print">Imprimer</button>
            <button type="button" data-act="send">J’ai gardé ma clé</button></div>
          {plain}
          <div data-step="share" hidden><h2>Ouvrir</h2><ol>{checks}</ol>
            <div data-checked hidden><b data-figure="box"></b> <span data-figure="kept"></span>
              <code data-figure="closing"></code>
              <button type="button" data-act="send">Donner ma part</button></div></div>
          <fieldset data-key hidden><legend>Ma clé</legend>
            <label>Fichier <input type="file"></label>
            <label>Clé écrite <input data-typed autocomplete="off"></label>
            <p role="alert" data-error="key" hidden></p></fieldset>
          <ul>{keepers}</ul>
        </form>""",
        "scrutineer",
    )


def cards_page() -> Answer:
    words = {name: WORDS[name] for name in ("failed", "unreachable", "working", "sending", "sent")}
    words |= {"made": "{n} cartes à imprimer.", "qr": "Code QR du code"}
    return document(
        f"""<h1>Les cartes</h1>
        <form data-cards data-state-url="/state" data-send-url="/send" data-card-url="http://x.test/voter/"
              {words_of(words)}>
          <p role="status" data-status></p><p role="alert" data-error="page" hidden></p>
          <div data-step="make" hidden><h2>Créer</h2>
            <button type="button" data-act="make">Créer les codes</button></div>
          <div data-step="print" hidden><h2>Imprimer</h2><ul data-list></ul>
            <template><li><b data-card-label></b> <code data-card-code></code>
              <i data-card-qr></i></li></template>
            <button type="button" data-act="print">Imprimer</button>
            <button type="button" data-act="send">Envoyer la liste</button></div>
          <div data-step="done" hidden><h2>Fait</h2></div>
        </form>""",
        "cards",
    )


def integrity_page(*archives: str) -> Answer:
    words = {name: WORDS[name] for name in ("failed", "unreachable")}
    words |= {"whole": "Chaîne vérifiée.", "broken": "ALERTE : la chaîne ne tient plus."}
    boxes = "".join(
        f"""<section data-integrity data-archive-url="{archive}" data-every="200" {words_of(words)}>
          <p role="status" data-status></p><p role="alert" data-error="page" hidden></p>
          <span data-figure="ballots"></span><code data-figure="head"></code>
        </section>"""
        for archive in archives or ("/archive",)
    )
    return document(f"<h1>Les urnes</h1>{boxes}", "integrity")


@dataclass
class Hall:
    """What the server holds, and says to each scrutineer: nothing is computed here but by the engine."""

    origin: Origin
    size: int = 3
    threshold: int = 2
    held: dict[str, dict[int, str]] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    # By box and by owner.
    shares: dict[tuple[str, int], decryption.Points] = field(default_factory=dict)
    over: bool = False
    numbers: tuple[int, int] = field(default_factory=lambda: (random_scalar(), random_scalar()))

    def __post_init__(self) -> None:
        for index in range(1, self.size + 1):
            self.origin.pages[f"/scrutineer/{index}"] = scrutineer_page(index)
        self.origin.posted = self.take
        self.tell()

    def column(self, step: str) -> list[str]:
        kept = self.held.get(step, {})
        return [kept[index] for index in sorted(kept)]

    def whole(self, step: str) -> bool:
        return len(self.held.get(step, {})) == self.size

    @property
    def trustees(self) -> str:
        gathered, read = self.read()
        outputs = [
            ceremony.check_output(text, gathered, read, index)
            for index, text in enumerate(self.column("verification"), 1)
        ]
        return trustees_of(*self.published(), outputs, SINGLE)

    def published(self) -> tuple[list[str], list[str], list[str]]:
        return self.column("certificate"), self.column("polynomial"), self.column("commitment")

    def read(self) -> tuple[ceremony.Certificates, list[ceremony.Polynomial]]:
        return checked(*self.published())

    # --- what is told ---------------------------------------------------------------------------

    def next_of(self, index: int) -> tuple[str, list[int]]:
        """The step that is this scrutineer's, and those who have not done the one before."""
        before: dict[int, str] | None = None
        for step in CEREMONY:
            done = self.held.get(step, {})
            if index not in done:
                awaited = set() if before is None else set(range(1, self.size + 1)) - set(before)
                return step, sorted(awaited)
            before = done
        return "", []

    def state(self, index: int) -> dict[str, Any]:
        step, awaited = self.next_of(index)
        told: dict[str, Any] = {
            "step": step,
            "waiting_for": awaited,
            "uuid": UUID,
            "context": context(index, self.size, self.threshold),
            "over": self.over,
            "done": {
                one: [kept for kept in CEREMONY if one in self.held.get(kept, {})]
                for one in range(1, self.size + 1)
            },
            "said": {one: f"Clé {one}" for one in range(1, self.size + 1)},
        }
        for name, kept in COLUMNS.items():
            told[name] = self.column(kept) if self.whole(kept) else []
        if self.whole("verification"):
            told |= {
                "trustees": self.trustees,
                "privateKey": json.loads(self.held["verification"][index])["private_key"],
                "numbers": dumps([str(number) for number in self.numbers]),
            }
        told["boxes"] = [
            {
                "uuid": uuid,
                "name": f"Urne {uuid[0]}",
                "archive": f"/archive/{uuid}",
                "announced": box.announced(),
                "given": (uuid, index + 1) in self.shares,
            }
            for uuid, box in self.boxes.items()
        ]
        return told

    def tell(self) -> None:
        for index in range(1, self.size + 1):
            self.origin.pages[f"/state/{index}"] = Answer(json.dumps(self.state(index)))
        for uuid, box in self.boxes.items():
            self.origin.pages[f"/archive/{uuid}"] = Answer(box.data.decode(), "application/octet-stream")

    def open_boxes(self, *boxes: Box) -> None:
        self.boxes = {box.uuid: box for box in boxes}
        self.tell()

    def result_of(self, box: Box) -> tuple[tuple[int, ...], ...]:
        """The result of a box, from the server's share and those that came in."""
        phi = box.election.fingerprint
        own = sharing.decrypt(box.tally, SINGLE, fingerprint=phi)
        single = decryption.check_partial(own, box.tally, fingerprint=phi, public=box.trustees.public_of(1))
        given = {owner: factors for (uuid, owner), factors in self.shares.items() if uuid == box.uuid}
        factors = decryption.combine(box.trustees, {1: single} | given)
        return read_result(open_tally(box.election, box.tally, factors), box.election)

    # --- what is taken in -----------------------------------------------------------------------

    def take(self, sent: Sent) -> Answer:
        index, told = int(sent.path.rsplit("/", 1)[1]), json.loads(sent.body)
        step, message = told["step"], told["message"]
        try:
            if step == "share":
                self.take_share(index, message, told["box"])
            else:
                getattr(self, f"take_{step}")(index, message)
        except BallotFault as fault:
            return Answer(json.dumps({"fault": fault.code, "message": f"Refusé : {fault.code}."}), status=422)
        self.held.setdefault(step, {})[index] = message
        self.tell()
        return Answer("{}")

    def take_certificate(self, index: int, message: str) -> None:
        ceremony.check_certificate(message, size=self.size, threshold=self.threshold, index=index)

    def take_commitment(self, index: int, message: str) -> None:
        assert len(message) == 64

    def take_polynomial(self, index: int, message: str) -> None:
        gathered = ceremony.gather_certificates(self.column("certificate"))
        ceremony.check_polynomial(message, gathered, index, self.held["commitment"][index])

    def take_verification(self, index: int, message: str) -> None:
        ceremony.check_output(message, *self.read(), index)

    def take_trial(self, index: int, message: str) -> None:
        tally = sharing.trial_tally(self.numbers)
        self._check(index, message, tally, decryption.trial_fingerprint(UUID))

    def take_share(self, index: int, message: str, uuid: str) -> None:
        box = self.boxes[uuid]
        factors = self._check(index, message, box.tally, box.election.fingerprint)
        self.shares[uuid, index + 1] = factors

    def _check(self, index: int, message: str, tally: Any, fingerprint: str) -> decryption.Points:
        told, owner = json.loads(message), index + 1
        about = {"fingerprint": fingerprint, "public": read_trustees(self.trustees).public_of(owner)}
        factors = decryption.check_partial(told["partial"], tally, **about)
        decryption.check_strict(told["strict"], tally, factors, owner=owner, **about)
        return factors
