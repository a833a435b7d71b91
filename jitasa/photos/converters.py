"""Parts of addresses: a SHA-256 and the name of a size. Anything else is no address (404)."""

from django.urls import register_converter

from jitasa.photos.choices import Size


class Sha256Converter:
    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SizeConverter:
    regex = "|".join(Size.values)

    def to_python(self, value: str) -> Size:
        return Size(value)

    def to_url(self, value: str) -> str:
        return Size(value).value


register_converter(Sha256Converter, "sha256")
register_converter(SizeConverter, "photo_size")
