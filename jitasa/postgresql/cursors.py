"""Cursors that are asked elsewhere than on their own connection."""

from django.db.backends.utils import CursorWrapper


class OnItsOwn(CursorWrapper):
    """A cursor that ends its connection with itself."""

    def close(self) -> None:
        self.db.close()
