"""The audit log: who did what to which record, from where and because of what; what it was before and what it is now.

An **entry** is one deed: a command, a refusal, a reading of sensitive fields, an export, a sign-in. A **change** is one row that
an entry changed; the database writes it by itself.
"""
