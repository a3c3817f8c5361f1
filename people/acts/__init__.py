"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from people.acts import deadlines, files, guide, own_data, person_files, requests, statuses

ACTS: dict[str, Any] = {
    **files.ACTS,
    **statuses.ACTS,
    **person_files.ACTS,
    **deadlines.ACTS,
    **requests.ACTS,
    **own_data.ACTS,
    **guide.ACTS,
}
