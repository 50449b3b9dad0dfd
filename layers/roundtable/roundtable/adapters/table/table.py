"""One DynamoDB table: reads, conditional writes and transactions, with the ports' errors."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from roundtable.adapters.table.errors import Refusal, understand
from roundtable.adapters.table.marshalling import Item, Values, text
from roundtable.adapters.table.writes import Delete, Put, Update, Write, attribute_names, key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        AttributeValueTypeDef,
        QueryInputTypeDef,
        TransactWriteItemTypeDef,
    )

T = TypeVar("T")

_PAUSES = (0.02, 0.05, 0.1, 0.2)
"""Longest pauses in seconds before a contended write is tried again."""

_BATCH = 100
_chance = random.SystemRandom()


def _never() -> bool:
    return False


class Table:
    """The table of a deployment. Every call raises the ports' errors and none of the service's.

    Exempt are mistakes of ours, such as a missing permission: they come through as they are.
    """

    def __init__(
        self, client: "DynamoDBClient", name: str, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._client = client
        self._name = name
        self._sleep = sleep

    # --- reads ---

    def get(self, pk: str, sk: str) -> Item | None:
        """Return an item as it is now, or None; raises Unavailable."""
        answer = _called(
            lambda: self._client.get_item(
                TableName=self._name, Key=key(pk, sk), ConsistentRead=True
            )
        )
        return answer.get("Item")

    def get_all(self, keys: Sequence[tuple[str, str]]) -> Iterator[Item]:
        """Yield the items that exist, as they are now, in no order; raises Unavailable."""
        for start in range(0, len(keys), _BATCH):
            wanted = [key(pk, sk) for pk, sk in keys[start : start + _BATCH]]
            while wanted:
                asked = wanted
                answer = _called(
                    lambda asked=asked: self._client.batch_get_item(
                        RequestItems={self._name: {"Keys": asked, "ConsistentRead": True}}
                    )
                )
                yield from answer["Responses"].get(self._name, [])
                left = answer["UnprocessedKeys"].get(self._name)
                wanted = [dict(item) for item in left["Keys"]] if left else []
                if wanted:
                    self._pause(_PAUSES[-1])

    def under(self, pk: str, prefix: str = "") -> Iterator[Item]:
        """Yield the items of a partition whose sort key begins so, in its order, as they are now.

        Raises Unavailable.
        """
        condition = "#pk = :pk"
        values: Values = {":pk": text(pk)}
        if prefix:
            condition += " AND begins_with(#sk, :sk)"
            values[":sk"] = text(prefix)
        request: QueryInputTypeDef = {
            "TableName": self._name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": attribute_names(condition),
            "ExpressionAttributeValues": values,
            "ConsistentRead": True,
        }
        for items, _ in self._pages(request):
            yield from items

    def between(
        self, index: str, partition: str, low: str, high: str, *, limit: int, program: str = ""
    ) -> Iterator[Item]:
        """Yield an index's items between two sort keys, in order; `limit` is a page's size.

        With a program only its items. An index may lag behind by a moment. Raises Unavailable.
        """
        condition = f"#{index}_pk = :pk AND #{sort_key(index)} BETWEEN :low AND :high"
        wanted = "#program = :program" if program else ""
        values: Values = {":pk": text(partition), ":low": text(low), ":high": text(high)}
        request: QueryInputTypeDef = {
            "TableName": self._name,
            "IndexName": index,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": attribute_names(condition, wanted),
            "ExpressionAttributeValues": values,
            "Limit": limit,
        }
        if program:
            request["FilterExpression"] = wanted
            values[":program"] = text(program)
        for items, _ in self._pages(request):
            yield from items

    def all_of(self, index: str, partition: str) -> Iterator[Item]:
        """Yield all items of an index's partition, in order; raises Unavailable."""
        for items, _ in self._pages(self._whole(index, partition)):
            yield from items

    def count_of(self, index: str, partition: str) -> int:
        """Return how many items an index's partition has; raises Unavailable."""
        request = self._whole(index, partition)
        request["Select"] = "COUNT"
        return sum(count for _, count in self._pages(request))

    def _whole(self, index: str, partition: str) -> "QueryInputTypeDef":
        condition = f"#{index}_pk = :pk"
        return {
            "TableName": self._name,
            "IndexName": index,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": attribute_names(condition),
            "ExpressionAttributeValues": {":pk": text(partition)},
        }

    def _pages(
        self, request: "QueryInputTypeDef"
    ) -> "Iterator[tuple[list[dict[str, AttributeValueTypeDef]], int]]":
        while True:
            answer = _called(lambda: self._client.query(**request))
            yield answer.get("Items", []), answer["Count"]
            last = answer.get("LastEvaluatedKey")
            if not last:
                return
            request["ExclusiveStartKey"] = last

    # --- writes ---

    def write(self, write: Write, written: Callable[[], bool] = _never) -> Item:
        """Carry out one write and return an update's item as it is afterwards.

        `written` looks whether the write is there although its answer got lost; then nothing is
        raised. Raises the write's refusal, Conflict or Unavailable.
        """
        answer = self._persist(lambda: self._carry_out(write), [write.refused], written)
        return answer or {}

    def transact(self, writes: Iterable[Write], written: Callable[[], bool] = _never) -> None:
        """Carry out all writes or none; raises as `write` does, for the gravest refusal."""
        writes = list(writes)
        items = [self._in_transaction(write) for write in writes]
        self._persist(
            lambda: self._client.transact_write_items(TransactItems=items),
            [write.refused for write in writes],
            written,
        )

    def _carry_out(self, write: Write) -> Item:
        match write:
            case Put():
                self._client.put_item(**write.request(self._name))
                return {}
            case Delete():
                self._client.delete_item(**write.request(self._name))
                return {}
            case Update():
                request = write.request(self._name)
                answer = self._client.update_item(**request, ReturnValues="ALL_NEW")
                return answer.get("Attributes", {})

    def _in_transaction(self, write: Write) -> "TransactWriteItemTypeDef":
        match write:
            case Put():
                return {"Put": write.request(self._name)}
            case Delete():
                return {"Delete": write.request(self._name)}
            case Update():
                return {"Update": write.request(self._name)}

    def _persist(
        self,
        call: Callable[[], T],
        refusals: Sequence[Refusal | None],
        written: Callable[[], bool],
    ) -> T | None:
        doubtful = False
        for pause in (*_PAUSES, None):
            try:
                return call()
            except (BotoCoreError, ClientError) as error:
                failure = understand(error, refusals)
                # A refusal after a lost answer may be caused by our own write.
                doubtful = doubtful or failure.doubtful
                if doubtful and written():
                    return None
                if pause is None or not failure.contended:
                    if failure.meaning is error:
                        raise
                    raise failure.meaning from error
                self._pause(pause)
        return None

    def _pause(self, longest: float) -> None:
        self._sleep(_chance.uniform(0, longest))


def sort_key(index: str) -> str:
    """Return the sort key of an index: that by track sorts as that by stage does."""
    return "stage_sk" if index == "track" else f"{index}_sk"


def _called(call: Callable[[], T]) -> T:
    try:
        return call()
    except (BotoCoreError, ClientError) as error:
        meaning = understand(error, ()).meaning
        if meaning is error:
            raise
        raise meaning from error
