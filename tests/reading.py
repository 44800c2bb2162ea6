"""A reader of the HTML report: a page of the browser, and what it shows."""

from goldwire.report.html import report_html

ARTICLE = "003-01"
MOVE = """address => new Promise((done) => {
    if (location.hash === address) { done(); return; }
    addEventListener('hashchange', done, {once: true});
    location.hash = address;
})"""


def write(path, data):
    path.write_text(report_html(data), encoding="utf-8", newline="")
    return path


class Reader:
    """A page of the browser with everything it asked for and complained about."""

    def __init__(self, context):
        self.page, self.asked, self.said = context.new_page(), [], []
        self.page.set_default_timeout(20_000)
        context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))

    def open(self, path, address="/"):
        self.page.goto("about:blank")
        self.page.goto(f"{path.as_uri()}#{address}")
        self.page.wait_for_selector("h1")
        return self.page

    def move(self, address):
        """Go to another address of the open file, as a link does."""
        self.page.evaluate(MOVE, f"#{address}")
        return self.page

    def shown(self, selector):
        return self.page.evaluate("selector => document.querySelector(selector).textContent", selector)
