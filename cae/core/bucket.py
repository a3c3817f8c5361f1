"""Stored files in a bucket (Amazon S3 or compatible): private, never overwritten, without an address."""

from typing import Any, NoReturn

from botocore.config import Config
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """The place that FILES_URL names. A file goes in and out through `cae.core.documents` only."""

    def get_default_settings(self) -> dict[str, Any]:
        usual: dict[str, Any] = super().get_default_settings()
        return usual | {
            # Two documents may have one name: the second gets another, as in a folder.
            "file_overwrite": False,
            # The bucket is private; many compatible servers refuse the old access lists.
            "default_acl": None,
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Compatible servers do not all know the newer checksums; ours are in the database.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 4, "mode": "standard"},
            ),
        }

    def url(self, *_args: Any, **_options: Any) -> NoReturn:
        raise NotImplementedError("a stored file goes out by the page that asks for a right")
