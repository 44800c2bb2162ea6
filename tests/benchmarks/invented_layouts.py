"""Pages of invented sites in many layouts: news, wire, live blog, newsletter, feed, forum and others.

They are made to fit the segmenter's weights on, beside pages that people labelled; the conventions are those of
`annotations/GUIDELINES.md`.
"""

from invented_article import add_article, add_box, add_table
from invented_site import OWN, PAGE
from invented_stories import title_case

BARE = {
    "kicker": False, "standfirst": "", "byline": "", "time": "", "pictures": 0, "share": "", "minutes": False, "related": False,
    "subheadings": 0, "biography": False, "tags": False, "table": False, "closing note": False, "end": False, "copy": False,
    "source": False, "sign-up": False, "inline": False, "wall": False, "brief": True,
}  # fmt: skip
"""What a short item among others has not."""


def news(site):
    """One long article, now and then others below it."""
    add_article(site, site.random.randint(4, 12))
    for _ in range(site.random.choice([0, 0, 1, 2])):
        if site.chance(0.3):
            site.links(PAGE)
        elif site.chance(0.4):
            site.furnish(site.word("section"))
        add_article(site, site.random.randint(2, 5))


def wire(site):
    """Items of an agency, each with slug, dateline and end mark."""
    dateline = site.random.choice(
        ["{!place}, {month} {1-28} (NPA) - ", "{!place}, {month} {1-28} (Inland) – ", "{!place} (AFP) — "]
    )
    slug = site.story().pick("slug") if site.chance(0.7) else ""
    site.choose_separator()
    for _ in range(site.random.randint(3, 7)):
        item = {
            "slug": slug if site.chance(0.8) else "", "dateline": dateline, "standfirst": site.random.choice(["", "", "points"]),
            "pictures": site.random.choice([0, 0, 1]), "time": site.random.choice(["after", "first", "end"]),
            "kind of time": site.random.choice(["clock", "full date"]), "note": site.chance(0.15), "end": site.chance(0.6),
            "byline": site.random.choice(["", "after", "end"]), "related": site.chance(0.1), "closing note": site.chance(0.2),
        }  # fmt: skip
        add_article(site, site.random.randint(1, 5), **{**BARE, **item})
        if site.chance(0.15):
            add_table(site, site.story())
        site.separate()


def live(site):
    """A live blog: an opening article, then entries with a time each."""
    add_article(site, site.random.randint(1, 3), related=False, standfirst=site.random.choice(["line", "points"]))
    if site.chance(0.25):
        site.furnish("Jump to")
        for _ in range(3):
            story = site.story()
            site.furnish(f"{story.fill('{10-23}.{10-59}')} {story.text('short headline')}")
    if site.chance(0.5):
        site.furniture(site.random.randint(1, 3), ["machine"], 0.2)
    joined, shares = site.chance(0.4), site.random.choice(["", "Share", "Share this post", "Teilen", "Copy link"])
    for _ in range(site.random.randint(3, 8)):
        entry = {
            "kicker": site.chance(0.08), "byline": site.random.choice(["", "", "", "after", "before"]), "time": "first",
            "kind of time": "clock", "joined": joined, "pictures": site.random.choice([0, 0, 0, 1]), "related": site.chance(0.08),
            "bullets": site.chance(0.15), "headline": site.random.choice(["headline", "headline", "short headline"]),
        }  # fmt: skip
        add_article(site, site.random.randint(1, 3), **{**BARE, **entry})
        if shares:
            site.furnish(shares)
        if site.chance(0.1):
            site.add("Updated at " + site.story().time("clock"), "timestamp") if not shares else None
        site.gap()


def newsletter(site):
    """An e-mail with short items."""
    site.furnish(site.word("greeting"))
    if site.chance(0.4):
        site.links(PAGE)
    ending = site.random.choice([None, site.word("continue"), site.word("continue")])
    site.choose_separator()
    for _ in range(site.random.randint(3, 7)):
        item = {
            "continue": ending, "standfirst": site.random.choice(["", "", "", "line"]), "pictures": site.random.choice([0, 0, 1]),
            "byline": site.random.choice(["", "", "", "", "after"]), "kicker": site.has["kicker"],
        }  # fmt: skip
        add_article(site, site.random.randint(1, 3), **{**BARE, **item})
        site.separate()
        if site.chance(0.15):
            site.furnish(site.random.choice(["A message from our sponsor", "Number of the day: 41", "IN NUMBERS"]))
            if site.chance(0.5):
                site.furnish(site.story().paragraph())
            site.gap()
    if site.chance(0.4):
        site.furnish(site.word("farewell"))
    site.furniture(2, ["signup"], 0.2)


