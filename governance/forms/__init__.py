"""What the pages of the room receive, checked."""
