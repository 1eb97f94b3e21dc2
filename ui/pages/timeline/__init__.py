"""The timeline's picture: `scale` says where days lie, `chart` draws the moments and is walked by the arrow keys."""

from ui.pages.timeline.page import TimelinePage

__all__ = ["TimelinePage"]
