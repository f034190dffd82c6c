"""WeCom as seen by a program: `/cgi-bin/…` and the encrypted callbacks.

corp: a company, app: one of its applications (agent), way: a 「联系我」 contact way, external: a customer
as one corp knows him.
"""
