"""The tables that come with the program, JSON files below `resources/`."""

from importlib import resources
from typing import Any

import orjson


def read_resource(*path: str) -> Any:
    """What a JSON file holds, by its folders and name; read anew each time: who asks remembers what is made of it.

    >>> sorted(read_resource("sides.json"))[:2]
    ['about', 'left']
    """
    return orjson.loads(resources.files("resources").joinpath(*path).read_bytes())
