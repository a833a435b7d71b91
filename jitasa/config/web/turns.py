"""Who comes next: readers take turns, so that one who asks two hundred times at once delays nobody but himself."""

import asyncio
from collections import deque


class Crowded(Exception):
    """No place became free in time, or too many wait already."""


class Turns:
    """A few places, and those who wait for one. Used by one event loop; ``most`` wait at most ``seconds``."""

    def __init__(self, places: int, *, most: int, seconds: float) -> None:
        self._free = places
        self._most = most
        self._seconds = seconds
        # By reader; whose turn is next stands first.
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}

    @property
    def waiting(self) -> int:
        return sum(len(queue) for queue in self._queues.values())

    async def enter(self, reader: str) -> None:
        """Wait for a place; ``leave`` gives it back. :raises Crowded: see there."""
        if self._free:
            self._free -= 1
            return
        if self.waiting >= self._most:
            self._make_room(reader)
        turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(reader, deque()).append(turn)
        try:
            async with asyncio.timeout(self._seconds):
                await turn
        except TimeoutError:
            self._give_up(reader, turn)
            raise Crowded from None
        except BaseException:
            self._give_up(reader, turn)
            raise

    def leave(self) -> None:
        """Hand the place to the next reader whose turn it is."""
        while self._queues:
            reader = next(iter(self._queues))
            queue = self._queues.pop(reader)
            turn = queue.popleft()
            if queue:
                self._queues[reader] = queue  # behind all others
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _make_room(self, newcomer: str) -> None:
        """The last one of the reader who waits most often gives way; if that is the newcomer, he does.

        :raises Crowded: it is the newcomer.
        """
        longest = max(self._queues, key=lambda reader: len(self._queues[reader]))
        if len(self._queues[longest]) <= len(self._queues.get(newcomer, ())) + 1:
            raise Crowded
        turn = self._queues[longest].pop()
        if not turn.done():
            turn.set_exception(Crowded())

    def _give_up(self, reader: str, turn: "asyncio.Future[None]") -> None:
        """No longer waited for: out of the queue, or, when the turn had just come, on to the next."""
        queue = self._queues.get(reader)
        if queue and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[reader]
        elif turn.done() and not turn.cancelled() and turn.exception() is None:
            self.leave()
