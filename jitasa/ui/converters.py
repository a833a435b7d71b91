"""Parts of addresses that every app uses: a whole number that a column can hold."""

from django.urls import register_converter

from jitasa.ui.reading import BIGGEST_ID, whole_number


class NumberConverter:
    """``<number:pk>``: 0 … 2**63 − 1. A larger number is no address (404); Django's ``int`` has no bound."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        number = whole_number(value, most=BIGGEST_ID)
        if number is None:
            raise ValueError(value)
        return number

    def to_url(self, value: int | str) -> str:
        return str(value)


register_converter(NumberConverter, "number")
