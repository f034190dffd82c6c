"""Where behaviour comes from: sources with write keys, and the tracker that pages load."""
