"""The code that stands beside a letter's UUID in the address of its verification: the first of the page's hash."""

from hmac import compare_digest

from jitasa.letters.models import Letter

LENGTH = 16  # hexadecimal digits: 64 bits, so that a paper made up finds nothing


def check_code(letter: Letter) -> str:
    return letter.content_hash[:LENGTH]


def is_code_of(letter: Letter, code: str) -> bool:
    """Whether the paper bears the hash of this letter as it was issued."""
    return bool(letter.content_hash) and compare_digest(check_code(letter).encode(), code.lower().encode())
