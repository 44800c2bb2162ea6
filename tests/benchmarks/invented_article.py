"""One article of an invented site: head, text and foot, each part as the site's habits and the layout want it."""

from invented_site import OWN
from invented_stories import Story, capital


def add_article(site, paragraphs=0, story=None, **layout):
    """Add an article; `layout` overrides the site's habits."""
    site.article += 1
    story = story or site.story()
    wants = {**site.has, **layout}
    wants["voice"] = Story(site.random, site.language) if site.chance(0.5) else story
    _head(site, story, wants)
    _text(site, story, wants, paragraphs or site.random.choice([2, 3, 4, 5, 6, 8, 10]))
    _foot(site, story, wants)


def _head(site, story, wants):
    headline = site.headline(story, wants.get("headline", "headline"))
    headline = f"{site.article}. {headline}" if site.case == "numbered" else headline
    if wants["copy"]:
        for _ in range(site.random.choice([1, 1, 2])):
            site.add(headline, "boilerplate")
    if wants["source"] and site.chance(0.5):
        _source(site, story)
    if wants["kicker"]:
        for _ in range(site.random.choice([1, 1, 1, 2])):
            site.add(story.text("kicker"), "boilerplate")
            site.gap(site.chance(0.5))
    if wants.get("slug"):
        site.add(story.fill(wants["slug"]), "boilerplate")
    if wants["byline"] == "before":
        site.add(wants["voice"].text("byline"), "byline")
    if wants["time"] == "first" and wants.get("joined"):
        clock = story.time("clock") + site.random.choice(["", "", " -", " |"])
        site.join([(clock, "timestamp", OWN), (headline, "headline", OWN)], site.random.choice([" ", " ", ""]))
    else:
        if wants["time"] == "first":
            site.add(wants["voice"].time(wants["kind of time"]), "timestamp")
        site.add(headline, "headline")
    site.gap(site.chance(0.5))
    _below_headline(site, story, wants)


def _source(site, story):
    outlet = story.text("outlet")
    site.add(outlet, "source")
    if site.chance(0.7):
        site.add(story.time("ago"), "timestamp")
        if site.chance(0.6):
            site.add(site.random.choice(["• ", "- "]) + outlet, "source")


def _below_headline(site, story, wants):
    late = site.chance(0.2)
    if wants["standfirst"] and not late:
        _standfirst(site, story, wants["standfirst"])
    if wants["source"] and site.chance(0.4):
        outlet, when = story.text("outlet"), (story.time(), "timestamp", OWN)
        site.join([(outlet + site.random.choice([",", " |", ""]), "source", OWN), *([when] * site.chance(0.6))])
    parts = [part for part in ("byline", "time") if wants[part] == "after"]
    for part in parts if site.chance(0.7) else parts[::-1]:
        _byline_or_time(site, story, wants, part)
    if wants["byline"] == "with time":
        byline = wants["voice"].text("byline") + site.random.choice([" |", " »", " –", ",", ""])
        site.join([(byline, "byline", OWN), (story.time(), "timestamp", OWN)])
    if wants["minutes"] and site.chance(0.7):
        site.add(story.text("reading time"), "boilerplate")
    if wants["share"] in ("rows", "row") and site.chance(0.7):
        site.share()
    if wants["standfirst"] and late:
        _standfirst(site, story, wants["standfirst"])
    for _ in range(site.random.choice([0, 1, 1, 2]) if wants["pictures"] else 0):
        site.gap()
        site.add(story.text("caption"), "caption")
    if wants["note"] or site.chance(0.05):
        site.add(story.text("note under the headline"), "boilerplate")
    site.gap()


def _byline_or_time(site, story, wants, part):
    if part == "byline":
        site.add(wants["voice"].text("byline"), "byline")
        if site.chance(0.08):
            site.add(story.text("job"), "byline")
    elif wants["minutes"] and site.chance(0.3):
        site.join([(story.time() + " |", "timestamp", OWN), (story.text("reading time"), "boilerplate", OWN)])
    else:
        for _ in range(site.random.choice([1, 1, 1, 1, 1, 1, 2])):
            site.add(wants["voice"].time(wants["kind of time"]), "timestamp")


def _standfirst(site, story, kind):
    if kind == "line":
        site.add(story.text("standfirst"), "standfirst")
        return
    if site.chance(0.4):
        site.add(
            site.random.choice(["Key points", "At a glance", "In brief", "The short version", "SUMMARY"]),
            "boilerplate",
        )
    mark = site.random.choice(["• ", "- ", "* ", ""])
    for _ in range(site.random.randint(2, 4)):
        site.add(mark + story.text(site.random.choice(["headline", "standfirst"])).rstrip("."), "standfirst")


def _text(site, story, wants, paragraphs):
    quote = ""
    for i in range(paragraphs):
        text = story.paragraph(is_first=i == 0)
        if i == 0 and wants.get("dateline"):
            text = story.fill(wants["dateline"]) + text
        site.add(text, "body")
        site.gap()
        quote = quote or (text if len(text) < 120 and "“" in text else "")
        if i + 1 < paragraphs:
            _between(site, story, wants)
            if quote and wants["pull"] and site.chance(0.3):
                site.add(quote, "boilerplate")
                site.gap()
                wants["pull"] = False


