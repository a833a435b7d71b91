"""Names of files that people sent."""

from jitasa.thai.text import normalise

NAME_LONGEST = 180


def shown_name(name: str) -> str:
    """A file's name without folders and control characters, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = normalise("".join(letter for letter in last if letter.isprintable()))
    return plain[:NAME_LONGEST].strip(" .") or "ไฟล์แนบ"
