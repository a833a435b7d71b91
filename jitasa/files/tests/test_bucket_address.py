"""The setting that names a bucket."""

import pytest

from jitasa.files.bucket_address import read_address


@pytest.mark.parametrize(
    "value",
    ["http://a:b@c/d", "s3://host/bucket", "s3://a:b@host", "s3://a:b@host/x/y", "s3://a:b@host/x?colour=1"],
)
def test_an_address_that_cannot_be_used_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"[ก-๙]"):
        read_address(value)


def test_the_secret_is_in_no_text() -> None:
    assert "hidden" not in repr(read_address("s3://key:hidden@host/bucket"))
