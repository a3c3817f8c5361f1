"""PostgreSQL, a Redis-compatible server and the supervisor behind `./alveole`; knows no room and no Django."""
