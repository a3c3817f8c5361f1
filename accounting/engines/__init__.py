"""Adapters of foreign formats: no model, no request."""
