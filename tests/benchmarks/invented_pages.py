"""Invented pages by seed: more layouts, and the choice among all of them.

`python tests/benchmarks/invented_pages.py SEED` prints the page of a seed with its labels.
"""

import sys

import invented_layouts as layouts
from invented_article import add_article, add_table
from invented_layouts import BARE
from invented_site import PAGE, Site
from invented_stories import LANGUAGES, Story


def fact_check(site):
    """Claims with verdicts."""
    for _ in range(site.random.randint(1, 3)):
        site.article += 1
        story = site.story()
        if site.chance(0.7):
            site.add(
                site.random.choice(["FALSE", "TRUE", "Misleading", "MISSING CONTEXT", "Half true"]), "boilerplate"
            )
            site.gap()
        question = story.fill("Did the {k} really double in {place}?")
        site.add(question if site.chance(0.6) else site.headline(story), "headline")
        site.gap()
        _claims(site, story)
        site.add(story.text("byline"), "byline")
        site.add(story.time(), "timestamp")
        site.gap()
        for i in range(site.random.randint(4, 8)):
            site.add(story.paragraph(is_first=i == 0), "body")
            site.gap()
            if site.chance(0.35):
                site.add(story.text("subheading"), "subheading")
        site.add(story.paragraph(is_first=True), "body")
        site.gap()
        for part in ("closing note", "tags"):
            if site.chance(0.4):
                site.add(story.text(part), "boilerplate")
        if site.chance(0.5):
            site.links("article")
        if site.chance(0.4):
            site.share()


def _claims(site, story):
    said = {
        "CLAIM": story.fill("The {k} in {place} has cost nine million, and nobody has paid for it."),
        "VERDICT": site.random.choice(["False", "Mostly true", "Unproven"]),
        "The short answer": story.text("standfirst"),
    }
    is_apart = site.chance(0.7)
    for label in site.random.sample(list(said), site.random.randint(1, 3)):
        if is_apart:
            site.add(label, "boilerplate")
            site.add(said[label], "standfirst")
        else:
            site.add(f"{label.capitalize()}: {said[label]}", "standfirst")


def notices(site):
    """Obituaries and notices, headed by names."""
    if site.chance(0.6):
        add_article(site, site.random.randint(4, 8), standfirst="line", kicker=True)
    if site.chance(0.7):
        site.furnish(site.random.choice(["DEATH NOTICES", "Death notices", "In memoriam", "Notices"]))
        if site.chance(0.5):
            site.furnish("Place a notice: call the office before noon on Thursday")
        site.gap()
    form = site.random.choice(
        ["{!last}, {first}", "{!last} – {first}", "{first} {last}", "{!last}, {first} – In loving memory"]
    )
    for _ in range(site.random.randint(3, 7)):
        site.article += 1
        story = site.story()
        if site.chance(0.1):
            site.add(site.random.choice(["IN MEMORIAM", "OTHER LIVES"]), "boilerplate")
        site.add(Story(site.random).fill(form), "headline")
        site.gap()
        for _ in range(site.random.randint(1, 3)):
            site.add(story.text("obituary"), "body")
            site.gap()
        if site.chance(0.15):
            site.add(story.text("name"), "byline")
        if site.chance(0.4):
            site.furnish(story.fill("Light a candle ({1-300})"))
            site.gap()


def diary(site):
    """A story, then a list of coming events."""
    add_article(site, site.random.randint(2, 4))
    site.article += 1
    headlines = ["News planner for Wednesday", "What's on this week", "Council diary", "Weekend agenda"]
    site.add(site.random.choice(headlines), "headline")
    if site.chance(0.5):
        site.add("All times local. Items marked * have pictures.", "boilerplate")
    day = site.random.choice(["{10-23}.{10-59}", "{10-23}:{10-59}", "{day}:"])
    for _ in range(site.random.randint(3, 7)):
        what = site.random.choice(["{!place} - {^k} meeting", "{^k} debate, town hall", "Memorial service for {who}"])
        site.add(site.story().fill(f"{day} {what}"), "body")


