"""The code that a signer receives by a second channel: kept as a hash, with its end and tries (ENT-23)."""

from __future__ import annotations

from django.db import models


class SigningCode(models.Model):
    """What a row that waits for a signature keeps of the code mailed to its signer."""

    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_ends_at = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