def items(site):
    """An article and short ones below a heading: briefs, letters, notices."""
    if site.chance(0.6):
        add_article(site, site.random.randint(3, 6))
    site.furnish(site.word("section"))
    site.gap()
    ends, provider = site.random.choice(["", "", "end"]), site.chance(0.2)
    for _ in range(site.random.randint(2, 6)):
        time = site.random.choice(["", "after"])
        add_article(
            site,
            site.random.randint(1, 3),
            **{
                **BARE,
                "byline": ends,
                "time": time,
                "provider": provider,
                "kicker": site.has["kicker"],
            },
        )


def feed(site):
    """Articles without headlines, each opened by its standfirst."""
    site.text = "en"
    for _ in range(site.random.randint(2, 7)):
        site.article += 1
        story = site.story()
        long = "{who} says the {k} cannot wait, as {org} prepares to decide on the {x}"
        site.add(story.fill(site.random.choice([story.pick("standfirst en"), long])).rstrip("."), "standfirst")
        site.gap()
        for i in range(site.random.randint(2, 8)):
            site.add(story.paragraph(is_first=i == 0), "body")
            site.gap()
            at = site.random.random()
            if at < 0.12:
                site.add("READ MORE: " + site.story().text("headline"), "teaser")
            elif at < 0.27:
                add_box(site)
            elif at < 0.35:
                site.add(story.text("subheading"), "subheading")
            site.gap()


def aggregator(site):
    """An article, the site's furniture, and related articles under copies of their headlines."""
    add_article(
        site,
        site.random.randint(4, 8),
        **{**BARE, "time": site.random.choice(["", "after"]), "copy": site.has["copy"]},
    )
    for text in ("Hashtags", "Try Our AI Features", "Comments", "No comments yet...", "Blue background"):
        if site.chance(0.6):
            site.furnish(text)
    site.furnish(site.random.choice(["Related Articles", "More stories", "Similar Stories"]))
    for _ in range(site.random.randint(2, 4)):
        story = site.story()
        headline, outlet = site.headline(story), story.text("outlet")
        site.article += 1
        for _ in range(site.random.choice([0, 0, 2]) if site.has["copy"] else 0):
            site.add(headline, "boilerplate")
        site.add(outlet, "source")
        site.add(story.fill(site.random.choice(["{ago}", "time{2-9} hours ago"])), "timestamp")
        site.add(site.random.choice("•-") + " " + outlet, "source")
        site.add(headline, "headline")
        site.add(" ".join(story.paragraph(is_first=True) for _ in range(4)), "body")
        site.gap()


def forum(site):
    """Stories pasted into a forum, with replies."""
    site.panel = site.random.sample(["rank", "panel", "panel"], site.random.randint(0, 3))
    site.is_above, site.post_end = site.chance(0.5), site.word("post end") if site.chance(0.7) else ""
    site.posted = site.random.choice(
        ["» {posted}", "« on: {posted} »", "Posted: {posted}", "{posted}", "#{1-9} {posted}"]
    )
    for _ in range(site.random.randint(1, 4)):
        story, handle = site.story(), site.word("handle")
        site.article += 1
        headline, has_copy = site.headline(story), site.chance(0.2)
        site.add(headline, "boilerplate" if has_copy else "headline")
        _poster(site, story, handle, "byline")
        if has_copy:
            site.add(story.text("note under the headline"), "boilerplate")
            site.add(headline, "headline")
        if site.chance(0.5):
            when = [(story.time(), "timestamp", OWN)] * site.chance(0.5)
            site.join([(story.text("outlet") + ("," if when else ""), "source", OWN), *when])
        site.gap()
        for i in range(site.random.randint(2, 5)):
            site.add(story.paragraph(is_first=i == 0), "body")
        site.gap()
        _post_foot(site, story, handle, "byline")
        _replies(site, story, headline)


def _poster(site, story, handle, role):
    owner = OWN if role == "byline" else PAGE
    when = (story.fill(site.posted), "timestamp" if owner == OWN else role, owner)
    if site.posted.startswith("»"):
        site.join([("by " + handle, role, owner), when])
        return
    site.add(handle, role, owner)
    if site.is_above:
        _user_panel(site, story, owner)
    site.join([when])


def _user_panel(site, story, owner):
    for name in site.panel:
        site.add(story.text(name), "boilerplate", owner)


