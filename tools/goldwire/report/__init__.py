"""The HTML report: the data it shows, and the page that shows them."""
