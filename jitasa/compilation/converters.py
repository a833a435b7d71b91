"""A month in an address: ``2569-11``, Buddhist-era year."""

from datetime import date

from jitasa.thai.dates import month_slug, parse_month


class MonthConverter:
    """Gives views the first day of the month; anything that is no month is no address (404)."""

    regex = r"2[45]\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return parse_month(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else month_slug(value)
