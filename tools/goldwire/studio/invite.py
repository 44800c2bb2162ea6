"""Invitations: how an annotator joins a server of one's own, without mail and without the network."""

from dataclasses import replace

from goldwire.studio.connection import connect, server_errors
from goldwire.studio.session import Workspace, exclusive, project_of, push_set


def invite(workspace: Workspace) -> tuple[str, str]:
    """Make the project of an annotator's set, and the set if there is none; return the sign-up link and the project.

    The link is the server's own: whoever opens it chooses an address and a password, and no mail is
    sent. It is the same for everybody until it is reset on the server.
    """
    push_set(replace(workspace, new=True))
    with exclusive(workspace.root):
        connection = connect(workspace.root, workspace.url, workspace.token_file)
        with server_errors(connection.url):
            link = str(connection.client.organizations.invites.get_invite_link().invite_url)
            project = project_of(connection, workspace.name)
    address = link if link.startswith("http") else f"{connection.shown}{link}"
    return address, f"{connection.shown}/projects/{project}/data"
