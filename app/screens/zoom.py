"""One pane over the whole body: the others step aside and come back as they were."""

from __future__ import annotations

from textual.widget import Widget

_FULL = {"display": "block", "width": "1fr", "height": "1fr", "margin": 0}


class Zoom:
    """A pane as the only one of its mode; cursor, marks and what stood in its first line are kept."""

    def __init__(self, pane: Widget) -> None:
        self.pane = pane
        self._top = pane.scroll_y
        self._path: list[Widget] = []
        self._aside: list[Widget] = []

    def open(self) -> None:
        """From the pane up to the body: what stands beside it steps aside."""
        node: Widget = self.pane
        while node.id != "body" and isinstance(node.parent, Widget):
            self._path.append(node)
            self._aside += [other for other in node.parent.children if other is not node]
            node = node.parent
        for other in self._aside:
            other.styles.display = "none"
        for one in self._path:
            for rule, wanted in _FULL.items():
                setattr(one.styles, rule, wanted)
        self.pane.add_class("-zoomed")

    def close(self) -> None:
        """Everything back in its place."""
        self.pane.remove_class("-zoomed")
        for other in self._aside:
            setattr(other.styles, "display", None)  # noqa: B010
        for one in self._path:
            for rule in _FULL:
                setattr(one.styles, rule, None)
        self.pane.call_after_refresh(self._scroll_back)

    def _scroll_back(self) -> None:
        if self.pane.is_attached:
            self.pane.scroll_to(y=self._top, animate=False, force=True)
            show_cursor = getattr(self.pane, "show_cursor", None)
            if show_cursor is not None:
                show_cursor()
