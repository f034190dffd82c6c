"""What passed by the other channels before the demo began: mails, text messages, consents.

No door can tell it: a mail of last March would go out today. So it is laid as rows and facts by one clerk, whichever way a life comes in:
beside the contacts that came through the doors, and within a piece that is loaded in bulk. See docs/decisions/0100-the-demos-channels.md.
"""
