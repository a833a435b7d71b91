"""What the suite costs: ``pytest --costs`` prints processor time by file, fixture and test, dearest first.

Seconds of processor of the test's own process and of the children it waited for, not seconds of the clock: a
machine that also does other work gives the same figures. What a process that outlives its test takes is counted
where it is waited for.
"""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

SHOWN = 40  # lines of each table
COSTS = "costs"
PHASES = ("setup", "call", "teardown")


def processor() -> float:
    """Seconds of processor so far, children that ended included."""
    return sum(os.times()[:4])


class Costs:
    """Measures in each worker; adds up where the reports come together."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.phases: dict[str, Counter[str]] = {}
        self.tests: Counter[str] = Counter()
        self.fixtures: Counter[str] = Counter()
        self.single: Counter[str] = Counter()

    def _measured(self, name: str) -> Iterator[None]:
        began = processor()
        try:
            return (yield)
        finally:
            self.spent[name] = self.spent.get(name, 0) + processor() - began

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        return (yield from self._measured(f"fixture {fixturedef.argname}"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        self.spent = {}
        return (yield from self._measured("setup"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        return (yield from self._measured("call"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        began = processor()
        try:
            return (yield)
        finally:
            self.spent["teardown"] = processor() - began
            item.user_properties.append((COSTS, self.spent))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        spent: Any = dict(report.user_properties).get(COSTS)
        if report.when != "teardown" or spent is None:
            return
        path = report.nodeid.partition("::")[0]
        own = self.phases.setdefault(path, Counter())
        self.tests[path] += 1
        self.single[report.nodeid] = sum(spent.get(phase, 0) for phase in PHASES)
        for name, seconds in spent.items():
            if name.startswith("fixture "):
                self.fixtures[name.removeprefix("fixture ")] += seconds
            else:
                own[name] += seconds

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        write = terminalreporter.write_line
        total = sum((each.total() for each in self.phases.values()), 0.0)
        write(
            f"\nprocessor: {total:.0f} s in {self.tests.total()} tests; dearest files (setup, call, teardown, tests):"
        )
        dearest = sorted(self.phases.items(), key=lambda each: -each[1].total())[:SHOWN]
        for path, own in dearest:
            parts = " ".join(f"{own[name]:7.1f}" for name in PHASES)
            write(f"{own.total():8.1f} {parts} {self.tests[path]:6}  {path}")
        for what, spent in (("fixtures", self.fixtures), ("tests", self.single)):
            write(f"dearest {what}:")
            for name, seconds in spent.most_common(SHOWN):
                write(f"{seconds:8.1f}  {name}")


def measure(config: pytest.Config) -> None:
    """Register the plugin where ``--costs`` asks for it."""
    if config.getoption("costs"):
        config.pluginmanager.register(Costs(), COSTS)
