"""Rows of cells that span, laid onto a grid: the text stands in the first place, the others are blank."""

from __future__ import annotations

from motcua.steering.programme.reading.blocks import Table

from .unreadable import holds

MOST_COLUMNS = 200


class Grid:
    """A table being laid: cells are put from left to right into the places that no cell above reaches into."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._taken: dict[int, int] = {}
        self._row: list[str] = []
        self._covered: set[tuple[int, int]] = set()
        self._places = 0

    def begin_row(self) -> None:
        """Begin a row; columns that a cell above still reaches into are blank in it."""
        self._end_row()
        self._row = []
        self._rows.append(self._row)

    def put(self, text: str, columns: int = 1, rows: int = 1, *, is_covered: bool = False) -> None:
        """Put a cell that takes so many columns and rows; a covered one goes on with the cell above it."""
        self._pass_taken()
        columns = min(max(columns, 1), MOST_COLUMNS, max(MOST_COLUMNS - len(self._row), 1))
        for column in range(len(self._row), len(self._row) + columns):
            if rows > 1:
                self._taken[column] = rows
            if is_covered:
                self._covered.add((len(self._rows) - 1, column))
        self._row += [text, *[""] * (columns - 1)]
        self._places += columns
        holds(self._places)

    def table(self) -> Table:
        """Return the table. Places that rows lack at their end are blank."""
        width = max(map(len, self._rows), default=0)
        holds(width * len(self._rows))
        rows = tuple(tuple(row + [""] * (width - len(row))) for row in self._rows)
        return Table(rows, frozenset(self._covered))

    def _pass_taken(self) -> None:
        while self._taken.get(len(self._row), 0) > 0 and len(self._row) < MOST_COLUMNS:
            self._covered.add((len(self._rows) - 1, len(self._row)))
            self._row.append("")
            self._places += 1
            holds(self._places)

    def _end_row(self) -> None:
        self._pass_taken()
        self._taken = {column: rows - 1 for column, rows in self._taken.items() if rows > 1}
