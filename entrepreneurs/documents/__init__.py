"""What the papers of the room say: a module a subject."""
