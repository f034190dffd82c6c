"""Servers that run from wheels inside the data folder, so that nothing need be installed beside Python.

A *part* is one process under the supervisor; a *server folder* is the room of one server in the data folder.
"""
