"""Arrow columns, filled row by row and read back; lists of records are flat, as Parquet keeps them."""

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from goldwire.model.extras import need

ColumnType: TypeAlias = "str | Mapping[str, ColumnType]"
"""A name of an Arrow type, `strings`, `span` (two integers or null), or the fields of a list of records."""
Fields = Mapping[str, ColumnType]
Array: TypeAlias = Any
"""An array or table of Arrow, which ships no types."""


def pyarrow(part: str = "") -> Any:
    """The module pyarrow, or a submodule; raises GoldwireError if it is not installed."""
    return need(f"pyarrow.{part}" if part else "pyarrow", "parquet")


class ColumnBuilder:
    """One column of a table."""

    def __init__(self, kind: ColumnType) -> None:
        self.kind = kind
        self.values: list[object] = []
        self.offsets = [0]
        fields = {} if isinstance(kind, str) else kind
        self.parts = [ColumnBuilder(part) for part in fields.values()]
        self.names = list(fields)

    def add(self, value: Any) -> None:
        """Append one value; a record is a sequence in the order of its fields."""
        if self.parts:
            self._add_records(value)
        elif self.kind == "strings":
            self.values += value
            self.offsets.append(len(self.values))
        else:
            self.values.append(value)

    def _add_records(self, records: Iterable[Sequence[object]]) -> None:
        columns = list(zip(*records, strict=True))
        for part, values in zip(self.parts, columns, strict=True) if columns else ():
            if part.parts or part.kind == "strings":
                for value in values:
                    part.add(value)
            else:
                part.values += values
        self.offsets.append(self.offsets[-1] + (len(columns[0]) if columns else 0))

    def array(self) -> Array:
        """The column as an Arrow array."""
        pa = pyarrow()
        if self.parts:
            inner = pa.StructArray.from_arrays([part.array() for part in self.parts], self.names)
            return pa.ListArray.from_arrays(pa.array(self.offsets, "int32"), inner)
        if self.kind == "strings":
            return pa.ListArray.from_arrays(pa.array(self.offsets, "int32"), pa.array(self.values, "string"))
        if self.kind == "span":
            found = [value if isinstance(value, tuple) else (None, None) for value in self.values]
            sides = [pa.array([place[side] for place in found], "int32") for side in (0, 1)]
            mask = pa.array([value is None for value in self.values], "bool")
            return pa.StructArray.from_arrays(sides, ["start", "end"], mask=mask)
        return pa.array(self.values, self.kind)


class TableBuilder:
    """A table, filled row by row."""

    def __init__(self, fields: Fields) -> None:
        self.columns = {name: ColumnBuilder(kind) for name, kind in fields.items()}
        self.rows = 0

    def __len__(self) -> int:
        return self.rows

    def add(self, row: Sequence[object]) -> None:
        """Append a row: its values in the order of the fields."""
        for column, value in zip(self.columns.values(), row, strict=True):
            column.add(value)
        self.rows += 1

    def arrow(self) -> Array:
        """The rows as an Arrow table."""
        arrays = {name: column.array() for name, column in self.columns.items()}
        return pyarrow().table(arrays)


def values(array: Array) -> list[Any]:
    """The values of an Arrow array: records as named tuples, lists as tuples.

    Arrow's own `to_pylist` converts each value by itself and takes ten times as long.
    """
    types = pyarrow("types")
    if types.is_list(array.type):
        flat = iter(values(array.flatten()))
        return [tuple(islice(flat, n)) for n in values(array.value_lengths())]
    if types.is_struct(array.type):
        record = namedtuple("record", [field.name for field in array.type])  # type: ignore[misc]
        made = map(record, *map(values, array.drop_null().flatten()))
        return [next(made) if there else None for there in values(array.is_valid())]
    if array.null_count and not types.is_string(array.type):  # numpy would make floats of such numbers
        return list(array.to_pylist())
    need("numpy", "parquet")
    return list(array.to_numpy(zero_copy_only=False).tolist())
