"""Engines of the room: no model, no request."""
