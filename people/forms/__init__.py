"""What is typed in the room: a module a subject."""
