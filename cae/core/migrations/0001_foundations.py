"""What the database itself needs before the first table: extensions, and French order without ICU."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# A generated column wants an immutable function: `unaccent` with its dictionary named is one in fact.
PLAIN = """
CREATE FUNCTION alveole_plain(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    # `people` holds the user that every other room points at: it is built right after this.
    run_before = [("people", "0001_initial")]
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(PLAIN, "DROP FUNCTION alveole_plain(text)"),
    ]
