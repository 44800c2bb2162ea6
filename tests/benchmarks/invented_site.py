"""A site drawn at random and its page: the lines of its stories and its furniture, each with role and owner."""

import textwrap
from random import Random

from invented_stories import LANGUAGES, Story, capital, title_case

from goldwire.corpus.site_phrases import FURNITURE, phrase_lists

PAGE = "-"
OWN = "article"
HEAD_CHANCES = {"kicker": 0.6, "source": 0.2, "copy": 0.15, "minutes": 0.2, "note": 0.05}
FOOT_CHANCES = {"end": 0.15, "closing note": 0.2, "biography": 0.15, "tags": 0.15, "related": 0.3}
TEXT_CHANCES = {"inline": 0.3, "ad": 0.2, "sign-up": 0.25, "pull": 0.1, "table": 0.12, "bullets": 0.12, "wall": 0.12}


class Site:
    """The habits of a site, drawn by a seed, and the lines of one page of it."""

    def __init__(self, seed):
        self.random = draw = Random(seed)
        self.language = draw.choices(["en", *LANGUAGES], [62, 8, 9, 8, 8, 5])[0]
        self.text = self.language if draw.random() < 0.15 else "en"
        self.blanks = draw.choices(["none", "all", "blocks"], [3, 3, 4])[0]
        self.case = draw.choices(["as it is", "title", "capitals", "numbered"], [6, 3, 1.5, 0.6])[0]
        self.terse = draw.random() < 0.25
        self.wraps, self.capitals = draw.random() < 0.05, False
        self.has = {
            name: draw.random() < chance for name, chance in (HEAD_CHANCES | FOOT_CHANCES | TEXT_CHANCES).items()
        }
        self.has["note"] = False
        self.has |= {
            "standfirst": draw.choice(["", "", "line", "line", "points"]),
            "byline": draw.choices(["", "after", "before", "end", "with time"], [2, 5, 0.6, 1, 1.5])[0],
            "time": draw.choices(["", "after", "first", "end"], [2, 5, 2.5, 0.6])[0],
            "kind of time": draw.choice(["full date", "full date", "full date", "clock", "ago"]),
            "pictures": draw.choice([0, 0, 1, 1, 2]),
            "subheadings": draw.choice([0, 0, 0, 0.25, 0.4]),
            "share": draw.choices(["", "rows", "row", "end"], [4, 1.5, 1.5, 2])[0],
        }
        self.subheading_case = draw.choice([str, str, title_case, str.upper])
        self.lines, self.article, self.gap_due = [], 0, False

    def story(self):
        """A new story in the language of the site's texts."""
        return Story(self.random, self.text, self.terse)

    def chance(self, share):
        """Whether something happens that happens with this chance."""
        return self.random.random() < share

    def word(self, name):
        """An entry of a list, filled for no story in particular."""
        return Story(self.random, self.language).text(name)

    def gap(self, wanted=True):
        """Ask for a blank line before the next line, on a site that parts its blocks so."""
        self.gap_due = self.gap_due or (wanted and self.blanks == "blocks")

    def add(self, text, role, owner=OWN):
        """Add a line."""
        self.join([(text, role, owner)])

    def join(self, parts, between=" "):
        """Add a line of several blocks."""
        if self.lines and (self.blanks == "all" or self.gap_due):
            self.lines.append(None)
        self.gap_due = False
        row = [(text, role, self.article if owner == OWN else 0) for text, role, owner in parts]
        self.lines.append((row, between))

    def furnish(self, text):
        """Add a line of the site's furniture."""
        self.add(text, "boilerplate", PAGE)

    def furniture(self, count, classes, odd=0.3):
        """Add lines of furniture: phrases of some classes, odd ones, and whole sentences."""
        for _ in range(count):
            at = self.random.random()
            self.furnish(
                self.word("odd") if at < odd else self.word("appeal") if at < odd + 0.12 else self.phrase(classes)
            )

    def phrase(self, classes):
        """A phrase of one of some classes, cased as some site would."""
        text = self.random.choice(phrase_lists()[self.random.choice(classes)]).replace(
            "#", str(self.random.randint(1, 40))
        )
        return self.random.choice([capital, capital, capital, str.upper, title_case])(text)

    def menu(self, classes=("navigation",)):
        """Several phrases on one line."""
        phrases = [title_case(self.phrase(classes)) for _ in range(self.random.randint(4, 9))]
        return self.random.choice(["  ", " | ", " · ", " ", " / "]).join(phrases)

    def headline(self, story, name="headline"):
        """A headline in the site's case."""
        text = story.text(name)
        return {"title": title_case, "capitals": str.upper}.get(self.case, str)(text)

    def head(self):
        """Add what the site prints above everything."""
        if self.chance(0.5):
            self.furnish(self.word("skip"))
        if self.chance(0.3):
            self.gap()
            for _ in range(self.random.randint(1, 2)):
                self.furnish(self.word("notice"))
            self.furniture(self.random.randint(2, 4), ["consent"], 0.1)
        if self.chance(0.75):
            self.furnish(self.word("masthead"))
        if self.chance(0.3):
            self.furnish(self.word("odd"))
        if self.chance(0.2):
            self.add(Story(self.random).time(self.random.choice(["full date", "day and date"])), "timestamp", PAGE)
        if self.chance(0.6):
            for _ in range(self.random.randint(1, 2)):
                self.furnish(self.menu())
        elif self.chance(0.6):
            self.furniture(self.random.randint(3, 10), ["navigation"], 0.1)
        if self.chance(0.4):
            self.furniture(self.random.randint(1, 4), ["navigation", "signup", "footer"])
        if self.chance(0.25):
            trail = ["Home", self.phrase(["navigation"]), self.word("place")][: self.random.choice([2, 3])]
            self.furnish(self.random.choice([" > ", " / ", " » ", " › "]).join(trail))
        if self.chance(0.12):
            self.links(PAGE)
        if self.chance(0.12):
            self.add(
                self.random.choice(["Breaking: ", "LIVE: ", "Latest: "]) + self.story().text("headline"),
                "teaser",
                PAGE,
            )
        self.gap()

    def foot(self):
        """Add what the site prints below everything."""
        self.gap()
        parts = [(0.65, lambda: self.links(PAGE)), (0.25, lambda: self.links(PAGE)), (0.35, self.sign_up)]
        parts += [(0.35, self.comments), (0.4, lambda: self.furniture(self.random.randint(1, 5), FURNITURE, 0.5))]
        self.random.shuffle(parts)
        for share, part in parts:
            if self.chance(share):
                part()
                self.gap()
        if self.chance(0.6):
            if self.chance(0.5):
                self.furniture(self.random.randint(1, 7), ["footer", "navigation"], 0.25)
            else:
                self.furnish(self.menu(["footer", "footer", "navigation"]))
        if self.chance(0.3):
            self.furnish(self.word("appeal"))
        if self.chance(0.7):
            self.furnish(self.word("copyright"))

    def sign_up(self):
        """Add a box that asks for an address."""
        self.gap()
        if self.chance(0.6):
            self.furnish(self.word("sign-up"))
        if self.chance(0.6):
            self.furnish(self.word("sign-up promise"))
        self.furniture(self.random.randint(1, 3), ["signup"], 0.1)
        self.gap()

    def comments(self):
        """Add what readers say."""
        self.gap()
        self.furnish(self.word("comments"))
        if self.chance(0.5):
            self.furniture(self.random.randint(1, 2), ["comments"], 0)
        for _ in range(self.random.randint(0, 4)):
            if self.chance(0.4):
                self.furnish(f"{self.word('handle')}: {self.word('remark')}")
                continue
            self.furnish(self.word("handle"))
            if self.chance(0.4):
                self.furnish(Story(self.random).time("ago"))
            self.furnish(self.word("remark"))
        self.gap()

    def links(self, owner, heading=""):
        """Add a list of links with its heading."""
        self.gap()
        story = self.story()
        self.add(heading or story.text("popular" if owner == PAGE else "related"), "boilerplate", owner)
        kind = self.random.choice(
            ["", "", "", "number", "rank", "summary", "time", "bullet", "section", "minutes", "clock"]
        )
        for i in range(self.random.randint(2, 6)):
            linked = self.story()
            text = self.headline(linked, "short headline" if self.chance(0.2) else "headline")
            if kind == "rank":
                self.add(str(i + 1), "teaser", owner)
            if kind == "section" and self.chance(0.7):
                self.add(linked.text("kicker"), "teaser", owner)
            mark = {
                "clock": linked.fill("{10-23}.{10-59}") + " ",
                "number": f"{i + 1}{self.random.choice(['.', '', ')'])} ",
                "bullet": self.random.choice("•-*»") + " ",
            }
            self.add(mark.get(kind, "") + text, "teaser", owner)
            if kind == "summary":
                self.add(linked.text("standfirst"), "teaser", owner)
            if kind in ("time", "minutes"):
                self.add(linked.fill("{ago}" if kind == "time" else "{2-30} min"), "teaser", owner)
        self.gap()

    def wall(self):
        """Add what the site prints where readers must pay to go on."""
        self.gap()
        for _ in range(self.random.randint(2, 5)):
            self.furnish(self.word("paywall") if self.chance(0.8) else self.phrase(["paywall"]))
        self.gap()

    def choose_separator(self):
        """Choose what the site prints between items, if anything."""
        self.separator = self.word("separator") if self.chance(0.4) else ""

    def separate(self):
        """Add what stands between items."""
        if self.separator:
            self.furnish(self.separator)
            self.gap()

    def share(self):
        """Add share buttons."""
        self.gap()
        if self.has["share"] == "row" or self.chance(0.3):
            self.furnish(self.menu(["share"]))
        else:
            self.furniture(self.random.randint(1, 5), ["share"], 0.15)
        self.gap()

    def page(self):
        """The text of the page, and its blocks as start, end, role and article (0 for the page itself)."""
        text, rows = "", []
        width = self.random.choice([58, 66, 72, 78])
        for line in self.lines:
            parts, between = line or ([], "")
            for i, (words, role, article) in enumerate(parts):
                text += between if i else ""
                is_story = role in ("body", "headline", "standfirst", "subheading", "byline")
                words = words.upper() if self.capitals and is_story else words
                is_cut = self.wraps and len(words) > width and len(parts) == 1 and is_story
                pieces = textwrap.wrap(words, width) if is_cut else [words]
                for k, piece in enumerate(pieces):
                    text += "\n" if k else ""
                    rows.append((len(text), len(text) + len(piece), role, article))
                    text += piece
            text += "\n"
        return text, rows
