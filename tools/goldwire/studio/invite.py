"""Invites: how somebody comes to a server of one's own, without mail and without the network."""

from dataclasses import replace
from typing import Any

from goldwire.studio.connection import connect, telling
from goldwire.studio.session import Place, alone, project_of, push_set


def invite(place: Place) -> tuple[str, str]:
    """Make the project of an annotator's set, begun where it is not there; return the link to sign up and the project.

    The link is the server's own: whoever opens it chooses an address and a password, and no mail is
    sent. It is the same for everybody until the server is told to change it.
    """
    push_set(replace(place, new=True))
    with alone(place.root):
        connection = connect(place.root, place.url, place.token_file)
        with telling(connection.url):
            found: Any = connection.client.organizations.invites.get_invite_link()
            project = project_of(connection, place.name)
    link = str(found.invite_url)
    address = link if link.startswith("http") else f"{connection.url}{link}"
    return address, f"{connection.url}/projects/{project}/data"
