"""What crosses the border of this module: plain records, and the forms that both sides of a mail must read alike."""