def _between(site, story, wants):
    if site.chance(wants["subheadings"]):
        site.add(site.subheading_case(story.text("subheading")), "subheading")
        site.gap(site.chance(0.5))
    if wants["inline"] and site.chance(0.3):
        _link(site, story)
    if wants["ad"] and site.chance(0.2):
        site.gap()
        site.furnish(story.text("advertisement"))
        site.gap()
    if wants["sign-up"] and site.chance(0.15):
        site.sign_up()
    if wants["pictures"] > 1 and site.chance(0.15):
        site.add(story.text("caption"), "caption")
        site.gap()
    if wants["bullets"] and site.chance(0.25):
        mark = site.random.choice(["• ", "- ", "* ", "", "{}. "])
        for k in range(site.random.randint(2, 5)):
            site.add(mark.format(k + 1) + story.text("list item"), "body")
        site.gap()
    if wants["table"] and site.chance(0.25):
        add_table(site, story)


def _link(site, story):
    at = site.random.random()
    site.gap()
    if at < 0.4:
        site.add(story.text("inline"), "teaser")
    elif at < 0.85:
        add_box(site)
    else:
        site.links(OWN)
    site.gap()


def add_box(site):
    """Add a marker, often the caption of a picture, and a link."""
    linked = site.story()
    site.add(linked.text("marker"), "teaser")
    if site.chance(0.65):
        site.add(linked.fill(site.random.choice(["{picture}", "{name}.", "RT", "{caption}"])), "caption")
    site.add(site.headline(linked), "teaser")


def add_table(site, story):
    """Add figures as sites print them without their table."""
    if site.chance(0.5):
        site.add(story.text("table heading"), "subheading")
    kind = site.random.choice(["bars", "cells", "spaces", "lines", "score", "colon", "columns", "match"])
    header = {
        "bars": "Item | Close | Change | Pct",
        "cells": "Item | Size | Batch | Best before",
        "spaces": "Year     Cases",
        "columns": "Pos Team P W D Pts",
    }.get(kind)
    if header and site.chance(0.6):
        site.add(header, "body")
    rows = {
        "bars": "{^x} | {1-99}.{0-9} | {1-90} | +{1-9}",
        "cells": "{^x} | {2-500} g | {1000-9999}A | 0{1-9}/2027",
        "spaces": "{^x}    {1-9},{100-999}",
        "lines": "{^x}",
        "score": "{place} {0-5}-{0-5} {place}",
        "colon": "{^x}: {1-99}.{0-9} tonnes",
        "columns": "{1-20} {place} {1-30} {1-30} {1-30} {1-90}",
        "match": "{match line}",
    }
    for _ in range(site.random.randint(3, 7)):
        site.add(story.fill(rows[kind]), "body")
        if kind == "lines":
            site.add(story.fill(site.random.choice(["{1-99}.{0-9}", "{1-200}", "--"])), "body")
    site.gap()


def _foot(site, story, wants):
    if wants["pictures"] and site.chance(0.12):
        site.add(story.text("caption"), "caption")
        site.gap()
    if wants["byline"] == "end":
        site.add(story.text("closing credit"), "byline")
    is_last = site.chance(0.4)
    if wants["time"] == "end" and not is_last:
        site.add(story.time(wants["kind of time"]), "timestamp")
    if wants.get("continue"):
        site.add(wants["continue"], "teaser")
    if wants["end"] and site.chance(0.8):
        site.add(story.text("end mark"), "boilerplate")
    if wants["time"] == "end" and is_last:
        site.add(story.time(wants["kind of time"]), "timestamp")
    if not wants.get("brief"):
        _rare_foot(site, story)
    for part in ("biography", "closing note", "tags"):
        if wants[part] and site.chance(0.7):
            site.add(story.text(part), "boilerplate")
    if wants["tags"] and site.chance(0.2):
        for text in ("Topics", capital(story.nouns[0]), capital(story.nouns[1]), story.fields["place"]):
            site.add(text, "boilerplate")
    if wants.get("provider"):
        site.add(
            story.fill(
                site.random.choice(
                    ["Provided by University of {place}", "Source: {outlet}", "SOURCE {outlet}", "Via {outlet}"]
                )
            ),
            "source",
        )
    if wants["related"] and site.chance(0.6):
        site.links(OWN)
    if wants["wall"] and site.chance(0.7):
        site.wall()
    if wants["share"] == "end" and site.chance(0.8):
        site.share()
    site.gap()


def _rare_foot(site, story):
    if site.chance(0.06):
        site.gap()
        site.add(site.random.choice(["Sources", "Notes", "References", "Footnotes"]), "subheading")
        mark = site.random.choice(["[{}] ", "{}. ", "", "* ", "¹ "])
        for i in range(site.random.randint(2, 4)):
            site.add(mark.format(i + 1) + story.text("footnote"), "body")
        site.gap()
    if site.chance(0.06):
        site.add(story.text("about"), "boilerplate")
        for _ in range(site.random.choice([1, 1, 2])):
            site.add(story.text("about text"), "boilerplate")
    if site.chance(0.05):
        site.add(site.random.choice(["Notes to editors:", "Note to editors", "For editors"]), "boilerplate")
        for i in range(3):
            site.add(f"{i + 1}. " + story.text("editors' note"), "boilerplate")
