"""What is done to secret ballots, as the journal says it: in the words of the journal of the scrutin."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.states.secret_words import JOURNAL_WORDS

ACTS: dict[str, Any] = {
    "governance.SecretVote.freeze_roll": JOURNAL_WORDS["freeze_roll"],
    "governance.SecretVote.ready_keys": JOURNAL_WORDS["ready_keys"],
    "governance.SecretVote.rehearse": JOURNAL_WORDS["rehearse"],
    "governance.SecretVote.open": JOURNAL_WORDS["open"],
    "governance.SecretVote.pause": JOURNAL_WORDS["pause"],
    "governance.SecretVote.resume": JOURNAL_WORDS["resume"],
    "governance.SecretVote.close": JOURNAL_WORDS["close"],
    "governance.SecretVote.tally": JOURNAL_WORDS["tally"],
    "governance.SecretVote.decrypt": JOURNAL_WORDS["decrypt"],
    "governance.SecretVote.verify": JOURNAL_WORDS["verify"],
    "governance.SecretVote.proclaim": JOURNAL_WORDS["proclaim"],
    "governance.SecretVote.record": JOURNAL_WORDS["record"],
    "governance.SecretVote.purge": JOURNAL_WORDS["purge"],
    "governance.SecretVote.cancel": JOURNAL_WORDS["cancel"],
    "governance.secret.prepare": JOURNAL_WORDS["prepare"],
    "governance.secret.step": JOURNAL_WORDS["step"],
    "governance.secret.restart": JOURNAL_WORDS["restart"],
    "governance.secret.extend": JOURNAL_WORDS["extend"],
    "governance.secret.unsound": JOURNAL_WORDS["unsound"],
    "governance.secret.share": JOURNAL_WORDS["share"],
    "governance.secret.renew_codes": JOURNAL_WORDS["renew_codes"],
    "governance.secret.receive_cards": JOURNAL_WORDS["receive_cards"],
    # Of a voice, in the journal of the house alone: never of a ballot.
    "governance.secret.note_paper": _("Voix notée sur papier"),
    "governance.secret.strike_paper": _("Voix sur papier reprise"),
    "governance.secret.took_part": _("A pris part à un scrutin secret"),
}
