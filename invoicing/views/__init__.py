"""The pages of the room: one module per family of screens."""
