"""What was acknowledged is kept, each event once, whatever happens to the processes, the disk and the clock.

The real parts run in a folder of their own; a sender sends each event again, with the same message id, until it was answered 200; faults
befall the parts meanwhile; at the end log and timeline are read whole and compared with what was sent. `pytest tests/faults` is the
short form, `make faults` the long one (`python -m tests.faults --help`). See docs/decisions/0065-faults.md.
"""
