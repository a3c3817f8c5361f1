"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from people.acts import deadlines, files, own_data, requests, statuses

ACTS: dict[str, Any] = {**files.ACTS, **statuses.ACTS, **deadlines.ACTS, **requests.ACTS, **own_data.ACTS}
