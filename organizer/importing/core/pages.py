"""Lists of any length: what of an import doesn't fit on the desk lies aside, encrypted, page by page.

An import of a million entries took five gigabytes as lists. Here some thousands of them lie open at a time.
"""

import dataclasses
import pickle
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from operator import attrgetter, is_not
from pathlib import Path
from threading import RLock
from typing import Any, Generic, TypeVar, overload

from organizer.store.aside import Aside, Register

PAGE = 200
"""What lies on one page: some hundreds of kilobytes in memory, some tens of them aside, laid down in milliseconds."""
OPEN = 60_000
"""What lies open on one desk before the pages longest not looked at go aside: some 150 MiB of entries."""
FEW_OPEN = 5_000
"""What stays open while it is written: the database holds up to a quarter of a gibibyte meanwhile."""

Item = TypeVar("Item")


class Page:
    """A part of a list: its items where it is open, else its number aside."""

    __slots__ = ("items", "number")

    def __init__(self) -> None:
        self.items: list[Any] | None = []
        self.number = -1


class Desk:
    """What the lists of one import have open in memory together. Without a `folder` nothing goes aside.

    `folder` is that of the record. Raises DiskFullError and DiskError where it can't be written.
    """

    def __init__(self, folder: Path | None = None, most: int = 0) -> None:
        self._folder, self._most = folder, most or OPEN
        self._open: OrderedDict[int, Page] = OrderedDict()
        self._held = 0
        self._aside: Aside | None = None
        self._lock = RLock()  # a window looks at what a worker reads

    def items_of(self, page: Page) -> list[Any]:
        """The items of a page, to read."""
        with self._lock:
            if page.items is None:
                assert self._aside is not None
                # Written by nobody but us: the seal of a page shows it.
                page.items = pickle.loads(zlib.decompress(self._aside.get(page.number)))  # noqa: S301
                self._held += len(page.items)
            return self._opened(page)

    def add(self, page: Page, item: Any) -> None:
        """One more item on a page."""
        with self._lock:
            self.items_of(page).append(item)
            page.number = -1
            self._held += 1
            self._opened(page)

    def put(self, page: Page, items: list[Any]) -> None:
        """Other items in the place of those of a page."""
        with self._lock:
            self._held += len(items) - len(page.items or ())
            page.items, page.number = items, -1
            self._opened(page)

    def hold_less(self) -> None:
        """From now on only some pages stay open: what comes next needs the memory itself."""
        with self._lock:
            self._most = min(self._most, FEW_OPEN)
            self._lay_aside_oldest()

    def _opened(self, page: Page) -> list[Any]:
        assert page.items is not None
        items = page.items
        if self._folder is not None:
            self._open[id(page)] = page
            self._open.move_to_end(id(page))
            self._lay_aside_oldest()
        return items

    def _lay_aside_oldest(self) -> None:
        """Lay the pages aside that were not looked at for longest; without a folder none can be."""
        if self._folder is None:
            return
        while self._held > self._most and len(self._open) > 1:
            _key, page = self._open.popitem(last=False)
            self._lay_aside(page)

    def _lay_aside(self, page: Page) -> None:
        assert self._folder is not None
        assert page.items is not None
        if page.number < 0:
            self._aside = self._aside or Aside(self._folder)
            page.number = self._aside.put(zlib.compress(_dumped(page.items), 1))
        self._held -= len(page.items)
        page.items = None


class _Pickler(pickle.Pickler):
    """Writes a dataclass as what its constructor takes: a third of the time that its own way takes."""

    def __init__(self, stream: BytesIO) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._fields: dict[type, Callable[[Any], tuple[Any, ...]] | None] = {}

    def reducer_override(self, value: object) -> Any:
        """What an object is made of, where it is a dataclass with several fields."""
        kind = type(value)
        if kind not in self._fields:
            self._fields[kind] = _taken_by(kind)
        taken = self._fields[kind]
        return NotImplemented if taken is None else (kind, taken(value))


def _taken_by(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What the constructor of a dataclass takes, of one of its objects; None for any other class."""
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    names = [field.name for field in fields if field.init]
    return attrgetter(*names) if len(names) == len(fields) > 1 else None


def _dumped(items: list[Any]) -> bytes:
    stream = BytesIO()
    _Pickler(stream).dump(items)
    return stream.getvalue()


class Pages(Generic[Item]):
    """A list that grows at its end, is read from its beginning or by place, and is changed page by page."""

    def __init__(self, items: Iterable[Item] = (), desk: Desk | None = None) -> None:
        self._desk = desk or Desk()
        self._pages: list[Page] = []
        self._length = 0
        self.extend(items)

    def append(self, item: Item) -> None:
        """One more at the end."""
        if self._length % PAGE == 0:
            self._pages.append(Page())
        self._desk.add(self._pages[-1], item)
        self._length += 1

    def extend(self, items: Iterable[Item]) -> None:
        """More at the end."""
        for item in items:
            self.append(item)

    def __iadd__(self, items: Iterable[Item]) -> "Pages[Item]":
        self.extend(items)
        return self

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list | Pages) and list(self) == list(other)

    def __hash__(self) -> int:
        raise TypeError("what changes has no hash")

    def __iter__(self) -> Iterator[Item]:
        for page in self._pages:
            yield from self._desk.items_of(page)

    def by_page(self, backwards: bool = False) -> Iterator[list[Item]]:
        """The items, a page at a time."""
        for page in reversed(self._pages) if backwards else self._pages:
            yield self._desk.items_of(page)

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(self._length))]
        place = range(self._length)[place]
        item: Item = self._desk.items_of(self._pages[place // PAGE])[place % PAGE]
        return item

    def __setitem__(self, place: int, item: Item) -> None:
        place = range(self._length)[place]
        page = self._pages[place // PAGE]
        items = list(self._desk.items_of(page))
        items[place % PAGE] = item
        self._desk.put(page, items)

    def hold_less(self) -> None:
        """Leave only some pages of the desk open."""
        self._desk.hold_less()

    def change(self, changed: Callable[[list[Item]], list[Item]]) -> None:
        """Put in the place of each page's items as many others, the last page first."""
        for page in reversed(self._pages):
            items = self._desk.items_of(page)
            others = changed(items)
            if any(map(is_not, items, others)):
                self._desk.put(page, others)


class Shelf(Generic[Item]):
    """Things by their names, as many as there are; what bears a name may bear others too."""

    def __init__(self, desk: Desk) -> None:
        self._items: Pages[Item] = Pages(desk=desk)
        self._register = Register()

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: Item) -> int:
        """One more thing; gives its place."""
        self._items.append(item)
        return len(self._items) - 1

    def name(self, named: Iterable[tuple[str, int]]) -> None:
        """Names for what lies at a place; a thing may have several."""
        self._register.add(named)

    def at(self, place: int) -> Item:
        """What lies at a place."""
        return self._items[place]

    def find(self, names: Sequence[str]) -> list[Item]:
        """What may bear one of these names, the earliest first: whoever asks looks whether it does."""
        return [self._items[place] for place in self._register.places(names)]
