"""What `make` calls, tested where a fault of it would hide other faults."""
