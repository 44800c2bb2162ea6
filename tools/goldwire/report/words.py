"""Numbers and nouns as every report writes them."""


def plural(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def number(value: float | None) -> str:
    """A number to three places; a dash where it is undefined."""
    return "–" if value is None else f"{value:.3f}"
