"""The security walk: every route, with every kind of caller, against another tenant's and another member's records."""
