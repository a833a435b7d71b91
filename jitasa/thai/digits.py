"""Thai and Arabic digits."""

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def to_thai(value: object) -> str:
    """``to_thai(2569)`` → ``๒๕๖๙``; everything that is no digit stays."""
    return str(value).translate(_TO_THAI)


def to_arabic(value: str) -> str:
    """Digits a person typed in either script, as Arabic ones."""
    return value.translate(_TO_ARABIC)
