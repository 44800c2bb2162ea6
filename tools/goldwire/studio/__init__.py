"""Label Studio as the place to annotate: a real server, one project, labels in and out."""
