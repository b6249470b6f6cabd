"""Where files lie that people put in: a directory, or a bucket of S3 where one is named."""

from typing import Any

from advocacy.settings import env


def storage(directory: str) -> dict[str, Any]:
    """The entry ``files`` of ``STORAGES``; ``directory`` where the environment names no place.

    Web and worker processes need the same place. Keys of S3 are found as boto3 finds them
    (``AWS_ACCESS_KEY_ID`` and so on, or the machine's role).
    """
    if bucket := env.text("FILES_S3_BUCKET", ""):
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": bucket,
                "endpoint_url": env.text("FILES_S3_ENDPOINT", "") or None,
                "region_name": env.text("FILES_S3_REGION", "") or None,
                "location": env.text("FILES_S3_PREFIX", ""),
                "default_acl": None,
                "file_overwrite": True,
                "gzip": False,
            },
        }
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.text("FILES_DIR", directory),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }
