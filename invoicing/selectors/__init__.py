"""The questions of the room: querysets and small frozen answers."""
