"""Adapters of foreign formats and engines: no model, no request."""
