"""What crosses the channel's borders: who is called, what the platform answers, what a message may be."""
