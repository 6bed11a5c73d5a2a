"""Keys wait for what they are meant for, and come there in the order in which they were typed."""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events

from app.screens.type_ahead import TypeAhead


class Queue:
    """An app's queue: what is posted comes after what was posted before."""

    def __init__(self) -> None:
        self.posted: deque[events.Event] = deque()
        self.handled: list[str] = []
        self.ready = False
        self.opens = ""
        """The key after which nothing stands until it is said again."""
        self.ahead = TypeAhead(lambda _: self.ready, self.posted.append)

    def type(self, keys: str) -> None:
        """One key after another."""
        self.posted.extend(events.Key(key, key) for key in keys)

    async def handle(self, most: int = 100) -> None:
        """Handle what is posted; the loop goes round between two of them."""
        for _ in range(most):
            if self.posted:
                event = self.posted.popleft()
                assert isinstance(event, events.Key)
                if not self.ahead.keep(event):
                    self.handled.append(event.key)
                    self.ready = self.ready and event.key != self.opens
            await asyncio.sleep(0.001)


async def test_what_was_already_queued_behind_kept_keys_stays_behind_them() -> None:
    """Kept ones are given back at the end of the queue: who stood in it must not overtake them."""
    queue = Queue()
    queue.type("abcd")
    await queue.handle(2)  # a and b are kept; c and d are still in the queue when all is ready
    queue.ready = True
    await queue.handle()
    assert "".join(queue.handled) == "abcd"


async def test_a_kept_key_that_opens_something_is_waited_for_before_the_next() -> None:
    """F2 and a word, typed while the desk still starts: the word waits for the form too."""
    queue = Queue()
    queue.opens = "b"
    queue.type("abcd")
    await queue.handle(4)
    queue.ready = True
    await queue.handle()
    assert "".join(queue.handled) == "ab", "c waits for what b opened"
    queue.ready = True
    queue.type("e")
    await queue.handle()
    assert "".join(queue.handled) == "abcde"


async def test_a_key_on_its_way_waits_again_for_what_closes_meanwhile() -> None:
    """The Enter before it was looked at only after it had set out: it must not reach the form that is being sent."""
    queue = Queue()
    queue.type("ab")
    await queue.handle(2)
    queue.ready = True
    for _ in range(100):  # until a is on its way once more
        await asyncio.sleep(0.001)
        if queue.posted:
            break
    queue.ready = False
    await queue.handle(30)
    assert queue.handled == []
    queue.ready = True
    await queue.handle()
    assert "".join(queue.handled) == "ab"
