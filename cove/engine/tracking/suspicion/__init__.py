"""How likely it is that an event was no customer: evidence, what it weighs, and the score it adds up to.

`judging` runs at the edge for each event and costs microseconds; `reasons` names all evidence, also that which is found later.
"""
