"""Columns of Arrow, filled row by row and read back: lists of records flat, as Parquet keeps them."""

from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from goldwire.model.extras import need


def pyarrow(part: str = "") -> Any:
    """Arrow, or a part of it; raises GoldwireError where it is not installed."""
    return need(f"pyarrow.{part}" if part else "pyarrow", "parquet")


@dataclass(frozen=True, slots=True)
class Records:
    """A field that is a list of records, each a sequence in the order of `fields`."""

    fields: dict[str, Any]


class Column:
    """One column. A type is a name of Arrow's, `strings`, `span` (two integers or nothing), or fields of records."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self.values: list[Any] = []
        self.offsets = [0]
        fields = kind.fields if isinstance(kind, Records) else kind
        self.parts = [Column(part) for part in fields.values()] if isinstance(fields, dict) else []
        self.names = list(fields) if isinstance(fields, dict) else []

    def add(self, value: Any) -> None:
        """Put in one value."""
        if self.parts:
            self._add_all(value)
        elif self.kind == "strings":
            self.values += value
            self.offsets.append(len(self.values))
        else:
            self.values.append(value)

    def _add_all(self, records: Iterable[Sequence[Any]]) -> None:
        columns = list(zip(*records, strict=True))
        for part, values in zip(self.parts, columns, strict=True) if columns else ():
            if part.parts or part.kind == "strings":
                for value in values:
                    part.add(value)
            else:
                part.values += values
        self.offsets.append(self.offsets[-1] + (len(columns[0]) if columns else 0))

    def array(self) -> Any:
        """The column as Arrow has it."""
        pa = pyarrow()
        if self.parts:
            inner = pa.StructArray.from_arrays([part.array() for part in self.parts], self.names)
            return pa.ListArray.from_arrays(pa.array(self.offsets, "int32"), inner)
        if self.kind == "strings":
            return pa.ListArray.from_arrays(pa.array(self.offsets, "int32"), pa.array(self.values, "string"))
        if self.kind == "span":
            ends = zip(*(value or (None, None) for value in self.values), strict=True)
            start, end = (
                (pa.array(list(side), "int32") for side in ends) if self.values else (pa.array([], "int32"),) * 2
            )
            mask = pa.array([value is None for value in self.values], "bool")
            return pa.StructArray.from_arrays([start, end], ["start", "end"], mask=mask)
        return pa.array(self.values, self.kind)


class Table:
    """Rows, put in one by one."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.columns = {name: Column(kind) for name, kind in fields.items()}
        self.rows = 0

    def __len__(self) -> int:
        return self.rows

    def add(self, row: Sequence[Any]) -> None:
        """Put in a row: its values in the order of the fields."""
        for column, value in zip(self.columns.values(), row, strict=True):
            column.add(value)
        self.rows += 1

    def arrow(self) -> Any:
        """The table as Arrow has it."""
        arrays = {name: column.array() for name, column in self.columns.items()}
        return pyarrow().table(arrays)


def values(array: Any) -> list[Any]:
    """What an array of Arrow holds, its records as named tuples and its lists as tuples.

    Arrow's own `to_pylist` asks every value for itself, which takes ten times as long.
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
