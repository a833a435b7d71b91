"""Change the code in small ways and count how many changes the tests notice (mutation testing by mutmut).

``[tool.mutmut]`` in pyproject.toml says which modules and which tests. ``--every 5`` tries a fifth of the
changes, evenly spread; words such as ``jitasa.thai.*`` try those of some modules. The figures are printed by
module, then those that nobody noticed by name (``mutmut show NAME`` shows one). Ends with an error below the bound.
"""

import argparse
import fnmatch
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from mutmut.stats import status_by_exit_code

LEAST = 85  # per cent noticed, for the command to end well
HERE = Path("mutants")
NOTICED = {"killed", "timeout", "segfault", "suspicious"}  # a test failed, or the change never ended
TRIED = {*NOTICED, "survived", "no tests"}
NONE = "no-such-change"
ENVIRONMENT = {"JITASA_DATABASE_URL": "", "JITASA_DATA_DIR": str(Path("mutants/data").absolute())}


def results() -> dict[str, int | None]:
    """Every change by name, with what became of it: the exit code of its tests, ``None`` where not tried."""
    found: dict[str, int | None] = {}
    for path in HERE.rglob("*.meta"):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def run(*names: str) -> None:
    """Try these changes. Their code stands in mutants/, before the installed one.

    :raises SystemExit: the tests did not pass on the code as it is
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | ENVIRONMENT
    command = [str(Path(sys.executable).with_name("mutmut")), "run", *names]
    done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode and "nothing matches" not in done.stderr:
        sys.exit(done.stderr[-4000:] or "mutmut did not end well")


def module(name: str) -> str:
    return name.rpartition(".")[0]


def chosen(names: Iterable[str], patterns: list[str], every: int) -> list[str]:
    """The changes to try, evenly spread over each module."""
    wanted = [name for name in names if not patterns or any(fnmatch.fnmatch(name, each) for each in patterns)]
    return wanted[::every]


def report(tried: dict[str, int | None]) -> float:
    """Print the figures; return the share noticed in per cent."""
    states = {name: status_by_exit_code[code] for name, code in tried.items()}
    known = {name: state in NOTICED for name, state in states.items() if state in TRIED}
    noticed: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for name, seen in known.items():
        every[module(name)] += 1
        noticed[module(name)] += seen
    for each in sorted(every):
        print(f"{noticed[each]:5} of {every[each]:5}  {noticed[each] / every[each]:6.1%}  {each}")
    print("\nnobody noticed:", *sorted(name for name, seen in known.items() if not seen), sep="\n  ")
    share = 100 * sum(known.values()) / max(1, len(known))
    print(f"\n{sum(known.values())} of {len(known)} changes noticed: {share:.1f} %")
    return share


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args()
    (HERE / "data").mkdir(parents=True, exist_ok=True)
    run(NONE)  # makes the changes and learns which tests reach which function
    names = chosen(sorted(results()), asked.patterns, asked.every)
    if not names:
        sys.exit("nothing to try")
    run(*names)
    found = results()
    sys.exit(report({name: found[name] for name in names}) < LEAST)


if __name__ == "__main__":
    main()
