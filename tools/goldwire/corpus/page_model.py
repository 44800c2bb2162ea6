"""The grammar of a page: which states a line can be in, and which may follow which.

A state is a role, its owner (the page or an article) and how far the article has come: its head without a headline,
its head with one, or its text. A new article begins where a head begins behind a text.
"""

from dataclasses import dataclass

from goldwire.model.vocabulary import Role


@dataclass(frozen=True, slots=True)
class State:
    """What a line can be: its role, its column in the table of weights, and its phase.

    Phases: `-` nothing yet, `0` a head without its headline, `1` a head with one, `t` a text, `h` the page's own lines
    within a head.
    """

    name: str
    role: Role
    column: str
    phase: str
    of_page: bool = False


STATES = (
    State("kicker", "boilerplate", "kicker", "0"),
    State("byline-0", "byline", "byline-first", "0"),
    State("source-0", "source", "source-first", "0"),
    State("time-0", "timestamp", "time-first", "0"),
    State("caption-0", "caption", "caption", "0"),
    State("headline", "headline", "headline", "1"),
    State("standfirst", "standfirst", "standfirst", "1"),
    State("byline-1", "byline", "byline", "1"),
    State("source-1", "source", "source", "1"),
    State("time-1", "timestamp", "time", "1"),
    State("caption-1", "caption", "caption", "1"),
    State("note-1", "boilerplate", "note", "1"),
    State("body", "body", "body", "t"),
    State("subheading", "subheading", "subheading", "t"),
    State("caption", "caption", "caption", "t"),
    State("marker", "teaser", "marker", "t"),
    State("box-caption", "caption", "box-caption", "t"),
    State("linked", "teaser", "linked", "t"),
    State("teaser", "teaser", "teaser", "t"),
    State("list-heading", "boilerplate", "list-heading", "t"),
    State("note", "boilerplate", "end-note", "t"),
    State("time", "timestamp", "time", "t"),
    State("byline", "byline", "byline", "t"),
    State("source", "source", "source", "t"),
    State("page", "boilerplate", "page", "-", True),
    State("page-h", "boilerplate", "page", "h", True),
    State("page-t", "boilerplate", "page", "t", True),
    State("page-list-heading", "boilerplate", "page-list-heading", "-", True),
    State("page-list-heading-t", "boilerplate", "page-list-heading", "t", True),
    State("page-teaser", "teaser", "page-teaser", "-", True),
    State("page-teaser-t", "teaser", "page-teaser", "t", True),
)
COLUMNS = tuple(dict.fromkeys(state.column for state in STATES))
INDEX = {state.name: i for i, state in enumerate(STATES)}
OPENERS = frozenset(state.name for state in STATES if state.phase == "0") | {"headline", "standfirst"}
"""States that begin an article where the one before it has come to its text."""


def may_follow(before: State, after: State) -> bool:
    """Whether the grammar allows a state behind another; a box is a marker, a caption, and a link."""
    if before.name == "box-caption" or after.name == "box-caption":
        return before.name == "marker" if after.name == "box-caption" else after.name == "linked"
    if after.phase == "-":
        return before.phase == "-"
    if after.phase == "h":
        return before.phase in "01h"
    if after.phase == "0":
        return before.phase in "-0th" or before.name == "standfirst"
    if after.name in ("headline", "standfirst"):
        return True
    if after.phase == "1":
        return before.phase in "1h"
    if after.of_page:
        return before.phase == "t"
    if after.name in ("body", "subheading"):
        return True
    return before.phase in "1th"


def opens(before: State | None, after: State, has_headline: bool) -> bool:
    """Whether a state begins a new article behind another; `has_headline` says it of the article so far."""
    if after.of_page:
        return False
    if before is None or before.phase == "-":
        return True
    if after.name not in OPENERS:
        return False
    if before.phase == "t":
        return True
    if before.phase == "h":
        return after.phase == "0" or (after.name == "headline" and has_headline)
    return before.name == "standfirst" and (after.phase == "0" or (after.name == "headline" and has_headline))


FOLLOWERS = tuple(tuple(j for j, after in enumerate(STATES) if may_follow(before, after)) for before in STATES)
FIRST = tuple(j for j, state in enumerate(STATES) if state.phase == "-" or state.name in OPENERS | {"body"})
