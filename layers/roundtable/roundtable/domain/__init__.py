"""The rules of a round as pure functions over data: no AWS, no clock, no input or output."""
