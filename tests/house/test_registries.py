"""A newcomer writes one file and one line; these tests notice when the line was forgotten."""

import importlib
import pkgutil
from types import FunctionType, ModuleType

import pytest

from tests.house.source import ROOT

REGISTRIES = {
    "organizer.model.kinds": "KINDS",
    "organizer.importing.formats": "FORMATS",
    "organizer.health.course.rules": "RULES",
    "organizer.packet.contents.sections": "SECTIONS",
    "ui.pages": "PAGES",
}
ROOTS_OF_EVERYTHING = {"builtins", "typing", "abc", "enum", "typing_extensions", "Shiboken", "shiboken6"}


def members(package: str) -> tuple[object, ...]:
    registry = getattr(importlib.import_module(package), REGISTRIES[package])
    assert isinstance(registry, tuple), f"{package}.{REGISTRIES[package]} is a tuple: its order is the screen's"
    return registry


def modules(package: str) -> list[ModuleType]:
    """The modules of the folder; one whose name begins with an underscore is a helper of its neighbours."""
    folder = importlib.import_module(package)
    found = [info.name for info in pkgutil.iter_modules(folder.__path__) if not info.name.startswith("_")]
    return [importlib.import_module(f"{package}.{name}") for name in found]


def own_bases(kind: type) -> set[type]:
    """The classes of this project that a class is built on, itself left out."""
    return {base for base in kind.__mro__[1:] if base.__module__.partition(".")[0] in {"organizer", "ui"}}


def comes_from(member: object, module: ModuleType) -> bool:
    """Whether a member of the registry was written in that module."""
    if member is module or any(value is member for value in vars(module).values()):
        return True
    made_by = member if isinstance(member, type | FunctionType) else type(member)
    parts = vars(member).values() if hasattr(member, "__dict__") and not isinstance(member, ModuleType) else ()
    return module.__name__ in {made_by.__module__, *(getattr(part, "__module__", "") for part in parts)}


def looks_like_member(value: object, module: ModuleType, registry: tuple[object, ...]) -> bool:
    """Whether a module's value is of the registry's sort: same class, or a class on the same foundation."""
    if isinstance(value, type):
        if value.__module__ != module.__name__ or value.__name__.startswith("_"):
            return False
        foundations = {base for member in registry if isinstance(member, type) for base in own_bases(member)}
        return bool(foundations & own_bases(value))
    if isinstance(value, FunctionType | ModuleType):
        return False
    return type(value) in {type(member) for member in registry}


@pytest.mark.parametrize("package", REGISTRIES)
def test_what_a_folder_defines_is_registered(package: str) -> None:
    if not (ROOT / package.replace(".", "/")).is_dir():
        pytest.skip(f"{package} is not built yet")
    registry = members(package)
    forgotten = [module.__name__ for module in modules(package) if not any(comes_from(m, module) for m in registry)]
    forgotten += [
        f"{module.__name__}.{name}"
        for module in modules(package)
        for name, value in vars(module).items()
        if looks_like_member(value, module, registry) and not any(value is member for member in registry)
        if not any(type(member) is value for member in registry)
    ]
    assert not forgotten, (
        f"{forgotten} are not in {package}.{REGISTRIES[package]}: what has no line there exists for nobody. "
        "A helper's file name begins with an underscore."
    )


@pytest.mark.parametrize("package", REGISTRIES)
def test_nothing_is_registered_twice(package: str) -> None:
    if not (ROOT / package.replace(".", "/")).is_dir():
        pytest.skip(f"{package} is not built yet")
    registry = members(package)
    assert len({id(member) for member in registry}) == len(registry), (
        f"{package}.{REGISTRIES[package]} names something twice, which the person would then see twice."
    )
