"""Model pages for the scripts of the vote: the hooks that templates give them, in few words."""

from __future__ import annotations

from governance.engines.ballots.elections import Election, Question

VOICE, OTHER_VOICE = "6a2f1c6e-9d0b-4a7e-8f55-0d3c2b1a4e5f", "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
LINES = "<template><div><p data-name></p><ul data-held></ul></div></template>"
SAID = '<p role="status" data-status></p><p data-error="page" role="alert" hidden></p>'
VOTING = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Vote</title>
<script type="module" src="/static/js/voting.js"></script></head><body><main><h1>Vote</h1>
<form data-voting method="dialog" autocomplete="off"
 data-election-url="/election.json" data-roll-url="/roll.json"
 data-fingerprint="{fingerprint}" data-uuid="{uuid}" data-cast-url="/cast"
 data-word-sealing="Question {{n}} sur {{of}}" data-word-sealed="Scellé." data-word-casting="Envoi…"
 data-word-cast="Reçu." data-word-blank="Vote blanc" data-word-nothing="Aucune réponse"
 data-word-file="bulletin-ouvert.json" data-word-failed="Échec." data-word-code-malformed="Code mal formé."
 data-word-credential-unknown="Code inconnu." data-word-wrong-election="Autre scrutin."
 data-word-unreachable="Pas de réponse." data-word-expired="Reconnectez-vous."
 data-word-tracker-differs="Autre numéro." data-word-nothing-sealed="Rien de scellé."
 data-word-maybe-cast="Peut-être dans l’urne."
 data-word-qr="Numéro de suivi" data-board-url="/board">
{said}
<section data-step="choose" hidden><h2>Choisir</h2>{voices}{questions}
<button type="button" data-act="review">Relire</button></section>
<section data-step="review" hidden><h2>Relire</h2><div data-review>{lines}</div>
<div data-field><label for="code">Code</label><input id="code" data-code aria-describedby="code-error">
<p data-error id="code-error" hidden></p></div>
<button type="button" data-act="seal">Sceller</button>
<button type="button" data-act="again">Modifier</button></section>
<section data-step="sealed" hidden><h2>Scellé</h2><p data-tracker></p>
<button type="button" data-act="cast">Voter</button>
<button type="button" data-act="audit">Ouvrir</button></section>
<section data-step="opened" hidden><h2>Ouvert</h2><p data-tracker></p>
<button type="button" data-act="seal">Sceller à nouveau</button></section>
<section data-step="done" hidden><h2>Fini</h2><p data-tracker></p>
<p data-received>Reçu le <span data-quarter></span></p>
<p data-voice-name></p><a data-board>Tableau</a><div data-qr></div>
<button type="button" data-act="again">Voter encore</button></section>
</form></main></body></html>"""
CHECK = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Contrôle</title>
<script type="module" src="/static/js/ballot-check.js"></script></head><body><main><h1>Contrôle</h1>
<form data-ballot-check method="dialog" data-word-checking="Question {{n}} sur {{of}}" data-word-true="Vrai."
 data-word-blank="Vote blanc" data-word-nothing="Aucune réponse" data-word-failed="Échec."
 data-word-not-canonical="Pas un bulletin ouvert." data-word-nonce-wrong="Ces nombres ne l’ouvrent pas.">
{said}
<label for="file">Fichier</label><input type="file" id="file">
<div data-opened><label for="text">Texte</label><textarea id="text"></textarea><p data-error hidden></p></div>
<button>Contrôler</button>
<section data-step="found" hidden><h2>Ce qu’il contient</h2><p data-found="name"></p>
<p data-found="fingerprint"></p><p data-found="tracker"></p><p data-found="credential"></p>
<div data-lines>{lines}</div></section>
</form></main></body></html>"""


ONE_VOICE = f'<input type="hidden" name="voice" value="{VOICE}" data-name="Ana Roy">'
SEVERAL_VOICES = f"""<fieldset data-voices data-word-voice-missing="Quelle voix ?"><legend>Voix</legend>
<label data-voice><input type="radio" name="voice" value="{VOICE}" data-name="Ana Roy"> Ana Roy
<span data-voted hidden>A voté</span></label>
<label data-voice><input type="radio" name="voice" value="{OTHER_VOICE}" data-name="Bob Sy"> Bob Sy
<span data-voted hidden>A voté</span></label>
<p data-error hidden></p></fieldset>"""


def voting_page(election: Election, *, voices: str = ONE_VOICE) -> str:
    questions = "".join(_question(place, asked) for place, asked in enumerate(election.questions))
    return VOTING.format(
        fingerprint=election.fingerprint,
        uuid=election.uuid,
        questions=questions,
        lines=LINES,
        said=SAID,
        voices=voices,
    )


def check_page() -> str:
    return CHECK.format(lines=LINES, said=SAID)


def _question(place: int, asked: Question) -> str:
    kind = "checkbox" if asked.maximum > 1 else "radio"
    inputs = "".join(
        f'<label><input type="{kind}" name="q{place}" value="{number}"> {answer}</label>'
        for number, answer in enumerate(asked.answers)
    )
    if asked.blank:
        inputs += f'<label><input type="{kind}" name="q{place}" data-blank> Vote blanc</label>'
    return (
        f'<fieldset data-question="{place}" data-word-choice-invalid="Choisissez autrement.">'
        f"<legend>{asked.question}</legend>{inputs}<p data-error hidden></p></fieldset>"
    )
