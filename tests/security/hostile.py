"""Texts that do harm where they are not taken as texts."""

from __future__ import annotations

SCRIPT = "<img src=x onerror=\"window.harmed='img'\"><script>window.harmed='script'</script>"
"""Runs where HTML is not escaped; `window.harmed` then says so."""

ATTRIBUTE = "\"'><svg onload=\"window.harmed='svg'\"></svg><a href=\"javascript:window.harmed='link'\">x</a>"
"""Breaks out of attributes."""

SQL = "'; DROP TABLE people_contact; --"
"""Ends a statement where texts are glued together."""

FORMAT = "%s %(name)s {0} {name} {{7*7}} ${7*7} \\' \\x00 ${jndi:ldap://127.0.0.1:9/x}"
"""Speaks to formatters, templates and loggers."""

LONG = "长" * 20_000
"""Longer than any column or index likes."""

ODD = "\u202e\x00\ufeff\U0001f600\ud83d"
"""A direction mark, a NUL, a byte order mark, a whole emoji and half of one."""

HOSTILE = {
    "script": SCRIPT,
    "attribute": ATTRIBUTE,
    "sql": SQL,
    "format": FORMAT,
    "long": LONG,
    "odd": ODD,
}
