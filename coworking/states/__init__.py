"""The closed lists of the room and the moves of its rows."""
