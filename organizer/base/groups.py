"""Tables written group by group, turned round: which group is a member of?"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Group = TypeVar("Group")
Member = TypeVar("Member")


def group_of_each(groups: Mapping[Group, Iterable[Member]]) -> dict[Member, Group]:
    """The group of each member, in the order of the table; of a member of several groups the last."""
    turned: dict[Member, Group] = {}
    for group, members in groups.items():
        turned |= dict.fromkeys(members, group)
    return turned
