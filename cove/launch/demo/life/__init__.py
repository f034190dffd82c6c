"""The life of the demo company's customers, written before anybody lets it in: the same plan is the same life, byte for byte.

Nothing here knows Cove's tables or doors. A `Life` is one contact with everything he does; `strangers` come to the site and stay unknown.
"""
