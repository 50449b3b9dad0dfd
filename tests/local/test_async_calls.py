"""The correction of calls without waiting."""

from typing import Any

from local.corrections.async_calls import until_not_throttled


def test_throttled_call_is_made_again_with_longer_pauses() -> None:
    answers: list[dict[str, Any]] = [{"throttle": True}, {"throttle": True}, {"body": "done"}]
    pauses: list[float] = []

    answer = until_not_throttled(lambda: answers.pop(0), pauses.append)

    assert answer == {"body": "done"}
    assert pauses == [0.05, 0.1]


def test_failed_call_is_not_made_again_here() -> None:
    answers: list[dict[str, Any]] = [{"error": True}, {"body": "done"}]

    assert until_not_throttled(lambda: answers.pop(0), lambda _: None) == {"error": True}