def _post_foot(site, story, handle, role):
    owner = OWN if role == "byline" else PAGE
    if not site.is_above and site.panel:
        if owner == OWN and site.chance(0.2):
            site.add(story.fill("Edited by {handle} on {posted}"), "boilerplate")
        site.add(handle, role, owner)
        _user_panel(site, story, owner)
    if site.post_end:
        site.add(site.post_end, "boilerplate", PAGE if site.post_end in ("Top", "Back to top") else owner)
    site.gap()


def _replies(site, story, headline):
    for _ in range(site.random.randint(0, 3)):
        handle = site.word("handle")
        if site.chance(0.6):
            site.add("Re: " + headline, "boilerplate")
        _poster(site, story, handle, "boilerplate")
        if site.chance(0.3):
            site.furnish(story.fill(site.random.choice(["{handle} wrote:", "Quote from: {handle} on {posted}"])))
            site.furnish(story.paragraph())
        for _ in range(site.random.randint(1, 2)):
            site.furnish(story.fill(site.random.choice(["{remark}", story.paragraph()])))
        _post_foot(site, story, handle, "boilerplate")


def reader(site):
    """Items of a feed reader: headline, time, one paragraph."""
    ending = site.random.choice([None, "Read more", "Continue reading"])
    has_kickers = site.chance(0.4)
    site.choose_separator()
    for _ in range(site.random.randint(4, 8)):
        item = {"source": site.has["source"], "byline": site.random.choice(["", "after"]), "time": site.random.choice(["after", "first", "end"]),
                "continue": ending, "tags": site.chance(0.2), "kicker": site.has["kicker"] and has_kickers}  # fmt: skip
        add_article(site, 1, **{**BARE, **item})
        site.separate()


def home(site):
    """A home page: lists of links and a story or two."""
    for _ in range(site.random.randint(1, 3)):
        site.links(PAGE)
    add_article(site, site.random.randint(2, 5))
    site.links(PAGE)
    if site.chance(0.5):
        add_article(site, site.random.randint(1, 3))
        site.links(PAGE)


def interview(site):
    """Questions and answers."""
    site.article += 1
    story = site.story()
    if site.has["kicker"]:
        site.add(site.random.choice(["Q&A", "Interview", "The Big Interview"]), "boilerplate")
    site.add(site.headline(story), "headline")
    if site.chance(0.7):
        site.add(story.text("standfirst"), "standfirst")
    site.add(story.text("byline"), "byline")
    if site.chance(0.6):
        site.add(story.time(), "timestamp")
    site.gap()
    marks = site.random.choice([("", ""), ("", ""), ("Q: ", "A: "), ("", "TW: ")])
    names = site.chance(0.25)
    for _ in range(site.random.randint(4, 9)):
        for text in (marks[0] + story.text("question"), marks[1] + story.paragraph()):
            if names:
                site.add(site.random.choice(["LANTERN", story.fields["who"].upper()]), "body")
            site.add(text, "body")
            site.gap()
    if site.chance(0.4):
        site.add("This interview has been edited for length and clarity.", "boilerplate")


def press(site):
    """Releases of companies."""
    for _ in range(site.random.randint(1, 3)):
        site.article += 1
        story = site.story()
        if site.chance(0.4):
            site.add("FOR IMMEDIATE RELEASE", "boilerplate")
            site.gap()
        site.add(title_case(story.text("headline")), "headline")
        for _ in range(site.random.choice([0, 3])):
            site.add("- " + site.story().text("headline"), "standfirst")
        if site.chance(0.6):
            site.gap()
            site.add("News provided by", "boilerplate")
            site.add(story.fill("{place} Holdings"), "source")
            site.add(story.time(), "timestamp")
        site.gap()
        for i in range(site.random.randint(3, 6)):
            dateline = story.fill("{!place}, {month} {1-28}, 2026 /PRESSLINE/ -- ") if i == 0 else ""
            site.add(dateline + story.paragraph(is_first=i == 0), "body")
            site.gap()
        if site.chance(0.4):
            add_table(site, story)
        _company(site, story)


def _company(site, story):
    for heading in ("About {place} Holdings", "Forward-looking statements", "Media contact:"):
        if site.chance(0.5):
            site.add(story.fill(heading), "boilerplate")
            for _ in range(site.random.choice([1, 1, 3])):
                site.add(story.text("about text"), "boilerplate")
            site.gap()
    if site.chance(0.5):
        site.add(story.fill("SOURCE {place} Holdings"), "source")
    if site.chance(0.5):
        site.add(site.random.choice(["###", "– ENDS –"]), "boilerplate")
    site.gap()
