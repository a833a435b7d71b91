"""What ``make failover`` takes away: the store of files, the standby, the primary; one after the other."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from jitasa.config.tests.clusters import Cluster, url_of, with_postgresql
from jitasa.config.tests.file_store import FileStore

READ_BY_THE_STANDBY = "SELECT sum(idx_scan) FROM pg_stat_user_tables"
Figures = list[tuple[str, float, str]]


@dataclass
class Hosts:
    """Two database hosts, each with its pooler, and the store of files."""

    primary: Cluster
    standby: Cluster
    store: FileStore
    poolers: list[int] = field(default_factory=list)

    @property
    def direct(self) -> str:
        return url_of(self.primary, self.standby)

    @property
    def pooled(self) -> str:
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.poolers)
        return f"postgresql://jitasa@{hosts}/postgres"

    @property
    def files(self) -> str:
        return f"{self.store.url}&direct=0"


@contextmanager
def hosts(folder: Path) -> Iterator[Hosts]:
    """Primary, the standby that follows it, their poolers, and the store."""
    folder.mkdir()
    folder.chmod(0o755)
    with ExitStack() as stack:
        store = FileStore(folder / "store")
        stack.callback(store.kill)
        found = Hosts(Cluster(folder / "one"), Cluster(folder / "two"), store)
        for each in (found.primary, found.standby):
            stack.callback(each.stop)
        found.primary.make()
        found.standby.copy(found.primary)
        for each in (found.primary, found.standby):
            pooler = with_postgresql.pooler(each.folder, each.port, each.owner)
            found.poolers.append(stack.enter_context(pooler))
        yield found


@dataclass
class Fault:
    """One thing that goes away, and comes back or is replaced."""

    name: str
    at: float  # seconds after the first report
    happens: Callable[[], None]
    began: float = 0.0
    ended: float = 0.0


class Faults:
    """The timetable of one evening."""

    def __init__(
        self, hosts: Hosts, seconds: float, away: float, noticed: float, wanted: Sequence[str]
    ) -> None:
        self.hosts, self.away, self.noticed = hosts, away, noticed
        self.read_by_the_standby = 0.0
        every = (
            Fault("store", 0.15 * seconds, self.lose_the_store),
            Fault("standby", 0.4 * seconds, self.lose_the_standby),
            Fault("primary", 0.7 * seconds, self.lose_the_primary),
        )
        self.all = [fault for fault in every if fault.name in wanted]

    @contextmanager
    def happen(self) -> Iterator[None]:
        began = time.monotonic()

        def run() -> None:
            for fault in self.all:
                time.sleep(max(0.0, began + fault.at - time.monotonic()))
                fault.began = time.monotonic()
                fault.happens()
                fault.ended = time.monotonic()

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield
        finally:
            thread.join()

    def lose_the_store(self) -> None:
        self.hosts.store.kill()
        time.sleep(self.away)
        self.hosts.store.start()

    def lose_the_standby(self) -> None:
        self._count_reads()
        self.hosts.standby.kill()
        time.sleep(self.away)
        self.hosts.standby.control("start")
        self.hosts.standby.until_streaming(self.hosts.primary)

    def lose_the_primary(self) -> None:
        self._count_reads()
        killed = time.monotonic()
        self.hosts.primary.kill()
        time.sleep(max(0.0, killed + self.noticed - time.monotonic()))
        self.hosts.standby.promote()

    def _count_reads(self) -> None:
        """Before its end, which forgets them."""
        self.read_by_the_standby += float(str(self.hosts.standby.says(READ_BY_THE_STANDBY) or 0))

    def told(self, receipts: Sequence[float]) -> Figures:
        """How long each lasted, and the longest time without a receipt from its beginning to the next one's."""
        figures: Figures = [("index scans of pages that the standby answered", self.read_by_the_standby, "")]
        ends = [*(fault.began for fault in self.all[1:]), float("inf")]
        for fault, end in zip(self.all, ends, strict=True):
            moments = [fault.began, *(each for each in sorted(receipts) if fault.began < each < end)]
            longest = max((after - before for before, after in pairwise(moments)), default=0.0)
            figures.append(
                (f"{fault.name}: away, or until the other was promoted", fault.ended - fault.began, "s")
            )
            figures.append((f"{fault.name}: longest time without a receipt", longest, "s"))
        return figures
