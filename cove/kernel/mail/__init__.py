"""The installation's own mail to members: reset links, invitations, notices. Written in a command, sent by the work process."""
