"""Object storage over S3: who may reach which bytes is decided before this is called.

Two addresses, one bucket: servers speak to `S3_ENDPOINT_URL`, links handed to browsers carry `S3_PUBLIC_ENDPOINT_URL`.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import boto3
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from common.errors import NotFound, ServiceUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LINK_SECONDS = 300
UPLOAD_LINK_SECONDS = 3600
MISSING = {"404", "NoSuchKey", "NoSuchUpload", "NotFound"}


class StorageUnavailable(ServiceUnavailable):
    code = "storage_unavailable"


class ObjectMissing(NotFound):
    code = "object_missing"


@dataclass(frozen=True)
class StoredObject:
    key: str
    size: int
    etag: str


def prepare() -> None:
    """Make the bucket if it is absent and let exactly the app's own origins reach it from a browser."""
    with translated_errors():
        try:
            client().head_bucket(Bucket=settings.S3_BUCKET)
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING | {"NoSuchBucket"}:
                raise
            client().create_bucket(Bucket=settings.S3_BUCKET)
        client().put_bucket_cors(
            Bucket=settings.S3_BUCKET,
            CORSConfiguration={
                "CORSRules": [
                    {
                        "AllowedOrigins": list(settings.APP_ORIGINS),
                        "AllowedMethods": ["GET", "HEAD", "PUT"],
                        "AllowedHeaders": ["*"],
                        "ExposeHeaders": ["ETag"],
                        "MaxAgeSeconds": 3600,
                    }
                ]
            },
        )


def start_multipart(key: str) -> str:
    """Open a multipart upload; the answer is S3's upload id."""
    with translated_errors():
        answer = client().create_multipart_upload(Bucket=settings.S3_BUCKET, Key=key)
        return answer["UploadId"]


def part_link(key: str, upload_id: str, number: int, *, size: int) -> str:
    """A presigned PUT for one part, valid for an hour; storage refuses a body of another size."""
    return client(public=True).generate_presigned_url(
        "upload_part",
        Params={
            "Bucket": settings.S3_BUCKET,
            "Key": key,
            "UploadId": upload_id,
            "PartNumber": number,
            "ContentLength": size,
        },
        ExpiresIn=UPLOAD_LINK_SECONDS,
    )


def uploaded_parts(key: str, upload_id: str) -> dict[int, tuple[str, int]]:
    """What has arrived of a multipart upload: part number -> (etag, size in bytes)."""
    with translated_errors():
        pages = client().get_paginator("list_parts").paginate(Bucket=settings.S3_BUCKET, Key=key, UploadId=upload_id)
        return {part["PartNumber"]: (part["ETag"], part["Size"]) for page in pages for part in page.get("Parts", [])}


def complete_multipart(key: str, upload_id: str, etags: Mapping[int, str]) -> None:
    """Join the parts; repeating it after success raises `ObjectMissing`, so look with `head` first."""
    parts = [{"PartNumber": number, "ETag": etags[number]} for number in sorted(etags)]
    with translated_errors():
        client().complete_multipart_upload(
            Bucket=settings.S3_BUCKET,
            Key=key,
            UploadId=upload_id,
            MultipartUpload={"Parts": parts},  # type: ignore[typeddict-item]  # boto3-stubs wants its own TypedDict
        )


def multipart_uploads(prefix: str) -> Iterator[tuple[str, str, datetime]]:
    """Multipart uploads that were neither completed nor aborted: (key, upload id, when it was started)."""
    with translated_errors():
        pages = client().get_paginator("list_multipart_uploads").paginate(Bucket=settings.S3_BUCKET, Prefix=prefix)
        for page in pages:
            yield from ((item["Key"], item["UploadId"], item["Initiated"]) for item in page.get("Uploads", []))


def abort_multipart(key: str, upload_id: str) -> None:
    """Drop the parts; an upload that is already gone is fine."""
    try:
        with translated_errors():
            client().abort_multipart_upload(Bucket=settings.S3_BUCKET, Key=key, UploadId=upload_id)
    except ObjectMissing:
        return


