"""The web view of a phone: a browser of its own for each visitor.

Every phone has a host of its own, `p<id>.sandbox.localhost`; browsers resolve it to this machine by
themselves, keep its cookies apart, and count it as the same site as the phones page. Requests to it are
passed on to the site that the phone opened last.
"""
