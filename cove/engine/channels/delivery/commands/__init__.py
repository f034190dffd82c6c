"""What changes the outbox and its rules."""