def bilingual(site):
    """Articles in two languages: after one another, line by line, or with headlines in both."""
    other = site.language if site.language != "en" else site.random.choice(LANGUAGES)
    for _ in range(site.random.randint(1, 4)):
        way = site.random.choice(["after", "mixed", "furniture"])
        if way == "after":
            for site.text in ("en", other):
                add_article(site, site.random.randint(2, 4))
        elif way == "mixed":
            _mixed(site, Story(site.random), Story(site.random, other))
        else:
            site.text, site.language = "en", other
            add_article(site, site.random.randint(2, 5))
        if site.chance(0.3):
            site.links(PAGE)


def _mixed(site, first, second):
    site.article += 1
    if site.chance(0.5):
        site.add(f"{site.headline(second)} / {site.headline(first)}", "headline")
    else:
        site.add(site.headline(second), "boilerplate")
        site.add(site.headline(first), "headline")
    if site.chance(0.6):
        site.add(first.text("byline"), "byline")
    if site.chance(0.6):
        site.add(first.time(), "timestamp")
    site.gap()
    for _ in range(site.random.randint(2, 4)):
        site.add(first.paragraph(), "body")
        site.add(second.paragraph(), "body")
        site.gap()


def sports(site):
    """Reports with results and tables."""
    for _ in range(site.random.randint(2, 4)):
        add_article(site, site.random.randint(2, 5), table=False)
        for _ in range(site.random.choice([1, 1, 2])):
            add_table(site, site.story())
    if site.chance(0.5):
        site.links(PAGE)


def broadcaster(site):
    """Short stories with recordings, now and then a transcript."""
    for _ in range(site.random.randint(2, 5)):
        add_article(site, site.random.randint(1, 4), kicker=site.chance(0.7), provider=site.chance(0.2))
        if site.chance(0.4):
            site.add(site.random.choice(["Read the transcript", "Listen again", "3:12"]), "boilerplate")
        if site.chance(0.3):
            story = site.story()
            site.add("TRANSCRIPT", "subheading")
            for _ in range(3):
                site.add(story.fields["who"].upper(), "body")
                site.add(story.paragraph(), "body")
    site.links(PAGE)


def teleprinter(site):
    """Agency items with hard line ends, often in capitals."""
    site.capitals, site.wraps = site.chance(0.6), True
    dateline = "{!place}, {month} {1-28} (INLAND) - "
    slug = site.story().pick("slug") if site.chance(0.7) else ""
    for _ in range(site.random.randint(2, 5)):
        item = {
            "slug": slug,
            "dateline": dateline,
            "end": site.chance(0.6),
            "byline": site.random.choice(["", "after"]),
        }
        add_article(site, site.random.randint(2, 5), **{**BARE, **item})


def story_alone(site):
    """A short story, as a person saves one, without the site's furniture."""
    bare = {**BARE, "byline": site.random.choice(["", "", "after"]), "time": site.random.choice(["", "", "after"])}
    for _ in range(site.random.choice([1, 1, 2])):
        add_article(
            site,
            site.random.randint(1, 3),
            **{**bare, "inline": site.chance(0.3), "standfirst": site.random.choice(["", "", "line"])},
        )


FREQUENT = [layouts.news] * 4 + [layouts.feed] * 2 + [layouts.aggregator] * 3
LAYOUTS = [
    *[
        *FREQUENT,
        layouts.wire,
        layouts.live,
        layouts.newsletter,
        layouts.items,
        layouts.feed,
        layouts.aggregator,
        layouts.forum,
    ],
    *[layouts.reader, layouts.home, layouts.interview, layouts.press, fact_check, notices, diary, bilingual, sports],
    *[broadcaster, teleprinter, layouts.forum, story_alone, story_alone],
]


def invented(seed):
    """The page of a seed and its blocks as start, end, role and article (0 for the page itself)."""
    site = Site(seed)
    layout = site.random.choice(LAYOUTS)
    is_bare = layout is story_alone or site.chance(0.08)
    if layout is layouts.feed:
        if site.chance(0.5):
            site.furnish("Author: .")
    elif not is_bare:
        site.head()
    layout(site)
    if layout is not layouts.feed and not is_bare and site.chance(0.9):
        site.foot()
    return site.page()


def main():
    page, rows = invented(int(sys.argv[1]))
    for start, end, role, article in rows:
        print(f"{role:<11} {article or '-':>2}  {page[start:end]}")


if __name__ == "__main__":
    main()
