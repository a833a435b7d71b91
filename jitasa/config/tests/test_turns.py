"""Readers take turns for threads: one who asks often waits for himself."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.test import override_settings

from jitasa.config.web.front import reader_of
from jitasa.config.web.turns import Crowded, Turns

Result = TypeVar("Result")


def settled(work: Coroutine[Any, Any, Result]) -> Result:
    """In a thread of its own: tests in a browser leave a running loop behind in theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def queued(turns: Turns, reader: str, order: list[str]) -> "asyncio.Task[None]":
    async def wait() -> None:
        await turns.enter(reader)
        order.append(reader)

    task = asyncio.ensure_future(wait())
    await asyncio.sleep(0)
    return task


def test_somebody_who_asks_once_goes_before_the_second_of_another() -> None:
    async def run() -> list[str]:
        turns, order = Turns(1, most=9, seconds=9), list[str]()
        await turns.enter("first")
        for _ in range(3):
            await queued(turns, "many", order)
        await queued(turns, "one", order)
        for _ in range(4):
            turns.leave()
            await asyncio.sleep(0.01)
        return order

    assert settled(run()) == ["many", "one", "many", "many"]


def test_when_too_many_wait_the_one_who_waits_most_often_gives_way() -> None:
    async def run() -> None:
        turns, order = Turns(1, most=3, seconds=9), list[str]()
        await turns.enter("first")
        many = [await queued(turns, "many", order) for _ in range(3)]
        one = await queued(turns, "one", order)
        await asyncio.sleep(0.01)
        assert isinstance(many[-1].exception(), Crowded)
        assert turns.waiting == 3
        with pytest.raises(Crowded):
            await turns.enter("many")
        turns.leave()
        turns.leave()
        await asyncio.sleep(0.01)
        assert one.done()
        assert order == ["many", "one"]

    settled(run())


def test_who_waited_too_long_or_left_takes_no_place() -> None:
    async def run() -> None:
        turns = Turns(1, most=9, seconds=0.05)
        await turns.enter("first")
        with pytest.raises(Crowded):
            await turns.enter("late")
        gone = await queued(turns, "gone", [])
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        assert turns.waiting == 0
        turns.leave()
        async with asyncio.timeout(1):
            await turns.enter("next")  # the place was not lost

    settled(run())


def test_a_turn_that_comes_to_somebody_who_just_left_goes_on() -> None:
    async def run() -> None:
        turns = Turns(1, most=9, seconds=9)
        await turns.enter("first")
        gone = await queued(turns, "gone", [])
        turns.leave()
        gone.cancel()
        await asyncio.sleep(0.01)
        async with asyncio.timeout(1):
            await turns.enter("next")

    settled(run())


@pytest.mark.parametrize(("behind", "expected"), [(False, "198.51.100.7"), (True, "203.0.113.9")])
def test_the_reader_is_the_one_the_proxy_wrote_last(behind: bool, expected: str) -> None:
    scope: dict[str, Any] = {
        "client": ("198.51.100.7", 4711),
        "headers": [(b"x-forwarded-for", b"10.0.0.1, 203.0.113.9")],
    }
    with override_settings(BEHIND_PROXY=behind):
        assert reader_of(scope) == expected
