"""What the room declares when the application starts: a module a subject."""
