"""Embedded PostgreSQL and Valkey, and the supervisor behind `./alveole`; knows no room and no Django."""
