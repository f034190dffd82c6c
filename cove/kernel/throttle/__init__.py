"""How often somebody may try: limits that hold over all processes and restarts."""
