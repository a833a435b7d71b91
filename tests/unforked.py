"""A plugin for ``make mutants``: tests that set a page are skipped.

mutmut runs the tests once and then forks a child for every change. The typesetter's threads of the first run do
not come along, and a child that asks it for a page would wait for them without end.
"""

from typing import NoReturn

import pytest
import typst


def _skipped(*_given: object, **_options: object) -> NoReturn:
    pytest.skip("the typesetter does not survive a fork")


typst.compile = _skipped