def head(key: str) -> StoredObject:
    """Raises `ObjectMissing` when there is no such key."""
    with translated_errors():
        answer = client().head_object(Bucket=settings.S3_BUCKET, Key=key)
        return StoredObject(key, answer["ContentLength"], answer["ETag"].strip('"'))


def exists(key: str) -> bool:
    try:
        head(key)
    except ObjectMissing:
        return False
    return True


def chunks(key: str, size: int = 1 << 20) -> Iterator[bytes]:
    """The bytes of an object as they arrive, in pieces of at most `size`."""
    with translated_errors():
        body = client().get_object(Bucket=settings.S3_BUCKET, Key=key)["Body"]
        yield from body.iter_chunks(size)


def read(key: str) -> bytes:
    return b"".join(chunks(key))


def read_range(key: str, offset: int, size: int) -> bytes:
    """`size` bytes of an object from `offset` on."""
    with translated_errors():
        wanted = f"bytes={offset}-{offset + size - 1}"
        return client().get_object(Bucket=settings.S3_BUCKET, Key=key, Range=wanted)["Body"].read()


def download(key: str, path: Path) -> None:
    with translated_errors():
        client().download_file(settings.S3_BUCKET, key, str(path))


def upload(path: Path, key: str, content_type: str = "application/octet-stream") -> None:
    with translated_errors():
        client().upload_file(str(path), settings.S3_BUCKET, key, ExtraArgs={"ContentType": content_type})


def write(key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
    with translated_errors():
        client().put_object(Bucket=settings.S3_BUCKET, Key=key, Body=data, ContentType=content_type)


def copy(source: str, target: str) -> None:
    """Copy within the bucket, by parts where the object is large; no byte passes through here."""
    with translated_errors():
        client().copy({"Bucket": settings.S3_BUCKET, "Key": source}, settings.S3_BUCKET, target)


def delete(keys: Sequence[str]) -> None:
    with translated_errors():
        for start in range(0, len(keys), 1000):
            batch = [{"Key": key} for key in keys[start : start + 1000]]
            client().delete_objects(Bucket=settings.S3_BUCKET, Delete={"Objects": batch, "Quiet": True})  # type: ignore[typeddict-item]  # as above


def keys(prefix: str) -> Iterator[str]:
    with translated_errors():
        for page in client().get_paginator("list_objects_v2").paginate(Bucket=settings.S3_BUCKET, Prefix=prefix):
            yield from (item["Key"] for item in page.get("Contents", []))


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_link(key: str, *, content_type: str, filename: str, expires_s: int = LINK_SECONDS, public: bool = True) -> str:
    """A presigned GET that answers with our content type and as an attachment, whatever the uploader said.

    Args:
        public: For a browser; False for our own nodes, which reach storage by its inner address.
    """
    return client(public=public).generate_presigned_url(
        "get_object",
        Params={
            "Bucket": settings.S3_BUCKET,
            "Key": key,
            "ResponseContentType": content_type,
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(filename, safe='')}",
        },
        ExpiresIn=expires_s,
    )


@contextmanager
def translated_errors() -> Iterator[None]:
    """S3's errors as the product's own."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in MISSING:
            raise ObjectMissing("The stored object is not there.") from error
        raise StorageUnavailable(f"Object storage refused: {error.response['Error'].get('Message', error)}") from error
    except BotoCoreError as error:
        raise StorageUnavailable("Object storage does not answer. Try again in a moment.") from error


@cache
def client(*, public: bool = False) -> "S3Client":
    """One thread-safe client per address."""
    return boto3.client(
        "s3",
        endpoint_url=settings.S3_PUBLIC_ENDPOINT_URL if public else settings.S3_ENDPOINT_URL,
        aws_access_key_id=settings.S3_ACCESS_KEY_ID,
        aws_secret_access_key=settings.S3_SECRET_ACCESS_KEY,
        region_name=settings.S3_REGION,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            retries={"max_attempts": 4, "mode": "standard"},
            connect_timeout=5,
            read_timeout=60,
            max_pool_connections=32,
        ),
    )
