"""Find lines of the access log, and find where a file was changed."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from jitasa.audit.access.files import PURPOSE, Line, LogFile, files, last_line, parsed, ring
from jitasa.thai.dates import today

End = tuple[int, str]  # number and mac of a file's last line


@dataclass(frozen=True)
class LineFilter:
    """What lines to show; empty means everything. Times are inclusive."""

    since: datetime | None = None
    until: datetime | None = None
    who: str = ""
    network: IPv4Network | IPv6Network | None = None
    status: str = ""
    path: str = ""

    def fits(self, line: dict[str, Any]) -> bool:
        if "status" not in line or (self.who and line["who"] != self.who):
            return False
        if self.status and not _fits_status(str(line["status"]), self.status):
            return False
        if self.path and self.path not in line["path"]:
            return False
        return self._fits_time(line["at"]) and self._fits_address(line["from"])

    def _fits_time(self, at: str) -> bool:
        moment = datetime.fromisoformat(at)
        return not (self.since and moment < self.since) and not (self.until and moment > self.until)

    def _fits_address(self, address: str) -> bool:
        if self.network is None:
            return True
        try:
            return ip_address(address) in self.network
        except ValueError:
            return False

    def may_hold(self, file: LogFile) -> bool:
        """Whether a file's day can hold fitting lines."""
        return not (self.since and file.day < today(self.since)) and not (
            self.until and file.day > today(self.until)
        )


@dataclass(frozen=True)
class FileVerdict:
    """One file: how many lines it holds, and the first that does not fit."""

    name: str
    lines: int
    broken_number: int | None = None
    reason: str = ""


def lines(wanted: LineFilter) -> Iterator[dict[str, Any]]:
    """Fitting lines of all processes in the order of time."""
    return heapq.merge(
        *(_fitting(file, wanted) for file in files() if wanted.may_hold(file)), key=lambda line: line["at"]
    )


def verdicts() -> Iterator[FileVerdict]:
    """Every file in turn, and whether the file that it follows ends where it says."""
    ends: dict[str, End] = {}
    for file in files():
        verdict, end, after = _walked(file)
        ends[file.name] = end
        yield verdict
        # Pruned files are gone rightly; one that is there must end as its successor says.
        if after and after[0] in ends and ends[after[0]] != (after[1], after[2]):
            yield FileVerdict(after[0], ends[after[0]][0], ends[after[0]][0] + 1, "ท้ายไฟล์ถูกตัดหรือเขียนใหม่")


def ends() -> dict[str, End]:
    """The end of every file not yet compressed, for the heads that leave the machine: each file stands in two."""
    found = ((file.name, last_line(file)) for file in files() if file.path.suffix != ".gz")
    return {name: (line[0]["n"], line[2]) for name, line in found if line is not None}


def against(kept: dict[str, End], oldest: date) -> Iterator[FileVerdict]:
    """Files that do not hold what their kept ends say; files from before ``oldest`` may be gone."""
    found = {file.name: file for file in files()}
    for name, (number, mac) in sorted(kept.items()):
        if name not in found:
            if date.fromisoformat(name[7:17]) >= oldest:
                yield FileVerdict(name, 0, 0, f"ไฟล์หายไป (เคยมีถึงบรรทัดที่ {number:,})")
            continue
        held = next((line[2] for line in _parsed(found[name]) if line[0]["n"] == number), None)
        if held != mac:
            yield FileVerdict(name, 0, number, "ท้ายไฟล์ถูกตัด" if held is None else "ไฟล์ถูกเขียนใหม่")


def oldest_kept(now: datetime, days: int) -> date:
    """The first day whose files must be there."""
    return today(now) - timedelta(days=days)


def _fits_status(status: str, wanted: str) -> bool:
    return status[0] == wanted[0] if wanted.endswith("xx") else status == wanted


def _fitting(file: LogFile, wanted: LineFilter) -> Iterator[dict[str, Any]]:
    return (line[0] for line in _parsed(file) if wanted.fits(line[0]))


def _parsed(file: LogFile) -> Iterator[Line]:
    return (line for line in map(parsed, file.lines()) if line is not None)


def _walked(file: LogFile) -> tuple[FileVerdict, End, list[Any] | None]:
    """The verdict on one file, its end, and what its first line says of the file before."""
    before, number, after = "", -1, None
    for text in file.lines():
        line = parsed(text)
        if line is None:
            return _broken(file, number, "บรรทัดนี้ไม่ใช่บรรทัดของบันทึก"), (number, before), after
        fields, body, mac = line
        if not ring().matches(mac, before + body, purpose=PURPOSE):
            return _broken(file, number, "บรรทัดถูกแก้ ถูกแทรก หรือหายไป"), (number, before), after
        if fields["n"] != number + 1 or (number < 0 and fields.get("file") != file.name):
            return _broken(file, number, "ลำดับหรือชื่อไฟล์ไม่ถูกต้อง"), (number, before), after
        if number < 0:
            after = fields.get("after")
        before, number = mac, number + 1
    return FileVerdict(file.name, number + 1), (number, before), after


def _broken(file: LogFile, last_good: int, reason: str) -> FileVerdict:
    return FileVerdict(file.name, last_good + 1, last_good + 1, reason)
