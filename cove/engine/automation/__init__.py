"""What then: acts that rules ask for, each done once, each with its reason, done or not."""
