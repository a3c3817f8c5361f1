"""The rows of the path; for now the activity, which everything else hangs on."""

from entrepreneurs.models.activities import Activity

__all__ = ["Activity"]
